import {
  addMinutes,
  ageOn,
  type CalendarDate,
  dateInZone,
  type Instant,
  isCalendarDate,
} from '../../shared/kernel/time.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** `03-Aug-2026`. What is no calendar date (an imported impossible one) is shown as it was typed. */
export function formatDate(date: CalendarDate | string): string {
  if (!isCalendarDate(date)) return date
  return `${date.slice(8, 10)}-${monthName(date)}-${date.slice(0, 4)}`
}

/** `03-Aug`, for columns in which the year cannot be mistaken. */
export function formatDayMonth(date: CalendarDate): string {
  return `${date.slice(8, 10)}-${monthName(date)}`
}

/** `Mon 03-Aug-2026`. */
export function formatWeekdayDate(date: CalendarDate): string {
  return `${weekdays[new Date(`${date}T00:00:00.000Z`).getUTCDay()]} ${formatDate(date)}`
}

/** `10:42` on the clinic's wall clock; `timeZone` is an IANA name. */
export function formatTime(at: Instant, timeZone: string): string {
  return timeFormat(timeZone).format(Date.parse(at)).slice(0, 5)
}

/** `10:42:16`. */
export function formatTimeWithSeconds(at: Instant, timeZone: string): string {
  return timeFormat(timeZone).format(Date.parse(at))
}

/** `03-Aug-2026 10:42`. */
export function formatDateTime(at: Instant, timeZone: string): string {
  return `${formatDate(dateInZone(at, timeZone))} ${formatTime(at, timeZone)}`
}

/** `the end of 04-Aug-2026` for a deadline that is a whole day, else its time. */
export function formatDeadline(at: Instant, timeZone: string): string {
  const isMidnight = formatTime(at, timeZone) === '00:00'
  return isMidnight
    ? `the end of ${formatDate(dateInZone(addMinutes(at, -1), timeZone))}`
    : formatDateTime(at, timeZone)
}

/** `03-Aug 10:42`. */
export function formatDayMonthTime(at: Instant, timeZone: string): string {
  return `${formatDayMonth(dateInZone(at, timeZone))} ${formatTime(at, timeZone)}`
}

/** `03-Aug-2026, 10:47 CDT`, where the zone matters: signatures. */
export function formatDateTimeZone(at: Instant, timeZone: string): string {
  return `${formatDate(dateInZone(at, timeZone))}, ${formatTime(at, timeZone)} ${zoneName(at, timeZone)}`
}

/** `Mon 03-Aug-2026 · 10:42 CDT`, the clock of the top bar. */
export function formatClock(at: Instant, timeZone: string): string {
  return `${formatWeekdayDate(dateInZone(at, timeZone))} · ${formatTime(at, timeZone)} ${zoneName(at, timeZone)}`
}

/** `42y`; under two years in months, `7m`. */
export function formatAge(bornOn: CalendarDate, on: CalendarDate): string {
  const years = ageOn(bornOn, on)
  if (years >= 2) return `${years}y`
  const whole =
    (Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4))) * 12 + Number(on.slice(5, 7)) - Number(bornOn.slice(5, 7))
  return `${Math.max(0, on.slice(8, 10) < bornOn.slice(8, 10) ? whole - 1 : whole)}m`
}

/** `09-Sep-1988 (37y)`; null is written out. */
export function formatBorn(bornOn: CalendarDate | null, on: CalendarDate): string {
  if (bornOn === null) return 'birth date unknown'
  return `${formatDate(bornOn)} (${formatAge(bornOn, on)})`
}

/** Depth setting in mm with two decimals, no unit: `0.75`. */
export function formatMm(depthUm: number): string {
  return (depthUm / 1000).toFixed(2)
}

/** `0.75 mm`. */
export function formatMmUnit(depthUm: number): string {
  return `${formatMm(depthUm)} mm`
}

export type PersonName = {
  readonly familyName: string | null
  readonly givenName: string | null
  readonly preferredName?: string | null
}

/** `Walker, Joanna “Jo”`: imported people may lack one of the two names. */
export function formatName(name: PersonName): string {
  const preferred = name.preferredName ? ` “${name.preferredName}”` : ''
  return `${formatNameWithoutPreferred(name)}${preferred}`
}

/** `Walker, Joanna`. */
export function formatNameWithoutPreferred({ familyName, givenName }: PersonName): string {
  if (familyName && givenName) return `${familyName}, ${givenName}`
  return familyName ?? givenName ?? 'Name unknown'
}

/** `Joanna Walker`, as a person reads their own name. */
export function formatSpokenName({ familyName, givenName }: PersonName): string {
  return [givenName, familyName].filter(Boolean).join(' ') || 'Name unknown'
}

/** `3,803`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Age of a record: `25 min`, `41 h`, `6 days`. Whole units, rounded down. */
export function formatElapsed(minutes: number): string {
  if (minutes < 60) return `${Math.max(0, Math.floor(minutes))} min`
  const hours = Math.floor(minutes / 60)
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}

/** A hash a person can compare: its first 12 digits in groups of four. */
export function formatHash(sha256: string): string {
  return (sha256.slice(0, 12).match(/.{1,4}/g) ?? []).join(' ')
}

/** `1 patient`, `2 patients`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

function monthName(date: CalendarDate): string {
  return months[Number(date.slice(5, 7)) - 1] ?? '???'
}

const timeFormatByZone = new Map<string, Intl.DateTimeFormat>()
function timeFormat(timeZone: string): Intl.DateTimeFormat {
  const known = timeFormatByZone.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  timeFormatByZone.set(timeZone, made)
  return made
}

function zoneName(at: Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }).formatToParts(Date.parse(at))
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}
