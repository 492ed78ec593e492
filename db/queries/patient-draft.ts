import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'
import { type Draft, selectDraft, selectDraftsOf } from './draft.ts'

/** Kind of the `draft` row that holds a registration (without a patient) or the edit of a chart's first page. */
export const patientDraftKind = 'patient'

/** What this person left unfinished, the newest first to come back: a registration, or the edit of this chart. */
export async function selectOwnPatientDraft<Body>(
  reader: Reader,
  ownerId: StaffId,
  patientId: PatientId | null,
): Promise<Draft<Body> | null> {
  if (patientId !== null) {
    const drafts = await selectDraftsOf<Body>(reader, patientDraftKind, patientId)
    return drafts.find((draft) => draft.ownerId === ownerId) ?? null
  }
  const rows = await many<{ id: string }>(
    reader,
    'select id from draft where kind = ? and owner_id = ? and patient_id is null order by updated_at desc, id limit 1',
    [patientDraftKind, ownerId],
  )
  return rows[0] === undefined ? null : selectDraft<Body>(reader, patientDraftKind, rows[0].id)
}
