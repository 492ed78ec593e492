import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { migrations } from '../../db/migrations/index.ts'
import { openDriver } from '../../db/open.ts'
import { many } from '../../db/records.ts'
import { makePassphraseSlot } from '../../main/app/key-slot.ts'
import { type Keyring, openWithPassphrase, readKeyrings, subKey, writeKeyring } from '../../main/app/keyring.ts'
import { StoreLife } from '../../main/app/store-life.ts'
import type { Keychain } from '../../main/hosts/host.ts'
import { createMemoryHost, type MemoryHost } from '../../main/hosts/memory-host.ts'
import { shippedScrypt } from '../../main/hosts/scrypt-cost.ts'
import { fingerprint, scratchFolder, storeNow } from '../support/store.ts'

const passphrase = 'seven grey herons stand still'
const facts = {
  clinicName: 'Alder Row Skin Clinic',
  timeZone: 'America/Chicago',
  dateOrder: 'MDY',
  urgentPhone: '+1 312 555 0100',
} as const

describe('the shipped cost of a password', () => {
  it('is scrypt with 2^17, 8, 1: 128 MiB for every guess', () => {
    expect(shippedScrypt).toEqual({ cost: 131_072, blockSize: 8, parallelization: 1 })
  })
})

describe('a passphrase slot', () => {
  it('gives the key to the passphrase and to nothing else', async () => {
    const { keyring, key } = await newKeyring()
    expect((await openWithPassphrase(keyring, passphrase))?.equals(key)).toBe(true)
    for (const wrong of ['', 'seven grey herons stand stil', `${passphrase} `, passphrase.toUpperCase()])
      expect(await openWithPassphrase(keyring, wrong)).toBeNull()
  })

  it('takes a passphrase however its accents were typed', async () => {
    const { keyring, key } = await newKeyring('caf\u00e9 au lait, encore')
    expect((await openWithPassphrase(keyring, 'cafe\u0301 au lait, encore'))?.equals(key)).toBe(true)
  })

  it('belongs to its own store', async () => {
    const { keyring } = await newKeyring()
    expect(await openWithPassphrase({ ...keyring, storeId: 'another store' }, passphrase)).toBeNull()
  })

  it('keeps nothing of the key in the clear', async () => {
    const { keyring, key } = await newKeyring()
    const text = JSON.stringify(keyring)
    for (const spelling of [key.toString('hex'), key.toString('base64'), key.toString('base64url')])
      expect(text.includes(spelling)).toBe(false)
  })

  it('gives no key when any one of its bytes was changed', async () => {
    const { keyring } = await newKeyring()
    const slot = keyring.slots[0]
    if (slot?.kind !== 'passphrase') throw new Error('no passphrase slot')
    for (const member of ['salt', 'nonce', 'sealed', 'tag'] as const) {
      const bytes = Buffer.from(slot[member], 'base64')
      for (let place = 0; place < bytes.length; place += 1) {
        const changed = Buffer.from(bytes)
        changed[place] = (changed[place] ?? 0) ^ 1
        const damaged = { ...keyring, slots: [{ ...slot, [member]: changed.toString('base64') }] }
        expect([member, place, await openWithPassphrase(damaged, passphrase)]).toEqual([member, place, null])
      }
    }
    for (const cut of [12, 8, 4])
      expect(
        await openWithPassphrase({ ...keyring, slots: [{ ...slot, tag: short(slot.tag, cut) }] }, passphrase),
      ).toBe(null)
  })
})

describe('the keyring file', () => {
  it('has a second copy beside it from the first day', async () => {
    const path = join(scratchFolder(), 'keyring.json')
    const { keyring } = await newKeyring()
    writeKeyring(path, keyring)
    expect(readKeyrings(path)).toEqual([keyring, keyring])
    expect(readdirSync(join(path, '..')).sort()).toEqual(['keyring.json', 'keyring.json.bak'])
  })

  it('keeps the one before as its second copy', async () => {
    const path = join(scratchFolder(), 'keyring.json')
    const first = (await newKeyring()).keyring
    const second = (await newKeyring()).keyring
    writeKeyring(path, first)
    writeKeyring(path, second)
    expect(readKeyrings(path)).toEqual([second, first])
  })

  const damages: readonly (readonly [what: string, text: (whole: string) => string | null])[] = [
    ['gone', () => null],
    ['empty', () => ''],
    ['cut in half', (whole) => whole.slice(0, whole.length / 2)],
    ['of another version', (whole) => whole.replace('"v": 1', '"v": 2')],
    ['without slots', () => '{"v":1,"storeId":"x","slots":[]}'],
    ['of unknown slots', () => '{"v":1,"storeId":"x","slots":[{"kind":"__proto__","v":1}]}'],
    ['with a cost that would take all memory', (whole) => whole.replace(/"cost": \d+/, '"cost": 1073741824')],
    ['with a cost that is no power of two', (whole) => whole.replace(/"cost": \d+/, '"cost": 17')],
    ['with text where a number belongs', (whole) => whole.replace(/"cost": \d+/, '"cost": "16"')],
  ]
  test.for(damages)('%s is replaced by its second copy', async ([, damage]) => {
    const path = join(scratchFolder(), 'keyring.json')
    const { keyring } = await newKeyring()
    writeKeyring(path, keyring)
    write(path, damage(readFileSync(path, 'utf8')))
    expect(readKeyrings(path)).toEqual([keyring])
    rmSync(`${path}.bak`)
    expect(readKeyrings(path)).toBe(existsSync(path) ? 'KEYRING_DAMAGED' : null)
  })
})

describe('opening a clinic that is there', () => {
  it('asks for the passphrase where there is no keychain, and opens with it', async () => {
    const { host } = await madeClinic()
    const life = await started(host)
    expect(life.state.kind).toBe('PASSPHRASE_NEEDED')
    expect(await life.unlock('not this one at all')).toBe(false)
    expect(life.state.kind).toBe('PASSPHRASE_NEEDED')
    expect(await life.unlock(passphrase)).toBe(true)
    expect(life.open.facts).toMatchObject({ clinicName: facts.clinicName, isSample: false })
  })

  it('opens by itself with the keychain of this computer', async () => {
    const { host } = await madeClinic(new FakeKeychain('kwallet'))
    expect((await started(host)).state.kind).toBe('OPEN')
  })

  it('opens once when two windows send the passphrase at the same time', async () => {
    const { host } = await madeClinic()
    const life = await started(host)
    expect(await Promise.all([life.unlock(passphrase), life.unlock(passphrase)])).toEqual([true, true])
    const { store } = life.open
    await life.close()
    expect(store.driver.open).toBe(false)
    expect(readdirSync(host.folders.data)).not.toContain('store.db-wal')
  })

  it('uses the second keyring where a slot of the first was damaged', async () => {
    const { host } = await madeClinic()
    damageSlot(join(host.folders.data, 'keyring.json'))
    const life = await started(host)
    expect(await life.unlock(passphrase)).toBe(true)
    expect(life.state.kind).toBe('OPEN')
  })

  const faults: readonly (readonly [what: string, fault: string, harm: (data: string) => void])[] = [
    ['both keyrings gone', 'KEYRING_DAMAGED', (data) => removeAll(data, ['keyring.json', 'keyring.json.bak'])],
    ['both keyrings empty', 'KEYRING_DAMAGED', (data) => emptyAll(data, ['keyring.json', 'keyring.json.bak'])],
    ['the store gone', 'MISSING', (data) => removeAll(data, ['store.db'])],
    ['the store empty', 'EMPTY_FILE', (data) => emptyAll(data, ['store.db'])],
    ['the store damaged', 'WRONG_KEY_OR_DAMAGED', (data) => writeFileSync(join(data, 'store.db'), randomBytes(9000))],
  ]
  test.for(faults)('tells of %s as %s, makes nothing new and changes nothing', async ([, fault, harm]) => {
    const { host } = await madeClinic()
    harm(host.folders.data)
    const before = fingerprint(host.folders.data)
    const life = await started(host)
    if (life.state.kind === 'PASSPHRASE_NEEDED') await life.unlock(passphrase)
    expect(life.state).toEqual({ kind: 'FAULT', fault })
    expect(await life.create(facts, passphrase)).toBe(false)
    expect(fingerprint(host.folders.data)).toEqual(before)
  })

  it('refuses the keyring of another clinic', async () => {
    const { host } = await madeClinic()
    const other = await madeClinic()
    for (const name of ['keyring.json', 'keyring.json.bak'])
      writeFileSync(join(host.folders.data, name), readFileSync(join(other.host.folders.data, name)))
    const life = await started(host)
    await life.unlock(passphrase)
    expect(life.state).toEqual({ kind: 'FAULT', fault: 'WRONG_KEY_OR_DAMAGED' })
  })

  it('refuses a store that was put in place of the one the keyring is of', async () => {
    const { host } = await madeClinic()
    const life = await started(host)
    await life.unlock(passphrase)
    life.open.store.driver.exec("update store_fact set value = 'other' where name = 'store_id'")
    await life.close()
    const again = await started(host)
    await again.unlock(passphrase)
    expect(again.state).toEqual({ kind: 'FAULT', fault: 'OTHER_STORE' })
  })

  it('refuses a store that a newer version wrote, and leaves it as it is', async () => {
    const { host } = await madeClinic()
    const life = await started(host)
    await life.unlock(passphrase)
    life.open.store.driver.pragma(`user_version=${(migrations.at(-1)?.id ?? 0) + 10}`)
    await life.close()
    const before = fingerprint(host.folders.data)
    const again = await started(host)
    await again.unlock(passphrase)
    expect(again.state).toMatchObject({ kind: 'FAULT', fault: 'NEWER_STORE' })
    expect(fingerprint(host.folders.data)).toEqual(before)
  })

  it('says that the keychain no longer opens the records, and opens again with the old one', async () => {
    const keychain = new FakeKeychain('kwallet')
    const { host } = await madeClinic(keychain)
    for (const other of [null, new FakeKeychain('gnome_libsecret'), new FakeKeychain('kwallet')])
      expect((await started(withKeychain(host, other))).state).toEqual({ kind: 'FAULT', fault: 'KEYCHAIN_CHANGED' })
    expect((await started(host)).state.kind).toBe('OPEN')
  })

  it('falls back to the passphrase when the keychain changed, and then wraps the key anew', async () => {
    const { host } = await madeClinic(new FakeKeychain('kwallet'), passphrase)
    const newComputer = withKeychain(host, new FakeKeychain('gnome_libsecret'))
    const life = await started(newComputer)
    expect(life.state.kind).toBe('PASSPHRASE_NEEDED')
    expect(await life.unlock(passphrase)).toBe(true)
    expect(life.takeOpeningNotes().map((note) => note.action)).toEqual(['store.open', 'store.keySlot'])
    await life.close()
    expect((await started(newComputer)).state.kind).toBe('OPEN')
  })

  it('wraps the key anew when the keychain asks for it', async () => {
    const keychain = new FakeKeychain('kwallet')
    const { host } = await madeClinic(keychain)
    keychain.shouldWrapAgain = true
    const before = readFileSync(join(host.folders.data, 'keyring.json'), 'utf8')
    const life = await started(host)
    expect(life.state.kind).toBe('OPEN')
    const after = readFileSync(join(host.folders.data, 'keyring.json'), 'utf8')
    expect(after).not.toBe(before)
    expect(readFileSync(join(host.folders.data, 'keyring.json.bak'), 'utf8')).toBe(before)
    await life.close()
    expect((await started(host)).state.kind).toBe('OPEN')
  })
})

describe('making a clinic', () => {
  it('refuses a second one in the same folder, also at the same moment', async () => {
    const host = newHost(null)
    const life = await started(host)
    expect(await Promise.all([life.create(facts, passphrase), life.create(facts, passphrase)])).toEqual([true, false])
    life.finishSetUp()
    await life.close()
    const again = await started(host)
    expect(await again.unlock(passphrase)).toBe(true)
  })

  const leftovers = ['store.db', 'store.db-wal', 'keyring.json', 'keyring.json.bak', 'files/8f2c']
  test.for(leftovers)('refuses a folder in which %s was left', async (name) => {
    const host = newHost(null)
    await madeIn(host)
    const { data } = host.folders
    const kept = readFileSync(join(data, 'store.db'))
    removeAll(
      data,
      readdirSync(data).filter((part) => part !== 'files'),
    )
    writeFileSync(join(data, name), kept)
    const before = fingerprint(data)
    const life = await started(host)
    expect(life.state).toEqual(expect.objectContaining({ kind: 'FAULT' }))
    expect(await life.create(facts, passphrase)).toBe(false)
    expect(fingerprint(data)).toEqual(before)
  })

  it('begins anew where the last set-up never reached its end, and keeps what that left', async () => {
    const host = newHost(null)
    const interrupted = await started(host)
    await interrupted.create(facts, passphrase)
    await interrupted.close()
    const life = await started(host)
    expect(life.state.kind).toBe('NONE')
    expect(await life.create(facts, passphrase)).toBe(true)
    life.finishSetUp()
    await life.close()
    const aside = readdirSync(host.folders.data).filter((name) => name.startsWith('unfinished-'))
    expect(aside).toHaveLength(1)
    expect(readdirSync(join(host.folders.data, aside[0] ?? '')).sort()).toEqual([
      'keyring.json',
      'keyring.json.bak',
      'set-up-unfinished',
      'store.db',
    ])
    const again = await started(host)
    expect(await again.unlock(passphrase)).toBe(true)
    expect(await many(again.open.store.db, 'select count(*) as n from store_fact')).toEqual([{ n: 10 }])
  })

  it('derives a key of its own for each purpose', () => {
    const key = randomBytes(32)
    const purposes = ['audit-hmac/v1', 'attachment/v1', 'manifest/v1'].map((purpose) =>
      subKey(key, purpose).toString('hex'),
    )
    expect(new Set([...purposes, key.toString('hex')]).size).toBe(4)
    expect(subKey(key, 'audit-hmac/v1').equals(subKey(key, 'audit-hmac/v1'))).toBe(true)
  })

  it('writes a store that only its key opens', async () => {
    const { host } = await madeClinic()
    expect(() => openDriver({ path: join(host.folders.data, 'store.db'), key: randomBytes(32) })).toThrow(
      'store not opened',
    )
  })
})

/** A keychain that forgets nothing while the test runs. */
class FakeKeychain implements Keychain {
  readonly backend: string
  shouldWrapAgain = false
  readonly #key = randomBytes(32)

  constructor(backend: string) {
    this.backend = backend
  }

  async wrap(secret: Buffer): Promise<string> {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64')
  }

  async unwrap(wrapped: string) {
    const bytes = Buffer.from(wrapped, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    const secret = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    return { secret, shouldWrapAgain: this.shouldWrapAgain }
  }
}

function newHost(keychain: Keychain | null): MemoryHost {
  const folder = scratchFolder()
  const folders = { data: join(folder, 'data'), scratch: join(folder, 'scratch'), logs: join(folder, 'logs') }
  return createMemoryHost({ folders, now: storeNow, keychain })
}

function withKeychain(host: MemoryHost, keychain: Keychain | null): MemoryHost {
  return { ...host, keychain }
}

/** One program at a time holds a folder: whichever had it before ends first. */
const lifeByFolder = new Map<string, StoreLife>()

async function started(host: MemoryHost): Promise<StoreLife> {
  const { data } = host.folders
  await lifeByFolder.get(data)?.close()
  const life = new StoreLife(host, async () => undefined)
  lifeByFolder.set(data, life)
  await life.start()
  return life
}

async function madeIn(host: MemoryHost, secret: string | null = host.keychain ? null : passphrase): Promise<void> {
  const life = await started(host)
  await life.create(facts, secret)
  life.finishSetUp()
  await life.close()
}

async function madeClinic(keychain: Keychain | null = null, secret?: string): Promise<{ host: MemoryHost }> {
  const host = newHost(keychain)
  await madeIn(host, secret)
  return { host }
}

async function newKeyring(secret = passphrase): Promise<{ keyring: Keyring; key: Buffer }> {
  const key = randomBytes(32)
  const storeId = 'store one'
  return { key, keyring: { v: 1, storeId, slots: [await makePassphraseSlot(newHost(null), storeId, key, secret)] } }
}

function damageSlot(path: string): void {
  const keyring = JSON.parse(readFileSync(path, 'utf8'))
  keyring.slots[0].sealed = Buffer.alloc(32).toString('base64')
  writeFileSync(path, JSON.stringify(keyring))
}

function short(base64: string, bytes: number): string {
  return Buffer.from(base64, 'base64').subarray(0, bytes).toString('base64')
}

function write(path: string, text: string | null): void {
  if (text === null) rmSync(path)
  else writeFileSync(path, text)
}

function removeAll(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true })
}

function emptyAll(folder: string, names: readonly string[]): void {
  for (const name of names) writeFileSync(join(folder, name), '')
}
