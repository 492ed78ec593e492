import type { OutcomeId, PatientId, PhotoId, SeriesId, StaffId, VersionId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'
import { type OutcomeScaleCode, outcomeScales, type ScaleVersion, scalesFor, type VssPart } from './outcome-scales.ts'
import type { Photo } from './photo.ts'
import type { OutcomeReview, SeriesStatus, Spacing } from './series.ts'
import type { PhysicianSignature } from './staff.ts'
import type { FitzpatrickType, Indication } from './zones.ts'

export const ratingOccasions = ['BASELINE', 'OUTCOME'] as const
export type RatingOccasion = (typeof ratingOccasions)[number]

/** One level, never without its scale and the scale's version. */
export type OutcomeScore = {
  readonly scale: OutcomeScaleCode
  readonly scaleVersion: ScaleVersion
  readonly level: number
  /** Sub-scores of the Vancouver scale; empty for all others. */
  readonly parts: readonly { readonly part: VssPart; readonly level: number }[]
}

export const ratingDifferences = ['NO_BASELINE', 'OTHER_RATER', 'OTHER_SCALE', 'OTHER_VIEWS'] as const
export type RatingDifference = (typeof ratingDifferences)[number]

export const reviewStandings = ['BEFORE', 'WITHIN', 'AFTER'] as const
export type ReviewStanding = (typeof reviewStandings)[number]

/** How one rater found the skin on a day, signed by the rater (clinical reference, section 9). */
export type OutcomeBody = {
  readonly schema: 'outcome/1'
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly occasion: RatingOccasion
  /** What the course was for on that day. */
  readonly indications: readonly Indication[]
  readonly ratedOn: CalendarDate
  readonly fst: FitzpatrickType
  /** Kept pictures that the rater looked at. */
  readonly photoIds: readonly PhotoId[]
  readonly scores: readonly OutcomeScore[]
  readonly note: string
  /** Set exactly for an outcome. */
  readonly review: {
    /** The very version that was seen side by side; null where the course has none. */
    readonly baseline: { readonly outcomeId: OutcomeId; readonly versionId: VersionId } | null
    /** Empty: the two may be compared. */
    readonly differences: readonly RatingDifference[]
    /** Required where they differ. */
    readonly reason: string | null
    /** When it was due and whether that was kept; null where no date stood. */
    readonly window: (OutcomeReview & { readonly standing: ReviewStanding }) | null
  } | null
  /** A correction says why; null in the first version. */
  readonly correctionReason: string | null
  readonly rater: PhysicianSignature
}

export const reportedHows = ['IN_PERSON', 'PHONE', 'ON_PAPER'] as const
export type ReportedHow = (typeof reportedHows)[number]

/** What the patient said; kept apart from every clinician's rating and signed by nobody for them. */
export type PatientScore = {
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly reportedOn: CalendarDate
  readonly how: ReportedHow
  readonly scores: readonly OutcomeScore[]
  readonly enteredBy: StaffId
}

/** Why a rating of this occasion cannot be made now; null where it can. */
export function whyNoRating(
  occasion: RatingOccasion,
  course: {
    readonly status: SeriesStatus
    readonly performedOn: readonly CalendarDate[]
    readonly spacing: Pick<Spacing, 'verdict'>
    readonly review: OutcomeReview | null
  },
): 'OUTCOME_BASELINE_TOO_LATE' | 'OUTCOME_COURSE_NOT_OVER' | null {
  if (occasion === 'BASELINE') {
    // After a long gap the skin is not what it was: section 9 suggests a new baseline.
    const mayStartAnew = course.performedOn.length === 0 || course.spacing.verdict === 'REBASELINE'
    return mayStartAnew ? null : 'OUTCOME_BASELINE_TOO_LATE'
  }
  return course.review === null ? 'OUTCOME_COURSE_NOT_OVER' : null
}

export type ScoreProblem = {
  readonly code: 'OUTCOME_SCORE_INVALID' | 'OUTCOME_SCORE_MISSING' | 'OUTCOME_NOTHING_RATED'
  readonly scales: readonly OutcomeScaleCode[]
}

/**
 * What stands against these scores. A baseline has every scale that its indications need and no GAIS, which tells a
 * change. An outcome by a physician has the GAIS; nobody else gives the physician's.
 */
export function checkRating({
  occasion,
  indications,
  scores,
  photoIds,
  isPhysician,
}: Pick<OutcomeBody, 'occasion' | 'indications' | 'scores' | 'photoIds'> & {
  readonly isPhysician: boolean
}): ScoreProblem | null {
  const invalid = scores.filter((score) => !isScore(score) || !mayRate(score, { occasion, isPhysician }))
  const twice = scores.filter(({ scale }, index) => scores.findIndex((one) => one.scale === scale) !== index)
  if (invalid.length + twice.length > 0) {
    return { code: 'OUTCOME_SCORE_INVALID', scales: [...invalid, ...twice].map(({ scale }) => scale) }
  }
  const needed: readonly OutcomeScaleCode[] =
    occasion === 'BASELINE' ? scalesFor(indications).needed : isPhysician ? ['GAIS'] : []
  const missing = needed.filter((scale) => !scores.some((score) => score.scale === scale))
  if (missing.length > 0) return { code: 'OUTCOME_SCORE_MISSING', scales: missing }
  if (scores.length + photoIds.length === 0) return { code: 'OUTCOME_NOTHING_RATED', scales: [] }
  return null
}

/** The same for what the patient says. */
export function checkPatientScores(scores: readonly OutcomeScore[]): ScoreProblem | null {
  const invalid = scores.filter(
    (score, index) =>
      !isScore(score) ||
      outcomeScales[score.scale].scoredBy === 'CLINICIAN' ||
      scores.findIndex((one) => one.scale === score.scale) !== index,
  )
  if (invalid.length > 0) return { code: 'OUTCOME_SCORE_INVALID', scales: invalid.map(({ scale }) => scale) }
  return scores.length === 0 ? { code: 'OUTCOME_NOTHING_RATED', scales: [] } : null
}

/** A level with the scale's present version. A scale of parts adds up from them. */
export function scoreOf(scale: OutcomeScaleCode, level: number, parts: OutcomeScore['parts'] = []): OutcomeScore {
  return { scale, scaleVersion: outcomeScales[scale].version, level, parts }
}

/** Same scale, same rater, same views (clinical reference, section 9); whatever is not, is named. */
export function ratingDifferencesOf(baseline: Compared | null, outcome: Compared): readonly RatingDifference[] {
  if (!baseline) return ['NO_BASELINE']
  const differences: RatingDifference[] = []
  if (baseline.raterId !== outcome.raterId) differences.push('OTHER_RATER')
  if (!baseline.scores.every((before) => outcome.scores.some((after) => isSameScale(before, after)))) {
    differences.push('OTHER_SCALE')
  }
  const views = new Set(outcome.photos.map(viewKey))
  if (!baseline.photos.every((photo) => views.has(viewKey(photo)))) differences.push('OTHER_VIEWS')
  return differences
}

type ComparedPhoto = Pick<Photo, 'view' | 'zone' | 'side'>
type Compared = {
  readonly raterId: StaffId
  readonly scores: readonly OutcomeScore[]
  readonly photos: readonly ComparedPhoto[]
}

export type ScoreChange = {
  readonly scale: OutcomeScaleCode
  readonly before: number
  readonly after: number
  readonly direction: 'BETTER' | 'SAME' | 'WORSE'
}

/** How each scale moved; one that only one of the two has, or in another version, is left out. */
export function scoreChanges(before: readonly OutcomeScore[], after: readonly OutcomeScore[]): readonly ScoreChange[] {
  return before.flatMap((earlier): readonly ScoreChange[] => {
    const later = after.find((score) => isSameScale(score, earlier))
    if (!later) return []
    const gain =
      outcomeScales[earlier.scale].better === 'LOWER' ? earlier.level - later.level : later.level - earlier.level
    return [
      {
        scale: earlier.scale,
        before: earlier.level,
        after: later.level,
        direction: gain > 0 ? 'BETTER' : gain < 0 ? 'WORSE' : 'SAME',
      },
    ]
  })
}

/** Inside the window, before or after it; a review on another day counts and says so. */
export function reviewStanding(
  { fromOn, untilOn }: Pick<OutcomeReview, 'fromOn' | 'untilOn'>,
  on: CalendarDate,
): ReviewStanding {
  if (on < fromOn) return 'BEFORE'
  return on > untilOn ? 'AFTER' : 'WITHIN'
}

function isScore({ scale, scaleVersion, level, parts }: OutcomeScore): boolean {
  const { version, from, to, step, parts: known } = outcomeScales[scale]
  if (scaleVersion !== version || level < from || level > to) return false
  if (Math.abs(level / step - Math.round(level / step)) > 1e-9) return false
  if (known.length === 0) return parts.length === 0
  const isComplete =
    parts.length === known.length &&
    known.every(({ part, to: most }) =>
      parts.some((one) => one.part === part && Number.isInteger(one.level) && one.level >= 0 && one.level <= most),
    )
  return isComplete && parts.reduce((sum, one) => sum + one.level, 0) === level
}

function mayRate(
  { scale }: OutcomeScore,
  { occasion, isPhysician }: { readonly occasion: RatingOccasion; readonly isPhysician: boolean },
): boolean {
  const { scoredBy, measures } = outcomeScales[scale]
  if (scoredBy === 'PATIENT') return false
  return measures === 'STATE' || (occasion === 'OUTCOME' && isPhysician)
}

function isSameScale(one: OutcomeScore, other: OutcomeScore): boolean {
  return one.scale === other.scale && one.scaleVersion === other.scaleVersion
}

/** A close-up is another view for every zone. */
function viewKey({ view, zone, side }: ComparedPhoto): string {
  return view === 'DETAIL' ? `${view} ${zone} ${side}` : view
}
