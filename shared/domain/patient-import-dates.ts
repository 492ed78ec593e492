import type { CalendarDate } from '../kernel/time.ts'
import type { Born } from './patient.ts'
import { type DateOrder, type DateShape, readBirthDate } from './patient-birth-date.ts'

/** How the dates of a whole column are read; a month in letters is read in any of them. */
export type ColumnDateShape = Exclude<DateShape, 'NAMED'>

export type ColumnDates = {
  readonly shape: ColumnDateShape
  /** False where the dates fit two orders equally well, so that the clinic's own order decided. */
  readonly isCertain: boolean
  /** Dates that can only be read in another order. */
  readonly contradicting: number
  readonly unreadable: number
  readonly blank: number
}

/**
 * Reads the date order off the whole column: the order in which most dates exist. One `25/12/1990` settles a column
 * of ambiguous ones. Where nothing tells, the clinic's own order is taken and said.
 */
export function detectColumnDates(texts: readonly string[], clinicOrder: DateOrder, today: CalendarDate): ColumnDates {
  const countByShape: Record<ColumnDateShape, number> = { YMD: 0, DMY: 0, MDY: 0 }
  let readable = 0
  let unreadable = 0
  let blank = 0
  for (const text of texts) {
    if (isBlankDate(text)) {
      blank++
      continue
    }
    const readings = readBirthDate(text, clinicOrder, today)
    if (readings.length === 0) {
      unreadable++
      continue
    }
    readable++
    if (readings.some((reading) => reading.shape === 'NAMED')) {
      for (const shape of columnShapes) countByShape[shape]++
      continue
    }
    const shapes = new Set(shapesOf(text, clinicOrder, today))
    for (const shape of columnShapes) if (shapes.has(shape)) countByShape[shape]++
  }
  const preferred: readonly ColumnDateShape[] = [clinicOrder, clinicOrder === 'MDY' ? 'DMY' : 'MDY', 'YMD']
  const most = Math.max(...Object.values(countByShape))
  const shape = preferred.find((one) => countByShape[one] === most) ?? clinicOrder
  const isCertain = readable === 0 || columnShapes.filter((one) => countByShape[one] === most).length === 1
  return { shape, isCertain, contradicting: readable - most, unreadable, blank }
}

export const bornNotices = ['BORN_MISSING', 'BORN_IMPOSSIBLE', 'BORN_OTHER_ORDER', 'BORN_CENTURY_GUESSED'] as const
export type BornNotice = (typeof bornNotices)[number]

/**
 * Reads one date of a column. A date that does not exist, or only in another order than the column's, is kept as
 * text with the birth date unknown: a wrong birth date is worse than none.
 */
export function readColumnDate(
  text: string,
  shape: ColumnDateShape,
  today: CalendarDate,
): Born & { readonly notice: BornNotice | null } {
  if (isBlankDate(text)) return { bornOn: null, bornText: null, notice: 'BORN_MISSING' }
  const readings = readBirthDate(text, shape === 'DMY' ? 'DMY' : 'MDY', today)
  const fitting = readings.find((reading) => reading.shape === 'NAMED') ?? readingIn(shape, text, today)
  if (fitting === undefined) {
    const notice = readings.length === 0 ? 'BORN_IMPOSSIBLE' : 'BORN_OTHER_ORDER'
    return { bornOn: null, bornText: text.trim().slice(0, 40), notice }
  }
  const notice = fitting.isCenturyGuessed ? 'BORN_CENTURY_GUESSED' : null
  return { bornOn: fitting.date, bornText: null, notice }
}

const columnShapes = ['YMD', 'DMY', 'MDY'] as const

/** What other systems write where they have no date. */
function isBlankDate(text: string): boolean {
  return /^(?:|n\/?a|none|null|nil|unknown|unk|[-?.]+|0[0/.-]*)$/i.test(text.trim())
}

/** `03/03/1990` is the same day in two orders; both count, as neither contradicts. */
function shapesOf(text: string, order: DateOrder, today: CalendarDate): readonly ColumnDateShape[] {
  return columnShapes.filter((shape) => readingIn(shape, text, today, order) !== undefined)
}

function readingIn(shape: ColumnDateShape, text: string, today: CalendarDate, order: DateOrder = 'DMY') {
  // A day that is the same in two orders is listed under the order asked for, so each is asked for by itself.
  return readBirthDate(text, shape === 'YMD' ? order : shape, today).find((reading) => reading.shape === shape)
}
