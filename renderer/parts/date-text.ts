import { type DateOrder, readBirthDate, readMonth } from '../../shared/domain/patient-birth-date.ts'
import { addDays, addMonths, type CalendarDate, isCalendarDate } from '../../shared/kernel/time.ts'

export type TypedDate = {
  readonly date: CalendarDate
  /** The other day the same digits can mean, null where there is no doubt. */
  readonly other: CalendarDate | null
}

/** `birth`: never in the future, centuries guessed backwards. `any`: expiry dates, onsets, appointments. */
export type DateKind = 'birth' | 'any'

/**
 * The day that typed text means, null where it means none. Any common form: `14/3/1984`, `14.3.84`, `1984-03-14`,
 * `14 mar 84`, `March 14, 1984`, `19840314`; for `any` also `14 mar`, `14/3`, `today`, `tomorrow`, `yesterday`,
 * `+14`, `-3`, `6w`, `3m`. A two-digit year is the nearest one to today.
 */
export function readDateText(
  text: string,
  options: { readonly kind: DateKind; readonly order: DateOrder; readonly today: CalendarDate },
): TypedDate | null {
  const { kind, order, today } = options
  const written = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (written === '') return null
  if (kind === 'birth') {
    const [first, second] = readBirthDate(written, order, today)
    return first ? { date: first.date, other: second && !first.isCenturyGuessed ? second.date : null } : null
  }
  const relative = readRelative(written, today)
  if (relative !== null) return { date: relative, other: null }
  const readings = readingsOf(written, order, today)
  const [first, second] = readings
  return first === undefined ? null : { date: first, other: second ?? null }
}

function readRelative(written: string, today: CalendarDate): CalendarDate | null {
  if (written === 'today') return today
  if (written === 'tomorrow') return addDays(today, 1)
  if (written === 'yesterday') return addDays(today, -1)
  const match = /^([+-]?)(\d{1,3}) ?(d|days?|w|weeks?|m|months?|y|years?)?$/.exec(written)
  if (!match || (match[1] === '' && match[3] === undefined)) return null
  const count = Number(match[2]) * (match[1] === '-' ? -1 : 1)
  const unit = match[3]?.charAt(0) ?? 'd'
  if (unit === 'd' || unit === 'w') return addDays(today, unit === 'w' ? count * 7 : count)
  return addMonths(today, unit === 'y' ? count * 12 : count)
}

function readingsOf(written: string, order: DateOrder, today: CalendarDate): readonly CalendarDate[] {
  const named =
    /^(?<day>\d{1,2})(?:st|nd|rd|th)?[ .,/-]*(?<month>[a-z]{3,9})\.?[ .,/-]*(?<year>\d{4}|\d{2})?$/.exec(written) ??
    /^(?<month>[a-z]{3,9})[ ./-]*(?<day>\d{1,2})(?:st|nd|rd|th)?(?:[ .,/-]+(?<year>\d{4}|\d{2}))?$/.exec(written)
  if (named?.groups) {
    const { day = '', month = '', year = '' } = named.groups
    const monthNumber = readMonth(month)
    return monthNumber === null ? [] : existing([dateOf(year, String(monthNumber), day, today)])
  }
  const yearFirst =
    /^(\d{4})[ ./-](\d{1,2})[ ./-](\d{1,2})$/.exec(written) ?? /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(written)
  if (yearFirst) return existing([dateOf(yearFirst[1] ?? '', yearFirst[2] ?? '', yearFirst[3] ?? '', today)])
  const separated = /^(\d{1,2})[ ./-]+(\d{1,2})(?:[ ./-]+(\d{4}|\d{2}))?\.?$/.exec(written)
  if (!separated) return []
  const [first = '', second = '', year = ''] = separated.slice(1)
  const dayFirst = dateOf(year, second, first, today)
  const monthFirst = dateOf(year, first, second, today)
  return existing(order === 'DMY' ? [dayFirst, monthFirst] : [monthFirst, dayFirst])
}

function existing(dates: readonly string[]): readonly CalendarDate[] {
  return [...new Set(dates)].filter(isCalendarDate)
}

/** Without a year, or with two digits of one: the reading nearest to today. */
function dateOf(year: string, month: string, day: string, today: CalendarDate): string {
  const [mm, dd] = [month.padStart(2, '0'), day.padStart(2, '0')]
  if (year.length === 4) return `${year}-${mm}-${dd}`
  const thisYear = Number(today.slice(0, 4))
  const century = thisYear - (thisYear % 100)
  const years =
    year === ''
      ? [thisYear, thisYear + 1, thisYear - 1]
      : [century, century + 100, century - 100].map((base) => base + Number(year))
  const distance = (candidate: number) =>
    Math.abs(Date.parse(`${candidate}-${mm}-${dd}`) - Date.parse(today)) || Number.POSITIVE_INFINITY
  const nearest = [...years].sort((a, b) => distance(a) - distance(b))[0] ?? thisYear
  return `${nearest}-${mm}-${dd}`
}
