import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import type { Reader, Trx } from '../../db/open.ts'
import { change, insertRow, one } from '../../db/records.ts'
import { newKeyPair, privateBytes, privateKeyFrom, signText } from '../../db/signing/ed25519.ts'
import type { Sealer } from '../../db/signing/seal.ts'
import type { SigningKeyTable, SigningSecretTable } from '../../db/tables/signing.ts'
import { type KeyCertificate, signedText } from '../../shared/domain/signed-statement.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import { deriveKey } from './key-slot.ts'
import { subKey } from './keyring.ts'

/** A person's private key in memory: from the first password of a sign-in until it is locked, left or taken over. */
export type HeldKey = { readonly keyId: string; readonly staffId: StaffId; readonly privateKey: KeyObject }

type Wrapped = Omit<SigningSecretTable, 'key_id'>

/** What a person's private key is sealed with: their password, at the cost of a password. */
export type KeyLock = { readonly password: string; readonly scrypt: Host['scrypt'] }

/** Nobody has a password in the sample clinic; its people are invented, and its keys lie open on purpose. */
export function keyLock(host: Host, isSample: boolean, password: string): KeyLock {
  return isSample
    ? { password: 'sample clinic, invented people', scrypt: { ...host.scrypt, cost: 1024 } }
    : { password, scrypt: host.scrypt }
}

/** A pair that no row holds yet. */
export type PreparedKey = {
  readonly keyId: string
  readonly publicKey: string
  readonly privateKey: KeyObject
  readonly wrapped: Wrapped
}

export function sealerOf(clinicId: string, { keyId, privateKey }: Pick<HeldKey, 'keyId' | 'privateKey'>): Sealer {
  return { clinicId, keyId, sign: (text) => signText(privateKey, text) }
}

/** A new pair for a person, sealed by a key derived from their password. Slow (scrypt): before the transaction. */
export async function prepareKey(host: Host, lock: KeyLock): Promise<PreparedKey> {
  const { publicKey, privateKey } = newKeyPair()
  const keyId = host.newId()
  return { keyId, publicKey, privateKey, wrapped: await wrapByPassword(host, { keyId, privateKey }, lock) }
}

/** Keeps a person's new pair, certified by the clinic's key. The pair before it ends and its private half goes. */
export async function keepKey(
  trx: Trx,
  clinic: Sealer,
  prepared: PreparedKey,
  person: { readonly staffId: StaffId; readonly printedName: string; readonly at: Instant },
): Promise<HeldKey> {
  const { staffId, printedName, at } = person
  const before = await selectKeyInUse(trx, staffId)
  const last = await one<{ id: string }>(
    trx,
    'select id from signing_key where staff_id = ? order by made_at desc, id desc limit 1',
    [staffId],
  )
  if (before) await endKey(trx, before.id, at)
  const reset = last === null ? null : await selectReset(trx, staffId)
  await insertKey(trx, clinic, {
    format: 'countersign/key/1',
    clinicId: clinic.clinicId,
    keyId: prepared.keyId,
    publicKey: prepared.publicKey,
    staffId,
    printedName,
    madeAt: at,
    because: last === null ? 'FIRST_SIGN_IN' : 'RESET',
    reset,
    replaces: last?.id ?? null,
  })
  await insertRow(trx, 'signing_secret', { key_id: prepared.keyId, ...prepared.wrapped })
  return { keyId: prepared.keyId, staffId, privateKey: prepared.privateKey }
}

/** The person's key in use; NONE where there is none yet, DAMAGED where the password does not open it. */
export async function openKey(
  reader: Reader,
  staffId: StaffId,
  { password }: KeyLock,
): Promise<HeldKey | 'NONE' | 'DAMAGED'> {
  const key = await selectKeyInUse(reader, staffId)
  if (!key) return 'NONE'
  const secret = await one<SigningSecretTable>(reader, 'select * from signing_secret where key_id = ?', [key.id])
  if (secret?.wrapped_by !== 'PASSWORD') return 'DAMAGED'
  const wrapping = await deriveKey(password, Buffer.from(secret.salt, 'base64'), {
    cost: secret.cost,
    blockSize: secret.block_size,
    parallelization: secret.parallelization,
  })
  const privateKey = unwrap(secret, wrapping)
  return privateKey ? { keyId: key.id, staffId, privateKey } : 'DAMAGED'
}

/** The same key under another password. Slow (scrypt): before the transaction. */
export function wrapAgain(host: Host, held: HeldKey, lock: KeyLock): Promise<Wrapped> {
  return wrapByPassword(host, held, lock)
}

export async function keepWrapped(trx: Trx, keyId: string, wrapped: Wrapped): Promise<void> {
  const columns = Object.keys(wrapped)
  await change(trx, `update signing_secret set ${columns.map((name) => `${name} = ?`).join(', ')} where key_id = ?`, [
    ...Object.values(wrapped),
    keyId,
  ])
}

/** The clinic's own key, opened by the store key; made where the store has none yet. `isNew` is told in the audit. */
export async function openClinicKey(
  trx: Trx,
  host: Host,
  { clinicId, clinicName, storeKey }: { clinicId: string; clinicName: string; storeKey: Buffer },
): Promise<{ readonly sealer: Sealer; readonly publicKey: string; readonly isNew: boolean }> {
  const row = await one<SigningKeyTable>(trx, "select * from signing_key where because = 'CLINIC' and ended_at is null")
  const wrapping = subKey(storeKey, 'clinic-signing/v1')
  if (row) {
    const secret = await one<SigningSecretTable>(trx, 'select * from signing_secret where key_id = ?', [row.id])
    const privateKey = secret?.wrapped_by === 'STORE' ? unwrap(secret, wrapping) : null
    if (!privateKey) throw new Error('the key of the clinic does not open')
    return { sealer: sealerOf(clinicId, { keyId: row.id, privateKey }), publicKey: row.public_key, isNew: false }
  }
  const { publicKey, privateKey } = newKeyPair()
  const keyId = host.newId()
  const sealer = sealerOf(clinicId, { keyId, privateKey })
  await insertKey(trx, sealer, {
    format: 'countersign/key/1',
    clinicId,
    keyId,
    publicKey,
    staffId: null,
    printedName: clinicName,
    madeAt: host.now(),
    because: 'CLINIC',
    reset: null,
    replaces: null,
  })
  const none = { salt: '', cost: 0, block_size: 0, parallelization: 0 }
  const wrapped = seal(host, { keyId, privateKey }, wrapping)
  await insertRow(trx, 'signing_secret', { key_id: keyId, wrapped_by: 'STORE', ...none, ...wrapped })
  return { sealer, publicKey, isNew: true }
}

async function insertKey(trx: Trx, clinic: Sealer, certificate: KeyCertificate): Promise<void> {
  await insertRow(trx, 'signing_key', {
    id: certificate.keyId,
    staff_id: certificate.staffId,
    public_key: certificate.publicKey,
    certificate: canonicalJson(certificate),
    certificate_signature: clinic.sign(signedText(certificate)),
    because: certificate.because,
    made_at: certificate.madeAt,
    ended_at: null,
  })
}

async function endKey(trx: Trx, keyId: string, at: Instant): Promise<void> {
  await change(trx, 'update signing_key set ended_at = ? where id = ? and ended_at is null', [at, keyId])
  await change(trx, 'delete from signing_secret where key_id = ?', [keyId])
}

function selectKeyInUse(reader: Reader, staffId: StaffId): Promise<SigningKeyTable | null> {
  return one<SigningKeyTable>(reader, 'select * from signing_key where staff_id = ? and ended_at is null', [staffId])
}

/** Who gave this person the one-time code that the new pair follows. */
async function selectReset(reader: Reader, staffId: StaffId): Promise<KeyCertificate['reset']> {
  const row = await one<{ by_id: StaffId; by_name: string; at: Instant }>(
    reader,
    `select s.one_time_code_by as by_id, giver.printed_name as by_name, s.one_time_code_at as at
       from staff_secret s join staff giver on giver.id = s.one_time_code_by where s.staff_id = ?`,
    [staffId],
  )
  return row ? { byStaffId: row.by_id, byName: row.by_name, at: row.at } : null
}

async function wrapByPassword(
  host: Host,
  key: Pick<HeldKey, 'keyId' | 'privateKey'>,
  { password, scrypt }: KeyLock,
): Promise<Wrapped> {
  const salt = host.randomBytes(16)
  const wrapping = await deriveKey(password, salt, scrypt)
  const { cost, blockSize, parallelization } = scrypt
  return {
    wrapped_by: 'PASSWORD',
    salt: salt.toString('base64'),
    cost,
    block_size: blockSize,
    parallelization,
    ...seal(host, key, wrapping),
  }
}

/** AES-256-GCM; the wrapping key is emptied. */
function seal(
  host: Host,
  { keyId, privateKey }: Pick<HeldKey, 'keyId' | 'privateKey'>,
  wrapping: Buffer,
): Pick<Wrapped, 'nonce' | 'sealed' | 'tag'> {
  const nonce = host.randomBytes(12)
  const bytes = privateBytes(privateKey)
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce)
  cipher.setAAD(additionalData(keyId))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  bytes.fill(0)
  wrapping.fill(0)
  return {
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
}

function unwrap({ key_id: keyId, nonce, sealed, tag }: SigningSecretTable, wrapping: Buffer): KeyObject | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
    decipher.setAAD(additionalData(keyId))
    decipher.setAuthTag(Buffer.from(tag, 'base64'))
    const bytes = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()])
    const key = privateKeyFrom(bytes)
    bytes.fill(0)
    return key
  } catch {
    return null
  } finally {
    wrapping.fill(0)
  }
}

function additionalData(keyId: string): Buffer {
  return Buffer.from(`countersign|signing-key|1|${keyId}`)
}
