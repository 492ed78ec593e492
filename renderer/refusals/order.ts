import type { RefusalText } from './refusal-text.ts'

export const orderTexts: Readonly<Record<string, RefusalText>> = {}
