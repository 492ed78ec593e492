import type { Reader } from '../../../db/open.ts'
import { selectAddendum, selectAddendumDraft } from '../../../db/queries/addendum.ts'
import type { AmendableRecord } from '../../../db/queries/amendment-request.ts'
import type { AmendmentRequestTable } from '../../../db/tables/amendment-request.ts'
import type { ShownAmendmentRequest } from '../../../shared/contract/amendment-request.ts'
import type { AddendumState } from '../../../shared/domain/addendum.ts'
import type { AmendmentFacts, DenialGround } from '../../../shared/domain/amendment-request.ts'
import type { AddendumId, PatientId, StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../../shared/kernel/time.ts'

type NameById = ReadonlyMap<StaffId, string>

/** One request as the chart shows it. */
export async function viewRequest(
  reader: Reader,
  row: AmendmentRequestTable,
  {
    nameById,
    records,
    today,
  }: {
    readonly nameById: NameById
    readonly records: readonly AmendableRecord[]
    readonly today: CalendarDate
  },
): Promise<ShownAmendmentRequest> {
  const named = records.find(({ kind, recordId }) => kind === row.record_kind && recordId === row.record_id)
  const addendumState = await addendumStateOf(reader, row)
  const isAnswered = row.state === 'DENIED' || addendumState === 'SIGNED'
  const said = (text: string | null, at: Instant | null, by: StaffId | null) =>
    text === null || at === null || by === null ? null : { text, at, byName: nameById.get(by) ?? '' }
  return {
    amendmentRequestId: row.id,
    version: row.version,
    state: row.state,
    requestedBy: row.requested_by,
    requestedOn: row.requested_on,
    wish: row.wish,
    dueOn: row.due_on,
    isOverdue: !isAnswered && today > row.due_on,
    takenByName: nameById.get(row.taken_by) ?? '',
    extension: said(row.extension_reason, row.extended_at, row.extended_by),
    decidedAt: row.decided_at,
    decidedByName: row.decided_by === null ? null : (nameById.get(row.decided_by) ?? ''),
    record:
      row.record_kind === null || row.record_id === null
        ? null
        : { kind: row.record_kind, recordId: row.record_id, on: named?.on ?? null, no: named?.no ?? null },
    addendum: row.addendum_id === null ? null : { addendumId: row.addendum_id, state: addendumState },
    denial:
      row.denial_reason === null ? null : { grounds: groundsOf(row.denial_grounds ?? ''), reason: row.denial_reason },
    disagreement: said(row.disagreement, row.disagreement_at, row.disagreement_by),
    rebuttal: said(row.rebuttal, row.rebuttal_at, row.rebuttal_by),
  }
}

/** What the rule needs to know of a request. */
export async function factsOf(reader: Reader, row: AmendmentRequestTable): Promise<AmendmentFacts> {
  return {
    state: row.state,
    requestedOn: row.requested_on,
    isExtended: row.extended_at !== null,
    hasAddendum: (await addendumStateOf(reader, row)) !== null,
    hasDisagreement: row.disagreement !== null,
    hasRebuttal: row.rebuttal !== null,
  }
}

/** Null where there is none, or its text was thrown away before anybody signed it. */
async function addendumStateOf(
  reader: Reader,
  { patient_id, addendum_id }: { readonly patient_id: PatientId; readonly addendum_id: AddendumId | null },
): Promise<AddendumState | null> {
  if (addendum_id === null) return null
  const addendum = await selectAddendum(reader, patient_id, addendum_id)
  if (addendum) return addendum.table.state
  return (await selectAddendumDraft(reader, patient_id, addendum_id)) ? 'DRAFT' : null
}

function groundsOf(text: string): DenialGround[] {
  // The column was written from parsed values.
  return text.split(' ') as DenialGround[]
}
