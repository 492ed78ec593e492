import type { RefusalText } from './refusal-text.ts'

export const screeningTexts: Readonly<Record<string, RefusalText>> = {}
