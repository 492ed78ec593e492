import type { RefusalText } from './refusal-text.ts'

export const printTexts: Readonly<Record<string, RefusalText>> = {}
