import { openStore } from '../../db/open.ts'
import { many } from '../../db/records.ts'

/** Commits through the store module as fast as it can and says each commit that was acknowledged; ends with the power. */
const [path = '', keyHex = '', from = '0', synchronous = 'FULL'] = process.argv.slice(2)
const store = openStore({ path, key: Buffer.from(keyHex, 'hex') })
// The control asks for less than the store module sets, and has to lose what it said.
if (synchronous !== 'FULL') store.driver.pragma(`synchronous=${synchronous}`)
for (let commit = Number(from); ; commit += 1) {
  await store.db.transaction().execute(async (trx) => {
    await many(trx, 'insert into fault_head (id, text) values (?, ?) returning id', [commit, `head ${commit}`])
    for (let part = 0; part < 3; part += 1)
      await many(trx, 'insert into fault_part (head_id, part) values (?, ?) returning part', [commit, part])
  })
  process.stdout.write(`${commit}\n`)
  // What was said has to leave the process before the next commit begins.
  await new Promise((settle) => setImmediate(settle))
}
