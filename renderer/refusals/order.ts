import type { RefusalText } from './refusal-text.ts'

export const orderTexts: Readonly<Record<string, RefusalText>> = {
  ORDER_NOT_COMPLETE: () =>
    'The order is not signed: something it must say is still missing. The form lists what; complete it and sign again.',
  ORDER_HAS_PROBLEMS: () =>
    'The order is not signed: it says something the clinic’s policy does not allow. The form lists what; change it, or have the policy changed first.',
  ORDER_LICENCE_NOT_VALID: () =>
    'The order is not signed: your licence is missing or has expired. The practice manager can enter the renewed one.',
  ORDER_EXAMINER_DIFFERS: () =>
    'The order is not signed: the staff record says something else about who examined. Choose as what this person examined, or have the practice manager correct the record.',
  ORDER_ENDED: () =>
    'This order has ended already, so nothing was changed. Open the list again to see what took its place.',
}
