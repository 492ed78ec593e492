import type { RefusalText } from './refusal-text.ts'

export const patientTexts: Readonly<Record<string, RefusalText>> = {}
