import type { Reader, Trx } from '../../db/open.ts'
import { change, insertRow, one } from '../../db/records.ts'

/** One fact of the store as this program wrote it; null where it never did. */
export async function selectFact<Value>(reader: Reader, name: string): Promise<Value | null> {
  const row = await one<{ value: string }>(reader, 'select value from store_fact where name = ?', [name])
  return row ? (JSON.parse(row.value) as Value) : null
}

/** Facts that only their own feature reads, as JSON. */
export async function keepFact(trx: Trx, name: string, value: unknown): Promise<void> {
  await keepText(trx, name, JSON.stringify(value))
}

export async function keepText(trx: Trx, name: string, value: string): Promise<void> {
  const changed = await change(trx, 'update store_fact set value = ? where name = ?', [value, name])
  if (changed === 0) await insertRow(trx, 'store_fact', { name, value })
}
