import type { RefusalText } from './refusal-text.ts'

export const complicationTexts: Readonly<Record<string, RefusalText>> = {}
