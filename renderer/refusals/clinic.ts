import type { RefusalText } from './refusal-text.ts'

export const clinicTexts: Readonly<Record<string, RefusalText>> = {}
