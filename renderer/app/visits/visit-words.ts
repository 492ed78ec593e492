import type { DayVisit } from '../../../shared/contract/visit.ts'
import type { Block, BlockCode, StepKind } from '../../../shared/domain/next-step.ts'
import type { VisitCancelReason, VisitService } from '../../../shared/domain/visit.ts'
import { formatDate, formatTime } from '../../parts/format.ts'

export const serviceWords: Readonly<Record<VisitService, string>> = {
  SESSION: 'Session',
  MAINTENANCE: 'Maintenance',
  CONSULTATION: 'Consultation',
  FOLLOW_UP_CHECK: 'Follow-up check',
  OUTCOME_REVIEW: 'Outcome review',
  OTHER: 'Other',
}

export const cancelReasonWords: Readonly<Record<VisitCancelReason, string>> = {
  PATIENT: 'The patient cancelled',
  CLINIC: 'The clinic cancelled',
  NO_SHOW: 'Did not come',
  MISTAKE: 'Entered by mistake',
}

/** `Session 3 of 4 · cheeks`. */
export function serviceText({ service, serviceNote, series }: DayVisit): string {
  const words =
    series && service === 'SESSION'
      ? `Session ${series.sessionNo} of ${Math.max(series.sessionsPlanned, series.sessionNo)}`
      : serviceWords[service]
  return serviceNote ? `${words} · ${serviceNote}` : words
}

/** `L. Brook`; a title stays: `Dr Okafor`. */
export function shortStaffName(printedName: string | null): string {
  if (printedName === null) return 'Nobody'
  const words = printedName.split(' ').filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  if (words.length < 2) return last
  return /^Dr\.?$/.test(words[0] ?? '') ? `Dr ${last}` : `${(words[0] ?? '').charAt(0)}. ${last}`
}

export type StepText = {
  readonly text: string
  readonly tone: 'plain' | 'amber' | 'red'
}

/** The last column: what comes next, or why not. */
export function nextStepText(visit: DayVisit, timeZone: string): StepText {
  if (visit.status === 'CANCELLED') {
    return { text: cancelReasonWords[visit.cancelReason ?? 'MISTAKE'], tone: 'plain' }
  }
  const { care } = visit
  if (care === null) return { text: '', tone: 'plain' }
  const { step, toDo, blocks } = care.next
  const [block] = blocks
  if (block) return { text: `Blocked – ${blockText(block)}`, tone: 'red' }
  if (toDo.length > 0) {
    const isConsentMissing = toDo.includes('CONSENT')
    return { text: toDoText(toDo, visit.status === 'EXPECTED'), tone: isConsentMissing ? 'amber' : 'plain' }
  }
  if (step === 'LOG' && care.startedAt !== null) {
    return { text: `Needling since ${formatTime(care.startedAt, timeZone)}`, tone: 'plain' }
  }
  return { text: stepWords[step], tone: step === 'CORRECT' ? 'amber' : 'plain' }
}

/** Short enough for the row; the whole sentence is `blockSentence`. */
export function blockText({ code, on }: Block): string {
  const words = blockWords[code]
  return code === 'ORDER_ENDED' && on !== null ? `${words} ${formatDate(on)}` : words
}

/** Why it is blocked and what lifts it. */
export function blockSentence(block: Block): string {
  return `${whyBlocked(block)} ${liftSentences[block.code]}`
}

const stepWords: Readonly<Record<StepKind, string>> = {
  NONE: 'Done',
  SCREEN_FULL: 'Full screening form',
  SCREEN_SHORT: 'Screening today',
  CONSENT: 'Consent',
  START: 'Ready to start',
  LOG: 'Needling',
  SUBMIT: 'Log to submit',
  CORRECT: 'Returned, to correct',
  WAITS_FOR_SIGN_OFF: 'Submitted for sign-off',
  SIGNED: 'Signed',
  TALK: 'Ready',
}

/** On the one button of the row. */
export const stepButtonWords: Readonly<Record<StepKind, string>> = {
  NONE: 'Chart',
  SCREEN_FULL: 'Screen',
  SCREEN_SHORT: 'Screen',
  CONSENT: 'Consent',
  START: 'Start',
  LOG: 'Log',
  SUBMIT: 'Submit',
  CORRECT: 'Correct',
  WAITS_FOR_SIGN_OFF: 'Open',
  SIGNED: 'Open',
  TALK: 'Chart',
}

const blockWords: Readonly<Record<BlockCode, string>> = {
  RED_FLAG: 'red flag',
  COMPLICATION: 'open complication',
  SCREENING_STOP: 'an answer stops it',
  CLEARANCE_NEEDED: 'clearance needed',
  CONSENT_WITHDRAWN: 'consent withdrawn',
  OWN_CONSENT_NEEDED: 'own consent, of age',
  SERIES_MISSING: 'no course',
  SERIES_NOT_OPEN: 'course on hold',
  INTERVAL_TOO_SHORT: 'too soon',
  PREVIOUS_SESSION_UNSIGNED: 'last one unsigned',
  ORDER_MISSING: 'no order',
  ORDER_ENDED: 'order ended',
  ORDER_NO_SESSIONS_LEFT: 'order used up',
  POLICY_MISSING: 'no approved policy',
  PRACTITIONER_MISSING: 'nobody to treat',
  LICENCE_MISSING: 'no licence on file',
  LICENCE_EXPIRED: 'licence expired',
}

function whyBlocked({ code, on }: Block): string {
  if (code === 'ORDER_MISSING') return 'There is no treatment order.'
  if (code === 'SERIES_MISSING') return 'No course of treatment is planned.'
  if (code === 'PREVIOUS_SESSION_UNSIGNED') return 'The session before this one is not signed yet.'
  if (code === 'PRACTITIONER_MISSING') return 'Nobody is named who treats.'
  if (code === 'INTERVAL_TOO_SHORT' && on !== null)
    return `The last session is too recent; time alone is enough from ${formatDate(on)}.`
  if (code === 'LICENCE_EXPIRED' && on !== null) return `The practitioner’s licence expired on ${formatDate(on)}.`
  if (code === 'ORDER_ENDED' && on !== null) return `The treatment order ended on ${formatDate(on)}.`
  const until = on === null ? '' : ` Time alone lifts it on ${formatDate(on)}.`
  const words = blockWords[code]
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.${until}`
}

const liftSentences: Readonly<Record<BlockCode, string>> = {
  RED_FLAG: 'A physician acknowledges it and decides.',
  COMPLICATION: 'A physician lifts the block on the complication.',
  SCREENING_STOP: 'A physician looks at the answers; some stops only time or healing lifts.',
  CLEARANCE_NEEDED: 'A physician clears it in writing.',
  CONSENT_WITHDRAWN: 'Only a new consent by the patient lifts it.',
  OWN_CONSENT_NEEDED: 'The patient signs for themselves.',
  SERIES_MISSING: 'Plan a course in the chart.',
  SERIES_NOT_OPEN: 'A physician resumes the course.',
  INTERVAL_TOO_SHORT: 'Earlier than that a physician clears the interval.',
  PREVIOUS_SESSION_UNSIGNED: 'The supervising physician signs it.',
  ORDER_MISSING: 'A physician writes one after the examination.',
  ORDER_ENDED: 'A physician writes a new one after the examination.',
  ORDER_NO_SESSIONS_LEFT: 'A physician writes a new one.',
  POLICY_MISSING: 'A physician approves the clinic’s policy.',
  PRACTITIONER_MISSING: 'Name a practitioner for this visit.',
  LICENCE_MISSING: 'The practice manager enters the licence.',
  LICENCE_EXPIRED: 'The practice manager enters the renewed licence, or another practitioner treats.',
}

function toDoText(toDo: readonly string[], isExpected: boolean): string {
  const words = [
    ...(toDo.includes('SCREEN_FULL') ? [toDo.length > 1 ? 'full screening' : 'full screening form'] : []),
    ...(toDo.includes('SCREEN_SHORT') ? ['screening today'] : []),
    ...(toDo.includes('CONSENT') ? [isExpected || toDo.length > 1 ? 'consent' : 'consent to sign now'] : []),
  ].join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
