import type { PatientId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'
import { addDays, addMonths, daysBetween } from '../kernel/time.ts'
import type { ClinicSettings, PolicyBody } from './policy.ts'
import type { Role } from './roles.ts'
import type { Indication, ZonePlace } from './zones.ts'

export const seriesStatuses = ['PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'ENDED_EARLY', 'MAINTENANCE'] as const
export type SeriesStatus = (typeof seriesStatuses)[number]

export const photoPlans = ['DECLINED', 'KEPT_ELSEWHERE'] as const
export type PhotoPlan = (typeof photoPlans)[number]

/** A course of treatment (clinical reference, section 9). */
export type SeriesBody = {
  readonly schema: 'series/1'
  readonly patientId: PatientId
  readonly goals: readonly Indication[]
  /** The patient's own words. */
  readonly goalText: string
  readonly zones: readonly (ZonePlace & { readonly depthUm: number | null })[]
  /** 1 to 12. */
  readonly sessionsPlanned: number
  readonly intervalMonths: number
  readonly photos: PhotoPlan
  readonly status: SeriesStatus
  /** Required where the series is on hold or ended early. */
  readonly statusReason: string | null
}

/** The bounds of `sessionsPlanned` (clinical reference, section 9). */
export const seriesSessionBounds = { from: 1, to: 12 } as const

const nextStatuses: Readonly<Record<SeriesStatus, readonly SeriesStatus[]>> = {
  PLANNED: ['ACTIVE', 'ON_HOLD', 'ENDED_EARLY'],
  ACTIVE: ['ON_HOLD', 'COMPLETED', 'ENDED_EARLY'],
  ON_HOLD: ['PLANNED', 'ACTIVE', 'MAINTENANCE', 'ENDED_EARLY'],
  COMPLETED: ['MAINTENANCE'],
  ENDED_EARLY: ['ACTIVE', 'MAINTENANCE'],
  MAINTENANCE: ['ON_HOLD', 'COMPLETED', 'ENDED_EARLY'],
}

export function mayMoveSeries(from: SeriesStatus, to: SeriesStatus): boolean {
  return nextStatuses[from].includes(to)
}

/** What was put on hold only a physician lets go on: start gate, clinical reference, section 5. */
export function mayResumeSeries(from: SeriesStatus, to: SeriesStatus, by: readonly Role[]): boolean {
  return from !== 'ON_HOLD' || !allowsSession(to) || by.includes('physician')
}

/** Why a course ended that the patient no longer agrees to (clinical reference, section 6). */
export const withdrawnSeriesReason = 'The patient withdrew the consent'

export function needsStatusReason(status: SeriesStatus): boolean {
  return status === 'ON_HOLD' || status === 'ENDED_EARLY'
}

/** Whether a session may start in a series of this status. */
export function allowsSession(status: SeriesStatus): boolean {
  return status === 'PLANNED' || status === 'ACTIVE' || status === 'MAINTENANCE'
}

/** Last performed session plus the interval, clamped to the month's end; null before the first session. */
export function nextDueOn(lastPerformedOn: CalendarDate | null, intervalMonths: number): CalendarDate | null {
  return lastPerformedOn === null ? null : addMonths(lastPerformedOn, intervalMonths)
}

export const spacings = ['FIRST', 'CLEAR_NEEDED', 'SOON', 'IN_TIME', 'OVERDUE', 'REBASELINE'] as const
export type Spacing = {
  readonly verdict: (typeof spacings)[number]
  /** Days since the last performed session; null before the first. */
  readonly days: number | null
  /** First day on which no physician's clearance is needed, while one is. */
  readonly eligibleOn: CalendarDate | null
}
export type SpacingSettings = Pick<PolicyBody, 'sessionIntervalMinDays'> &
  Pick<ClinicSettings, 'intervalClearUnderDays' | 'overdueAfterDays' | 'rebaselineAfterDays'>

/**
 * How a session on `on` stands to the last performed one (clinical reference, section 9): under 14 days a physician
 * clears it, under 28 it is soon, over 45 overdue, over 90 a new baseline is suggested; all four are settings.
 */
export function judgeSpacing(
  lastPerformedOn: CalendarDate | null,
  on: CalendarDate,
  settings: SpacingSettings,
): Spacing {
  if (lastPerformedOn === null) return { verdict: 'FIRST', days: null, eligibleOn: null }
  const days = daysBetween(lastPerformedOn, on)
  if (days < settings.intervalClearUnderDays) {
    return { verdict: 'CLEAR_NEEDED', days, eligibleOn: addDays(lastPerformedOn, settings.intervalClearUnderDays) }
  }
  if (days < settings.sessionIntervalMinDays) return { verdict: 'SOON', days, eligibleOn: null }
  if (days > settings.rebaselineAfterDays) return { verdict: 'REBASELINE', days, eligibleOn: null }
  if (days > settings.overdueAfterDays) return { verdict: 'OVERDUE', days, eligibleOn: null }
  return { verdict: 'IN_TIME', days, eligibleOn: null }
}

export type OutcomeReview = {
  readonly dueOn: CalendarDate
  readonly fromOn: CalendarDate
  readonly untilOn: CalendarDate
}

/**
 * The outcome review: six months after the last performed session, with its window. Null until the last planned
 * session is done or the series has ended early, and where nothing was performed. Sign-off does not move it.
 */
export function outcomeReviewFor(
  series: Pick<SeriesBody, 'status' | 'sessionsPlanned'> & { readonly performedOn: readonly CalendarDate[] },
  settings: Pick<ClinicSettings, 'outcomeReviewMonths' | 'outcomeReviewWindowDays'>,
): OutcomeReview | null {
  const last = [...series.performedOn].sort().at(-1)
  if (last === undefined) return null
  const isOver =
    series.status === 'COMPLETED' ||
    series.status === 'ENDED_EARLY' ||
    series.performedOn.length >= series.sessionsPlanned
  if (!isOver) return null
  const dueOn = addMonths(last, settings.outcomeReviewMonths)
  return {
    dueOn,
    fromOn: addDays(dueOn, -settings.outcomeReviewWindowDays),
    untilOn: addDays(dueOn, settings.outcomeReviewWindowDays),
  }
}

export type SeriesProblem = {
  readonly code: 'GOALS_MISSING' | 'SESSIONS_OUT_OF_RANGE' | 'STATUS_REASON_MISSING'
  readonly path: string
}

export function checkSeries(series: SeriesBody): readonly SeriesProblem[] {
  const problems: SeriesProblem[] = []
  if (series.goals.length === 0) problems.push({ code: 'GOALS_MISSING', path: 'goals' })
  if (series.sessionsPlanned < seriesSessionBounds.from || series.sessionsPlanned > seriesSessionBounds.to) {
    problems.push({ code: 'SESSIONS_OUT_OF_RANGE', path: 'sessionsPlanned' })
  }
  if (needsStatusReason(series.status) && !series.statusReason?.trim()) {
    problems.push({ code: 'STATUS_REASON_MISSING', path: 'statusReason' })
  }
  return problems
}
