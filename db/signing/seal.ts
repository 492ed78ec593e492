import { createHash } from 'node:crypto'
import {
  type SealedScheme,
  type SignedReference,
  type SignedStatement,
  signedText,
} from '../../shared/domain/signed-statement.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { PatientId, PhotoId, VersionId } from '../../shared/kernel/ids.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRow, many, one, type RecordReference } from '../records.ts'
import type { SignatureTable } from '../tables/core.ts'

/** A key that may sign now: the person's own after their password or PIN, or the clinic's. */
export type Sealer = {
  readonly clinicId: string
  readonly keyId: string
  /** Ed25519 over the text's UTF-8 bytes, base64url. */
  sign(text: string): string
}

export type Sealed = {
  readonly signature: SignatureTable
  readonly scheme: SealedScheme
  readonly patientId: PatientId | null
  readonly version: { readonly number: number; readonly schema: string }
  readonly references: readonly RecordReference[]
  readonly photos: readonly PhotoId[]
}

/** Signs the statement of a signature row just written and puts it at the end of its chart's chain. */
export async function insertSeal(trx: Trx, sealer: Sealer, sealed: Sealed): Promise<void> {
  const chainOf = sealed.patientId ?? ''
  const last = await one<{ chain_no: number; entry_sha256: string }>(
    trx,
    'select chain_no, entry_sha256 from signature_seal where chain_of = ? order by chain_no desc limit 1',
    [chainOf],
  )
  const no = (last?.chain_no ?? 0) + 1
  const statement: SignedStatement = {
    format: 'countersign/sign/1',
    clinicId: sealer.clinicId,
    chain: { patientId: sealed.patientId, no, previous: last?.entry_sha256 ?? null },
    ...statedOf(sealed.signature),
    record: { ...statedOf(sealed.signature).record, ...sealed.version },
    scheme: sealed.scheme,
    references: await resolveReferences(trx, sealed.references),
    photos: await resolvePhotos(trx, sealed.photos),
    keyId: sealer.keyId,
  }
  const text = canonicalJson(statement)
  const signature = sealer.sign(signedText(statement))
  await insertRow(trx, 'signature_seal', {
    signature_id: sealed.signature.id,
    record_id: sealed.signature.record_id,
    chain_of: chainOf,
    chain_no: no,
    statement: text,
    signature,
    entry_sha256: entrySha256(text, signature),
  })
}

/** The members of the statement that the signature's row repeats. */
export function statedOf(row: SignatureTable) {
  return {
    record: { kind: row.kind, recordId: row.record_id, versionId: row.version_id, sha256: row.sha256 },
    signer: {
      staffId: row.signer_id,
      printedName: row.signer_name,
      credential: row.credential,
      licence: row.licence,
    },
    meaning: row.meaning,
    signedAt: row.signed_at,
    utcOffsetMin: row.offset_min,
  }
}

/** What the next link of the chain names. */
export function entrySha256(statement: string, signature: string): string {
  return createHash('sha256').update(`${statement}\n${signature}`, 'utf8').digest('hex')
}

async function resolveReferences(
  trx: Trx,
  references: readonly RecordReference[],
): Promise<readonly SignedReference[]> {
  const found: SignedReference[] = []
  for (const reference of references) {
    const isVersion = 'versionId' in reference
    const row = await one<{ id: VersionId; record_id: string; sha256: string }>(
      trx,
      `select id, record_id, sha256 from record_version
         where kind = ? and ${isVersion ? 'id' : 'record_id'} = ? order by number desc limit 1`,
      [reference.kind, isVersion ? reference.versionId : reference.recordId],
    )
    // A record that is not there any more cannot be: nothing is deleted.
    if (!row) throw new Error(`a signed record names a ${reference.kind} that does not exist`)
    found.push({ kind: reference.kind, recordId: row.record_id, versionId: row.id, sha256: row.sha256 })
  }
  const key = ({ kind, recordId, versionId }: SignedReference) => `${kind} ${recordId} ${versionId}`
  const byKey = new Map(found.map((reference) => [key(reference), reference]))
  return [...byKey.keys()].toSorted().flatMap((name) => byKey.get(name) ?? [])
}

async function resolvePhotos(trx: Trx, ids: readonly PhotoId[]): Promise<SignedStatement['photos']> {
  const unique = [...new Set(ids)].toSorted()
  if (unique.length === 0) return []
  const rows = await selectPhotoBytes(trx, unique)
  if (rows.length !== unique.length) throw new Error('a signed record names a photograph that does not exist')
  return rows
}

/** The pictures as they are kept, by id. */
export function selectPhotoBytes(
  reader: Reader,
  ids: readonly PhotoId[],
): Promise<readonly { readonly photoId: PhotoId; readonly sha256: string }[]> {
  return many(
    reader,
    `select photo.id as "photoId", attachment.sha256 from photo join attachment on attachment.id = photo.image_id
       where photo.id in (${ids.map(() => '?').join(', ')}) order by photo.id limit 1000`,
    ids,
  )
}
