import type { RefusalText } from './refusal-text.ts'

export const backupTexts: Readonly<Record<string, RefusalText>> = {
  FOLDER_NOT_ABSOLUTE: () =>
    'This is not a whole path, so nothing was done. Type it from its beginning, e.g. D:\\Copies or /media/stick/copies.',
  FOLDER_MISSING: () =>
    'There is no such folder, so nothing was done. Check that the disk or stick is connected and type its folder.',
  FOLDER_INSIDE_RECORDS: () =>
    'This folder belongs to the records themselves; a copy there would be lost with them. Choose another disk or stick.',
  COPY_RUNNING: () => 'A copy is being made already. Wait for its end; a second one would hold the same.',
  FOLDERS_SAME: () => 'Both places are the same folder. Choose another disk for the second.',
  SECOND_WITHOUT_FIRST: () => 'Choose the first place before the second.',
  NO_COPY: () => 'There is no verified copy to prove. Make one first.',
}

/** Why a copy that was started did not come to its end: what happened, what it means, what to do. */
const failureTexts: Readonly<Record<string, string>> = {
  NO_ROOM:
    'There is not enough room in that folder. Nothing was left behind there; free some space or choose another disk.',
  FOLDER_NOT_EMPTY: 'The folder for this copy exists already. Nothing was changed in it; try again in a moment.',
  FOLDER_MISSING:
    'The folder is not there. Check that its disk or stick is connected; it is tried again after an hour.',
  COPY_HEAD: 'The copy did not hold the end of the audit and was removed. Check the records under Audit.',
  COPY_ROWS_MISSING:
    'The records hold fewer rows than the copy before, in a table from which none may go. The new copy was removed and the older ones stay. Check the records under Audit and keep the older copies.',
  COPY_CHAIN_BROKEN: 'The end of the audit does not fit its hash. The copy was removed; check the records under Audit.',
  COPY_SIGNATURES_BROKEN: 'A signature does not fit its record. The copy was removed; check the records under Audit.',
  COPY_OTHER_STORE:
    'The records at their place are those of another clinic. Nothing was copied; start Countersign again.',
  COPY_FILE_ALTERED: 'A photo or document did not arrive as it was read. The copy was removed; try another disk.',
  COPY_EMPTY: 'The copy came out empty and was removed. The records themselves are untouched; try another disk.',
  COPY_FOREIGN: 'The copy did not open as records of this program and was removed. Try another disk.',
  COPY_DAMAGED:
    'The copy was damaged when it was checked, and was removed. Try another disk; if it happens again, check the records under Audit.',
  EACCES: 'This program may not write into that folder. No copy was made; choose a folder that you may write to.',
  EPERM: 'This program may not write into that folder. No copy was made; choose a folder that you may write to.',
  EROFS: 'That disk can only be read. No copy was made; choose another one.',
  ENOSPC: 'The disk became full. The half-made copy was removed; free some space or choose another disk.',
  SQLITE_FULL: 'The disk became full. The half-made copy was removed; free some space or choose another disk.',
  SQLITE_BUSY: 'The records were in use by another task for too long. No copy was made; try again.',
  EIO: 'The disk failed while writing. No copy was made there; use another disk.',
}

export function copyFailureSentence(code: string): string {
  return (
    failureTexts[code] ??
    `The copy did not come to its end (${code}). The records themselves are untouched and older copies stay; try again or choose another disk.`
  )
}
