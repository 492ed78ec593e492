import type { Instant } from '../kernel/time.ts'
import { minutesBetween } from '../kernel/time.ts'

/**
 * From when the day is over (**CC**), on the clinic's clock: early enough to come before the records are closed behind the
 * lock, half an hour after the last person left.
 */
const nightFromHour = 17
const nightUntilHour = 6
/** One check a night; where the computer is off at night, one as soon as a day and a half went by without. */
const nightlyAfterHours = 12
const anyTimeAfterHours = 36

/**
 * Whether the whole audit is to be followed from its first row now: at the first quiet moment of the night, or of any hour
 * where the nights passed without one. `since` is the last check, or the first entry where there was none.
 */
export function isFullCheckDue({
  now,
  hour,
  isQuiet,
  since,
}: {
  readonly now: Instant
  /** 0-23, of the clinic's clock. */
  readonly hour: number
  readonly isQuiet: boolean
  readonly since: Instant | null
}): boolean {
  if (!isQuiet || since === null) return false
  const hours = minutesBetween(since, now) / 60
  const isNight = hour >= nightFromHour || hour < nightUntilHour
  return hours >= anyTimeAfterHours || (isNight && hours >= nightlyAfterHours)
}

/** A wall clock that leaves the computer's own by more than this was set (trust design, 4.5). */
const clockStepMs = 2 * 60_000

/** Milliseconds by which the wall clock was set, ahead or back (negative); null where it only went on. */
export function clockStep({ wallMs, ownMs }: { readonly wallMs: number; readonly ownMs: number }): number | null {
  const step = wallMs - ownMs
  return Math.abs(step) > clockStepMs ? step : null
}

/** Seconds by which the clock was set: `BACK 86400`, `FORWARD 3600`. */
export function stepReason(stepMs: number): string {
  return `${stepMs < 0 ? 'BACK' : 'FORWARD'} ${Math.round(Math.abs(stepMs) / 1000)}`
}
