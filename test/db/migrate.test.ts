import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { migrations } from '../../db/migrations/index.ts'
import { migrate, NewerStoreError, pendingMigrations } from '../../db/migrations/migrate.ts'
import type { Migration } from '../../db/migrations/migration.ts'
import { openDriver, openStore, type Store } from '../../db/open.ts'
import { StoreLife, storePath } from '../../main/app/store-life.ts'
import { createMemoryHost, type MemoryHost } from '../../main/hosts/memory-host.ts'
import { schemaText } from '../support/schema-text.ts'
import { scratchFolder, storeNow } from '../support/store.ts'

const passphrase = 'seven grey herons stand still'

const plain: Migration = {
  id: 10,
  name: 'plain',
  statements: (dialect) => [dialect.table('shelf', '  id text not null primary key')],
}
const child: Migration = {
  id: 20,
  name: 'child',
  statements: (dialect) => [
    dialect.table('box', '  id text not null primary key,\n  shelf_id text not null references shelf (id)'),
    "insert into shelf (id) values ('top')",
  ],
}

describe('the list of steps', () => {
  it('goes up in tens, each with a name of its own', () => {
    expect(migrations.map(({ id }) => id)).toEqual(migrations.map((_, index) => (index + 1) * 10))
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length)
  })

  it('lies in files named after number and name', () => {
    const folder = new URL('../../db/migrations/', import.meta.url)
    const files = readdirSync(folder).filter((name) => /^\d/.test(name))
    expect(files.sort()).toEqual(migrations.map(({ id, name }) => `${String(id).padStart(4, '0')}-${name}.ts`))
  })

  it('says the same each time it is asked, so that a step that shipped can be told from an edited one', () => {
    for (const migration of migrations) {
      const dialect = {
        engine: 'sqlite',
        table: (name: string, body: string) => name + body,
        triggers: (all: readonly string[]) => all,
      } as const
      expect(migration.statements(dialect)).toEqual(migration.statements(dialect))
    }
  })
})

describe('an empty store', () => {
  it('gets every step once, in order', () => {
    const store = emptyStore()
    expect(migrate(store, storeNow)).toEqual(migrations.map(({ id }) => id))
    expect(migrate(store, storeNow)).toEqual([])
    expect(store.driver.prepare('select id, name, applied_at from migration order by id').all()).toEqual(
      migrations.map(({ id, name }) => ({ id, name, applied_at: storeNow })),
    )
    expect(store.driver.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.id)
    expect(store.driver.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('has the schema that readers find in db/schema.sql (node test/support/write-schema.ts writes it)', async () => {
    const kept = readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8')
    expect(kept).toBe(await schemaText())
  })

  it('keeps every table to its column types', () => {
    const store = emptyStore()
    migrate(store, storeNow)
    const tables = store.driver.pragma('table_list') as { schema: string; name: string; strict: number }[]
    const loose = tables.filter(
      ({ schema, name, strict }) => schema === 'main' && !name.startsWith('sqlite_') && strict === 0,
    )
    expect(loose).toEqual([])
  })
})

describe('a step that fails', () => {
  const failing: readonly (readonly [what: string, statements: readonly string[]])[] = [
    ['in its first statement', ['create table shelf (id text)']],
    [
      'in its last statement',
      ['create table cellar (id text)', "insert into shelf (id) values ('low')", 'insert into nowhere values (1)'],
    ],
    ['because it would leave a child without its parent', ["delete from shelf where id = 'top'"]],
  ]
  test.for(failing)('%s leaves the store as the step before made it', ([, statements]) => {
    const store = emptyStore()
    migrate(store, storeNow, [plain, child])
    store.driver.exec("insert into box (id, shelf_id) values ('red', 'top')")
    const before = dump(store)
    // A step may have to switch the keys off; what it leaves is looked at before it counts.
    store.driver.pragma('foreign_keys=OFF')
    const bad: Migration = { id: 30, name: 'bad', statements: () => statements }
    expect(() => migrate(store, storeNow, [plain, child, bad])).toThrow()
    expect(dump(store)).toEqual(before)
    expect(store.driver.inTransaction).toBe(false)
    expect(pendingMigrations(store, [plain, child, bad]).map(({ id }) => id)).toEqual([30])
  })

  it('takes the steps before it back with it, and all are tried again next time', () => {
    const store = emptyStore()
    const bad: Migration = { id: 20, name: 'bad', statements: () => ['nonsense'] }
    expect(() => migrate(store, storeNow, [plain, bad])).toThrow()
    expect(store.driver.pragma('user_version', { simple: true })).toBe(0)
    expect(migrate(store, storeNow, [plain, child])).toEqual([10, 20])
  })

  it('because it would lose rows that never go leaves them all', () => {
    const store = emptyStore()
    migrate(store, storeNow, [plain, child])
    store.driver.exec(
      "create trigger shelf_never_goes before delete on shelf when old.id = 'nothing' begin select raise(abort, 'x'); end",
    )
    const losing: Migration = { id: 30, name: 'losing', statements: () => ["delete from shelf where id = 'top'"] }
    expect(() => migrate(store, storeNow, [plain, child, losing])).toThrow('loses rows of shelf')
    expect(store.driver.prepare('select id from shelf').all()).toEqual([{ id: 'top' }])
  })
})

describe('a store of a newer version', () => {
  it('is refused', () => {
    const store = emptyStore()
    migrate(store, storeNow, [plain, child])
    expect(() => pendingMigrations(store, [plain])).toThrow(NewerStoreError)
    expect(() => migrate(store, storeNow, [plain])).toThrow(NewerStoreError)
  })
})

describe('a store of an older version', () => {
  it('is copied, checked, and only then brought up to date when the clinic opens it', async () => {
    const host = newHost()
    await makeOldClinic(host)
    const life = new StoreLife(host, async () => undefined)
    await life.start()
    expect(await life.unlock(passphrase)).toBe(true)
    expect(life.open.facts.clinicName).toBe('Old Mill Clinic')
    expect(life.open.store.driver.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.id)
    expect(life.takeOpeningNotes().map(({ action, subjectId }) => [action, subjectId ?? null])).toEqual([
      ...migrations.slice(1).map(({ id }) => ['store.migrate', String(id)]),
      // A store from before there were keys gets the clinic's own now.
      ['store.clinicKey', null],
      ['store.open', null],
    ])
    const copies = join(host.folders.data, 'copies')
    const [copy = ''] = readdirSync(copies)
    expect(readdirSync(join(copies, copy)).sort()).toEqual(['files', 'keyring.json', 'manifest.json', 'store.db'])
    const old = openDriver({ path: join(copies, copy, 'store.db'), key: life.key })
    expect(old.pragma('user_version', { simple: true })).toBe(migrations[0]?.id)
    expect(old.prepare("select value from store_fact where name = 'clinic_name'").get()).toEqual({
      value: 'Old Mill Clinic',
    })
    old.close()
    await life.close()
  })

  it('stays as it is where the copy cannot be made', async () => {
    const host = newHost()
    await makeOldClinic(host)
    const broken = { ...host, workers: { base: new URL('file:///nowhere/'), ending: '.ts' as const } }
    const life = new StoreLife(broken, async () => undefined)
    await life.start()
    await life.unlock(passphrase)
    expect(life.state).toEqual({ kind: 'FAULT', fault: 'UPGRADE_FAILED' })
    expect(readdirSync(join(host.folders.data, 'copies'))).toEqual([])
    await life.close()
    const again = new StoreLife(host, async () => undefined)
    await again.start()
    await again.unlock(passphrase)
    expect(again.state.kind).toBe('OPEN')
    await again.close()
  })
})

function emptyStore(): Store {
  const store = openStore({ path: join(scratchFolder(), 'store.db'), key: randomBytes(32), create: true })
  onTestFinished(() => store.close())
  return store
}

function newHost(): MemoryHost {
  const folder = scratchFolder()
  return createMemoryHost({
    folders: { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: folder },
    now: storeNow,
  })
}

/** A clinic whose store has the first step only, as the first version of the program left it. */
async function makeOldClinic(host: MemoryHost): Promise<void> {
  const life = new StoreLife(host, async () => undefined)
  await life.start()
  await life.create(
    { clinicName: 'Old Mill Clinic', timeZone: 'Europe/Dublin', dateOrder: 'DMY', urgentPhone: '112' },
    passphrase,
  )
  life.finishSetUp()
  const { key } = life
  const keyBytes = Buffer.from(key)
  const facts = life.open.store.driver.prepare('select name, value from store_fact').all() as {
    name: string
    value: string
  }[]
  await life.close()
  rmSync(storePath(host.folders.data))
  const store = openStore({ path: storePath(host.folders.data), key: keyBytes, create: true })
  migrate(store, storeNow, migrations.slice(0, 1))
  const insert = store.driver.prepare('insert into store_fact (name, value) values (?, ?)')
  for (const { name, value } of facts) insert.run(name, value)
  await store.close()
}

function dump(store: Store): unknown {
  const schema = store.driver.prepare('select type, name, sql from sqlite_master order by name').all()
  const rows = ['shelf', 'box', 'migration'].map((table) =>
    store.driver.prepare(`select * from ${table} order by id`).all(),
  )
  return [schema, rows, store.driver.pragma('user_version', { simple: true })]
}
