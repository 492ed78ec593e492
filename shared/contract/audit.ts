import { z } from 'zod'
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

export const audit = {
  /** Newest first, by keyset: pass `nextBeforeSeq` to go on. */
  list: query({
    may: 'audit.read',
    input: z.strictObject({
      fromOn: calendarDate.nullable(),
      /** Last day, included. */
      untilOn: calendarDate.nullable(),
      actorId: staffId.nullable(),
      chartNumber: line(40).nullable(),
      /** `signIn.in` for one action, `signIn.` for all of a feature. */
      action: line(80).nullable(),
      beforeSeq: z.int().min(1).nullable(),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({
      rows: z.array(row),
      nextBeforeSeq: z.int().nullable(),
      /** What this person may see at all: own rows; those of patients they signed for; all. */
      sees: z.enum(['OWN', 'OWN_PATIENTS', 'ALL']),
    }),
    refusals: ['CHART_NUMBER_UNKNOWN'],
  }),
  /** Follows the whole chain in the background; `backup.job` tells how far it is and how it ended. */
  verify: command({ may: 'audit.verify', input: nothing, output: z.object({ jobId: z.uuid() }) }),
}
