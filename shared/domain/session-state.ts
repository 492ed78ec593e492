import type { StaffId, VersionId } from '../kernel/ids.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Role } from './roles.ts'
import { type BatchCode, mayBatch, type ReturnPointer, type ReturnReply, unansweredPointers } from './sign-off.ts'

/** Clinical reference, section 8. A session that does not exist yet is `null`. */
export const sessionStates = ['DRAFT', 'SUBMITTED', 'RETURNED', 'SIGNED', 'VOIDED', 'CANCELLED'] as const
export type SessionState = (typeof sessionStates)[number]

export const sessionEvents = [
  'CREATE',
  'EDIT',
  'SUBMIT',
  'DISCARD',
  'RECALL',
  'RETURN',
  'RESUBMIT',
  'SIGN_OFF',
  'SIGN_AS_AUTHOR',
  'ADD_ADDENDUM',
  'MARK_ENTERED_IN_ERROR',
  'OVERDUE',
  'DELETE',
] as const
export type SessionEventKind = (typeof sessionEvents)[number]

/** The version on the actor's screen. */
type Seen = { readonly seenVersionId: VersionId }

/** What an author brings to a record that leaves the desk. */
type Completed = {
  /** No hard rule of the session log is broken and every required field is there. */
  readonly isComplete: boolean
  readonly deviationsWithoutReason: number
  readonly hasAuthorSignature: boolean
}

export type SessionEvent =
  | { readonly kind: 'CREATE'; readonly hasPatientAndSeries: boolean }
  | ({ readonly kind: 'EDIT' } & Seen)
  | ({ readonly kind: 'SUBMIT' } & Seen & Completed)
  | ({ readonly kind: 'DISCARD' } & Seen)
  | ({ readonly kind: 'RECALL' } & Seen)
  | ({
      readonly kind: 'RETURN'
      readonly reason: string
      readonly pointers: readonly ReturnPointer[]
      readonly hasDueDate: boolean
      readonly takeoverReason: string | null
    } & Seen)
  | ({
      readonly kind: 'RESUBMIT'
      /** True when the corrected content is stored as a version of its own. */
      readonly isNewVersion: boolean
      readonly replies: readonly ReturnReply[]
    } & Seen &
      Completed)
  | ({
      readonly kind: 'SIGN_OFF'
      readonly seenSha256: string
      readonly isReauthenticated: boolean
      readonly undisposedDeviations: number
      readonly takeoverReason: string | null
      readonly isBatch: boolean
    } & Seen)
  | ({
      readonly kind: 'SIGN_AS_AUTHOR'
      readonly seenSha256: string
      readonly isReauthenticated: boolean
      readonly undisposedDeviations: number
    } & Seen &
      Completed)
  | { readonly kind: 'ADD_ADDENDUM'; readonly reason: string }
  | ({ readonly kind: 'MARK_ENTERED_IN_ERROR'; readonly reason: string } & Seen)
  | { readonly kind: 'OVERDUE' }
  | { readonly kind: 'DELETE' }

export type Actor = { readonly staffId: StaffId; readonly roles: readonly Role[] }

/** What the store knows of the session when the event arrives. */
export type SessionFacts = {
  readonly authorId: StaffId
  /** The author held the physician grant when the session was created. */
  readonly authorIsPhysician: boolean
  readonly supervisingPhysicianId: StaffId | null
  /** The treatment was started, or recorded as having taken place. */
  readonly isStarted: boolean
  readonly currentVersionId: VersionId
  readonly currentSha256: string
  /** By any physician, since the last submission. */
  readonly wasOpenedByPhysician: boolean
  /** By this actor, since the last submission. */
  readonly wasOpenedByActor: boolean
  readonly deviations: number
  readonly complications: number
  readonly warnings: number
  /** Pointers of the last return; empty where there was none. */
  readonly returnPointers: readonly ReturnPointer[]
}

/** A physician may mark it as entered in error: it took place, or was recorded as if, and still counts. */
export function isMarkable({ state, isStarted }: { readonly state: SessionState; readonly isStarted: boolean }) {
  return isStarted && sources.MARK_ENTERED_IN_ERROR.includes(state)
}

export type SessionTransitionCode =
  | 'SESSION_MOVE_NOT_ALLOWED'
  | 'NOTHING_IS_DELETED'
  | 'ROLE_NOT_ALLOWED'
  | 'NOT_THE_AUTHOR'
  | 'OWN_SESSION'
  | 'AUTHOR_SIGNS_ALONE'
  | 'SECOND_PERSON_NEEDED'
  | 'STALE_VERSION'
  | 'PATIENT_OR_SERIES_MISSING'
  | 'SESSION_INCOMPLETE'
  | 'DEVIATION_REASON_MISSING'
  | 'AUTHOR_SIGNATURE_MISSING'
  | 'SESSION_STARTED'
  | 'SESSION_NOT_STARTED'
  | 'OPENED_BY_PHYSICIAN'
  | 'RETURN_REASON_MISSING'
  | 'RETURN_POINTERS_MISSING'
  | 'RETURN_DUE_MISSING'
  | 'NEW_VERSION_NEEDED'
  | 'REPLY_MISSING'
  | 'REAUTHENTICATION_NEEDED'
  | 'DEVIATION_NOT_DISPOSED'
  | 'TAKEOVER_REASON_MISSING'
  | 'ERROR_REASON_MISSING'
  | 'ADDENDUM_REASON_MISSING'
  | BatchCode

type Decision = Result<SessionState, SessionTransitionCode>
type Move = {
  readonly event: SessionEvent
  readonly actor: Actor
  readonly facts: SessionFacts
}

const everyState: readonly SessionState[] = sessionStates

/** From which states an event is possible at all; guards come after. */
const sources: Readonly<Record<SessionEventKind, readonly (SessionState | null)[]>> = {
  CREATE: [null],
  EDIT: ['DRAFT', 'RETURNED'],
  SUBMIT: ['DRAFT'],
  DISCARD: ['DRAFT'],
  RECALL: ['SUBMITTED'],
  RETURN: ['SUBMITTED'],
  RESUBMIT: ['RETURNED'],
  SIGN_OFF: ['SUBMITTED'],
  SIGN_AS_AUTHOR: ['DRAFT'],
  ADD_ADDENDUM: ['SIGNED'],
  MARK_ENTERED_IN_ERROR: ['DRAFT', 'SUBMITTED', 'RETURNED', 'SIGNED'],
  OVERDUE: everyState,
  DELETE: [],
}

/**
 * The state machine of a session record: clinical reference, section 8. Gives the next state or the first reason
 * against the move. A session authored by a physician is signed by its author alone; every other one needs a second
 * person, who is the supervising physician named in it or takes it over with a reason.
 */
export function decideTransition({
  state,
  event,
  actor,
  facts,
}: {
  readonly state: SessionState | null
} & Move): Decision {
  if (event.kind === 'DELETE') return refuse('NOTHING_IS_DELETED')
  if (!sources[event.kind].includes(state)) return refuse('SESSION_MOVE_NOT_ALLOWED', { state, event: event.kind })
  const move = { event, actor, facts }
  switch (event.kind) {
    case 'CREATE':
      return decideCreate(event, actor)
    case 'EDIT':
      return whoAuthored(move) ?? accept(state ?? 'DRAFT')
    case 'SUBMIT':
      return whoAuthored(move) ?? decideSubmit(event, move)
    case 'DISCARD':
      return whoAuthored(move) ?? (facts.isStarted ? refuse('SESSION_STARTED') : accept('CANCELLED'))
    case 'RECALL':
      return whoAuthored(move) ?? (facts.wasOpenedByPhysician ? refuse('OPENED_BY_PHYSICIAN') : accept('DRAFT'))
    case 'RETURN':
      return whoReviews(event, move) ?? decideReturn(event)
    case 'RESUBMIT':
      return whoAuthored(move) ?? decideResubmit(event, facts)
    case 'SIGN_OFF':
      return whoReviews(event, move) ?? decideSignOff(event, move)
    case 'SIGN_AS_AUTHOR':
      return whoAuthored(move) ?? decideAuthorSignature(event, move)
    case 'ADD_ADDENDUM':
      return decideAddAddendum(event, move)
    case 'MARK_ENTERED_IN_ERROR':
      return decideError({ state, reason: event.reason, move })
    case 'OVERDUE':
      // Being late is a flag computed when read; it never moves a record.
      return state === null ? refuse('SESSION_MOVE_NOT_ALLOWED', { state, event: event.kind }) : accept(state)
  }
}

/** Signs alone: the author was a physician when the session was written and still is one. */
function signsAlone({ actor, facts }: Move): boolean {
  return facts.authorIsPhysician && actor.staffId === facts.authorId && actor.roles.includes('physician')
}

function whoAuthored({ event, actor, facts }: Move): Decision | null {
  if (!actor.roles.includes('aesthetician') && !actor.roles.includes('physician')) return refuse('ROLE_NOT_ALLOWED')
  if (actor.staffId !== facts.authorId) return refuse('NOT_THE_AUTHOR')
  return staleness(event, facts)
}

function whoReviews(event: { readonly takeoverReason: string | null }, move: Move): Decision | null {
  const { actor, facts } = move
  if (!actor.roles.includes('physician')) return refuse('ROLE_NOT_ALLOWED')
  if (actor.staffId === facts.authorId) return refuse('OWN_SESSION')
  const isNamed = actor.staffId === facts.supervisingPhysicianId
  if (!isNamed && isBlank(event.takeoverReason)) return refuse('TAKEOVER_REASON_MISSING')
  return staleness(move.event, facts)
}

function staleness(event: SessionEvent, facts: SessionFacts): Decision | null {
  if ('seenVersionId' in event && event.seenVersionId !== facts.currentVersionId) return refuse('STALE_VERSION')
  if ('seenSha256' in event && event.seenSha256 !== facts.currentSha256) return refuse('STALE_VERSION')
  return null
}

function decideCreate(event: Extract<SessionEvent, { kind: 'CREATE' }>, actor: Actor): Decision {
  if (!actor.roles.includes('aesthetician') && !actor.roles.includes('physician')) return refuse('ROLE_NOT_ALLOWED')
  return event.hasPatientAndSeries ? accept('DRAFT') : refuse('PATIENT_OR_SERIES_MISSING')
}

function incompleteness(event: Completed): Decision | null {
  if (!event.isComplete) return refuse('SESSION_INCOMPLETE')
  if (event.deviationsWithoutReason > 0) {
    return refuse('DEVIATION_REASON_MISSING', { deviations: event.deviationsWithoutReason })
  }
  return event.hasAuthorSignature ? null : refuse('AUTHOR_SIGNATURE_MISSING')
}

function decideSubmit(event: Extract<SessionEvent, { kind: 'SUBMIT' }>, move: Move): Decision {
  if (signsAlone(move)) return refuse('AUTHOR_SIGNS_ALONE')
  return incompleteness(event) ?? accept('SUBMITTED')
}

function decideReturn(event: Extract<SessionEvent, { kind: 'RETURN' }>): Decision {
  if (isBlank(event.reason)) return refuse('RETURN_REASON_MISSING')
  const isPointed = event.pointers.length > 0 && event.pointers.every(({ path, text }) => path !== '' && !isBlank(text))
  if (!isPointed) return refuse('RETURN_POINTERS_MISSING')
  return event.hasDueDate ? accept('RETURNED') : refuse('RETURN_DUE_MISSING')
}

function decideResubmit(event: Extract<SessionEvent, { kind: 'RESUBMIT' }>, facts: SessionFacts): Decision {
  if (!event.isNewVersion) return refuse('NEW_VERSION_NEEDED')
  const open = unansweredPointers(facts.returnPointers, event.replies)
  if (open.length > 0) return refuse('REPLY_MISSING', { paths: open.map(({ path }) => path) })
  return incompleteness(event) ?? accept('SUBMITTED')
}

function decideSignOff(event: Extract<SessionEvent, { kind: 'SIGN_OFF' }>, { facts }: Move): Decision {
  if (!event.isReauthenticated) return refuse('REAUTHENTICATION_NEEDED')
  if (event.undisposedDeviations > 0)
    return refuse('DEVIATION_NOT_DISPOSED', { deviations: event.undisposedDeviations })
  if (!event.isBatch) return accept('SIGNED')
  const batch = mayBatch({ ...facts, wasOpenedSinceSubmit: facts.wasOpenedByActor })
  return batch.ok ? accept('SIGNED') : batch
}

function decideAuthorSignature(event: Extract<SessionEvent, { kind: 'SIGN_AS_AUTHOR' }>, move: Move): Decision {
  if (!signsAlone(move)) return refuse('SECOND_PERSON_NEEDED')
  const incomplete = incompleteness(event)
  if (incomplete) return incomplete
  if (!event.isReauthenticated) return refuse('REAUTHENTICATION_NEEDED')
  if (event.undisposedDeviations > 0)
    return refuse('DEVIATION_NOT_DISPOSED', { deviations: event.undisposedDeviations })
  return accept('SIGNED')
}

function decideAddAddendum(event: Extract<SessionEvent, { kind: 'ADD_ADDENDUM' }>, { actor, facts }: Move): Decision {
  const isPhysician = actor.roles.includes('physician')
  if (!isPhysician && !actor.roles.includes('aesthetician')) return refuse('ROLE_NOT_ALLOWED')
  if (!isPhysician && actor.staffId !== facts.authorId) return refuse('NOT_THE_AUTHOR')
  return isBlank(event.reason) ? refuse('ADDENDUM_REASON_MISSING') : accept('SIGNED')
}

function decideError({
  state,
  reason,
  move,
}: {
  readonly state: SessionState | null
  readonly reason: string
  readonly move: Move
}): Decision {
  if (!move.actor.roles.includes('physician')) return refuse('ROLE_NOT_ALLOWED')
  // A draft of a treatment that never began is discarded by its author instead: nothing happened that must be kept.
  if (state === 'DRAFT' && !move.facts.isStarted) return refuse('SESSION_NOT_STARTED')
  const stale = staleness(move.event, move.facts)
  if (stale) return stale
  return isBlank(reason) ? refuse('ERROR_REASON_MISSING') : accept('VOIDED')
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === ''
}
