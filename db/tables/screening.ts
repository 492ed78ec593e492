import type { ClearanceDecision } from '../../shared/domain/clearance.ts'
import type { ScreeningForm } from '../../shared/domain/screening/question.ts'
import type { ClearanceId, PatientId, ScreeningId, SeriesId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** One signed questionnaire. While the patient still answers, it is a row of `draft` under the same id. */
export interface ScreeningTable {
  id: ScreeningId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  form: ScreeningForm
  taken_on: CalendarDate
  /** Major version of the text it was asked in. */
  questionnaire_major: number
  signed_at: Instant
  /** The series of the first session that stood on it; set once. */
  series_id: SeriesId | null
  /** Who gave the patient the screen. */
  handed_over_by: StaffId
  /** JSON array of questions about which the patient wanted to ask something. */
  marked: string
  /** 1 while it is the patient's newest form and asks a physician for a decision; kept for the physician's list. */
  has_open_clear: number
}

/** One decision of a physician; a later decision is a row of its own. */
export interface ClearanceTable {
  id: ClearanceId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  series_id: SeriesId | null
  decision: ClearanceDecision
  /** Last day of validity. */
  expires_on: CalendarDate
  max_depth_um: number | null
  decided_by: StaffId
  decided_at: Instant
}

export type ScreeningTables = { screening: ScreeningTable; clearance: ClearanceTable }
