import { factText, type RefusalText } from './refusal-text.ts'

export const reportTexts: Readonly<Record<string, RefusalText>> = {
  PERIOD_BACKWARDS: () => 'The last day lies before the first. Enter them the other way round.',
  PERIOD_TOO_LONG: ({ most }) => `A report covers at most ${factText(most)} days. Choose a shorter period.`,
}
