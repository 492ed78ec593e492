import type { RefusalText } from './refusal-text.ts'

export const clearanceTexts: Readonly<Record<string, RefusalText>> = {}
