import type { RefusalText } from './refusal-text.ts'

export const visitTexts: Readonly<Record<string, RefusalText>> = {}
