import type { RefusalText } from './refusal-text.ts'

export const auditTexts: Readonly<Record<string, RefusalText>> = {
  CHART_NUMBER_UNKNOWN: ({ chartNumber }) =>
    `No chart has the number ${String(chartNumber ?? '')}. Check it against the patient's banner.`,
  TOO_MANY_ROWS: () =>
    'More rows fit than one file takes. Nothing was saved; choose a shorter period and save the rows in parts.',
}
