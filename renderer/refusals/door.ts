import type { RefusalText } from './refusal-text.ts'

/** Sentences for what any call may answer: what happened, what it means for the record, what to do. */
export const doorTexts: Readonly<Record<string, RefusalText>> = {
  UNKNOWN_PROCEDURE: () =>
    'This window and the program are of different versions. Close Countersign and start it again; nothing was changed.',
  INVALID_INPUT: ({ field }) =>
    `Something in the form cannot be stored${field ? ` (${String(field)})` : ''}. Nothing was changed; correct it and try again.`,
  TOO_LARGE: () => 'This is more than one form can carry. Nothing was changed; shorten the text and try again.',
  NO_STORE: () => 'No clinic is open on this computer yet. Set up the clinic or open the sample clinic.',
  STORE_LOCKED: () => 'The records are locked. Enter the passphrase of this clinic to open them.',
  RECORDS_HELD: () =>
    'Entries of these records are missing, so nobody can work with them. A practice manager decides what happens next.',
  SIGNED_OUT: () => 'You are signed out. Sign in again; what you typed is kept as a draft.',
  LOCKED: () => 'This window is locked. Enter your PIN to go on where you were.',
  PATIENT_MODE: () => 'This screen is with the patient. A staff PIN ends it.',
  SET_UP_UNFINISHED: () =>
    'The set-up of this clinic is not finished: its recovery code has to be printed and typed back first.',
  DENIED: () => 'Your role does not include this. Ask the practice manager if it should.',
  NOT_FOUND: () =>
    'This record is not there, or does not belong to this patient. Go back to the chart and open it again.',
  CONFLICT: () =>
    'Somebody else saved this record after you opened it. Your text is still here; look at the newer version before you save.',
  MERGED: ({ chartNumber }) =>
    `This chart was merged into ${String(chartNumber ?? 'another chart')}, so nothing new is written here. Open ${String(chartNumber ?? 'the other chart')} and enter it there.`,
  KEY_REUSED: () =>
    'This form was sent before with other content. The first version is stored; open the record to see it.',
  RECORD_UNREADABLE: () =>
    'What is stored here was changed outside this program and cannot be shown any more. Tell the practice manager and keep the records as they are: a backup still has it. Everything else stays readable.',
  BUSY: () => 'The records are in use by another task. Nothing was changed; try again in a few seconds.',
  DISK_FULL: () => 'The disk is full, so nothing was saved. Your text is still here; free some space and save again.',
  READ_ONLY: () =>
    'The records folder cannot be written to. Charts stay readable; ask the person who looks after this computer.',
  STORE_MOVED: () =>
    'The file with the records was moved or replaced, so nothing more is saved. Your text is still here; keep a copy of the open records and ask the person who looks after this computer.',
  STORE_DAMAGED: () =>
    'A part of the records could not be read, so they were closed as they are. Nothing was overwritten; the next screen shows the ways on.',
  INTERNAL: ({ ref }) =>
    `The program met a fault and changed nothing (reference ${String(ref ?? '')}). Try again; if it stays, give the reference to support.`,
  UNREACHABLE: () =>
    'The program did not answer. What you typed is still here; check that Countersign is running and try again.',
}
