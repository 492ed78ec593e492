import { z } from 'zod'
import {
  type OutcomeBody,
  type OutcomeScore,
  ratingDifferences,
  ratingOccasions,
  reviewStandings,
} from '../../domain/outcome.ts'
import { outcomeScaleCodes, scaleVersions, vssParts } from '../../domain/outcome-scales.ts'
import { fitzpatrickTypes, indications } from '../../domain/zones.ts'
import { calendarDate, outcomeId, patientId, photoId, prose, seriesId, versionId } from '../scalars.ts'
import type { SameType } from './same-type.ts'
import { physicianSignature } from './staff.ts'

/** Bounds and steps of each scale are a rule: `checkRating`. */
export const outcomeScore = z.strictObject({
  scale: z.enum(outcomeScaleCodes),
  scaleVersion: z.enum(scaleVersions),
  level: z.number().min(0).max(365),
  parts: z.array(z.strictObject({ part: z.enum(vssParts), level: z.int().min(0).max(5) })).max(vssParts.length),
}) satisfies z.ZodType<OutcomeScore>

export const outcomeBody = z.strictObject({
  schema: z.literal('outcome/1'),
  patientId,
  seriesId,
  occasion: z.enum(ratingOccasions),
  indications: z.array(z.enum(indications)).min(1).max(indications.length),
  ratedOn: calendarDate,
  fst: z.enum(fitzpatrickTypes),
  photoIds: z.array(photoId).max(60),
  scores: z.array(outcomeScore).max(outcomeScaleCodes.length),
  note: prose(2000),
  review: z
    .strictObject({
      baseline: z.strictObject({ outcomeId, versionId }).nullable(),
      differences: z.array(z.enum(ratingDifferences)).max(ratingDifferences.length),
      reason: prose(500).nullable(),
      window: z
        .strictObject({
          dueOn: calendarDate,
          fromOn: calendarDate,
          untilOn: calendarDate,
          standing: z.enum(reviewStandings),
        })
        .nullable(),
    })
    .nullable(),
  correctionReason: prose(500).nullable(),
  rater: physicianSignature,
}) satisfies z.ZodType<OutcomeBody>
true satisfies SameType<z.infer<typeof outcomeBody>, OutcomeBody>
