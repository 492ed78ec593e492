import type { RefusalText } from './refusal-text.ts'

export const consentTexts: Readonly<Record<string, RefusalText>> = {}
