import { z } from 'zod'
import { emptyPatientDetails } from '../domain/patient.ts'
import { duplicateReasons } from '../domain/patient-duplicate.ts'
import { importNotices, importRefusals, importVerdicts } from '../domain/patient-import.ts'
import { importFields, mappingProblems } from '../domain/patient-import-columns.ts'
import { command, query } from './define.ts'
import { patientSummary, storedDetails } from './patient.ts'
import { calendarDate, filledLine, importId, instant, nothing, patientId, recordVersion } from './scalars.ts'

const text = z.string()
const maybe = text.nullable()
const previewId = z.uuid()
const jobId = z.uuid()

export const columnShapes = ['YMD', 'DMY', 'MDY'] as const
export const importOutcomes = ['ADDED', 'HELD', 'KEPT_BOTH', 'NOT_ADDED', 'REFUSED'] as const
export const undoStatuses = ['COMMITTED', 'UNDONE'] as const

/** Fields of a chart that a held row can bring to another chart. */
export const takeableFields = Object.keys(emptyPatientDetails) as (keyof typeof emptyPatientDetails)[]

const column = z.object({
  header: text,
  field: z.enum(importFields).nullable(),
  /** The first cells that hold something, at most three. */
  samples: z.array(text),
})

const reason = z.enum(duplicateReasons)

const previewRow = z.object({
  line: z.int(),
  verdict: z.enum(importVerdicts),
  family: maybe,
  given: maybe,
  bornOn: calendarDate.nullable(),
  bornText: maybe,
  /** First phone, else the address's first line: tells two of a name apart. */
  contact: maybe,
  chartNumber: maybe,
  refusal: z.enum(importRefusals).nullable(),
  refusedField: z.enum(importFields).nullable(),
  notices: z.array(z.enum(importNotices)),
  /** Why the row is held: the likeliest person it may be. */
  pair: z.object({ line: z.int().nullable(), patient: patientSummary.nullable(), reasons: z.array(reason) }).nullable(),
})
export type PreviewRow = z.output<typeof previewRow>

const importSummary = z.object({
  importId,
  fileName: text,
  status: z.enum(undoStatuses),
  committedAt: instant,
  committedBy: text,
  undoneAt: instant.nullable(),
  rowCount: z.int(),
  addedCount: z.int(),
  heldCount: z.int(),
  notAddedCount: z.int(),
  refusedCount: z.int(),
})
export type ImportSummaryWire = z.output<typeof importSummary>

const importLine = z.object({
  line: z.int(),
  outcome: z.enum(importOutcomes),
  patientId: patientId.nullable(),
  family: maybe,
  given: maybe,
  bornOn: calendarDate.nullable(),
  bornText: maybe,
  refusal: z.enum(importRefusals).nullable(),
  refusedField: z.enum(importFields).nullable(),
  notices: z.array(z.enum(importNotices)),
})
export type ImportLineWire = z.output<typeof importLine>

const comparedDetails = storedDetails

export const patientImport = {
  /** Where this person's import stands, so that a lock or a reload comes back to the same step. */
  standing: query({
    may: 'demographics.import',
    input: nothing,
    output: z.object({
      preparation: z.object({ previewId, fileName: text, jobId: jobId.nullable(), isReady: z.boolean() }).nullable(),
      running: z.object({ importId, kind: z.enum(['COMMIT', 'UNDO']), jobId }).nullable(),
    }),
  }),

  /** Takes an uploaded file and starts reading it. The file stays in memory only. */
  prepare: command({
    may: 'demographics.import',
    input: z.strictObject({ token: z.uuid(), fileName: filledLine(200) }),
    output: z.object({ previewId, jobId }),
    refusals: ['FILE_GONE', 'FILE_EMPTY', 'NOT_A_LIST', 'PREVIEW_RUNNING'],
  }),
  /** Reads it again with other columns or another order of dates; null takes what the file itself tells. */
  replan: command({
    may: 'demographics.import',
    draft: true,
    input: z.strictObject({
      previewId,
      mapping: z.array(z.enum(importFields).nullable()).max(500).nullable(),
      dateShape: z.enum(columnShapes).nullable(),
    }),
    output: z.object({ jobId }),
    refusals: ['PREVIEW_GONE', 'PREVIEW_RUNNING'],
  }),
  preview: query({
    may: 'demographics.import',
    input: z.strictObject({ previewId }),
    output: z.object({
      fileName: text,
      problem: z.enum([...mappingProblems, 'NO_ROWS']).nullable(),
      columns: z.array(column),
      dates: z
        .object({
          shape: z.enum(columnShapes),
          /** Read off the column, or the clinic's own order where nothing tells. */
          detected: z.enum(columnShapes),
          isCertain: z.boolean(),
          /** Dates that only fit another order, dates that are none, and empty ones. */
          contradicting: z.int(),
          unreadable: z.int(),
          blank: z.int(),
        })
        .nullable(),
      counts: z.object({ NEW: z.int(), REVIEW: z.int(), REFUSED: z.int(), withNotice: z.int() }).nullable(),
    }),
    refusals: ['PREVIEW_GONE', 'PREVIEW_RUNNING'],
  }),
  /** Rows with their verdicts, 100 at a time, behind the place `after` (-1 for the first). */
  previewRows: query({
    may: 'demographics.import',
    input: z.strictObject({
      previewId,
      show: z.enum(['ALL', ...importVerdicts, 'NOTICE']),
      after: z.int().min(-1),
    }),
    output: z.object({ rows: z.array(previewRow), next: z.int().nullable() }),
    refusals: ['PREVIEW_GONE', 'PREVIEW_RUNNING'],
  }),
  discard: command({
    may: 'demographics.import',
    draft: true,
    input: z.strictObject({ previewId }),
    output: nothing,
  }),

  /** Writes everything in one transaction of a worker; other saves wait, the window does not. */
  commit: command({
    may: 'demographics.import',
    input: z.strictObject({ previewId }),
    output: z.object({ importId, jobId }),
    refusals: ['PREVIEW_GONE', 'PREVIEW_RUNNING', 'IMPORT_RUNNING', 'NOTHING_TO_IMPORT'],
  }),
  list: query({ may: 'demographics.import', input: nothing, output: z.object({ imports: z.array(importSummary) }) }),
  open: query({
    may: 'demographics.import',
    input: z.strictObject({ importId }),
    output: importSummary.extend({
      version: recordVersion,
      /** After an undo: patients that something refers to, who therefore stayed. At most 200. */
      kept: z.array(patientSummary),
    }),
  }),
  /** Rows of one outcome, at most 50, behind line `after` (0 for the first page). */
  lines: query({
    may: 'demographics.import',
    input: z.strictObject({ importId, outcome: z.enum(importOutcomes), after: z.int().min(0) }),
    output: z.object({ lines: z.array(importLine) }),
  }),

  /** A held row beside each chart (or other row) that it may be. Opens those charts' first pages. */
  compare: query({
    may: 'demographics.import',
    audited: true,
    input: z.strictObject({ importId, line: z.int().min(1) }),
    output: z.object({
      line: z.int(),
      outcome: z.enum(importOutcomes),
      details: comparedDetails,
      chartNumber: maybe,
      notices: z.array(z.enum(importNotices)),
      pairs: z.array(
        z.object({
          reasons: z.array(reason),
          score: z.number(),
          chart: patientSummary.nullable(),
          otherLine: z.int().nullable(),
          otherOutcome: z.enum(importOutcomes).nullable(),
          details: comparedDetails.nullable(),
          /** Where the row says something that this chart says otherwise or not at all. */
          differing: z.array(z.enum(takeableFields)),
        }),
      ),
    }),
  }),
  /** Two different people: the held row becomes a patient of its own. */
  keepBoth: command({
    may: 'demographics.import',
    input: z.strictObject({ importId, line: z.int().min(1) }),
    output: z.object({ patientId, chartNumber: text }),
    refusals: ['ROW_DECIDED'],
  }),
  /** The same person: the row is not added, and the chosen fields are saved in the chart as an edit. */
  doNotAdd: command({
    may: 'demographics.import',
    input: z.strictObject({
      importId,
      line: z.int().min(1),
      take: z
        .strictObject({ patientId, version: recordVersion, fields: z.array(z.enum(takeableFields)).min(1).max(50) })
        .nullable(),
    }),
    output: nothing,
    refusals: ['ROW_DECIDED', 'NOT_ITS_PAIR'],
  }),
  /** Archives every patient of the import that nothing refers to. */
  undo: command({
    may: 'demographics.import',
    input: z.strictObject({ importId }),
    output: z.object({ jobId }),
    refusals: ['ALREADY_UNDONE', 'IMPORT_RUNNING'],
  }),
}
