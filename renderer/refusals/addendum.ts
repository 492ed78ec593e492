import type { RefusalText } from './refusal-text.ts'

export const addendumTexts: Readonly<Record<string, RefusalText>> = {}
