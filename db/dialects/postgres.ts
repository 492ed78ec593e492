import type { StoreDialect } from './dialect.ts'

/** Proves that the schema stays portable; no PostgreSQL store is built yet, so its triggers are not written. */
export const postgresDialect: StoreDialect = {
  engine: 'postgres',
  table: (name, body) =>
    `create table ${name} (\n${body.replace(/\bblob\b/g, 'bytea').replace(/\binteger\b/g, 'bigint')}\n)`,
  triggers: () => [],
}
