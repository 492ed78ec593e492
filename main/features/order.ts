import type { Reader } from '../../db/open.ts'
import { deleteDraft, insertDraft, saveDraft, selectDraft, selectDraftsOf } from '../../db/queries/draft.ts'
import {
  orderDraftKind,
  orderEnd,
  orderRecord,
  selectActiveOrders,
  selectOrder,
  selectOrders,
} from '../../db/queries/order.ts'
import { selectPatient, updatePatient } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectSeries, selectSeriesOf } from '../../db/queries/series.ts'
import { type SessionsDone, selectSessionsDone } from '../../db/queries/sessions-done.ts'
import { type StaffMember, selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import { insertRecord, moveHead, type StoredRecord } from '../../db/records.ts'
import { insertSignature, selectSignatures } from '../../db/signatures.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { OrderSummary } from '../../shared/contract/order.ts'
import { orderDraft } from '../../shared/contract/order.ts'
import { orderBody } from '../../shared/contract/schemas/order.ts'
import { checkOrder, mayExamineAs, type OrderBody, orderStateOn, sessionsLeft } from '../../shared/domain/order.ts'
import { finishOrderDraft, type OrderDraft } from '../../shared/domain/order-draft.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { SeriesBody } from '../../shared/domain/series.ts'
import { type ZoneCode, zoneCodes } from '../../shared/domain/zones.ts'
import type { OrderId, PatientId, SeriesId, StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { hasValidLicence, physicianSignature, signatureRow } from '../app/signer.ts'
import { printOrder } from './order/print.ts'

type OrderContract = typeof contract.order

export const orderHandlers = {
  list: async (context, { patientId }) => {
    const { reader, today } = context
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const names = await staffNames(reader)
    const facts = await summaryFacts(reader, patientId, today)
    const drafts = await selectDraftsOf<OrderDraft>(reader, orderDraftKind, patientId)
    context.audit({ action: 'order.list', subject: 'patient', subjectId: patientId, patientId })
    return accept({
      orders: (await selectOrders(reader, patientId)).map((record) => recordToSummary(record, { ...facts, names })),
      drafts: drafts.map((draft) => ({
        orderId: draft.id,
        ownerName: names.get(draft.ownerId) ?? '',
        isOwn: draft.ownerId === context.caller.staffId,
        savedAt: draft.updatedAt,
      })),
    })
  },

  open: async (context, { patientId, orderId }) => {
    const { reader, today } = context
    const record = await selectOrder(reader, patientId, orderId)
    if (!record) return refuse('NOT_FOUND')
    const signatures = await selectSignatures(reader, 'order', orderId)
    const facts = await summaryFacts(reader, patientId, today)
    context.audit({
      action: 'order.open',
      subject: 'order',
      subjectId: orderId,
      versionId: record.versionId,
      patientId,
    })
    return accept({
      ...recordToSummary(record, { ...facts, names: await staffNames(reader) }),
      signatures: signatures.map((signature) => ({
        signerName: signature.signerName,
        credential: signature.credential,
        licence: signature.licence,
        meaning: signature.meaning,
        signedAt: signature.signedAt,
        sha256: signature.sha256,
        isIntact: signature.integrity === 'INTACT',
        keyReset: signature.keyReset,
      })),
    })
  },

  print: printOrder,

  draft: async (context, { patientId, orderId }) => {
    const { reader, today } = context
    const draft = await selectOwnDraft(reader, patientId, orderId)
    const patient = await selectPatient(reader, patientId)
    if (!draft || !patient) return refuse('NOT_FOUND')
    const approved = await selectPolicyInForce(reader, today)
    const policy = approved?.body ?? shippedPolicy(today)
    const members = await selectStaff(reader)
    const standing = await selectActiveOrders(reader, patientId, today, policy)
    context.audit({ action: 'order.draft', subject: 'order', subjectId: orderId, patientId })
    return accept({
      orderId,
      draftVersion: draft.version,
      draft: orderDraft.parse(draft.body),
      savedAt: draft.updatedAt,
      ownerName: members.find((member) => member.staffId === draft.ownerId)?.printedName ?? '',
      standingOrders: standing.map((record) => ({
        orderId: record.id,
        version: record.version,
        body: orderBody.parse(record.body),
      })),
      series: (await selectSeriesOf(reader, patientId)).map(({ id, body }) => ({
        seriesId: id,
        goalText: body.goalText,
        status: body.status,
        sessionsPlanned: body.sessionsPlanned,
      })),
      bornOn: patient.body.bornOn,
      rules: rulesOf(policy, approved !== null),
      examiners: members.flatMap(({ staffId, printedName, examinerKind, status }) =>
        examinerKind !== null && status === 'ACTIVE' ? [{ staffId, printedName, kind: examinerKind }] : [],
      ),
    })
  },

  begin: async (context, { patientId, seriesId }) => {
    const { trx, today } = context
    const patient = await selectPatient(trx, patientId)
    const series = seriesId === null ? null : await selectSeries(trx, patientId, seriesId)
    const member = await selectStaffMember(trx, context.caller.staffId)
    if (!patient || !member || (seriesId !== null && !series)) return refuse('NOT_FOUND')
    const orderId = context.newId<OrderId>()
    const [newest] = await selectOrders(trx, patientId)
    const policy = (await selectPolicyInForce(trx, today))?.body ?? shippedPolicy(today)
    const body = firstDraft({
      patient: patient.body,
      series: series?.body ?? null,
      seriesId,
      earlier: newest?.body ?? null,
      policy,
      today,
      examiner: { staffId: member.staffId, printedName: member.printedName, kind: member.examinerKind ?? 'PHYSICIAN' },
    })
    await insertDraft(trx, {
      id: orderId,
      kind: orderDraftKind,
      patientId,
      ownerId: context.caller.staffId,
      body,
      at: context.now,
    })
    context.audit({ action: 'order.begin', subject: 'order', subjectId: orderId, patientId })
    context.touch('order')
    return accept({ orderId })
  },

  saveDraft: async (context, { patientId, orderId, draftVersion, draft }) => {
    if (!(await selectOwnDraft(context.trx, patientId, orderId))) return refuse('NOT_FOUND')
    const saved = await saveDraft(context.trx, {
      id: orderId,
      kind: orderDraftKind,
      ownerId: context.caller.staffId,
      body: draft,
      at: context.now,
      expectedVersion: draftVersion,
    })
    if (!saved) return refuse('CONFLICT')
    if (saved.startsSpell) context.audit({ action: 'order.write', subject: 'order', subjectId: orderId, patientId })
    return accept({ draftVersion: saved.version })
  },

  discardDraft: async (context, { patientId, orderId, draftVersion }) => {
    const draft = await selectOwnDraft(context.trx, patientId, orderId)
    if (!draft) return refuse('NOT_FOUND')
    if (draft.version !== draftVersion) return refuse('CONFLICT')
    await deleteDraft(context.trx, orderDraftKind, orderId)
    context.audit({ action: 'order.discard', subject: 'order', subjectId: orderId, patientId })
    context.touch('order')
    return accept({})
  },

  sign: async (context, { patientId, orderId, draftVersion, supersedes }) => {
    const { trx, today } = context
    const draft = await selectOwnDraft(trx, patientId, orderId)
    if (!draft) return refuse('NOT_FOUND')
    if (draft.version !== draftVersion) return refuse('CONFLICT')
    const physician = await selectStaffMember(trx, context.caller.staffId)
    if (!physician || !hasValidLicence(physician, today)) return refuse('ORDER_LICENCE_NOT_VALID')

    const policy = (await selectPolicyInForce(trx, today))?.body ?? shippedPolicy(today)
    const finished = finishOrderDraft(orderDraft.parse(draft.body), { patientId, today, policy })
    if (finished.order === null) return refuse('ORDER_NOT_COMPLETE', { gaps: finished.gaps.map(({ code }) => code) })
    const { seriesId, examiner } = finished.order
    if (!isOnRecord(examiner, await selectStaff(trx))) return refuse('ORDER_EXAMINER_DIFFERS')
    if (seriesId !== null && !(await selectSeries(trx, patientId, seriesId))) return refuse('NOT_FOUND')
    const body: OrderBody = { ...finished.order, signature: physicianSignature(context, physician) }
    const problems = checkOrder(body, policy)
    if (problems.length > 0) return refuse('ORDER_HAS_PROBLEMS', { problems: problems.map(({ code }) => code) })

    const versionId = await insertRecord(trx, orderRecord, {
      id: orderId,
      body,
      state: { state: 'SIGNED', superseded_by: null, ended_by: null, ended_at: null, ended_reason: null },
      newId: context.newId,
      at: context.now,
      by: physician.staffId,
      reason: 'SIGNED',
    })
    const signature = signatureRow(context, physician, { versionId, meaning: 'TREATMENT_ORDER' })
    await insertSignature(trx, orderRecord, orderId, signature)
    const { reauthenticatedBy: reason } = context
    context.audit({ action: 'order.sign', subject: 'order', subjectId: orderId, versionId, patientId, reason })
    for (const earlier of supersedes) {
      const ended = await supersede(context, patientId, earlier, orderId)
      if (!ended.ok) return ended
    }
    await noteSkinType(context, body)
    await deleteDraft(trx, orderDraftKind, orderId)
    context.touch('order', 'session', 'chart', 'visit', 'today')
    return accept({ orderId })
  },

  revoke: async (context, { patientId, orderId, version, reason }) => {
    const record = await selectOrder(context.trx, patientId, orderId)
    if (!record) return refuse('NOT_FOUND')
    if (orderEnd(record) !== null) return refuse('ORDER_ENDED')
    const moved = await moveHead(context.trx, 'treatment_order', orderId, version, {
      state: 'REVOKED',
      ended_by: context.caller.staffId,
      ended_at: context.now,
      ended_reason: reason,
      updated_at: context.now,
    })
    if (!moved) return refuse('CONFLICT')
    const { versionId } = record
    context.audit({ action: 'order.revoke', subject: 'order', subjectId: orderId, versionId, patientId })
    context.touch('order', 'session', 'chart', 'visit', 'today')
    return accept({})
  },
} satisfies Handlers<OrderContract>

/** Whoever is named as one of the staff examined as what the staff record says; others are named in words alone. */
function isOnRecord({ staffId, kind }: OrderBody['examiner'], members: readonly StaffMember[]): boolean {
  if (staffId === null) return true
  const member = members.find((one) => one.staffId === staffId)
  return member !== undefined && mayExamineAs(kind, member)
}

/** The skin type seen at the exam is the chart's from then on, unless a later look has been noted already. */
async function noteSkinType(context: CommandContext, { patientId, fst: type, examinedOn }: OrderBody): Promise<void> {
  const { trx, now, newId, caller } = context
  const record = await selectPatient(trx, patientId)
  if (!record) throw new Error(`an order was signed for no patient ${patientId}`)
  const noted = record.body.fst
  if (noted !== null && (noted.type === type || noted.recordedOn > examinedOn)) return
  const versionId = await updatePatient(trx, {
    before: record.body,
    after: { ...record.body, fst: { type, recordedOn: examinedOn, by: caller.staffId } },
    expectedVersion: record.version,
    reason: 'SKIN_TYPE_SET',
    newId,
    at: now,
    by: caller.staffId,
  })
  if (versionId === null) throw new Error(`patient ${patientId} moved inside one transaction`)
  const versions = { versionId, versionBeforeId: record.versionId }
  context.audit({ action: 'patient.setSkinType', subject: 'patient', subjectId: patientId, ...versions, patientId })
  context.touch('patient')
}

/** Ends an earlier order in favour of the one signed now. */
async function supersede(
  context: CommandContext,
  patientId: PatientId,
  earlier: { readonly orderId: OrderId; readonly version: number },
  by: OrderId,
) {
  const record = await selectOrder(context.trx, patientId, earlier.orderId)
  if (!record) return refuse('NOT_FOUND')
  if (orderEnd(record) !== null) return refuse('ORDER_ENDED')
  const moved = await moveHead(context.trx, 'treatment_order', earlier.orderId, earlier.version, {
    state: 'SUPERSEDED',
    superseded_by: by,
    ended_by: context.caller.staffId,
    ended_at: context.now,
    updated_at: context.now,
  })
  if (!moved) return refuse('CONFLICT')
  const { versionId } = record
  context.audit({ action: 'order.supersede', subject: 'order', subjectId: earlier.orderId, versionId, patientId })
  return accept({})
}

async function selectOwnDraft(reader: Reader, patientId: PatientId, orderId: OrderId) {
  const draft = await selectDraft<OrderDraft>(reader, orderDraftKind, orderId)
  return draft?.patientId === patientId ? draft : null
}

type FirstDraftFacts = {
  readonly patient: PatientBody
  readonly series: SeriesBody | null
  readonly seriesId: SeriesId | null
  readonly earlier: OrderBody | null
  readonly policy: PolicyBody
  readonly today: CalendarDate
  readonly examiner: OrderDraft['examiner']
}

/** Plan and depths are taken over from the series or the last order; what the exam finds is never copied. */
function firstDraft({ patient, series, seriesId, earlier, policy, today, examiner }: FirstDraftFacts): OrderDraft {
  const { seriesDefaultSessions, seriesIntervalMonths } = policy.settings
  const seriesZones = series?.zones.map(({ depthUm, ...place }) => ({ ...place, maxDepthUm: depthUm })) ?? []
  return {
    seriesId,
    examiner,
    examMode: policy.gfeModes[0] ?? 'IN_PERSON',
    examinedOn: today,
    isHistoryReviewed: false,
    findings: '',
    fst: patient.fst?.type ?? earlier?.fst ?? null,
    diagnosis: '',
    indications: series?.goals ?? earlier?.indications ?? [],
    scarGrade: null,
    zones: seriesZones.length > 0 ? seriesZones : (earlier?.zones ?? []),
    deviceType: earlier?.deviceType ?? 'PEN',
    sessions: Math.min(series?.sessionsPlanned ?? earlier?.sessions ?? seriesDefaultSessions, policy.orderMaxSessions),
    intervalMonths: series?.intervalMonths ?? earlier?.intervalMonths ?? seriesIntervalMonths,
    anaestheticOrder: earlier?.anaestheticOrder ?? '',
    prophylaxisOrder: '',
    prophylaxisZones: [],
    addons: [],
    conditions: earlier?.conditions ?? '',
    expiresOn: null,
  }
}

function rulesOf(policy: PolicyBody, isApproved: boolean) {
  const { zoneDepths, pigmentProneWarnAboveUm } = policy.settings
  const { gfeRequired, gfeValidMonths, orderValidMonths, orderMaxSessions, ceilingDepthUm, orbitalEnabled } = policy
  const softMaxes = zoneCodes.map((zone) => [zone, zoneDepths[zone].softMaxUm] as const)
  return {
    isApproved,
    gfeBy: [...policy.gfeBy],
    gfeModes: [...policy.gfeModes],
    gfeRequired,
    gfeValidMonths,
    orderValidMonths,
    orderMaxSessions,
    ceilingDepthUm,
    orbitalEnabled,
    // Every code of the closed list is a key, which fromEntries cannot say in its type.
    softMaxUm: Object.fromEntries(softMaxes) as Record<ZoneCode, number | null>,
    pigmentProneWarnAboveUm,
  }
}

type SummaryFacts = { readonly today: CalendarDate; readonly policy: PolicyBody; readonly done: SessionsDone }

async function summaryFacts(reader: Reader, patientId: PatientId, today: CalendarDate): Promise<SummaryFacts> {
  const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
  return { today, policy, done: await selectSessionsDone(reader, patientId) }
}

function recordToSummary(
  record: StoredRecord<OrderBody>,
  { today, policy, done, names }: SummaryFacts & { readonly names: ReadonlyMap<StaffId, string> },
): OrderSummary {
  const body = orderBody.parse(record.body)
  const orderId = record.id as OrderId
  const end = orderEnd(record)
  const sessionsUsed = done.usedByOrder.get(orderId) ?? 0
  const left = sessionsLeft(body, sessionsUsed)
  const state = orderStateOn(body, today, policy)
  const byName = end ? (names.get(end.staffId) ?? '') : ''
  return {
    orderId,
    version: record.version,
    standing: end?.kind ?? (state === 'ACTIVE' && left === 0 ? 'NO_SESSIONS_LEFT' : state),
    body,
    sessionsUsed,
    sessionsLeft: left,
    isIntact: record.integrity === 'INTACT',
    sha256: record.sha256,
    end:
      end === null
        ? null
        : end.kind === 'REVOKED'
          ? { kind: 'REVOKED', reason: end.reason, byName, at: end.at }
          : { kind: 'SUPERSEDED', by: end.by, byName, at: end.at },
  }
}

async function staffNames(reader: Reader): Promise<ReadonlyMap<StaffId, string>> {
  return new Map((await selectStaff(reader)).map((member) => [member.staffId, member.printedName]))
}
