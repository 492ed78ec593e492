import { addDays, addMonths, type CalendarDate, daysBetween } from '../kernel/time.ts'
import type { FollowUpScheduleKind, Grade } from './complication-codes.ts'

export const followUpKinds = ['DAY_1_MESSAGE', 'DAY_3_CHECK', 'DAY_14_CHECK', 'COMPLICATION_CHECK'] as const
export type FollowUpKind = (typeof followUpKinds)[number]

export type PlannedFollowUp = {
  readonly kind: FollowUpKind
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

export type FollowUpStatus =
  | { readonly kind: 'DONE' }
  | { readonly kind: 'UPCOMING'; readonly inDays: number }
  | { readonly kind: 'DUE' }
  | { readonly kind: 'OVERDUE'; readonly byDays: number }

/** Computed when read, from dates alone. */
export function followUpStatus(
  followUp: { readonly dueOn: CalendarDate; readonly doneOn: CalendarDate | null },
  today: CalendarDate,
): FollowUpStatus {
  if (followUp.doneOn !== null) return { kind: 'DONE' }
  const days = daysBetween(followUp.dueOn, today)
  if (days < 0) return { kind: 'UPCOMING', inDays: -days }
  return days === 0 ? { kind: 'DUE' } : { kind: 'OVERDUE', byDays: days }
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
