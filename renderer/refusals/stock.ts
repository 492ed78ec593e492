import type { RefusalText } from './refusal-text.ts'

export const stockTexts: Readonly<Record<string, RefusalText>> = {
  DEVICE_KNOWN: () =>
    'A device of this maker with this serial number is in the register already. Nothing was added; open that one instead.',
  LOT_KNOWN: () =>
    'This lot is in the register already, whatever its spelling. Nothing was added; open that one instead.',
  DATE_IN_FUTURE: () => 'This day has not come yet. Nothing was saved; enter the day on which it was done.',
  STATUS_UNCHANGED: () => 'It has this status already, so nothing was changed.',
  LOT_PAST_DATE: () =>
    'The expiry date of this lot has passed, so it cannot be made available. If the date is wrong, correct the date first.',
}
