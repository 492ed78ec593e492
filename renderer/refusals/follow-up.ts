import type { RefusalText } from './refusal-text.ts'

export const followUpTexts: Readonly<Record<string, RefusalText>> = {}
