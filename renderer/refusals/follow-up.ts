import type { RefusalText } from './refusal-text.ts'

export const followUpTexts: Readonly<Record<string, RefusalText>> = {
  FOLLOW_UP_IN_PAST: () => 'That day is over. Nothing was saved; choose today or a later day.',
  NOT_AN_OWNER: () => 'This person does not do follow-ups here. Nothing was saved; choose somebody else or nobody.',
  ANSWERED_IN_THE_CHART: () =>
    'A request to correct the record is answered in the chart, with its decision. Open it there; nothing was written here.',
  FOLLOW_UP_CLOSED: () =>
    'This follow-up is done or cancelled already, so nothing was written. The list shows what is still open.',
  FOLLOW_UP_NEEDS_RATING: () =>
    'An outcome review is done by rating the outcome. Nothing was changed; open the outcome, or say that it is not needed and why.',
}
