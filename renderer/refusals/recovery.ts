import type { RefusalText } from './refusal-text.ts'

export const recoveryTexts: Readonly<Record<string, RefusalText>> = {
  NOTHING_TO_SALVAGE: () =>
    'These records are not known to be damaged, so there is nothing to save from them. Look again first.',
  NOTHING_READABLE: () =>
    'Not even the list of the tables can be read, so nothing could be saved from this file. It stays as it is; restore the newest backup.',
  NOT_SALVAGED: () => 'Nothing was saved from the damaged records yet. Start that first; nothing was changed.',
  NOTHING_TO_KEEP: () => 'There is no file with records here that could be copied. Nothing was changed.',
}
