import { z } from 'zod'
import { auditCategories } from '../domain/audit-category.ts'
import { command, query } from './define.ts'
import { calendarDate, instant, line, nothing, patientId, staffId } from './scalars.ts'

const row = z.object({
  seq: z.int(),
  at: instant,
  /** Minutes that the clinic's wall clock was ahead of UTC. */
  offsetMin: z.int(),
  /** Null where the program acted by itself or nobody was signed in. */
  actor: z.object({ staffId, printedName: z.string() }).nullable(),
  /** Grants at that time, or `patient` while the screen was with a patient. */
  roles: z.array(z.string()),
  action: z.string(),
  category: z.enum(auditCategories),
  subject: z.string(),
  subjectId: z.string().nullable(),
  versionId: z.string().nullable(),
  /** Printed name where the subject is a person of the clinic. */
  subjectName: z.string().nullable(),
  /** Chart number only: a name would make the list itself a chart. */
  patient: z.object({ patientId, chartNumber: z.string() }).nullable(),
  outcome: z.enum(['DONE', 'REFUSED', 'FAILED']),
  reason: z.string().nullable(),
})
export type AuditRow = z.output<typeof row>

/** Every column of the report; each can be sorted by. */
export const auditSorts = ['seq', 'at', 'actor', 'roles', 'action', 'subject', 'chart', 'outcome', 'reason'] as const
export type AuditSort = (typeof auditSorts)[number]

const filter = {
  fromOn: calendarDate.nullable(),
  /** Last day, included. */
  untilOn: calendarDate.nullable(),
  actorId: staffId.nullable(),
  chartNumber: line(40).nullable(),
  /** `signIn.in` for one action, `signIn.` for all of a feature. */
  action: line(80).nullable(),
  category: z.enum(auditCategories).nullable(),
  outcome: z.enum(['DONE', 'REFUSED', 'FAILED']).nullable(),
}

const chainCheck = z.object({
  state: z.enum(['INTACT', 'BROKEN']),
  at: instant,
  /** WHOLE from the first row; END from where the last check came to. */
  reach: z.enum(['WHOLE', 'END']),
  rows: z.int(),
  /** Null where every row fits. */
  firstBadSeq: z.int().nullable(),
  fault: z.enum(['GAP', 'HASH', 'MAC', 'END']).nullable(),
})

export const audit = {
  /** By keyset: pass `next` to go on. Rows that are alike in the sorted column follow by their number. */
  list: query({
    may: 'audit.read',
    input: z.strictObject({
      ...filter,
      sort: z.enum(auditSorts),
      order: z.enum(['ASCENDING', 'DESCENDING']),
      after: z.strictObject({ key: z.string().max(400), seq: z.int().min(1) }).nullable(),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({
      rows: z.array(row),
      next: z.object({ key: z.string(), seq: z.int() }).nullable(),
      /** What this person may see at all: own rows; those of patients they signed for; all. */
      sees: z.enum(['OWN', 'OWN_PATIENTS', 'ALL']),
    }),
    refusals: ['CHART_NUMBER_UNKNOWN'],
  }),
  /** How the rows were found at the last check, whoever asked for it, and when their end was last noted outside. */
  standing: query({
    may: 'audit.read',
    input: nothing,
    output: z.object({
      standing: chainCheck.nullable(),
      /** The last one from the first row. */
      whole: chainCheck.nullable(),
      anchoredAt: instant.nullable(),
    }),
  }),
  /**
   * The rows of a filter as a file with everything that their hashes are made of, and the end of the chain. Ids and chart
   * numbers only.
   */
  exportCsv: query({
    may: 'audit.read',
    audited: true,
    input: z.strictObject(filter),
    output: z.object({ token: z.string(), fileName: z.string(), rows: z.int(), head: z.string() }),
    refusals: ['CHART_NUMBER_UNKNOWN', 'TOO_MANY_ROWS'],
  }),
  /** Follows the whole chain in the background; `backup.job` tells how far it is and how it ended. */
  verify: command({ may: 'audit.verify', input: nothing, output: z.object({ jobId: z.uuid() }) }),
}
