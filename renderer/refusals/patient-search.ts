import type { RefusalText } from './refusal-text.ts'

/** The search refuses nothing of its own: what the door refuses has its sentences there. */
export const patientSearchTexts: Readonly<Record<string, RefusalText>> = {}
