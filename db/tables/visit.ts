import type { VisitCancelReason, VisitService, VisitStatus } from '../../shared/domain/visit.ts'
import type { PatientId, StaffId, VisitId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** One line of the day's list. A booking will later point at it. */
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
  service: VisitService
  /** What the service line says beside the service itself, e.g. `full face`. */
  service_note: string | null
  practitioner_id: StaffId | null
  room: string | null
  status: VisitStatus
  arrived_at: Instant | null
  left_at: Instant | null
  cancelled_at: Instant | null
  cancel_reason: VisitCancelReason | null
}

export type VisitTables = { visit: VisitTable }
