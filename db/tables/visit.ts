import type { VisitCancelReason, VisitService, VisitStatus } from '../../shared/domain/visit.ts'
import type { PatientId, SeriesId, StaffId, VisitId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** A booking and, once the patient has come, the visit it became: one row, so that two lists cannot disagree. */
export interface VisitTable {
  id: VisitId
  patient_id: PatientId
  version: number
  created_at: Instant
  created_by: StaffId
  updated_at: Instant
  on_date: CalendarDate
  /** Wall clock of the clinic, `HH:mm`. */
  at_time: string
  /** Later than `at_time` on the same day. */
  until_time: string
  service: VisitService
  /** What the service line says beside the service itself, e.g. `full face`. */
  service_note: string | null
  /** The course of treatment it was booked for; null: the day decides. */
  series_id: SeriesId | null
  practitioner_id: StaffId | null
  room: string | null
  status: VisitStatus
  arrived_at: Instant | null
  left_at: Instant | null
  cancelled_at: Instant | null
  cancel_reason: VisitCancelReason | null
  /** 1: by the patient, later than the clinic asks for. */
  cancelled_late: number
  /** When the last reminder was copied or printed; the program sends none. */
  reminded_at: Instant | null
  reminded_by: StaffId | null
}

export type VisitTables = { visit: VisitTable }
