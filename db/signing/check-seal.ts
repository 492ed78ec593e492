import { type KeyCertificate, type SignedStatement, signedText } from '../../shared/domain/signed-statement.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { SignatureId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { many, sha256Of } from '../records.ts'
import type { RecordVersionTable, SignatureTable } from '../tables/core.ts'
import type { SignatureSealTable, SigningKeyTable } from '../tables/signing.ts'
import { isSignatureOf } from './ed25519.ts'
import { entrySha256, selectPhotoBytes, statedOf } from './seal.ts'

/**
 * What is wrong with a signature whose own version is unchanged. SEAL_MISSING: there is none, though the store had keys
 * when it was made. SIGNATURE_WRONG: the statement or its Ed25519 signature was changed. ROW_CHANGED: what lists show
 * is not what was signed. KEY_UNKNOWN: the key is missing, not certified by the clinic, or of somebody else.
 * REFERENCE_CHANGED, PHOTO_CHANGED: something it builds on. CHAIN_BROKEN: the signature before it is another one.
 */
export const sealFaults = [
  'SEAL_MISSING',
  'SIGNATURE_WRONG',
  'ROW_CHANGED',
  'KEY_UNKNOWN',
  'REFERENCE_CHANGED',
  'PHOTO_CHANGED',
  'CHAIN_BROKEN',
] as const
export type SealFault = (typeof sealFaults)[number]

type Link = SignatureSealTable & { readonly previous: string | null }

/** The first fault of each of these signatures; whoever is not in the answer has none. */
export async function checkSeals(
  reader: Reader,
  rows: readonly SignatureTable[],
): Promise<ReadonlyMap<SignatureId, SealFault>> {
  const faults = new Map<SignatureId, SealFault>()
  if (rows.length === 0) return faults
  const keys = await selectKeys(reader)
  const seals = await selectLinks(
    reader,
    rows.map(({ id }) => id),
  )
  for (const row of rows) {
    const fault = await checkOne(reader, keys, row, seals.get(row.id) ?? null)
    if (fault) faults.set(row.id, fault)
  }
  return faults
}

async function checkOne(reader: Reader, keys: Keys, row: SignatureTable, link: Link | null): Promise<SealFault | null> {
  if (!link) return row.scheme !== 'ed25519/1' && isFromBeforeKeys(keys, row) ? null : 'SEAL_MISSING'
  const statement = readStatement(link)
  const key = keys.byId.get(row.key_id ?? '')
  if (!statement) return 'SIGNATURE_WRONG'
  if (!key || !isCertified(keys, key)) return 'KEY_UNKNOWN'
  if (!isSignatureOf(key.public_key, signedText(statement), link.signature)) return 'SIGNATURE_WRONG'
  // A person signs with a key of their own; what nobody's account signed carries the clinic's.
  if (statement.keyId !== key.id || key.staff_id !== (statement.scheme === 'mark/1' ? null : statement.signer.staffId))
    return 'KEY_UNKNOWN'
  if (!isSameRow(statement, row, link)) return 'ROW_CHANGED'
  if (
    link.chain_no > 1 ? link.previous === null || link.previous !== statement.chain.previous : statement.chain.previous
  )
    return 'CHAIN_BROKEN'
  if (!(await areReferencesIntact(reader, statement))) return 'REFERENCE_CHANGED'
  return (await arePhotosIntact(reader, statement)) ? null : 'PHOTO_CHANGED'
}

function readStatement({ statement }: Link): SignedStatement | null {
  try {
    const parsed: unknown = JSON.parse(statement)
    // Another spelling of the same value would have another hash in the chain.
    return canonicalJson(parsed) === statement ? (parsed as SignedStatement) : null
  } catch {
    return null
  }
}

function isSameRow(statement: SignedStatement, row: SignatureTable, link: Link): boolean {
  const { number: _number, schema: _schema, ...record } = statement.record
  const { signer, meaning, signedAt, utcOffsetMin } = statement
  const isRow = canonicalJson({ record, signer, meaning, signedAt, utcOffsetMin }) === canonicalJson(statedOf(row))
  const isLink = (statement.chain.patientId ?? '') === link.chain_of && statement.chain.no === link.chain_no
  return (
    isRow &&
    isLink &&
    statement.scheme === row.scheme &&
    entrySha256(link.statement, link.signature) === link.entry_sha256
  )
}

async function areReferencesIntact(reader: Reader, { references, record }: SignedStatement): Promise<boolean> {
  const named = [...references, record]
  const rows = await many<RecordVersionTable>(
    reader,
    `select * from record_version where id in (${named.map(() => '?').join(', ')}) limit 1000`,
    named.map(({ versionId }) => versionId),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const isNumbered = byId.get(record.versionId)?.number === record.number
  return (
    isNumbered &&
    byId.get(record.versionId)?.schema === record.schema &&
    named.every(({ versionId, kind, recordId, sha256 }) => {
      const row = byId.get(versionId)
      return row?.kind === kind && row.record_id === recordId && row.sha256 === sha256 && sha256Of(row.body) === sha256
    })
  )
}

async function arePhotosIntact(reader: Reader, { photos }: SignedStatement): Promise<boolean> {
  if (photos.length === 0) return true
  const rows = await selectPhotoBytes(
    reader,
    photos.map(({ photoId }) => photoId),
  )
  const byId = new Map(rows.map(({ photoId, sha256 }) => [photoId, sha256]))
  return photos.every(({ photoId, sha256 }) => byId.get(photoId) === sha256)
}

type Keys = { readonly byId: ReadonlyMap<string, SigningKeyTable>; readonly clinic: SigningKeyTable | null }

async function selectKeys(reader: Reader): Promise<Keys> {
  const rows = await many<SigningKeyTable>(reader, 'select * from signing_key order by made_at, id limit 10000')
  return {
    byId: new Map(rows.map((row) => [row.id, row])),
    clinic: rows.find(({ because, ended_at }) => because === 'CLINIC' && ended_at === null) ?? null,
  }
}

/** Signed by the clinic's key, and saying what the row says. */
function isCertified({ clinic }: Keys, key: SigningKeyTable): boolean {
  if (!clinic) return false
  try {
    const certificate = JSON.parse(key.certificate) as KeyCertificate
    return (
      canonicalJson(certificate) === key.certificate &&
      certificate.keyId === key.id &&
      certificate.publicKey === key.public_key &&
      certificate.staffId === key.staff_id &&
      certificate.because === key.because &&
      certificate.madeAt === key.made_at &&
      isSignatureOf(clinic.public_key, signedText(certificate), key.certificate_signature)
    )
  } catch {
    return false
  }
}

/** Signatures from before the clinic had a key carry none, and say so by their scheme. */
function isFromBeforeKeys({ clinic }: Keys, row: SignatureTable): boolean {
  return clinic !== null && row.signed_at < clinic.made_at
}

async function selectLinks(reader: Reader, ids: readonly SignatureId[]): Promise<ReadonlyMap<SignatureId, Link>> {
  const rows = await many<Link>(
    reader,
    `select s.*, p.entry_sha256 as previous from signature_seal s
       left join signature_seal p on p.chain_of = s.chain_of and p.chain_no = s.chain_no - 1
       where s.signature_id in (${ids.map(() => '?').join(', ')}) limit 1000`,
    ids,
  )
  return new Map(rows.map((row) => [row.signature_id, row]))
}
