import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../db/migrations/migrate.ts'
import { openStore } from '../../db/open.ts'

type Item = { readonly type: string; readonly tbl_name: string; readonly sql: string }

/** The whole schema as a new store has it: by table, each with its indexes and triggers. */
export async function schemaText(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-schema-'))
  const store = openStore({ path: join(folder, 'store.db'), key: Buffer.alloc(32, 1), create: true })
  try {
    migrate(store, '2026-01-01T00:00:00.000Z')
    const items = store.driver
      .prepare(
        `select type, tbl_name, sql from sqlite_master where sql is not null
           order by tbl_name, case type when 'table' then 1 when 'index' then 2 else 3 end, name`,
      )
      .all() as Item[]
    return `${heading}\n${items.map((item) => `${item.type === 'table' ? '\n' : ''}${item.sql};`).join('\n')}\n`
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

const heading = `-- The store of a clinic as the migrations make it, for readers. Written by "node test/support/write-schema.ts";
-- a test fails while it differs from the migrations.`
