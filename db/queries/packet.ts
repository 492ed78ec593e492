import type {
  PacketGiven,
  PacketVersion,
  SignedPacket,
  SignedPiece,
  UnsealedSignature,
} from '../../shared/domain/signed-packet.ts'
import {
  type ChainHead,
  type KeyCertificate,
  type SignedStatement,
  signedText,
} from '../../shared/domain/signed-statement.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { PatientId, PhotoId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRow, many } from '../records.ts'
import { fingerprintOf } from '../signing/ed25519.ts'
import { entrySha256, type Sealer, selectPhotoBytes, statedOf } from '../signing/seal.ts'
import type { RecordVersionTable, SignatureTable } from '../tables/core.ts'
import type { SignatureSealTable, SigningKeyTable } from '../tables/signing.ts'
import { selectPatientSummaries } from './patient.ts'
import { selectPersonCharts } from './patient-merge.ts'

/** Parameters of one statement; SQLite and PostgreSQL both take many more. */
const mostIds = 500

/**
 * Puts the packet of one patient together and signs its head. What is damaged goes in as it lies there: the packet is
 * evidence, and whoever checks it names what is wrong.
 */
export async function makePacket(
  reader: Reader,
  clinic: Sealer,
  { patientId, publicKey, at }: { readonly patientId: PatientId; readonly publicKey: string; readonly at: Instant },
): Promise<SignedPacket> {
  const seals = await many<SignatureSealTable>(
    reader,
    'select * from signature_seal where chain_of = ? order by chain_no limit 100000',
    [patientId],
  )
  const statements = seals.flatMap((seal) => readStatement(seal) ?? [])
  const unsealed = await selectUnsealed(reader, patientId)
  const keys = await selectKeysOf(reader, clinic.keyId, statements)
  return {
    format: 'countersign/packet/1',
    clinic: {
      clinicId: clinic.clinicId,
      name: nameOfClinic(keys, clinic.keyId),
      publicKey,
      fingerprint: fingerprintOf(publicKey),
    },
    keys: keys.map((key) => ({ certificate: key.certificate, signature: key.certificate_signature })),
    entries: seals.map(({ chain_no: no, statement, signature }) => ({ no, statement, signature })),
    versions: await selectNamedVersions(reader, [
      ...statements.flatMap(({ record, references }) => [record.versionId, ...references.map((one) => one.versionId)]),
      ...unsealed.map(({ record }) => record.versionId),
    ]),
    photos: await selectNamedPhotos(reader, statements),
    unsealed,
    head: headOf(seals, clinic, { patientId, at, charts: await selectHeadCharts(reader, patientId) }),
  }
}

export async function insertPacketGiven(trx: Trx, id: string, given: PacketGiven): Promise<void> {
  await insertRow(trx, 'packet_given', {
    id,
    patient_id: given.patientId,
    recipient: given.recipient,
    purpose: given.purpose,
    signatures: given.signatures,
    sha256: given.sha256,
    given_at: given.givenAt,
    given_by: given.givenBy,
  })
}

/** Both names of a person whose charts were merged: whoever gets the packet of one must know of the other. */
async function selectHeadCharts(reader: Reader, patientId: PatientId): Promise<ChainHead['charts']> {
  const { keptId, links } = await selectPersonCharts(reader, patientId)
  if (links.length === 0) return []
  const dayByMerged = new Map(links.map(({ mergedId, mergedOn }) => [mergedId, mergedOn]))
  const charts = await selectPatientSummaries(reader, [keptId, ...dayByMerged.keys()])
  return [...charts.values()].map(({ patientId: id, chartNumber, given, middle, family }) => ({
    patientId: id,
    chartNumber,
    name: [given, middle, family].filter((part) => part !== null).join(' '),
    mergedOn: dayByMerged.get(id) ?? null,
  }))
}

function headOf(
  seals: readonly SignatureSealTable[],
  clinic: Sealer,
  { patientId, at, charts }: Pick<ChainHead, 'at' | 'charts'> & { readonly patientId: PatientId },
): SignedPiece {
  const last = seals.at(-1)
  const head: ChainHead = {
    format: 'countersign/head/1',
    clinicId: clinic.clinicId,
    patientId,
    count: last?.chain_no ?? 0,
    last: last ? entrySha256(last.statement, last.signature) : null,
    at,
    charts,
    keyId: clinic.keyId,
  }
  return { statement: canonicalJson(head), signature: clinic.sign(signedText(head)) }
}

/** Null where the text is damaged: the entry goes in all the same, and what it named cannot be looked for. */
function readStatement({ statement }: SignatureSealTable): SignedStatement | null {
  try {
    const parsed = JSON.parse(statement) as SignedStatement
    return Array.isArray(parsed.references) && Array.isArray(parsed.photos) && parsed.record ? parsed : null
  } catch {
    return null
  }
}

async function selectUnsealed(reader: Reader, patientId: PatientId): Promise<readonly UnsealedSignature[]> {
  const rows = await many<SignatureTable>(
    reader,
    `select s.* from signature s join record_version v on v.id = s.version_id
       where v.patient_id = ? and not exists (select 1 from signature_seal where signature_id = s.id)
       order by s.signed_at, s.id limit 100000`,
    [patientId],
  )
  return rows.map((row) => ({ signatureId: row.id, scheme: row.scheme, ...statedOf(row) }))
}

/** All keys of everybody who signed here: which pair followed which is part of the story. */
async function selectKeysOf(
  reader: Reader,
  clinicKeyId: string,
  statements: readonly SignedStatement[],
): Promise<readonly SigningKeyTable[]> {
  const used = new Set([clinicKeyId, ...statements.map(({ keyId }) => keyId)])
  const signers = new Set(statements.flatMap(({ signer }) => signer?.staffId ?? []))
  const rows = await many<SigningKeyTable>(reader, 'select * from signing_key order by made_at, id limit 10000')
  return rows
    .filter((key) => used.has(key.id) || (key.staff_id !== null && signers.has(key.staff_id)))
    .toSorted((a, b) => Number(b.id === clinicKeyId) - Number(a.id === clinicKeyId))
}

function nameOfClinic(keys: readonly SigningKeyTable[], keyId: string): string {
  const own = keys.find(({ id }) => id === keyId)
  if (!own) throw new Error('the key of the clinic has no certificate')
  try {
    return String((JSON.parse(own.certificate) as KeyCertificate).printedName)
  } catch {
    return ''
  }
}

async function selectNamedVersions(reader: Reader, ids: readonly string[]): Promise<readonly PacketVersion[]> {
  const found: RecordVersionTable[] = []
  for (const some of inParts(ids)) {
    found.push(
      ...(await many<RecordVersionTable>(
        reader,
        `select * from record_version where id in (${some.map(() => '?').join(', ')}) limit ${mostIds}`,
        some,
      )),
    )
  }
  const place = ({ kind, record_id, number }: RecordVersionTable) =>
    `${kind} ${record_id} ${String(number).padStart(8, '0')}`
  return found
    .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
    .map(({ id, kind, record_id, number, schema, sha256, body }) => ({
      versionId: id,
      kind,
      recordId: record_id,
      number,
      schema,
      sha256,
      body,
    }))
}

async function selectNamedPhotos(
  reader: Reader,
  statements: readonly SignedStatement[],
): Promise<SignedPacket['photos']> {
  const found: { readonly photoId: PhotoId; readonly sha256: string }[] = []
  for (const some of inParts(statements.flatMap(({ photos }) => photos.map(({ photoId }) => photoId))))
    found.push(...(await selectPhotoBytes(reader, some)))
  return found.toSorted((a, b) => (a.photoId < b.photoId ? -1 : 1))
}

function inParts<Id extends string>(ids: readonly Id[]): readonly (readonly Id[])[] {
  const unique = [...new Set(ids)].toSorted()
  return Array.from({ length: Math.ceil(unique.length / mostIds) }, (_, part) =>
    unique.slice(part * mostIds, (part + 1) * mostIds),
  )
}
