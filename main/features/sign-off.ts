import { cancelOpenFollowUps } from '../../db/queries/follow-up.ts'
import { moveSession, selectSession, voidSession } from '../../db/queries/session.ts'
import { selectTransitionFacts } from '../../db/queries/session-queue.ts'
import { insertReturn } from '../../db/queries/session-return.ts'
import { selectSignOffOf } from '../../db/queries/sign-off.ts'
import type { contract } from '../../shared/contract/index.ts'
import { fieldAt } from '../../shared/domain/field-pointer.ts'
import { decideTransition } from '../../shared/domain/session-state.ts'
import { endOfClinicDay } from '../../shared/domain/sign-off.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers } from '../app/context.ts'
import { findSigner } from '../app/countersigner.ts'
import { settleCourse } from '../app/course-follow-ups.ts'
import { passRefusal } from '../app/pass-refusal.ts'
import { toWire } from '../app/to-wire.ts'
import { countersign } from './sign-off/countersign.ts'
import { viewCounts, viewQueue } from './sign-off/queue.ts'
import { viewReview } from './sign-off/review.ts'

type SignOffContract = typeof contract.signOff

export const signOffHandlers = {
  counts: async (context) => accept(await viewCounts(context)),

  queue: async (context, input) => accept(await viewQueue(context, input)),

  review: async (context, { patientId, sessionId }) => {
    const session = await selectSession(context.reader, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    const { versionId } = session
    context.audit({ action: 'signOff.review', subject: 'session', subjectId: sessionId, versionId, patientId })
    return accept(await viewReview(context, session))
  },

  open: async (context, { patientId, sessionId }) => {
    const session = await selectSession(context.reader, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    const signOff = await selectSignOffOf(context.reader, 'SESSION', sessionId, patientId)
    context.audit({
      action: 'signOff.open',
      subject: 'session',
      subjectId: sessionId,
      versionId: signOff?.versionId ?? null,
      patientId,
    })
    return accept(toWire({ signOff: signOff && { body: signOff.body, isIntact: signOff.integrity === 'INTACT' } }))
  },

  sign: async (context, { patientId, sessionId, ...input }) => {
    const session = await selectSession(context.trx, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    const signer = await findSigner(context)
    if (!signer) return refuse('OWN_LICENCE_NOT_VALID')
    const { reauth: _proof, ...statement } = input
    const signed = await countersign(context, session, { signer, statement: { ...statement, batchId: null } })
    if (!signed.ok) return passRefusal(signed.refusal, signPromised)
    context.touch(...touchedSubjects)
    return accept({ ...signed.value, signedAt: context.now })
  },

  signBatch: async (context, { records, patientSeen }) => {
    const signer = await findSigner(context)
    if (!signer) return refuse('OWN_LICENCE_NOT_VALID')
    const batchId = context.newId<string>()
    const refused: string[] = []
    for (const { patientId, sessionId, ...seen } of records) {
      const session = await selectSession(context.trx, patientId, sessionId)
      if (!session) return refuse('NOT_FOUND')
      const mode = session.body?.supervisionModeActual ?? null
      const signed = await countersign(context, session, {
        signer,
        statement: {
          ...seen,
          supervision: mode && { mode, confirmed: true, note: '' },
          patientSeen,
          dispositions: [],
          decision: 'PROCEED',
          comment: '',
          takeoverReason: null,
          batchId,
        },
      })
      if (!signed.ok) refused.push(`${sessionId} ${signed.refusal.code}`)
    }
    // Nothing is kept of a batch that does not fit as a whole: a refusal rolls everything back.
    if (refused.length > 0) return refuse('BATCH_REFUSED', { records: refused })
    context.touch(...touchedSubjects)
    return accept({ signed: records.length, signedAt: context.now })
  },

  return: async (context, input) => {
    const { trx, caller, now } = context
    const { patientId, sessionId, reason, pointers, dueOn, seenVersionId } = input
    const session = await selectSession(trx, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    const facts = await selectTransitionFacts(trx, session, caller.staffId)
    const { takeoverReason } = input
    const decision = decideTransition({
      state: session.state,
      event: { kind: 'RETURN', seenVersionId, reason, pointers, hasDueDate: true, takeoverReason },
      actor: caller,
      facts,
    })
    if (!decision.ok) return passRefusal(decision.refusal, returnPromised)
    const unknown = pointers.filter(({ path }) => fieldAt(session.body, path) === null)
    if (unknown.length > 0) return refuse('RETURN_FIELD_UNKNOWN', { paths: unknown.map(({ path }) => path) })
    if (dueOn < context.today) return refuse('RETURN_DUE_PAST')

    const dueAt = endOfClinicDay(dueOn, context.timeZone)
    const named = facts.supervisingPhysicianId === caller.staffId
    await insertReturn(trx, session, {
      id: context.newId(),
      body: {
        reason: reason.trim(),
        pointers,
        dueAt,
        returnedBy: caller.staffId,
        returnedAt: now,
        takeoverReason: named ? null : (takeoverReason?.trim() ?? null),
      },
    })
    const columns = { returns: session.head.returns + 1 }
    if (!(await moveSession(trx, session, { to: 'RETURNED', at: now, columns }))) return refuse('STALE_VERSION')
    const { versionId } = session
    context.audit({ action: 'signOff.return', subject: 'session', subjectId: sessionId, versionId, patientId })
    context.touch(...touchedSubjects)
    return accept({ dueAt })
  },

  markEnteredInError: async (context, input) => {
    const { trx, caller, now } = context
    const { patientId, sessionId, seenVersionId, reason, correct } = input
    const session = await selectSession(trx, patientId, sessionId)
    if (!session) return refuse('NOT_FOUND')
    const right = correct && (await selectSession(trx, correct.patientId, correct.sessionId))
    if (correct && !right) return refuse('NOT_FOUND')
    const facts = await selectTransitionFacts(trx, session, caller.staffId)
    const event = { kind: 'MARK_ENTERED_IN_ERROR', reason, seenVersionId } as const
    const decision = decideTransition({ state: session.state, event, actor: caller, facts })
    if (!decision.ok) return passRefusal(decision.refusal, errorPromised)
    const isGone = right?.state === 'VOIDED' || right?.state === 'CANCELLED'
    if (isGone || right?.sessionId === sessionId) return refuse('CORRECT_SESSION_NOT_VALID')
    const voided = await voidSession(trx, session, {
      reason: reason.trim(),
      correctSessionId: correct?.sessionId ?? null,
      newId: context.newId,
      at: now,
      by: caller.staffId,
    })
    if (!voided) return refuse('STALE_VERSION')
    // Nobody is asked about a treatment they did not have.
    await cancelOpenFollowUps(trx, { sessionId, at: now })
    await settleCourse(context, { patientId, seriesId: session.head.series_id })
    context.audit({
      action: 'signOff.markEnteredInError',
      subject: 'session',
      subjectId: sessionId,
      versionId: session.versionId,
      patientId,
      reason: context.reauthenticatedBy,
    })
    context.touch(...touchedSubjects)
    return accept({ voidedAt: now })
  },
} satisfies Handlers<SignOffContract>

const touchedSubjects = ['session', 'signOff', 'series', 'order', 'followUp', 'today', 'chart'] as const

const movePromised = ['SESSION_MOVE_NOT_ALLOWED', 'OWN_SESSION', 'STALE_VERSION', 'TAKEOVER_REASON_MISSING'] as const
const signPromised = [
  ...movePromised,
  'DEVIATION_NOT_DISPOSED',
  'DISPOSITION_WITHOUT_DEVIATION',
  'DISPOSITION_TWICE',
  'SUPERVISION_NOT_CONFIRMED',
  'COMMENT_MISSING',
  'RECORD_DAMAGED',
] as const
const returnPromised = [...movePromised, 'RETURN_REASON_MISSING', 'RETURN_POINTERS_MISSING'] as const
const errorPromised = [
  'SESSION_MOVE_NOT_ALLOWED',
  'SESSION_NOT_STARTED',
  'STALE_VERSION',
  'ERROR_REASON_MISSING',
] as const
