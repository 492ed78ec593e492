import type { PatientId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'
import { addDays, addMonths, daysBetween } from '../kernel/time.ts'
import { type StandardView, standardViews } from './photo.ts'
import type { ClinicSettings, PolicyBody } from './policy.ts'
import type { Role } from './roles.ts'
import type { Indication, ZonePlace } from './zones.ts'

export const seriesStatuses = ['PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'ENDED_EARLY', 'MAINTENANCE'] as const
export type SeriesStatus = (typeof seriesStatuses)[number]

/** TAKEN: in this program, the views of `photoViews` before every session. */
export const photoPlans = ['TAKEN', 'DECLINED', 'KEPT_ELSEWHERE'] as const
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
  /** Empty unless photos are taken here. */
  readonly photoViews: readonly StandardView[]
  readonly status: SeriesStatus
  /** Required where the series is on hold or ended early. */
  readonly statusReason: string | null
  /** Months between maintenance sessions, 3 to 12; null until a physician takes the course over to maintenance. */
  readonly maintenanceMonths: number | null
}

/** The bounds of `maintenanceMonths` (clinical reference, section 9). */
export const maintenanceMonthBounds = { from: 3, to: 12 } as const

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

/** A finished course goes over to maintenance, and its interval is set anew, by a physician (section 9). */
export function mayMaintainSeries(from: SeriesStatus, by: readonly Role[]): boolean {
  return (
    by.includes('physician') && (from === 'MAINTENANCE' || (from !== 'ON_HOLD' && mayMoveSeries(from, 'MAINTENANCE')))
  )
}

/** What is on hold goes back into the maintenance it was in; everything else gets there with its interval. */
export function mayReturnToMaintenance(series: Pick<SeriesBody, 'status' | 'maintenanceMonths'>): boolean {
  return series.status === 'ON_HOLD' && series.maintenanceMonths !== null
}

/** The views of a plan in the order of the protocol; none where photos are not taken here. */
export function viewsToKeep({
  photos,
  photoViews,
}: Pick<SeriesBody, 'photos' | 'photoViews'>): readonly StandardView[] {
  return photos === 'TAKEN' ? standardViews.filter((view) => photoViews.includes(view)) : []
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

/** When the next session of the course is due: in maintenance by its own interval, and not at all once it is over. */
export function courseNextDueOn(
  series: Pick<SeriesBody, 'status' | 'sessionsPlanned' | 'intervalMonths' | 'maintenanceMonths'>,
  performedOn: readonly CalendarDate[],
  settings: Pick<ClinicSettings, 'maintenanceMonths'>,
): CalendarDate | null {
  const last = [...performedOn].sort().at(-1) ?? null
  if (series.status === 'MAINTENANCE') return nextDueOn(last, series.maintenanceMonths ?? settings.maintenanceMonths)
  return isCourseOver(series, performedOn) ? null : nextDueOn(last, series.intervalMonths)
}

function isCourseOver(
  { status, sessionsPlanned }: Pick<SeriesBody, 'status' | 'sessionsPlanned'>,
  performedOn: readonly CalendarDate[],
): boolean {
  return status === 'COMPLETED' || status === 'ENDED_EARLY' || performedOn.length >= sessionsPlanned
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
 * session is done or the series has ended early, and where nothing was performed. Sign-off does not move it, and in
 * maintenance neither does a later session: there the first review stays where the course ended, and every further
 * one follows a year after the one before.
 */
export function outcomeReviewFor(
  series: Pick<SeriesBody, 'status' | 'sessionsPlanned'> & {
    readonly performedOn: readonly CalendarDate[]
    /** Days of the reviews that took place; none where nothing is said. */
    readonly reviewedOn?: readonly CalendarDate[]
  },
  settings: Pick<ClinicSettings, 'outcomeReviewMonths' | 'outcomeReviewWindowDays' | 'maintenanceReviewMonths'>,
): OutcomeReview | null {
  const performedOn = [...series.performedOn].sort()
  const isMaintained = series.status === 'MAINTENANCE'
  const last = (isMaintained ? performedOn.slice(0, series.sessionsPlanned) : performedOn).at(-1)
  if (last === undefined) return null
  if (!isMaintained && !isCourseOver(series, performedOn)) return null
  const reviewed = isMaintained ? [...(series.reviewedOn ?? [])].sort().at(-1) : undefined
  const dueOn =
    reviewed === undefined
      ? addMonths(last, settings.outcomeReviewMonths)
      : addMonths(reviewed, settings.maintenanceReviewMonths)
  return {
    dueOn,
    fromOn: addDays(dueOn, -settings.outcomeReviewWindowDays),
    untilOn: addDays(dueOn, settings.outcomeReviewWindowDays),
  }
}

export type SeriesProblem = {
  readonly code:
    | 'GOALS_MISSING'
    | 'SESSIONS_OUT_OF_RANGE'
    | 'STATUS_REASON_MISSING'
    | 'MAINTENANCE_OUT_OF_RANGE'
    | 'PHOTO_VIEWS_MISSING'
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
  const { maintenanceMonths } = series
  const { from, to } = maintenanceMonthBounds
  const isOutside = maintenanceMonths !== null && (maintenanceMonths < from || maintenanceMonths > to)
  if (isOutside || (series.status === 'MAINTENANCE' && maintenanceMonths === null)) {
    problems.push({ code: 'MAINTENANCE_OUT_OF_RANGE', path: 'maintenanceMonths' })
  }
  if (series.photos === 'TAKEN' && series.photoViews.length === 0) {
    problems.push({ code: 'PHOTO_VIEWS_MISSING', path: 'photoViews' })
  }
  return problems
}
