import { addDays, addMonths, type CalendarDate, isCalendarDate } from '../kernel/time.ts'
import { gs1ShapeByIdentifier } from './gs1-identifiers.ts'

/** The character that ends a part of variable length (FNC1 on the label, ASCII 29 from a scanner). */
export const gs1Separator = '\u001d'
/** The same as a field shows it and as it travels: no control character is stored or sent. */
export const gs1SeparatorSign = '\u241d'

export const stockCodeWarnings = ['CHECK_DIGIT_WRONG', 'DATE_IMPOSSIBLE', 'PART_UNREADABLE'] as const
/** Something on the label is not as it should be; what was read is kept, because the box in the hand is the fact. */
export type StockCodeWarning = (typeof stockCodeWarnings)[number]

export type Gs1Code = {
  readonly kind: 'GS1'
  /** (01): the device identifier of the UDI. */
  readonly gtin: string | null
  /** (10), as printed. */
  readonly lotRaw: string | null
  /** (17). */
  readonly expiresOn: CalendarDate | null
  /** (11). */
  readonly madeOn: CalendarDate | null
  /** (21). */
  readonly serial: string | null
  /** Every other part, `[identifier, value]`, in order. */
  readonly others: readonly (readonly [identifier: string, value: string])[]
  readonly warnings: readonly StockCodeWarning[]
}

/** What was typed or scanned into a field: a GS1 code, an HIBCC code (recognised, not taken apart), or plain text. */
export type StockCode =
  | Gs1Code
  | { readonly kind: 'HIBCC'; readonly text: string }
  | { readonly kind: 'PLAIN'; readonly text: string }

/**
 * Reads a label (clinical reference, section 4: (01) GTIN, (10) lot, (17) expiry, (11) made, (21) serial). Takes what a
 * keyboard-wedge scanner types, with or without its symbology prefix, and the text under the bars with its brackets.
 * `today` decides the century of a two-digit year.
 */
export function readStockCode(typed: string, today: CalendarDate): StockCode {
  const text = typed.trim().replaceAll(gs1SeparatorSign, gs1Separator)
  const isHibcc = /^(?:\](?:A0|C0|d1|Q0))?\+[A-Z][A-Z0-9]{3}[A-Z0-9.$/ +%-]+$/i
  if (isHibcc.test(text)) return { kind: 'HIBCC', text: typed.trim() }
  const parts = /^\(\d{2,4}\)/.test(text) ? splitBracketed(text) : splitScanned(text)
  return parts === null ? { kind: 'PLAIN', text: typed.trim() } : codeOf(parts, today)
}

/** The lot a typed or scanned text names: that of a GS1 code, otherwise the text itself. */
export function lotOfText(typed: string, today: CalendarDate): string {
  const code = readStockCode(typed, today)
  return code.kind === 'GS1' ? (code.lotRaw ?? '') : code.text
}

/** Whether the last digit of a GTIN is the one that the others ask for (GS1 modulo 10). */
export function hasRightCheckDigit(digits: string): boolean {
  const weighted = [...digits]
    .reverse()
    .slice(1)
    .reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return (10 - (weighted % 10)) % 10 === Number(digits.at(-1))
}

type Part = { readonly identifier: string; readonly value: string; readonly isWhole: boolean }

/** "(01)0085...(10)MN24-0917B": a bracket opens a part only where it holds an identifier that exists. */
function splitBracketed(text: string): readonly Part[] | null {
  const parts: Part[] = []
  for (const piece of text.split(/(?=\(\d{2,4}\))/)) {
    const [, identifier = '', rest = ''] = /^\((\d{2,4})\)(.*)$/s.exec(piece) ?? []
    const last = parts.pop()
    if (last && !gs1ShapeByIdentifier.has(identifier)) {
      parts.push({ ...last, value: last.value + piece })
      continue
    }
    if (last) parts.push(last)
    const value = rest.replaceAll(gs1Separator, '')
    parts.push({ identifier, value, isWhole: fits(identifier, value) })
  }
  return parts.every(({ identifier }) => gs1ShapeByIdentifier.has(identifier)) ? parts : null
}

/** Null where nothing says that this is a code: a lot number may begin with any digits. */
function splitScanned(text: string): readonly Part[] | null {
  const prefix = /^\](?:C1|d2|e0|e1|Q3|J1)/.exec(text)?.[0] ?? ''
  const isMarked = prefix !== '' || text.includes(gs1Separator)
  let rest = text.slice(prefix.length).replace(new RegExp(`^${gs1Separator}`), '')
  if (!isMarked && !/^01\d{14}(?:1[0-7]|21|$)/.test(rest)) return null
  const parts: Part[] = []
  while (rest !== '') {
    const taken = takePart(rest)
    parts.push(taken.part)
    rest = taken.rest
  }
  return parts
}

function takePart(text: string): { readonly part: Part; readonly rest: string } {
  const identifier = [2, 3, 4].map((length) => text.slice(0, length)).find((known) => gs1ShapeByIdentifier.has(known))
  const shape = identifier === undefined ? undefined : gs1ShapeByIdentifier.get(identifier)
  if (identifier === undefined || !shape) return { part: { identifier: '', value: text, isWhole: false }, rest: '' }
  const after = text.slice(identifier.length)
  const end = after.indexOf(gs1Separator)
  const length = shape.components.reduce((sum, component) => sum + component.max, 0)
  const value = shape.isPredefined ? after.slice(0, length) : end < 0 ? after : after.slice(0, end)
  const rest = after.slice(value.length).replace(new RegExp(`^${gs1Separator}`), '')
  return { part: { identifier, value, isWhole: fits(identifier, value) }, rest }
}

function fits(identifier: string, value: string): boolean {
  const shape = gs1ShapeByIdentifier.get(identifier)
  if (!shape) return false
  const components = shape.components.map(
    ({ digitsOnly, min, max }) => `${digitsOnly ? '\\d' : '[!-~ ]'}{${min},${max}}`,
  )
  return new RegExp(`^${components.join('')}$`).test(value)
}

function codeOf(parts: readonly Part[], today: CalendarDate): Gs1Code {
  const value = (identifier: string) => parts.find((part) => part.identifier === identifier)?.value || null
  const gtin = value('01')
  const dates = [value('17'), value('11')].map((date) => (date === null ? null : readDate(date, today)))
  const [expiresOn = null, madeOn = null] = dates
  const isDateLost = [value('17'), value('11')].some((date, index) => date !== null && dates[index] === null)
  return {
    kind: 'GS1',
    gtin,
    lotRaw: value('10'),
    expiresOn,
    madeOn,
    serial: value('21'),
    others: parts
      .filter(({ identifier }) => !['01', '10', '11', '17', '21'].includes(identifier))
      .map((part) => [part.identifier, part.value] as const),
    warnings: [
      ...(gtin !== null && /^\d{14}$/.test(gtin) && !hasRightCheckDigit(gtin) ? (['CHECK_DIGIT_WRONG'] as const) : []),
      ...(isDateLost ? (['DATE_IMPOSSIBLE'] as const) : []),
      ...(parts.some((part) => !part.isWhole) ? (['PART_UNREADABLE'] as const) : []),
    ],
  }
}

/** YYMMDD; day 00 is the last of the month, and the year lies within fifty of today's (GS1 General Specifications). */
function readDate(digits: string, today: CalendarDate): CalendarDate | null {
  const [, yy = '', month = '', day = ''] = /^(\d{2})(\d{2})(\d{2})$/.exec(digits) ?? []
  if (yy === '') return null
  const thisYear = Number(today.slice(0, 4))
  const gap = Number(yy) - (thisYear % 100)
  const century = Math.floor(thisYear / 100) + (gap > 50 ? -1 : gap < -49 ? 1 : 0)
  const first = `${century}${yy}-${month}-01`
  if (!isCalendarDate(first)) return null
  const date = day === '00' ? addDays(addMonths(first, 1), -1) : `${century}${yy}-${month}-${day}`
  return isCalendarDate(date) ? date : null
}
