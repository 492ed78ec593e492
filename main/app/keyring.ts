import { createCipheriv, createDecipheriv, hkdfSync, scrypt } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Host } from '../hosts/host.ts'

/**
 * The store key is 32 random bytes; it is never derived from a password. `keyring.json` beside the store keeps it wrapped,
 * once per way to open it. Losing every slot means losing the records, so the file is written to a temporary name,
 * synced and renamed, and the one before stays as `.bak`; the first one is its own.
 */
export type Slot =
  | { readonly kind: 'os'; readonly v: 1; readonly backend: string; readonly wrapped: string }
  | {
      readonly kind: 'passphrase' | 'throwaway'
      readonly v: 1
      readonly salt: string
      readonly cost: number
      readonly blockSize: number
      readonly parallelization: number
      readonly nonce: string
      readonly sealed: string
      readonly tag: string
    }

/** Length of the store key. */
const keyBytes = 32

export type Keyring = { readonly v: 1; readonly storeId: string; readonly slots: readonly Slot[] }

export type KeyringFault = 'KEYRING_DAMAGED' | 'KEYCHAIN_CHANGED' | 'OTHER_STORE'

/**
 * The keyrings to try, the newest first: the `.bak` helps where the file is gone or one of its slots was damaged. Null
 * where neither file exists, the fault where neither can be read.
 */
export function readKeyrings(path: string): readonly Keyring[] | null | 'KEYRING_DAMAGED' {
  if (!existsSync(path) && !existsSync(`${path}.bak`)) return null
  const keyrings = [parseKeyring(path), parseKeyring(`${path}.bak`)].filter((keyring) => keyring !== null)
  return keyrings.length === 0 ? 'KEYRING_DAMAGED' : keyrings
}

export function writeKeyring(path: string, keyring: Keyring): void {
  if (existsSync(path)) renameSync(path, `${path}.bak`)
  else writeSynced(`${path}.bak`, keyring)
  writeSynced(path, keyring)
  syncFolder(dirname(path))
}

function writeSynced(path: string, keyring: Keyring): void {
  const temporary = `${path}.part`
  const handle = openSync(temporary, 'w', 0o600)
  try {
    writeFileSync(handle, JSON.stringify(keyring, null, 2))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, path)
}

/** A slot that a passphrase of the clinic opens. */
export async function makePassphraseSlot(host: Host, storeId: string, key: Buffer, passphrase: string): Promise<Slot> {
  return sealWithSecret(host, 'passphrase', storeId, key, passphrase)
}

/** The sample clinic's slot: its secret stands beside it on purpose, since it guards invented people only. */
export async function makeThrowawaySlot(host: Host, storeId: string, key: Buffer): Promise<Slot> {
  return sealWithSecret(host, 'throwaway', storeId, key, throwawaySecret)
}

export async function makeOsSlot(host: Host, key: Buffer): Promise<Slot | null> {
  if (!host.keychain) return null
  return { kind: 'os', v: 1, backend: host.keychain.backend, wrapped: await host.keychain.wrap(key) }
}

/** Null when the passphrase is not the one. */
export async function openWithPassphrase(keyring: Keyring, passphrase: string): Promise<Buffer | null> {
  for (const slot of keyring.slots) {
    if (slot.kind !== 'passphrase') continue
    const key = await unsealWithSecret(keyring.storeId, slot, passphrase)
    if (key) return key
  }
  return null
}

/**
 * Tries `secret` on every slot that a person's secret opens, whatever its kind: for copies on another computer, where the
 * keychain of the first cannot help. Null when it opens none.
 */
export async function openWithSecret(keyring: Keyring, secret: string): Promise<Buffer | null> {
  for (const slot of keyring.slots) {
    if (slot.kind === 'os' || slot.kind === 'throwaway') continue
    const key = await unsealWithSecret(keyring.storeId, slot, secret)
    if (key) return key
  }
  return null
}

/**
 * The keyring as it may leave this computer: what only this computer's keychain opens stays here. Null where nothing is
 * left, and so nothing but this computer opens a copy.
 */
export function travellingKeyring(keyring: Keyring): Keyring | null {
  const slots = keyring.slots.filter((slot) => slot.kind !== 'os')
  return slots.length === 0 ? null : { ...keyring, slots }
}

export async function openThrowaway(keyring: Keyring): Promise<Buffer | null> {
  for (const slot of keyring.slots) {
    if (slot.kind === 'throwaway') return unsealWithSecret(keyring.storeId, slot, throwawaySecret)
  }
  return null
}

/**
 * Null where there is no slot of a keychain; `KEYCHAIN_CHANGED` where this machine's no longer opens what was wrapped.
 * `shouldWrapAgain`: the keychain asks for a fresh slot.
 */
export async function openWithKeychain(
  host: Host,
  keyring: Keyring,
): Promise<{ readonly key: Buffer; readonly shouldWrapAgain: boolean } | null | 'KEYCHAIN_CHANGED'> {
  const slot = keyring.slots.find((candidate) => candidate.kind === 'os')
  if (slot?.kind !== 'os') return null
  if (!host.keychain || host.keychain.backend !== slot.backend) return 'KEYCHAIN_CHANGED'
  try {
    const { secret, shouldWrapAgain } = await host.keychain.unwrap(slot.wrapped)
    return secret.length === keyBytes ? { key: secret, shouldWrapAgain } : 'KEYCHAIN_CHANGED'
  } catch {
    return 'KEYCHAIN_CHANGED'
  }
}

/** A key for one purpose, derived from the store key: `audit-hmac/v1`, `attachment/v1`, `manifest/v1`. */
export function subKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `countersign|${purpose}`, 32))
}

export function syncFolder(folder: string): void {
  // Windows cannot open a folder for syncing; its rename is durable by itself.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const throwawaySecret = 'sample clinic, invented people'

async function sealWithSecret(
  host: Host,
  kind: 'passphrase' | 'throwaway',
  storeId: string,
  key: Buffer,
  secret: string,
): Promise<Slot> {
  const salt = host.randomBytes(16)
  const nonce = host.randomBytes(12)
  const wrapping = await deriveKey(secret, salt, host.scrypt)
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce)
  cipher.setAAD(additionalData(kind, storeId))
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  wrapping.fill(0)
  return {
    kind,
    v: 1,
    salt: salt.toString('base64'),
    ...host.scrypt,
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
}

async function unsealWithSecret(
  storeId: string,
  slot: Exclude<Slot, { kind: 'os' }>,
  secret: string,
): Promise<Buffer | null> {
  const wrapping = await deriveKey(secret, Buffer.from(slot.salt, 'base64'), slot)
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(slot.nonce, 'base64'), { authTagLength: 16 })
    decipher.setAAD(additionalData(slot.kind, storeId))
    decipher.setAuthTag(Buffer.from(slot.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(slot.sealed, 'base64')), decipher.final()])
  } catch {
    // The tag did not match: a wrong secret, another store's slot or a changed byte. All mean "not this key".
    return null
  } finally {
    wrapping.fill(0)
  }
}

function additionalData(kind: Slot['kind'], storeId: string): Buffer {
  return Buffer.from(`countersign|${kind}|1|${storeId}`)
}

/** scrypt, 32 bytes. */
export function deriveKey(
  secret: string,
  salt: Buffer,
  { cost, blockSize, parallelization }: { cost: number; blockSize: number; parallelization: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * cost * blockSize
    scrypt(secret.normalize('NFC'), salt, 32, { cost, blockSize, parallelization, maxmem }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    )
  })
}

function parseKeyring(path: string): Keyring | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isKeyring(parsed) ? parsed : null
  } catch {
    return null
  }
}

function isKeyring(value: unknown): value is Keyring {
  return (
    typeof value === 'object' &&
    value !== null &&
    'v' in value &&
    value.v === 1 &&
    'storeId' in value &&
    typeof value.storeId === 'string' &&
    'slots' in value &&
    Array.isArray(value.slots) &&
    value.slots.length > 0 &&
    value.slots.every(isSlot)
  )
}

const secretSlot = {
  salt: 'string',
  cost: 'number',
  blockSize: 'number',
  parallelization: 'number',
  nonce: 'string',
  sealed: 'string',
  tag: 'string',
}
const slotMembers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  os: { backend: 'string', wrapped: 'string' },
  passphrase: secretSlot,
  throwaway: secretSlot,
}

function isSlot(value: unknown): value is Slot {
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string') return false
  const members = Object.hasOwn(slotMembers, value.kind) ? slotMembers[value.kind] : undefined
  const slot: Readonly<Record<string, unknown>> = { ...value }
  if (!members || slot['v'] !== 1 || !Object.entries(members).every(([name, type]) => typeof slot[name] === type))
    return false
  return value.kind === 'os' || isBearable(slot as Exclude<Slot, { kind: 'os' }>)
}

/** A cost that scrypt takes and this computer can pay: a damaged number must not take all of its memory. */
function isBearable({ cost, blockSize, parallelization }: Exclude<Slot, { kind: 'os' }>): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(cost))
  return (
    isPowerOfTwo &&
    cost >= 2 &&
    cost <= 2 ** 20 &&
    blockSize === 8 &&
    parallelization >= 1 &&
    parallelization <= 16 &&
    Number.isInteger(parallelization)
  )
}
