import { z } from 'zod'
import { standardViews } from '../domain/photo.ts'
import { maintenanceMonthBounds, photoPlans, seriesStatuses, spacings } from '../domain/series.ts'
import { indications } from '../domain/zones.ts'
import { command, query } from './define.ts'
import { calendarDate, line, patientId, prose, recordVersion, seriesId } from './scalars.ts'
import { seriesBody } from './schemas/series.ts'
import { lengthUm } from './schemas/stock.ts'
import { isPlace, zonePlace } from './schemas/zones.ts'

/** What a person plans; the status has a procedure of its own. */
const plan = {
  goals: z.array(z.enum(indications)).max(indications.length),
  goalText: prose(1000),
  zones: z
    .array(z.strictObject({ ...zonePlace, depthUm: lengthUm.nullable() }).refine(isPlace, 'no such place'))
    .max(100),
  sessionsPlanned: z.int().min(0).max(99),
  intervalMonths: z.int().min(1).max(12),
  photos: z.enum(photoPlans),
  /** Empty unless photos are taken here. */
  photoViews: z.array(z.enum(standardViews)).max(standardViews.length),
}

const seriesSummary = z.object({
  seriesId,
  version: recordVersion,
  body: seriesBody,
  /** False: the stored bytes or columns are not what was saved. */
  isIntact: z.boolean(),
  sessionsPerformed: z.int().min(0),
  lastPerformedOn: calendarDate.nullable(),
  /** Last performed session plus the interval; null before the first and once the course is over. */
  nextDueOn: calendarDate.nullable(),
  /** How a session today would stand to the last one. */
  spacing: z.object({
    verdict: z.enum(spacings),
    days: z.int().nullable(),
    eligibleOn: calendarDate.nullable(),
  }),
  outcomeReview: z.object({ dueOn: calendarDate, fromOn: calendarDate, untilOn: calendarDate }).nullable(),
  performedOn: z.array(calendarDate),
  /** Days on which outcome reviews were settled: rated, or not needed. */
  reviewedOn: z.array(calendarDate),
})
export type SeriesSummary = z.output<typeof seriesSummary>

export const series = {
  /** Every course of the patient, newest first. */
  list: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      series: z.array(seriesSummary),
      /** What a new course starts from. */
      usual: z.object({ sessions: z.int(), intervalMonths: z.int(), maintenanceMonths: z.int() }),
    }),
  }),
  plan: command({
    may: 'series.write',
    input: z.strictObject({ patientId, ...plan }),
    output: z.object({ seriesId }),
    refusals: ['SERIES_HAS_PROBLEMS'],
  }),
  edit: command({
    may: 'series.write',
    input: z.strictObject({ patientId, seriesId, version: recordVersion, ...plan }),
    output: z.object({ version: recordVersion }),
    refusals: ['SERIES_HAS_PROBLEMS', 'SERIES_FEWER_THAN_DONE'],
  }),
  /** Hold, resume, end early, complete. Hold and an early end need a reason; maintenance has `maintain`. */
  setStatus: command({
    may: 'series.write',
    input: z.strictObject({
      patientId,
      seriesId,
      version: recordVersion,
      status: z.enum(seriesStatuses),
      reason: line(500).nullable(),
    }),
    output: z.object({ version: recordVersion }),
    refusals: ['SERIES_MOVE_NOT_ALLOWED', 'SERIES_REASON_MISSING', 'SERIES_RESUME_NEEDS_PHYSICIAN'],
  }),
  /** Takes a finished course over to maintenance, or sets its interval anew; a physician's. */
  maintain: command({
    may: 'series.write',
    input: z.strictObject({
      patientId,
      seriesId,
      version: recordVersion,
      everyMonths: z.int().min(maintenanceMonthBounds.from).max(maintenanceMonthBounds.to),
    }),
    output: z.object({ version: recordVersion }),
    refusals: ['SERIES_MOVE_NOT_ALLOWED', 'SERIES_MAINTENANCE_NEEDS_PHYSICIAN'],
  }),
}
