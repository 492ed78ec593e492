import type { RefusalText } from './refusal-text.ts'

export const seriesTexts: Readonly<Record<string, RefusalText>> = {}
