import { createHash } from 'node:crypto'
import type { StoreDialect } from '../dialects/dialect.ts'
import { sqliteDialect } from '../dialects/sqlite.ts'
import { lastingTables } from '../lasting-tables.ts'
import type { Store } from '../open.ts'
import { migrations as shipped } from './index.ts'
import type { Migration } from './migration.ts'

export class NewerStoreError extends Error {
  readonly storeVersion: number
  constructor(storeVersion: number) {
    super(`store version ${storeVersion} is newer than this program`)
    this.storeVersion = storeVersion
  }
}

/** The steps that `store` still lacks. Throws `NewerStoreError` for a store that a newer program wrote. */
export function pendingMigrations(store: Store, migrations: readonly Migration[] = shipped): readonly Migration[] {
  const version = Number(store.driver.pragma('user_version', { simple: true }))
  const newest = migrations.at(-1)?.id ?? 0
  if (version > newest) throw new NewerStoreError(version)
  return migrations.filter((migration) => migration.id > version)
}

/**
 * Runs what is missing, all of it in one transaction (Kysely's migrator runs SQLite without any): a step that fails, or a
 * program that ends in the middle, leaves the store as the older version wrote it. Before the commit every reference must
 * hold, no table that never loses a row may have lost one, and every signed version must still have its bytes. The caller
 * makes the verified copy first. `onStep` is for tests that end the program between two steps.
 */
export function migrate(
  store: Store,
  now: string,
  migrations: readonly Migration[] = shipped,
  onStep: (id: number) => void = () => undefined,
): readonly number[] {
  const pending = pendingMigrations(store, migrations)
  if (pending.length === 0) return []
  const { driver } = store
  driver.exec('begin immediate')
  try {
    const before = { rows: countLasting(store), altered: countAltered(store) }
    for (const migration of pending) {
      runStep(store, migration, sqliteDialect, now)
      onStep(migration.id)
    }
    refuseLoss(store, before)
    driver.exec('commit')
  } catch (error) {
    if (driver.inTransaction) driver.exec('rollback')
    throw error
  }
  return pending.map(({ id }) => id)
}

/** Which steps ran and when; made with the first of them. */
export function migrationTable(dialect: StoreDialect): string {
  return dialect.table(
    'migration',
    '  id integer not null primary key,\n  name text not null,\n  applied_at text not null',
  )
}

function runStep({ driver }: Store, migration: Migration, dialect: StoreDialect, now: string): void {
  if (driver.pragma('user_version', { simple: true }) === 0) driver.exec(migrationTable(dialect))
  for (const statement of migration.statements(dialect)) driver.exec(statement)
  driver.prepare('insert into migration (id, name, applied_at) values (?, ?, ?)').run(migration.id, migration.name, now)
  const orphans = driver.pragma('foreign_key_check')
  if (Array.isArray(orphans) && orphans.length > 0) throw new Error(`migration ${migration.id} leaves orphans`)
  driver.pragma(`user_version=${migration.id}`)
}

/** Rows by table, of the tables from which the store lets nobody delete. */
function countLasting(store: Store): ReadonlyMap<string, number> {
  const count = (table: string) =>
    (store.driver.prepare(`select count(*) as n from "${table}"`).get() as { n: number }).n
  return new Map(lastingTables(store).map((table) => [table, count(table)]))
}

type Before = { readonly rows: ReadonlyMap<string, number>; readonly altered: number }

function refuseLoss(store: Store, before: Before): void {
  const after = countLasting(store)
  for (const [table, rows] of before.rows) {
    if ((after.get(table) ?? 0) < rows) throw new Error(`the migration loses rows of ${table}`)
  }
  // One that somebody altered before is shown as altered; it keeps nobody from the newer version.
  if (countAltered(store) > before.altered) throw new Error('the migration changes a signed version')
}

/** Signed versions whose bytes are not those of their hash. */
function countAltered({ driver }: Store): number {
  const has = driver.prepare("select count(*) as n from sqlite_master where name in ('record_version', 'signature')")
  if ((has.get() as { n: number }).n < 2) return 0
  const versions = driver.prepare(
    'select v.sha256, v.body from record_version v where exists (select 1 from signature s where s.version_id = v.id)',
  )
  let altered = 0
  for (const row of versions.iterate() as IterableIterator<{ sha256: string; body: string }>)
    if (createHash('sha256').update(row.body, 'utf8').digest('hex') !== row.sha256) altered += 1
  return altered
}
