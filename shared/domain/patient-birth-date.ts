import type { CalendarDate } from '../kernel/time.ts'
import { isCalendarDate } from '../kernel/time.ts'
import { earliestBirth } from './patient.ts'

/** Which number comes first where a date does not say so itself: a setting of the clinic. */
export const dateOrders = ['MDY', 'DMY'] as const
export type DateOrder = (typeof dateOrders)[number]

/** How the numbers of a written date were taken. `NAMED` has its month in letters and cannot be misread. */
export const dateShapes = ['YMD', 'DMY', 'MDY', 'NAMED'] as const
export type DateShape = (typeof dateShapes)[number]

export type DateReading = {
  readonly date: CalendarDate
  readonly shape: DateShape
  /** The year was written with two digits and the century is a guess: the latest one that is not in the future. */
  readonly isCenturyGuessed: boolean
}

/**
 * Every birth date that `text` can mean, likeliest first; empty where it is none. Read are `14/3/1984`, `14.3.84`,
 * `1984-03-14`, `14 mar 84`, `March 14, 1984`, `19840314`, `14031984`, `840314` and the like; a time of day behind
 * the date is dropped. Readings in the future, or older than anybody, are left out.
 */
export function readBirthDate(text: string, order: DateOrder, today: CalendarDate): readonly DateReading[] {
  const written = text
    .trim()
    .toLowerCase()
    .replace(/[ t]\d{1,2}:\d{2}.*$/, '')
  const numbers = namedNumbers(written) ?? separatedNumbers(written) ?? compactNumbers(written)
  if (numbers === null) return []
  const readings: DateReading[] = []
  const shapes = [...numbers].sort((a, b) => preference(a, order) - preference(b, order))
  // The recent century of every reading goes before the older one of any.
  for (const century of ['LATEST', 'EARLIER'] as const) {
    for (const { shape, year, month, day } of shapes) {
      const fullYear = yearOf(year, century, today)
      if (fullYear === null) continue
      const date = `${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
      if (!isCalendarDate(date) || date > today || date < earliestBirth(today)) continue
      if (readings.some((known) => known.date === date)) continue
      readings.push({ date, shape, isCenturyGuessed: year.length === 2 && canBeTwoCenturies(year, today) })
    }
  }
  return readings
}

/** The years that two or four digits can mean, latest first; empty where nobody alive was born then. */
export function readBirthYear(digits: string, today: CalendarDate): readonly number[] {
  const years = [yearOf(digits, 'LATEST', today), yearOf(digits, 'EARLIER', today)]
  const [earliest, latest] = [Number(earliestBirth(today).slice(0, 4)), Number(today.slice(0, 4))]
  return [...new Set(years.filter((year) => year !== null).map(Number))].filter(
    (year) => year >= earliest && year <= latest,
  )
}

/** True where `text` has the shape of a date, whether or not such a day exists. */
export function looksLikeDate(text: string): boolean {
  const written = text.trim().toLowerCase()
  return (namedNumbers(written) ?? separatedNumbers(written)) !== null || /^(?:19|20)\d{6}$/.test(written)
}

/** The month that three or more letters begin, 1-12, or null: `mar`, `sept`, `march`. English, as the interface is. */
export function readMonth(word: string): number | null {
  if (word.length < 3) return null
  const index = MONTHS.findIndex((month) => month.startsWith(word))
  return index < 0 ? null : index + 1
}

type Numbers = {
  readonly shape: DateShape
  readonly year: string
  readonly month: string
  readonly day: string
  readonly isCompact: boolean
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

function namedNumbers(text: string): readonly Numbers[] | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]*([a-z]{3,9})[\s.,/-]*(\d{4}|\d{2})$/.exec(text)
  if (dayFirst) return named(dayFirst[3], dayFirst[2], dayFirst[1])
  const monthFirst = /^([a-z]{3,9})[\s./-]*(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]+(\d{4}|\d{2})$/.exec(text)
  if (monthFirst) return named(monthFirst[3], monthFirst[1], monthFirst[2])
  const yearFirst = /^(\d{4})[\s.,/-]*([a-z]{3,9})[\s.,/-]*(\d{1,2})$/.exec(text)
  return yearFirst ? named(yearFirst[1], yearFirst[2], yearFirst[3]) : null
}

function named(year = '', monthName = '', day = ''): readonly Numbers[] | null {
  const month = readMonth(monthName)
  return month === null ? null : [{ shape: 'NAMED', year, month: String(month), day, isCompact: false }]
}

function separatedNumbers(text: string): readonly Numbers[] | null {
  const match = /^(\d{1,4})(?:\s*[./-]\s*|\s)(\d{1,2})(?:\s*[./-]\s*|\s)(\d{1,4})$/.exec(text)
  if (!match) return null
  const [first = '', second = '', third = ''] = match.slice(1)
  if (first.length === 4 && third.length <= 2) {
    return [{ shape: 'YMD', year: first, month: second, day: third, isCompact: false }]
  }
  if (first.length > 2 || third.length === 3 || third.length === 1) return null
  const numbers: Numbers[] = [
    { shape: 'DMY', year: third, month: second, day: first, isCompact: false },
    { shape: 'MDY', year: third, month: first, day: second, isCompact: false },
  ]
  if (third.length === 2 && first.length === 2) {
    numbers.push({ shape: 'YMD', year: first, month: second, day: third, isCompact: false })
  }
  return numbers
}

function compactNumbers(text: string): readonly Numbers[] | null {
  if (!/^(?:\d{6}|\d{8})$/.test(text)) return null
  const yearLength = text.length - 4
  const tail = text.slice(4)
  return [
    {
      shape: 'YMD',
      year: text.slice(0, yearLength),
      month: text.slice(yearLength, yearLength + 2),
      day: text.slice(-2),
      isCompact: true,
    },
    { shape: 'DMY', year: tail, month: text.slice(2, 4), day: text.slice(0, 2), isCompact: true },
    { shape: 'MDY', year: tail, month: text.slice(0, 2), day: text.slice(2, 4), isCompact: true },
  ]
}

/** Lower is likelier. A four-digit year in front leaves no doubt; two digits in front are the last thing to think of. */
function preference(numbers: Numbers, order: DateOrder): number {
  if (numbers.shape === 'NAMED' || (numbers.shape === 'YMD' && numbers.year.length === 4)) return 0
  if (numbers.shape === order) return 1
  return numbers.shape === 'YMD' ? 3 : 2
}

function canBeTwoCenturies(digits: string, today: CalendarDate): boolean {
  return readBirthYear(digits, today).length === 2
}

function yearOf(digits: string, century: 'LATEST' | 'EARLIER', today: CalendarDate): string | null {
  if (digits.length === 4) return century === 'LATEST' ? digits : null
  if (digits.length !== 2) return null
  const thisYear = Number(today.slice(0, 4))
  const inThisCentury = Math.floor(thisYear / 100) * 100 + Number(digits)
  const latest = inThisCentury <= thisYear ? inThisCentury : inThisCentury - 100
  return String(century === 'LATEST' ? latest : latest - 100).padStart(4, '0')
}
