import type { ClearanceBody } from '../../shared/domain/clearance.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { type RecordDefinition, type StoredRecord, selectRecordsOf } from '../records.ts'

export const clearanceRecord: RecordDefinition<ClearanceBody> = {
  kind: 'clearance',
  table: 'clearance',
  schema: 'clearance/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => ({
    series_id: body.seriesId,
    decision: body.decision,
    expires_on: body.expiresOn,
    max_depth_um: body.conditions.maxDepthUm,
    decided_by: body.signature.staffId,
    decided_at: body.signature.signedAt,
  }),
}

/** Every decision on this patient, newest first, at most 200. */
export function selectClearances(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly StoredRecord<ClearanceBody>[]> {
  return selectRecordsOf(reader, clearanceRecord, patientId)
}

/** Bodies a rule may rest on: a decision whose bytes or columns were changed counts for nothing. */
export async function selectIntactClearances(reader: Reader, patientId: PatientId): Promise<readonly ClearanceBody[]> {
  const records = await selectClearances(reader, patientId)
  return records.filter((record) => record.integrity === 'INTACT').map((record) => record.body)
}
