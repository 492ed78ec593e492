import type { RefusalText } from './refusal-text.ts'

export const stockTexts: Readonly<Record<string, RefusalText>> = {}
