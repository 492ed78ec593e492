import type { AbsenceReason, DayPart, WaitingState } from '../../shared/domain/booking.ts'
import type { VisitService } from '../../shared/domain/visit.ts'
import type { AbsenceId, PatientId, SeriesId, StaffId, VisitId, WaitingId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** One row: what the clinic agreed about its calendar. */
export interface BookingSettingTable {
  id: number
  version: number
  talk_min: number
  late_cancel_hours: number
  /** Whole numbers with a comma between them. */
  reminder_days: string
  updated_at: Instant
  updated_by: StaffId
}

/** Opening hours (nobody) and recurring days of people; the whole week is replaced at once. */
export interface WorkingSpanTable {
  id: string
  staff_id: StaffId | null
  weekday: number
  from_time: string
  until_time: string
}

/** Days on which a person is away, or the clinic closed (nobody). Taken back, never deleted. */
export interface AbsenceTable {
  id: AbsenceId
  staff_id: StaffId | null
  from_on: CalendarDate
  until_on: CalendarDate
  reason: AbsenceReason
  created_at: Instant
  created_by: StaffId
  taken_back_at: Instant | null
  taken_back_by: StaffId | null
}

/** Somebody who wants a time that is not free yet. */
export interface WaitingEntryTable {
  id: WaitingId
  patient_id: PatientId
  version: number
  created_at: Instant
  created_by: StaffId
  updated_at: Instant
  service: VisitService
  series_id: SeriesId | null
  length_min: number
  practitioner_id: StaffId | null
  day_part: DayPart
  from_on: CalendarDate
  until_on: CalendarDate | null
  note: string | null
  state: WaitingState
  /** The visit that ended the wait. */
  visit_id: VisitId | null
}

export type BookingTables = {
  booking_setting: BookingSettingTable
  working_span: WorkingSpanTable
  absence: AbsenceTable
  waiting_entry: WaitingEntryTable
}
