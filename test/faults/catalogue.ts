/**
 * The faults that the program is proven against, by number, with the files that hold their tests. A test tells its fault
 * by the number at the front of its title; `test/faults/catalogue.test.ts` fails where one is missing.
 */
export type Fault = { readonly what: string; readonly files: readonly string[] }

export const faults = {
  F1: {
    what: 'a patient’s name readable in any file after a whole day',
    files: ['test/faults/leaks.test.ts', 'test/journeys/leak.journey.ts'],
  },
  F2: { what: 'names left behind by a large sort that was killed', files: ['test/faults/leaks.test.ts'] },
  F3: { what: 'an exception in any handler, with patient data in its arguments', files: ['test/faults/leaks.test.ts'] },
  F4: { what: 'kill -9 of the running program', files: ['test/faults/pieces.ts'] },
  F5: { what: 'power cut under the store module', files: ['test/faults/pieces.ts'] },
  F6: { what: 'one flipped byte in a page of the store', files: ['test/faults/store.test.ts'] },
  F7: { what: 'a flipped byte in the write-ahead log, or no log', files: ['test/faults/store-anchor.test.ts'] },
  F8: { what: 'the store cut to half its length', files: ['test/faults/store.test.ts'] },
  F9: { what: 'last week’s store in the place of today’s', files: ['test/faults/store-anchor.test.ts'] },
  F10: { what: 'no keychain, or one that only looks like one', files: ['test/faults/keys.test.ts'] },
  F11: { what: 'a keychain that no longer opens the records', files: ['test/faults/keys.test.ts'] },
  F12: { what: 'the records on another computer', files: ['test/faults/keys.test.ts'] },
  F13: { what: 'a keyring that is missing, empty, cut or foreign', files: ['test/faults/keys.test.ts'] },
  F14: { what: 'something else in the place of the store', files: ['test/faults/store.test.ts'] },
  F15: { what: 'a full disk', files: ['test/faults/store.test.ts'] },
  F16: { what: 'a store or folder that is read-only', files: ['test/faults/store.test.ts'] },
  F17: { what: 'a second instance', files: ['test/faults/upgrade.test.ts'] },
  F18: { what: 'another program that holds the store', files: ['test/faults/store.test.ts'] },
  F19: { what: 'the store unlinked or renamed while it is open', files: ['test/faults/store.test.ts'] },
  F20: { what: 'SQL that changes the audit', files: ['test/faults/audit.test.ts'] },
  F21: { what: 'audit rows edited, deleted or exchanged without triggers', files: ['test/faults/audit.test.ts'] },
  F22: { what: 'the last fifty audit rows deleted', files: ['test/faults/audit.test.ts'] },
  F23: { what: 'a chain computed anew without the key', files: ['test/faults/audit.test.ts'] },
  F24: { what: 'an audit row that cannot be written', files: ['test/faults/audit.test.ts'] },
  F25: { what: 'a million audit rows', files: ['test/faults/audit.test.ts'] },
  F26: { what: 'a clock that is set back or forward', files: ['test/faults/audit.test.ts'] },
  F27: { what: 'nobody at the window, lock or sleep of the computer', files: ['test/faults/people.test.ts'] },
  F28: { what: 'passwords guessed', files: ['test/faults/people.test.ts'] },
  F29: { what: 'PINs guessed, with kills between', files: ['test/faults/people.test.ts'] },
  F30: { what: 'a person deactivated; the last manager', files: ['test/faults/people.test.ts'] },
  F31: { what: 'a role lowered while a form is open', files: ['test/faults/people.test.ts'] },
  F32: { what: 'every procedure by every role in every state', files: ['test/faults/people.test.ts'] },
  F33: { what: 'bad input to every procedure', files: ['test/faults/input.test.ts'] },
  F34: { what: 'ids of another patient in every procedure that takes two', files: ['test/faults/foreign-ids.test.ts'] },
  F35: { what: 'hostile strings as names, notes, lots and searches', files: ['test/faults/hostile-text.test.ts'] },
  F36: { what: 'a call that is not the page’s own', files: ['test/faults/ipc.test.ts'] },
  F37: { what: 'a signed note or file altered behind the program', files: ['test/faults/records.test.ts'] },
  F38: { what: 'two people on one draft', files: ['test/faults/records.test.ts'] },
  F40: { what: 'a backup that cannot be made', files: ['test/faults/backup.test.ts', 'test/db/copy.test.ts'] },
  F41: { what: 'a backup that is none', files: ['test/app/restore.test.ts'] },
  F42: { what: 'a restore that is interrupted', files: ['test/app/restore.test.ts', 'test/db/restore-swap.test.ts'] },
  F43: { what: 'an upgrade that fails or is killed', files: ['test/faults/upgrade.test.ts'] },
  F44: { what: 'a store of a newer program', files: ['test/faults/upgrade.test.ts'] },
  F47: { what: 'dates, units and names at their limits', files: ['test/faults/values.test.ts'] },
  F48: { what: 'emergency access', files: ['test/faults/people.test.ts'] },
  F49: { what: 'the built program', files: ['test/faults/artefact.test.ts'] },
} as const satisfies Readonly<Record<string, Fault>>

export type FaultNumber = keyof typeof faults

/** Numbers of the catalogue that this program cannot have. */
export const notOurs = {
  F39: 'PostgreSQL: the records of a clinic lie in one encrypted file on one computer; there is no server to lose.',
  F45: 'Export, wipe, import: there is no export of a whole clinic yet; backups are F40 to F42.',
  F46: 'Import of archives: the program opens none; the import of patient lists reads one CSV text.',
} as const
/** Part of F4 that the program cannot have. */
export const notOursOfF4 = 'paying: the program takes no money'

/** A title's own faults: `F41 of a newer schema` or `F6, F8 a damaged store`. */
export function faultsIn(title: string): readonly string[] {
  const front = /^(?:F\d{1,2}(?:, | and )?)+/.exec(title)?.[0] ?? ''
  return front.match(/F\d{1,2}/g) ?? []
}

/** Titles of tests, groups of tests and counted pieces in the text of a file, as they are written there. */
export function titlesIn(source: string): readonly string[] {
  const call = /\b(?:describe|it|test)(?:\.\w+\([\s\S]*?\))?\(\s*/.source
  const text = /(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`)/.source
  const written = new RegExp(`(?:${call}|\\btitle: )${text}`, 'g')
  return [...source.matchAll(written)].map(([, single, double, template]) => single ?? double ?? template ?? '')
}
