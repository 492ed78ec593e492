import type { storeFaults } from '../../../shared/contract/clinic.ts'
import type { ClinicStatus } from '../../app/use-clinic.ts'

export type StoreFault = (typeof storeFaults)[number]

/** A fault as main tells of it. */
export type FoundFault = Extract<ClinicStatus['store'], { state: 'FAULT' }>

export type FaultText = {
  readonly title: string
  readonly happened: string
  readonly means: string
  readonly todo: string
}

/** Nothing was written in any of these cases: an unreadable store is left exactly as it lies. */
const untouched = 'Nothing was changed, replaced or deleted.'

export const storeFaultTexts: Readonly<Record<StoreFault, FaultText>> = {
  MISSING: {
    title: 'The records are not where they were',
    happened: 'The key of the clinic is in its place, but the file with the records is not.',
    means: `It may have been moved, or its disk is not connected. ${untouched} No empty clinic was made in its place.`,
    todo: 'Connect the disk or put the file store.db back beside keyring.json, then start Countersign again. If it is lost, put the newest verified copy there.',
  },
  EMPTY_FILE: {
    title: 'The file with the records is empty',
    happened: 'The file is there, but has no content. A full disk or a broken copy can leave it like that.',
    means: `Records in this file cannot be read. ${untouched}`,
    todo: 'Keep the file as it is, put the newest verified copy in its place (store.db, keyring.json and files together) and start Countersign again.',
  },
  NOT_A_FILE: {
    title: 'Something else lies where the records belong',
    happened: 'There is a folder or a special file under the name store.db.',
    means: `The records were not opened. ${untouched}`,
    todo: 'Ask the person who looks after this computer to move it away and put the records or the newest verified copy back.',
  },
  PLAINTEXT: {
    title: 'This file is not encrypted',
    happened: 'The file under the name store.db is an ordinary database that anybody can read.',
    means: `Countersign keeps records only encrypted, so this is not what it wrote. It was not opened. ${untouched}`,
    todo: 'Find out who put it there. Then put the clinic’s own file or the newest verified copy back and start Countersign again.',
  },
  WRONG_KEY_OR_DAMAGED: {
    title: 'The key does not open the records',
    happened: 'The file with the records belongs to another key, or its first page is damaged.',
    means: `The records were not opened. ${untouched}`,
    todo: 'If files were copied lately, check that store.db and keyring.json come from the same place. Otherwise keep both, and put the newest verified copy in their place.',
  },
  FOREIGN: {
    title: 'These are not records of this program',
    happened: 'The file opens with the key, but was not made by Countersign.',
    means: `It was closed again. ${untouched}`,
    todo: 'Put the clinic’s own file or the newest verified copy back and start Countersign again.',
  },
  LOCKED_BY_OTHER: {
    title: 'The records are open in another program',
    happened: 'Another program, or another person on this computer, holds the records right now.',
    means: 'Two at once could overwrite each other, so they were not opened here. Nothing is lost.',
    todo: 'Close Countersign there, then start it here again.',
  },
  UNREADABLE: {
    title: 'The records cannot be read',
    happened: 'This computer does not let the program read the file with the records.',
    means: `They were not opened. ${untouched}`,
    todo: 'Check that the disk is connected and that this person may read the folder, then start Countersign again.',
  },
  KEYRING_DAMAGED: {
    title: 'The key file is missing or damaged',
    happened:
      'The file keyring.json, which holds the locked key of the records, cannot be read, and neither can its older version.',
    means: `Without it the records cannot be opened, but they are still whole. ${untouched}`,
    todo: 'Choose “Open with a backup”: the key in any copy of this clinic opens these records as they are, with the recovery code or the passphrase. Do not delete store.db.',
  },
  KEYCHAIN_CHANGED: {
    title: 'This computer’s keychain no longer opens the records',
    happened:
      'The key was kept by this computer’s keychain, which has changed: a new user account, a reset or another computer.',
    means: `The records are whole, but their key cannot be taken out here. ${untouched}`,
    todo: 'Sign in to the computer with the account that the clinic was set up with, or choose “Open with a backup” and type the recovery code or the passphrase.',
  },
  NEWER_STORE: {
    title: 'The records were written by a newer Countersign',
    happened: 'This version is older than the one that last worked with these records.',
    means: `Opening them here could lose what the newer one added, so they stayed closed. ${untouched}`,
    todo: 'Install the newest version of Countersign on this computer and start it again.',
  },
  UPGRADE_FAILED: {
    title: 'The records could not be brought to this version',
    happened:
      'This Countersign is newer than the records. A verified copy was made first; then a step of the change failed and was taken back.',
    means: 'The records are as they were before. Nothing is lost.',
    todo: 'Free some disk space and start Countersign again. If it stays, start the older version and ask support.',
  },
  RESTORE_UNFINISHED: {
    title: 'A restore did not come to its end',
    happened:
      'The records were being replaced by a backup when the program ended, and a file could not be moved since.',
    means:
      'Both the earlier records and the backup lie in the folder of the records, whole. Nothing was deleted, and neither was opened half.',
    todo: 'Check that the disk is connected and has room and that no other program holds its files, then start Countersign again: it goes on where it stopped.',
  },
  DAMAGED: {
    title: 'A part of the records is damaged',
    happened: 'The file with the records opens, but some of its pages are not what was written there, or are gone.',
    means: `Damaged pages are never shown as if they were true, so the records were closed. ${untouched}`,
    todo: 'Restore the newest backup. If there is none, or it is too old, save what can still be read. Have the disk of this computer checked.',
  },
  NETWORK_DRIVE: {
    title: 'The records lie on a network drive',
    happened: 'The folder of the records belongs to another computer and is reached over the network.',
    means: `There, two programs can overwrite each other and a lost connection can tear a page. They were not opened. ${untouched}`,
    todo: 'Move the folder of the records to a disk of this computer. Backups may go to the network drive.',
  },
  LINKED_STORE: {
    title: 'The file with the records has a second name',
    happened: 'The file store.db is a link, or bears another name somewhere else on this disk.',
    means: `Each name would get a log of changes of its own, and one would not know of the other. It was not opened. ${untouched}`,
    todo: 'Ask the person who looks after this computer to remove the other name, so that store.db is one file in one place, then look again.',
  },
  ENDED_OFTEN: {
    title: 'Countersign ended by itself three times',
    happened: 'A fault ended the program three times within five minutes, so it did not open the records this time.',
    means: `Everything that was saved is in the records. ${untouched}`,
    todo: 'Restart the computer and look again. If it stays, give the log folder to support; no patient’s data is in it.',
  },
  OTHER_STORE: {
    title: 'Key and records are of different clinics',
    happened: 'The file keyring.json belongs to other records than the store.db beside it.',
    means: `The records were closed again. ${untouched}`,
    todo: 'Bring store.db and keyring.json of the same clinic together, for example both from the newest verified copy.',
  },
}
