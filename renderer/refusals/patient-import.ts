import type { RefusalText } from './refusal-text.ts'

export const patientImportTexts: Readonly<Record<string, RefusalText>> = {
  FILE_GONE: () => 'The file is no longer held. Nothing was imported; choose it again.',
  FILE_EMPTY: () => 'This file is empty. Nothing was imported; choose another one.',
  NOT_A_LIST: () =>
    'This is no text list: it looks like a spreadsheet, a PDF or a picture. Save the list as CSV in the program it comes from, and choose that file.',
  PREVIEW_GONE: () => 'The list is no longer held in memory. Nothing was imported; choose the file again.',
  PREVIEW_RUNNING: () => 'The list is still being read. Wait a moment, or cancel the reading.',
  IMPORT_RUNNING: () => 'Another import is being written or undone. Wait for its end, then start this one.',
  NOTHING_TO_IMPORT: () =>
    'No row of this list can become a patient. Nothing was imported; check which column holds the names.',
  ROW_DECIDED: () => 'This row was decided already, perhaps in another window. Nothing was changed.',
  NOT_ITS_PAIR: () => 'The row was not held because of this chart, so nothing was taken over.',
  ALREADY_UNDONE: () => 'This import was undone already.',
}

/** Why work on a list that was started did not come to its end. */
const failureTexts: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'The records were in use by another task for too long. Nothing was imported; try again.',
  SQLITE_FULL:
    'The disk became full. Everything was taken back and nothing was imported; free some space and try again.',
  ENOSPC: 'The disk became full. Everything was taken back and nothing was imported; free some space and try again.',
  NO_ROWS: 'The list has a header and no rows. Nothing was imported.',
  NO_COLUMNS: 'No columns were found in this list. Nothing was imported.',
  NO_NAME_COLUMN: 'No column holds a name. Nothing was imported; choose the columns and try again.',
  COLUMN_MAPPED_TWICE:
    'Two columns are read as the same thing. Nothing was imported; choose the columns and try again.',
  ALREADY_UNDONE: 'The import was undone already.',
}

export function importFailureSentence(code: string): string {
  return (
    failureTexts[code] ??
    `The work did not come to its end (${code}). Everything was taken back, the records are as they were before; try again.`
  )
}
