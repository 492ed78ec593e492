import { addDays, addMonths, type CalendarDate, daysBetween } from '../kernel/time.ts'
import type { FollowUpScheduleKind, Grade } from './complication-codes.ts'
import type { ClinicSettings } from './policy.ts'
import { courseNextDueOn, outcomeReviewFor, type SeriesBody } from './series.ts'

/** Everything that stands on the one worklist. */
export const followUpKinds = [
  'DAY_1_MESSAGE',
  'DAY_3_CHECK',
  'DAY_14_CHECK',
  'COMPLICATION_CHECK',
  /** An expected reaction that outlived its window. */
  'REACTION_CHECK',
  'CALL',
  /** Published photographs to be removed after a withdrawal. */
  'TAKE_DOWN',
  /** A patient asks to correct the record: answered in the chart, not on the list. */
  'AMENDMENT_REQUEST',
  'OUTCOME_REVIEW',
  'MAINTENANCE',
] as const
export type FollowUpKind = (typeof followUpKinds)[number]

/** What somebody plans by hand; all others come from a session, a complication or a course. */
export const followUpKindsByHand = ['CALL', 'COMPLICATION_CHECK'] as const

/** Whether its own screen ends it, with a decision: the list alone cannot. */
export function isAnsweredInChart({ kind }: { readonly kind: FollowUpKind }): boolean {
  return kind === 'AMENDMENT_REQUEST'
}

/** What is done by phone; the rest is a message, a visit or desk work. */
export const phonedKinds: readonly FollowUpKind[] = ['CALL', 'DAY_3_CHECK', 'COMPLICATION_CHECK', 'REACTION_CHECK']

/** How it went; NOT_NEEDED: nobody was asked, for a reason that is written down. */
export const followUpResults = ['REACHED', 'MESSAGE_LEFT', 'NOT_REACHED', 'NOT_NEEDED'] as const
export type FollowUpResult = (typeof followUpResults)[number]

export type PlannedFollowUp = {
  readonly kind: 'DAY_1_MESSAGE' | 'DAY_3_CHECK' | 'DAY_14_CHECK' | 'COMPLICATION_CHECK'
  readonly dueOn: CalendarDate
  /** Same-light photographs belong to it. */
  readonly needsPhotos: boolean
}

/** Everyone, after every session: clinical reference, section 7, follow-up cadence (**CC**). */
export type FollowUpSettings = {
  readonly messageDay: number
  readonly checkDay: number
  readonly lateCheckDay: number
  /** Days from the session for PIH. */
  readonly pihDays: readonly number[]
}
export const shippedFollowUpSettings: FollowUpSettings = {
  messageDay: 1,
  checkDay: 3,
  lateCheckDay: 14,
  pihDays: [14, 28, 56, 90, 180],
}

/** Day 1 message, day 3 check, day 14 check; day 0 is the session. */
export function sessionFollowUps(sessionOn: CalendarDate, settings: FollowUpSettings): readonly PlannedFollowUp[] {
  return [
    { kind: 'DAY_1_MESSAGE', dueOn: addDays(sessionOn, settings.messageDay), needsPhotos: false },
    { kind: 'DAY_3_CHECK', dueOn: addDays(sessionOn, settings.checkDay), needsPhotos: false },
    { kind: 'DAY_14_CHECK', dueOn: addDays(sessionOn, settings.lateCheckDay), needsPhotos: false },
  ]
}

/**
 * Follow-ups of a complication, soonest first, from the day after `reportedOn` up to and including `until`.
 * PIH counts from the session and keeps only the dates still ahead; scars and granulomas count calendar months from
 * the report, monthly for six, then quarterly. Otherwise the grade decides: 1 weekly; 2 after 48 h, then weekly;
 * 3 and 4 daily until `stableOn`, then weekly from that day. Grade 5, no grade, or no schedule: none.
 */
export function complicationFollowUps({
  schedule,
  grade,
  sessionOn,
  reportedOn,
  stableOn,
  until,
  settings,
}: {
  readonly schedule: FollowUpScheduleKind
  readonly grade: Grade | null
  readonly sessionOn: CalendarDate
  readonly reportedOn: CalendarDate
  /** When the physician called it stable; null while it is not. */
  readonly stableOn: CalendarDate | null
  readonly until: CalendarDate
  readonly settings: FollowUpSettings
}): readonly PlannedFollowUp[] {
  const dates =
    schedule === 'PIH'
      ? settings.pihDays.map((day) => addDays(sessionOn, day))
      : schedule === 'SCAR'
        ? scarDates(reportedOn, until)
        : schedule === 'GRADE'
          ? gradeDates({ grade, reportedOn, stableOn, until })
          : []
  return dates
    .filter((dueOn) => dueOn > reportedOn && dueOn <= until)
    .map((dueOn) => ({ kind: 'COMPLICATION_CHECK', dueOn, needsPhotos: schedule !== 'GRADE' }))
}

/** The next follow-up of a complication after `after`; null when none is left within two years. */
export function nextFollowUp(
  plan: Omit<Parameters<typeof complicationFollowUps>[0], 'until'>,
  after: CalendarDate,
): PlannedFollowUp | null {
  const horizon = addMonths(after > plan.reportedOn ? after : plan.reportedOn, 24)
  return complicationFollowUps({ ...plan, until: horizon }).find(({ dueOn }) => dueOn > after) ?? null
}

/** The dates of what a course asks for: it may be done from `fromOn`, and is late after `untilOn`. */
export type CourseFollowUp = {
  readonly kind: 'OUTCOME_REVIEW' | 'MAINTENANCE'
  readonly dueOn: CalendarDate
  readonly fromOn: CalendarDate
  readonly untilOn: CalendarDate
}

/**
 * What stands ahead of a course now: the outcome review with its window, and the next maintenance session where the
 * course is in maintenance, by the interval a physician set for it (clinical reference, section 9).
 */
export function courseFollowUps(
  series: Pick<SeriesBody, 'status' | 'sessionsPlanned' | 'intervalMonths' | 'maintenanceMonths'> & {
    readonly performedOn: readonly CalendarDate[]
    readonly reviewedOn?: readonly CalendarDate[]
  },
  settings: Pick<
    ClinicSettings,
    'outcomeReviewMonths' | 'outcomeReviewWindowDays' | 'maintenanceMonths' | 'maintenanceReviewMonths'
  >,
): readonly CourseFollowUp[] {
  const review = outcomeReviewFor(series, settings)
  const next = series.status === 'MAINTENANCE' ? courseNextDueOn(series, series.performedOn, settings) : null
  return [
    ...(review ? [{ kind: 'OUTCOME_REVIEW' as const, ...review }] : []),
    ...(next ? [{ kind: 'MAINTENANCE' as const, dueOn: next, fromOn: next, untilOn: next }] : []),
  ]
}

/**
 * An outcome review is reached by rating it; the worklist alone only closes it for who cannot be reached or declines,
 * with the reason (clinical reference, section 9).
 */
export function mayFinishByHand(kind: FollowUpKind, result: FollowUpResult): boolean {
  return kind !== 'OUTCOME_REVIEW' || result !== 'REACHED'
}

export type FollowUpDates = {
  /** First and last day of the window; the same day where there is none. */
  readonly fromOn: CalendarDate
  readonly untilOn: CalendarDate
  readonly doneOn: CalendarDate | null
}

export type FollowUpStatus =
  | { readonly kind: 'DONE' }
  | { readonly kind: 'UPCOMING'; readonly inDays: number }
  | { readonly kind: 'DUE' }
  | { readonly kind: 'OVERDUE'; readonly byDays: number }

/** Computed when read, from dates alone: UPCOMING before the window, DUE in it, OVERDUE after it. */
export function followUpStatus({ fromOn, untilOn, doneOn }: FollowUpDates, today: CalendarDate): FollowUpStatus {
  if (doneOn !== null) return { kind: 'DONE' }
  if (today < fromOn) return { kind: 'UPCOMING', inDays: daysBetween(today, fromOn) }
  return today <= untilOn ? { kind: 'DUE' } : { kind: 'OVERDUE', byDays: daysBetween(untilOn, today) }
}

function gradeDates({
  grade,
  reportedOn,
  stableOn,
  until,
}: {
  readonly grade: Grade | null
  readonly reportedOn: CalendarDate
  readonly stableOn: CalendarDate | null
  readonly until: CalendarDate
}): readonly CalendarDate[] {
  if (grade === null || grade === 5) return []
  if (grade === 1) return every(7, addDays(reportedOn, 7), until)
  if (grade === 2) return every(7, addDays(reportedOn, 2), until)
  const dailyUntil = stableOn !== null && stableOn < until ? stableOn : until
  const daily = every(1, addDays(reportedOn, 1), dailyUntil)
  return stableOn === null ? daily : [...daily, ...every(7, addDays(stableOn, 7), until)]
}

function every(days: number, from: CalendarDate, until: CalendarDate): readonly CalendarDate[] {
  const dates: CalendarDate[] = []
  for (let date = from; date <= until; date = addDays(date, days)) dates.push(date)
  return dates
}

function scarDates(reportedOn: CalendarDate, until: CalendarDate): readonly CalendarDate[] {
  const dates: CalendarDate[] = []
  for (let months = 1; ; months += months < 6 ? 1 : 3) {
    const date = addMonths(reportedOn, months)
    if (date > until) return dates
    dates.push(date)
  }
}
