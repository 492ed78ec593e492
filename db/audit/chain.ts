import { createHmac, createSecretKey, hash as hashOnce, type KeyObject } from 'node:crypto'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { AuditEntryTable } from '../tables/core.ts'

/** What a row says, in the order it is hashed; everything but the three chain columns. */
export type AuditFields = Omit<AuditEntryTable, 'prev_hash' | 'hash' | 'mac'>

/** The hash before the first row. */
export const chainStart = '0'.repeat(64)

/** `SHA-256(previous hash || row)`: anyone who has the rows can follow it. */
export function chainHash(previous: string, fields: AuditFields): string {
  const row = cellsToJson([
    fields.seq,
    fields.at,
    fields.offset_min,
    fields.actor_id,
    fields.roles,
    fields.sign_in_id,
    fields.connection_id,
    fields.app_version,
    fields.action,
    fields.subject,
    fields.subject_id,
    fields.version_id,
    fields.version_before_id,
    fields.patient_id,
    fields.outcome,
    fields.reason,
  ])
  return hashOnce('sha256', previous + row, 'hex')
}

/** `HMAC(audit key, hash)`: only this store can make it, so a chain that was computed anew is found. */
export function chainMac(key: Buffer, hash: string): string {
  return createHmac('sha256', keyObjectOf(key)).update(hash, 'utf8').digest('hex')
}

/** To take a bare key in costs several times what the rest of the sum does; forgotten with the bytes it was made of. */
const keyObjects = new WeakMap<Buffer, KeyObject>()
function keyObjectOf(key: Buffer): KeyObject {
  const known = keyObjects.get(key)
  if (known) return known
  const made = createSecretKey(key)
  keyObjects.set(key, made)
  return made
}

/** The canonical text of plain cells is what `JSON.stringify` makes of them; any other is refused by `canonicalJson`. */
function cellsToJson(cells: readonly (string | number | null)[]): string {
  return cells.every(isPlainCell) ? JSON.stringify(cells) : canonicalJson(cells)
}

function isPlainCell(cell: string | number | null): boolean {
  if (typeof cell === 'string') return cell.isWellFormed()
  return cell === null || Number.isFinite(cell)
}
