import type { Store } from './open.ts'

/** Tables that the store itself lets nobody delete from. */
export function lastingTables(store: Pick<Store, 'driver'>): readonly string[] {
  const rows = store.driver
    .prepare("select tbl_name as name from sqlite_master where type = 'trigger' and name = tbl_name || '_never_goes'")
    .all() as { name: string }[]
  return rows.map(({ name }) => name)
}
