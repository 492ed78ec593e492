import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { selectAuditHead } from '../../db/copy-check.ts'
import { migrate, NewerStoreError, pendingMigrations } from '../../db/migrations/migrate.ts'
import { codeOf, isDamage, OpenError, type OpenFault, openStore, type Store } from '../../db/open.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import type { QuickCheck } from '../../db/quick-check.ts'
import { many, one } from '../../db/records.ts'
import { identityOf, isCutShort, isWritable, type PlaceFault } from '../../db/store-file.ts'
import { clockStep, stepReason } from '../../shared/domain/chain-check.ts'
import { shippedSettings } from '../../shared/domain/policy.ts'
import { dateInZone, type Instant } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import { writeAnchor } from './anchor.ts'
import { Attachments } from './attachments.ts'
import type { AuditNote } from './audit-note.ts'
import { copyBeforeMigration } from './backup-work.ts'
import { checkEnd } from './chain-standing.ts'
import { FolderHold } from './folder-hold.ts'
import { anchoredFact, findHold, type Hold, keptHold, noteHold } from './hold.ts'
import { makeOsSlot, makePassphraseSlot, makeThrowawaySlot } from './key-slot.ts'
import {
  hasSlot,
  type Keyring,
  type KeyringFault,
  openThrowaway,
  openWithKeychain,
  openWithSecret,
  readKeyrings,
  settleKeyring,
  subKey,
  syncFolder,
  writeKeyring,
} from './keyring.ts'
import type { ClinicFacts, OpenStore, ReadOnlyReason } from './open-store.ts'
import { makeReadingCopy, removeReadingCopy } from './reading-copy.ts'
import { isRestoreToTell, noteRestore, tellRestoreEnded } from './restore-note.ts'
import { finishRestore } from './restore-swap.ts'
import { openClinicKey } from './signing-keys.ts'
import { keepFact, selectFact } from './store-fact.ts'
import { runWorker } from './workers.ts'

/** Settable from 1 to 30 minutes, never off (trust design, 4.3). */
const longestIdleMin = 30

export type StoreFault =
  | OpenFault
  | KeyringFault
  | PlaceFault
  | 'DAMAGED'
  | 'NEWER_STORE'
  | 'UPGRADE_FAILED'
  | 'RESTORE_UNFINISHED'
  | 'ENDED_OFTEN'

/** What a fault's screen names: the copy made before a failed upgrade, the version that a newer store asks for. */
export type FaultFacts = { readonly copyName?: string; readonly neededVersion?: string }

/** What the set-up says of the clinic. */
type NewClinicFacts = Pick<ClinicFacts, 'clinicName' | 'timeZone' | 'dateOrder' | 'urgentPhone'>

export type StoreState =
  | { readonly kind: 'NONE' }
  | ({ readonly kind: 'PASSPHRASE_NEEDED' } & Asking)
  /** Closed because nobody was there for half an hour; windows wait behind it, locked. */
  | { readonly kind: 'RESTING'; readonly opensBy: 'KEYCHAIN' | 'PASSPHRASE' }
  /** The program ended without closing the store: every page is read before anybody signs in. */
  | { readonly kind: 'CHECKING'; readonly done: number; readonly total: number | null }
  | { readonly kind: 'FAULT'; readonly fault: StoreFault; readonly facts?: FaultFacts }
  | { readonly kind: 'OPEN'; readonly open: OpenStore }

/** What a person may type to open the records, and why this computer does not open them by itself. */
export type Asking = {
  readonly why: 'EACH_START' | 'KEYCHAIN_CHANGED'
  readonly opensBy: readonly ('PASSPHRASE' | 'RECOVERY_CODE')[]
}

/**
 * Which store is open, and how it came to be. An unreadable store is a FAULT and stays as it is on disk: nothing here
 * deletes one, replaces one or makes an empty one where a store or a keyring already lies.
 */
export class StoreLife {
  readonly #host: Host
  readonly #buildSample: (folder: string, host: Host) => Promise<void>
  /** Set-up makes a sample store: marked for ever, opened by a throw-away key. Only the sample's builder asks for it. */
  readonly #makesSample: boolean
  #state: StoreState = { kind: 'NONE' }
  /** Kept for workers (copies, imports) while the store is open. */
  #key: Buffer | null = null
  /** The clinic's day for which `renewPolicy` last looked. */
  #policyDay = ''
  /** What opening or closing did last; whatever asks next waits for it, so that no two make or open a store at once. */
  #turn: Promise<unknown> = Promise.resolve()
  #openingNotes: AuditNote[] = []
  #folder: string
  /** The key with which a damaged store was met, for what can still be saved of it. */
  #faultKey: Buffer | null = null
  readonly #hold: FolderHold
  #onState: () => void = () => undefined

  constructor(host: Host, buildSample: (folder: string, host: Host) => Promise<void>, makesSample = false) {
    this.#host = host
    this.#folder = host.folders.data
    this.#hold = new FolderHold(host.folders.data)
    this.#buildSample = buildSample
    this.#makesSample = makesSample
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

  /** Where the open store's files lie; the data folder while none is open. */
  get folder(): string {
    return this.#state.kind === 'OPEN' ? this.#folder : this.#host.folders.data
  }

  /** Null unless the store that cannot be opened was met with its key and is damaged. */
  get faultKey(): Buffer | null {
    return this.#faultKey
  }

  /** Called when the state changes by itself: while a store is checked, and when damage is met in the middle of work. */
  onState(listener: () => void): void {
    this.#onState = listener
  }

  /** Finds out what lies in the data folder and opens it where the keychain can. */
  start(): Promise<void> {
    return this.#inTurn(() => this.#start())
  }

  /** Looks again at what lies there: after a fault, and to leave reading without writing. */
  lookAgain(): Promise<void> {
    return this.#inTurn(async () => {
      const key = this.#state.kind === 'OPEN' ? Buffer.from(this.key) : null
      await this.#closeAsItIs()
      return key ? this.#openOwn(key) : this.#start()
    })
  }

  /** Nothing is opened at this start: the program ended by itself several times in a row. */
  stayClosed(): void {
    this.#fault('ENDED_OFTEN')
  }

  /**
   * From here on nothing is written: MOVED, because another file lies where the store was opened, and what is written would
   * reach nobody; READ_ONLY, because the place takes nothing, and the same records are opened from a copy.
   */
  stopWriting(reason: ReadOnlyReason): Promise<void> {
    return this.#inTurn(async () => {
      const { state } = this
      if (state.kind !== 'OPEN' || state.open.readOnly !== null || state.open.facts.isSample) return
      this.#host.log({ level: 'error', event: 'store.stopWriting', reason })
      if (reason === 'MOVED') state.open.readOnly = reason
      else {
        const key = Buffer.from(this.key)
        await this.#closeAsItIs()
        await this.#openOwn(key)
      }
      this.#onState()
    })
  }

  /** Damage was met while the store was open: it is closed as it is, and the recovery screen is shown. */
  meetDamage(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.kind !== 'OPEN') return
      const key = Buffer.from(this.key)
      await this.#closeAsItIs()
      this.#damaged(key)
      this.#onState()
    })
  }

  /** Closes the store while nobody is there; the sample's stays open, since its key lies beside it. */
  rest(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.kind !== 'OPEN' || this.#state.open.facts.isSample) return
      try {
        await this.#close()
      } finally {
        const keyrings = readKeyrings(keyringPath(this.#host.folders.data))
        const isByKeychain =
          this.#host.keychain !== null && Array.isArray(keyrings) && keyrings.some((one) => hasSlot(one, 'os'))
        this.#state = { kind: 'RESTING', opensBy: isByKeychain ? 'KEYCHAIN' : 'PASSPHRASE' }
      }
    })
  }

  /**
   * False when what was typed opens nothing: neither a passphrase nor the recovery code. Null leaves it to the keychain, as
   * at the start, and only after a rest.
   */
  unlock(secret: string | null): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#state.kind === 'OPEN') return true
      if (secret === null) {
        if (this.#state.kind !== 'RESTING' || this.#state.opensBy !== 'KEYCHAIN') return false
        await this.#start()
        return true
      }
      const { data } = this.#host.folders
      const keyrings = readKeyrings(keyringPath(data))
      if (keyrings === null || keyrings === 'KEYRING_DAMAGED') {
        this.#fault('KEYRING_DAMAGED')
        return true
      }
      let hasOpened = false
      for (const keyring of keyrings) {
        const opened = await openWithSecret(keyring, secret)
        if (!opened) continue
        hasOpened = true
        const byKeychain = this.#host.keychain ? await openWithKeychain(this.#host, keyring) : null
        await this.#openExisting(data, keyring, opened.key)
        // Whoever had to fetch the code from the safe does not fetch it again where this computer can keep the key.
        const needsOsSlot = byKeychain === 'KEYCHAIN_CHANGED' || (byKeychain === null && opened.by === 'recovery')
        if (needsOsSlot) await this.#renewOsSlot(data, keyring, opened.key)
        if (!this.#isKeyUnfit()) return true
      }
      return hasOpened
    })
  }

  /**
   * Opens records whose own keyring is lost or damaged with a keyring from elsewhere (a backup's) and its key. Where the key
   * fits, the keyring takes its place here. False where it is another store's, and then nothing changed.
   */
  openWithKeyring(keyring: Keyring, key: Buffer): Promise<boolean> {
    return this.#inTurn(async () => {
      const { state } = this
      if (state.kind !== 'FAULT') return false
      const { data } = this.#host.folders
      await this.#openExisting(data, keyring, Buffer.from(key))
      if (this.#isKeyUnfit()) this.#state = state
      if (this.#state.kind !== 'OPEN') return false
      await this.#renewOsSlot(data, keyring, key)
      return true
    })
  }

  /** The key was another store's, so the next keyring may still have the right one. */
  #isKeyUnfit(): boolean {
    const { state } = this
    return state.kind === 'FAULT' && (state.fault === 'WRONG_KEY_OR_DAMAGED' || state.fault === 'OTHER_STORE')
  }

  /** What opening the store did and nobody has audited yet: `store.open`, `store.migrate`, `store.keySlot`. */
  takeOpeningNotes(): readonly AuditNote[] {
    const notes = this.#openingNotes
    this.#openingNotes = []
    return notes
  }

  get passphraseRequired(): boolean {
    return this.#host.keychain === null && !this.#makesSample
  }

  /**
   * Makes the clinic's store. Refuses (false) where anything of a store already lies. Until `finishSetUp` the folder
   * counts as empty, also after a crash: nobody can have worked in it, and the next set-up moves it aside.
   */
  create(facts: NewClinicFacts, passphrase: string | null): Promise<boolean> {
    return this.#inTurn(() => this.#create(facts, passphrase))
  }

  /** The clinic has its owner: from now on it is never taken for an unfinished one. */
  finishSetUp(): void {
    const { data } = this.#host.folders
    rmSync(unfinishedPath(data))
    syncFolder(data)
  }

  async #create(facts: NewClinicFacts, passphrase: string | null): Promise<boolean> {
    const { data } = this.#host.folders
    if (this.#state.kind !== 'NONE') return false
    mkdirSync(data, { recursive: true, mode: 0o700 })
    if (this.#hold.take() !== null) return false
    if (existsSync(unfinishedPath(data))) this.#setAside(data)
    if (storeParts(data).length > 0) return false
    const storeId = this.#host.newId()
    const key = this.#host.randomBytes(32)
    const slots = this.#makesSample
      ? [await makeThrowawaySlot(this.#host, storeId, key)]
      : [
          await makeOsSlot(this.#host, key),
          passphrase === null ? null : await makePassphraseSlot(this.#host, storeId, key, passphrase),
        ].filter((slot) => slot !== null)
    if (slots.length === 0) throw new Error('a store needs a way to open it')
    writeMark(unfinishedPath(data))
    await this.#createIn(data, { v: 1, storeId, slots }, key, { ...facts, isSample: this.#makesSample })
    return true
  }

  /** Opens the sample clinic, building it first where it is missing or to be reset. */
  openSample(reset: boolean): Promise<void> {
    return this.#inTurn(async () => {
      await this.#close()
      try {
        await this.#openSample(reset)
      } catch (error) {
        // Without a sample, what the data folder holds is to be seen as it is, not as an empty folder.
        await this.#start()
        throw error
      }
    })
  }

  async #openSample(reset: boolean): Promise<void> {
    const folder = join(this.#host.folders.scratch, 'sample')
    if (reset) rmSync(folder, { recursive: true, force: true })
    if (!existsSync(join(folder, 'complete'))) {
      rmSync(folder, { recursive: true, force: true })
      await this.#buildSample(folder, this.#host)
    }
    const keyrings = readKeyrings(keyringPath(folder))
    const keyring = keyrings === 'KEYRING_DAMAGED' ? undefined : keyrings?.[0]
    const key = keyring ? await openThrowaway(keyring) : null
    if (!keyring || !key) return this.#fault('KEYRING_DAMAGED')
    await this.#openExisting(folder, keyring, key)
  }

  /** Closes the sample and goes back to whatever the data folder holds. */
  leaveSample(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#close()
      await this.#start()
    })
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#close()
      } finally {
        this.#hold.release()
      }
    })
  }

  /**
   * Closes what is open, lets `swap` put other records in its place, and opens those with `key`. Where the swap fails, what
   * the folder then holds is opened as at a start. `isNewHere`: they come from another computer, so this one's keychain
   * gets its slot.
   */
  exchange(swap: () => void, key: Buffer, { isNewHere }: { readonly isNewHere: boolean }): Promise<void> {
    const ownKey = Buffer.from(key)
    return this.#inTurn(async () => {
      await this.#close()
      const held = this.#hold.take()
      if (held) return this.#fault(held)
      try {
        swap()
      } catch (error) {
        await this.#start()
        throw error
      }
      await this.#openOwn(ownKey)
      const { data } = this.#host.folders
      const keyrings = readKeyrings(keyringPath(data))
      const keyring = keyrings === 'KEYRING_DAMAGED' ? undefined : keyrings?.[0]
      if (!keyring) return
      if (isNewHere && this.#host.keychain) await this.#renewOsSlot(data, keyring, ownKey)
    })
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => null)
    return mine
  }

  async #openOwn(key: Buffer): Promise<void> {
    const { data } = this.#host.folders
    const keyrings = readKeyrings(keyringPath(data))
    const keyring = keyrings === 'KEYRING_DAMAGED' ? undefined : keyrings?.[0]
    if (!keyring) return this.#fault('KEYRING_DAMAGED')
    await this.#openExisting(data, keyring, key)
  }

  async #start(): Promise<void> {
    const { data } = this.#host.folders
    const held = this.#hold.take()
    if (held) return this.#fault(held)
    try {
      finishRestore(data)
    } catch (error) {
      this.#host.log({ level: 'error', event: 'restore.unfinished', code: codeOf(error) })
      return this.#fault('RESTORE_UNFINISHED')
    }
    if (existsSync(unfinishedPath(data))) {
      this.#host.log({ level: 'warn', event: 'store.setUpUnfinished' })
      this.#state = { kind: 'NONE' }
      return
    }
    const keyrings = readKeyrings(keyringPath(data))
    if (keyrings === 'KEYRING_DAMAGED') return this.#fault('KEYRING_DAMAGED')
    if (keyrings === null) {
      if (storeParts(data).length > 0) return this.#fault('KEYRING_DAMAGED')
      this.#state = { kind: 'NONE' }
      return
    }
    const notOpened: Keyring[] = []
    for (const keyring of keyrings) {
      const opened = await openWithKeychain(this.#host, keyring)
      if (opened === null || opened === 'KEYCHAIN_CHANGED') {
        notOpened.push(keyring)
        continue
      }
      await this.#openExisting(data, keyring, opened.key)
      if (opened.shouldWrapAgain) await this.#renewOsSlot(data, keyring, opened.key)
      if (!this.#isKeyUnfit()) return
    }
    // A key of these records was tried and did not fit: another slot of the same keyring holds the same key.
    const triedIds = keyrings.filter((keyring) => !notOpened.includes(keyring)).map(({ storeId }) => storeId)
    const toAsk = notOpened.filter(({ storeId }) => !triedIds.includes(storeId))
    if (triedIds.length > 0 && toAsk.length === 0) return
    this.#ask(toAsk)
  }

  /** Nobody but a person with a secret opens these; without a slot for one, only a backup helps. */
  #ask(keyrings: readonly Keyring[]): void {
    const has = (kind: 'os' | 'passphrase' | 'recovery') => keyrings.some((keyring) => hasSlot(keyring, kind))
    const opensBy = [
      ...(has('passphrase') ? (['PASSPHRASE'] as const) : []),
      ...(has('recovery') ? (['RECOVERY_CODE'] as const) : []),
    ]
    if (opensBy.length === 0) this.#fault('KEYCHAIN_CHANGED')
    else this.#state = { kind: 'PASSPHRASE_NEEDED', why: has('os') ? 'KEYCHAIN_CHANGED' : 'EACH_START', opensBy }
  }

  async #close(): Promise<void> {
    const { state } = this
    try {
      await this.anchorNow()
      if (state.kind === 'OPEN') {
        await state.open.store.close()
        if (state.open.readOnly === null) rmSync(openMarkPath(this.#folder), { force: true })
      }
    } finally {
      if (state.kind === 'OPEN') {
        state.open.auditKey.fill(0)
        state.open.attachments.forgetKey()
        if (state.open.readOnly === 'READ_ONLY') removeReadingCopy(join(state.open.store.path, '..'))
      }
      this.#faultKey?.fill(0)
      this.#faultKey = null
      this.#key?.fill(0)
      this.#key = null
      this.#state = { kind: 'NONE' }
    }
  }

  /** Where the log cannot be taken into the store any more, it stays beside it, and holds what was saved. */
  async #closeAsItIs(): Promise<void> {
    try {
      await this.#close()
    } catch (error) {
      this.#host.log({ level: 'warn', event: 'store.closedAsItIs', code: codeOf(error) })
    }
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
    facts: Omit<ClinicFacts, 'storeId' | 'idleLockMin' | 'emergencyPhone' | 'isSetUpUnfinished'>,
  ): Promise<void> {
    // The keyring first: a store without one could never be opened again.
    writeKeyring(keyringPath(folder), keyring)
    const store = openStore({ path: storePath(folder), key, create: true })
    await this.#closingOnFault(store, async () => {
      migrate(store, this.#host.now())
      keepNeededVersion(store, this.#host.appVersion)
      const insert = store.driver.prepare('insert into store_fact (name, value) values (?, ?)')
      insert.run('store_id', keyring.storeId)
      insert.run('clinic_name', facts.clinicName)
      insert.run('time_zone', facts.timeZone)
      insert.run('date_order', facts.dateOrder)
      insert.run('urgent_phone', facts.urgentPhone)
      insert.run('emergency_phone', shippedEmergencyPhone)
      insert.run('is_sample', facts.isSample ? '1' : '0')
      // Nobody works in a clinic whose records hang on one computer: its recovery code is printed and typed back first.
      if (!facts.isSample) insert.run(setUpUnfinishedFact, '1')
      writeMark(openMarkPath(folder))
      await this.#take(store, key, { folder, readOnly: null, hold: null })
    })
  }

  /** An unfinished set-up, out of the way of the next; it is kept, since nothing here deletes what could be a store. */
  #setAside(folder: string): void {
    const aside = join(folder, `unfinished-${this.#host.now().replaceAll(/[:.]/g, '-')}`)
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    for (const name of [...storeParts(folder), unfinishedName]) renameSync(join(folder, name), join(aside, name))
    syncFolder(folder)
  }

  /** After the keychain lost or aged what it kept: the key is wrapped anew, the other slots stay. */
  async #renewOsSlot(folder: string, keyring: Keyring, key: Buffer): Promise<void> {
    if (this.#state.kind !== 'OPEN') return
    try {
      const slot = await makeOsSlot(this.#host, key)
      if (!slot) return
      const others = keyring.slots.filter((candidate) => candidate.kind !== 'os')
      writeKeyring(keyringPath(folder), { ...keyring, slots: [slot, ...others] })
      this.#openingNotes.push({ action: 'store.keySlot', subject: 'keyring', reason: 'OS' })
    } catch {
      // The store is open by another slot and stays so; this computer asks for the passphrase again next time.
      this.#host.log({ level: 'warn', event: 'keyring.notRenewed' })
    }
  }

  async #openExisting(folder: string, keyring: Keyring, key: Buffer): Promise<void> {
    const readOnly = isWritable(storePath(folder)) ? null : 'READ_ONLY'
    const from = readOnly ? makeReadingCopy(folder) : folder
    try {
      const found = readOnly === null && existsSync(openMarkPath(folder)) ? await this.#check(folder, key) : 'WHOLE'
      if (found === 'DAMAGED') return this.#damaged(key)
      if (found !== 'WHOLE') return this.#fault(found)
      await this.#openWhole({ folder, from, readOnly }, keyring, key)
    } catch (error) {
      if (isDamage(error)) return this.#damaged(key)
      throw error
    } finally {
      if (readOnly && this.#state.kind !== 'OPEN') removeReadingCopy(from)
    }
  }

  /** The program ended without closing this store; the read of every page is told to whoever waits. */
  async #check(folder: string, key: Buffer): Promise<QuickCheck> {
    const tell = (done: number, total: number | null) => {
      this.#state = { kind: 'CHECKING', done, total }
      this.#onState()
    }
    tell(0, null)
    this.#host.log({ level: 'warn', event: 'store.checked' })
    const work = { path: storePath(folder), key: key.toString('hex') }
    const found = await runWorker(this.#host, 'check-store', work, ({ done, total }) => tell(done, total))
    return found as QuickCheck
  }

  async #openWhole(place: OpenPlace, keyring: Keyring, key: Buffer): Promise<void> {
    let store: Store
    try {
      store = openStore({ path: storePath(place.from), key })
    } catch (error) {
      if (!(error instanceof OpenError)) throw error
      return error.fault === 'DAMAGED' ? this.#damaged(key) : this.#fault(error.fault)
    }
    await this.#closingOnFault(store, async () => {
      if (isCutShort(store)) {
        await store.close()
        return this.#damaged(key)
      }
      const { folder } = place
      const foreign = await this.#checkStoreId(store, keyring)
      // Before anything is written: what is missing shows in the audit's end as it was found.
      const isRestored = foreign === null && isRestoreToTell(folder, keyring.storeId, key)
      const lastEntryAt = foreign ? null : await selectLastEntryAt(store)
      const hold = foreign ? null : await this.#findHold(store, folder, { keyring, key, isRestored })
      const fault = foreign ?? (await this.#upgrade(store, keyring, key, place))
      if (fault) {
        await store.close()
        return this.#fault(fault.fault, fault.facts)
      }
      if (place.readOnly === null) writeMark(openMarkPath(folder))
      await this.#take(store, key, { ...place, hold })
      if (place.readOnly === null) {
        if (isRestored) await noteRestore(this.open, this.#host)
        await this.anchorNow()
        tellRestoreEnded(folder)
        await this.#lookAtOpening(store, lastEntryAt)
      }
      this.#openingNotes.push({ action: 'store.open', subject: 'store' })
      if (place.readOnly === null) this.#settle(place.folder, keyring)
    })
  }

  /** The keyring whose key fits stands first from now on. */
  #settle(folder: string, keyring: Keyring): void {
    try {
      const aside = `aside-${this.#host.now().replaceAll(/[:.]/g, '-')}`
      if (!settleKeyring(keyringPath(folder), keyring, aside)) return
      this.#host.log({ level: 'warn', event: 'keyring.settled' })
      this.#openingNotes.push({ action: 'store.keySlot', subject: 'keyring', reason: 'SECOND_COPY' })
    } catch (error) {
      // The records are open all the same; the next start tries again.
      this.#host.log({ level: 'warn', event: 'keyring.notSettled', code: codeOf(error) })
    }
  }

  async #checkStoreId(store: Store, keyring: Keyring): Promise<FoundFault | null> {
    if (store.driver.pragma('user_version', { simple: true }) === 0) return { fault: 'FOREIGN' }
    const rows = await many<{ value: string }>(store.db, "select value from store_fact where name = 'store_id'")
    return rows[0]?.value === keyring.storeId ? null : { fault: 'OTHER_STORE' }
  }

  /** An older store gets its missing steps, all or none, after a verified copy; of a copy for reading there is no copy. */
  async #upgrade(store: Store, keyring: Keyring, key: Buffer, { readOnly }: OpenPlace): Promise<FoundFault | null> {
    let copyName: string | null = null
    try {
      const pending = pendingMigrations(store)
      if (pending.length === 0) return null
      if (readOnly === null) copyName = await copyBeforeMigration(this.#host, store, keyring, key)
      for (const id of migrate(store, this.#host.now()))
        this.#openingNotes.push({ action: 'store.migrate', subject: 'store', subjectId: String(id) })
      keepNeededVersion(store, this.#host.appVersion)
      return null
    } catch (error) {
      if (error instanceof NewerStoreError) {
        const neededVersion = readNeededVersion(store)
        return { fault: 'NEWER_STORE', ...(neededVersion ? { facts: { neededVersion } } : {}) }
      }
      this.#host.log({ level: 'error', event: 'store.upgradeFailed', code: codeOf(error) })
      if (isDamage(error)) throw error
      return { fault: 'UPGRADE_FAILED', ...(copyName ? { facts: { copyName } } : {}) }
    }
  }

  /** What the opening finds by itself: a clock behind the newest entry, and rows since the last check that do not fit. */
  async #lookAtOpening(store: Store, lastEntryAt: Instant | null): Promise<void> {
    const { open } = this
    if (open.facts.isSample) return
    const aheadMs = lastEntryAt === null ? 0 : Date.parse(this.#host.now()) - Date.parse(lastEntryAt)
    const step = clockStep({ wallMs: Math.min(aheadMs, 0), ownMs: 0 })
    if (step !== null) this.#openingNotes.push({ action: 'clock.step', subject: 'clock', reason: stepReason(step) })
    if (open.hold || store.driver.readonly) return
    try {
      const report = await checkEnd(open, this.#host)
      if (report.state === 'BROKEN')
        this.#openingNotes.push({ action: 'audit.verified', subject: 'audit', reason: report.state })
    } catch (error) {
      // A disk that takes nothing keeps no result either; the night's check comes back to it.
      this.#host.log({ level: 'warn', event: 'audit.endUnchecked', code: codeOf(error) })
    }
  }

  /** What a restore replaced is expected to be gone; the restore itself is told by its own row. */
  async #findHold(
    store: Store,
    folder: string,
    { keyring, key, isRestored }: { keyring: Keyring; key: Buffer; isRestored: boolean },
  ): Promise<Hold | null> {
    const isSample = await one<{ value: string }>(store.db, "select value from store_fact where name = 'is_sample'")
    if (isSample?.value === '1') return null
    if (isRestored) return keptHold(store.db)
    return findHold(store, folder, keyring.storeId, subKey(key, 'audit-hmac/v1'))
  }

  /**
   * Writes the audit's end beside the store, where it moved since the last time: by the timer, after each signature and
   * at the close. What is signed is on disk already, so a disk that takes no anchor is logged and not the person's concern.
   */
  async anchorNow(): Promise<void> {
    if (this.#state.kind !== 'OPEN') return
    const { open } = this.#state
    const { store, auditKey, facts, hold, readOnly } = open
    if (hold || facts.isSample || readOnly !== null) return
    try {
      const head = await selectAuditHead(store)
      const epoch = (await selectFact<number>(store.db, 'epoch')) ?? 0
      if (head.seq === 0 || (open.anchored?.seq === head.seq && open.anchored.epoch === epoch)) return
      if (!open.anchored && !(await selectFact<boolean>(store.db, anchoredFact)))
        await store.db.transaction().execute((trx) => keepFact(trx, anchoredFact, true))
      const at = this.#host.now()
      writeAnchor(join(store.path, '..'), { storeId: facts.storeId, epoch, ...head, time: at }, auditKey)
      open.anchored = { epoch, ...head, at }
    } catch (error) {
      this.#host.log({ level: 'error', event: 'anchor.notWritten', code: codeOf(error) })
    }
  }

  /** From here on the key's one buffer is this object's, to be emptied at the close. */
  async #take(
    store: Store,
    key: Buffer,
    { folder, readOnly, hold }: { folder: string; readOnly: ReadOnlyReason | null; hold: Hold | null },
  ): Promise<void> {
    const identity = identityOf(store.path)
    if (!identity) throw new Error('the store went away while it was opened')
    this.#folder = folder
    const attachments = new Attachments(this.#host, join(folder, 'files'), subKey(key, 'attachment/v1'))
    const facts = await readFacts(store, shippedSettings.idleLockMin)
    // Files that an older store does not know may be all that is left of what it lost.
    if (readOnly === null && !hold) await attachments.sweepOrphans(store.db)
    const { storeId: clinicId, clinicName } = facts
    const clinic = await store.db
      .transaction()
      .execute((trx) => openClinicKey(trx, this.#host, { clinicId, clinicName, storeKey: key }))
    if (clinic.isNew) this.#openingNotes.push({ action: 'store.clinicKey', subject: 'signing_key' })
    this.#key = key
    this.#state = {
      kind: 'OPEN',
      open: {
        store,
        auditKey: subKey(key, 'audit-hmac/v1'),
        clinicSealer: clinic.sealer,
        clinicPublicKey: clinic.publicKey,
        attachments,
        facts,
        hold,
        anchored: null,
        lastSavedAt: null,
        identity,
        readOnly,
      },
    }
    const { auditKey } = this.open
    if (hold && readOnly === null) await noteHold({ store, auditKey, timeZone: facts.timeZone }, hold, this.#host)
    await this.renewPolicy()
  }

  async #closingOnFault(store: Store, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      await store.close()
      await this.#close()
      throw error
    }
  }

  #damaged(key: Buffer): void {
    this.#fault('DAMAGED')
    this.#faultKey = Buffer.from(key)
  }

  #fault(fault: StoreFault, facts?: FaultFacts): void {
    this.#openingNotes = []
    this.#state = { kind: 'FAULT', fault, ...(facts ? { facts } : {}) }
    this.#host.log({ level: 'error', event: 'store.fault', fault })
  }
}

type OpenPlace = {
  /** Where the records lie. */
  readonly folder: string
  /** Where they are opened: there, or in a copy for reading. */
  readonly from: string
  readonly readOnly: 'READ_ONLY' | null
}

type FoundFault = { readonly fault: StoreFault; readonly facts?: FaultFacts }

/** Beside a store that is open; still there at the next start, it tells that nobody closed it. */
function openMarkPath(folder: string): string {
  return join(folder, 'open-mark')
}

/** The oldest program that this store lets work with it: the one that last brought it to a newer version. */
function keepNeededVersion({ driver }: Store, appVersion: string): void {
  const changed = driver.prepare("update store_fact set value = ? where name = 'needs_app'").run(appVersion).changes
  if (changed === 0) driver.prepare("insert into store_fact (name, value) values ('needs_app', ?)").run(appVersion)
}

function readNeededVersion({ driver }: Store): string | null {
  try {
    const row = driver.prepare("select value from store_fact where name = 'needs_app'").get()
    return (row as { value: string } | undefined)?.value ?? null
  } catch {
    // A newer version may keep it elsewhere.
    return null
  }
}

export function storePath(folder: string): string {
  return join(folder, 'store.db')
}

export function keyringPath(folder: string): string {
  return join(folder, 'keyring.json')
}

/** Until the recovery code was typed back. */
export const setUpUnfinishedFact = 'set_up_unfinished'

const unfinishedName = 'set-up-unfinished'

function unfinishedPath(folder: string): string {
  return join(folder, unfinishedName)
}

function writeMark(path: string): void {
  const handle = openSync(path, 'w', 0o600)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(join(path, '..'))
}

/** Names in `folder` that belong to a store, also without their store: a log of changes, sealed files, a keyring. */
function storeParts(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const isPart = (name: string) => /^(?:store\.db(?:-wal|-shm|-journal)?|keyring\.json(?:\.bak)?)$/.test(name)
  const hasFiles = existsSync(join(folder, 'files')) && readdirSync(join(folder, 'files')).length > 0
  return [...readdirSync(folder).filter(isPart), ...(hasFiles ? ['files'] : [])]
}

async function selectLastEntryAt(store: Store): Promise<Instant | null> {
  const last = await one<{ at: Instant }>(store.db, 'select at from audit_entry order by seq desc limit 1')
  return last?.at ?? null
}

/** **CC**: the number of the United States, until the clinic names its own. */
const shippedEmergencyPhone = '911'

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
    emergencyPhone: fact('emergency_phone'),
    isSample: fact('is_sample') === '1',
    isSetUpUnfinished: valueByName.get(setUpUnfinishedFact) === '1',
    idleLockMin,
  }
}
