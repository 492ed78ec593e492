import type { Reader } from '../open.ts'
import { many } from '../records.ts'

/** Names of the store's tables that have this column, in alphabetical order. Asks the engine's own catalogue. */
export async function tablesWithColumn(reader: Reader, column: string): Promise<readonly string[]> {
  const rows = await many<{ name: string }>(
    reader,
    "select m.name as name from sqlite_master m join pragma_table_info(m.name) c on c.name = ? where m.type = 'table' order by m.name",
    [column],
  )
  return rows.map((row) => row.name)
}
