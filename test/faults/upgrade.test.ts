import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrations } from '../../db/migrations/index.ts'
import { openDriver } from '../../db/open.ts'
import { createApp } from '../../main/app/create-app.ts'
import { newClinic, type TestClinic } from '../support/clinic.ts'
import { reopen } from '../support/reopen.ts'
import { failUpgradeAtEachStep, killUpgrades, makeOldStore } from './upgrade-faults.ts'

const dataOf = (clinic: Pick<TestClinic, 'host'>) => clinic.host.folders.data
const storeOf = (clinic: Pick<TestClinic, 'host'>) => join(dataOf(clinic), 'store.db')

describe('F17 a second instance', () => {
  it('F17 of another user of the computer is refused with the reason, and let in once the first has ended', async () => {
    const clinic = await newClinic()
    await clinic.app.close()
    const first = await startHolder(clinic)
    const second = await reopen(clinic)
    expect(await second.window.must('clinic.status', {})).toMatchObject({
      store: { state: 'FAULT', fault: 'LOCKED_BY_OTHER' },
    })
    expect(existsSync(join(dataOf(clinic), 'open-mark'))).toBe(false)
    first.kill('SIGTERM')
    await once(first, 'exit')
    expect(await second.window.must('clinic.lookAgain', {})).toMatchObject({ store: { state: 'PASSPHRASE_NEEDED' } })
  })

  it('F17 finds no lock that a killed one left behind', async () => {
    const clinic = await newClinic()
    await clinic.app.close()
    const first = await startHolder(clinic)
    first.kill('SIGKILL')
    await once(first, 'exit')
    expect(existsSync(join(dataOf(clinic), 'instance.lock'))).toBe(true)
    const next = await reopen(clinic)
    expect(await next.window.must('clinic.status', {})).toMatchObject({ store: { state: 'OPEN' } })
  })

  it('F17 in the same process is refused like one in another', async () => {
    const clinic = await newClinic()
    const app = await createApp({ host: clinic.host, buildSample: async () => undefined })
    onTestFinished(() => app.close())
    expect(app.services.storeLife.state).toEqual({ kind: 'FAULT', fault: 'LOCKED_BY_OTHER' })
    expect(await clinic.manager.code('staff.list', {})).toBe('ok')
  })
})

describe('F43 an upgrade', () => {
  it('F43 that fails behind any of its steps leaves schema and rows of the older version', async () => {
    const report = await failUpgradeAtEachStep(200)
    expect(report.broken).toEqual([])
    expect(report.tried).toBe(migrations.length - 1)
  })

  it('F43 that is killed behind a step leaves them too, and comes through the next time', async () => {
    const report = await killUpgrades(10, 200)
    expect(report.broken).toEqual([])
  })

  it('F43 that fails names the verified copy that was made first', async () => {
    const clinic = await newClinic()
    await makeOld(clinic)
    // A table that a later step makes as well: that step fails, whatever came before it.
    const key = await keyOf(clinic)
    const driver = openDriver({ path: storeOf(clinic), key })
    driver.exec('create table sign_off (id text)')
    driver.close()
    const again = await reopen(clinic)
    const { store } = await again.window.must('clinic.status', {})
    const [copy] = readdirSync(join(dataOf(clinic), 'copies'))
    expect(store).toMatchObject({ state: 'FAULT', fault: 'UPGRADE_FAILED', copyName: copy })
    expect(readdirSync(join(dataOf(clinic), 'copies', copy ?? ''))).toContain('manifest.json')
    const old = openDriver({ path: storeOf(clinic), key })
    expect(old.pragma('user_version', { simple: true })).toBe(migrations[0]?.id)
    old.close()
  })
})

it('F44 a store of a newer program is refused with the version it asks for, and not one byte changes', async () => {
  const clinic = await newClinic()
  const { driver } = clinic.app.services.storeLife.open.store
  driver.pragma(`user_version=${(migrations.at(-1)?.id ?? 0) + 10}`)
  driver.prepare("update store_fact set value = '9.4.0' where name = 'needs_app'").run()
  await clinic.app.close()
  const before = readFileSync(storeOf(clinic))
  const again = await reopen(clinic)
  expect(await again.window.must('clinic.status', {})).toMatchObject({
    store: { state: 'FAULT', fault: 'NEWER_STORE', neededVersion: '9.4.0' },
  })
  expect(readFileSync(storeOf(clinic)).equals(before)).toBe(true)
  expect(existsSync(join(dataOf(clinic), 'copies'))).toBe(false)
})

describe('a program that ended without closing its store', () => {
  it('reads every page at the next start, and a window sees how far it is', async () => {
    const clinic = await newClinic()
    await clinic.app.close()
    // As the process leaves it where nothing takes the mark away.
    writeFileSync(join(dataOf(clinic), 'open-mark'), '')
    const seen: string[] = []
    const next = await reopen(clinic, {
      host: {
        log: (event) => {
          seen.push(event.event)
        },
      },
    })
    expect(seen).toContain('store.checked')
    expect(await next.window.must('clinic.status', {})).toMatchObject({ store: { state: 'OPEN' } })
    await next.app.close()
    const third: string[] = []
    await reopen(next, {
      host: {
        log: (event) => {
          third.push(event.event)
        },
      },
    })
    expect(third).not.toContain('store.checked')
  })
})

async function startHolder(clinic: TestClinic): Promise<ChildProcess> {
  const holder = fileURLToPath(new URL('lock-holder.ts', import.meta.url))
  const child = spawn(process.execPath, [holder, join(dataOf(clinic), 'instance.lock')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

const keys = new WeakMap<TestClinic, Buffer>()

async function keyOf(clinic: TestClinic): Promise<Buffer> {
  const key = keys.get(clinic)
  if (!key) throw new Error('the clinic was not made old')
  return key
}

/** The clinic as the first version of the program left it: the first step's schema, its facts, its key. */
async function makeOld(clinic: TestClinic): Promise<void> {
  const { storeLife } = clinic.app.services
  const key = Buffer.from(storeLife.key)
  const facts = storeLife.open.store.driver.prepare('select name, value from store_fact').all() as {
    name: string
    value: string
  }[]
  await clinic.app.close()
  rmSync(storeOf(clinic))
  await makeOldStore(storeOf(clinic), key, 0)
  const driver = openDriver({ path: storeOf(clinic), key })
  for (const { name, value } of facts)
    driver.prepare('insert into store_fact (name, value) values (?, ?)').run(name, value)
  driver.close()
  keys.set(clinic, key)
}
