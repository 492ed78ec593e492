import type { DateOrder } from '../../shared/domain/patient-birth-date.ts'
import {
  type ImportVerdict,
  importPlanner,
  type PlannedRow,
  readImportRow,
} from '../../shared/domain/patient-import.ts'
import {
  type ColumnMapping,
  type MappingProblem,
  mapColumns,
  mappingProblem,
} from '../../shared/domain/patient-import-columns.ts'
import { type ColumnDateShape, type ColumnDates, detectColumnDates } from '../../shared/domain/patient-import-dates.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { parseCsv } from './parse-csv.ts'

export type ImportChoices = {
  /** Null guesses from the headers. */
  readonly mapping: ColumnMapping | null
  /** Null reads the order off the column. */
  readonly dateShape: ColumnDateShape | null
  readonly clinicOrder: DateOrder
  readonly today: CalendarDate
}

export type ImportPlan<Known> =
  | {
      readonly problem: MappingProblem | 'NO_ROWS'
      readonly headers: readonly string[]
      readonly mapping: ColumnMapping
    }
  | {
      readonly problem: null
      readonly headers: readonly string[]
      readonly mapping: ColumnMapping
      readonly dates: ColumnDates
      readonly dateShape: ColumnDateShape
      readonly rows: readonly PlannedRow<Known>[]
      readonly counts: Readonly<Record<ImportVerdict, number>>
    }

/** Reads a whole list and gives each row its verdict; writes nothing. For a worker: a big list takes seconds. */
export function planImport<Known>(
  text: string,
  choices: ImportChoices,
  store: Parameters<typeof importPlanner<Known>>[0],
  tools: { readonly progress: (done: number, total: number) => void; readonly stopAsked: () => boolean },
): ImportPlan<Known> | 'STOPPED' {
  const file = parseCsv(text)
  const { headers } = file
  const mapping = choices.mapping ?? mapColumns(headers)
  const problem =
    mapping.length !== headers.length
      ? 'NO_COLUMNS'
      : (mappingProblem(mapping) ?? (file.rows.length === 0 ? 'NO_ROWS' : null))
  if (problem !== null) return { problem, headers, mapping }
  const column = mapping.indexOf('bornOn')
  const dates = detectColumnDates(
    column < 0 ? [] : file.rows.map((row) => row.cells[column] ?? ''),
    choices.clinicOrder,
    choices.today,
  )
  const dateShape = choices.dateShape ?? dates.shape
  const judge = importPlanner(store)
  const counts: Record<ImportVerdict, number> = { NEW: 0, REVIEW: 0, REFUSED: 0 }
  const rows: PlannedRow<Known>[] = []
  for (const row of file.rows) {
    if (rows.length % 200 === 0) {
      if (tools.stopAsked()) return 'STOPPED'
      tools.progress(rows.length, file.rows.length)
    }
    const planned = judge(readImportRow(row, { mapping, dateShape, today: choices.today }))
    counts[planned.verdict]++
    rows.push(planned)
  }
  return { problem: null, headers, mapping, dates, dateShape, rows, counts }
}
