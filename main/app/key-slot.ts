import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto'
import type { RecoveryCode } from '../../shared/domain/recovery-code.ts'
import type { Host } from '../hosts/host.ts'

/** One way to open the store key. `os` opens on this computer alone, the others wherever their secret is known. */
export type Slot = OsSlot | SecretSlot

export type OsSlot = { readonly kind: 'os'; readonly v: 1; readonly backend: string; readonly wrapped: string }

export type SecretSlot = {
  readonly kind: 'passphrase' | 'recovery' | 'throwaway'
  readonly v: 1
  readonly salt: string
  readonly cost: number
  readonly blockSize: number
  readonly parallelization: number
  readonly nonce: string
  readonly sealed: string
  readonly tag: string
}

/** A slot that a passphrase of the clinic opens. */
export async function makePassphraseSlot(
  host: Host,
  storeId: string,
  key: Buffer,
  passphrase: string,
): Promise<SecretSlot> {
  return sealWithSecret(host, 'passphrase', storeId, key, passphrase)
}

/** A slot that the printed recovery code opens. */
export async function makeRecoverySlot(
  host: Host,
  storeId: string,
  key: Buffer,
  code: RecoveryCode,
): Promise<SecretSlot> {
  return sealWithSecret(host, 'recovery', storeId, key, code)
}

/** The sample clinic's slot: its secret stands beside it on purpose, since it guards invented people only. */
export async function makeThrowawaySlot(host: Host, storeId: string, key: Buffer): Promise<SecretSlot> {
  return sealWithSecret(host, 'throwaway', storeId, key, throwawaySecret)
}

export async function makeOsSlot(host: Host, key: Buffer): Promise<OsSlot | null> {
  if (!host.keychain) return null
  return { kind: 'os', v: 1, backend: host.keychain.backend, wrapped: await host.keychain.wrap(key) }
}

export const throwawaySecret = 'sample clinic, invented people'

async function sealWithSecret(
  host: Host,
  kind: SecretSlot['kind'],
  storeId: string,
  key: Buffer,
  secret: string,
): Promise<SecretSlot> {
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

/** Null where the secret is not the one, the slot is another store's, or a byte of it changed. */
export async function unsealWithSecret(storeId: string, slot: SecretSlot, secret: string): Promise<Buffer | null> {
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

function additionalData(kind: SecretSlot['kind'], storeId: string): Buffer {
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
  recovery: secretSlot,
  throwaway: secretSlot,
}

export function isSlot(value: unknown): value is Slot {
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string') return false
  const members = Object.hasOwn(slotMembers, value.kind) ? slotMembers[value.kind] : undefined
  const slot: Readonly<Record<string, unknown>> = { ...value }
  if (!members || slot['v'] !== 1 || !Object.entries(members).every(([name, type]) => typeof slot[name] === type))
    return false
  return value.kind === 'os' || isBearable(slot as SecretSlot)
}

/** A cost that scrypt takes and this computer can pay: a damaged number must not take all of its memory. */
function isBearable({ cost, blockSize, parallelization }: SecretSlot): boolean {
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
