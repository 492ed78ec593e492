import { readdirSync, readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { expect, it, test } from 'vitest'
import { postgresDialect } from '../../db/dialects/postgres.ts'
import { sqliteDialect } from '../../db/dialects/sqlite.ts'
import { migrations } from '../../db/migrations/index.ts'
import { migrationTable } from '../../db/migrations/migrate.ts'
import { sqliteWordsIn } from '../support/portable-words.ts'
import { newStore } from '../support/store.ts'

it('makes every table, index and CHECK of every step on PostgreSQL too', async () => {
  const postgres = new PGlite()
  await postgres.exec(migrationTable(postgresDialect))
  for (const migration of migrations)
    for (const statement of migration.statements(postgresDialect))
      await postgres.exec(statement).catch((error: unknown) => {
        throw new Error(`step ${migration.id}: ${String(error)}\n${statement}`)
      })
  const tables = await postgres.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by table_name",
  )
  const indexes = await postgres.query<{ name: string }>(
    `select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
       join pg_namespace n on n.oid = t.relnamespace
       left join pg_constraint c on c.conindid = x.indexrelid where n.nspname = 'public' and c.oid is null order by i.relname`,
  )
  const columns = await postgres.query<{ place: string; nullable: string }>(
    `select table_name || '.' || column_name as place, is_nullable as nullable from information_schema.columns
       where table_schema = 'public' order by 1`,
  )
  await postgres.close()

  const { store } = await newStore()
  const namesOf = (type: string) =>
    (
      store.driver
        .prepare('select name from sqlite_master where type = ? and sql is not null order by name')
        .all(type) as { name: string }[]
    ).map(({ name }) => name)
  expect(tables.rows.map(({ name }) => name).sort()).toEqual(namesOf('table'))
  expect(indexes.rows.map(({ name }) => name).sort()).toEqual(namesOf('index'))
  const inSqlite = store.driver
    .prepare(
      `select m.name || '.' || c.name as place, case c."notnull" when 1 then 'NO' else 'YES' end as nullable
         from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.sql is not null`,
    )
    .all() as { place: string; nullable: string }[]
  const sorted = (rows: readonly { place: string; nullable: string }[]) =>
    rows.map((row) => `${row.place} ${row.nullable}`).sort()
  expect(sorted(columns.rows)).toEqual(sorted(inSqlite))
})

it('writes triggers for SQLite only, and through the dialect', () => {
  for (const migration of migrations) {
    const isTrigger = (statement: string) => /create\s+trigger/i.test(statement)
    expect(migration.statements(postgresDialect).filter(isTrigger)).toEqual([])
    expect(migration.statements(sqliteDialect).filter((statement) => !isTrigger(statement)).length).toBe(
      migration.statements(postgresDialect).length,
    )
  }
})

const folders = ['db', 'main']
const files = folders.flatMap((folder) =>
  readdirSync(new URL(`../../${folder}/`, import.meta.url), { recursive: true })
    .map((path) => `${folder}/${String(path).replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.startsWith('db/dialects/')),
)

it('speaks SQL of SQLite alone in db/dialects and nowhere else', () => {
  const found = files.map((path) => [
    path,
    sqliteWordsIn(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')),
  ])
  expect(found.filter(([, words]) => words?.length !== 0)).toEqual([])
})

it('binds no limit, since SQLite plans such a statement anew on every call', () => {
  // What a conditional expression gives comes behind a space and begins no end of a statement.
  const bound = /\b(?:limit|offset) \?(?! [\w(])/
  const found = files.filter((path) => bound.test(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')))
  expect(found).toEqual([])
})

test.for([
  ['sql`create table t (id text) without rowid`', ['WITHOUT ROWID', 'ROWID']],
  ["'create table t (id text) strict'", ['STRICT']],
  ["'insert or ignore into t values (1)'", ['INSERT OR']],
  ["'select json_extract(body, \\'$.a\\') from t'", ['JSON_EXTRACT']],
  ["`select strftime('%Y', at) from t`", ['STRFTIME']],
  ['"select raise(abort, \'no\')"', ['RAISE']],
  ["'select * from t where name glob ?'", ['GLOB']],
  ["'replace into t values (1)'", ['REPLACE INTO']],
  ['const strict = true // a strict raise of the rowid', []],
  ['/* INSERT OR */ z.strictObject({ glob: 1 })', []],
] as const)('the check itself reads %s', ([source, words]) => {
  expect(sqliteWordsIn(source)).toEqual(words)
})
