import type { RefusalText } from './refusal-text.ts'

export const patientImportTexts: Readonly<Record<string, RefusalText>> = {}
