import type { RefusalText } from './refusal-text.ts'

export const fileTexts: Readonly<Record<string, RefusalText>> = {}
