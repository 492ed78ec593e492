import type { RefusalText } from './refusal-text.ts'

export const seriesTexts: Readonly<Record<string, RefusalText>> = {
  SERIES_HAS_PROBLEMS: () =>
    'The course is not saved: it needs at least one goal, between 1 and 12 sessions, and at least one view where photos are taken.',
  SERIES_FEWER_THAN_DONE: ({ done }) =>
    `The course is not saved: ${String(done ?? 'more')} sessions are done already. Plan at least as many.`,
  SERIES_MOVE_NOT_ALLOWED: () =>
    'The course cannot go from its present state to this one. Nothing was changed; open the chart again to see where it stands.',
  SERIES_REASON_MISSING: () =>
    'A hold or an early end needs its reason. Nothing was changed; write it down and save again.',
  SERIES_RESUME_NEEDS_PHYSICIAN: () => 'A course on hold is resumed by a physician. Nothing was changed; ask for it.',
  SERIES_MAINTENANCE_NEEDS_PHYSICIAN: () =>
    'A physician takes a course over to maintenance. Nothing was changed; ask for it.',
}
