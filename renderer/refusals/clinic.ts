import type { RefusalText } from './refusal-text.ts'

export const clinicTexts: Readonly<Record<string, RefusalText>> = {
  STORE_EXISTS: () =>
    'Records lie in this place already, so no new clinic was made. Close Countersign and start it again to open them.',
  PASSPHRASE_REQUIRED: () =>
    'This computer has no keychain to trust, so the records need a passphrase. Nothing was made yet; choose one.',
  PASSPHRASE_WRONG: () =>
    'This is neither the passphrase nor the recovery code of these records. They stay closed and untouched; try again.',
  CODE_MISTYPED: () =>
    'This is a recovery code with a slip in it: its check character does not fit. Compare it with the sheet, group by group.',
  NOTHING_TO_UNLOCK: () => 'These records need no passphrase now. Start Countersign again to see how they stand.',
  NOTHING_TO_LOOK_FOR: () => 'Nothing stands in the way of these records now. Go on as usual.',
  CLINIC_IS_OPEN: () =>
    'Your own clinic is open in this window, and the sample clinic never opens beside it. Close Countersign first.',
  NOT_A_SAMPLE: () => 'This works in the sample clinic only; your own clinic is never reset.',
  LICENCE_REQUIRED: () => 'Who treats or signs does so under a licence. Enter its number, state and last day.',
}
