import type { SignedRecordKind, SignOffBody } from '../../shared/domain/sign-off.ts'
import type { PatientId, SignOffId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRecord, one, type RecordDefinition, type StoredRecord, selectRecord } from '../records.ts'

export const signOffRecord: RecordDefinition<SignOffBody> = {
  kind: 'sign_off',
  table: 'sign_off',
  schema: 'sign-off/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => ({
    record_kind: body.record.kind,
    record_id: body.record.recordId,
    record_version_id: body.record.versionId,
    signer_id: body.signer.staffId,
    meaning: body.meaning,
    decision: body.decision,
    signed_at: body.signedAt,
    batch_id: body.batchId,
  }),
}

/** Writes the physician's review as a record of its own; the signature row stands over the reviewed version. */
export function insertSignOff(
  trx: Trx,
  {
    body,
    newId,
    at,
    by,
  }: { readonly body: SignOffBody; readonly newId: () => string; readonly at: Instant; readonly by: StaffId },
): Promise<VersionId> {
  return insertRecord(trx, signOffRecord, { id: body.signOffId, body, newId, at, by, reason: 'SIGNED' })
}

/** The review that belongs to this very version; null while nobody has countersigned it. */
export async function selectSignOffOf(
  reader: Reader,
  kind: SignedRecordKind,
  recordId: string,
  patientId: PatientId,
): Promise<StoredRecord<SignOffBody> | null> {
  const row = await one<{ id: SignOffId }>(
    reader,
    'select id from sign_off where record_kind = ? and record_id = ? and patient_id = ? order by signed_at desc, id limit 1',
    [kind, recordId, patientId],
  )
  return row ? selectRecord(reader, signOffRecord, row.id) : null
}
