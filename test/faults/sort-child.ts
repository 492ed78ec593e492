import { randomBytes } from 'node:crypto'
import { openStore } from '../../db/open.ts'

/** Sorts far more than fits into a page cache, again and again, until somebody ends it. */
const store = openStore({ path: process.argv[2] ?? '', key: randomBytes(32), create: true, cacheMb: 1 })
const { driver } = store
driver.exec('create table person (id integer primary key, name text not null, note text not null)')
driver.exec('begin')
const add = driver.prepare('insert into person (name, note) values (?, ?)')
for (let row = 0; row < 60_000; row += 1) add.run(`Quillfeather ${(row * 7919) % 60_000}`, `Quillfeather asked ${row}`)
driver.exec('commit')
driver.exec('create temp table report as select name, note from person order by note, name')
process.stdout.write('sorting\n')
for (;;) {
  driver.prepare('select name, note from person order by note desc, name').all()
  // The pipe has to be written before the next sort begins.
  await new Promise((settle) => setImmediate(settle))
}
