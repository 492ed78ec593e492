import { factText, type RefusalText } from './refusal-text.ts'

export const stockTexts: Readonly<Record<string, RefusalText>> = {
  DEVICE_KNOWN: () =>
    'A device of this maker with this serial number is in the register already. Nothing was added; open that one instead.',
  LOT_KNOWN: () =>
    'This lot is in the register already, whatever its spelling. Nothing was added; open that one instead.',
  DATE_IN_FUTURE: () => 'This day has not come yet. Nothing was saved; enter the day on which it was done.',
  STATUS_UNCHANGED: () => 'It has this status already, so nothing was changed.',
  LOT_PAST_DATE: () =>
    'The expiry date of this lot has passed, so it cannot be made available. If the date is wrong, correct the date first.',
  PIECES_MISSING: () => 'Nothing was saved: enter how many pieces, at least one.',
  MORE_THAN_LEFT: ({ left }) =>
    `Nothing was saved: only ${factText(left)} pieces should be left. Count the box again, and correct the count first.`,
  REASON_MISSING: () => 'Nothing was saved: say why, since the reason stays with the lot.',
  CARTRIDGE_LOT_USED_UP: ({ lots }) =>
    `The session did not start: by the register no piece of lot ${factText(lots)} is left. Take another lot, or note in Stock what was received and start again.`,
}
