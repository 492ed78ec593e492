import { readFileSync } from 'node:fs'
import { migrate } from '../../db/migrations/migrate.ts'
import { openStore } from '../../db/open.ts'

/** Brings the store at the first argument up to date and ends itself, as a power cut would, behind the step of the second. */
const [path = '', step = ''] = process.argv.slice(2)
const store = openStore({ path, key: Buffer.from(readFileSync(0, 'utf8'), 'hex') })
migrate(store, '2026-08-03T15:42:16.000Z', undefined, (id) => {
  if (id === Number(step)) process.kill(process.pid, 'SIGKILL')
})
