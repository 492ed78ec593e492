import type { RefusalText } from './refusal-text.ts'

export const policyTexts: Readonly<Record<string, RefusalText>> = {}
