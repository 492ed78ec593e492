import { insertSessionFollowUps } from '../../../db/queries/follow-up.ts'
import { selectPolicyInForce } from '../../../db/queries/policy.ts'
import { appendSubmission, moveSession, type StoredSession, sessionRecord } from '../../../db/queries/session.ts'
import { queueGroupOf } from '../../../db/queries/session-queue.ts'
import { answerReturn, insertDispositions } from '../../../db/queries/session-return.ts'
import { selectStaffMember } from '../../../db/queries/staff.ts'
import { insertSignature } from '../../../db/signatures.ts'
import { sessionBody } from '../../../shared/contract/schemas/session.ts'
import { snapshotDevice } from '../../../shared/domain/device.ts'
import { type FollowUpSettings, sessionFollowUps, shippedFollowUpSettings } from '../../../shared/domain/follow-up.ts'
import { type ClinicSettings, shippedPolicy } from '../../../shared/domain/policy.ts'
import { reactionChecks } from '../../../shared/domain/reaction-windows.ts'
import type { SessionBody, SessionDraft } from '../../../shared/domain/session.ts'
import { checkSession, maySubmit, type SessionCheck } from '../../../shared/domain/session-check.ts'
import { closeSession } from '../../../shared/domain/session-close.ts'
import { type SessionDesk, sessionFactsOf } from '../../../shared/domain/session-desk.ts'
import type { SessionOpening } from '../../../shared/domain/session-opening.ts'
import { decideTransition, type SessionEvent, type SessionFacts } from '../../../shared/domain/session-state.ts'
import {
  type DispositionEntry,
  type ReturnReply,
  signOffDue,
  unansweredPointers,
} from '../../../shared/domain/sign-off.ts'
import { needsCountersignature } from '../../../shared/domain/sign-off-scope.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandContext } from '../../app/context.ts'
import { settleCourse } from '../../app/course-follow-ups.ts'
import { signatureRow } from '../../app/signer.ts'
import { loadDesk } from './gate-facts.ts'

type Submission = {
  readonly session: StoredSession
  readonly facts: SessionFacts
  readonly draft: SessionDraft
  /** The opening at which the session passed the gate. */
  readonly start: SessionOpening | null
  readonly replies: readonly ReturnReply[]
  readonly dispositions: readonly DispositionEntry[]
}

/**
 * The author's signature over the record as checked on this side. A physician's own session is signed by it alone; every
 * other one waits for a second person.
 */
export async function submitSession(context: CommandContext, submission: Submission) {
  const { trx, caller, now } = context
  const { session, facts, draft, start, replies, dispositions } = submission
  if (!facts.isStarted) return refuse('SESSION_NOT_STARTED')

  const desk = await loadDesk(trx, { session, draft, today: context.today, start })
  const check = keepLateness(checkSession(draft, sessionFactsOf(draft, desk, now)), session)
  const deviationIds = check.deviations.map(({ deviationId }) => deviationId)
  const event = submissionEvent(context, submission, check)
  const decision = decideTransition({ state: session.state, event, actor: caller, facts })
  if (!decision.ok) return refuseSubmission(decision.refusal.code, { check, facts, replies, state: session.state })
  if (decision.value !== 'SUBMITTED' && decision.value !== 'SIGNED')
    throw new Error(`a submission does not lead to ${decision.value}`)
  if (dispositions.some(({ deviationId }) => !deviationIds.includes(deviationId)))
    return refuse('DISPOSITION_WITHOUT_DEVIATION')

  const body = closeBody(session, draft, check, desk)
  const appended = await appendSubmission(trx, session, { body, newId: context.newId, at: now, by: caller.staffId })
  if (!appended) return refuse('CONFLICT')
  const { versionId, version } = appended
  const member = await selectStaffMember(trx, caller.staffId)
  if (!member) throw new Error(`no member of staff ${caller.staffId}`)
  const isSigned = decision.value === 'SIGNED'
  const meaning = isSigned ? 'AUTHOR_PHYSICIAN' : 'AUTHOR'
  await insertSignature(trx, sessionRecord, session.sessionId, signatureRow(context, member, { versionId, meaning }))
  if (session.state === 'RETURNED') await answerReturn(trx, session.sessionId, { replies, at: now, versionId })
  if (isSigned) {
    const at = { newId: context.newId, at: now, by: caller.staffId }
    await insertDispositions(trx, { ...session, versionId }, { entries: dispositions, ...at })
  }

  const policy = (await selectPolicyInForce(trx, context.today))?.body ?? shippedPolicy(context.today)
  const due = signOffDue({
    submittedAt: now,
    redFlag: check.redFlags.length > 0,
    timeZone: context.timeZone,
    settings: policy,
  })
  const standing = {
    sessionId: session.sessionId,
    redFlags: check.redFlags.length,
    deviations: body.deviations.length,
    complications: session.head.complications,
    warnings: body.warnings.length,
    isCorrected: session.head.returns > 0,
    maxDepthUm: Math.max(...body.zoneRows.map(({ depthUm }) => depthUm)),
  }
  const moved = await moveSession(
    trx,
    { sessionId: session.sessionId, version },
    {
      to: decision.value,
      at: now,
      columns: {
        submissions: session.head.submissions + 1,
        submitted_at: now,
        due_at: due.dueAt,
        escalate_at: due.escalateAt,
        queue_group: queueGroupOf(standing),
        sign_off_required: needsCountersignature(standing, policy) ? 1 : 0,
        ...(isSigned ? { signed_at: now, signed_by: caller.staffId } : {}),
      },
    },
  )
  if (!moved) return refuse('CONFLICT')
  await insertSessionFollowUps(
    trx,
    {
      ...session,
      planned: sessionFollowUps(desk.on, followUpSettingsOf(policy.settings)),
      reactions: reactionChecks(reactionCodesOf(body), desk.on, { windowDaysByCode: {} }),
    },
    { newId: context.newId, at: now },
  )
  await settleCourse(context, { patientId: session.patientId, seriesId: session.head.series_id, policy })
  return accept({ state: decision.value, versionId, body, dueAt: due.dueAt, redFlags: check.redFlags.length })
}

/** Whether an entry is late is decided once: a correction asked for by the physician makes no record late. */
function keepLateness(check: SessionCheck, { body }: StoredSession): SessionCheck {
  return body === null ? check : { ...check, isLateEntry: body.lateEntry }
}

function submissionEvent(
  { caller }: CommandContext,
  { session, facts, replies, dispositions }: Submission,
  check: SessionCheck,
): SessionEvent {
  const completed = {
    seenVersionId: session.versionId,
    isComplete: maySubmit(check),
    deviationsWithoutReason: check.deviations.filter(({ reason }) => reason.trim() === '').length,
    // The door has proved the author's identity for this very call.
    hasAuthorSignature: true,
  }
  if (session.state === 'RETURNED') return { kind: 'RESUBMIT', isNewVersion: true, replies, ...completed }
  const signsAlone = facts.authorIsPhysician && caller.roles.includes('physician')
  if (!signsAlone) return { kind: 'SUBMIT', ...completed }
  const disposed = new Set(dispositions.map(({ deviationId }) => deviationId))
  return {
    kind: 'SIGN_AS_AUTHOR',
    seenSha256: session.sha256,
    isReauthenticated: true,
    undisposedDeviations: check.deviations.filter(({ deviationId }) => !disposed.has(deviationId)).length,
    ...completed,
  }
}

function refuseSubmission(
  code: string,
  {
    check,
    facts,
    replies,
    state,
  }: {
    readonly check: SessionCheck
    readonly facts: SessionFacts
    readonly replies: readonly ReturnReply[]
    readonly state: string
  },
) {
  switch (code) {
    case 'SESSION_INCOMPLETE':
    case 'DEVIATION_REASON_MISSING':
      return refuse('SESSION_INCOMPLETE', {
        missing: [...check.missing],
        problems: check.hard.map((problem) => `${problem.code} ${problem.path}`),
      })
    case 'REPLY_MISSING':
      return refuse('REPLY_MISSING', {
        paths: unansweredPointers(facts.returnPointers, replies).map(({ path }) => path),
      })
    case 'DEVIATION_NOT_DISPOSED':
      return refuse('DEVIATION_NOT_DISPOSED', { deviations: check.deviations.length })
    case 'NOT_THE_AUTHOR':
      return refuse('NOT_THE_AUTHOR')
    default:
      return refuse('SESSION_MOVE_NOT_ALLOWED', { state })
  }
}

/** The exact content that is signed, parsed once more by the schema that every reader will use. */
function closeBody(session: StoredSession, draft: SessionDraft, check: SessionCheck, desk: SessionDesk): SessionBody {
  const device = desk.devices.find(({ deviceId }) => deviceId === draft.deviceId)
  if (!device) throw new Error('a checked session names no known device')
  const { orderId = null } = desk.order ?? {}
  const body = closeSession(
    {
      ...draft,
      orderId,
      consentId: desk.consent?.consentId ?? null,
      addonConsentIds: desk.consent?.addonConsentIds ?? [],
      screeningIds: desk.screeningIds,
      clearanceIds: desk.clearanceIds,
    },
    check,
    {
      practitioner: desk.practitioner,
      supervisingPhysician: desk.physicians.find(({ staffId }) => staffId === draft.supervisingPhysicianId) ?? null,
      device: snapshotDevice(device.deviceId, device),
      policyVersionId: desk.policyVersionId,
      gatePassedAt: session.head.gate_passed_at,
    },
  )
  return sessionBody.parse(body)
}

function reactionCodesOf({ immediateReactions }: SessionBody) {
  return immediateReactions.kind === 'NONE' ? [] : immediateReactions.reactions.map(({ code }) => code)
}

/** The days after a session on which everybody is asked (clinical reference, section 7, follow-up cadence). */
function followUpSettingsOf({ followUpDays, pihFollowUpDays }: ClinicSettings): FollowUpSettings {
  const [messageDay, checkDay, lateCheckDay] = followUpDays
  return {
    messageDay: messageDay ?? shippedFollowUpSettings.messageDay,
    checkDay: checkDay ?? shippedFollowUpSettings.checkDay,
    lateCheckDay: lateCheckDay ?? shippedFollowUpSettings.lateCheckDay,
    pihDays: pihFollowUpDays,
  }
}
