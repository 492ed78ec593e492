import type { RefusalText } from './refusal-text.ts'

export const staffTexts: Readonly<Record<string, RefusalText>> = {}
