import type { RefusalText } from './refusal-text.ts'

export const backupTexts: Readonly<Record<string, RefusalText>> = {}
