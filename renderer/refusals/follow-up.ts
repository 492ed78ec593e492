import type { RefusalText } from './refusal-text.ts'

export const followUpTexts: Readonly<Record<string, RefusalText>> = {
  FOLLOW_UP_CLOSED: () =>
    'This follow-up is done or cancelled already, so nothing was written. The list shows what is still open.',
}
