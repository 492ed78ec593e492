import type { CalendarDate } from '../kernel/time.ts'
import { emptyPatientDetails, type PatientDetails, type Phone } from './patient.ts'
import {
  type DuplicateReason,
  duplicateBlocks,
  duplicateScore,
  duplicateThreshold,
  type Identity,
  identityOf,
  reachByBirth,
  reachWithoutAddress,
} from './patient-duplicate.ts'
import type { ColumnMapping, ImportField } from './patient-import-columns.ts'
import { readContact } from './patient-import-contact.ts'
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

/** A chart of the store that may be the person of a row, read step by step. */
export type KnownChart<Known> = {
  readonly known: Known
  /** As in `Identity`. */
  readonly born: string
  readonly sharesPhone: boolean
  /** Everything but the address. */
  readonly head: () => Identity
  readonly whole: () => Identity
}

/**
 * Gives each row its verdict, in the order of the file. Of two rows that are likely one person the first is NEW and
 * the later one is held in REVIEW, so that NEW + REVIEW + REFUSED is the number of rows.
 */
export function importPlanner<Known>(store: {
  /** Charts of the store that share a duplicate block with the row. */
  readonly sharingBlocks: (blocks: readonly string[]) => Iterable<KnownChart<Known>>
  /** Whether a chart has this folded number. */
  readonly hasChartNumber: (folded: string) => boolean
}): (row: ReadRow) => PlannedRow<Known> {
  const earlier = duplicateFinder<number>()
  const chartNumbers = new Set<string>()
  return (row) => {
    if (row.refusal !== null) return { verdict: 'REFUSED', line: row.line, refusal: row.refusal, field: row.field }
    const { line } = row
    const identity = identityOf(row.candidate.details)
    const blocks = duplicateBlocks(identity)
    const pairs: DuplicatePair<Known>[] = earlier
      .find(identity, blocks)
      .map(({ known, score, reasons }) => ({ with: { line: known }, score, reasons }))
    for (const chart of store.sharingBlocks(blocks)) {
      // Most charts of a block are strangers: each is read only as far as it could still be this person.
      if (reachByBirth(identity, chart) < duplicateThreshold) continue
      if (reachWithoutAddress(identity, chart.head()) < duplicateThreshold) continue
      const { score, reasons } = duplicateScore(identity, chart.whole())
      if (score >= duplicateThreshold) pairs.push({ with: { known: chart.known }, score, reasons })
    }
    pairs.sort((a, b) => b.score - a.score)
    earlier.add(line, identity, blocks)
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

/** A stand-in birth date or phone that half the list has tells nothing: past this many nobody is compared by it. */
export const largestBlock = 200

/** Finds likely duplicates among charts given to it, by shared blocks. */
export function duplicateFinder<Known>(): {
  readonly add: (known: Known, identity: Identity, blocks?: readonly string[]) => void
  readonly find: (identity: Identity, blocks?: readonly string[]) => (DuplicateFound & { readonly known: Known })[]
} {
  const chartsByBlock = new Map<string, { known: Known; identity: Identity }[]>()
  return {
    add: (known, identity, blocks = duplicateBlocks(identity)) => {
      for (const block of blocks) {
        const charts = chartsByBlock.get(block)
        if (charts === undefined) chartsByBlock.set(block, [{ known, identity }])
        else if (charts.length < largestBlock) charts.push({ known, identity })
      }
    },
    find: (identity, blocks = duplicateBlocks(identity)) => {
      const found = new Map<Known, DuplicateFound & { known: Known }>()
      const seen = new Set<Known>()
      for (const block of blocks) {
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
