import type { Reader } from '../open.ts'
import { many, one } from '../records.ts'
import type { AuditEntryTable } from '../tables/core.ts'
import { chainHash, chainMac, chainStart } from './chain.ts'

export type ChainReport =
  | { readonly state: 'INTACT'; readonly rows: number; readonly head: string }
  | {
      readonly state: 'BROKEN'
      readonly rows: number
      readonly firstBadSeq: number
      readonly fault: 'GAP' | 'HASH' | 'MAC'
    }

/** Follows the whole chain, 1,000 rows at a time, and names the first row that does not fit. */
export async function verifyAudit(
  reader: Reader,
  key: Buffer,
  onProgress?: (rows: number) => void,
): Promise<ChainReport> {
  const early = await one<{ seq: number }>(reader, 'select seq from audit_entry where seq < 1 order by seq limit 1')
  if (early) return { state: 'BROKEN', rows: 0, firstBadSeq: early.seq, fault: 'GAP' }
  let previous = chainStart
  let seq = 0
  for (;;) {
    const rows = await many<AuditEntryTable>(
      reader,
      'select * from audit_entry where seq > ? order by seq limit 1000',
      [seq],
    )
    for (const row of rows) {
      const { hash } = row
      if (row.seq !== seq + 1) return { state: 'BROKEN', rows: seq, firstBadSeq: seq + 1, fault: 'GAP' }
      if (row.prev_hash !== previous || hash !== chainHash(previous, row))
        return { state: 'BROKEN', rows: seq, firstBadSeq: row.seq, fault: 'HASH' }
      if (row.mac !== chainMac(key, hash)) return { state: 'BROKEN', rows: seq, firstBadSeq: row.seq, fault: 'MAC' }
      previous = hash
      seq = row.seq
    }
    if (rows.length < 1000) return { state: 'INTACT', rows: seq, head: previous }
    onProgress?.(seq)
  }
}
