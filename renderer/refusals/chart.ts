import type { RefusalText } from './refusal-text.ts'

export const chartTexts: Readonly<Record<string, RefusalText>> = {}
