import type { StoreDialect } from '../dialects/dialect.ts'
import { sqliteDialect } from '../dialects/sqlite.ts'
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
 * Runs what is missing, each step in one transaction of its own (Kysely's migrator runs SQLite without any), and checks
 * foreign keys before each commit. The caller makes the verified copy first.
 */
export function migrate(store: Store, now: string, migrations: readonly Migration[] = shipped): readonly number[] {
  const ran: number[] = []
  for (const migration of pendingMigrations(store, migrations)) {
    runStep(store, migration, sqliteDialect, now)
    ran.push(migration.id)
  }
  return ran
}

/** Which steps ran and when; made with the first of them. */
export function migrationTable(dialect: StoreDialect): string {
  return dialect.table(
    'migration',
    '  id integer not null primary key,\n  name text not null,\n  applied_at text not null',
  )
}

function runStep(store: Store, migration: Migration, dialect: StoreDialect, now: string): void {
  const { driver } = store
  driver.exec('begin immediate')
  try {
    if (driver.pragma('user_version', { simple: true }) === 0) driver.exec(migrationTable(dialect))
    for (const statement of migration.statements(dialect)) driver.exec(statement)
    driver
      .prepare('insert into migration (id, name, applied_at) values (?, ?, ?)')
      .run(migration.id, migration.name, now)
    const orphans = driver.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) throw new Error(`migration ${migration.id} leaves orphans`)
    driver.pragma(`user_version=${migration.id}`)
    driver.exec('commit')
  } catch (error) {
    if (driver.inTransaction) driver.exec('rollback')
    throw error
  }
}
