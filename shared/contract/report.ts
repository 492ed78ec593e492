import { z } from 'zod'
import { complicationCodes } from '../domain/complication-codes.ts'
import { outcomeScaleCodes } from '../domain/outcome-scales.ts'
import { reportPeriodProblems } from '../domain/report.ts'
import { safetyGroupings } from '../domain/report-safety.ts'
import { deviationDispositions } from '../domain/sign-off.ts'
import { indications } from '../domain/zones.ts'
import { query } from './define.ts'
import { calendarDate, instant, staffId } from './scalars.ts'

/** Both days included, by the day on which a session was performed. */
const period = z.strictObject({ from: calendarDate, to: calendarDate })
const count = z.int().min(0)

/** Minutes from the last submission to the countersignature; null where nothing was countersigned. */
const minutes = z.number().nullable()
const figures = {
  performed: count,
  countersigned: count,
  authorSigned: count,
  signedSingly: count,
  inBatch: count,
  signedLate: count,
  returns: count,
  deviations: count,
  dispositions: z.record(z.enum(deviationDispositions), count),
  medianMin: minutes,
  ninetiethMin: minutes,
  /** At this moment, whatever the period: the sign-off queue by the same names. */
  waitingNow: count,
  overdueNow: count,
  escalatedNow: count,
}

/** A share with n and its 95 % confidence interval; null where nothing was performed. */
const rate = z.object({ events: count, n: count, share: z.number(), low: z.number(), high: z.number() }).nullable()

const givenRate = z.object({ events: count, n: count, share: z.number(), low: z.number(), high: z.number() })
const outcomeFigures = {
  courses: count,
  comparable: count,
  sessionsDone: count,
  sessionsPlanned: count,
  scales: z.array(z.object({ scale: z.enum(outcomeScaleCodes), better: givenRate, same: count, worse: count })),
  physicianGais: z.array(count),
  patientGais: z.array(count),
  physicianImproved: rate,
  patientImproved: rate,
  complications: rate,
}

/** A CSV for this window alone, by token through the blob route. No patient is in it. */
const file = z.object({ token: z.string(), fileName: z.string() })

export const report = {
  /** Who supervised whom, and how the records were signed. Voided and discarded sessions are in no figure. */
  supervision: query({
    may: 'counts.read',
    input: period,
    output: z.object({
      asOf: instant,
      rows: z.array(
        z.object({
          ...figures,
          supervisor: z.object({ staffId, printedName: z.string() }).nullable(),
          practitioner: z.object({ staffId, printedName: z.string() }),
        }),
      ),
      total: z.object(figures),
    }),
    refusals: [...reportPeriodProblems],
  }),
  /** Sessions with a complication per performed sessions; a voided session counts neither above nor below the line. */
  safety: query({
    may: 'counts.read',
    input: period,
    output: z.object({
      sessions: count,
      total: rate,
      codes: z.array(z.object({ code: z.enum(complicationCodes).nullable(), rate })),
      groups: z.array(
        z.object({
          grouping: z.enum(safetyGroupings),
          /** What the record holds: lower end of the depth band in micrometres, skin type, id or lot; else empty. */
          key: z.string(),
          /** Name of the device, the lot or the person; null where the key says it all. */
          name: z.string().nullable(),
          rate,
        }),
      ),
      /** Reports that a clinician judged unrelated, which are in no figure. */
      unrelated: count,
    }),
    refusals: [...reportPeriodProblems],
  }),
  supervisionCsv: query({
    may: 'counts.read',
    audited: true,
    input: period,
    output: file,
    refusals: [...reportPeriodProblems],
  }),
  safetyCsv: query({
    may: 'counts.read',
    audited: true,
    input: period,
    output: file,
    refusals: [...reportPeriodProblems],
  }),
  /** Courses by their newest outcome rating of the period; `rate` is null where nobody was rated so. */
  outcomes: query({
    may: 'counts.read',
    input: period,
    output: z.object({
      total: z.object(outcomeFigures),
      indications: z.array(z.object({ ...outcomeFigures, indication: z.enum(indications) })),
    }),
    refusals: [...reportPeriodProblems],
  }),
  outcomesCsv: query({
    may: 'counts.read',
    audited: true,
    input: period,
    output: file,
    refusals: [...reportPeriodProblems],
  }),
}
