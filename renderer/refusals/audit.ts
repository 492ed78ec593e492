import type { RefusalText } from './refusal-text.ts'

export const auditTexts: Readonly<Record<string, RefusalText>> = {}
