import { type CalendarDate, daysBetween } from '../kernel/time.ts'

/** Both days included; sessions are counted by the day on which they were performed. */
export type ReportPeriod = { readonly from: CalendarDate; readonly to: CalendarDate }

export const reportPeriodProblems = ['PERIOD_BACKWARDS', 'PERIOD_TOO_LONG'] as const
export type ReportPeriodProblem = (typeof reportPeriodProblems)[number]

/** Two years, so that this one can stand beside the last. */
export const reportPeriodMaxDays = 731

export function reportPeriodProblem({ from, to }: ReportPeriod): ReportPeriodProblem | null {
  if (to < from) return 'PERIOD_BACKWARDS'
  return daysBetween(from, to) + 1 > reportPeriodMaxDays ? 'PERIOD_TOO_LONG' : null
}

/** The value in the middle; of an even number of values the mean of the two in the middle. Null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}

/** The smallest value that at least nine in ten do not exceed (nearest rank). Null of none. */
export function ninetiethPercentile(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null
}

/** A share of `n` with its 95 % confidence interval; `share`, `low` and `high` are between 0 and 1. */
export type Rate = {
  readonly events: number
  readonly n: number
  readonly share: number
  readonly low: number
  readonly high: number
}

/** The normal quantile that leaves 2.5 % at either end. */
const z = 1.959_963_984_540_054

/**
 * `events` out of `n` with the score interval of Wilson (J Am Stat Assoc 1927; 22: 209-212), which keeps its coverage for
 * the small numbers and rare events of a clinic (Brown, Cai, DasGupta, Stat Sci 2001; 16: 101-133). Null where n is
 * below 1: then there is no rate.
 */
export function rateOf(events: number, n: number): Rate | null {
  if (n < 1) return null
  if (events < 0 || events > n) throw new RangeError(`${events} of ${n} is no share`)
  const share = events / n
  const scale = 1 + z ** 2 / n
  const middle = (share + z ** 2 / (2 * n)) / scale
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))
  // At the ends the interval touches 0 or 1 exactly, which floating point only nearly does.
  return {
    events,
    n,
    share,
    low: events === 0 ? 0 : Math.max(0, middle - reach),
    high: events === n ? 1 : Math.min(1, middle + reach),
  }
}

/** Upper ends in micrometres; the last band has none. For reading only: no rule of treatment uses them. */
export const depthBandEndsUm = [500, 1000, 1500, 2500] as const

export type DepthBand = { readonly aboveUm: number; readonly upToUm: number | null }

/** The band of the deepest zone of a session, as `above < depth <= upTo`. */
export function depthBandOf(depthUm: number): DepthBand {
  const index = depthBandEndsUm.findIndex((end) => depthUm <= end)
  const place = index === -1 ? depthBandEndsUm.length : index
  return { aboveUm: depthBandEndsUm[place - 1] ?? 0, upToUm: depthBandEndsUm[place] ?? null }
}
