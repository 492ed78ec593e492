import { hkdfSync } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { readRecoveryCode } from '../../shared/domain/recovery-code.ts'
import type { Host } from '../hosts/host.ts'
import { isSlot, type SecretSlot, type Slot, throwawaySecret, unsealWithSecret } from './key-slot.ts'

/** Length of the store key. */
const keyBytes = 32

/**
 * The store key is 32 random bytes; it is never derived from a password. `keyring.json` beside the store keeps it wrapped,
 * once per way to open it. Losing every slot means losing the records, so the file is written to a temporary name,
 * synced and renamed, and the one before stays as `.bak`; the first one is its own.
 */
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

/** The new one is on disk before anything is renamed, and a file that cannot be read never becomes the second copy. */
export function writeKeyring(path: string, keyring: Keyring): void {
  if (!existsSync(path) && !existsSync(`${path}.bak`)) writeSynced(`${path}.bak`, keyring)
  const part = writePart(path, keyring)
  if (parseKeyring(path)) renameSync(path, `${path}.bak`)
  renameSync(part, path)
  syncFolder(dirname(path))
}

/** For a keyring that takes a way to open away: neither file keeps the one before. */
export function replaceKeyring(path: string, keyring: Keyring): void {
  writeSynced(path, keyring)
  writeSynced(`${path}.bak`, keyring)
  syncFolder(dirname(path))
}

/**
 * Puts the keyring that opened the store where it belongs, after its second copy (or a backup's) had to be used. What lay
 * there is kept under a name of its own. False where it is in its place already.
 */
export function settleKeyring(path: string, keyring: Keyring, asideName: string): boolean {
  if (JSON.stringify(parseKeyring(path)) === JSON.stringify(keyring)) return false
  if (existsSync(path)) copyFileSync(path, `${path}.${asideName}`)
  writeSynced(path, keyring)
  if (parseKeyring(`${path}.bak`)?.storeId !== keyring.storeId) {
    if (existsSync(`${path}.bak`)) copyFileSync(`${path}.bak`, `${path}.bak.${asideName}`)
    writeSynced(`${path}.bak`, keyring)
  }
  syncFolder(dirname(path))
  return true
}

function writeSynced(path: string, keyring: Keyring): void {
  renameSync(writePart(path, keyring), path)
}

/** Gives the path of the synced file under its temporary name. */
function writePart(path: string, keyring: Keyring): string {
  const temporary = `${path}.part`
  const handle = openSync(temporary, 'w', 0o600)
  try {
    writeFileSync(handle, JSON.stringify(keyring, null, 2))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return temporary
}

/** Null when the passphrase is not the one. */
export async function openWithPassphrase(keyring: Keyring, passphrase: string): Promise<Buffer | null> {
  return openSlots(keyring, 'passphrase', passphrase)
}

/**
 * Tries what a person typed on every slot that a person's secret opens: the recovery code where it reads as one, then the
 * passphrase. Null when it opens none.
 */
export async function openWithSecret(
  keyring: Keyring,
  typed: string,
): Promise<{ readonly key: Buffer; readonly by: 'recovery' | 'passphrase' } | null> {
  const reading = readRecoveryCode(typed)
  const byCode = reading.kind === 'CODE' ? await openSlots(keyring, 'recovery', reading.code) : null
  if (byCode) return { key: byCode, by: 'recovery' }
  const byPassphrase = await openSlots(keyring, 'passphrase', typed)
  return byPassphrase && { key: byPassphrase, by: 'passphrase' }
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
  return openSlots(keyring, 'throwaway', throwawaySecret)
}

async function openSlots(keyring: Keyring, kind: SecretSlot['kind'], secret: string): Promise<Buffer | null> {
  for (const slot of keyring.slots) {
    if (slot.kind === 'os' || slot.kind !== kind) continue
    const key = await unsealWithSecret(keyring.storeId, slot, secret)
    if (key) return key
  }
  return null
}

export function hasSlot(keyring: Keyring, kind: Slot['kind']): boolean {
  return keyring.slots.some((slot) => slot.kind === kind)
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
