import type { RatingOccasion, ReportedHow } from '../../shared/domain/outcome.ts'
import type { OutcomeScaleCode, ScaleVersion } from '../../shared/domain/outcome-scales.ts'
import type {
  FollowUpId,
  OutcomeId,
  PatientId,
  PatientScoreId,
  PhotoId,
  SeriesId,
  StaffId,
  VersionId,
} from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** A rater's baseline or outcome of a course; what was rated stands in its versions. */
export interface OutcomeTable {
  id: OutcomeId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  series_id: SeriesId
  occasion: RatingOccasion
  rated_on: CalendarDate
  rater_id: StaffId
  /** Codes apart by blanks. */
  indications: string
  /** The baseline it was compared with; null in a baseline and where there was none. */
  baseline_id: OutcomeId | null
  baseline_version_id: VersionId | null
  /** 1: same scale, rater and views. Null in a baseline. */
  is_comparable: 0 | 1 | null
  /** The review on the worklist that this rating closed. */
  follow_up_id: FollowUpId | null
}

/** Levels of one version, for the report; in tenths, because one scale counts in tenths. */
export interface OutcomeScoreTable {
  outcome_id: OutcomeId
  version_id: VersionId
  scale: OutcomeScaleCode
  scale_version: ScaleVersion
  level_tenths: number
}

/** Pictures that the rater looked at, of the same patient. */
export interface OutcomePhotoTable {
  outcome_id: OutcomeId
  version_id: VersionId
  patient_id: PatientId
  photo_id: PhotoId
}

/** What the patient said on a day. */
export interface PatientScoreTable {
  id: PatientScoreId
  patient_id: PatientId
  series_id: SeriesId
  reported_on: CalendarDate
  how: ReportedHow
  entered_by: StaffId
  entered_at: Instant
}

export interface PatientScoreLevelTable {
  patient_score_id: PatientScoreId
  scale: OutcomeScaleCode
  scale_version: ScaleVersion
  level_tenths: number
}

export type OutcomeTables = {
  outcome: OutcomeTable
  outcome_score: OutcomeScoreTable
  outcome_photo: OutcomePhotoTable
  patient_score: PatientScoreTable
  patient_score_level: PatientScoreLevelTable
}
