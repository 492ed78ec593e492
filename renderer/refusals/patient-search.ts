import type { RefusalText } from './refusal-text.ts'

export const patientSearchTexts: Readonly<Record<string, RefusalText>> = {}
