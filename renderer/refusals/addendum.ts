import type { RefusalText } from './refusal-text.ts'

export const addendumTexts: Readonly<Record<string, RefusalText>> = {
  ADDENDUM_MOVE_NOT_ALLOWED: () =>
    'The addendum has moved on since you opened it, so nothing was changed. Look at it again as it stands now.',
  OWN_ADDENDUM: () =>
    'Nobody countersigns an addendum they wrote themselves. Another physician has to review this one.',
  RECORD_NOT_SIGNED: () =>
    'An addendum adds to what is signed. This record is not signed yet: correct the record itself instead.',
  ADDENDUM_FIELD_UNKNOWN: () => 'The record has no such field, so nothing was kept. Choose the field again.',
  ADDENDUM_REASON_MISSING: () => 'The addendum was not sent: say why it is written.',
  ADDENDUM_INCOMPLETE: () =>
    'The addendum was not sent: write what it adds, or what the field should say. What you typed is kept.',
}
