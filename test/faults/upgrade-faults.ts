import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrations } from '../../db/migrations/index.ts'
import { migrate } from '../../db/migrations/migrate.ts'
import { openStore, type Store } from '../../db/open.ts'

const at = '2026-08-03T15:42:16.000Z'

export type UpgradeReport = {
  readonly tried: number
  /** Upgrades after which the store was exactly as the older version left it, and could then be brought up in full. */
  readonly held: number
  readonly broken: readonly string[]
}

/** A store as the first version of the program left it, with `rows` people on its list. Closed. */
export async function makeOldStore(path: string, key: Buffer, rows: number): Promise<void> {
  const store = openStore({ path, key, create: true })
  migrate(store, at, migrations.slice(0, 1))
  const insert = store.driver.prepare('insert into store_fact (name, value) values (?, ?)')
  store.driver.exec('begin immediate')
  for (let row = 1; row <= rows; row += 1) insert.run(`fact ${row}`, `kept since the first version ${row}`)
  store.driver.exec('commit')
  await store.close()
}

/** F43: an upgrade that fails behind each of its steps, one after the other; as many as there are steps. */
export async function failUpgradeAtEachStep(rows: number): Promise<UpgradeReport> {
  return inFolder(async (folder) => {
    const path = join(folder, 'store.db')
    const key = randomBytes(32)
    await makeOldStore(path, key, rows)
    const broken: string[] = []
    const before = await read(path, key)
    for (const { id } of migrations.slice(1)) {
      const store = openStore({ path, key })
      try {
        migrate(store, at, migrations, (done) => {
          if (done === id) throw new Error('the step fails')
        })
        broken.push(`step ${id}: it did not fail`)
      } catch {
        if (store.driver.inTransaction) broken.push(`step ${id}: a transaction is open`)
      }
      await store.close()
      if ((await read(path, key)) !== before) broken.push(`step ${id}: the store is another`)
    }
    if (!(await comesUp(path, key, rows))) broken.push('the whole upgrade does not come through')
    const tried = migrations.length - 1
    return { tried, held: tried - broken.length, broken }
  })
}

const victim = fileURLToPath(new URL('upgrade-victim.ts', import.meta.url))

/** F43: `count` upgrades in a process of their own, each ended by SIGKILL behind a step; all steps have their turn. */
export async function killUpgrades(count: number, rows: number): Promise<UpgradeReport> {
  return inFolder(async (folder) => {
    const broken: string[] = []
    for (let kill = 0; kill < count; kill += 1) {
      const path = join(folder, `store-${kill}.db`)
      const key = randomBytes(32)
      await makeOldStore(path, key, rows)
      const before = await read(path, key)
      const step = migrations[1 + (kill % (migrations.length - 1))]?.id ?? 0
      const signal = await untilKilled(path, key, step)
      if (signal !== 'SIGKILL') broken.push(`step ${step}: ended by ${signal ?? 'itself'}`)
      else if ((await read(path, key)) !== before) broken.push(`step ${step}: the store is another`)
      else if (!(await comesUp(path, key, rows))) broken.push(`step ${step}: the upgrade does not come through`)
    }
    return { tried: count, held: count - broken.length, broken }
  })
}

function untilKilled(path: string, key: Buffer, step: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [victim, path, String(step)], { stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.end(key.toString('hex'))
  return new Promise((settle) => child.once('exit', (_code, signal) => settle(signal)))
}

/** Schema and rows of everything, as text. */
async function read(path: string, key: Buffer): Promise<string> {
  return withStore(path, key, ({ driver }) => {
    const schema = driver.prepare('select type, name, sql from sqlite_master order by type, name').all()
    const tables = driver.prepare("select name from sqlite_master where type = 'table' order by name").all()
    const rows = (tables as { name: string }[]).map(({ name }) => driver.prepare(`select * from "${name}"`).all())
    return JSON.stringify([driver.pragma('user_version', { simple: true }), schema, rows])
  })
}

async function comesUp(path: string, key: Buffer, rows: number): Promise<boolean> {
  return withStore(path, key, (store) => {
    migrate(store, at)
    const { n } = store.driver.prepare("select count(*) as n from store_fact where name like 'fact %'").get() as {
      n: number
    }
    const isNewest = store.driver.pragma('user_version', { simple: true }) === migrations.at(-1)?.id
    return isNewest && n === rows && store.driver.pragma('integrity_check', { simple: true }) === 'ok'
  })
}

async function withStore<Value>(path: string, key: Buffer, work: (store: Store) => Value): Promise<Value> {
  const store = openStore({ path, key })
  try {
    return work(store)
  } finally {
    await store.close()
  }
}

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-upgrade-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
