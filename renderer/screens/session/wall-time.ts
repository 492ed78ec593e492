import {
  addDays,
  addMinutes,
  type CalendarDate,
  dateInZone,
  type Instant,
  offsetMinutes,
} from '../../../shared/kernel/time.ts'

/** Minutes past midnight that typed text means: `10:18`, `1018`, `9.5`, `9`; null where it means no time. */
export function readTimeText(text: string): number | null {
  const match = /^(\d{1,2})(?:[:. ]?(\d{2}))?$/u.exec(text.trim())
  if (!match) return null
  const hours = Number(match[1])
  const minutes = Number(match[2] ?? '0')
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null
}

/** The moment at which the clinic's wall clock shows this day and time. */
export function instantAt(date: CalendarDate, minutes: number, timeZone: string): Instant {
  const asUtc = addMinutes(`${date}T00:00:00.000Z`, minutes)
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  const once = addMinutes(asUtc, -offsetMinutes(asUtc, timeZone))
  return addMinutes(asUtc, -offsetMinutes(once, timeZone))
}

/**
 * The moment a typed time means next to one that is known: on the same day, or the day before or after where that is
 * nearer, as for a session that runs past midnight.
 */
export function instantNear(known: Instant, minutes: number, timeZone: string): Instant {
  const day = dateInZone(known, timeZone)
  const candidates = [day, addDays(day, -1), addDays(day, 1)].map((date) => instantAt(date, minutes, timeZone))
  const distance = (at: Instant) => Math.abs(Date.parse(at) - Date.parse(known))
  return candidates.reduce((best, at) => (distance(at) < distance(best) ? at : best))
}
