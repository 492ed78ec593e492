import { join } from 'node:path'
import { appendAudit } from '../../db/audit/write.ts'
import type { Trx } from '../../db/open.ts'
import { offsetMinutes } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import { headText, readAnchor } from './anchor.ts'
import { subKey } from './keyring.ts'
import type { OpenStore } from './open-store.ts'
import { isJournalOf, type RestoreEvent, type RestoreJournal, readJournal, removeJournal } from './restore-swap.ts'
import { keepFact, keepText, selectFact } from './store-fact.ts'

/** What the clinic's pages say of the last restore, and where the way back leads. */
export type Restored = {
  readonly at: string
  readonly kind: RestoreEvent['kind']
  readonly copyMadeAt: string | null
  /** Folder name of the records that were replaced. */
  readonly aside: string
}
export const restoredFact = 'restored'

/**
 * After a restore: one audit row names the end of the audit in the records that were replaced and in these, and the epoch
 * rises, in one transaction. Where the program ended between that and the journal's removal, it is not told twice.
 */
export async function noteRestore(open: OpenStore, host: Host): Promise<void> {
  const journal = readJournal(join(open.store.path, '..'))
  if (journal?.stage !== 'OPENING') return
  const known = (await selectFact<number>(open.store.db, 'epoch')) ?? 0
  if (known < journal.event.epoch)
    await open.store.db.transaction().execute((trx) => writeEvent(trx, open, journal, host.appVersion))
}

/** The anchor stands at the new line: nothing of the restore is left to do. */
export function tellRestoreEnded(folder: string): void {
  if (readJournal(folder)?.stage === 'OPENING') removeJournal(folder)
}

/**
 * True where this program put these records here by a restore and the audit has yet to tell it. A journal that the clinic's
 * key did not seal, or that is no newer than the anchor, explains nothing: anybody could have written or kept it.
 */
export function isRestoreToTell(folder: string, storeId: string, key: Buffer): boolean {
  const journal = readJournal(folder)
  if (journal?.stage !== 'OPENING' || !isJournalOf(journal, key)) return false
  const beside = readAnchor(folder, storeId, subKey(key, 'audit-hmac/v1'))
  return beside.kind !== 'KEPT' || beside.anchor.epoch < journal.event.epoch
}

async function writeEvent(
  trx: Trx,
  open: OpenStore,
  { event, aside }: RestoreJournal,
  appVersion: string,
): Promise<void> {
  await appendAudit(trx, open.auditKey, {
    at: event.at,
    offset_min: offsetMinutes(event.at, open.facts.timeZone),
    actor_id: event.by?.staffId ?? null,
    roles: event.by?.roles ?? '',
    sign_in_id: event.by?.signInId ?? null,
    connection_id: null,
    app_version: appVersion,
    action: 'restore.epoch',
    subject: 'store',
    subject_id: `${event.epoch}`,
    version_id: null,
    version_before_id: null,
    patient_id: null,
    outcome: 'DONE',
    reason: `${event.kind} BEFORE ${headText(event.headBefore)} AFTER ${headText(event.headAfter)}`,
  })
  const restored: Restored = { at: event.at, kind: event.kind, copyMadeAt: event.copyMadeAt, aside }
  await keepFact(trx, restoredFact, restored)
  await keepFact(trx, 'epoch', event.epoch)
  for (const [name, value] of Object.entries(event.carried)) await keepText(trx, name, value)
}
