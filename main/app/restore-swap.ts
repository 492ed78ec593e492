import { createHmac } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { AuditHead } from '../../db/copy-manifest.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import { subKey, syncFolder } from './keyring.ts'

/** Where a copy is taken to and proved before it may become the records. Nothing but copies is ever in it. */
export const incomingName = '.restoring'

/** What becomes of the records that a restore replaces: kept whole under this name, logs and all. */
export function asideName(folder: string, at: Instant): string {
  const name = `before-restore-${at.replaceAll(/[:.]/g, '-')}`
  let free = name
  // A clock that was set back may come to the same moment twice.
  for (let number = 2; existsSync(join(folder, free)); number += 1) free = `${name}-${number}`
  return free
}

/** Told by the audit of the records that are opened next: both ends of the audit, and who did it. */
export type RestoreEvent = {
  readonly kind: 'RESTORE' | 'GO_BACK' | 'RECOVER' | 'SALVAGE'
  readonly at: Instant
  /** Null where nobody could sign in: the records were gone or could not be opened. */
  readonly by: { readonly staffId: StaffId; readonly roles: string; readonly signInId: string } | null
  /** When the copy was made; null on the way back. */
  readonly copyMadeAt: Instant | null
  /** The audit's end in the records that were replaced; null where they could not be read. */
  readonly headBefore: AuditHead | null
  readonly headAfter: AuditHead
  /** Higher than that of both, so that the two lines of the audit are told apart for ever. */
  readonly epoch: number
  /** Facts by name that hold for this computer whichever records lie on it: its backups, and where they go. */
  readonly carried: Readonly<Record<string, string>>
}

/**
 * The journal of a restore. MOVING_OUT: the records go into `aside`, file by file. MOVING_IN: `incoming` takes their place.
 * OPENING: it has, and the audit is yet to be told. At each of these moments the program may end; the next start goes on
 * from the journal, and where `incoming` is gone before anything of it was moved, back.
 */
export type RestoreJournal = {
  readonly v: 1
  readonly stage: 'MOVING_OUT' | 'MOVING_IN' | 'OPENING'
  readonly incoming: string
  readonly aside: string
  readonly event: RestoreEvent
  /** By the key of the records that come in: a journal that somebody else wrote excuses nothing. */
  readonly seal: string
}

type Swap = Pick<RestoreJournal, 'incoming' | 'aside' | 'event'>

/** What `swapRecords` takes: the names and the event, sealed by the key of the records that come in. */
export function sealSwap({ incoming, aside, event }: Swap, key: Buffer): Swap & Pick<RestoreJournal, 'seal'> {
  const text = canonicalJson({ incoming, aside, event })
  const seal = createHmac('sha256', subKey(key, 'restore/v1')).update(text, 'utf8').digest('hex')
  return { incoming, aside, event, seal }
}

export function isJournalOf(journal: RestoreJournal, key: Buffer): boolean {
  return journal.seal === sealSwap(journal, key).seal
}

/** Everything of a clinic's records, as it lies in their folder. */
const partNames = [
  'store.db',
  'store.db-wal',
  'store.db-shm',
  'store.db-journal',
  'keyring.json',
  'keyring.json.bak',
  'files',
  // A set-up that never reached its end leaves this mark; it goes aside with the rest of it.
  'set-up-unfinished',
] as const

/** For tests that end the program between any two steps. */
export type OnSwapStep = (step: string) => void

/** Puts what lies in `incoming` in the place of the records of `folder`, which are closed. Deletes nothing. */
export function swapRecords(
  folder: string,
  { incoming, aside, event, seal }: ReturnType<typeof sealSwap>,
  onStep: OnSwapStep = () => undefined,
): void {
  if (!existsSync(join(folder, incoming, 'store.db'))) throw new Error('nothing was prepared for the restore')
  if (existsSync(join(folder, aside))) throw new Error('the place for the earlier records is taken')
  writeJournal(folder, { v: 1, stage: 'MOVING_OUT', incoming, aside, event, seal })
  onStep('journal written')
  finishRestore(folder, onStep)
}

/**
 * Ends an interrupted restore and clears away what was only prepared. Gives the journal whose event the audit lacks, or
 * null. Throws where a file cannot be moved: then nothing may be opened.
 */
export function finishRestore(folder: string, onStep: OnSwapStep = () => undefined): RestoreJournal | null {
  const journal = readJournal(folder)
  if (journal === null) {
    rmSync(join(folder, incomingName), { recursive: true, force: true })
    return null
  }
  const aside = join(folder, journal.aside)
  const incoming = join(folder, journal.incoming)
  if (journal.stage === 'MOVING_OUT') {
    if (!existsSync(join(incoming, 'store.db'))) {
      moveParts(aside, folder, onStep)
      removeJournal(folder)
      return null
    }
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    moveParts(folder, aside, onStep)
    removeWhenEmpty(aside)
    writeJournal(folder, { ...journal, stage: 'MOVING_IN' })
    onStep('old records aside')
  }
  if (journal.stage !== 'OPENING') {
    moveParts(incoming, folder, onStep)
    writeJournal(folder, { ...journal, stage: 'OPENING' })
    onStep('new records in place')
  }
  return { ...journal, stage: 'OPENING' }
}

/** Each rename is whole or not at all, so repeating this from anywhere ends the same. */
function moveParts(from: string, to: string, onStep: OnSwapStep): void {
  for (const name of partNames) {
    if (!existsSync(join(from, name))) continue
    renameSync(join(from, name), join(to, name))
    onStep(`${name} moved`)
  }
  if (existsSync(from)) syncFolder(from)
  syncFolder(to)
}

const journalName = 'restore.json'

export function readJournal(folder: string): RestoreJournal | null {
  const path = join(folder, journalName)
  if (!existsSync(path)) return null
  const journal: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isJournal(journal)) throw new Error('the journal of a restore cannot be read')
  return journal
}

function isJournal(value: unknown): value is RestoreJournal {
  if (typeof value !== 'object' || value === null) return false
  const parts: Readonly<Record<string, unknown>> = { ...value }
  // Names become paths: only those that this file gives.
  const isOwnName = (name: unknown) => typeof name === 'string' && /^(?:\.restoring|before-restore-[\w-]+)$/.test(name)
  return (
    parts['v'] === 1 &&
    ['MOVING_OUT', 'MOVING_IN', 'OPENING'].includes(String(parts['stage'])) &&
    isOwnName(parts['incoming']) &&
    isOwnName(parts['aside']) &&
    typeof parts['event'] === 'object' &&
    parts['event'] !== null &&
    'carried' in parts['event']
  )
}

/** The audit has the event: the restore is over. */
export function removeJournal(folder: string): void {
  const journal = readJournal(folder)
  rmSync(join(folder, journalName), { force: true })
  if (journal) removeWhenEmpty(join(folder, journal.incoming))
  syncFolder(folder)
}

function removeWhenEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
}

function writeJournal(folder: string, journal: RestoreJournal): void {
  const path = join(folder, journalName)
  const handle = openSync(`${path}.part`, 'w', 0o600)
  try {
    writeFileSync(handle, JSON.stringify(journal, null, 2))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(`${path}.part`, path)
  syncFolder(folder)
}
