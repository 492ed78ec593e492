import type { RefusalText } from './refusal-text.ts'

export const signOffTexts: Readonly<Record<string, RefusalText>> = {}
