import {
  chartNumberOf,
  isFoundBySearch,
  noAddress,
  type PatientBody,
  patientSchema,
} from '../../shared/domain/patient.ts'
import {
  birthDateOf,
  type Identity,
  identityOf,
  isPhoneBlock,
  lookAlikeKeys,
} from '../../shared/domain/patient-duplicate.ts'
import {
  type ImportCandidate,
  type KnownChart,
  largestBlock,
  type PlannedRow,
} from '../../shared/domain/patient-import.ts'
import type { ColumnMapping } from '../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape } from '../../shared/domain/patient-import-dates.ts'
import { foldChartNumber } from '../../shared/domain/patient-name.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { ImportId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Store, Trx } from '../open.ts'
import { change, one, type SqlValue, sha256Of } from '../records.ts'
import type { PatientTable } from '../tables/patient.ts'
import { bodyOf, patientColumns, searchRowsOf } from './patient.ts'

/** Most charts whose head a running import keeps in memory. */
const mostKept = 100_000

/**
 * Grows with every chart that is added or changed, and with nothing else: verdicts made at one number hold while it
 * stands. Each such change is a version of its own, and none ever goes.
 */
export function patientRevision(driver: Store['driver']): number {
  const row = driver.prepare<[], number>("select count(*) from record_version where kind = 'patient'").pluck().get()
  if (row === undefined) throw new Error('the store counts no versions')
  return row
}

/** What the verdicts of an import need to know of the store; synchronous, for a worker's own connection. */
export function importLookup(driver: Store['driver']): {
  readonly sharingBlocks: (blocks: readonly string[]) => Iterable<KnownChart<PatientId>>
  readonly hasChartNumber: (folded: string) => boolean
} {
  const byBlock = driver
    .prepare<[string], PatientId>(
      `select patient_id from patient_block where block = ? order by patient_id limit ${largestBlock}`,
    )
    .pluck()
  const headById = driver.prepare<[PatientId], PatientTable>(
    'select id, family, given, middle, preferred, former_names, born_on, born_text, phones from patient where id = ?',
  )
  const bornOn = driver.prepare<[string], PatientTable>(
    `select id, family, given, middle, preferred, former_names, born_on, null as born_text, phones
       from patient where born_on = ? order by id limit ${largestBlock}`,
  )
  const bodyById = driver
    .prepare<[PatientId], string>(
      'select v.body from patient p join record_version v on v.id = p.version_id where p.id = ?',
    )
    .pluck()
  const byChart = driver.prepare('select 1 as found from patient where chart_key = ?')
  const hasCharts = driver.prepare('select 1 as found from patient_block limit 1').get() !== undefined
  const kept = new Map<PatientId, Omit<KnownChart<PatientId>, 'sharesPhone'>>()

  const chartOf = (known: PatientId) => {
    const found = kept.get(known)
    if (found !== undefined) return found
    const row = headById.get(known)
    if (row === undefined) throw new Error(`a block names no patient ${known}`)
    return keep(row)
  }
  const keep = (row: PatientTable) => {
    const known = row.id
    let head: Identity | null = null
    const chart = {
      known,
      born: (row.born_on ?? row.born_text ?? '').replaceAll(NO_DIGIT, ''),
      head: () => (head ??= headIdentity(row)),
      whole: () => {
        const body = bodyById.get(known)
        if (body === undefined) throw new Error(`patient ${known} has no version`)
        return identityOf(bodyOf(body))
      },
    }
    if (kept.size < mostKept) kept.set(known, chart)
    return chart
  }
  return {
    sharingBlocks: function* (blocks) {
      if (!hasCharts) return
      const seen = new Set<PatientId>()
      const withPhone = new Set<PatientId>()
      let isPhoneBlockFull = false
      for (const block of blocks.filter(isPhoneBlock)) {
        const ids = byBlock.all(block)
        isPhoneBlockFull ||= ids.length === largestBlock
        for (const id of ids) withPhone.add(id)
      }
      for (const block of blocks) {
        const ids = byBlock.all(block)
        // Everybody of one birth date stands beside each other in an index; by id each would be a page of its own.
        const date = ids.length > 1 ? birthDateOf(block) : null
        if (date !== null) for (const row of bornOn.all(date)) if (!kept.has(row.id)) keep(row)
        for (const known of ids) {
          if (seen.has(known)) continue
          seen.add(known)
          const { born, head, whole } = chartOf(known)
          yield { known, born, head, whole, sharesPhone: isPhoneBlockFull || withPhone.has(known) }
        }
      }
    },
    hasChartNumber: (folded) => byChart.get(folded) !== undefined,
  }
}

const NO_DIGIT = /\D/g

/** The person stopped the import: the transaction is rolled back and nothing was imported. */
export class ImportStoppedError extends Error {}

export type ImportTools = {
  readonly progress: (done: number, total: number) => void
  readonly stopAsked: () => boolean
}

export type ImportInput = {
  readonly importId: ImportId
  readonly fileName: string
  readonly fileSha256: string
  readonly mapping: ColumnMapping
  readonly dateShape: ColumnDateShape
  readonly rows: readonly PlannedRow<PatientId>[]
  readonly newId: () => string
  readonly at: Instant
  readonly by: StaffId
}

export type ImportCounts = { readonly added: number; readonly held: number; readonly refused: number }

/**
 * Writes a whole planned import inside the caller's transaction: a patient per NEW row, a held row per REVIEW, the
 * reason per REFUSED. Runs on the bare driver of the same connection and blocks its thread, so it belongs in a worker.
 * Key rows are sorted and written last, which is what makes a big import fast. Throws `ImportStoppedError`.
 */
export async function insertImport(
  trx: Trx,
  driver: Store['driver'],
  input: ImportInput,
  tools: ImportTools,
): Promise<ImportCounts> {
  const { rows, importId } = input
  const counts = { added: 0, held: 0, refused: 0 }
  for (const row of rows) counts[COUNT_BY_VERDICT[row.verdict]]++
  await change(
    trx,
    'insert into patient_import (id, version, file_name, file_sha256, mapping, date_shape, row_count, new_count, review_count, refused_count, status, committed_at, committed_by) values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [
      importId,
      input.fileName,
      input.fileSha256,
      JSON.stringify(input.mapping),
      input.dateShape,
      rows.length,
      counts.added,
      counts.held,
      counts.refused,
      'COMMITTED',
      input.at,
      input.by,
    ],
  )
  const nextChartNumber = await chartNumbers(trx, driver, rows)
  // Sorted, so that the charts of a list go into the store's trees one behind the other.
  const ids = Array.from({ length: 2 * counts.added }, input.newId).sort()
  const writer = bulkWriter(driver, input)
  const patientByLine = new Map<number, PatientId>()
  let done = 0
  for (const row of rows) {
    if (done++ % 100 === 0) {
      if (tools.stopAsked()) throw new ImportStoppedError()
      tools.progress(done - 1, rows.length)
    }
    if (row.verdict === 'NEW') {
      const body = importedBody(row.candidate, {
        id: ids[2 * patientByLine.size] as PatientId,
        chartNumber: row.candidate.chartNumber ?? nextChartNumber(),
        importId,
        line: row.line,
      })
      const versionId = ids[2 * patientByLine.size + 1]
      if (versionId === undefined) throw new Error('ids ran out')
      patientByLine.set(row.line, body.id)
      writer.patient(body, versionId)
    }
    writer.row(row, patientByLine.get(row.line) ?? null)
  }
  if (tools.stopAsked()) throw new ImportStoppedError()
  for (const row of rows) {
    if (row.verdict === 'REVIEW') writer.pairs(row, patientByLine)
  }
  writer.searchRows()
  writer.lookAlikes()
  await change(trx, 'update chart_counter set last = ? where id = 1', [nextChartNumber.last()])
  tools.progress(rows.length, rows.length)
  return counts
}

const COUNT_BY_VERDICT = { NEW: 'added', REVIEW: 'held', REFUSED: 'refused' } as const

/** The first version of an imported chart. */
export function importedBody(
  { details, sourceId }: ImportCandidate,
  {
    id,
    chartNumber,
    importId,
    line,
  }: { readonly id: PatientId; readonly chartNumber: string; readonly importId: ImportId; readonly line: number },
): PatientBody {
  return {
    ...details,
    schema: patientSchema,
    id,
    chartNumber,
    fst: null,
    status: { state: 'ACTIVE' },
    source: { kind: 'IMPORTED', importId, line, sourceId },
  }
}

type NextChartNumber = { (): string; last(): number }

/** Numbers for rows without one: never one that a chart of the store or another row of the file has. */
async function chartNumbers(
  trx: Trx,
  driver: Store['driver'],
  rows: readonly PlannedRow<PatientId>[],
): Promise<NextChartNumber> {
  const counter = await one<{ last: number }>(trx, 'select last from chart_counter where id = 1')
  if (counter === null) throw new Error('the store has no chart counter')
  let last = Number(counter.last)
  const brought = new Set<string>()
  for (const row of rows) {
    if (row.verdict !== 'REFUSED' && row.candidate.chartNumber !== null) {
      brought.add(foldChartNumber(row.candidate.chartNumber))
    }
  }
  const taken = driver.prepare('select 1 as found from patient where chart_key = ?')
  const next = (): string => {
    for (;;) {
      const chartNumber = chartNumberOf(++last)
      if (!brought.has(chartNumber) && taken.get(chartNumber) === undefined) return chartNumber
    }
  }
  return Object.assign(next, { last: () => last })
}

function bulkWriter(driver: Store['driver'], input: ImportInput) {
  const { importId, at, by } = input
  const keys: (readonly [number, string, string, PatientId])[] = []
  const phones: (readonly [string, PatientId])[] = []
  const blocks: (readonly [string, PatientId])[] = []
  const dates = new Set<CalendarDate>()
  const insertVersion = driver.prepare(
    "insert into record_version (id, kind, record_id, patient_id, number, schema, body, sha256, made_at, made_by, reason) values (?, 'patient', ?, ?, 1, ?, ?, ?, ?, ?, 'IMPORTED')",
  )
  let insertHead: ReturnType<typeof driver.prepare> | null = null
  const insertRow = driver.prepare(
    'insert into patient_import_row (import_id, line, verdict, outcome, patient_id, refusal, refused_field, notices, candidate) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertPair = driver.prepare(
    'insert into patient_import_pair (import_id, line, place, patient_id, other_line, score, reasons) values (?, ?, ?, ?, ?, ?, ?)',
  )
  return {
    patient(body: PatientBody, versionId: string): void {
      const text = canonicalJson(body)
      insertVersion.run(versionId, body.id, body.id, body.schema, text, sha256Of(text), at, by)
      const head: Readonly<Record<string, SqlValue>> = {
        id: body.id,
        patient_id: body.id,
        version: 1,
        version_id: versionId,
        created_at: at,
        updated_at: at,
        look_alike: 0,
        ...patientColumns(body),
      }
      const names = Object.keys(head)
      const statement =
        insertHead ??
        driver.prepare(`insert into patient (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
      insertHead = statement
      statement.run(...Object.values(head))
      const rows = searchRowsOf(body)
      for (const [role, tok, rest] of rows.keys) keys.push([role, tok, rest, body.id])
      for (const digits of rows.phones) phones.push([digits, body.id])
      for (const block of rows.blocks) blocks.push([block, body.id])
      if (body.bornOn !== null) dates.add(body.bornOn)
    },
    row(row: PlannedRow<PatientId>, patientId: PatientId | null): void {
      const isRefused = row.verdict === 'REFUSED'
      insertRow.run(
        importId,
        row.line,
        row.verdict,
        isRefused ? 'REFUSED' : row.verdict === 'NEW' ? 'ADDED' : 'HELD',
        patientId,
        isRefused ? row.refusal : null,
        isRefused ? row.field : null,
        JSON.stringify(isRefused ? [] : row.notices),
        row.verdict === 'REVIEW' ? JSON.stringify(row.candidate) : null,
      )
    },
    pairs(
      row: PlannedRow<PatientId> & { readonly verdict: 'NEW' | 'REVIEW' },
      patientByLine: ReadonlyMap<number, PatientId>,
    ): void {
      row.pairs.slice(0, 10).forEach((pair, index) => {
        const otherLine = 'line' in pair.with ? pair.with.line : null
        const patientId = 'known' in pair.with ? pair.with.known : (patientByLine.get(pair.with.line) ?? null)
        insertPair.run(
          importId,
          row.line,
          index + 1,
          patientId,
          patientId === null ? otherLine : null,
          Math.round(pair.score * 10),
          JSON.stringify(pair.reasons),
        )
      })
    },
    searchRows(): void {
      const insertKey = driver.prepare('insert into patient_key (role, tok, rest, patient_id) values (?, ?, ?, ?)')
      const insertPhone = driver.prepare('insert into patient_phone (digits, patient_id) values (?, ?)')
      const insertBlock = driver.prepare('insert into patient_block (block, patient_id) values (?, ?)')
      for (const key of keys.sort(byParts)) insertKey.run(...key)
      for (const phone of phones.sort(byParts)) insertPhone.run(...phone)
      for (const block of blocks.sort(byParts)) insertBlock.run(...block)
    },
    /** Once per birth date of the import, over everybody born that day. */
    lookAlikes(): void {
      const born = driver.prepare(
        'select id, family, given, middle, born_on, archive_reason, look_alike from patient where born_on = ? order by id',
      )
      const mark = driver.prepare('update patient set look_alike = 1 where id = ?')
      for (const date of dates) {
        const charts = born.all(date) as PatientTable[]
        if (charts.length < 2) continue
        const chartsByKey = new Map<string, PatientTable[]>()
        for (const chart of charts) {
          if (!isSearchableRow(chart)) continue
          for (const key of lookAlikeKeys(nameIdentity(chart))) {
            const sharing = chartsByKey.get(key)
            if (sharing === undefined) chartsByKey.set(key, [chart])
            else sharing.push(chart)
          }
        }
        const marked = new Set([...chartsByKey.values()].filter((sharing) => sharing.length > 1).flat())
        for (const chart of marked) if (chart.look_alike === 0) mark.run(chart.id)
      }
    },
  }
}

function isSearchableRow({ archive_reason: reason }: PatientTable): boolean {
  return isFoundBySearch(reason === null ? { state: 'ACTIVE' } : { state: 'ARCHIVED', reason, note: null })
}

/** Everything but the address, which the head row does not repeat. */
function headIdentity(row: PatientTable): Identity {
  // Both texts were written by `patientColumns`.
  const former = JSON.parse(row.former_names ?? '[]') as readonly [string | null, string | null][]
  const phones = JSON.parse(row.phones ?? '[]') as readonly string[]
  return identityOf({
    family: row.family,
    given: row.given,
    middle: row.middle,
    preferred: row.preferred,
    formerNames: former.map(([family, given]) => ({ family, given, from: null, until: null })),
    bornOn: row.born_on,
    bornText: row.born_text,
    address: noAddress,
    phones: phones.map((number) => ({ number })),
  })
}

function nameIdentity(row: PatientTable): Identity {
  return identityOf({
    family: row.family,
    given: row.given,
    middle: row.middle,
    preferred: null,
    formerNames: [],
    bornOn: row.born_on,
    bornText: null,
    address: noAddress,
    phones: [],
  })
}

function byParts(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i], b[i]]
    if (one !== undefined && other !== undefined && one !== other) return one < other ? -1 : 1
  }
  return 0
}
