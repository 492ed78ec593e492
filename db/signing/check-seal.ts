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

export type CheckedSeals = {
  /** The first fault of each of these signatures; whoever is not in the answer has none. */
  readonly faults: ReadonlyMap<SignatureId, SealFault>
  /** Seals of this record whose signature is not among them: its row was taken away or turned to another record. */
  readonly strays: readonly SignatureTable[]
  /** By key, who gave the one-time code that a pair follows, and when; only keys made after a reset. */
  readonly resets: ReadonlyMap<string, KeyReset>
}

export type KeyReset = NonNullable<KeyCertificate['reset']>

/** Checks the signatures of one record: all its `signature` rows, oldest first. */
export async function checkSeals(
  reader: Reader,
  recordId: string,
  rows: readonly SignatureTable[],
): Promise<CheckedSeals> {
  const links = await selectLinks(
    reader,
    recordId,
    rows.map(({ id }) => id),
  )
  const faults = new Map<SignatureId, SealFault>()
  if (rows.length + links.size === 0) return { faults, strays: [], resets: new Map() }
  const keys = await selectKeys(reader)
  for (const [index, row] of rows.entries()) {
    const link = links.get(row.id) ?? null
    const fault = row.number === index + 1 ? await checkOne(reader, keys, row, link) : 'ROW_CHANGED'
    if (fault) faults.set(row.id, fault)
    links.delete(row.id)
  }
  return { faults, strays: [...links.values()].flatMap(rowOf), resets: resetsOf(keys, rows) }
}

/** What the row said, by the statement that was made from it; nothing where that too is gone. */
function rowOf(link: Link): readonly SignatureTable[] {
  const statement = readStatement(link)
  if (!statement) return []
  const { record, signer, scheme, meaning, signedAt, utcOffsetMin, keyId } = statement
  return [
    {
      id: link.signature_id,
      scheme,
      kind: record.kind,
      record_id: record.recordId,
      number: 0,
      version_id: record.versionId,
      sha256: record.sha256,
      signer_id: signer.staffId,
      signer_name: signer.printedName,
      credential: signer.credential,
      licence: signer.licence,
      meaning,
      signed_at: signedAt,
      offset_min: utcOffsetMin,
      key_id: keyId,
    },
  ]
}

function resetsOf(keys: Keys, rows: readonly SignatureTable[]): CheckedSeals['resets'] {
  const used = new Set(rows.map(({ key_id }) => key_id ?? ''))
  const resets = new Map<string, KeyReset>()
  for (const id of used) {
    const key = keys.byId.get(id)
    const reset = key?.because === 'RESET' && isCertified(keys, key) ? readCertificate(key)?.reset : null
    if (reset) resets.set(id, reset)
  }
  return resets
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
    link.record_id === row.record_id &&
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
  const certificate = clinic && readCertificate(key)
  return (
    clinic !== null &&
    certificate !== null &&
    certificate.keyId === key.id &&
    certificate.publicKey === key.public_key &&
    certificate.staffId === key.staff_id &&
    certificate.because === key.because &&
    certificate.madeAt === key.made_at &&
    isSignatureOf(clinic.public_key, signedText(certificate), key.certificate_signature)
  )
}

function readCertificate({ certificate: text }: SigningKeyTable): KeyCertificate | null {
  try {
    const certificate = JSON.parse(text) as KeyCertificate
    return canonicalJson(certificate) === text ? certificate : null
  } catch {
    return null
  }
}

/** Signatures from before the clinic had a key carry none, and say so by their scheme. */
function isFromBeforeKeys({ clinic }: Keys, row: SignatureTable): boolean {
  return clinic !== null && row.signed_at < clinic.made_at
}

/** The links of these signatures, and whatever else was sealed for this record. */
async function selectLinks(
  reader: Reader,
  recordId: string,
  ids: readonly SignatureId[],
): Promise<Map<SignatureId, Link>> {
  const select = `select s.*, p.entry_sha256 as previous from signature_seal s
       left join signature_seal p on p.chain_of = s.chain_of and p.chain_no = s.chain_no - 1`
  const ofRecord = `${select} where s.record_id = ?`
  const rows = await many<Link>(
    reader,
    ids.length === 0
      ? `${ofRecord} limit 1000`
      : `${ofRecord} union ${select} where s.signature_id in (${ids.map(() => '?').join(', ')}) limit 1000`,
    [recordId, ...ids],
  )
  return new Map(rows.map((row) => [row.signature_id, row]))
}
