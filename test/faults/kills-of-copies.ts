import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyAudit } from '../../db/audit/verify.ts'
import { sha256OfFile } from '../../db/copy-files.ts'
import { findCopies, isManifestAuthentic } from '../../db/copy-manifest.ts'
import { migrations } from '../../db/migrations/index.ts'
import { migrate } from '../../db/migrations/migrate.ts'
import { openDriver, openStore } from '../../db/open.ts'
import { openWithPassphrase, readKeyrings, subKey } from '../../main/app/keyring.ts'
import { StoreLife, storePath } from '../../main/app/store-life.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { openTreatingClinic, register } from '../journeys/course.ts'
import { openHouse, passphrase, password } from '../journeys/house.ts'
import { type Served, serve } from '../support/served.ts'
import type { Tally } from './count.ts'

const family = 'Quillfeather'

type Found = { readonly kill: number; readonly fault: string }

/** Kills while a verified copy is made: earlier copies stay whole, and nothing bears a final name that is not proved. */
export function killInBackup(kills: number): Promise<readonly Tally[]> {
  return withClinic(async ({ data, disk }) => {
    const found: Found[] = []
    const took = await timed(data, async (served) => void (await makeCopy(served, disk)))
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = whole(disk, await keyOf(data)).names
      await dieWithin(data, took, async (served) => void (await makeCopy(served, disk)))
      const { names, broken } = whole(disk, await keyOf(data))
      for (const name of broken) found.push({ kill, fault: `${name} bears a final name and is not whole` })
      // Rotation lets an older copy of the same day go once a newer one is proved, never the last.
      if (before.length > 0 && names.length === 0) found.push({ kill, fault: 'every earlier copy is gone' })
      for (const fault of await storeFaults(data)) found.push({ kill, fault })
      say('backup', kill, kills, found)
    }
    return [tallyOf('F40', 'kill -9 while a backup is made', kills, found)]
  })
}

/** Kills while a copy is checked and put in the place of the records: the old or the new ones open whole, and both are kept. */
export function killInRestore(kills: number): Promise<readonly Tally[]> {
  return withClinic(async ({ data, disk }) => {
    const found: Found[] = []
    const served = await startAsOwner(data)
    const copy = await makeCopy(served, disk)
    await served.end('SIGINT')
    const took = await timed(data, (one) => restore(one, copy))
    let restored = 0
    for (let kill = 1; kill <= kills; kill += 1) {
      const asideBefore = aside(data).length
      await dieWithin(data, took, (one) => restore(one, copy))
      const again = await serve([`--data=${data}`])
      await again.must('clinic.unlockStore', { passphrase })
      await again.must('signIn.withPassword', { signInName: 'greta', password })
      const { members } = await again.must('staff.list', {})
      if (members.length < 4) found.push({ kill, fault: 'people are missing after the restart' })
      await again.end('SIGINT')
      for (const fault of await storeFaults(data)) found.push({ kill, fault })
      for (const name of aside(data))
        for (const fault of await storeFaults(data, join(data, name))) found.push({ kill, fault: `${name}: ${fault}` })
      if (aside(data).length > asideBefore) restored += 1
      const left = readdirSync(data).filter((name) => name === 'restore.json')
      if (left.length > 0) found.push({ kill, fault: 'a restore was left unfinished' })
      for (const name of aside(data).slice(0, -2)) rmSync(join(data, name), { recursive: true })
      say('restore', kill, kills, found)
    }
    return [
      {
        ...tallyOf('F42', 'kill -9 while a restore runs', kills, found),
        figures: { 'restores that came through': restored },
      },
    ]
  })
}

/** Kills while an old store is copied and brought up to date: old or newer steps stand whole, and the next start ends it. */
export async function killInUpgrade(kills: number): Promise<readonly Tally[]> {
  const found: Found[] = []
  const top = mkdtempSync(join(tmpdir(), 'countersign-faults-'))
  try {
    const first = await oldClinic(join(top, 'first'))
    const begun = performance.now()
    const sample = await serve([`--data=${first.data}`])
    await sample.must('clinic.unlockStore', { passphrase })
    const took = performance.now() - begun
    await sample.end('SIGINT')
    for (let kill = 1; kill <= kills; kill += 1) {
      const { data, key } = await oldClinic(join(top, String(kill)))
      const served = await serve([`--data=${data}`])
      const unlocking = served.must('clinic.unlockStore', { passphrase }).catch(() => null)
      await after(Math.random() * took)
      await served.end('SIGKILL')
      await unlocking
      for (const fault of upgradeFaults(data, key)) found.push({ kill, fault })
      const again = await serve([`--data=${data}`])
      await again.must('clinic.unlockStore', { passphrase })
      const { store } = await again.must('clinic.status', {})
      if (store.state !== 'OPEN') found.push({ kill, fault: `the next start ends as ${store.state}` })
      await again.end('SIGINT')
      rmSync(data, { recursive: true })
      say('upgrade', kill, kills, found)
    }
    return [
      {
        ...tallyOf('F43', 'kill -9 while a store is upgraded', kills, found),
        figures: { 'upgrade of an empty store, s': (took / 1000).toFixed(1) },
      },
    ]
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}

type Place = { readonly data: string; readonly disk: string }

/** A clinic with twelve patients, made in this process, and an empty disk beside it. */
async function withClinic(work: (place: Place) => Promise<readonly Tally[]>): Promise<readonly Tally[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-'))
  const place = { data: join(folder, 'data'), disk: join(folder, 'disk') }
  try {
    mkdirSync(place.disk)
    const house = await openHouse(folder, new Date().toISOString())
    const clinic = await openTreatingClinic(house)
    for (let index = 0; index < 12; index += 1)
      await register(clinic, { family: `${family} ${index}`, given: 'Ines', bornOn: `19${60 + index}-04-12` })
    await house.stop()
    return await work(place)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startAsOwner(data: string): Promise<Served> {
  const served = await serve([`--data=${data}`])
  await served.must('clinic.unlockStore', { passphrase })
  await served.must('signIn.withPassword', { signInName: 'greta', password })
  return served
}

/** How long the work takes when nobody interrupts it, in milliseconds. */
async function timed(data: string, work: (served: Served) => Promise<void>): Promise<number> {
  const served = await startAsOwner(data)
  const begun = performance.now()
  await work(served)
  const took = performance.now() - begun
  await served.end('SIGINT')
  return took
}

async function dieWithin(data: string, tookMs: number, work: (served: Served) => Promise<void>): Promise<void> {
  const served = await startAsOwner(data)
  // What is cut off never answers, or answers with the refusal of a program that ends.
  const working = work(served).catch(() => null)
  await after(Math.random() * tookMs * 1.1)
  await served.end('SIGKILL')
  await working
}

async function makeCopy(served: Served, disk: string): Promise<string> {
  const { jobId, folder } = await whenFree(() => served.must('backup.makeCopy', { folder: disk }))
  await endOf(served, jobId)
  return folder
}

async function restore(served: Served, copy: string): Promise<void> {
  const { jobId } = await whenFree(() => served.must('restore.check', { folder: copy }))
  await endOf(served, jobId)
  await served.must('restore.preview', {})
  await whenFree(() => served.must('restore.apply', { reauth: { method: 'PASSWORD', password } }))
}

/** The program makes backups and proves them by itself; a person who asks meanwhile is told to wait, and asks again. */
async function whenFree<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!/WORK_RUNNING|COPY_RUNNING/.test(String(error))) throw error
      await after(50)
    }
  }
}

async function endOf(served: Served, jobId: string): Promise<void> {
  for (;;) {
    const { kind } = await served.must('backup.job', { jobId })
    if (kind === 'DONE') return
    if (kind !== 'RUNNING') throw new Error(`the work ended as ${kind}`)
    await after(5)
  }
}

/** Copies with a final name: those that are what their manifest says, and those that are not. */
function whole(disk: string, key: Buffer) {
  const names: string[] = []
  const broken: string[] = []
  for (const { folder, name, manifest } of findCopies(disk)) {
    const isWhole =
      manifest !== null &&
      isManifestAuthentic(manifest, subKey(key, 'manifest/v1')) &&
      sha256OfFile(join(folder, 'store.db')) === manifest.store.sha256
    ;(isWhole ? names : broken).push(name)
  }
  return { names, broken }
}

async function keyOf(data: string): Promise<Buffer> {
  const keyrings = readKeyrings(join(data, 'keyring.json'))
  const [keyring] = keyrings === null || keyrings === 'KEYRING_DAMAGED' ? [] : keyrings
  const key = keyring ? await openWithPassphrase(keyring, passphrase) : null
  if (!key) throw new Error('the keyring does not open')
  return key
}

/** What is wrong with the records of this folder: pages, references, the chain of the audit. */
async function storeFaults(data: string, folder = data): Promise<readonly string[]> {
  const path = join(folder, 'store.db')
  try {
    const key = await keyOf(data)
    const store = openStore({ path, key })
    try {
      const faults: string[] = []
      if (store.driver.pragma('integrity_check', { simple: true }) !== 'ok') faults.push('the store is damaged')
      if ((store.driver.pragma('foreign_key_check') as readonly unknown[]).length > 0) faults.push('a reference hangs')
      const chain = await verifyAudit(store.db, subKey(key, 'audit-hmac/v1'))
      if (chain.state !== 'INTACT') faults.push(`the audit chain breaks at ${chain.firstBadSeq}`)
      return faults
    } finally {
      await store.close()
    }
  } catch (error) {
    return [`does not open: ${String(error)}`]
  }
}

function aside(data: string): readonly string[] {
  return readdirSync(data)
    .filter((name) => name.startsWith('before-restore-'))
    .sort()
}

/** A clinic whose store has the first step only, as the first version of the program left it. */
async function oldClinic(folder: string): Promise<{ readonly data: string; readonly key: Buffer }> {
  const host = createMemoryHost({
    folders: { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') },
    now: new Date().toISOString(),
  })
  const life = new StoreLife(host, async () => undefined)
  await life.start()
  const facts = {
    clinicName: 'Old Mill Clinic',
    timeZone: 'Europe/Dublin',
    dateOrder: 'DMY',
    urgentPhone: '112',
  } as const
  await life.create(facts, passphrase)
  life.finishSetUp()
  const key = Buffer.from(life.key)
  const rows = life.open.store.driver.prepare('select name, value from store_fact').all() as {
    name: string
    value: string
  }[]
  await life.close()
  rmSync(storePath(host.folders.data))
  const store = openStore({ path: storePath(host.folders.data), key, create: true })
  migrate(store, host.now(), migrations.slice(0, 1))
  const insert = store.driver.prepare('insert into store_fact (name, value) values (?, ?)')
  for (const { name, value } of rows) insert.run(name, value)
  await store.close()
  return { data: host.folders.data, key }
}

/** Some step stands whole, the facts of the first are there, and before any later step a proved copy was made. */
function upgradeFaults(data: string, key: Buffer): readonly string[] {
  const driver = openDriver({ path: join(data, 'store.db'), key })
  try {
    const version = Number(driver.pragma('user_version', { simple: true }))
    const steps = driver.prepare('select count(*) as n from migration').get() as { n: number }
    const name = driver.prepare("select value from store_fact where name = 'clinic_name'").get() as { value: string }
    const { names, broken } = whole(join(data, 'copies'), key)
    return [
      ...(driver.pragma('integrity_check', { simple: true }) === 'ok' ? [] : ['the store is damaged']),
      ...(migrations[steps.n - 1]?.id === version ? [] : [`step ${version} stands beside ${steps.n} steps`]),
      ...(name.value === 'Old Mill Clinic' ? [] : ['a fact is gone']),
      ...(version === migrations[0]?.id || names.length > 0 ? [] : ['a step ran before the copy was proved']),
      ...broken.map((one) => `${one} bears a final name and is not whole`),
    ]
  } finally {
    driver.close()
  }
}

function tallyOf(fault: 'F40' | 'F42' | 'F43', what: string, tried: number, found: readonly Found[]): Tally {
  for (const { kill, fault: text } of found.slice(0, 10)) console.error(`${what}, kill ${kill}: ${text}`)
  const lost = found.filter(({ fault: text }) => /gone|missing|not open/.test(text)).length
  return {
    fault,
    what,
    tried,
    held: tried - new Set(found.map(({ kill }) => kill)).size,
    lost,
    wrong: found.length - lost,
  }
}

function say(where: string, kill: number, kills: number, found: readonly Found[]): void {
  if (kill % 5 === 0) console.log(`${kill} of ${kills} kills in ${where}, ${found.length} faults`)
}

function after(ms: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, ms))
}
