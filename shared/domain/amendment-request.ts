import type { StaffId } from '../kernel/ids.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { addDays, type CalendarDate } from '../kernel/time.ts'
import { amendmentDueOn } from './addendum.ts'
import type { Role } from './roles.ts'

/**
 * A patient asks the clinic to correct the record: 45 CFR 164.526, clinical reference, section 10. The record itself is
 * never changed: what is accepted becomes an addendum beside it, what is denied keeps the patient's disagreement.
 */
export const amendmentStates = ['OPEN', 'ACCEPTED', 'DENIED'] as const
export type AmendmentState = (typeof amendmentStates)[number]

/** The four grounds on which a request may be denied. */
export const denialGrounds = [
  'ACCURATE_AND_COMPLETE',
  'NOT_CREATED_HERE',
  'NOT_IN_THE_SET',
  'NOT_OPEN_TO_ACCESS',
] as const
export type DenialGround = (typeof denialGrounds)[number]

/** Days that the one extension adds to the sixty. */
const extensionDays = 30

/** Last day to answer: 60 days after the request, 30 more after the one extension. */
export function answerDueOn({
  requestedOn,
  isExtended,
}: {
  readonly requestedOn: CalendarDate
  readonly isExtended: boolean
}): CalendarDate {
  const first = amendmentDueOn(requestedOn)
  return isExtended ? addDays(first, extensionDays) : first
}

/** What has been written about a request so far. */
export type AmendmentFacts = {
  readonly state: AmendmentState
  readonly requestedOn: CalendarDate
  readonly isExtended: boolean
  /** The addendum of an accepted request is being written or stands; false where its text was thrown away. */
  readonly hasAddendum: boolean
  readonly hasDisagreement: boolean
  readonly hasRebuttal: boolean
}

export type AmendmentEvent =
  | { readonly kind: 'EXTEND'; readonly reason: string }
  | { readonly kind: 'ACCEPT'; readonly isRecordSigned: boolean }
  | { readonly kind: 'DENY'; readonly grounds: readonly DenialGround[]; readonly reason: string }
  | { readonly kind: 'DISAGREE'; readonly statement: string }
  | { readonly kind: 'REBUT'; readonly rebuttal: string }

export const amendmentProblems = [
  'AMENDMENT_ANSWERED',
  'AMENDMENT_NEEDS_PHYSICIAN',
  'EXTENDED_ALREADY',
  'EXTENSION_TOO_LATE',
  'EXTENSION_REASON_MISSING',
  'RECORD_NOT_SIGNED',
  'DENIAL_GROUND_MISSING',
  'DENIAL_REASON_MISSING',
  'AMENDMENT_NOT_DENIED',
  'STATEMENT_MISSING',
  'STATEMENT_ON_FILE',
  'NOTHING_TO_REBUT',
] as const
export type AmendmentProblem = (typeof amendmentProblems)[number]

type Actor = { readonly staffId: StaffId; readonly roles: readonly Role[] }

/**
 * OPEN -> ACCEPTED or DENIED, by a physician. The time is extended once, in writing and before it has run out. After a
 * denial the patient's statement is taken once, and the clinic may answer it once. An accepted request whose addendum
 * was thrown away unsigned may be accepted again.
 */
export function decideAmendment({
  facts,
  event,
  actor,
  today,
}: {
  readonly facts: AmendmentFacts
  readonly event: AmendmentEvent
  readonly actor: Actor
  readonly today: CalendarDate
}): Result<AmendmentState, AmendmentProblem> {
  if (event.kind !== 'DISAGREE' && !actor.roles.includes('physician')) return refuse('AMENDMENT_NEEDS_PHYSICIAN')
  switch (event.kind) {
    case 'EXTEND':
      return decideExtension(facts, event.reason, today)
    case 'ACCEPT':
      return decideAcceptance(facts, event.isRecordSigned)
    case 'DENY':
      return decideDenial(facts, event)
    case 'DISAGREE':
      if (facts.state !== 'DENIED') return refuse('AMENDMENT_NOT_DENIED')
      if (facts.hasDisagreement) return refuse('STATEMENT_ON_FILE')
      return event.statement.trim() === '' ? refuse('STATEMENT_MISSING') : accept('DENIED')
    case 'REBUT':
      if (!facts.hasDisagreement || facts.hasRebuttal) return refuse('NOTHING_TO_REBUT')
      return event.rebuttal.trim() === '' ? refuse('STATEMENT_MISSING') : accept('DENIED')
  }
}

function decideExtension(facts: AmendmentFacts, reason: string, today: CalendarDate) {
  if (facts.state !== 'OPEN') return refuse('AMENDMENT_ANSWERED')
  if (facts.isExtended) return refuse('EXTENDED_ALREADY')
  if (today > answerDueOn(facts)) return refuse('EXTENSION_TOO_LATE')
  return reason.trim() === '' ? refuse('EXTENSION_REASON_MISSING') : accept('OPEN' as const)
}

function decideAcceptance({ state, hasAddendum }: AmendmentFacts, isRecordSigned: boolean) {
  const isOpen = state === 'OPEN' || (state === 'ACCEPTED' && !hasAddendum)
  if (!isOpen) return refuse('AMENDMENT_ANSWERED')
  return isRecordSigned ? accept('ACCEPTED' as const) : refuse('RECORD_NOT_SIGNED')
}

function decideDenial(
  { state }: AmendmentFacts,
  { grounds, reason }: { readonly grounds: readonly DenialGround[]; readonly reason: string },
) {
  if (state !== 'OPEN') return refuse('AMENDMENT_ANSWERED')
  if (grounds.length === 0) return refuse('DENIAL_GROUND_MISSING')
  return reason.trim() === '' ? refuse('DENIAL_REASON_MISSING') : accept('DENIED' as const)
}
