import type { Reader } from '../../db/open.ts'
import {
  closeComplication,
  complicationRecord,
  countComplicationsOf,
  insertComplication,
  type StoredComplication,
  selectComplication,
  selectComplicationsOf,
  selectOpenComplications,
  updateComplication,
} from '../../db/queries/complication.ts'
import { cancelOpenFollowUps, insertFollowUp } from '../../db/queries/follow-up.ts'
import { selectPatientSummaries } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectSession, setSessionComplications } from '../../db/queries/session.ts'
import { selectStaffMember } from '../../db/queries/staff.ts'
import { insertSignature, selectSignatures, selectVersions } from '../../db/records.ts'
import type { ComplicationTable } from '../../db/tables/complication.ts'
import type { contract } from '../../shared/contract/index.ts'
import {
  acknowledgementOf,
  type ComplicationBody,
  gradeComplication,
  type PhysicianNotice,
  promptsReportDecision,
  redFlagsOf,
  showsEmergencyText,
} from '../../shared/domain/complication.ts'
import { complicationTable } from '../../shared/domain/complication-codes.ts'
import {
  type ComplicationEvent,
  decideComplicationTransition,
  reopenedBody,
} from '../../shared/domain/complication-state.ts'
import { complicationFollowUps, shippedFollowUpSettings } from '../../shared/domain/follow-up.ts'
import { shippedSettings } from '../../shared/domain/policy.ts'
import type { ComplicationId, PatientId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addMonths, type CalendarDate, dateInZone, daysBetween } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { signatureRow } from '../app/signer.ts'

type ComplicationContract = typeof contract.complication

export const complicationHandlers = {
  list: async (context, input) => {
    const records = await selectComplicationsOf(context.reader, input.patientId)
    return accept({
      complications: records.map((record) => headToSummary(record.head as unknown as ComplicationTable)),
    })
  },

  openOnes: async (context) => {
    const heads = await selectOpenComplications(context.reader)
    const patients = await selectPatientSummaries(context.reader, [...new Set(heads.map((head) => head.patient_id))])
    const complications = []
    for (const head of heads) {
      const record = await selectComplication(context.reader, head.patient_id, head.id)
      const patient = patients.get(head.patient_id)
      if (!record) continue
      complications.push({
        ...headToSummary(head),
        patientName: [patient?.family ?? '', patient?.given ?? ''].filter((part) => part !== '').join(', '),
        acknowledgement: acknowledgementOf(record.body, {
          now: context.now,
          acknowledgeMin: await acknowledgeMin(context.reader, context.today),
        }),
      })
    }
    return accept({ complications })
  },

  open: async (context, input) => {
    const record = await selectComplication(context.reader, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    const { body } = record
    const sessionOn = await firstSessionDay(context.reader, body)
    const versions = await selectVersions(context.reader, complicationRecord, input.complicationId)
    const signatures = await selectSignatures(context.reader, 'complication', input.complicationId)
    context.audit({
      action: 'complication.open',
      subject: 'complication',
      subjectId: input.complicationId,
      versionId: record.versionId,
      patientId: input.patientId,
    })
    return accept({
      complication: headToSummary(record.head as unknown as ComplicationTable),
      body: writable(body),
      isIntact: record.integrity === 'INTACT',
      redFlags: [...redFlagsOf(body)],
      showsEmergencyText: showsEmergencyText(body),
      acknowledgement: acknowledgementOf(body, {
        now: context.now,
        acknowledgeMin: await acknowledgeMin(context.reader, context.today),
      }),
      reportPrompts: [...promptsReportDecision(body, { isInLotCluster: false })],
      sessionOn,
      dayAfterSession: sessionOn === null ? null : daysBetween(sessionOn, context.today),
      versions: versions.map(({ versionId, number, reason, madeAt, madeBy }) => ({
        versionId,
        number,
        reason,
        madeAt,
        madeBy,
      })),
      signatures: signatures.map(({ signerName, credential, meaning, signedAt, sha256 }) => ({
        signerName,
        credential,
        meaning,
        signedAt,
        sha256,
      })),
    })
  },

  report: async (context, input) => {
    const isClinician = context.hasRole('physician') || context.hasRole('aesthetician')
    if (!isClinician && (input.code !== null || input.grade !== null)) return refuse('CLINICIAN_NAMES_IT')
    if (input.onsetOn !== null && input.onsetOn > context.today) return refuse('ONSET_IN_FUTURE')
    if (!(await arePhysicians(context, input.notices))) return refuse('NOT_A_PHYSICIAN')
    const causes = await causesOf(context.trx, input.patientId, input.sessionIds)
    if (!causes) return refuse('NOT_FOUND')
    const complicationId = context.newId<ComplicationId>()
    const empty: ComplicationBody = {
      schema: 'complication/1',
      complicationId,
      version: 1,
      patientId: input.patientId,
      sessionIds: input.sessionIds,
      zones: input.zones,
      code: input.code,
      onsetOn: input.onsetOn,
      reportedAt: context.now,
      reportedBy: input.reportedBy,
      takenBy: context.caller.staffId,
      channel: input.channel,
      grade: null,
      worstGrade: null,
      gradeHistory: [],
      description: input.description,
      photoIds: [],
      ...causes,
      signs: input.signs,
      actionTaken: input.actionTaken,
      treatmentOrderedBy: null,
      physicianNotices: noticesNow(context, input.notices),
      causality: null,
      seriesDecision: null,
      blockLifted: null,
      followUps: [],
      outcome: 'ONGOING',
      resolvedOn: null,
      isPermanentChange: false,
      neededIntervention: false,
      hasSterilityDoubt: false,
      reportDecision: null,
      linkedComplicationIds: [],
    }
    const body =
      input.grade === null
        ? empty
        : gradeComplication(empty, { grade: input.grade, at: context.now, by: context.caller.staffId, note: '' })
    const decided = decide(context, null, { kind: 'REPORT' }, body)
    if (!decided.ok) return decided
    const versionId = await insertComplication(context.trx, {
      body,
      newId: context.newId,
      at: context.now,
      by: context.caller.staffId,
      reason: 'REPORTED',
    })
    await schedule(context, body)
    await countOnSessions(context, body)
    context.audit({
      action: 'complication.report',
      subject: 'complication',
      subjectId: complicationId,
      versionId,
      patientId: input.patientId,
    })
    touchAll(context)
    return accept({ complicationId, version: 1, state: decided.value })
  },

  assess: async (context, input) => {
    const record = await selectComplication(context.trx, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    if (record.state === 'CLOSED') return refuse('COMPLICATION_MOVE_NOT_ALLOWED')
    if (input.onsetOn !== null && input.onsetOn > context.today) return refuse('ONSET_IN_FUTURE')
    if (!context.hasRole('physician') && input.seriesDecision !== record.body.seriesDecision)
      return refuse('PHYSICIAN_DECIDES')
    if (!(await arePhysicians(context, input.notices))) return refuse('NOT_A_PHYSICIAN')
    const { patientId: _p, complicationId: _c, version: _v, grade, gradeNote, notices, ...found } = input
    const next: ComplicationBody = {
      ...record.body,
      ...found,
      physicianNotices: [...record.body.physicianNotices, ...noticesNow(context, notices)],
    }
    const body =
      grade === null || (grade === record.body.grade && gradeNote === '')
        ? next
        : gradeComplication(next, { grade, at: context.now, by: context.caller.staffId, note: gradeNote })
    // A finding that makes it a red flag cannot be saved silently either.
    const silent = decideComplicationTransition({
      state: null,
      event: { kind: 'REPORT' },
      actor: actorOf(context),
      body,
    })
    if (!silent.ok && silent.refusal.code === 'PHYSICIAN_NOT_NOTIFIED') return refuse('PHYSICIAN_NOT_NOTIFIED')
    const saved = await save(context, record, {
      body,
      version: input.version,
      reason: 'ASSESSED',
      action: 'complication.assess',
    })
    if (saved.ok && (body.code !== record.body.code || body.grade !== record.body.grade)) {
      await cancelOpenFollowUps(context.trx, { complicationId: input.complicationId, at: context.now })
      await schedule(context, body)
    }
    return saved
  },

  acknowledge: async (context, input) => {
    const record = await selectComplication(context.trx, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    const { staffId } = context.caller
    const mine = record.body.physicianNotices.some((notice) => notice.physicianId === staffId)
    const notices: readonly PhysicianNotice[] = mine
      ? record.body.physicianNotices.map((notice) =>
          notice.physicianId === staffId && notice.acknowledgedAt === null
            ? { ...notice, acknowledgedAt: context.now }
            : notice,
        )
      : [
          ...record.body.physicianNotices,
          { physicianId: staffId, at: context.now, how: 'IN_APP', acknowledgedAt: context.now },
        ]
    return save(context, record, {
      body: { ...record.body, physicianNotices: notices },
      version: input.version,
      reason: 'ACKNOWLEDGED',
      action: 'complication.acknowledge',
    })
  },

  advance: async (context, input) => {
    const record = await selectComplication(context.trx, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    const decided = decide(context, record, { kind: input.to === 'UNDER_REVIEW' ? 'REVIEW' : 'MONITOR' }, record.body)
    if (!decided.ok) return decided
    return save(context, record, {
      body: record.body,
      version: input.version,
      reason: input.to,
      action: 'complication.advance',
      state: decided.value,
    })
  },

  liftBlock: async (context, input) => {
    const record = await selectComplication(context.trx, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    const blockLifted = { by: context.caller.staffId, at: context.now, reason: input.reason }
    return save(context, record, {
      body: { ...record.body, blockLifted },
      version: input.version,
      reason: 'BLOCK_LIFTED',
      action: 'complication.liftBlock',
    })
  },

  decideReport: async (context, input) => {
    const record = await selectComplication(context.trx, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    const reportDecision = { report: input.report, reason: input.reason, by: context.caller.staffId, at: context.now }
    return save(context, record, {
      body: { ...record.body, reportDecision },
      version: input.version,
      reason: 'REPORT_DECIDED',
      action: 'complication.decideReport',
    })
  },

  close: async (context, input) => {
    const record = await selectComplication(context.trx, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    if (record.version !== input.version) return refuse('CONFLICT')
    const isPhysicianSigned = context.hasRole('physician') && context.reauthenticatedBy !== null
    const decided = decide(context, record, { kind: 'CLOSE', isPhysicianSigned, isInLotCluster: false }, record.body)
    if (!decided.ok) return decided
    const member = await selectStaffMember(context.trx, context.caller.staffId)
    if (!member) throw new Error('the caller has no account')
    await insertSignature(
      context.trx,
      complicationRecord,
      record.id,
      signatureRow(context, member, { versionId: record.versionId, meaning: 'COMPLICATION_CLOSED' }),
    )
    if (!(await closeComplication(context.trx, input.complicationId, context.now))) return refuse('CONFLICT')
    await cancelOpenFollowUps(context.trx, { complicationId: input.complicationId, at: context.now })
    context.audit({
      action: 'complication.close',
      subject: 'complication',
      subjectId: record.id,
      versionId: record.versionId,
      patientId: input.patientId,
      reason: context.reauthenticatedBy,
    })
    touchAll(context)
    return accept({ complicationId: input.complicationId, version: record.version + 1, state: decided.value })
  },

  reopen: async (context, input) => {
    const record = await selectComplication(context.trx, input.patientId, input.complicationId)
    if (!record) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    const decided = decide(context, record, { kind: 'REOPEN', reason: input.reason }, record.body)
    if (!decided.ok) return decided
    const reopened = reopenedBody(record.body)
    const body = { ...reopened, description: `${reopened.description}\nReopened: ${input.reason}` }
    const saved = await save(context, record, {
      body,
      version: input.version,
      reason: 'REOPENED',
      action: 'complication.reopen',
      state: decided.value,
    })
    if (saved.ok) await schedule(context, body)
    return saved
  },
} satisfies Handlers<ComplicationContract>

/** For the screen: arrays that zod may hand on. */
function writable(body: ComplicationBody) {
  return structuredClone(body) as never
}

function actorOf(context: CommandContext) {
  return { staffId: context.caller.staffId, roles: context.caller.roles }
}

function decide(
  context: CommandContext,
  record: StoredComplication | null,
  event: ComplicationEvent,
  body: ComplicationBody,
) {
  const decided = decideComplicationTransition({ state: record?.state ?? null, event, actor: actorOf(context), body })
  if (decided.ok) return decided
  const { code, facts } = decided.refusal
  // Nothing here asks to delete.
  if (code === 'NOTHING_IS_DELETED') throw new Error('a complication is never deleted')
  return refuse(code, facts)
}

async function save(
  context: CommandContext,
  record: StoredComplication,
  {
    body,
    version,
    reason,
    action,
    state = record.state,
  }: { body: ComplicationBody; version: number; reason: string; action: string; state?: StoredComplication['state'] },
) {
  const number = record.body.version + 1
  const saved = await updateComplication(context.trx, {
    body: { ...body, version: number },
    expectedVersion: version,
    state,
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason,
  })
  if (!saved) return refuse('CONFLICT')
  context.audit({
    action,
    subject: 'complication',
    subjectId: record.id,
    versionId: saved.versionId,
    versionBeforeId: record.versionId,
    patientId: body.patientId,
  })
  touchAll(context)
  return accept({ complicationId: body.complicationId, version: version + 1, state })
}

function touchAll(context: CommandContext): void {
  context.touch('complication', 'followUp', 'chart', 'today', 'patient', 'session', 'signOff')
}

function noticesNow(
  context: CommandContext,
  notices: readonly { physicianId: StaffId; how: PhysicianNotice['how'] }[],
): PhysicianNotice[] {
  const { staffId } = context.caller
  return notices.map(({ physicianId, how }) => ({
    physicianId,
    at: context.now,
    how,
    // A physician who reports it has heard of it.
    acknowledgedAt: physicianId === staffId ? context.now : null,
  }))
}

async function arePhysicians(context: CommandContext, notices: readonly { physicianId: StaffId }[]): Promise<boolean> {
  for (const { physicianId } of notices) {
    const member = await selectStaffMember(context.trx, physicianId)
    if (!member?.roles.includes('physician') || member.status === 'DEACTIVATED') return false
  }
  return true
}

/** Lots and device as the sessions recorded them; null where a session is not this patient's. */
async function causesOf(reader: Reader, patientId: PatientId, sessionIds: readonly SessionId[]) {
  const cartridgeLots = new Map<string, ComplicationBody['cartridgeLots'][number]>()
  const productLots = new Map<string, ComplicationBody['productLots'][number]>()
  let deviceId: ComplicationBody['deviceId'] = null
  for (const sessionId of sessionIds) {
    const session = await selectSession(reader, patientId, sessionId)
    if (!session) return null
    if (!session.body) continue
    deviceId ??= session.body.deviceId
    for (const use of session.body.cartridgeUses)
      if (use.cartridgeLotId)
        cartridgeLots.set(use.cartridgeLotId, { lotId: use.cartridgeLotId, lotNumber: use.lotRaw })
    const { anaesthetic, postProducts, skinPrep, addons } = session.body
    const products = [
      skinPrep,
      ...(anaesthetic.kind === 'APPLIED' ? [anaesthetic] : []),
      ...(postProducts.kind === 'APPLIED' ? postProducts.products : []),
      ...addons,
    ]
    for (const { productLotId, lotRaw } of products)
      if (productLotId && lotRaw) productLots.set(productLotId, { lotId: productLotId, lotNumber: lotRaw })
  }
  return { cartridgeLots: [...cartridgeLots.values()], productLots: [...productLots.values()], deviceId }
}

async function firstSessionDay(reader: Reader, body: ComplicationBody): Promise<CalendarDate | null> {
  const days: CalendarDate[] = []
  for (const sessionId of body.sessionIds) {
    const session = await selectSession(reader, body.patientId, sessionId)
    if (session?.head.performed_on) days.push(session.head.performed_on)
  }
  return days.sort()[0] ?? null
}

/** The checks that code and grade ask for, a year ahead; regrading replaces what is still open. */
async function schedule(context: CommandContext, body: ComplicationBody): Promise<void> {
  const reportedOn = dateInZone(body.reportedAt, context.timeZone)
  const policy = await selectPolicyInForce(context.trx, context.today)
  const kind = body.code === null ? 'GRADE' : complicationTable[body.code].schedule
  const planned = complicationFollowUps({
    schedule: kind,
    grade: body.grade,
    sessionOn: (await firstSessionDay(context.trx, body)) ?? reportedOn,
    reportedOn,
    stableOn: null,
    until: addMonths(context.today, body.grade !== null && body.grade >= 3 ? 1 : 12),
    settings: { ...shippedFollowUpSettings, pihDays: (policy?.body.settings ?? shippedSettings).pihFollowUpDays },
  })
  for (const { dueOn, needsPhotos } of planned)
    if (dueOn >= context.today)
      await insertFollowUp(
        context.trx,
        {
          patientId: body.patientId,
          kind: 'COMPLICATION_CHECK',
          dueOn,
          needsPhotos,
          complicationId: body.complicationId,
        },
        { newId: context.newId, at: context.now },
      )
}

async function countOnSessions(context: CommandContext, body: ComplicationBody): Promise<void> {
  for (const sessionId of body.sessionIds)
    await setSessionComplications(context.trx, sessionId, await countComplicationsOf(context.trx, sessionId))
}

async function acknowledgeMin(reader: Reader, today: CalendarDate): Promise<number> {
  const policy = await selectPolicyInForce(reader, today)
  return (policy?.body.settings ?? shippedSettings).redFlagAcknowledgeMin
}

function headToSummary(head: ComplicationTable) {
  return {
    complicationId: head.id,
    patientId: head.patient_id,
    version: head.version,
    state: head.state,
    code: head.code,
    grade: head.grade,
    worstGrade: head.worst_grade,
    isRedFlag: head.red_flag === 1,
    blocks: head.blocks === 1,
    isAcknowledged: head.acknowledged === 1,
    onsetOn: head.onset_on,
    reportedAt: head.reported_at,
    closedAt: head.closed_at,
  }
}
