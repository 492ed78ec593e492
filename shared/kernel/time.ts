/** ISO-8601 in UTC with milliseconds, e.g. `2026-08-03T15:42:16.000Z`. */
export type Instant = string & { readonly __instant?: never }
/** Calendar date `yyyy-mm-dd`, never zoned: a birth date is the same day everywhere. */
export type CalendarDate = string & { readonly __calendarDate?: never }

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a date that exists in the Gregorian calendar, years 0001-9999. */
export function isCalendarDate(text: string): text is CalendarDate {
  const match = DATE.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Days in a month; `month` is 1-12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  const at = new Date(`${date}T00:00:00.000Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** Calendar months, clamped to the end of the month: 31 Jan + 1 month = 28 or 29 Feb. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const { year, month, day } = dateParts(date)
  const index = year * 12 + (month - 1) + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return formatDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / 86_400_000)
}

/** Completed years on `on`. Someone born on 29 Feb turns a year older on 1 Mar of a common year. */
export function ageOn(bornOn: CalendarDate, on: CalendarDate): number {
  const born = dateParts(bornOn)
  const day = dateParts(on)
  const hadBirthday = day.month > born.month || (day.month === born.month && day.day >= born.day)
  return day.year - born.year - (hadBirthday ? 0 : 1)
}

export function addMinutes(instant: Instant, minutes: number): Instant {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString()
}

/** Minutes from `from` to `to`, with fractions. */
export function minutesBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000
}

/** The calendar date that the wall clock in `timeZone` (IANA name) shows at `instant`. */
export function dateInZone(instant: Instant, timeZone: string): CalendarDate {
  return zoneFormat(timeZone).format(Date.parse(instant))
}

const formatByZone = new Map<string, Intl.DateTimeFormat>()
function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formatByZone.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formatByZone.set(timeZone, made)
  return made
}

function dateParts(date: CalendarDate): { year: number; month: number; day: number } {
  const match = DATE.exec(date)
  if (!match) throw new Error('not a calendar date')
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

function formatDate(year: number, month: number, day: number): CalendarDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Minutes that the wall clock in `timeZone` is ahead of UTC at `instant`; negative in the Americas. */
export function offsetMinutes(instant: Instant, timeZone: string): number {
  const parts = offsetFormat(timeZone).formatToParts(Date.parse(instant))
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

const offsetFormatByZone = new Map<string, Intl.DateTimeFormat>()
function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  const known = offsetFormatByZone.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  offsetFormatByZone.set(timeZone, made)
  return made
}

/** True for an IANA zone name that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}
