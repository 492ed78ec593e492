import {
  type AddendumDraft,
  addendumRecord,
  type StoredAddendum,
  selectAddendumReturns,
} from '../../../db/queries/addendum.ts'
import { type AmendedRecord, selectAmendedRecord } from '../../../db/queries/amended-record.ts'
import type { Draft } from '../../../db/queries/draft.ts'
import { selectStaff } from '../../../db/queries/staff.ts'
import { selectDelegations } from '../../../db/queries/staff-practice.ts'
import { selectVersions } from '../../../db/records.ts'
import { selectSignatures } from '../../../db/signatures.ts'
import {
  acceptanceOf,
  amendmentDueOn,
  decideAddendumTransition,
  isSafetyRelevant,
} from '../../../shared/domain/addendum.ts'
import { fieldAt } from '../../../shared/domain/field-pointer.ts'
import { standsInOn } from '../../../shared/domain/staff-practice.ts'
import type { AddendumId, PatientId, VersionId } from '../../../shared/kernel/ids.ts'
import type { QueryContext } from '../../app/context.ts'
import { nameOf } from '../../app/session-summary.ts'
import { toWire } from '../../app/to-wire.ts'

/** An addendum as it stands beside what it amends. */
export async function viewListed({ reader, caller }: QueryContext, addendum: StoredAddendum) {
  const { table, body } = addendum
  const versions = await selectVersions(reader, addendumRecord, addendum.id)
  const numberById = new Map(versions.map((version) => [version.versionId, version.number]))
  return {
    addendumId: addendum.id as AddendumId,
    state: table.state,
    versionId: addendum.versionId,
    versionNumber: addendum.number,
    sha256: addendum.sha256,
    isIntact: addendum.integrity === 'INTACT',
    body,
    isMine: table.author_id === caller.staffId,
    asksAcceptance: table.acceptance_of !== null,
    submittedAt: table.submitted_at,
    dueAt: table.due_at,
    signatures: (await selectSignatures(reader, 'addendum', addendum.id)).map((signature) => ({
      versionNumber: numberById.get(signature.versionId) ?? 0,
      signerName: signature.signerName,
      credential: signature.credential,
      licence: signature.licence,
      meaning: signature.meaning,
      signedAt: signature.signedAt,
      offsetMin: signature.offsetMin,
      isIntact: signature.integrity === 'INTACT',
      keyReset: signature.keyReset,
    })),
    amendmentDueOn: body.amendmentRequest && amendmentDueOn(body.amendmentRequest.requestedOn),
  }
}

/** One addendum with its returns and what it adds to; null where that record is not the patient's. */
export async function viewAddendum(
  context: QueryContext,
  {
    patientId,
    addendum,
    draft,
  }: {
    readonly patientId: PatientId
    readonly addendum: StoredAddendum | null
    readonly draft: Draft<AddendumDraft> | null
  },
) {
  const { reader, caller, today } = context
  const amends = addendum?.body.amends ?? draft?.body.amends
  if (!amends) return null
  const { kind, recordId } = amends
  const amended = await selectAmendedRecord(reader, { patientId, kind, recordId }, today)
  if (!amended) return null
  const members = await selectStaff(reader)
  const returns = addendum ? await selectAddendumReturns(reader, addendum.id as AddendumId) : []
  const fieldPath = draft?.body.fieldPath ?? addendum?.body.amends.fieldPath ?? null
  const askedAnew = draft
    ? acceptanceOf({
        isSafetyRelevant: isSafetyRelevant({ kind, fieldPath, hasCorrection: draft.body.correction !== null }),
        authorId: draft.ownerId,
        acceptedById: amended.acceptedById,
      })
    : (addendum?.table.acceptance_of ?? null)
  const supervisorId =
    askedAnew ?? (addendum ? addendum.table.supervising_physician_id : amended.supervisingPhysicianId)
  const delegations = await selectDelegations(reader, today)
  const standing = standsInOn(delegations, { staffId: caller.staffId, physicianId: supervisorId, on: today })
  const isReturnedToMe = addendum?.table.state === 'RETURNED' && addendum.table.author_id === caller.staffId
  return toWire({
    addendum: addendum && (await viewListed(context, addendum)),
    draft: draft ? draftToWire(draft) : isReturnedToMe ? draftFrom(addendum) : null,
    returns: returns.map(({ versionId: _version, ...sent }) => ({
      ...sent,
      returnedBy: nameOf(members, sent.returnedBy),
    })),
    amends: {
      kind: amended.kind,
      recordId: amended.recordId,
      fieldText: fieldText(amended, fieldPath),
      isCurrent: addendum === null || addendum.body.amends.versionId === amended.versionId,
      isIntact: amended.isIntact,
      acceptedBy: amended.acceptedById && nameOf(members, amended.acceptedById),
    },
    supervisor: supervisorId && nameOf(members, supervisorId),
    isOfAnother: supervisorId !== caller.staffId,
    standsIn: standing && { fromOn: standing.fromOn, untilOn: standing.untilOn },
  })
}

export function draftToWire({ version, updatedAt, body }: Draft<AddendumDraft>) {
  const { amends: _amends, ...written } = body
  return { draftVersion: version, savedAt: updatedAt, ...written }
}

/** Whether the caller may add to this record now; the words are asked for later. */
export function mayWriteAddendum({ caller, hasRole }: QueryContext, amended: AmendedRecord): boolean {
  const decision = decideAddendumTransition({
    state: null,
    event: { kind: 'CREATE', reason: '-' },
    actor: caller,
    facts: {
      authorId: caller.staffId,
      authorIsPhysician: hasRole('physician'),
      recordAuthorId: amended.authorId ?? ('' as typeof caller.staffId),
      supervisingPhysicianId: amended.supervisingPhysicianId,
      acceptanceOf: null,
      isRecordSigned: amended.isSigned,
      currentVersionId: '' as VersionId,
      returnPointers: [],
    },
  })
  return decision.ok
}

function draftFrom({ body, table }: StoredAddendum) {
  const { reason, text, correction, happenedAt, amendmentRequest } = body
  const { fieldPath } = body.amends
  const written = { fieldPath, reason, text, correction, happenedAt, amendmentRequest }
  return { draftVersion: 0, savedAt: table.updated_at, ...written }
}

function fieldText(amended: AmendedRecord, fieldPath: string | null): string | null {
  const field = fieldPath === null ? null : fieldAt(amended.body, fieldPath)
  if (!field) return null
  return typeof field.value === 'string' ? field.value : JSON.stringify(field.value)
}
