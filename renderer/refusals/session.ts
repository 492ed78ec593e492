import type { RefusalText } from './refusal-text.ts'

export const sessionTexts: Readonly<Record<string, RefusalText>> = {}
