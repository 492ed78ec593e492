import type { Reader } from '../../db/open.ts'
import { selectReviewedOn } from '../../db/queries/outcome.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectSeries } from '../../db/queries/series.ts'
import { selectSessionsDone } from '../../db/queries/sessions-done.ts'
import type { StoredRecord } from '../../db/records.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import {
  judgeSpacing,
  type OutcomeReview,
  outcomeReviewFor,
  type SeriesBody,
  type Spacing,
} from '../../shared/domain/series.ts'
import type { PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'

/** Where a course stands today: what was done in it, what was reviewed, and what is ahead. */
export type CourseFacts = {
  readonly series: StoredRecord<SeriesBody>
  readonly policy: PolicyBody
  readonly performedOn: readonly CalendarDate[]
  readonly reviewedOn: readonly CalendarDate[]
  readonly review: OutcomeReview | null
  /** How a session today would stand to the last one. */
  readonly spacing: Spacing
}

/** Null where the patient has no such course. */
export async function readCourse(
  reader: Reader,
  { patientId, seriesId, today }: { patientId: PatientId; seriesId: SeriesId; today: CalendarDate },
): Promise<CourseFacts | null> {
  const series = await selectSeries(reader, patientId, seriesId)
  if (!series) return null
  const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
  const performedOn = (await selectSessionsDone(reader, patientId)).performedBySeries.get(seriesId) ?? []
  const reviewedOn = (await selectReviewedOn(reader, patientId)).get(seriesId) ?? []
  const settings = { ...policy.settings, sessionIntervalMinDays: policy.sessionIntervalMinDays }
  return {
    series,
    policy,
    performedOn,
    reviewedOn,
    review: outcomeReviewFor({ ...series.body, performedOn, reviewedOn }, settings),
    spacing: judgeSpacing(performedOn.at(-1) ?? null, today, settings),
  }
}
