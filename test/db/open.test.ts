import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, it, test, vi } from 'vitest'
import { migrations } from '../../db/migrations/index.ts'
import { codeOf, OpenError, openDriver, openStore } from '../../db/open.ts'
import { insertRow, many } from '../../db/records.ts'
import { fingerprint, newStore, scratchFolder } from '../support/store.ts'

describe('an open store', () => {
  it('has every setting that keeps records safe, as the engine itself reports it', async () => {
    const { store } = await newStore()
    const names = [
      'temp_store',
      'journal_mode',
      'synchronous',
      'fullfsync',
      'checkpoint_fullfsync',
      'foreign_keys',
      'recursive_triggers',
      'trusted_schema',
      'cell_size_check',
      'journal_size_limit',
      'application_id',
      'user_version',
      'busy_timeout',
    ]
    const actual = Object.fromEntries(names.map((name) => [name, store.driver.pragma(name, { simple: true })]))
    expect(actual).toEqual({
      temp_store: 2,
      journal_mode: 'wal',
      synchronous: 2,
      fullfsync: 1,
      checkpoint_fullfsync: 1,
      foreign_keys: 1,
      recursive_triggers: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      journal_size_limit: 16 * 1024 * 1024,
      application_id: 0x4353474e,
      user_version: migrations.at(-1)?.id,
      busy_timeout: 0,
    })
  })

  it('is encrypted in the format of SQLCipher 4', async () => {
    const { store } = await newStore()
    expect(store.driver.pragma('cipher', { simple: true })).toBe('sqlcipher')
    expect(Number(store.driver.pragma('legacy', { simple: true }))).toBe(4)
  })

  it('leaves no name, no header and no key in the clear in any of its files', async () => {
    const { folder, key, store, write } = await newStore()
    for (let row = 0; row < 200; row += 1)
      await write((trx) => insertRow(trx, 'store_fact', { name: `fact ${row}`, value: 'Wilhelmina Featherstone' }))
    const before = readdirSync(folder)
    expect(before).toEqual(expect.arrayContaining(['store.db', 'store.db-wal']))
    await many(store.db, 'select name, value from store_fact order by value desc, name desc')
    for (const name of before) {
      const bytes = readFileSync(join(folder, name))
      for (const secret of ['Featherstone', 'SQLite format 3', 'create table', key.toString('hex'), 'store_fact'])
        expect([name, secret, bytes.includes(secret)]).toEqual([name, secret, false])
      expect([name, 'key', bytes.includes(key)]).toEqual([name, 'key', false])
      expect([name, 'utf16', bytes.includes(Buffer.from('Featherstone', 'utf16le'))]).toEqual([name, 'utf16', false])
    }
  })

  it('prepares one statement once, however often it is asked', async () => {
    const { store } = await newStore()
    const prepare = vi.spyOn(store.driver, 'prepare')
    for (let time = 0; time < 20; time += 1)
      await many(store.db, 'select value from store_fact where name = ?', [String(time)])
    expect(prepare).toHaveBeenCalledTimes(1)
  })

  it('keeps working past the number of statements it remembers', async () => {
    const { store, write } = await newStore()
    await write((trx) => insertRow(trx, 'store_fact', { name: 'one', value: '1' }))
    for (let text = 0; text < 600; text += 1)
      expect(await many(store.db, `select ${text} as n, value from store_fact`)).toEqual([{ n: text, value: '1' }])
    expect(await many(store.db, 'select 0 as n, value from store_fact')).toEqual([{ n: 0, value: '1' }])
  })

  it('begins every transaction as a writer, so that a second one is refused at once and not in the middle', async () => {
    const { path, key, store } = await newStore()
    const other = openDriver({ path, key })
    await store.db.transaction().execute(async () => {
      expect(store.driver.inTransaction).toBe(true)
      expect(codeThrownBy(() => other.exec('begin immediate'))).toBe('SQLITE_BUSY')
    })
    other.exec('begin immediate')
    await expect(store.db.transaction().execute(async () => 'begun')).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
    other.exec('rollback')
    expect(await store.db.transaction().execute(async () => 'begun')).toBe('begun')
    other.close()
  })

  it('says why a transaction ended when the engine rolled it back by itself', async () => {
    const { store } = await newStore()
    store.driver.exec('create temp table small (id integer primary key, text text unique)')
    const inserting = store.db.transaction().execute(async (trx) => {
      await sql`insert into small (id, text) values (1, 'a')`.execute(trx)
      // "or rollback" ends the transaction as a full disk does.
      await sql`insert or rollback into small (id, text) values (2, 'a')`.execute(trx)
    })
    await expect(inserting).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' })
    expect(store.driver.inTransaction).toBe(false)
    expect(await many(store.db, 'select count(*) as n from small')).toEqual([{ n: 0 }])
  })

  it('undoes everything of a transaction whose work threw', async () => {
    const { store, write } = await newStore()
    const failing = write(async (trx) => {
      await insertRow(trx, 'store_fact', { name: 'half', value: 'done' })
      throw new Error('interrupted')
    })
    await expect(failing).rejects.toThrow('interrupted')
    expect(await many(store.db, 'select name from store_fact')).toEqual([])
  })

  it('closes into one file and can be closed twice', async () => {
    const { folder, store } = await newStore()
    await store.close()
    await store.close()
    expect(readdirSync(folder)).toEqual(['store.db'])
  })
})

describe('a file that is no store of this key', () => {
  const path = (folder: string) => join(folder, 'store.db')
  const cases: readonly (readonly [what: string, fault: string, make: (folder: string) => void])[] = [
    ['nothing', 'MISSING', () => undefined],
    ['an empty file', 'EMPTY_FILE', (folder) => writeFileSync(path(folder), '')],
    ['a folder', 'NOT_A_FILE', (folder) => mkdirSync(path(folder))],
    ['a plain SQLite file', 'PLAINTEXT', (folder) => new Driver(path(folder)).exec('create table t (x)').close()],
    ['random bytes', 'WRONG_KEY_OR_DAMAGED', (folder) => writeFileSync(path(folder), randomBytes(65_536))],
    ['a file of three bytes', 'WRONG_KEY_OR_DAMAGED', (folder) => writeFileSync(path(folder), 'abc')],
    ['a store of another key', 'WRONG_KEY_OR_DAMAGED', (folder) => makeStore(path(folder), randomBytes(32))],
    ['a foreign encrypted database', 'FOREIGN', (folder) => makeForeign(path(folder), key)],
  ]
  const key = randomBytes(32)

  test.for(cases)('%s is refused as %s and left as it is', ([, fault, make]) => {
    const folder = scratchFolder()
    make(folder)
    const before = fingerprint(folder)
    expect(faultOf(() => openStore({ path: path(folder), key }))).toBe(fault)
    expect(fingerprint(folder)).toEqual(before)
  })

  it('is refused when only its first page is damaged', () => {
    const folder = scratchFolder()
    makeStore(path(folder), key)
    const bytes = readFileSync(path(folder))
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path(folder), bytes)
    expect(faultOf(() => openStore({ path: path(folder), key }))).toBe('WRONG_KEY_OR_DAMAGED')
    expect(readFileSync(path(folder)).equals(bytes)).toBe(true)
  })

  it('is named as locked where another program holds it for itself', () => {
    const folder = scratchFolder()
    makeStore(path(folder), key)
    const other = openDriver({ path: path(folder), key })
    other.pragma('locking_mode=EXCLUSIVE')
    other.exec('begin exclusive; commit')
    expect(faultOf(() => openStore({ path: path(folder), key }))).toBe('LOCKED_BY_OTHER')
    other.close()
    expect(faultOf(() => void openStore({ path: path(folder), key }).close())).toBe('OPENED')
  })

  it('is never replaced: making a store refuses a path where anything lies', () => {
    const folder = scratchFolder()
    writeFileSync(path(folder), '')
    expect(faultOf(() => openStore({ path: path(folder), key, create: true }))).toBe('UNREADABLE')
    expect(readFileSync(path(folder))).toHaveLength(0)
  })

  it('never serves wrong data: one flipped bit anywhere is an error or touches nothing that is read', async () => {
    const folder = scratchFolder()
    makeStore(path(folder), key, 300)
    const whole = readFileSync(path(folder))
    const damaged = join(folder, 'damaged.db')
    for (let place = 16; place < whole.length; place += Math.floor(whole.length / 60)) {
      const bytes = Buffer.from(whole)
      bytes[place] = (bytes[place] ?? 0) ^ 4
      writeFileSync(damaged, bytes)
      expect([place, readBack(damaged, key)]).toEqual([place, expect.stringMatching(/^(?:refused|same)$/)])
    }
  })

  it('takes exactly 32 bytes as a key', () => {
    const folder = scratchFolder()
    expect(() => openDriver({ path: path(folder), key: Buffer.alloc(31), create: true })).toThrow('32 bytes')
    appendFileSync(path(folder), '')
    expect(readdirSync(folder)).toEqual(['store.db'])
  })
})

function makeStore(path: string, key: Buffer, rows = 1): void {
  const driver = openDriver({ path, key, create: true })
  driver.exec('create table fact (id integer primary key, text text not null)')
  for (let row = 1; row <= rows; row += 1) driver.prepare('insert into fact values (?, ?)').run(row, `fact ${row}`)
  driver.close()
}

function makeForeign(path: string, key: Buffer): void {
  makeStore(path, key)
  const driver = openDriver({ path, key })
  driver.pragma('application_id=12345')
  driver.pragma('journal_mode=DELETE')
  driver.close()
}

function readBack(path: string, key: Buffer): string {
  try {
    const driver = openDriver({ path, key })
    const rows = driver.prepare('select id, text from fact order by id').all() as { id: number; text: string }[]
    driver.close()
    return rows.length === 300 && rows.every((row) => row.text === `fact ${row.id}`) ? 'same' : 'WRONG DATA'
  } catch {
    return 'refused'
  }
}

function faultOf(open: () => unknown): string {
  try {
    open()
    return 'OPENED'
  } catch (error) {
    return error instanceof OpenError ? error.fault : String(error)
  }
}

function codeThrownBy(work: () => unknown): string {
  try {
    work()
    return ''
  } catch (error) {
    return codeOf(error)
  }
}
