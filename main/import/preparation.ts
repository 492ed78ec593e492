import type { DuplicateReason } from '../../shared/domain/patient-duplicate.ts'
import type { ImportNotice, ImportRefusal, ImportVerdict, PlannedRow } from '../../shared/domain/patient-import.ts'
import type { ColumnMapping, ImportField, MappingProblem } from '../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape, ColumnDates } from '../../shared/domain/patient-import-dates.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { type KeptPlan, keepPlan } from './kept-plan.ts'
import { parseCsv } from './parse-csv.ts'
import type { ImportPlan } from './plan-import.ts'

/** One row of the preview, as far as a person needs it to judge the import. */
export type PlannedRowView = {
  readonly line: number
  readonly verdict: ImportVerdict
  readonly family: string | null
  readonly given: string | null
  readonly bornOn: CalendarDate | null
  readonly bornText: string | null
  readonly contact: string | null
  readonly chartNumber: string | null
  readonly refusal: ImportRefusal | null
  readonly refusedField: ImportField | null
  readonly notices: readonly ImportNotice[]
  readonly pair: {
    readonly line: number | null
    readonly patientId: PatientId | null
    readonly reasons: readonly DuplicateReason[]
  } | null
}

/**
 * What a worker found in a list. The rows travel as one text with their places beside it: a hundred thousand objects
 * would hold up the window's process while they are copied over, a few big arrays do not.
 */
export type PlanReport = {
  readonly problem: MappingProblem | 'NO_ROWS' | null
  readonly columns: readonly {
    readonly header: string
    readonly field: ImportField | null
    readonly samples: readonly string[]
  }[]
  readonly mapping: ColumnMapping
  readonly dates: ColumnDates | null
  readonly dateShape: ColumnDateShape | null
  readonly counts: (Readonly<Record<ImportVerdict, number>> & { readonly withNotice: number }) | null
  readonly rows: PackedRows
  /** Null where nothing can be imported. */
  readonly kept: KeptPlan | null
}

type PackedRows = {
  /** JSON of every row, one behind the other, in UTF-8. */
  readonly bytes: Uint8Array
  /** Where each row begins; one more entry for the end. */
  readonly starts: Uint32Array
  /** Bit 0 NEW, 1 REVIEW, 2 REFUSED, 3 has a notice. */
  readonly marks: Uint8Array
}

const MARK = { NEW: 1, REVIEW: 2, REFUSED: 4, NOTICE: 8, ALL: 7 } as const
export type ShownRows = keyof typeof MARK

export function describePlan(
  text: string,
  plan: ImportPlan<PatientId>,
  made: Pick<KeptPlan, 'revision' | 'today'>,
): PlanReport {
  const columns = plan.headers.map((header, index) => ({ header, field: plan.mapping[index] ?? null }))
  const samples = sampleCells(text, plan.headers.length)
  const described = columns.map((column, index) => ({ ...column, samples: samples[index] ?? [] }))
  if (plan.problem !== null) {
    return {
      problem: plan.problem,
      columns: described,
      mapping: plan.mapping,
      dates: null,
      dateShape: null,
      counts: null,
      rows: packRows([]),
      kept: null,
    }
  }
  const withNotice = plan.rows.filter((row) => row.verdict !== 'REFUSED' && row.notices.length > 0).length
  return {
    problem: null,
    columns: described,
    mapping: plan.mapping,
    dates: plan.dates,
    dateShape: plan.dateShape,
    counts: { ...plan.counts, withNotice },
    rows: packRows(plan.rows.map(viewOf)),
    kept: keepPlan({ ...made, mapping: plan.mapping, dateShape: plan.dateShape, rows: plan.rows }),
  }
}

/** Rows of one kind behind the place `after`, at most `limit`, and the place to go on from. */
export function readRows(
  { rows }: PlanReport,
  { show, after, limit }: { readonly show: ShownRows; readonly after: number; readonly limit: number },
): { readonly rows: readonly PlannedRowView[]; readonly next: number | null } {
  const found: PlannedRowView[] = []
  const decoder = new TextDecoder()
  for (let at = after + 1; at < rows.marks.length; at++) {
    if (((rows.marks[at] ?? 0) & MARK[show]) === 0) continue
    if (found.length === limit) return { rows: found, next: at - 1 }
    // Packed by this program a moment ago.
    found.push(JSON.parse(decoder.decode(rows.bytes.subarray(rows.starts[at], rows.starts[at + 1]))) as PlannedRowView)
  }
  return { rows: found, next: null }
}

function packRows(rows: readonly PlannedRowView[]): PackedRows {
  const parts = rows.map((row) => Buffer.from(JSON.stringify(row)))
  const starts = new Uint32Array(rows.length + 1)
  const marks = new Uint8Array(rows.length)
  let at = 0
  parts.forEach((part, index) => {
    starts[index] = at
    at += part.length
    const row = rows[index]
    if (row) marks[index] = MARK[row.verdict] | (row.notices.length > 0 ? MARK.NOTICE : 0)
  })
  starts[rows.length] = at
  return { bytes: new Uint8Array(Buffer.concat(parts)), starts, marks }
}

function viewOf(row: PlannedRow<PatientId>): PlannedRowView {
  const nothing = {
    family: null,
    given: null,
    bornOn: null,
    bornText: null,
    contact: null,
    chartNumber: null,
    refusal: null,
    refusedField: null,
    notices: [],
    pair: null,
  }
  if (row.verdict === 'REFUSED') {
    return { ...nothing, line: row.line, verdict: 'REFUSED', refusal: row.refusal, refusedField: row.field }
  }
  const { details } = row.candidate
  const [pair] = row.pairs
  return {
    ...nothing,
    line: row.line,
    verdict: row.verdict,
    family: details.family,
    given: details.given,
    bornOn: details.bornOn,
    bornText: details.bornText,
    contact: details.phones[0]?.number ?? details.address.line1,
    chartNumber: row.candidate.chartNumber,
    notices: row.notices,
    pair: pair
      ? {
          line: 'line' in pair.with ? pair.with.line : null,
          patientId: 'known' in pair.with ? pair.with.known : null,
          reasons: pair.reasons,
        }
      : null,
  }
}

/** The first three cells of each column that hold something, from the beginning of the file. */
function sampleCells(text: string, columns: number): readonly (readonly string[])[] {
  const { rows } = parseCsv(text.slice(0, 65_536))
  return Array.from({ length: columns }, (_, index) =>
    rows
      .map((row) => (row.cells[index] ?? '').trim())
      .filter((cell) => cell !== '')
      .slice(0, 3)
      .map((cell) => cell.slice(0, 60)),
  )
}
