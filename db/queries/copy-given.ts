import type { CopyMethod } from '../../shared/domain/consent/consent.ts'
import type { PrintedRecordKind } from '../../shared/domain/copy-given.ts'
import type { PatientId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRow, many } from '../records.ts'
import type { CopyGivenTable } from '../tables/copy-given.ts'

export type CopyGiven = {
  readonly patientId: PatientId
  readonly kind: PrintedRecordKind
  readonly recordId: string
  readonly versionId: VersionId
  readonly method: CopyMethod
  /** Who got it, as said; empty where it was the patient. */
  readonly recipient: string
  readonly givenAt: Instant
  readonly givenBy: StaffId
}

export async function insertCopyGiven(trx: Trx, id: string, copy: CopyGiven): Promise<void> {
  await insertRow(trx, 'copy_given', {
    id,
    patient_id: copy.patientId,
    record_kind: copy.kind,
    record_id: copy.recordId,
    version_id: copy.versionId,
    method: copy.method,
    recipient: copy.recipient,
    given_at: copy.givenAt,
    given_by: copy.givenBy,
  })
}

/** Every copy given of this patient's records, newest first, at most 500. */
export async function selectCopiesGiven(reader: Reader, patientId: PatientId): Promise<readonly CopyGiven[]> {
  const rows = await many<CopyGivenTable>(
    reader,
    'select * from copy_given where patient_id = ? order by given_at desc, id desc limit 500',
    [patientId],
  )
  return rows.map((row) => ({
    patientId: row.patient_id,
    kind: row.record_kind,
    recordId: row.record_id,
    versionId: row.version_id,
    method: row.method,
    recipient: row.recipient,
    givenAt: row.given_at,
    givenBy: row.given_by,
  }))
}
