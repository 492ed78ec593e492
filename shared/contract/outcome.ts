import { z } from 'zod'
import { ratingDifferences, ratingOccasions, reportedHows, reviewStandings } from '../domain/outcome.ts'
import { outcomeScaleCodes } from '../domain/outcome-scales.ts'
import { photoOccasions, photoViews } from '../domain/photo.ts'
import { seriesStatuses } from '../domain/series.ts'
import { fitzpatrickTypes, indications, sides, zoneCodes } from '../domain/zones.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import {
  calendarDate,
  filledLine,
  instant,
  outcomeId,
  patientId,
  patientScoreId,
  photoId,
  prose,
  recordVersion,
  seriesId,
} from './scalars.ts'
import { outcomeBody, outcomeScore } from './schemas/outcome.ts'

const window = z.object({ dueOn: calendarDate, fromOn: calendarDate, untilOn: calendarDate })

const scoreChange = z.object({
  scale: z.enum(outcomeScaleCodes),
  before: z.number(),
  after: z.number(),
  direction: z.enum(['BETTER', 'SAME', 'WORSE']),
})

const shownPhoto = z.object({
  photoId,
  view: z.enum(photoViews),
  zone: z.enum(zoneCodes).nullable(),
  side: z.enum(sides).nullable(),
  occasion: z.enum(photoOccasions),
  takenOn: calendarDate,
})

const rating = z.object({
  outcomeId,
  version: recordVersion,
  /** How often it was signed; more than once where it was corrected. */
  versionNumber: z.int().min(1),
  /** False: the stored bytes or columns are not what was signed. */
  isIntact: z.boolean(),
  isMine: z.boolean(),
  body: outcomeBody,
  sha256: z.string(),
  signatures: z.array(
    z.object({ signerName: z.string(), credential: z.string(), signedAt: instant, isIntact: z.boolean() }),
  ),
  /** How each scale moved from the baseline it names; empty for a baseline. */
  changes: z.array(scoreChange),
})
export type ShownRating = z.output<typeof rating>

const patientScore = z.object({
  patientScoreId,
  reportedOn: calendarDate,
  how: z.enum(reportedHows),
  scores: z.array(outcomeScore),
  enteredBy: z.string(),
  enteredAt: instant,
})

const rated = {
  scores: z.array(outcomeScore).max(outcomeScaleCodes.length),
  photoIds: z.array(photoId).max(60),
  note: prose(2000),
}
const whyNot = z.enum(['OUTCOME_BASELINE_TOO_LATE', 'OUTCOME_COURSE_NOT_OVER']).nullable()
const scoreRefusals = ['OUTCOME_SCORE_INVALID', 'OUTCOME_SCORE_MISSING', 'OUTCOME_NOTHING_RATED'] as const

export const outcome = {
  /** One course from its baseline to its outcome, side by side. */
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId, seriesId }),
    output: z.object({
      course: z.object({
        goals: z.array(z.enum(indications)),
        goalText: z.string(),
        status: z.enum(seriesStatuses),
        sessionsPlanned: z.int(),
        performedOn: z.array(calendarDate),
        /** Reports about the sessions of this course. */
        complications: z.int(),
      }),
      /** As recorded by a clinician; without it there is no baseline. */
      fst: z.enum(fitzpatrickTypes).nullable(),
      /** Null while the course is not over. */
      review: window.extend({ standingToday: z.enum(reviewStandings) }).nullable(),
      whyNoBaseline: whyNot,
      whyNoOutcome: whyNot,
      /** More than the clinic's days since the last session: what was found then is old. */
      isNewBaselineDue: z.boolean(),
      /** What fits the goals; what the baseline was rated on stays on top of it. */
      scales: z.object({ needed: z.array(z.enum(outcomeScaleCodes)), optional: z.array(z.enum(outcomeScaleCodes)) }),
      /** Newest first; an outcome is compared with the baseline that it names. */
      baselines: z.array(rating),
      outcomes: z.array(rating),
      /** What the patient said, newest first. */
      patientScores: z.array(patientScore),
      /** Kept pictures of this patient, oldest day first; voided ones are left out. */
      photos: z.array(shownPhoto),
    }),
  }),
  /** Signs a baseline or an outcome. Whatever differs from the baseline needs a reason and makes it not comparable. */
  rate: command({
    may: 'series.write',
    reauth: true,
    input: z.strictObject({
      patientId,
      seriesId,
      occasion: z.enum(ratingOccasions),
      ...rated,
      /** Why it differs from the baseline; null where it does not. */
      reason: filledLine(500).nullable(),
      reauth,
    }),
    output: z.object({ outcomeId, differences: z.array(z.enum(ratingDifferences)) }),
    refusals: [
      ...scoreRefusals,
      'OUTCOME_BASELINE_TOO_LATE',
      'OUTCOME_COURSE_NOT_OVER',
      'OUTCOME_SKIN_TYPE_MISSING',
      'OUTCOME_PHOTO_UNKNOWN',
      'OUTCOME_REASON_MISSING',
      ...reauthRefusals,
    ],
  }),
  /** The rater puts right what was signed; the earlier version stays. */
  correct: command({
    may: 'series.write',
    reauth: true,
    input: z.strictObject({
      patientId,
      outcomeId,
      version: recordVersion,
      ...rated,
      reason: filledLine(500).nullable(),
      correctionReason: filledLine(500),
      reauth,
    }),
    output: z.object({ version: recordVersion }),
    refusals: [
      ...scoreRefusals,
      'OUTCOME_NOT_THE_RATER',
      'OUTCOME_PHOTO_UNKNOWN',
      'OUTCOME_REASON_MISSING',
      'RECORD_DAMAGED',
      ...reauthRefusals,
    ],
  }),
  /** What the patient says of it, written down by whoever asked; the newest one counts. */
  takePatientScore: command({
    may: 'series.write',
    input: z.strictObject({
      patientId,
      seriesId,
      reportedOn: calendarDate,
      how: z.enum(reportedHows),
      scores: z.array(outcomeScore).max(outcomeScaleCodes.length),
    }),
    output: z.object({ patientScoreId }),
    refusals: ['OUTCOME_SCORE_INVALID', 'OUTCOME_NOTHING_RATED', 'OUTCOME_DATE_IN_FUTURE'],
  }),
  /** The outcome page as PDF for this window alone, by token through the blob route. */
  print: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId, seriesId }),
    output: z.object({ token: z.string(), fileName: z.string() }),
    refusals: ['NOTHING_TO_PRINT', 'RECORD_DAMAGED'],
  }),
}
