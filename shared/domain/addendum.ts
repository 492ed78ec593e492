import type { AddendumId, PatientId, StaffId, VersionId } from '../kernel/ids.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { addDays, type CalendarDate, type Instant, minutesBetween } from '../kernel/time.ts'
import type { Role } from './roles.ts'
import { type ReturnPointer, type ReturnReply, unansweredPointers } from './sign-off.ts'

/**
 * A later, dated addition to a signed record: clinical reference, section 8. What it amends stays as signed; the
 * addendum is shown beside it.
 */
export type AddendumBody = {
  readonly schema: 'addendum/1'
  readonly addendumId: AddendumId
  readonly version: number
  readonly patientId: PatientId
  /** The exact version it adds to. `fieldPath` is a JSON pointer into that body, null for the record as a whole. */
  readonly amends: {
    readonly kind: AmendedRecordKind
    readonly recordId: string
    readonly versionId: VersionId
    readonly sha256: string
    readonly fieldPath: string | null
  }
  readonly reason: string
  readonly text: string
  /** What the field said and should say; null for a plain addition. Both as a person reads them. */
  readonly correction: { readonly was: string; readonly shouldBe: string } | null
  /** When the thing described took place; null where the addendum describes no event. */
  readonly happenedAt: Instant | null
  readonly writtenAt: Instant
  readonly isLateEntry: boolean
  /** The patient's request that led to it (45 CFR 164.526); null where it is the author's own. */
  readonly amendmentRequest: { readonly requestedBy: string; readonly requestedOn: CalendarDate } | null
  readonly author: {
    readonly staffId: StaffId
    readonly printedName: string
    readonly credential: string
    readonly isPhysician: boolean
  }
}

export const amendedRecordKinds = ['SESSION', 'COMPLICATION', 'CONSENT', 'SCREENING'] as const
export type AmendedRecordKind = (typeof amendedRecordKinds)[number]

export const addendumStates = ['DRAFT', 'SUBMITTED', 'RETURNED', 'SIGNED'] as const
export type AddendumState = (typeof addendumStates)[number]

export const addendumEvents = [
  'CREATE',
  'EDIT',
  'SUBMIT',
  'RETURN',
  'RESUBMIT',
  'SIGN_OFF',
  'SIGN_AS_AUTHOR',
  'DELETE',
] as const
export type AddendumEventKind = (typeof addendumEvents)[number]

type Seen = { readonly seenVersionId: VersionId }

export type AddendumEvent =
  | { readonly kind: 'CREATE'; readonly reason: string }
  | ({ readonly kind: 'EDIT' } & Seen)
  | ({ readonly kind: 'SUBMIT'; readonly isComplete: boolean } & Seen)
  | ({
      readonly kind: 'RETURN'
      readonly reason: string
      readonly pointers: readonly ReturnPointer[]
      readonly takeoverReason: string | null
    } & Seen)
  | ({
      readonly kind: 'RESUBMIT'
      readonly isComplete: boolean
      readonly isNewVersion: boolean
      readonly replies: readonly ReturnReply[]
    } & Seen)
  | ({
      readonly kind: 'SIGN_OFF'
      readonly isReauthenticated: boolean
      readonly takeoverReason: string | null
    } & Seen)
  | ({ readonly kind: 'SIGN_AS_AUTHOR'; readonly isComplete: boolean; readonly isReauthenticated: boolean } & Seen)
  | { readonly kind: 'DELETE' }

export type AddendumFacts = {
  readonly authorId: StaffId
  readonly authorIsPhysician: boolean
  /** Of the record that is amended. */
  readonly recordAuthorId: StaffId
  readonly supervisingPhysicianId: StaffId | null
  /** Whose acceptance of the record is asked anew (`acceptanceOf`); null where nobody's is. */
  readonly acceptanceOf: StaffId | null
  /** Only what is signed gets an addendum; before that it is corrected. */
  readonly isRecordSigned: boolean
  readonly currentVersionId: VersionId
  readonly returnPointers: readonly ReturnPointer[]
}

export type AddendumTransitionCode =
  | 'ADDENDUM_MOVE_NOT_ALLOWED'
  | 'NOTHING_IS_DELETED'
  | 'ROLE_NOT_ALLOWED'
  | 'NOT_THE_AUTHOR'
  | 'OWN_ADDENDUM'
  | 'AUTHOR_SIGNS_ALONE'
  | 'SECOND_PERSON_NEEDED'
  | 'STALE_VERSION'
  | 'RECORD_NOT_SIGNED'
  | 'ADDENDUM_REASON_MISSING'
  | 'ADDENDUM_INCOMPLETE'
  | 'RETURN_REASON_MISSING'
  | 'RETURN_POINTERS_MISSING'
  | 'NEW_VERSION_NEEDED'
  | 'REPLY_MISSING'
  | 'REAUTHENTICATION_NEEDED'
  | 'TAKEOVER_REASON_MISSING'

type Decision = Result<AddendumState, AddendumTransitionCode>
type AddendumActor = { readonly staffId: StaffId; readonly roles: readonly Role[] }
type Move = { readonly event: AddendumEvent; readonly actor: AddendumActor; readonly facts: AddendumFacts }

const sources: Readonly<Record<AddendumEventKind, readonly (AddendumState | null)[]>> = {
  CREATE: [null],
  EDIT: ['DRAFT', 'RETURNED'],
  SUBMIT: ['DRAFT'],
  RETURN: ['SUBMITTED'],
  RESUBMIT: ['RETURNED'],
  SIGN_OFF: ['SUBMITTED'],
  SIGN_AS_AUTHOR: ['DRAFT'],
  DELETE: [],
}

/** Members of a session body whose change touches what was used, where and how deep, and on whose consent. */
const safetyRelevantFields = [
  'zoneRows',
  'cartridgeUses',
  'deviceId',
  'device',
  'skinPrep',
  'anaesthetic',
  'addons',
  'postProducts',
  'immediateReactions',
  'consentId',
  'addonConsentIds',
  'stillAgreesToday',
]

/**
 * Whether an addendum touches a lot, a depth, a zone, the consent or a complication. A correction that names no field
 * may be about any of them.
 */
export function isSafetyRelevant({
  kind,
  fieldPath,
  hasCorrection,
}: {
  readonly kind: AmendedRecordKind
  readonly fieldPath: string | null
  readonly hasCorrection: boolean
}): boolean {
  if (kind === 'CONSENT' || kind === 'COMPLICATION') return true
  if (kind === 'SCREENING') return false
  return fieldPath === null ? hasCorrection : safetyRelevantFields.includes(fieldPath.split('/')[1] ?? '')
}

/**
 * The physician who accepted the record by signature and is asked again, because somebody else now amends something that
 * their acceptance rested on. `acceptedById` is null where nobody countersigned it, or that person has left.
 */
export function acceptanceOf({
  isSafetyRelevant: isRelevant,
  authorId,
  acceptedById,
}: {
  readonly isSafetyRelevant: boolean
  readonly authorId: StaffId | null
  readonly acceptedById: StaffId | null
}): StaffId | null {
  return isRelevant && acceptedById !== authorId ? acceptedById : null
}

/**
 * DRAFT -> SUBMITTED -> (RETURNED -> SUBMITTED)* -> SIGNED. A physician's own addendum needs one signature, unless another
 * physician's acceptance is asked anew; an aesthetician writes addenda to the records they authored, a physician to any (clinical reference, section 8).
 */
export function decideAddendumTransition({
  state,
  event,
  actor,
  facts,
}: {
  readonly state: AddendumState | null
} & Move): Decision {
  if (event.kind === 'DELETE') return refuse('NOTHING_IS_DELETED')
  if (!sources[event.kind].includes(state)) return refuse('ADDENDUM_MOVE_NOT_ALLOWED', { state, event: event.kind })
  const move = { event, actor, facts }
  switch (event.kind) {
    case 'CREATE':
      return decideCreate(event.reason, move)
    case 'EDIT':
      return whoAuthored(move) ?? accept(state ?? 'DRAFT')
    case 'SUBMIT':
      return whoAuthored(move) ?? (signsAlone(move) ? refuse('AUTHOR_SIGNS_ALONE') : decideComplete(event, 'SUBMITTED'))
    case 'RETURN':
      return whoReviews(event.takeoverReason, move) ?? decideReturn(event)
    case 'RESUBMIT':
      return whoAuthored(move) ?? decideResubmit(event, facts)
    case 'SIGN_OFF':
      return (
        whoReviews(event.takeoverReason, move) ??
        (event.isReauthenticated ? accept('SIGNED') : refuse('REAUTHENTICATION_NEEDED'))
      )
    case 'SIGN_AS_AUTHOR':
      return whoAuthored(move) ?? decideAuthorSignature(event, move)
  }
}

/** A request to amend is answered within 60 days: 45 CFR 164.526, clinical reference, section 10. */
export function amendmentDueOn(requestedOn: CalendarDate): CalendarDate {
  return addDays(requestedOn, 60)
}

/** Written later than the time the author has to complete a record (**CC** 24 h). */
export function isLateEntry({
  happenedAt,
  writtenAt,
  authorCompleteHours,
}: {
  readonly happenedAt: Instant
  readonly writtenAt: Instant
  readonly authorCompleteHours: number
}): boolean {
  return minutesBetween(happenedAt, writtenAt) > authorCompleteHours * 60
}

function decideCreate(reason: string, { actor, facts }: Move): Decision {
  const isPhysician = actor.roles.includes('physician')
  if (!isPhysician && !actor.roles.includes('aesthetician')) return refuse('ROLE_NOT_ALLOWED')
  if (!isPhysician && actor.staffId !== facts.recordAuthorId) return refuse('NOT_THE_AUTHOR')
  if (!facts.isRecordSigned) return refuse('RECORD_NOT_SIGNED')
  return reason.trim() === '' ? refuse('ADDENDUM_REASON_MISSING') : accept('DRAFT')
}

function signsAlone({ actor, facts }: Move): boolean {
  const isOwn = facts.authorIsPhysician && actor.staffId === facts.authorId && actor.roles.includes('physician')
  return isOwn && facts.acceptanceOf === null
}

function whoAuthored({ event, actor, facts }: Move): Decision | null {
  if (!actor.roles.includes('aesthetician') && !actor.roles.includes('physician')) return refuse('ROLE_NOT_ALLOWED')
  if (actor.staffId !== facts.authorId) return refuse('NOT_THE_AUTHOR')
  return staleness(event, facts)
}

function whoReviews(takeoverReason: string | null, { event, actor, facts }: Move): Decision | null {
  if (!actor.roles.includes('physician')) return refuse('ROLE_NOT_ALLOWED')
  if (actor.staffId === facts.authorId) return refuse('OWN_ADDENDUM')
  const isNamed = actor.staffId === facts.supervisingPhysicianId
  if (!isNamed && (takeoverReason ?? '').trim() === '') return refuse('TAKEOVER_REASON_MISSING')
  return staleness(event, facts)
}

function staleness(event: AddendumEvent, facts: AddendumFacts): Decision | null {
  return 'seenVersionId' in event && event.seenVersionId !== facts.currentVersionId ? refuse('STALE_VERSION') : null
}

function decideComplete(event: { readonly isComplete: boolean }, next: AddendumState): Decision {
  return event.isComplete ? accept(next) : refuse('ADDENDUM_INCOMPLETE')
}

function decideReturn(event: Extract<AddendumEvent, { kind: 'RETURN' }>): Decision {
  if (event.reason.trim() === '') return refuse('RETURN_REASON_MISSING')
  return event.pointers.length > 0 ? accept('RETURNED') : refuse('RETURN_POINTERS_MISSING')
}

function decideResubmit(event: Extract<AddendumEvent, { kind: 'RESUBMIT' }>, facts: AddendumFacts): Decision {
  if (!event.isNewVersion) return refuse('NEW_VERSION_NEEDED')
  const open = unansweredPointers(facts.returnPointers, event.replies)
  if (open.length > 0) return refuse('REPLY_MISSING', { paths: open.map(({ path }) => path) })
  return decideComplete(event, 'SUBMITTED')
}

function decideAuthorSignature(event: Extract<AddendumEvent, { kind: 'SIGN_AS_AUTHOR' }>, move: Move): Decision {
  if (!signsAlone(move)) return refuse('SECOND_PERSON_NEEDED')
  if (!event.isComplete) return refuse('ADDENDUM_INCOMPLETE')
  return event.isReauthenticated ? accept('SIGNED') : refuse('REAUTHENTICATION_NEEDED')
}
