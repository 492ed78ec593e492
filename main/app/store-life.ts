import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { migrate, NewerStoreError, pendingMigrations } from '../../db/migrations/migrate.ts'
import { OpenError, type OpenFault, openStore, type Store } from '../../db/open.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { many } from '../../db/records.ts'
import { shippedSettings } from '../../shared/domain/policy.ts'
import { dateInZone } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import { Attachments } from './attachments.ts'
import {
  type Keyring,
  type KeyringFault,
  makeOsSlot,
  makePassphraseSlot,
  makeThrowawaySlot,
  openThrowaway,
  openWithKeychain,
  openWithPassphrase,
  readKeyring,
  subKey,
  writeKeyring,
} from './keyring.ts'
import type { ClinicFacts, OpenStore } from './services.ts'
import { runWorker } from './workers.ts'

/** Settable from 1 to 30 minutes, never off (trust design, 4.3). */
const longestIdleMin = 30

export type StoreFault = OpenFault | KeyringFault | 'NEWER_STORE'

export type StoreState =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'PASSPHRASE_NEEDED' }
  | { readonly kind: 'FAULT'; readonly fault: StoreFault }
  | { readonly kind: 'OPEN'; readonly open: OpenStore }

/**
 * Which store is open, and how it came to be. An unreadable store is a FAULT and stays as it is on disk: nothing here
 * deletes one, replaces one or makes an empty one where a store or a keyring already lies.
 */
export class StoreLife {
  readonly #host: Host
  readonly #buildSample: (folder: string, host: Host) => Promise<void>
  #state: StoreState = { kind: 'NONE' }
  /** Kept for workers (copies, imports) while the store is open. */
  #key: Buffer | null = null
  /** The clinic's day for which `renewPolicy` last looked. */
  #policyDay = ''

  constructor(host: Host, buildSample: (folder: string, host: Host) => Promise<void>) {
    this.#host = host
    this.#buildSample = buildSample
  }

  get state(): StoreState {
    return this.#state
  }

  get open(): OpenStore {
    if (this.#state.kind !== 'OPEN') throw new Error('no store is open')
    return this.#state.open
  }

  /** The open store's key, for a worker's own connection. */
  get key(): Buffer {
    if (!this.#key) throw new Error('no store is open')
    return this.#key
  }

  get folder(): string {
    return this.#state.kind === 'OPEN' ? join(this.#state.open.store.path, '..') : this.#host.folders.data
  }

  /** Finds out what lies in the data folder and opens it where the keychain can. */
  async start(): Promise<void> {
    const { data } = this.#host.folders
    const keyring = readKeyring(keyringPath(data))
    if (keyring === 'KEYRING_DAMAGED') return this.#fault('KEYRING_DAMAGED')
    if (keyring === null) {
      this.#state = existsSync(storePath(data)) ? { kind: 'FAULT', fault: 'KEYRING_DAMAGED' } : { kind: 'NONE' }
      return
    }
    const key = await openWithKeychain(this.#host, keyring)
    if (key === 'KEYCHAIN_CHANGED' && !keyring.slots.some((slot) => slot.kind === 'passphrase'))
      return this.#fault('KEYCHAIN_CHANGED')
    if (key === null || key === 'KEYCHAIN_CHANGED') {
      this.#state = { kind: 'PASSPHRASE_NEEDED' }
      return
    }
    await this.#openExisting(data, keyring, key)
  }

  /** False when the passphrase is wrong. */
  async unlock(passphrase: string): Promise<boolean> {
    const { data } = this.#host.folders
    const keyring = readKeyring(keyringPath(data))
    if (keyring === null || keyring === 'KEYRING_DAMAGED') {
      this.#fault('KEYRING_DAMAGED')
      return true
    }
    const key = await openWithPassphrase(keyring, passphrase)
    if (!key) return false
    await this.#openExisting(data, keyring, key)
    return true
  }

  get passphraseRequired(): boolean {
    return this.#host.keychain === null
  }

  /** Makes the clinic's store. Refuses (false) where a store or a keyring already lies. */
  async create(
    facts: Omit<ClinicFacts, 'storeId' | 'idleLockMin' | 'isSample'>,
    passphrase: string | null,
  ): Promise<boolean> {
    const { data } = this.#host.folders
    mkdirSync(data, { recursive: true, mode: 0o700 })
    if (existsSync(storePath(data)) || existsSync(keyringPath(data)) || existsSync(`${keyringPath(data)}.bak`))
      return false
    const storeId = this.#host.newId()
    const key = this.#host.randomBytes(32)
    const slots = [
      await makeOsSlot(this.#host, key),
      passphrase === null ? null : await makePassphraseSlot(this.#host, storeId, key, passphrase),
    ].filter((slot) => slot !== null)
    if (slots.length === 0) throw new Error('a store needs a way to open it')
    await this.#createIn(data, { v: 1, storeId, slots }, key, { ...facts, isSample: false })
    return true
  }

  /** Makes an empty sample store in `folder`; the sample's builder then fills it by ordinary commands. */
  async createSample(folder: string, facts: Omit<ClinicFacts, 'storeId' | 'idleLockMin' | 'isSample'>): Promise<void> {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const storeId = this.#host.newId()
    const key = this.#host.randomBytes(32)
    const keyring: Keyring = { v: 1, storeId, slots: [await makeThrowawaySlot(this.#host, storeId, key)] }
    await this.#createIn(folder, keyring, key, { ...facts, isSample: true })
  }

  /** Opens the sample clinic, building it first where it is missing or to be reset. */
  async openSample(reset: boolean): Promise<void> {
    await this.close()
    const folder = join(this.#host.folders.scratch, 'sample')
    if (reset) rmSync(folder, { recursive: true, force: true })
    if (!existsSync(join(folder, 'complete'))) {
      rmSync(folder, { recursive: true, force: true })
      await this.#buildSample(folder, this.#host)
    }
    const keyring = readKeyring(keyringPath(folder))
    const key = keyring === null || keyring === 'KEYRING_DAMAGED' ? null : await openThrowaway(keyring)
    if (keyring === null || keyring === 'KEYRING_DAMAGED' || key === null) return this.#fault('KEYRING_DAMAGED')
    await this.#openExisting(folder, keyring, key)
  }

  /** Closes the sample and goes back to whatever the data folder holds. */
  async leaveSample(): Promise<void> {
    await this.close()
    await this.start()
  }

  async close(): Promise<void> {
    if (this.#state.kind === 'OPEN') await this.#state.open.store.close()
    this.#key?.fill(0)
    this.#key = null
    this.#state = { kind: 'NONE' }
  }

  /** Reads the clinic's facts again after a command changed them. */
  async renewFacts(): Promise<void> {
    const { open } = this
    open.facts = await readFacts(open.store, open.facts.idleLockMin)
  }

  /**
   * Takes from the policy in force what every call needs (the idle lock). At the opening of a store, after an approval,
   * and when the clinic's day turns, since a policy is in force from its day.
   */
  async renewPolicy(): Promise<void> {
    const { open } = this
    const today = dateInZone(this.#host.now(), open.facts.timeZone)
    const inForce = await selectPolicyInForce(open.store.db, today)
    open.facts.idleLockMin = Math.min(longestIdleMin, inForce?.body.settings.idleLockMin ?? shippedSettings.idleLockMin)
    this.#policyDay = today
  }

  async renewPolicyOnNewDay(): Promise<void> {
    if (dateInZone(this.#host.now(), this.open.facts.timeZone) !== this.#policyDay) await this.renewPolicy()
  }

  async #createIn(
    folder: string,
    keyring: Keyring,
    key: Buffer,
    facts: Omit<ClinicFacts, 'storeId' | 'idleLockMin'>,
  ): Promise<void> {
    // The keyring first: a store without one could never be opened again.
    writeKeyring(keyringPath(folder), keyring)
    const store = openStore({ path: storePath(folder), key, create: true })
    migrate(store, this.#host.now())
    const insert = store.driver.prepare('insert into store_fact (name, value) values (?, ?)')
    insert.run('store_id', keyring.storeId)
    insert.run('clinic_name', facts.clinicName)
    insert.run('time_zone', facts.timeZone)
    insert.run('date_order', facts.dateOrder)
    insert.run('urgent_phone', facts.urgentPhone)
    insert.run('is_sample', facts.isSample ? '1' : '0')
    await this.#take(store, folder, key)
  }

  async #openExisting(folder: string, keyring: Keyring, key: Buffer): Promise<void> {
    let store: Store
    try {
      store = openStore({ path: storePath(folder), key })
    } catch (error) {
      if (error instanceof OpenError) return this.#fault(error.fault)
      throw error
    }
    try {
      const pending = pendingMigrations(store)
      if (pending.length > 0) {
        await this.#copyBeforeMigration(store, key)
        migrate(store, this.#host.now())
      }
      const rows = await many<{ value: string }>(store.db, "select value from store_fact where name = 'store_id'")
      if (rows[0]?.value !== keyring.storeId) {
        await store.close()
        return this.#fault('OTHER_STORE')
      }
    } catch (error) {
      await store.close()
      if (error instanceof NewerStoreError) return this.#fault('NEWER_STORE')
      throw error
    }
    await this.#take(store, folder, key)
  }

  async #copyBeforeMigration(store: Store, key: Buffer): Promise<void> {
    const folder = join(store.path, '..', 'copies', `before-migration-${this.#host.now().replaceAll(/[:.]/g, '-')}`)
    await runWorker(this.#host, 'copy', { storePath: store.path, key: key.toString('hex'), folder })
  }

  async #take(store: Store, folder: string, key: Buffer): Promise<void> {
    const attachments = new Attachments(this.#host, join(folder, 'files'), subKey(key, 'attachment/v1'))
    const facts = await readFacts(store, shippedSettings.idleLockMin)
    await attachments.sweepOrphans(store.db)
    this.#key = Buffer.from(key)
    this.#state = {
      kind: 'OPEN',
      open: { store, auditKey: subKey(key, 'audit-hmac/v1'), attachments, facts, lastSavedAt: null },
    }
    await this.renewPolicy()
  }

  #fault(fault: StoreFault): void {
    this.#state = { kind: 'FAULT', fault }
    this.#host.log({ level: 'error', event: 'store.fault', fault })
  }
}

export function storePath(folder: string): string {
  return join(folder, 'store.db')
}

export function keyringPath(folder: string): string {
  return join(folder, 'keyring.json')
}

async function readFacts(store: Store, idleLockMin: number): Promise<ClinicFacts> {
  const rows = await many<{ name: string; value: string }>(
    store.db,
    'select name, value from store_fact order by name limit 100',
  )
  const valueByName = new Map(rows.map((row) => [row.name, row.value]))
  const fact = (name: string): string => {
    const value = valueByName.get(name)
    if (value === undefined) throw new Error(`store fact ${name} is missing`)
    return value
  }
  return {
    storeId: fact('store_id'),
    clinicName: fact('clinic_name'),
    timeZone: fact('time_zone'),
    dateOrder: fact('date_order') === 'DMY' ? 'DMY' : 'MDY',
    urgentPhone: fact('urgent_phone'),
    isSample: fact('is_sample') === '1',
    idleLockMin,
  }
}
