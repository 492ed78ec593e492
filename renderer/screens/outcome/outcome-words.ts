import type {
  OutcomeScore,
  RatingDifference,
  RatingOccasion,
  ReportedHow,
  ReviewStanding,
} from '../../../shared/domain/outcome.ts'
import { type OutcomeScaleCode, outcomeScales } from '../../../shared/domain/outcome-scales.ts'
import type { Output } from '../../client/client.ts'

export type OpenOutcome = Output<'outcome.open'>
export type Rating = OpenOutcome['outcomes'][number]
export type OutcomePhoto = OpenOutcome['photos'][number]

export const differenceWords: Readonly<Record<RatingDifference, string>> = {
  NO_BASELINE: 'there is no baseline',
  OTHER_RATER: 'another rater',
  OTHER_SCALE: 'a scale of the baseline is not rated',
  OTHER_VIEWS: 'a view of the baseline is not there',
}

export const standingWords: Readonly<Record<ReviewStanding, string>> = {
  BEFORE: 'before its window',
  WITHIN: 'in its window',
  AFTER: 'after its window',
}

export const howWords: Readonly<Record<ReportedHow, string>> = {
  IN_PERSON: 'In person',
  PHONE: 'By phone',
  ON_PAPER: 'On paper',
}

export const directionWords = { BETTER: 'Better', SAME: 'The same', WORSE: 'Worse' } as const

/** `3 Moderate: obvious at ...`, `8.4 of 24`: a level as people read it. */
export function levelText({ scale, level }: Pick<OutcomeScore, 'scale' | 'level'>): string {
  const { levels, to } = outcomeScales[scale]
  const label = levels.find((one) => one.level === level)?.label
  if (scale === 'DOWNTIME_DAYS') return level === 1 ? '1 day' : `${level} days`
  if (scale === 'WOULD_REPEAT') return label ?? ''
  if (scale === 'GLOGAU') return label ?? ''
  return label ? `${level} ${label}` : `${level} of ${to}`
}

export function scoreIn(scores: readonly OutcomeScore[] | undefined, scale: OutcomeScaleCode): OutcomeScore | null {
  return scores?.find((score) => score.scale === scale) ?? null
}

/** What is being rated: a first baseline or outcome, or the correction of one that the person signed. */
export type OpenForm = { readonly occasion: RatingOccasion; readonly corrects: Rating | null }
