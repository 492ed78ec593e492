import type { Trx } from '../open.ts'
import { insertRow, one } from '../records.ts'
import { type AuditFields, chainHash, chainMac, chainStart } from './chain.ts'

export type AuditInput = Omit<AuditFields, 'seq'>

/** Appends one row to the chain inside the transaction of the change it tells of. Gives its number. */
export async function appendAudit(trx: Trx, key: Buffer, input: AuditInput): Promise<number> {
  const last = await one<{ seq: number; hash: string }>(
    trx,
    'select seq, hash from audit_entry order by seq desc limit 1',
  )
  const fields: AuditFields = { seq: (last?.seq ?? 0) + 1, ...input }
  const prev = last?.hash ?? chainStart
  const hash = chainHash(prev, fields)
  await insertRow(trx, 'audit_entry', { ...fields, prev_hash: prev, hash, mac: chainMac(key, hash) })
  return fields.seq
}
