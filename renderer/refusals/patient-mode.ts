import type { RefusalText } from './refusal-text.ts'

export const patientModeTexts: Readonly<Record<string, RefusalText>> = {}
