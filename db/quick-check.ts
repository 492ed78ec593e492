import { isDamage, OpenError, type OpenFault, openDriver } from './open.ts'

/** WHOLE, or what keeps the store from being opened. */
export type QuickCheck = 'WHOLE' | 'DAMAGED' | OpenFault

/**
 * Reads every page of every table and index of a store that nobody else uses, one table at a time so that there is progress
 * to tell. Writes nothing but what opening a store after a crash always does: its log is taken into it.
 */
export function quickCheck(path: string, key: Buffer, onTable: (done: number, total: number) => void): QuickCheck {
  let driver: ReturnType<typeof openDriver>
  try {
    driver = openDriver({ path, key, cacheMb: 16 })
  } catch (error) {
    if (error instanceof OpenError) return error.fault
    if (isDamage(error)) return 'DAMAGED'
    throw error
  }
  try {
    const tables = driver
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!'")
      .all() as { name: string }[]
    for (const [index, { name }] of tables.entries()) {
      onTable(index, tables.length)
      if (driver.pragma(`quick_check("${name.replaceAll('"', '""')}")`, { simple: true }) !== 'ok') return 'DAMAGED'
    }
    return 'WHOLE'
  } catch (error) {
    if (isDamage(error)) return 'DAMAGED'
    throw error
  } finally {
    driver.close()
  }
}
