import type { RefusalText } from './refusal-text.ts'

export const anchorTexts: Readonly<Record<string, RefusalText>> = {
  NOTHING_HELD: () => 'Nothing is missing any more: another window has decided. Nothing was changed.',
  COUNT_DIFFERS: () =>
    'The number of missing entries is not the one on this page. Nothing was changed; read the page again before you decide.',
}
