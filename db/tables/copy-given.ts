import type { CopyMethod } from '../../shared/domain/consent/consent.ts'
import type { PrintedRecordKind } from '../../shared/domain/copy-given.ts'
import type { PatientId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'

/** Somebody was handed a printed or saved copy of one version of a record, or declined it. */
export interface CopyGivenTable {
  id: string
  patient_id: PatientId
  record_kind: PrintedRecordKind
  record_id: string
  version_id: VersionId
  method: CopyMethod
  recipient: string
  given_at: Instant
  given_by: StaffId
}

/** Somebody took the signed packet of a patient out of the program, for whom and what for. */
export interface PacketGivenTable {
  id: string
  patient_id: PatientId
  recipient: string
  purpose: string
  /** How many it holds. */
  signatures: number
  /** Of the file. */
  sha256: string
  given_at: Instant
  given_by: StaffId
}

export type CopyGivenTables = { copy_given: CopyGivenTable; packet_given: PacketGivenTable }
