import type { RefusalText } from './refusal-text.ts'

/** Why a copy was not taken: what is wrong with it, what it means for the records, what to do. */
const copyFaultTexts: Readonly<Record<string, string>> = {
  COPY_MISSING: 'There is no store.db in this copy. Nothing was changed; choose another copy.',
  COPY_EMPTY:
    'The file store.db in this copy is empty, so it holds no records. Nothing was changed; choose another copy.',
  COPY_CUT:
    'The file store.db in this copy is not as long as when it was made; part of it is missing. Nothing was changed; choose another copy.',
  COPY_ALTERED: 'The bytes of this copy are not the ones that were verified. Nothing was changed; choose another copy.',
  COPY_LOG_BESIDE:
    'A log of changes lies beside store.db in this copy, and it is not part of the copy. It would be replayed into the records, so nothing was opened. Move store.db-wal, store.db-shm and store.db-journal out of that folder, or choose another copy.',
  COPY_NO_MANIFEST:
    'This copy has no readable manifest.json, so nobody can tell whether it is whole. Nothing was changed; choose another copy.',
  COPY_MANIFEST_ALTERED:
    'What this copy says of itself was not written with the key of these records, or was changed since. Nothing was changed; choose another copy.',
  COPY_OTHER_STORE: 'This is a copy of another clinic’s records. Nothing was changed; choose a copy of this clinic.',
  COPY_NEWER:
    'This copy was made by a newer Countersign. Nothing was changed; install the newest version, then restore again.',
  COPY_FOREIGN: 'The file in this copy was not made by Countersign. Nothing was changed; choose another copy.',
  COPY_DAMAGED: 'Pages of this copy cannot be read. Nothing was changed; choose another copy.',
  COPY_HEAD:
    'The end of the audit in this copy is not the one it was verified with. Nothing was changed; choose another copy.',
  COPY_ROWS_MISSING: 'Rows are missing from this copy. Nothing was changed; choose another copy.',
  COPY_CHAIN_BROKEN: 'The audit inside this copy was altered. Nothing was changed; choose another copy.',
  COPY_SIGNATURES_BROKEN:
    'A signature inside this copy does not fit its record. Nothing was changed; choose another copy.',
  COPY_FILES_MISSING: 'Photos or documents are missing from this copy. Nothing was changed; choose another copy.',
  COPY_FILE_ALTERED: 'A photo or document in this copy was altered. Nothing was changed; choose another copy.',
  NO_ROOM_HERE:
    'This computer has not enough room for the copy beside the records. Nothing was changed; free some space and try again.',
}

export const restoreTexts: Readonly<Record<string, RefusalText>> = {
  ...Object.fromEntries(
    Object.entries(copyFaultTexts).map(([code, text]): [string, RefusalText] => [code, () => text]),
  ),
  SAMPLE_STAYS: () => 'The sample clinic is not restored from copies; it can be reset at any time.',
  WORK_RUNNING: () => 'Another long piece of work is going on. Wait for its end, then try again.',
  NOT_CHECKED: () => 'No copy is checked at the moment. Choose one and check it first.',
  NO_WAY_BACK: () => 'The records from before the last restore are no longer here, so there is no way back to them.',
  RESTORE_FAILED: () =>
    'The records were exchanged but could not be opened. Nothing was deleted; start Countersign again to see why.',
  RECORDS_ARE_OPEN: () => 'Records are open on this computer. Restore under Clinic, Copies.',
  SECRET_WRONG: () => 'This opens none of the locks of that copy. Nothing was changed; check each word and try again.',
  KEY_DOES_NOT_FIT: () =>
    'The key of that copy does not open the records of this computer: they are another clinic’s, or damaged. Nothing was changed; choose another copy, or open the backup itself here.',
  KEYRING_MISSING: () =>
    'There is no keyring.json that can be read in that folder. Choose the folder of one copy, in which store.db and keyring.json lie together.',
}

/** For the end of a check, a drill or a recovery that was told as a job. */
export function restoreFailureSentence(code: string): string {
  return (
    copyFaultTexts[code] ??
    `The work did not come to its end (${code}). The records and the copy are untouched; try again or choose another copy.`
  )
}
