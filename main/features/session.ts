import { deleteDraft, insertDraft, saveDraft } from '../../db/queries/draft.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { bindScreeningsToSeries, selectScreenedPatient } from '../../db/queries/screening.ts'
import { selectSeries, seriesRecord } from '../../db/queries/series.ts'
import {
  insertSession,
  keepOpening,
  moveSession,
  type SessionText,
  type StoredSession,
  selectSession,
  selectStart,
  sessionDraftKind,
  sessionOpenAction,
} from '../../db/queries/session.ts'
import { selectNextSessionNo, selectSessionHeads, selectUnstartedDraft } from '../../db/queries/session-course.ts'
import { writeDraftParts } from '../../db/queries/session-parts.ts'
import { selectTransitionFacts } from '../../db/queries/session-queue.ts'
import { insertIntervalClearance } from '../../db/queries/session-return.ts'
import { selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import { selectSupervisorOn } from '../../db/queries/staff-practice.ts'
import { selectLotsOfSession } from '../../db/queries/stock.ts'
import { appendVersion } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { DraftZoneRow, SessionDraft } from '../../shared/domain/session.ts'
import { basisOf, gateFactsOf } from '../../shared/domain/session-desk.ts'
import type { SessionOpening } from '../../shared/domain/session-opening.ts'
import { decideTransition } from '../../shared/domain/session-state.ts'
import { judgeStart } from '../../shared/domain/start-gate.ts'
import { overdrawnLots } from '../../shared/domain/stock-movement.ts'
import type { PatientId, SeriesId, SessionId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { headToSummary } from '../app/session-summary.ts'
import { hasValidLicence } from '../app/signer.ts'
import { toWire } from '../app/to-wire.ts'
import { findOwnDraft, keepFixedFields, namesWhatIsNotThere, type OpenDraft, selectOpenDraft } from './session/draft.ts'
import { loadDesk, selectMissingTexts, snapshotOf } from './session/gate-facts.ts'
import { viewSession } from './session/open.ts'
import { withStoredPhotos } from './session/photos.ts'
import { submitSession } from './session/submit.ts'

type SessionContract = typeof contract.session

export const sessionHandlers = {
  list: async ({ reader, caller, now }, { patientId }) => {
    const heads = await selectSessionHeads(reader, patientId)
    // Whoever has a session is there; only an empty list asks whether there is such a patient at all.
    if (heads.length === 0 && !(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const members = await selectStaff(reader)
    return accept({ sessions: heads.map((head) => headToSummary(head, { members, callerId: caller.staffId, now })) })
  },

  open: async (context, { patientId, sessionId }) => {
    const session = await selectSession(context.reader, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    const { versionId } = session
    context.audit({ action: sessionOpenAction, subject: 'session', subjectId: sessionId, versionId, patientId })
    return accept(await viewSession(context, session))
  },

  gate: async (context, { patientId, sessionId }) => {
    const { reader, today } = context
    const session = await selectSession(reader, patientId, sessionId)
    const open = session && (await selectOpenDraft(reader, session))
    if (!session || !open) return refuse('NOT_FOUND')
    const start = await selectStart(reader, sessionId)
    const desk = await loadDesk(reader, { session, draft: open.draft, today, start })
    context.audit({ action: 'session.gate', subject: 'session', subjectId: sessionId, patientId })
    return accept(toWire({ failures: judgeStart(gateFactsOf(open.draft, desk)), desk }))
  },

  begin: async (context, { patientId, seriesId, isWithoutText = false }) => {
    const { trx, now, caller } = context
    const series = await selectSeries(trx, patientId, seriesId)
    const patient = await selectScreenedPatient(trx, patientId)
    if (!series || !patient) return refuse('NOT_FOUND')
    if (patient.isArchived) return refuse('SESSION_PATIENT_ARCHIVED')
    const begun = await selectUnstartedDraft(trx, { seriesId, practitionerId: caller.staffId })
    if (begun) {
      context.audit({ action: 'session.resume', subject: 'session', subjectId: begun.id, patientId })
      return accept({ sessionId: begun.id, isNew: false })
    }
    const missing = isWithoutText ? [] : await selectMissingTexts(trx, { patientId, seriesId, on: context.today })
    if (missing.length > 0) return refuse('CONSENT_TEXT_MISSING', { procedures: missing })
    const opening = await firstOpening(context, { patientId, seriesId, fst: patient.fst })
    if (!opening) return refuse('SESSION_NOT_TREATING')
    const sessionId = context.newId<SessionId>()
    const versionId = await insertSession(trx, {
      sessionId,
      opening,
      authorIsPhysician: context.hasRole('physician'),
      newId: context.newId,
      at: now,
      by: caller.staffId,
    })
    context.audit({ action: 'session.begin', subject: 'session', subjectId: sessionId, versionId, patientId })
    context.touch('session', 'today', 'chart')
    return accept({ sessionId, isNew: true })
  },

  save: async (context, input) => {
    const found = await findOwnDraft(context, input)
    if (!found.ok) return found
    const start = await selectStart(context.trx, input.sessionId)
    const typed = keepFixedFields(context, found.value, input.draft, start)
    const draft = await withStoredPhotos(context.trx, input.patientId, typed)
    if (draft === null || (await namesWhatIsNotThere(context.trx, { patientId: input.patientId, draft })))
      return refuse('NOT_FOUND')
    const saved = await writeDraft(context, found.value, { draft, replies: input.replies ?? found.value.replies })
    if (!saved) return refuse('CONFLICT')
    const { sessionId, patientId } = input
    if (saved.startsSpell)
      context.audit({ action: 'session.edit', subject: 'session', subjectId: sessionId, patientId })
    return accept({
      draftVersion: saved.version,
      version: found.value.session.version,
      savedAt: context.now,
    })
  },

  start: async (context, input) => {
    const { trx, now, today } = context
    const found = await findUnstarted(context, input)
    if (!found.ok) return found
    const { session, draft: typed } = found.value
    // Nothing has started it yet, so no earlier day's desk stands.
    const desk = await loadDesk(trx, { session, draft: typed, today, start: null })
    const failures = judgeStart(gateFactsOf(typed, desk))
    if (failures.length > 0) return refuse('GATE_FAILED', { codes: failures.map(({ code }) => code) })
    const usedUp = overdrawnLots(await selectLotsOfSession(trx, session.sessionId))
    if (usedUp.length > 0) return refuse('CARTRIDGE_LOT_USED_UP', { lots: usedUp.map(({ lotRaw }) => lotRaw) })
    const draft: SessionDraft = {
      ...typed,
      fst: typed.fst ?? desk.fst,
      startedAt: now,
      endedAt: null,
      utcOffsetMin: context.offsetMin,
      orderId: desk.order?.orderId ?? null,
      consentId: desk.consent?.consentId ?? null,
      addonConsentIds: desk.consent?.addonConsentIds ?? [],
      screeningIds: desk.screeningIds,
      clearanceIds: desk.clearanceIds,
      zoneRows: rowsToLog(typed),
    }
    const kept = await keepStep(context, found.value, {
      draft,
      stage: 'STARTED',
      isStarted: true,
      gatePassedAt: now,
      policyVersionId: desk.policyVersionId,
      basis: basisOf(draft, desk),
      practitioner: desk.practitioner,
    })
    if (!kept) return refuse('CONFLICT')
    await bindScreeningsToSeries(trx, session.patientId, desk.screeningIds, session.head.series_id)
    await activateSeries(context, session)
    noteStep(context, session, 'session.start', kept.versionId)
    return accept({ ...kept.reply, startedAt: now })
  },

  recordOnly: async (context, input) => {
    const found = await findUnstarted(context, input)
    if (!found.ok) return found
    const { session, draft: typed } = found.value
    const policy = await selectPolicyInForce(context.trx, context.today)
    const draft: SessionDraft = { ...typed, recordOnly: true, zoneRows: rowsToLog(typed) }
    const kept = await keepStep(context, found.value, {
      draft,
      stage: 'RECORD_ONLY',
      isStarted: true,
      gatePassedAt: null,
      policyVersionId: policy?.versionId ?? null,
      basis: null,
    })
    if (!kept) return refuse('CONFLICT')
    await activateSeries(context, session)
    noteStep(context, session, 'session.recordOnly', kept.versionId)
    return accept(kept.reply)
  },

  discard: async (context, input) => {
    const { trx, now } = context
    const found = await findUnstarted(context, input)
    if (!found.ok) return found
    const { session, draft } = found.value
    const kept = await keepStep(context, found.value, { draft, stage: 'DISCARDED' })
    if (!kept) return refuse('CONFLICT')
    const { sessionId } = session
    const moved = await moveSession(trx, { sessionId, version: kept.reply.version }, { to: 'CANCELLED', at: now })
    if (!moved) return refuse('CONFLICT')
    await deleteDraft(trx, sessionDraftKind, sessionId)
    noteStep(context, session, 'session.discard', kept.versionId)
    return accept({})
  },

  submit: async (context, input) => {
    const found = await findOwnDraft(context, input)
    if (!found.ok) return found
    const { session, facts } = found.value
    const start = await selectStart(context.trx, session.sessionId)
    const typed = keepFixedFields(context, found.value, found.value.draft, start)
    const draft = await withStoredPhotos(context.trx, session.patientId, typed)
    if (draft === null || (await namesWhatIsNotThere(context.trx, { patientId: input.patientId, draft })))
      return refuse('NOT_FOUND')
    const { replies, dispositions } = input
    const submitted = await submitSession(context, { session, facts, draft, start, replies, dispositions })
    if (!submitted.ok) return submitted
    const { state, versionId, dueAt, redFlags } = submitted.value
    context.audit({
      action: state === 'SIGNED' ? 'session.signAsAuthor' : 'session.submit',
      subject: 'session',
      subjectId: session.sessionId,
      versionId,
      versionBeforeId: session.versionId,
      patientId: session.patientId,
      reason: context.reauthenticatedBy,
    })
    context.touch(...touchedSubjects)
    const after = await selectSession(context.trx, session.patientId, session.sessionId)
    if (after?.integrity !== 'INTACT') throw new Error(`session ${session.sessionId} is not what was submitted`)
    return accept({ state, versionNumber: after.head.submissions, dueAt, redFlags })
  },

  recall: async (context, { patientId, sessionId, version }) => {
    const { trx, caller, now } = context
    const session = await selectSession(trx, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    const facts = await selectTransitionFacts(trx, session, caller.staffId)
    const event = { kind: 'RECALL', seenVersionId: session.versionId } as const
    const decision = decideTransition({ state: session.state, event, actor: caller, facts })
    if (!decision.ok) {
      const { code } = decision.refusal
      if (code === 'OPENED_BY_PHYSICIAN') return refuse(code)
      return code === 'SESSION_MOVE_NOT_ALLOWED' ? refuse(code, { state: session.state }) : refuse('NOT_THE_AUTHOR')
    }
    const moved = await moveSession(trx, { sessionId, version }, { to: 'DRAFT', at: now })
    if (!moved) return refuse('CONFLICT')
    noteStep(context, session, 'session.recall', session.versionId)
    return accept({ version: version + 1 })
  },

  clearInterval: async (context, { patientId, sessionId, reason }) => {
    const { trx, caller, now, today } = context
    const session = await selectSession(trx, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    if (session.state !== 'DRAFT' || session.head.is_started === 1) return refuse('SESSION_STARTED')
    const physician = await selectStaffMember(trx, caller.staffId)
    if (!physician || !hasValidLicence(physician, today)) return refuse('OWN_LICENCE_NOT_VALID')
    await insertIntervalClearance(trx, session, { id: context.newId(), reason, at: now, by: caller.staffId })
    context.audit({
      action: 'session.clearInterval',
      subject: 'session',
      subjectId: sessionId,
      patientId,
      reason: context.reauthenticatedBy,
    })
    context.touch(...touchedSubjects)
    return accept({})
  },
} satisfies Handlers<SessionContract>

const touchedSubjects = ['session', 'series', 'order', 'signOff', 'followUp', 'today', 'chart'] as const

/** Null where the caller treats nobody. */
async function firstOpening(
  { trx, caller, today, offsetMin, services }: CommandContext,
  { patientId, seriesId, fst }: { patientId: PatientId; seriesId: SeriesId; fst: SessionDraft['fst'] },
): Promise<SessionOpening | null> {
  const member = await selectStaffMember(trx, caller.staffId)
  const practitioner = member && snapshotOf(member)
  if (!practitioner) return null
  const isPhysician = practitioner.treatingRole === 'physician'
  const sessionNo = await selectNextSessionNo(trx, seriesId)
  return {
    schema: 'session-opening/1',
    patientId,
    seriesId,
    sessionNo,
    practitioner,
    stage: 'BEGUN',
    isStarted: false,
    gatePassedAt: null,
    policyVersionId: null,
    basis: null,
    draft: {
      schema: 'session/1',
      patientId,
      seriesId,
      sessionNo,
      clinic: services.storeLife.open.facts.clinicName,
      practitionerId: practitioner.staffId,
      supervisingPhysicianId: isPhysician ? null : await selectSupervisorOn(trx, practitioner.staffId, today),
      fst,
      recordOnly: false,
      utcOffsetMin: offsetMin,
    },
  }
}

type DraftInput = { readonly patientId: PatientId; readonly sessionId: SessionId; readonly draftVersion: number }

async function findUnstarted(context: CommandContext, input: DraftInput) {
  const found = await findOwnDraft(context, input)
  if (!found.ok) return found
  return found.value.session.head.is_started === 1 ? refuse('SESSION_STARTED') : found
}

async function writeDraft(context: CommandContext, { session, draftVersion }: OpenDraft, text: SessionText) {
  const { trx, now, caller } = context
  const row = { id: session.sessionId, kind: sessionDraftKind, ownerId: caller.staffId, body: text, at: now }
  await writeDraftParts(trx, session, text.draft)
  if (draftVersion > 0) return saveDraft(trx, { ...row, expectedVersion: draftVersion })
  await insertDraft(trx, { ...row, patientId: session.patientId })
  return { version: 1, startsSpell: true }
}

/** Keeps the draft as a version of its own and goes on typing from there. */
async function keepStep(
  context: CommandContext,
  open: OpenDraft,
  step: Pick<SessionOpening, 'draft'> & Partial<SessionOpening> & { stage: 'STARTED' | 'RECORD_ONLY' | 'DISCARDED' },
) {
  const { trx, now, caller } = context
  const { opening } = open.session
  if (!opening) throw new Error(`session ${open.session.sessionId} was submitted before it started`)
  const saved = await writeDraft(context, open, { draft: step.draft, replies: open.replies })
  if (!saved) return null
  const kept = await keepOpening(trx, open.session, {
    opening: { ...opening, ...step },
    newId: context.newId,
    at: now,
    by: caller.staffId,
  })
  return (
    kept && {
      versionId: kept.versionId,
      reply: { draftVersion: saved.version, version: kept.version, savedAt: now },
    }
  )
}

function noteStep(
  context: CommandContext,
  session: StoredSession,
  action: string,
  versionId: StoredSession['versionId'],
) {
  context.audit({
    action,
    subject: 'session',
    subjectId: session.sessionId,
    versionId,
    versionBeforeId: session.versionId,
    patientId: session.patientId,
  })
  context.touch(...touchedSubjects)
}

/** One row per planned place, its values still to be entered: the log says what was done, not what was meant. */
function rowsToLog({ plan, zoneRows, cartridgeUses }: SessionDraft): readonly DraftZoneRow[] {
  if (zoneRows && zoneRows.length > 0) return zoneRows
  const only = cartridgeUses?.length === 1 ? cartridgeUses[0]?.label : null
  return (plan?.zones ?? []).map(({ zone, side, site, indication, aim }) => ({
    zone,
    side,
    site,
    indication,
    cartridge: only,
    ...(aim ? { aim } : {}),
  }))
}

/** The first session of a planned course makes it an active one. */
async function activateSeries(
  { trx, now, caller, newId, audit }: CommandContext,
  session: StoredSession,
): Promise<void> {
  const { patientId } = session
  const series = await selectSeries(trx, patientId, session.head.series_id)
  if (series?.body.status !== 'PLANNED') return
  const appended = await appendVersion(trx, seriesRecord, {
    id: series.id,
    expectedVersion: series.version,
    body: { ...series.body, status: 'ACTIVE' },
    newId,
    at: now,
    by: caller.staffId,
    reason: 'FIRST_SESSION',
  })
  if (!appended) throw new Error(`series ${series.id} moved inside one transaction`)
  const { versionId } = appended
  audit({ action: 'series.activate', subject: 'series', subjectId: series.id, versionId, patientId })
}
