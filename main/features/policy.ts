import type { Reader } from '../../db/open.ts'
import { deleteDraft, insertDraft, saveDraft } from '../../db/queries/draft.ts'
import {
  policyDraftKind,
  policyRecord,
  selectPolicies,
  selectPolicyDraft,
  selectPolicyDraftId,
  selectPolicyInForce,
} from '../../db/queries/policy.ts'
import { type StaffMember, selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import { appendVersion, insertRecord, moveHead, type StoredRecord, selectRecord } from '../../db/records.ts'
import { insertSignature } from '../../db/signatures.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { PolicySummary } from '../../shared/contract/policy.ts'
import { policyBody } from '../../shared/contract/schemas/policy.ts'
import { checkPolicy, type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { PolicyId, StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { hasValidLicence, physicianSignature, signatureRow } from '../app/signer.ts'
import { dryRun } from './policy/dry-run.ts'

type PolicyContract = typeof contract.policy

export const policyHandlers = {
  list: async (context) => {
    const records = await selectPolicies(context.reader)
    const inForce = await selectPolicyInForce(context.reader, context.today)
    const draftId = await selectPolicyDraftId(context.reader)
    const draft = draftId ? await selectPolicyDraft(context.reader, draftId) : null
    const members = await selectStaff(context.reader)
    const { today } = context
    return accept({
      policies: records.map((record) => {
        const shown = record.id === draftId && draft ? draft.body : record.body
        return recordToSummary(record, { inForceId: inForce?.policyId ?? null, today, members, shown })
      }),
    })
  },

  open: async (context, input) => {
    const record = await selectRecord(context.reader, policyRecord, input.policyId)
    if (!record) return refuse('NOT_FOUND')
    const inForce = await selectPolicyInForce(context.reader, context.today)
    const isDraft = record.head['state'] === 'DRAFT'
    const draft = isDraft ? await selectPolicyDraft(context.reader, input.policyId) : null
    const body = draft?.body ?? record.body
    const members = await selectStaff(context.reader)
    return accept({
      ...recordToSummary(record, { inForceId: inForce?.policyId ?? null, today: context.today, members, shown: body }),
      draftVersion: draft?.version ?? 0,
      body: policyBody.parse(body),
      sha256: record.head['state'] === 'APPROVED' ? record.sha256 : null,
      inForce:
        inForce && inForce.policyId !== input.policyId
          ? {
              policyId: inForce.policyId,
              effectiveFrom: inForce.body.effectiveFrom,
              body: policyBody.parse(inForce.body),
            }
          : null,
    })
  },

  startDraft: async (context) => {
    if (await selectPolicyDraftId(context.trx)) return refuse('POLICY_DRAFT_EXISTS')
    const policyId = context.newId<PolicyId>()
    const versionId = await insertRecord(context.trx, policyRecord, {
      id: policyId,
      body: await draftBase(context),
      state: { state: 'DRAFT', approved_by: null, approved_at: null },
      newId: context.newId,
      at: context.now,
      by: context.caller.staffId,
      reason: 'CREATED',
    })
    context.audit({ action: 'policy.draft', subject: 'policy', subjectId: policyId, versionId })
    context.touch('policy')
    return accept({ policyId })
  },

  saveDraft: async (context, input) => {
    const { policyId, draftVersion } = input
    if ((await selectPolicyDraftId(context.trx)) !== policyId) return refuse('NOT_A_POLICY_DRAFT')
    const body: PolicyBody = { ...input.body, approvedBy: null }
    const known = await selectPolicyDraft(context.trx, policyId)
    if ((known?.version ?? 0) !== draftVersion) return refuse('CONFLICT')
    const row = { id: policyId, kind: policyDraftKind, ownerId: context.caller.staffId, body, at: context.now }
    if (!known) {
      await insertDraft(context.trx, { ...row, patientId: null })
      context.audit({ action: 'policy.edit', subject: 'policy', subjectId: policyId })
      return accept({ draftVersion: 1 })
    }
    const saved = await saveDraft(context.trx, { ...row, expectedVersion: draftVersion })
    if (!saved) return refuse('CONFLICT')
    if (saved.startsSpell) context.audit({ action: 'policy.edit', subject: 'policy', subjectId: policyId })
    return accept({ draftVersion: saved.version })
  },

  discardDraft: async (context, input) => {
    const ready = await selectDraftPolicy(context.trx, input)
    if (!ready.ok) return ready
    const { record } = ready.value
    const moved = await moveHead(context.trx, 'policy', record.id, record.version, {
      state: 'DISCARDED',
      updated_at: context.now,
    })
    if (!moved) return refuse('CONFLICT')
    await deleteDraft(context.trx, policyDraftKind, record.id)
    context.audit({ action: 'policy.discard', subject: 'policy', subjectId: record.id })
    context.touch('policy')
    return accept({})
  },

  dryRun: async (context, input) => {
    const ready = await selectDraftPolicy(context.reader, input)
    if (!ready.ok) return ready
    return accept(await dryRun(context, ready.value.body))
  },

  approve: async (context, input) => {
    const ready = await selectDraftPolicy(context.trx, input)
    if (!ready.ok) return ready
    const { record, body: draft } = ready.value
    const physician = await selectStaffMember(context.trx, context.caller.staffId)
    if (!physician || !hasValidLicence(physician, context.today)) return refuse('OWN_LICENCE_NOT_VALID')
    if (draft.effectiveFrom < context.today)
      return refuse('POLICY_STARTS_IN_THE_PAST', { effectiveFrom: draft.effectiveFrom })
    const body: PolicyBody = { ...draft, approvedBy: physicianSignature(context, physician) }
    const problems = checkPolicy(body)
    if (problems.length > 0) return refuse('POLICY_HAS_PROBLEMS', { problems: problems.map((problem) => problem.code) })

    const appended = await appendVersion(context.trx, policyRecord, {
      id: record.id,
      expectedVersion: record.version,
      body,
      state: { state: 'APPROVED', approved_by: physician.staffId, approved_at: context.now },
      newId: context.newId,
      at: context.now,
      by: physician.staffId,
      reason: 'APPROVED',
    })
    if (!appended) return refuse('CONFLICT')
    const { versionId } = appended
    const signature = signatureRow(context, physician, { versionId, meaning: 'POLICY_APPROVED' })
    await insertSignature(context.trx, policyRecord, record.id, signature)
    await deleteDraft(context.trx, policyDraftKind, record.id)
    context.audit({
      action: 'policy.approve',
      subject: 'policy',
      subjectId: record.id,
      versionId,
      versionBeforeId: record.versionId,
      reason: context.reauthenticatedBy,
    })
    context.touch('policy', 'clinic', 'today', 'session')
    context.afterCommit(() => context.services.storeLife.renewPolicy())
    return summaryAfter(context, record.id)
  },
} satisfies Handlers<PolicyContract>

/** What a new draft starts from: the policy in force, or the shipped defaults with the clinic's own phone. */
async function draftBase(context: CommandContext): Promise<PolicyBody> {
  const inForce = await selectPolicyInForce(context.trx, context.today)
  if (inForce) return { ...inForce.body, effectiveFrom: context.today, approvedBy: null }
  const shipped = shippedPolicy(context.today)
  const { urgentPhone } = context.services.storeLife.open.facts
  return { ...shipped, settings: { ...shipped.settings, urgentPhone } }
}

/** The draft with the text that the person saw; CONFLICT where somebody saved after that. */
async function selectDraftPolicy(reader: Reader, input: { policyId: PolicyId; draftVersion: number }) {
  const record = await selectRecord(reader, policyRecord, input.policyId)
  if (!record) return refuse('NOT_FOUND')
  if (record.head['state'] !== 'DRAFT') return refuse('NOT_A_POLICY_DRAFT')
  const draft = await selectPolicyDraft(reader, input.policyId)
  if ((draft?.version ?? 0) !== input.draftVersion) return refuse('CONFLICT')
  return accept({ record, body: draft?.body ?? record.body })
}

async function summaryAfter(context: CommandContext, policyId: string) {
  const record = await selectRecord(context.trx, policyRecord, policyId)
  if (!record) return refuse('NOT_FOUND')
  const inForce = await selectPolicyInForce(context.trx, context.today)
  const members = await selectStaff(context.trx)
  const { today } = context
  return accept(recordToSummary(record, { inForceId: inForce?.policyId ?? null, today, members, shown: record.body }))
}

type SummaryParts = {
  readonly inForceId: PolicyId | null
  readonly today: CalendarDate
  readonly members: readonly StaffMember[]
  /** The text that stands for this policy: a draft's newest, otherwise the record's. */
  readonly shown: PolicyBody
}

function recordToSummary(record: StoredRecord<PolicyBody>, { inForceId, today, members, shown }: SummaryParts) {
  const { approvedBy } = record.body
  const startedBy = members.find((member) => member.staffId === (record.number === 1 ? record.madeBy : null))
  return {
    policyId: record.id as PolicyId,
    standing: standingOf(record, inForceId, today),
    effectiveFrom: shown.effectiveFrom,
    approvedBy: approvedBy
      ? {
          staffId: approvedBy.staffId as StaffId,
          printedName: approvedBy.printedName,
          credential: approvedBy.credential,
        }
      : null,
    approvedAt: approvedBy?.signedAt ?? null,
    startedBy: startedBy?.printedName ?? null,
    startedAt: String(record.head['created_at']),
    isIntact: record.integrity === 'INTACT',
  }
}

/** An approved one that is not in force is either still to come or replaced by the one that is. */
function standingOf(
  record: StoredRecord<PolicyBody>,
  inForceId: PolicyId | null,
  today: CalendarDate,
): PolicySummary['standing'] {
  const state = record.head['state']
  if (state === 'DRAFT' || state === 'DISCARDED') return state
  if (record.id === inForceId) return 'IN_FORCE'
  return record.body.effectiveFrom > today ? 'UPCOMING' : 'REPLACED'
}
