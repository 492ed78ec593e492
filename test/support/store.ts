import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { migrate } from '../../db/migrations/migrate.ts'
import { openStore, type Store, type Trx } from '../../db/open.ts'
import { insertRow } from '../../db/records.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'

export const storeNow = '2026-08-03T15:42:16.000Z'

export type TestStore = {
  readonly folder: string
  readonly path: string
  readonly key: Buffer
  readonly store: Store
  write<Value>(work: (trx: Trx) => Promise<Value>): Promise<Value>
}

/** A folder that goes away with the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An empty migrated store in a folder of its own. */
export async function newStore(): Promise<TestStore> {
  template ??= await makeTemplate()
  const { bytes, key } = template
  const folder = scratchFolder()
  const path = join(folder, 'store.db')
  writeFileSync(path, bytes)
  const store = openStore({ path, key })
  onTestFinished(() => store.close())
  return { folder, path, key, store, write: (work) => store.db.transaction().execute(work) }
}

/** Made once for each test file: running all steps takes longer than most tests. */
let template: { readonly bytes: Buffer; readonly key: Buffer } | undefined

async function makeTemplate(): Promise<{ bytes: Buffer; key: Buffer }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-store-'))
  const path = join(folder, 'store.db')
  const key = randomBytes(32)
  const store = openStore({ path, key, create: true })
  migrate(store, storeNow)
  await store.close()
  const bytes = readFileSync(path)
  rmSync(folder, { recursive: true })
  return { bytes, key }
}

/** What somebody with the key and a tool of their own could do first. */
export function dropTriggers({ store: { driver } }: Pick<TestStore, 'store'>): void {
  const triggers = driver.prepare("select name from sqlite_master where type = 'trigger'").all() as { name: string }[]
  driver.pragma('foreign_keys=OFF')
  driver.exec('begin')
  for (const { name } of triggers) driver.exec(`drop trigger ${name}`)
  driver.exec('commit')
}

export async function addStaff({ write }: Pick<TestStore, 'write'>, signInName = 'samuel'): Promise<StaffId> {
  const id = randomUUID() as StaffId
  await write((trx) =>
    insertRow(trx, 'staff', {
      id,
      version: 1,
      sign_in_name: signInName,
      printed_name: 'Dr Samuel Okafor',
      credential: 'MD',
      status: 'ACTIVE',
      created_at: storeNow,
      updated_at: storeNow,
    }),
  )
  return id
}

/** Name to SHA-256 of everything of the records in a folder, so that "nothing changed" is one comparison. */
export function fingerprint(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {}
  const paths = readdirSync(folder, { recursive: true }).map(String).sort()
  // The lock is no record, and closing a second handle on it would let go of it.
  const files = paths.filter((path) => path !== 'instance.lock' && statSync(join(folder, path)).isFile())
  return Object.fromEntries(
    files.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  )
}
