import type { Reader } from '../open.ts'
import { many, one } from '../records.ts'
import type { AuditEntryTable } from '../tables/core.ts'
import { chainHash, chainMac, chainStart } from './chain.ts'

/**
 * GAP: a number is missing. HASH: the row or the one before it was changed. MAC: the hash was not made with this store's
 * key. END: the rows end before, or at another row than, one that is known to have been there.
 */
export type ChainFault = 'GAP' | 'HASH' | 'MAC' | 'END'

export type ChainReport =
  | { readonly state: 'INTACT'; readonly rows: number; readonly head: string }
  | {
      readonly state: 'BROKEN'
      readonly rows: number
      readonly firstBadSeq: number
      readonly fault: ChainFault
    }

/** A row that is known from outside the rows themselves. */
export type KnownRow = { readonly seq: number; readonly hash: string }

/** Follows the whole chain, 1,000 rows at a time, and names the first row that does not fit. */
export async function verifyAudit(
  reader: Reader,
  key: Buffer,
  { known = null, onProgress }: { known?: KnownRow | null; onProgress?: (rows: number) => void } = {},
): Promise<ChainReport> {
  const early = await one<{ seq: number }>(reader, 'select seq from audit_entry where seq < 1 order by seq limit 1')
  if (early) return { state: 'BROKEN', rows: 0, firstBadSeq: early.seq, fault: 'GAP' }
  const report = await follow(reader, key, { seq: 0, hash: chainStart }, onProgress)
  if (report.state === 'BROKEN' || known === null) return report
  return (await isThere(reader, known)) ? report : ends(report.rows, known)
}

/** Follows the rows after `checkpoint`, but at most the last `most`. */
export async function verifyTail(
  reader: Reader,
  key: Buffer,
  { checkpoint, most }: { readonly checkpoint: KnownRow | null; readonly most: number },
): Promise<ChainReport> {
  const last = await one<{ seq: number }>(reader, 'select max(seq) as seq from audit_entry')
  const from = Math.max((last?.seq ?? 0) - most, 0)
  if (checkpoint && checkpoint.seq >= from) {
    const isKept = checkpoint.seq === 0 || (await isThere(reader, checkpoint))
    if (!isKept) return ends(last?.seq ?? 0, checkpoint)
    return follow(reader, key, checkpoint.seq === 0 ? { seq: 0, hash: chainStart } : checkpoint)
  }
  if (from === 0) return follow(reader, key, { seq: 0, hash: chainStart })
  const first = await one<AuditEntryTable>(reader, 'select * from audit_entry where seq = ?', [from])
  if (!first) return { state: 'BROKEN', rows: from - 1, firstBadSeq: from, fault: 'GAP' }
  const fault = faultOf(first, first.prev_hash, key)
  if (fault) return { state: 'BROKEN', rows: from - 1, firstBadSeq: from, fault }
  return follow(reader, key, first)
}

async function follow(
  reader: Reader,
  key: Buffer,
  after: KnownRow,
  onProgress?: (rows: number) => void,
): Promise<ChainReport> {
  let { seq, hash: previous } = after
  for (;;) {
    const rows = await many<AuditEntryTable>(
      reader,
      'select * from audit_entry where seq > ? order by seq limit 1000',
      [seq],
    )
    for (const row of rows) {
      if (row.seq !== seq + 1) return { state: 'BROKEN', rows: seq, firstBadSeq: seq + 1, fault: 'GAP' }
      const fault = faultOf(row, previous, key)
      if (fault) return { state: 'BROKEN', rows: seq, firstBadSeq: row.seq, fault }
      previous = row.hash
      seq = row.seq
    }
    if (rows.length < 1000) return { state: 'INTACT', rows: seq, head: previous }
    onProgress?.(seq)
  }
}

function faultOf(row: AuditEntryTable, previous: string, key: Buffer): ChainFault | null {
  if (row.prev_hash !== previous || row.hash !== chainHash(previous, row)) return 'HASH'
  return row.mac === chainMac(key, row.hash) ? null : 'MAC'
}

async function isThere(reader: Reader, known: KnownRow): Promise<boolean> {
  const row = await one<{ hash: string }>(reader, 'select hash from audit_entry where seq = ?', [known.seq])
  return row?.hash === known.hash
}

function ends(rows: number, known: KnownRow): ChainReport {
  return { state: 'BROKEN', rows, firstBadSeq: Math.min(rows + 1, known.seq), fault: 'END' }
}
