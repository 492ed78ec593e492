import {
  type AddendumDraft,
  addendumDraftKind,
  addendumRecord,
  answerAddendumReturn,
  insertAddendumReturn,
  type StoredAddendum,
  selectAddendaOf,
  selectAddendum,
  selectAddendumDraft,
  selectAddendumDraftsOf,
  selectAddendumReturns,
} from '../../db/queries/addendum.ts'
import { type AmendedRecord, selectAmendedRecord } from '../../db/queries/amended-record.ts'
import { type Draft, deleteDraft, insertDraft, saveDraft } from '../../db/queries/draft.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { insertSignOff } from '../../db/queries/sign-off.ts'
import { selectStaffMember } from '../../db/queries/staff.ts'
import { appendVersion, insertRecord, moveHead } from '../../db/records.ts'
import { insertSignature } from '../../db/signatures.ts'
import type { contract } from '../../shared/contract/index.ts'
import { addendumBody } from '../../shared/contract/schemas/addendum.ts'
import {
  type AddendumBody,
  type AddendumEvent,
  type AddendumState,
  acceptanceOf,
  decideAddendumTransition,
  isLateEntry,
  isSafetyRelevant,
} from '../../shared/domain/addendum.ts'
import { fieldAt } from '../../shared/domain/field-pointer.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import { type Attestation, endOfClinicDay, maySignOff, signOffDue } from '../../shared/domain/sign-off.ts'
import type { AddendumId, SignOffId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { answerRequestOf } from '../app/amendment-worklist.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { findSigner, signerOf, takeoverOf } from '../app/countersigner.ts'
import { passRefusal } from '../app/pass-refusal.ts'
import { signatureRow } from '../app/signer.ts'
import { toWire } from '../app/to-wire.ts'
import { draftToWire, mayWriteAddendum, viewAddendum, viewListed } from './addendum/view.ts'

type AddendumContract = typeof contract.addendum

export const addendumHandlers = {
  list: async (context, { patientId, kind, recordId }) => {
    const { reader, caller } = context
    const address = { patientId, kind, recordId }
    const amended = await selectAmendedRecord(reader, address, context.today)
    if (!amended) return refuse('NOT_FOUND')
    const addenda = []
    for (const addendum of await selectAddendaOf(reader, address)) addenda.push(await viewListed(context, addendum))
    const drafts = await selectAddendumDraftsOf(reader, { ...address, ownerId: caller.staffId })
    context.audit({ action: 'addendum.list', subject: kind.toLowerCase(), subjectId: recordId, patientId })
    return accept(
      toWire({
        addenda,
        drafts: drafts.map((draft) => ({ addendumId: draft.id as AddendumId, draft: draftToWire(draft) })),
        mayWrite: mayWriteAddendum(context, amended),
      }),
    )
  },

  open: async (context, { patientId, addendumId }) => {
    const { reader } = context
    const addendum = await selectAddendum(reader, patientId, addendumId)
    const draft = await selectAddendumDraft(reader, patientId, addendumId)
    const own = draft?.ownerId === context.caller.staffId ? draft : null
    if (!addendum && !own) return refuse('NOT_FOUND')
    const view = await viewAddendum(context, { patientId, addendum, draft: own })
    if (!view) return refuse('NOT_FOUND')
    const versionId = addendum?.versionId ?? null
    context.audit({ action: 'addendum.open', subject: 'addendum', subjectId: addendumId, versionId, patientId })
    return accept(view)
  },

  begin: async (context, { patientId, kind, recordId, fieldPath }) => {
    const { trx, caller, now } = context
    const amended = await selectAmendedRecord(trx, { patientId, kind, recordId }, context.today)
    if (!amended) return refuse('NOT_FOUND')
    const refusal = refuseCreation(context, amended)
    if (refusal) return refusal
    if (!isFieldOf(amended, fieldPath)) return refuse('ADDENDUM_FIELD_UNKNOWN')
    const addendumId = context.newId<AddendumId>()
    const body: AddendumDraft = {
      amends: { kind, recordId },
      fieldPath,
      reason: '',
      text: '',
      correction: null,
      happenedAt: null,
      amendmentRequest: null,
    }
    await insertDraft(trx, {
      id: addendumId,
      kind: addendumDraftKind,
      patientId,
      ownerId: caller.staffId,
      body,
      at: now,
    })
    context.audit({ action: 'addendum.begin', subject: 'addendum', subjectId: addendumId, patientId })
    context.touch('addendum')
    return accept({ addendumId, draftVersion: 1 })
  },

  saveDraft: async (context, { patientId, addendumId, draftVersion, ...written }) => {
    const { trx, caller, now } = context
    const found = await findOwn(context, { patientId, addendumId })
    if (!found) return refuse('NOT_FOUND')
    const refusal = refuseEditing(context, found)
    if (refusal) return refusal
    if (!isFieldOf(found.amended, written.fieldPath)) return refuse('ADDENDUM_FIELD_UNKNOWN')
    const { kind, recordId } = found.amended
    const body: AddendumDraft = { amends: { kind, recordId }, ...written }
    const row = { id: addendumId, kind: addendumDraftKind, ownerId: caller.staffId, body, at: now }
    if (draftVersion === 0 && !found.draft) {
      await insertDraft(trx, { ...row, patientId })
      context.audit({ action: 'addendum.edit', subject: 'addendum', subjectId: addendumId, patientId })
      return accept({ draftVersion: 1, savedAt: now })
    }
    const saved = await saveDraft(trx, { ...row, expectedVersion: draftVersion })
    if (!saved) return refuse('CONFLICT')
    if (saved.startsSpell)
      context.audit({ action: 'addendum.edit', subject: 'addendum', subjectId: addendumId, patientId })
    return accept({ draftVersion: saved.version, savedAt: now })
  },

  discard: async (context, { patientId, addendumId }) => {
    const found = await findOwn(context, { patientId, addendumId })
    if (!found?.draft) return refuse('NOT_FOUND')
    if (found.draft.ownerId !== context.caller.staffId) return refuse('NOT_THE_AUTHOR')
    // Of a returned one only the unsent correction goes; what was submitted stays.
    await deleteDraft(context.trx, addendumDraftKind, addendumId)
    context.audit({ action: 'addendum.discard', subject: 'addendum', subjectId: addendumId, patientId })
    context.touch('addendum')
    return accept({})
  },

  submit: async (context, { patientId, addendumId, draftVersion, replies }) => {
    const { trx, caller, now, hasRole } = context
    const found = await findOwn(context, { patientId, addendumId })
    if (!found) return refuse('NOT_FOUND')
    const { addendum, amended, draft } = found
    const state: AddendumState = addendum?.table.state ?? 'DRAFT'
    if (!draft) return refuse('ADDENDUM_MOVE_NOT_ALLOWED', { state, event: 'SUBMIT' })
    if (draft.ownerId !== caller.staffId) return refuse('NOT_THE_AUTHOR')
    if (draft.version !== draftVersion) return refuse('CONFLICT')
    const refusal = addendum ? null : refuseCreation(context, amended)
    if (refusal) return refusal
    if (!amended.isIntact) return refuse('RECORD_DAMAGED')
    if (draft.body.reason.trim() === '') return refuse('ADDENDUM_REASON_MISSING')

    const author = await selectStaffMember(trx, caller.staffId)
    if (!author) throw new Error(`no member of staff ${caller.staffId}`)
    const policy = await policyOn(context)
    const isPhysician = addendum ? addendum.body.author.isPhysician : hasRole('physician')
    const happenedAt = draft.body.happenedAt
    const { correction, amendmentRequest, text, reason, fieldPath } = draft.body
    const body: AddendumBody = addendumBody.parse({
      schema: 'addendum/1',
      addendumId,
      version: addendum ? addendum.number + 1 : 1,
      patientId,
      amends: addendum
        ? { ...addendum.body.amends, fieldPath }
        : {
            kind: amended.kind,
            recordId: amended.recordId,
            versionId: amended.versionId,
            sha256: amended.sha256,
            fieldPath,
          },
      reason: reason.trim(),
      text: text.trim(),
      correction,
      happenedAt,
      writtenAt: now,
      isLateEntry:
        happenedAt !== null &&
        isLateEntry({ happenedAt, writtenAt: now, authorCompleteHours: policy.authorCompleteHours }),
      amendmentRequest,
      author: {
        staffId: caller.staffId,
        printedName: author.printedName,
        credential: author.credential,
        isPhysician,
      },
    } satisfies AddendumBody)

    const facts = factsOf(found, isPhysician, await openPointers(context, addendum))
    const event = submissionEvent(state, { found, signsAlone: isPhysician && facts.acceptanceOf === null, replies })
    const decision = decideAddendumTransition({
      state,
      event,
      actor: caller,
      facts,
    })
    if (!decision.ok) return passRefusal(decision.refusal, submitPromised)
    const isSigned = decision.value === 'SIGNED'

    const making = { newId: context.newId, at: now, by: caller.staffId }
    const written = addendum
      ? await appendVersion(trx, addendumRecord, {
          id: addendumId,
          expectedVersion: addendum.version,
          body,
          reason: 'CORRECTED',
          ...making,
        })
      : { versionId: await insertFirst(context, amended, body) }
    if (!written) return refuse('CONFLICT')
    const { versionId } = written
    const meaning = isSigned ? 'AUTHOR_PHYSICIAN' : 'AUTHOR'
    await insertSignature(trx, addendumRecord, addendumId, signatureRow(context, author, { versionId, meaning }))
    if (addendum) await answerAddendumReturn(trx, addendumId, { replies, at: now, versionId })
    const due = signOffDue({ submittedAt: now, redFlag: false, timeZone: context.timeZone, settings: policy })
    const moved = await moveHead(trx, 'addendum', addendumId, addendum ? addendum.version + 1 : 1, {
      state: decision.value,
      updated_at: now,
      acceptance_of: facts.acceptanceOf,
      submitted_at: now,
      due_at: isSigned ? null : due.dueAt,
      escalate_at: isSigned ? null : due.escalateAt,
      ...(isSigned ? { signed_at: now, signed_by: caller.staffId } : {}),
    })
    if (!moved) return refuse('CONFLICT')
    await deleteDraft(trx, addendumDraftKind, addendumId)
    if (isSigned) await answerRequestOf(context, addendumId)
    context.audit({
      action: isSigned ? 'addendum.signAsAuthor' : 'addendum.submit',
      subject: 'addendum',
      subjectId: addendumId,
      versionId,
      versionBeforeId: addendum?.versionId ?? null,
      patientId,
      reason: context.reauthenticatedBy,
    })
    context.touch(...touchedSubjects)
    return accept({
      state: isSigned ? ('SIGNED' as const) : ('SUBMITTED' as const),
      versionNumber: body.version,
      dueAt: isSigned ? null : due.dueAt,
    })
  },

  sign: async (context, input) => {
    const { trx, caller, now } = context
    const { patientId, addendumId, seenVersionId, seenSha256, comment } = input
    const addendum = await selectAddendum(trx, patientId, addendumId)
    const found = addendum && (await withAmended(context, { patientId, addendum, draft: null }))
    if (!addendum || !found) return refuse('NOT_FOUND')
    const signer = await findSigner(context)
    if (!signer) return refuse('OWN_LICENCE_NOT_VALID')
    if (addendum.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    const { table } = addendum
    const { takeoverReason } = input
    const facts = factsOf(found, addendum.body.author.isPhysician, [])
    const event = { kind: 'SIGN_OFF', seenVersionId, isReauthenticated: true, takeoverReason } as const
    const decision = decideAddendumTransition({ state: table.state, event, actor: caller, facts })
    if (!decision.ok) return passRefusal(decision.refusal, reviewPromised)
    if (seenSha256 !== addendum.sha256) return refuse('STALE_VERSION')

    const signOffId = context.newId<SignOffId>()
    const { versionId, sha256 } = addendum
    const meaning = 'REVIEWED_AND_APPROVED'
    const body = {
      schema: 'sign-off/1' as const,
      signOffId,
      patientId,
      record: { kind: 'ADDENDUM' as const, recordId: addendumId, version: addendum.body.version, versionId, sha256 },
      signer: signerOf(signer),
      policyVersionId: (await selectPolicyInForce(trx, context.today))?.versionId ?? null,
      signedAt: now,
      utcOffsetMin: context.offsetMin,
      meaning,
      attestation: table.acceptance_of === null ? addendumAttestation : acceptanceAttestation,
      supervision: null,
      patientSeen: false,
      dispositions: [],
      decision: 'PROCEED' as const,
      comment,
      takeoverReason: takeoverOf(facts.supervisingPhysicianId, signer, takeoverReason),
      batchId: null,
    } as const
    const allowed = maySignOff({
      body,
      authorId: table.author_id,
      authorIsPhysician: table.author_is_physician === 1,
      deviationIds: [],
      currentVersionId: versionId,
      currentSha256: sha256,
    })
    if (!allowed.ok) return passRefusal(allowed.refusal, reviewPromised)
    const signOffVersionId = await insertSignOff(trx, { body, newId: context.newId, at: now, by: caller.staffId })
    await insertSignature(trx, addendumRecord, addendumId, {
      ...signatureRow(context, signer, { versionId, meaning }),
      along: [{ kind: 'sign_off', versionId: signOffVersionId }],
    })
    const columns = { state: 'SIGNED', updated_at: now, signed_at: now, signed_by: caller.staffId }
    if (!(await moveHead(trx, 'addendum', addendumId, addendum.version, columns))) return refuse('STALE_VERSION')
    await answerRequestOf(context, addendumId)
    context.audit({
      action: 'addendum.sign',
      subject: 'addendum',
      subjectId: addendumId,
      versionId: signOffVersionId,
      versionBeforeId: versionId,
      patientId,
      reason: context.reauthenticatedBy,
    })
    context.touch(...touchedSubjects)
    return accept({ signOffId, signedAt: now })
  },

  return: async (context, input) => {
    const { trx, caller, now } = context
    const { patientId, addendumId, seenVersionId, reason, pointers, dueOn, takeoverReason } = input
    const addendum = await selectAddendum(trx, patientId, addendumId)
    const found = addendum && (await withAmended(context, { patientId, addendum, draft: null }))
    if (!addendum || !found) return refuse('NOT_FOUND')
    const { table, versionId } = addendum
    const decision = decideAddendumTransition({
      state: table.state,
      event: { kind: 'RETURN', seenVersionId, reason, pointers, takeoverReason },
      actor: caller,
      facts: factsOf(found, addendum.body.author.isPhysician, []),
    })
    if (!decision.ok) return passRefusal(decision.refusal, returnPromised)
    const unknown = pointers.filter(({ path }) => fieldAt(addendum.body, path) === null)
    if (unknown.length > 0) return refuse('RETURN_FIELD_UNKNOWN', { paths: unknown.map(({ path }) => path) })
    if (dueOn < context.today) return refuse('RETURN_DUE_PAST')
    const dueAt = endOfClinicDay(dueOn, context.timeZone)
    const isNamed = (table.acceptance_of ?? table.supervising_physician_id) === caller.staffId
    await insertAddendumReturn(
      trx,
      { addendumId, patientId, versionId },
      {
        id: context.newId(),
        body: {
          reason: reason.trim(),
          pointers,
          dueAt,
          returnedBy: caller.staffId,
          returnedAt: now,
          takeoverReason: isNamed ? null : (takeoverReason?.trim() ?? null),
        },
      },
    )
    const columns = { state: 'RETURNED', updated_at: now }
    if (!(await moveHead(trx, 'addendum', addendumId, addendum.version, columns))) return refuse('STALE_VERSION')
    context.audit({ action: 'addendum.return', subject: 'addendum', subjectId: addendumId, versionId, patientId })
    context.touch(...touchedSubjects)
    return accept({ dueAt })
  },
} satisfies Handlers<AddendumContract>

/** An addendum has no treatment of its own to supervise. */
const addendumAttestation = {
  version: 'addendum/1',
  text: 'I have reviewed this addendum in the version named here beside the record that it adds to, and I approve it.',
} as const satisfies Attestation

/** What the physician accepted is changed in a lot, a depth, a zone, the consent or a complication. */
const acceptanceAttestation = {
  version: 'addendum-acceptance/1',
  text: 'I have reviewed this change beside the record that I accepted, and I accept the record with it.',
} as const satisfies Attestation

const touchedSubjects = ['addendum', 'session', 'consent', 'screening', 'signOff', 'today', 'chart'] as const
const submitPromised = ['ADDENDUM_MOVE_NOT_ALLOWED', 'NOT_THE_AUTHOR', 'ADDENDUM_INCOMPLETE', 'REPLY_MISSING'] as const
const reviewPromised = [
  'ADDENDUM_MOVE_NOT_ALLOWED',
  'OWN_ADDENDUM',
  'STALE_VERSION',
  'TAKEOVER_REASON_MISSING',
] as const
const returnPromised = [...reviewPromised, 'RETURN_REASON_MISSING', 'RETURN_POINTERS_MISSING'] as const

type Found = {
  readonly addendum: StoredAddendum | null
  readonly draft: Draft<AddendumDraft> | null
  readonly amended: AmendedRecord
}
type Address = { readonly patientId: Parameters<typeof selectAddendum>[1]; readonly addendumId: AddendumId }

async function findOwn(context: CommandContext, { patientId, addendumId }: Address): Promise<Found | null> {
  const addendum = await selectAddendum(context.trx, patientId, addendumId)
  const draft = await selectAddendumDraft(context.trx, patientId, addendumId)
  return withAmended(context, { patientId, addendum, draft })
}

async function withAmended(
  { trx, today }: CommandContext,
  { patientId, addendum, draft }: Omit<Found, 'amended'> & { readonly patientId: Parameters<typeof selectAddendum>[1] },
): Promise<Found | null> {
  const amends = addendum?.body.amends ?? draft?.body.amends
  if (!amends) return null
  const { kind, recordId } = amends
  const amended = await selectAmendedRecord(trx, { patientId, kind, recordId }, today)
  return amended && { addendum, draft, amended }
}

function factsOf(
  { addendum, amended, draft }: Found,
  authorIsPhysician: boolean,
  returnPointers: readonly { readonly path: string; readonly text: string }[],
) {
  const authorId = addendum?.table.author_id ?? draft?.ownerId
  if (!authorId) throw new Error('an addendum has its author or its writer')
  const supervisingPhysicianId = addendum ? addendum.table.supervising_physician_id : amended.supervisingPhysicianId
  const askedAnew = draft ? acceptanceFor(amended, draft, authorId) : (addendum?.table.acceptance_of ?? null)
  return {
    authorId,
    authorIsPhysician,
    recordAuthorId: amended.authorId ?? ('' as typeof authorId),
    supervisingPhysicianId: askedAnew ?? supervisingPhysicianId,
    acceptanceOf: askedAnew,
    isRecordSigned: amended.isSigned,
    currentVersionId: addendum?.versionId ?? ('' as VersionId),
    returnPointers,
  }
}

function acceptanceFor(amended: AmendedRecord, { body }: Draft<AddendumDraft>, authorId: StaffId): StaffId | null {
  const { fieldPath, correction } = body
  return acceptanceOf({
    isSafetyRelevant: isSafetyRelevant({ kind: amended.kind, fieldPath, hasCorrection: correction !== null }),
    authorId,
    acceptedById: amended.acceptedById,
  })
}

/** Whether the caller may add to this record at all; the words come later. */
function refuseCreation({ caller, hasRole }: CommandContext, amended: AmendedRecord) {
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
  return decision.ok ? null : passRefusal(decision.refusal, ['RECORD_NOT_SIGNED', 'NOT_THE_AUTHOR'])
}

function refuseEditing({ caller, hasRole }: CommandContext, found: Found) {
  const state = found.addendum?.table.state ?? 'DRAFT'
  const facts = factsOf(found, hasRole('physician'), [])
  const event = { kind: 'EDIT', seenVersionId: facts.currentVersionId } as const
  const decision = decideAddendumTransition({ state, event, actor: caller, facts })
  return decision.ok ? null : passRefusal(decision.refusal, ['ADDENDUM_MOVE_NOT_ALLOWED', 'NOT_THE_AUTHOR'])
}

function submissionEvent(
  state: AddendumState,
  {
    found,
    signsAlone,
    replies,
  }: {
    readonly found: Found
    readonly signsAlone: boolean
    readonly replies: readonly { readonly path: string; readonly reply: string }[]
  },
): AddendumEvent {
  const { text = '', correction = null } = found.draft?.body ?? {}
  const isCorrectionWhole = correction === null || correction.shouldBe.trim() !== ''
  const isComplete = (text.trim() !== '' || correction !== null) && isCorrectionWhole
  const seenVersionId = found.addendum?.versionId ?? ('' as VersionId)
  if (state === 'RETURNED') return { kind: 'RESUBMIT', isComplete, isNewVersion: true, replies, seenVersionId }
  // The door has proved the author's identity for this very call.
  if (signsAlone) return { kind: 'SIGN_AS_AUTHOR', isComplete, isReauthenticated: true, seenVersionId }
  return { kind: 'SUBMIT', isComplete, seenVersionId }
}

async function openPointers({ trx }: CommandContext, addendum: StoredAddendum | null) {
  if (!addendum) return []
  return (await selectAddendumReturns(trx, addendum.id as AddendumId)).at(-1)?.pointers ?? []
}

function insertFirst(context: CommandContext, amended: AmendedRecord, body: AddendumBody): Promise<VersionId> {
  return insertRecord(context.trx, addendumRecord, {
    id: body.addendumId,
    body,
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason: 'SUBMITTED',
    state: {
      state: 'DRAFT',
      supervising_physician_id: amended.supervisingPhysicianId,
      acceptance_of: null,
      submitted_at: null,
      due_at: null,
      escalate_at: null,
      signed_at: null,
      signed_by: null,
    },
  })
}

function isFieldOf(amended: AmendedRecord, fieldPath: string | null): boolean {
  return fieldPath === null || fieldAt(amended.body, fieldPath) !== null
}

async function policyOn({ trx, today }: CommandContext): Promise<PolicyBody> {
  return (await selectPolicyInForce(trx, today))?.body ?? shippedPolicy(today)
}
