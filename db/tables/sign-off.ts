import type { AddendumState, AmendedRecordKind } from '../../shared/domain/addendum.ts'
import type { NextSessionDecision, SignedRecordKind, SignOffMeaning } from '../../shared/domain/sign-off.ts'
import type { AddendumId, PatientId, SignOffId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'

/** A physician's signature over one version of a session or addendum; written once. */
export interface SignOffTable {
  id: SignOffId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  record_kind: SignedRecordKind
  record_id: string
  record_version_id: VersionId
  signer_id: StaffId
  meaning: SignOffMeaning
  decision: NextSessionDecision
  signed_at: Instant
  /** Shared by the records of one batch. */
  batch_id: string | null
}

export interface AddendumTable {
  id: AddendumId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  amends_kind: AmendedRecordKind
  amends_id: string
  amends_version_id: VersionId
  author_id: StaffId
  author_is_physician: number
  /** Of the record that is amended. */
  supervising_physician_id: StaffId | null
  /** Who accepted the record by signature and is asked anew, because this touches what it rested on. */
  acceptance_of: StaffId | null
  written_at: Instant
  state: AddendumState
  submitted_at: Instant | null
  due_at: Instant | null
  escalate_at: Instant | null
  signed_at: Instant | null
  signed_by: StaffId | null
}

/** An addendum sent back, and the author's answers once they came. */
export interface AddendumReturnTable {
  id: string
  patient_id: PatientId
  addendum_id: AddendumId
  no: number
  /** The version that was returned. */
  version_id: VersionId
  reason: string
  /** JSON array of `{path, text}`. */
  pointers: string
  due_at: Instant
  returned_by: StaffId
  returned_at: Instant
  takeover_reason: string | null
  /** JSON array of `{path, reply}`. */
  replies: string | null
  replied_at: Instant | null
  reply_version_id: VersionId | null
}

export type SignOffTables = { sign_off: SignOffTable; addendum: AddendumTable; addendum_return: AddendumReturnTable }
