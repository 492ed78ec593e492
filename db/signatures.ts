import type { RecordKind } from '../shared/domain/record-kinds.ts'
import type { SealedScheme } from '../shared/domain/signed-statement.ts'
import type { SignatureId, StaffId, VersionId } from '../shared/kernel/ids.ts'
import type { Instant } from '../shared/kernel/time.ts'
import type { Reader, Trx } from './open.ts'
import { insertRow, many, one, type RecordDefinition, type RecordReference, sha256Of } from './records.ts'
import { checkSeals, type KeyReset, type SealFault } from './signing/check-seal.ts'
import { insertSeal, type Sealer } from './signing/seal.ts'
import type { RecordVersionTable, SignatureTable } from './tables/core.ts'

export type SignatureInput = {
  readonly signatureId: SignatureId
  readonly versionId: VersionId
  readonly signerId: StaffId | null
  readonly signerName: string
  readonly credential: string
  readonly licence: string
  readonly meaning: string
  readonly signedAt: Instant
  readonly offsetMin: number
  /** The signer's own key. */
  readonly sealer: Sealer
  /** Signed along with it: the review that a countersignature is given with. */
  readonly along?: readonly RecordReference[]
}

export type Signature = {
  readonly signatureId: SignatureId
  /** `ed25519/1`, `mark/1`, or `reauth/1` of a store from before there were keys. */
  readonly scheme: string
  readonly versionId: VersionId
  readonly sha256: string
  readonly signerId: StaffId | null
  readonly signerName: string
  readonly credential: string
  readonly licence: string
  readonly meaning: string
  readonly signedAt: Instant
  readonly offsetMin: number
  /** Whether everything that was signed still has the bytes that were signed; shown wherever the signature is. */
  readonly integrity: 'INTACT' | 'BYTES_CHANGED' | SealFault
  /** Who had reset the signer's access before this key pair was made, and when; null for a first pair. */
  readonly keyReset: KeyReset | null
}

/** Binds a person, a meaning and a time to the exact bytes of one version, under the person's own key. */
export async function insertSignature<Body>(
  trx: Trx,
  definition: RecordDefinition<Body>,
  id: string,
  input: SignatureInput,
): Promise<void> {
  await insertSignatureRow(trx, definition, id, 'ed25519/1', input)
}

/**
 * Binds the mark that a patient, guardian or representative made on the clinic's screen to the exact bytes of one
 * version. The mark itself stands inside those bytes; no identity was proved by a secret, so the scheme has a name of
 * its own, the signer is nobody's account and the clinic's key seals it. `credential` says what the signer is:
 * PATIENT, GUARDIAN ...
 */
export async function insertPatientSignature<Body>(
  trx: Trx,
  definition: RecordDefinition<Body>,
  id: string,
  input: Omit<SignatureInput, 'signerId' | 'licence'>,
): Promise<void> {
  await insertSignatureRow(trx, definition, id, 'mark/1', { ...input, signerId: null, licence: '' })
}

async function insertSignatureRow<Body>(
  trx: Trx,
  definition: RecordDefinition<Body>,
  id: string,
  scheme: SealedScheme,
  input: SignatureInput,
): Promise<void> {
  const version = await one<RecordVersionTable & { signed: number }>(
    trx,
    `select v.*, (select coalesce(max(number), 0) from signature where kind = v.kind and record_id = v.record_id) as signed
       from record_version v where id = ? and kind = ?`,
    [input.versionId, definition.kind],
  )
  if (!version || version.record_id !== id || sha256Of(version.body) !== version.sha256)
    throw new Error(`no version ${input.versionId} of ${definition.kind} ${id}`)
  const row: SignatureTable = {
    id: input.signatureId,
    scheme,
    kind: definition.kind,
    record_id: id,
    number: version.signed + 1,
    version_id: input.versionId,
    sha256: version.sha256,
    signer_id: input.signerId,
    signer_name: input.signerName,
    credential: input.credential,
    licence: input.licence,
    meaning: input.meaning,
    signed_at: input.signedAt,
    offset_min: input.offsetMin,
    key_id: input.sealer.keyId,
  }
  await insertRow(trx, 'signature', { ...row })
  // Written by this program from a body of this kind, and just compared with its hash.
  const body = JSON.parse(version.body) as Body
  await insertSeal(trx, input.sealer, {
    signature: row,
    scheme,
    patientId: version.patient_id,
    version: { number: version.number, schema: version.schema },
    references: [...(definition.references?.(body) ?? []), ...(input.along ?? [])],
    photos: definition.photos?.(body) ?? [],
  })
}

/**
 * Signatures of a record, oldest first, each checked anew: its bytes, what it builds on, its key, its place. A signature
 * whose row was taken away is shown by what was sealed of it, as broken.
 */
export async function selectSignatures(reader: Reader, kind: RecordKind, id: string): Promise<readonly Signature[]> {
  const rows = await many<SignatureTable & { body: string | null }>(
    reader,
    `select s.*, v.body as body from signature s
       left join record_version v on v.id = s.version_id and v.kind = s.kind and v.record_id = s.record_id
       where s.kind = ? and s.record_id = ? order by s.number limit 100`,
    [kind, id],
  )
  const { faults, strays, resets } = await checkSeals(reader, id, rows)
  const shown = (row: SignatureTable, integrity: Signature['integrity']): Signature => ({
    signatureId: row.id,
    scheme: row.scheme,
    versionId: row.version_id,
    sha256: row.sha256,
    signerId: row.signer_id,
    signerName: row.signer_name,
    credential: row.credential,
    licence: row.licence,
    meaning: row.meaning,
    signedAt: row.signed_at,
    offsetMin: row.offset_min,
    integrity,
    keyReset: resets.get(row.key_id ?? '') ?? null,
  })
  const isChanged = ({ body, sha256 }: (typeof rows)[number]) => body === null || sha256Of(body) !== sha256
  return [
    ...rows.map((row) => shown(row, isChanged(row) ? 'BYTES_CHANGED' : (faults.get(row.id) ?? 'INTACT'))),
    ...strays.map((row) => shown(row, 'ROW_CHANGED')),
  ]
}

/**
 * Whether this person's signature of this moment stands over the record, as its state says. Looks at the row alone: what
 * it was made over is `selectSignatures`.
 */
export async function isSignedAs(
  reader: Reader,
  kind: RecordKind,
  id: string,
  { signerId, signedAt }: { readonly signerId: StaffId | null; readonly signedAt: Instant | null },
): Promise<boolean> {
  const found = await one(
    reader,
    'select 1 as found from signature where kind = ? and record_id = ? and signer_id = ? and signed_at = ? limit 1',
    [kind, id, signerId, signedAt],
  )
  return found !== null
}
