import { z } from 'zod'
import { duplicateReasons } from '../domain/patient-duplicate.ts'
import { mergeProblems } from '../domain/patient-merge.ts'
import { command, query } from './define.ts'
import { patientSummary, storedAllergies, storedDetails, storedStatus } from './patient.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { calendarDate, filledLine, instant, nothing, patientId, patientLinkId } from './scalars.ts'

const count = z.int().min(0)
const name = z.string().nullable()

/** One of two charts side by side. */
const side = z.object({
  patientId,
  chartNumber: z.string(),
  isIntact: z.boolean(),
  registeredAt: instant,
  status: storedStatus,
  details: storedDetails,
  /** Null where the role may not read alerts. */
  allergies: storedAllergies.nullable(),
  lastVisitOn: calendarDate.nullable(),
  contents: z.object({
    visits: count,
    screenings: count,
    consents: count,
    orders: count,
    sessions: count,
    complications: count,
    photos: count,
  }),
})
export type MergeSide = z.output<typeof side>

const problem = z.object({ code: z.enum(mergeProblems), count })

const link = z.object({
  linkId: patientLinkId,
  merged: patientSummary,
  kept: patientSummary,
  mergedAt: instant,
  mergedBy: name,
  reason: z.string(),
  ended: z.object({ at: instant, by: name, reason: z.string() }).nullable(),
})
export type MergeLink = z.output<typeof link>

export const patientMerge = {
  /** Both charts beside each other, as `patientId` would be merged into `keptId`. */
  compare: query({
    may: 'patient.merge',
    audited: true,
    input: z.strictObject({ patientId, keptId: patientId }),
    output: z.object({
      merged: side,
      kept: side,
      reasons: z.array(z.enum(duplicateReasons)),
      /** What stands against it; null where nothing does. */
      problem: problem.nullable(),
    }),
    refusals: ['SAME_CHART'],
  }),

  /** From now on `patientId` is read and written as `keptId`. No record is moved. */
  merge: command({
    may: 'patient.merge',
    reauth: true,
    input: z.strictObject({ patientId, keptId: patientId, reason: filledLine(500), reauth }),
    output: z.object({ linkId: patientLinkId }),
    refusals: [...mergeProblems, ...reauthRefusals],
  }),

  /** Ends the link; both charts are again as they were. */
  unmerge: command({
    may: 'patient.merge',
    reauth: true,
    input: z.strictObject({ patientId, linkId: patientLinkId, reason: filledLine(500), reauth }),
    output: nothing,
    refusals: ['NOT_MERGED', ...reauthRefusals],
  }),

  /** Every merge that this chart was ever part of, newest first, at most 100. */
  history: query({
    may: 'demographics.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({ links: z.array(link) }),
  }),

  /** Charts that look like one person's and that nobody has decided about, likeliest first, at most 100. */
  pairs: query({
    may: 'patient.merge',
    input: nothing,
    output: z.object({
      pairs: z.array(
        z.object({
          low: patientSummary,
          high: patientSummary,
          reasons: z.array(z.enum(duplicateReasons)),
        }),
      ),
      total: count,
      /** Charts that are new or changed since they were compared. */
      uncompared: count,
    }),
  }),

  /** Compares the next charts with all others; called again until nothing is left. */
  findPairs: command({
    may: 'patient.merge',
    input: nothing,
    output: z.object({ compared: count, left: count }),
  }),

  /** Two people: not shown again unless name, birth date, address or phone of one of them changes. */
  keepApart: command({
    may: 'patient.merge',
    input: z.strictObject({ patientId, otherId: patientId, reason: filledLine(500) }),
    output: nothing,
    refusals: ['SAME_CHART'],
  }),
}
