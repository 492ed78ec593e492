import { appendAudit } from '../../db/audit/write.ts'
import { selectAuditHead } from '../../db/copy-check.ts'
import type { AuditHead } from '../../db/copy-manifest.ts'
import type { Reader, Store, Trx } from '../../db/open.ts'
import { one } from '../../db/records.ts'
import { type Instant, offsetMinutes } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import { type Anchor, headText, readAnchor } from './anchor.ts'
import { keepFact, selectFact } from './store-fact.ts'

/**
 * Why records are held: open, but nobody works with them until a manager restores a copy or accepts what is missing.
 * BEHIND: they end before the anchor. OTHER_LINE: the anchor's row is there with another hash, so the entries are others.
 * NO_ANCHOR: the anchor that they know of is gone or was not written by this clinic; what is missing, nobody can say.
 */
export type Hold = {
  readonly kind: 'BEHIND' | 'OTHER_LINE' | 'NO_ANCHOR'
  /** Entries between the end that was found and the anchor; null where that cannot be counted. */
  readonly missing: number | null
  readonly anchored: Pick<Anchor, 'epoch' | 'seq' | 'hash' | 'time'> | null
  /** The audit's end as it was when the records were opened. */
  readonly found: AuditHead
  readonly lastEntryAt: Instant | null
}

/** Written with the first anchor: from then on its absence tells of somebody. */
export const anchoredFact = 'anchored'
/** Kept until a manager decided, so that a second start cannot forget it. */
const holdFact = 'hold'
/** The anchor that a manager gave up; the program may end before the next one is on disk. */
const acceptedFact = 'anchor_accepted'

/** The hold that a manager has yet to decide on; also records that come back by a restore may still have one. */
export function keptHold(reader: Reader): Promise<Hold | null> {
  return selectFact<Hold>(reader, holdFact)
}

/** Compares the store's audit with what `folder` says of it. Null where nothing is missing. Writes nothing. */
export async function findHold(store: Store, folder: string, storeId: string, auditKey: Buffer): Promise<Hold | null> {
  const kept = await keptHold(store.db)
  if (kept) return kept
  const found = await selectAuditHead(store)
  const last = await one<{ at: Instant }>(store.db, 'select at from audit_entry where seq = ?', [found.seq])
  const common = { found, lastEntryAt: last?.at ?? null }
  const beside = readAnchor(folder, storeId, auditKey)
  if (beside.kind !== 'KEPT') {
    const hasHadOne = (await selectFact<boolean>(store.db, anchoredFact)) === true
    return hasHadOne ? { kind: 'NO_ANCHOR', missing: null, anchored: null, ...common } : null
  }
  const { epoch, seq, hash, time } = beside.anchor
  const anchored = { epoch, seq, hash, time }
  const accepted = await selectFact<Pick<Anchor, 'epoch' | 'seq' | 'hash'>>(store.db, acceptedFact)
  if (accepted?.epoch === epoch && accepted.seq === seq && accepted.hash === hash) return null
  if (found.seq < seq) return { kind: 'BEHIND', missing: seq - found.seq, anchored, ...common }
  const same = await one<{ hash: string }>(store.db, 'select hash from audit_entry where seq = ?', [seq])
  return same?.hash === hash ? null : { kind: 'OTHER_LINE', missing: null, anchored, ...common }
}

/** Keeps the hold in the store with the row that names both ends; a hold that is already known is told once only. */
export async function noteHold(
  { store, auditKey, timeZone }: { readonly store: Store; readonly auditKey: Buffer; readonly timeZone: string },
  hold: Hold,
  host: Host,
): Promise<void> {
  if (await keptHold(store.db)) return
  const at = host.now()
  await store.db.transaction().execute(async (trx) => {
    await keepFact(trx, holdFact, hold)
    await appendAudit(trx, auditKey, {
      at,
      offset_min: offsetMinutes(at, timeZone),
      actor_id: null,
      roles: '',
      sign_in_id: null,
      connection_id: null,
      app_version: host.appVersion,
      action: 'anchor.held',
      subject: 'store',
      subject_id: null,
      version_id: null,
      version_before_id: null,
      patient_id: null,
      outcome: 'FAILED',
      reason: holdText(hold),
    })
  })
}

/** A manager goes on without what is missing: the epoch rises above that of both lines. Gives the new epoch. */
export async function endHold(trx: Trx, hold: Hold): Promise<number> {
  const own = (await selectFact<number>(trx, 'epoch')) ?? 0
  const epoch = Math.max(own, hold.anchored?.epoch ?? 0) + 1
  await keepFact(trx, 'epoch', epoch)
  await keepFact(trx, holdFact, null)
  await keepFact(trx, acceptedFact, hold.anchored)
  return epoch
}

/** Both ends and the count, for the audit: `BEHIND ANCHORED 120:hash FOUND 70:hash MISSING 50`. */
export function holdText({ kind, anchored, found, missing }: Hold): string {
  return `${kind} ANCHORED ${headText(anchored)} FOUND ${headText(found)} MISSING ${missing ?? 'UNKNOWN'}`
}
