import type { PatientId, SignOffId, StaffId, VersionId } from '../kernel/ids.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { addMinutes, type CalendarDate, dateInZone, type Instant, offsetMinutes } from '../kernel/time.ts'
import type { Licence } from './staff.ts'

/** What the signature says it means; printed with it (21 CFR 11.50; clinical reference, sections 8 and 10). */
export const signOffMeanings = ['REVIEWED_AND_APPROVED', 'REVIEWED_WITH_DEVIATIONS', 'AUTHOR_PHYSICIAN'] as const
export type SignOffMeaning = (typeof signOffMeanings)[number]

export const deviationDispositions = ['ACCEPTED', 'COUNSELLED', 'INCIDENT', 'REPORTED'] as const
export type DeviationDisposition = (typeof deviationDispositions)[number]

export const nextSessionDecisions = ['PROCEED', 'MODIFY', 'HOLD', 'STOP'] as const
export type NextSessionDecision = (typeof nextSessionDecisions)[number]

/** Weakest last: clinical reference, section 8. */
export const confirmedSupervisionModes = ['ON_SITE', 'IMMEDIATE', 'AVAILABLE', 'NONE'] as const
export type ConfirmedSupervisionMode = (typeof confirmedSupervisionModes)[number]

export const signedRecordKinds = ['SESSION', 'ADDENDUM'] as const
export type SignedRecordKind = (typeof signedRecordKinds)[number]

/** A sentence that people sign, with the version it had when they did. */
export type Attestation = { readonly version: string; readonly text: string }

/** Shipped wording; a changed sentence gets a new version and leaves old signatures with theirs. */
export const attestations: Readonly<Record<SignOffMeaning, Attestation>> = {
  REVIEWED_AND_APPROVED: {
    version: 'approved/1',
    text: 'I have reviewed this record in the version named here. The treatment was carried out under my supervision as confirmed, and I approve the record.',
  },
  REVIEWED_WITH_DEVIATIONS: {
    version: 'deviations/1',
    text: 'I have reviewed this record in the version named here, including every deviation listed in it, and have decided on each one as stated. The treatment was carried out under the supervision confirmed here.',
  },
  AUTHOR_PHYSICIAN: {
    version: 'author/1',
    text: 'I am a physician, I carried out and recorded this treatment myself, and I confirm that the record in the version named here is complete and true.',
  },
}

/** What the author of a record that needs a second person signs when it leaves the desk. */
export const authorAttestation: Attestation = {
  version: 'submitted/1',
  text: 'I carried out or saw what this record describes, I wrote it, and it is complete and true as far as I know.',
}

/** The signed content of a countersignature: clinical reference, section 8, "Sign-off contains". */
export type SignOffBody = {
  readonly schema: 'sign-off/1'
  readonly signOffId: SignOffId
  readonly patientId: PatientId
  /** The exact version that was reviewed. `recordId` is the session's or addendum's id. */
  readonly record: {
    readonly kind: SignedRecordKind
    readonly recordId: string
    readonly version: number
    readonly versionId: VersionId
    readonly sha256: string
  }
  readonly signer: {
    readonly staffId: StaffId
    readonly printedName: string
    readonly credential: string
    /** As it stood at the signature; a later renewal changes nothing here. */
    readonly licence: Licence | null
  }
  /** The policy in force at the signature; null where none was approved. */
  readonly policyVersionId: VersionId | null
  readonly signedAt: Instant
  readonly utcOffsetMin: number
  readonly meaning: SignOffMeaning
  readonly attestation: Attestation
  /** Which supervision there really was that day; null where the author needed none (AUTHOR_PHYSICIAN). */
  readonly supervision: {
    readonly mode: ConfirmedSupervisionMode
    readonly confirmed: boolean
    readonly note: string
  } | null
  readonly patientSeen: boolean
  readonly dispositions: readonly DispositionEntry[]
  readonly decision: NextSessionDecision
  readonly comment: string
  /** Why somebody else than the supervising physician named in the session signs; null where it is that person. */
  readonly takeoverReason: string | null
  /** Shared by the records signed with one re-authentication; null for a single one. */
  readonly batchId: string | null
}

/** `deviationId` is the deviation's stable id within the session body. */
export type DispositionEntry = {
  readonly deviationId: string
  readonly disposition: DeviationDisposition
  readonly note: string
}

export type SignOffCode =
  | 'DEVIATION_NOT_DISPOSED'
  | 'DISPOSITION_WITHOUT_DEVIATION'
  | 'DISPOSITION_TWICE'
  | 'MEANING_MISMATCH'
  | 'ATTESTATION_MISMATCH'
  | 'SUPERVISION_NOT_CONFIRMED'
  | 'COMMENT_MISSING'
  | 'OWN_SESSION'
  | 'STALE_VERSION'

/** The meaning follows from the record; nobody chooses it. */
export function signOffMeaning({
  isAuthor,
  deviations,
}: {
  readonly isAuthor: boolean
  readonly deviations: number
}): SignOffMeaning {
  if (isAuthor) return 'AUTHOR_PHYSICIAN'
  return deviations > 0 ? 'REVIEWED_WITH_DEVIATIONS' : 'REVIEWED_AND_APPROVED'
}

/**
 * Is this countersignature complete and true to the record? Who may sign at all is `decideTransition`'s; this judges
 * the content: the version still current, every deviation disposed once, meaning and attestation as they follow from
 * the record, supervision confirmed (an unconfirmed mode needs a comment), and words for HOLD and STOP.
 */
export function maySignOff({
  body,
  authorId,
  authorIsPhysician,
  deviationIds,
  currentVersionId,
  currentSha256,
}: {
  readonly body: SignOffBody
  readonly authorId: StaffId
  readonly authorIsPhysician: boolean
  readonly deviationIds: readonly string[]
  readonly currentVersionId: VersionId
  readonly currentSha256: string
}): Result<SignOffMeaning, SignOffCode> {
  const isAuthor = body.signer.staffId === authorId
  if (isAuthor && !authorIsPhysician) return refuse('OWN_SESSION')
  if (body.record.versionId !== currentVersionId || body.record.sha256 !== currentSha256) return refuse('STALE_VERSION')

  const disposed = body.dispositions.map(({ deviationId }) => deviationId)
  const open = deviationIds.filter((id) => !disposed.includes(id))
  if (open.length > 0) return refuse('DEVIATION_NOT_DISPOSED', { deviations: open })
  const unknown = disposed.filter((id) => !deviationIds.includes(id))
  if (unknown.length > 0) return refuse('DISPOSITION_WITHOUT_DEVIATION', { deviations: unknown })
  if (new Set(disposed).size !== disposed.length) return refuse('DISPOSITION_TWICE')

  const meaning = signOffMeaning({ isAuthor, deviations: deviationIds.length })
  if (body.meaning !== meaning) return refuse('MEANING_MISMATCH', { meaning })
  if (body.attestation.text.trim() === '' || body.attestation.version.trim() === '')
    return refuse('ATTESTATION_MISMATCH')
  if (!isAuthor && body.record.kind === 'SESSION') {
    const { supervision } = body
    if (supervision === null) return refuse('SUPERVISION_NOT_CONFIRMED')
    if (!supervision.confirmed && supervision.note.trim() === '') return refuse('SUPERVISION_NOT_CONFIRMED')
  }
  const needsWords = body.decision === 'HOLD' || body.decision === 'STOP'
  if (needsWords && body.comment.trim() === '') return refuse('COMMENT_MISSING', { decision: body.decision })
  return accept(meaning)
}

/** Policy fields `author_complete_hours`, `countersign_due_hours`, `escalate_hours` (**CC**: 24 / 72 / 168). */
export type SignOffSettings = {
  readonly authorCompleteHours: number
  readonly countersignDueHours: number
  readonly escalateHours: number
}

/**
 * When a submitted record must be countersigned, and from when the delay goes to the deputy and the manager. A red
 * flag is due on the same clinic day and escalates when that day ends (clinical reference, section 8, policy fields).
 */
export function signOffDue({
  submittedAt,
  redFlag,
  timeZone,
  settings,
}: {
  readonly submittedAt: Instant
  readonly redFlag: boolean
  /** IANA name of the clinic's time zone. */
  readonly timeZone: string
  readonly settings: SignOffSettings
}): { readonly dueAt: Instant; readonly escalateAt: Instant } {
  if (redFlag) {
    const endOfDay = nextMidnight(submittedAt, timeZone)
    return { dueAt: endOfDay, escalateAt: endOfDay }
  }
  return {
    dueAt: addMinutes(submittedAt, settings.countersignDueHours * 60),
    escalateAt: addMinutes(submittedAt, settings.escalateHours * 60),
  }
}

/** When the author should have submitted a session that ended at `endedAt`; after it the entry is a late one. */
export function authorDueAt(endedAt: Instant, settings: Pick<SignOffSettings, 'authorCompleteHours'>): Instant {
  return addMinutes(endedAt, settings.authorCompleteHours * 60)
}

/** NOT_REQUIRED: the policy asks for no countersignature, so that nothing is ever late. */
export const signOffLatenesses = ['NOT_REQUIRED', 'ON_TIME', 'OVERDUE', 'ESCALATED'] as const
export type SignOffLateness = (typeof signOffLatenesses)[number]

/** Computed when read; nothing has to run at the hour. */
export function signOffLateness(
  due: { readonly isRequired: boolean; readonly dueAt: Instant; readonly escalateAt: Instant },
  now: Instant,
): SignOffLateness {
  if (!due.isRequired) return 'NOT_REQUIRED'
  const at = Date.parse(now)
  if (at >= Date.parse(due.escalateAt)) return 'ESCALATED'
  return at >= Date.parse(due.dueAt) ? 'OVERDUE' : 'ON_TIME'
}

/** An escalated one is overdue too. */
export function isOverdue(lateness: SignOffLateness | null): boolean {
  return lateness === 'OVERDUE' || lateness === 'ESCALATED'
}

/** What the queue must know of a waiting record. Counts are of the version that waits. */
export type QueueEntry = {
  readonly recordId: string
  readonly submittedAt: Instant
  readonly dueAt: Instant
  readonly redFlags: number
  readonly deviations: number
  readonly complications: number
  readonly warnings: number
  readonly isCorrected: boolean
}

export const queueGroups = ['RED_FLAG', 'ATTENTION', 'CLEAN'] as const
export type QueueGroup = (typeof queueGroups)[number]

export function queueGroup(entry: Omit<QueueEntry, 'recordId' | 'submittedAt' | 'dueAt'>): QueueGroup {
  if (entry.redFlags > 0) return 'RED_FLAG'
  const needsAttention = entry.deviations + entry.complications + entry.warnings > 0 || entry.isCorrected
  return needsAttention ? 'ATTENTION' : 'CLEAN'
}

/** Order of the queue: red flags, then what needs a look, then clean records; each by due time, then id. */
export function compareQueue(a: QueueEntry, b: QueueEntry): number {
  const byGroup = queueGroups.indexOf(queueGroup(a)) - queueGroups.indexOf(queueGroup(b))
  if (byGroup !== 0) return byGroup
  const byDue = Date.parse(a.dueAt) - Date.parse(b.dueAt)
  if (byDue !== 0) return byDue
  return a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : 0
}

export type BatchCode = 'BATCH_DEVIATION' | 'BATCH_COMPLICATION' | 'BATCH_WARNING' | 'BATCH_NOT_OPENED'

/** May this record go into a batch of this physician? Only clean ones, each opened since it was submitted. */
export function mayBatch(record: {
  readonly deviations: number
  readonly complications: number
  readonly warnings: number
  /** By this very physician, since the last submission. */
  readonly wasOpenedSinceSubmit: boolean
}): Result<true, BatchCode> {
  if (record.deviations > 0) return refuse('BATCH_DEVIATION')
  if (record.complications > 0) return refuse('BATCH_COMPLICATION')
  if (record.warnings > 0) return refuse('BATCH_WARNING')
  return record.wasOpenedSinceSubmit ? accept(true) : refuse('BATCH_NOT_OPENED')
}

/** A field the physician points at. `path` is a JSON pointer into the session body, e.g. `/anaesthetic/offAt`. */
export type ReturnPointer = { readonly path: string; readonly text: string }

/** A record sent back to its author: clinical reference, section 8, event "return". */
export type ReturnBody = {
  readonly reason: string
  readonly pointers: readonly ReturnPointer[]
  readonly dueAt: Instant
  readonly returnedBy: StaffId
  readonly returnedAt: Instant
  readonly takeoverReason: string | null
}

/** The author's answer to one pointer, given with the corrected version. */
export type ReturnReply = { readonly path: string; readonly reply: string }

/** The pointers that no reply answers; resubmission waits for every one. */
export function unansweredPointers(
  pointers: readonly ReturnPointer[],
  replies: readonly ReturnReply[],
): readonly ReturnPointer[] {
  const answered = replies.filter(({ reply }) => reply.trim() !== '').map(({ path }) => path)
  return pointers.filter(({ path }) => !answered.includes(path))
}

/** The instant at which the clinic's day `date` is over. */
export function endOfClinicDay(date: CalendarDate, timeZone: string): Instant {
  const noonUtc: Instant = `${date}T12:00:00.000Z`
  return nextMidnight(addMinutes(noonUtc, -offsetMinutes(noonUtc, timeZone)), timeZone)
}

const MINUTES_OF_THE_LONGEST_DAY = 25 * 60 + 1

/** First whole minute after `instant` on which the wall clock of `timeZone` shows another date. */
function nextMidnight(instant: Instant, timeZone: string): Instant {
  const today = dateInZone(instant, timeZone)
  const wholeMinute = new Date(Math.floor(Date.parse(instant) / 60_000) * 60_000).toISOString()
  let same = 0
  let other = MINUTES_OF_THE_LONGEST_DAY
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (dateInZone(addMinutes(wholeMinute, middle), timeZone) === today) same = middle
    else other = middle
  }
  return addMinutes(wholeMinute, other)
}
