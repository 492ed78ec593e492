import type { RefusalText } from './refusal-text.ts'

export const fileTexts: Readonly<Record<string, RefusalText>> = {
  FILE_TOO_LARGE: () =>
    'This file is larger than 64 MB, or its upload stood still for half an hour. Nothing was added; choose a smaller file or choose it again.',
}
