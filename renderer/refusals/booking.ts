import type { RefusalText } from './refusal-text.ts'

export const bookingTexts: Readonly<Record<string, RefusalText>> = {
  WAITING_DAYS_REVERSED: () => 'The last day is before the first one. Nothing was saved; correct the days.',
  HOURS_OVERLAP: () => 'Two spans of one day meet. Nothing was saved; let the second begin when the first is over.',
  HOURS_REVERSED: () => 'A span ends before it begins. Nothing was saved; correct its times.',
  ABSENCE_REVERSED: () => 'The last day is before the first one. Nothing was saved; correct the days.',
}
