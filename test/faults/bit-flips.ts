import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../db/open.ts'
import type { Tally } from './count.ts'
import { randomFrom } from './random.ts'

/** Flips one bit of the store's file at a time: the store is refused, or an error comes, or every row is what it was. */
export async function flipBits(flips: number, seed: number): Promise<readonly Tally[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-flips-'))
  try {
    const key = randomBytes(32)
    const path = join(folder, 'store.db')
    const store = openStore({ path, key, create: true })
    store.driver.exec(
      'create table person (id integer primary key, name text not null); create index by_name on person (name)',
    )
    const add = store.driver.prepare('insert into person (name) values (?)')
    store.driver.exec('begin')
    for (let row = 0; row < 4000; row += 1) add.run(`Quillfeather ${row} of the long corridor`)
    store.driver.exec('commit')
    await store.close()
    const rows = read(path, key)
    const whole = readFileSync(path)
    const random = randomFrom(seed)
    const damaged = join(folder, 'damaged.db')
    let [wrong, refused, untouched] = [0, 0, 0]
    for (let flip = 0; flip < flips; flip += 1) {
      const bytes = Buffer.from(whole)
      const place = Math.floor(random() * bytes.length)
      bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(random() * 8))
      writeFileSync(damaged, bytes)
      const seen = read(damaged, key)
      if (seen === null) refused += 1
      else if (seen === rows) untouched += 1
      else wrong += 1
      rmSync(`${damaged}-wal`, { force: true })
      rmSync(`${damaged}-shm`, { force: true })
    }
    return [
      {
        fault: 'F6',
        what: 'one flipped bit in the store’s file',
        tried: flips,
        held: flips - wrong,
        wrong,
        figures: { 'told as damaged': refused, 'in bytes that nothing reads': untouched },
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everything in the store as one text, null where it says that it is damaged. */
function read(path: string, key: Buffer): string | null {
  try {
    const { driver } = openStore({ path, key })
    try {
      const isWhole = driver.pragma('integrity_check', { simple: true }) === 'ok'
      return isWhole ? JSON.stringify(driver.prepare('select * from person order by id').all()) : null
    } finally {
      driver.close()
    }
  } catch {
    return null
  }
}
