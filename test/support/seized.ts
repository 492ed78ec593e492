import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDriver } from '../../db/open.ts'
import { createApp } from '../../main/app/create-app.ts'
import { openWithPassphrase, readKeyrings } from '../../main/app/keyring.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import { openWindow, type TestHouse, type Window } from './clinic.ts'

const passphrase = 'seven grey herons stand still'

/** The records as they lie on the disk at this moment, as a power cut leaves them: store, log and anchor. */
export function seize(house: Pick<TestHouse, 'host'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-seized-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(house.host.folders.data, join(folder, 'data'), { recursive: true })
  return folder
}

/** Starts the program on such a folder; the records are unlocked with the clinic's passphrase, and nobody is signed in. */
export async function startOn(folder: string, now: string): Promise<TestHouse & { readonly window: Window }> {
  const folders = { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') }
  const host = createMemoryHost({ folders, now })
  const app = await createApp({ host, buildSample })
  onTestFinished(() => app.close())
  const window = openWindow(app)
  if (app.services.storeLife.state.kind === 'PASSPHRASE_NEEDED') await window.must('clinic.unlockStore', { passphrase })
  return { host, app, folder, window }
}

/** Runs SQL behind the program's back with the clinic's key, the store being closed: triggers and all. */
export async function tamper(folder: string, work: (exec: (sql: string) => void) => void): Promise<void> {
  const data = join(folder, 'data')
  const keyrings = readKeyrings(join(data, 'keyring.json'))
  const keyring = keyrings === 'KEYRING_DAMAGED' ? undefined : keyrings?.[0]
  const key = keyring && (await openWithPassphrase(keyring, passphrase))
  if (!key) throw new Error('the records do not open')
  const driver = openDriver({ path: join(data, 'store.db'), key })
  try {
    for (const { name } of driver
      .prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit_entry'")
      .all() as { name: string }[])
      driver.exec(`drop trigger ${name}`)
    work((sql) => driver.exec(sql))
  } finally {
    driver.close()
  }
}

/** Takes the place of what lies in `folder`, logs included; the anchor stays. */
export function replaceStore(folder: string, from: string): void {
  for (const name of ['store.db', 'store.db-wal', 'store.db-shm']) {
    rmSync(join(folder, 'data', name), { force: true })
    if (existsSync(join(from, 'data', name))) cpSync(join(from, 'data', name), join(folder, 'data', name))
  }
}
