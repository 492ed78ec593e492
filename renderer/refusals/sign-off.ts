import type { RefusalText } from './refusal-text.ts'

export const signOffTexts: Readonly<Record<string, RefusalText>> = {
  OWN_SESSION: () =>
    'Nobody countersigns a session they wrote themselves. Nothing was signed; another physician has to review this one.',
  STALE_VERSION: () =>
    'The record changed since you opened it, so nothing was done. Read it again as it stands now, then decide.',
  TAKEOVER_REASON_MISSING: () =>
    'Another physician is named as the supervisor of this record. Say why you review it in their place; the reason stands in the signature.',
  DISPOSITION_TWICE: () => 'One deviation was decided on twice. Nothing was signed; decide on each one once.',
  SUPERVISION_NOT_CONFIRMED: () =>
    'Nothing was signed: the supervision of that day is not confirmed. Confirm it, or say in the note how it really was.',
  COMMENT_MISSING: () =>
    'Hold and Stop change the course, so the author must know why. Write it in the comment, then sign again.',
  RECORD_DAMAGED: () =>
    'The stored record is not the one that was submitted: its bytes or columns were changed outside this program. It cannot be signed or printed. Tell the practice manager and keep the store as it is.',
  OWN_LICENCE_NOT_VALID: () =>
    'Nothing was signed: your licence is missing or has expired. The practice manager can enter the renewed one.',
  BATCH_REFUSED: ({ records }) =>
    `Nothing was signed: ${countOf(records)} of the batch ${countOf(records) === '1' ? 'does' : 'do'} not fit any more. The list below says which and why; leave them out or open them one by one.`,
  RETURN_REASON_MISSING: () => 'The record was not returned: say in a sentence why it goes back.',
  RETURN_POINTERS_MISSING: () =>
    'The record was not returned: point at every field that has to be looked at again and say what is asked.',
  RETURN_FIELD_UNKNOWN: () =>
    'The record was not returned: one of the fields pointed at is not in it. Take that field off the list.',
  RETURN_DUE_PAST: () => 'The record was not returned: the day by which it is wanted back has passed already.',
  ERROR_REASON_MISSING: () => 'The record was not marked: say what is wrong with it.',
  CORRECT_SESSION_NOT_VALID: () =>
    'The record was not marked: the session named as the correct one is this one, or was itself discarded or entered in error.',
}

function countOf(records: unknown): string {
  return Array.isArray(records) ? String(records.length) : 'some'
}
