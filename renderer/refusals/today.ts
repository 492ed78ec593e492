import type { RefusalText } from './refusal-text.ts'

export const todayTexts: Readonly<Record<string, RefusalText>> = {}
