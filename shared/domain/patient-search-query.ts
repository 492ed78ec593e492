import type { CalendarDate } from '../kernel/time.ts'
import { type DateOrder, looksLikeDate, readBirthDate, readBirthYear, readMonth } from './patient-birth-date.ts'
import { foldChartNumber, nameTokens } from './patient-name.ts'

/** One number somebody typed, with everything it may be; a patient matches when one of these holds. */
export type NumberTerm = {
  readonly text: string
  /** The birth date as the clinic would read it; null where the number is no date. */
  readonly bornOn: CalendarDate | null
  /** Other days it may mean; empty where there is no doubt. */
  readonly otherBornOn: readonly CalendarDate[]
  readonly years: readonly number[]
  /** Beginnings of the birth year that one to three digits may be on the way to; they narrow names down while typing. */
  readonly yearStarts: readonly string[]
  /** Four or more digits that a phone number may end with. */
  readonly phoneDigits: string | null
  /** Folded beginning of a chart number. */
  readonly chartNumber: string | null
}

export type PatientQuery = {
  readonly text: string
  /** Folded words in the order typed. */
  readonly nameTokens: readonly string[]
  /** How many of the words stand before a comma and therefore are the surname; 0 without a comma. */
  readonly surnameTokenCount: number
  readonly numbers: readonly NumberTerm[]
  /** What has the shape of a date but is no day anybody was born on. */
  readonly unreadableDates: readonly string[]
  /** An empty answer to this query means "type more", never "nobody". */
  readonly isTooShort: boolean
}

/**
 * Reads what somebody typed into the search box: names, dates, years, phone tails and chart numbers in any order,
 * e.g. `wal jo`, `walker, jo`, `wal 84`, `14/3/1984`, `14 mar 84`, `840314`, `555 0134`, `C10012`.
 */
export function parsePatientQuery(
  text: string,
  options: { readonly dateOrder: DateOrder; readonly today: CalendarDate },
): PatientQuery {
  const { dateOrder, today } = options
  const numbers: NumberTerm[] = []
  const unreadableDates: string[] = []
  let isUnfinishedDate = false

  const takeDate = (written: string): string => {
    const readings = readBirthDate(written, dateOrder, today)
    const [first, ...others] = readings
    if (first === undefined) {
      if (/[/a-z]/i.test(written)) unreadableDates.push(written)
      // Digits with dashes may still be a phone number.
      return /[/a-z]/i.test(written) ? ' ' : written
    }
    numbers.push({
      text: written,
      bornOn: first.date,
      otherBornOn: others.map((reading) => reading.date),
      years: [],
      yearStarts: [],
      phoneDigits: null,
      chartNumber: null,
    })
    return ' '
  }

  let left = ` ${text.normalize('NFC').slice(0, 200)} `
  left = left.replaceAll(WRITTEN_DATES.dayMonth, (written: string) =>
    isMonthDate(written) ? takeDate(written.trim()) : written,
  )
  left = left.replaceAll(WRITTEN_DATES.monthDay, (written: string) =>
    isMonthDate(written) ? takeDate(written.trim()) : written,
  )
  left = left.replaceAll(WRITTEN_DATES.separated, (written: string) => takeDate(written.trim()))
  left = left.replaceAll(WRITTEN_DATES.spaced, (written: string) => takeDate(written.trim()))
  left = left.replaceAll(WRITTEN_DATES.unfinished, () => {
    isUnfinishedDate = true
    return ' '
  })

  const comma = left.indexOf(',')
  const words: string[] = []
  let surnameTokenCount = 0
  const takePieces = (part: string): void => {
    let digits: string[] = []
    const flush = (): void => {
      if (digits.length > 0) numbers.push(...numberTerms(digits, dateOrder, today))
      digits = []
    }
    for (const piece of part.split(/[\s,;]+/).filter((one) => one !== '')) {
      if (/^[+(]*\d[\d()./-]*$/.test(piece)) {
        digits.push(piece)
        continue
      }
      flush()
      if (/\d/.test(piece)) {
        numbers.push({ ...noTerm, text: piece, chartNumber: foldChartNumber(piece) })
      } else words.push(...nameTokens(piece))
    }
    flush()
  }
  takePieces(comma < 0 ? left : left.slice(0, comma))
  if (comma >= 0) {
    surnameTokenCount = words.length
    takePieces(left.slice(comma + 1))
  }

  return {
    text,
    nameTokens: words,
    surnameTokenCount: surnameTokenCount === words.length ? 0 : surnameTokenCount,
    numbers,
    unreadableDates,
    isTooShort: isUnfinishedDate || isTooShort(words, numbers),
  }
}

/** What a registration form is filled with when nobody was found: the typed text, not its folded form. */
export function registrationDraft(
  text: string,
  options: { readonly dateOrder: DateOrder; readonly today: CalendarDate },
): {
  readonly family: string | null
  readonly given: string | null
  readonly bornOn: CalendarDate | null
  readonly phone: string | null
} {
  const query = parsePatientQuery(text, options)
  const dated = query.numbers.find((number) => number.bornOn !== null)
  let left = ` ${text.normalize('NFC')} `
  for (const { text: written } of query.numbers) left = left.replace(written, ' ')
  for (const written of query.unreadableDates) left = left.replace(written, ' ')
  const [before = '', after] = left.split(',')
  const words = (part: string): string =>
    part
      .replaceAll(/[^\p{L}\p{M}'’ -]/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  const all = words(before).split(' ')
  const [family, given] =
    after === undefined ? [all.at(-1) ?? '', all.slice(0, -1).join(' ')] : [words(before), words(after)]
  const phone = query.numbers.find((number) => number.bornOn === null && (number.phoneDigits?.length ?? 0) >= 7)
  return {
    family: capitalised(family),
    given: capitalised(given),
    bornOn: dated?.bornOn ?? null,
    phone: phone?.text ?? null,
  }
}

const noTerm: NumberTerm = {
  text: '',
  bornOn: null,
  otherBornOn: [],
  years: [],
  yearStarts: [],
  phoneDigits: null,
  chartNumber: null,
}

const WRITTEN_DATES = {
  dayMonth: /(?<![\p{L}\d])\d{1,2}(?:st|nd|rd|th)?[\s.,/-]*[A-Za-z]{3,9}[\s.,/-]*(?:\d{4}|\d{2})(?![\p{L}\d])/gu,
  monthDay: /(?<![\p{L}\d])[A-Za-z]{3,9}[\s./-]*\d{1,2}(?:st|nd|rd|th)?[\s.,/-]+(?:\d{4}|\d{2})(?![\p{L}\d])/gu,
  separated: /(?<!\S)\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?![^\s,;])/g,
  spaced: /(?<!\S)(?:\d{1,2}\s\d{1,2}\s\d{4}|\d{4}\s\d{1,2}\s\d{1,2})(?![^\s,;])/g,
  unfinished: /(?<!\S)\d{1,4}[/.]\d{0,2}(?:[/.]\d?)?(?![^\s,;])/g,
}

function isMonthDate(written: string): boolean {
  const month = /[a-z]{3,}/i.exec(written.replace(/(\d)(?:st|nd|rd|th)/i, '$1'))
  return month !== null && readMonth(month[0].toLowerCase()) !== null && looksLikeDate(written)
}

/** Numbers side by side are one phone number from seven digits on, else each stands for itself. */
function numberTerms(pieces: readonly string[], order: DateOrder, today: CalendarDate): readonly NumberTerm[] {
  const joined = pieces.join('').replaceAll(/\D/g, '')
  if (pieces.length > 1 && joined.length >= 7) return [{ ...noTerm, text: pieces.join(' '), phoneDigits: joined }]
  return pieces.map((piece) => numberTerm(piece, order, today))
}

function numberTerm(piece: string, order: DateOrder, today: CalendarDate): NumberTerm {
  const digits = piece.replaceAll(/\D/g, '')
  const [first, ...others] = readBirthDate(digits, order, today)
  return {
    text: piece,
    bornOn: first?.date ?? null,
    otherBornOn: others.map((reading) => reading.date),
    years: digits.length === 2 || digits.length === 4 ? readBirthYear(digits, today) : [],
    yearStarts: yearStarts(digits, today),
    phoneDigits: digits.length >= 4 ? digits : null,
    chartNumber: foldChartNumber(piece),
  }
}

/** `8` may become `84` or `1984`, `198` only `1984`: the centuries anybody was born in, and the digits themselves. */
function yearStarts(digits: string, today: CalendarDate): readonly string[] {
  if (digits.length > 3) return []
  const centuries = [today.slice(0, 2), String(Number(today.slice(0, 2)) - 1)]
  const starts = digits.length === 1 ? centuries.map((century) => century + digits) : []
  return centuries.some((century) => century.startsWith(digits.slice(0, 2))) ? [...starts, digits] : starts
}

function isTooShort(words: readonly string[], numbers: readonly NumberTerm[]): boolean {
  // Three digits beside a name are a phone, a year or a chart number on their way.
  if (numbers.some((number) => /^\d{1,3}$/.test(number.text) && number.years.length === 0)) return true
  const longest = words.reduce((length, word) => Math.max(length, word.length), 0)
  if (longest >= 3 || words.length >= 2) return false
  if (longest > 0) return numbers.length === 0
  return !numbers.some(
    (number) => number.bornOn !== null || number.phoneDigits !== null || (number.chartNumber?.length ?? 0) >= 4,
  )
}

/** `walker` becomes `Walker`; what was typed with capitals is left as it is. */
function capitalised(name: string): string | null {
  if (name === '') return null
  if (name !== name.toLowerCase()) return name
  return name.replaceAll(/(^|[ -])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase())
}
