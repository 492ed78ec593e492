import type { RefusalText } from './refusal-text.ts'

export const printTexts: Readonly<Record<string, RefusalText>> = {
  NOTHING_TO_PRINT: () =>
    'There is nothing to print yet: this record has not been submitted or signed. Complete it first.',
}
