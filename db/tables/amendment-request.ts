import type { AmendedRecordKind } from '../../shared/domain/addendum.ts'
import type { AmendmentState } from '../../shared/domain/amendment-request.ts'
import type { AddendumId, AmendmentRequestId, FollowUpId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** One request of a patient to correct the record, with what was answered. */
export interface AmendmentRequestTable {
  id: AmendmentRequestId
  patient_id: PatientId
  version: number
  created_at: Instant
  updated_at: Instant
  taken_by: StaffId
  requested_by: string
  requested_on: CalendarDate
  wish: string
  due_on: CalendarDate
  /** Its line on the worklist. */
  follow_up_id: FollowUpId
  state: AmendmentState
  extended_at: Instant | null
  extended_by: StaffId | null
  extension_reason: string | null
  decided_at: Instant | null
  decided_by: StaffId | null
  record_kind: AmendedRecordKind | null
  record_id: string | null
  /** Of an accepted request; it may still be a draft, and be begun again where that was thrown away. */
  addendum_id: AddendumId | null
  /** Grounds of a denial, divided by spaces. */
  denial_grounds: string | null
  denial_reason: string | null
  disagreement: string | null
  disagreement_at: Instant | null
  disagreement_by: StaffId | null
  rebuttal: string | null
  rebuttal_at: Instant | null
  rebuttal_by: StaffId | null
}

export type AmendmentRequestTables = { amendment_request: AmendmentRequestTable }
