import type { RefusalText } from './refusal-text.ts'

export const outcomeTexts: Readonly<Record<string, RefusalText>> = {
  OUTCOME_SCORE_INVALID: () =>
    'One of the levels does not lie on its scale. Nothing was saved; look at the levels once more.',
  OUTCOME_SCORE_MISSING: () => 'A scale is still to be rated. Nothing was saved; choose its level and sign again.',
  OUTCOME_NOTHING_RATED: () => 'Nothing is rated yet. Nothing was saved; choose at least one level or picture.',
  OUTCOME_BASELINE_TOO_LATE: () =>
    'The course has begun, so this can no longer be its baseline. Nothing was saved; the outcome can be rated without one, with the reason.',
  OUTCOME_COURSE_NOT_OVER: () =>
    'The course is not over yet. Nothing was saved; the outcome is rated after its last session.',
  OUTCOME_SKIN_TYPE_MISSING: () =>
    'No skin type is recorded. Nothing was saved; a clinician records it in the details of the patient first.',
  OUTCOME_PHOTO_UNKNOWN: () =>
    'One of the pictures is no longer in this chart or was entered in error. Nothing was saved; choose the pictures again.',
  OUTCOME_REASON_MISSING: () =>
    'Baseline and outcome are not rated in the same way. Nothing was saved; write down why and sign again.',
  OUTCOME_NOT_THE_RATER: () => 'Only who rated it corrects it. Nothing was saved; ask them.',
  OUTCOME_DATE_IN_FUTURE: () => 'This day is still to come. Nothing was saved; choose the day on which it was said.',
}
