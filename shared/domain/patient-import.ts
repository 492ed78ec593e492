import type { CalendarDate } from '../kernel/time.ts'
import { emptyPatientDetails, type PatientDetails, type Phone, type Sex } from './patient.ts'
import {
  type DuplicateReason,
  duplicateBlocks,
  duplicateScore,
  duplicateThreshold,
  type Identity,
  identityOf,
} from './patient-duplicate.ts'
import type { ColumnMapping, ImportField } from './patient-import-columns.ts'
import { type BornNotice, type ColumnDateShape, readColumnDate } from './patient-import-dates.ts'
import { foldChartNumber, nameTokens } from './patient-name.ts'

export const importVerdicts = ['NEW', 'REVIEW', 'REFUSED'] as const
export type ImportVerdict = (typeof importVerdicts)[number]

/** Why a row cannot become a patient at all. */
export const importRefusals = [
  'NO_NAME',
  'TOO_MANY_CELLS',
  'BROKEN_QUOTES',
  'TEXT_TOO_LONG',
  'UNREADABLE_TEXT',
] as const
export type ImportRefusal = (typeof importRefusals)[number]

/** What a person should know about a row that is taken. */
export const importNotices = [
  'BORN_MISSING',
  'BORN_IMPOSSIBLE',
  'BORN_OTHER_ORDER',
  'BORN_CENTURY_GUESSED',
  'ONE_NAME',
  'KEPT_IN_NOTES',
  'CHART_NUMBER_TAKEN',
] as const satisfies readonly (BornNotice | string)[]
export type ImportNotice = (typeof importNotices)[number]

/** One record of the file; `line` counts from 1, the header's line. */
export type ImportRow = {
  readonly line: number
  readonly cells: readonly string[]
  readonly isBroken: boolean
}

export type ImportCandidate = {
  readonly details: PatientDetails
  /** The number the chart had elsewhere; null where the store gives a new one. */
  readonly chartNumber: string | null
  readonly sourceId: string | null
}

export type ReadRow =
  | { readonly line: number; readonly refusal: ImportRefusal; readonly field: ImportField | null }
  | {
      readonly line: number
      readonly refusal: null
      readonly candidate: ImportCandidate
      readonly notices: readonly ImportNotice[]
    }

/** Reads one row. A missing birth date or one missing name is allowed; a row without any name is refused. */
export function readImportRow(
  row: ImportRow,
  options: {
    readonly mapping: ColumnMapping
    readonly dateShape: ColumnDateShape
    readonly today: CalendarDate
  },
): ReadRow {
  const { line } = row
  if (row.isBroken) return { line, refusal: 'BROKEN_QUOTES', field: null }
  const { mapping } = options
  if (row.cells.slice(mapping.length).some((cell) => cell.trim() !== '')) {
    return { line, refusal: 'TOO_MANY_CELLS', field: null }
  }
  const cellByField = new Map<ImportField, string>()
  for (const [index, field] of mapping.entries()) {
    if (field === null) continue
    const cell = row.cells[index] ?? ''
    const text = tidy(cell, field === 'notes')
    if (text === '') continue
    if (HAS_CONTROL.test(text) || !text.isWellFormed()) return { line, refusal: 'UNREADABLE_TEXT', field }
    if (text.length > (LONGEST[field] ?? 200)) return { line, refusal: 'TEXT_TOO_LONG', field }
    cellByField.set(field, text)
  }
  const names = readNames(cellByField)
  if (nameTokens(`${names.family ?? ''} ${names.given ?? ''}`).length === 0) {
    return { line, refusal: 'NO_NAME', field: null }
  }
  const notices: ImportNotice[] = []
  if (names.family === null || names.given === null) notices.push('ONE_NAME')
  const { notice, ...born } = readColumnDate(cellByField.get('bornOn') ?? '', options.dateShape, options.today)
  if (notice !== null) notices.push(notice)
  const leftovers: string[] = []
  const contact = readContact(cellByField, leftovers)
  const notes = [cellByField.get('notes'), ...leftovers].filter((note) => note !== undefined).join('\n')
  if (leftovers.length > 0) notices.push('KEPT_IN_NOTES')
  const formerFamily = cellByField.get('formerFamily')
  return {
    line,
    refusal: null,
    notices,
    candidate: {
      chartNumber: cellByField.get('chartNumber') ?? null,
      sourceId: cellByField.get('sourceId') ?? null,
      details: {
        ...emptyPatientDetails,
        ...names,
        ...born,
        ...contact,
        preferred: cellByField.get('preferred') ?? null,
        formerNames: formerFamily === undefined ? [] : [{ family: formerFamily, given: null, from: null, until: null }],
        deskNotes: notes === '' ? null : notes,
      },
    },
  }
}

/** A row that may be a person already there: `line` of this file, or a patient the caller's store knows. */
export type DuplicatePair<Known> = {
  readonly with: { readonly line: number } | { readonly known: Known }
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

export type PlannedRow<Known> =
  | {
      readonly verdict: 'REFUSED'
      readonly line: number
      readonly refusal: ImportRefusal
      readonly field: ImportField | null
    }
  | {
      readonly verdict: 'NEW' | 'REVIEW'
      readonly line: number
      readonly candidate: ImportCandidate
      readonly notices: readonly ImportNotice[]
      /** Best first; empty for a NEW row. */
      readonly pairs: readonly DuplicatePair<Known>[]
    }

/**
 * Gives each row its verdict, in the order of the file. Of two rows that are likely one person the first is NEW and
 * the later one is held in REVIEW, so that NEW + REVIEW + REFUSED is the number of rows.
 */
export function importPlanner<Known>(store: {
  /** Charts of the store that share a duplicate block with the row. */
  readonly sharingBlocks: (
    blocks: readonly string[],
  ) => Iterable<{ readonly known: Known; readonly identity: Identity }>
  /** Whether a chart has this folded number. */
  readonly hasChartNumber: (folded: string) => boolean
}): (row: ReadRow) => PlannedRow<Known> {
  const earlier = duplicateFinder<number>()
  const chartNumbers = new Set<string>()
  return (row) => {
    if (row.refusal !== null) return { verdict: 'REFUSED', line: row.line, refusal: row.refusal, field: row.field }
    const { line } = row
    const identity = identityOf(row.candidate.details)
    const pairs: DuplicatePair<Known>[] = earlier
      .find(identity)
      .map(({ known, score, reasons }) => ({ with: { line: known }, score, reasons }))
    for (const { known, identity: other } of store.sharingBlocks(duplicateBlocks(identity))) {
      const { score, reasons } = duplicateScore(identity, other)
      if (score >= duplicateThreshold) pairs.push({ with: { known }, score, reasons })
    }
    pairs.sort((a, b) => b.score - a.score)
    earlier.add(line, identity)
    const { chartNumber } = row.candidate
    const folded = chartNumber === null ? '' : foldChartNumber(chartNumber)
    const isTaken = chartNumber !== null && (folded === '' || chartNumbers.has(folded) || store.hasChartNumber(folded))
    chartNumbers.add(folded)
    // The number stays findable as the other system's; the chart gets one of its own.
    const candidate = isTaken
      ? { ...row.candidate, chartNumber: null, sourceId: row.candidate.sourceId ?? chartNumber }
      : row.candidate
    return {
      verdict: pairs.length === 0 ? 'NEW' : 'REVIEW',
      line,
      candidate,
      notices: isTaken ? [...row.notices, 'CHART_NUMBER_TAKEN'] : row.notices,
      pairs,
    }
  }
}

/** Finds likely duplicates among charts given to it, by shared blocks. */
export function duplicateFinder<Known>(): {
  readonly add: (known: Known, identity: Identity) => void
  readonly find: (identity: Identity) => (DuplicateFound & { readonly known: Known })[]
} {
  const chartsByBlock = new Map<string, { known: Known; identity: Identity }[]>()
  return {
    add: (known, identity) => {
      for (const block of duplicateBlocks(identity)) {
        const charts = chartsByBlock.get(block)
        if (charts === undefined) chartsByBlock.set(block, [{ known, identity }])
        else charts.push({ known, identity })
      }
    },
    find: (identity) => {
      const found = new Map<Known, DuplicateFound & { known: Known }>()
      const seen = new Set<Known>()
      for (const block of duplicateBlocks(identity)) {
        for (const { known, identity: other } of chartsByBlock.get(block) ?? []) {
          if (seen.has(known)) continue
          seen.add(known)
          const { score, reasons } = duplicateScore(identity, other)
          if (score >= duplicateThreshold) found.set(known, { known, score, reasons })
        }
      }
      return [...found.values()].sort((a, b) => b.score - a.score)
    },
  }
}

type DuplicateFound = { readonly score: number; readonly reasons: readonly DuplicateReason[] }

/** Fields where an imported row says something and the chart says something else or nothing, in form order. */
export function importedDifferences(
  chart: PatientDetails,
  imported: PatientDetails,
): readonly (keyof PatientDetails)[] {
  const fields = Object.keys(emptyPatientDetails) as (keyof PatientDetails)[]
  return fields.filter((field) => {
    const [before, after] = [chart[field], imported[field]]
    if (JSON.stringify(after) === JSON.stringify(emptyPatientDetails[field])) return false
    if (field === 'address' || typeof after !== 'string' || typeof before !== 'string') {
      return JSON.stringify(before) !== JSON.stringify(after)
    }
    return before.toLowerCase() !== after.toLowerCase()
  })
}

/** The chart with the chosen fields taken from the imported row; phones are added, never replaced. */
export function withImportedFields(
  chart: PatientDetails,
  imported: PatientDetails,
  fields: readonly (keyof PatientDetails)[],
): PatientDetails {
  const taken = Object.fromEntries(fields.map((field) => [field, imported[field]]))
  const digits = (phone: Phone): string => phone.number.replaceAll(/\D/g, '')
  const added = imported.phones.filter((phone) => !chart.phones.some((known) => digits(known) === digits(phone)))
  const merged: PatientDetails = { ...chart, ...taken }
  const phones = fields.includes('phones') ? [...chart.phones, ...added] : chart.phones
  // A date that exists lifts the text of one that did not.
  const bornText = fields.includes('bornOn') && merged.bornOn !== null ? null : merged.bornText
  return { ...merged, phones, bornText }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const HAS_CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/
const LONGEST: Partial<Record<ImportField, number>> = { notes: 4000, chartNumber: 40, sourceId: 80, email: 254 }

function tidy(cell: string, isProse: boolean): string {
  const text = cell.normalize('NFC').trim()
  return isProse ? text.replaceAll('\r\n', '\n') : text.replaceAll(/\s+/g, ' ')
}

function readNames(cellByField: ReadonlyMap<ImportField, string>): {
  readonly family: string | null
  readonly given: string | null
  readonly middle: string | null
} {
  const family = cellByField.get('family') ?? null
  const given = cellByField.get('given') ?? null
  const middle = cellByField.get('middle') ?? null
  const full = cellByField.get('fullName')
  if (family !== null || given !== null || full === undefined) return { family, given, middle }
  const [before = '', after] = full.split(',').map((part) => part.trim())
  if (after !== undefined) return { family: before === '' ? null : before, given: after === '' ? null : after, middle }
  const words = before.split(' ')
  if (words.length === 1) return { family: before, given: null, middle }
  return { family: words.at(-1) ?? null, given: words.slice(0, -1).join(' '), middle }
}

function readContact(
  cellByField: ReadonlyMap<ImportField, string>,
  leftovers: string[],
): Pick<PatientDetails, 'sex' | 'gender' | 'phones' | 'email' | 'address' | 'language' | 'emergencyContact'> {
  const cell = (field: ImportField): string | null => cellByField.get(field) ?? null
  const phones: Phone[] = []
  for (const [field, kind] of PHONE_COLUMNS) {
    const number = cell(field)
    if (number === null) continue
    if (number.length <= 40 && (number.match(/\d/g) ?? []).length >= 4) phones.push({ kind, number })
    else leftovers.push(`Phone: ${number}`)
  }
  const sexText = cell('sex')
  const genderText = cell('gender')
  const sex = readSex(sexText) ?? readSex(genderText)
  if (sexText !== null && readSex(sexText) === null) leftovers.push(`Sex: ${sexText}`)
  const emailText = cell('email')
  const isEmail = emailText !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(emailText)
  if (emailText !== null && !isEmail) leftovers.push(`Email: ${emailText}`)
  const languageText = cell('language')
  const language = languageText === null ? null : readLanguage(languageText)
  if (languageText !== null && language === null) leftovers.push(`Language: ${languageText}`)
  const [emergencyName, emergencyPhone] = [cell('emergencyName'), cell('emergencyPhone')]
  const hasEmergencyContact = emergencyName !== null && emergencyPhone !== null
  if (!hasEmergencyContact && (emergencyName !== null || emergencyPhone !== null)) {
    leftovers.push(`Emergency contact: ${emergencyName ?? emergencyPhone}`)
  }
  return {
    sex,
    gender: genderText !== null && readSex(genderText) === null ? genderText : null,
    phones,
    email: isEmail ? emailText : null,
    address: {
      line1: [cell('houseNumber'), cell('line1')].filter((part) => part !== null).join(' ') || null,
      line2: cell('line2'),
      locality: cell('locality'),
      postcode: cell('postcode'),
      region: cell('region'),
    },
    language,
    emergencyContact: hasEmergencyContact
      ? { name: emergencyName, phone: emergencyPhone, relationship: cell('emergencyRelationship') }
      : null,
  }
}

const PHONE_COLUMNS = [
  ['mobile', 'MOBILE'],
  ['homePhone', 'HOME'],
  ['workPhone', 'WORK'],
  ['phone', 'OTHER'],
] as const satisfies readonly (readonly [ImportField, Phone['kind']])[]

function readSex(text: string | null): Sex | null {
  switch (text?.toLowerCase()) {
    case 'f':
    case 'female':
    case 'woman':
      return 'FEMALE'
    case 'm':
    case 'male':
    case 'man':
      return 'MALE'
    case 'i':
    case 'x':
    case 'intersex':
      return 'INTERSEX'
    default:
      return null
  }
}

const LANGUAGE_BY_NAME: Readonly<Record<string, string>> = {
  english: 'en',
  spanish: 'es',
  french: 'fr',
  german: 'de',
  polish: 'pl',
  portuguese: 'pt',
  italian: 'it',
  chinese: 'zh',
  mandarin: 'zh',
  arabic: 'ar',
  russian: 'ru',
  vietnamese: 'vi',
  korean: 'ko',
}

function readLanguage(text: string): string | null {
  if (/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/.test(text)) return text
  return LANGUAGE_BY_NAME[text.toLowerCase()] ?? null
}
