/*
 * countersign-verify: checks the signed packet of one patient. Plain Node 20 or newer, nothing installed, no network.
 *
 *   node countersign-verify.mjs packet.json [--fingerprint XXXX-XXXX-...] [--photos folder] [--json]
 *
 * It is written against docs/signed-packet.md alone and takes nothing from the program whose work it checks.
 * Exit codes: 0 proven, 2 consistent but of unproven origin, 1 broken, 3 unreadable.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const largestPacketBytes = 128 * 1024 * 1024
/** Limits that no packet of a clinic comes near; beyond them a reader's memory would end before the file does. */
const mostParts = 4_000_000
const deepestNesting = 32
const mostFaultsNamed = 1000
const mostPhotoFiles = 20_000

/** What can be wrong, in words for a reader who knows nothing of the program. */
export const faults = {
  FINGERPRINT_DIFFERS: 'the key of the clinic is not the one whose fingerprint was given',
  CLINIC_CHANGED: 'what the packet says about the clinic is not what the certificate of its key says',
  KEY_CHANGED: 'the certificate of a key is not as it was written',
  KEY_NOT_CERTIFIED: 'a key is not certified by the key of the clinic',
  STATEMENT_CHANGED: 'the signed statement is not as it was written',
  SIGNATURE_WRONG: 'the signature does not belong to this statement and key; one of them was changed',
  KEY_UNKNOWN: 'it was signed with a key that the packet does not hold, or with the key of somebody else',
  FOREIGN_ENTRY: 'it belongs to another patient or another clinic',
  ENTRY_MISSING: 'signatures are missing from the chain before it, or the chain is out of order',
  CHAIN_BROKEN: 'the signature before it is not the one that it was made after',
  VERSION_MISSING: 'a record version that was signed is not in the packet',
  BODY_CHANGED: 'the text of a record version was changed after it was signed',
  VERSION_CHANGED: 'what the packet says about a record version is not what was signed',
  PHOTO_MISSING: 'a photograph that was signed is not in the packet',
  PHOTO_CHANGED: 'a photograph is not the one that was signed',
  NOT_SIGNED: 'it is in the packet, but no signature names it',
  HEAD_WRONG: 'the statement about the end of the chain was changed, or is not signed by the clinic',
  END_MISSING: 'the last signatures of the chain are missing',
  END_DIFFERS: 'the last signature is not the one that the clinic says is the last',
  SEAL_MISSING: 'it was made when the clinic had keys, and yet no key signed it',
} as const
type FaultCode = keyof typeof faults

// The shapes of docs/signed-packet.md. `?` may be null; `count` is a whole number from 0.
type Shape = Leaf | readonly [Shape] | { readonly [name: string]: Shape }
type Leaf = 'text' | 'text?' | 'count' | 'integer' | 'hash' | 'hash?'

const signerShape = { staffId: 'text?', printedName: 'text', credential: 'text', licence: 'text' } as const
export const shapes = {
  packet: {
    format: 'text',
    clinic: { clinicId: 'text', name: 'text', publicKey: 'text', fingerprint: 'text' },
    keys: [{ certificate: 'text', signature: 'text' }],
    entries: [{ no: 'count', statement: 'text', signature: 'text' }],
    versions: [
      {
        versionId: 'text',
        kind: 'text',
        recordId: 'text',
        number: 'count',
        schema: 'text',
        sha256: 'hash',
        body: 'text',
      },
    ],
    photos: [{ photoId: 'text', sha256: 'hash' }],
    unsealed: [
      {
        signatureId: 'text',
        scheme: 'text',
        record: { kind: 'text', recordId: 'text', versionId: 'text', sha256: 'hash' },
        signer: signerShape,
        meaning: 'text',
        signedAt: 'text',
        utcOffsetMin: 'integer',
      },
    ],
    head: { statement: 'text', signature: 'text' },
  },
  certificate: {
    format: 'text',
    clinicId: 'text',
    keyId: 'text',
    publicKey: 'text',
    staffId: 'text?',
    printedName: 'text',
    madeAt: 'text',
    because: 'text',
    replaces: 'text?',
  },
  reset: { byStaffId: 'text', byName: 'text', at: 'text' },
  statement: {
    format: 'text',
    clinicId: 'text',
    chain: { patientId: 'text?', no: 'count', previous: 'hash?' },
    record: {
      kind: 'text',
      recordId: 'text',
      versionId: 'text',
      number: 'count',
      schema: 'text',
      sha256: 'hash',
    },
    references: [{ kind: 'text', recordId: 'text', versionId: 'text', sha256: 'hash' }],
    photos: [{ photoId: 'text', sha256: 'hash' }],
    signer: signerShape,
    scheme: 'text',
    meaning: 'text',
    signedAt: 'text',
    utcOffsetMin: 'integer',
    keyId: 'text',
  },
  head: {
    format: 'text',
    clinicId: 'text',
    patientId: 'text?',
    count: 'count',
    last: 'hash?',
    at: 'text',
    charts: [{ patientId: 'text', chartNumber: 'text', name: 'text', mergedOn: 'text?' }],
    keyId: 'text',
  },
} as const

type Of<S> = S extends 'text' | 'hash'
  ? string
  : S extends 'text?' | 'hash?'
    ? string | null
    : S extends 'count' | 'integer'
      ? number
      : S extends readonly [infer Element]
        ? readonly Of<Element>[]
        : { readonly [Name in keyof S]: Of<S[Name]> }

type Packet = Of<typeof shapes.packet>
type Certificate = Of<typeof shapes.certificate> & { readonly reset: Of<typeof shapes.reset> | null }
type Statement = Of<typeof shapes.statement>
type Head = Of<typeof shapes.head>

type Fault = {
  readonly code: FaultCode
  /** The signature's number in the chain where it is about one. */
  readonly no: number | null
  readonly where: string
  readonly words: string
}
type SignatureReport = {
  readonly no: number
  readonly isIntact: boolean
  readonly record: Statement['record']
  readonly signer: Statement['signer']
  readonly scheme: string
  readonly meaning: string
  readonly signedAt: string
  readonly utcOffsetMin: number
  readonly key: { readonly keyId: string; readonly madeAt: string; readonly reset: Certificate['reset'] } | null
}
export type Report = {
  readonly verdict: 'PROVEN' | 'CONSISTENT' | 'BROKEN' | 'UNREADABLE'
  /** Why it is unreadable; null otherwise. */
  readonly unreadable: string | null
  readonly clinic: { readonly clinicId: string; readonly name: string; readonly fingerprint: string } | null
  readonly patientId: string | null
  readonly madeAt: string | null
  readonly signatures: readonly SignatureReport[]
  readonly unsealed: readonly Packet['unsealed'][number][]
  /** The first thousand, and how many there are. */
  readonly faults: readonly Fault[]
  readonly faultCount: number
  readonly notes: readonly string[]
}

type Options = {
  /** Of the clinic's key, as it stands on a signed paper. */
  readonly fingerprint?: string | undefined
  /** SHA-256 of photograph files by file name. */
  readonly photoFiles?: ReadonlyMap<string, string> | undefined
}

const exitCodes = { PROVEN: 0, BROKEN: 1, CONSISTENT: 2, UNREADABLE: 3 } as const

/** Never throws: what cannot be read is UNREADABLE. */
export function verifyPacket(text: string, options: Options = {}): Report {
  try {
    if (isTooMuch(text)) return unreadable('it has more parts than a packet can have')
    const parsed: unknown = JSON.parse(text)
    const misfit = misfitOf(parsed, shapes.packet, 'packet')
    if (misfit) return unreadable(misfit)
    const packet = parsed as Packet
    if (packet.format !== 'countersign/packet/1') return unreadable('its format is not countersign/packet/1')
    return judge(packet, options)
  } catch {
    return unreadable('it is not JSON text')
  }
}

function judge(packet: Packet, { fingerprint, photoFiles }: Options): Report {
  const found: Fault[] = []
  const brokenNos = new Set<number | null>()
  let faultCount = 0
  const notes: string[] = []
  const fault = (code: FaultCode, where: string, no: number | null = null) => {
    faultCount += 1
    brokenNos.add(no)
    if (found.length < mostFaultsNamed) found.push({ code, no, where, words: faults[code] })
  }
  const { clinic } = packet
  const certificates = checkKeys(packet, fault)
  const own = [...certificates.values()].find(({ publicKey }) => publicKey === clinic.publicKey)
  const actualFingerprint = fingerprintOf(clinic.publicKey)
  if (
    clinic.fingerprint !== actualFingerprint ||
    own?.because !== 'CLINIC' ||
    own.clinicId !== clinic.clinicId ||
    own.printedName !== clinic.name
  )
    fault('CLINIC_CHANGED', 'clinic')
  const isProven = fingerprint !== undefined && plainFingerprint(fingerprint) === plainFingerprint(actualFingerprint)
  if (fingerprint !== undefined && !isProven) fault('FINGERPRINT_DIFFERS', 'clinic')

  const head = checkHead(packet, own, fault)
  for (const chart of head?.charts ?? []) notes.push(inChart(chart, head?.patientId ?? null))
  const statements = checkEntries(packet, { certificates, head, fault })
  checkContents(packet, statements, fault)
  if (photoFiles) checkPhotoFiles(packet, photoFiles, fault, notes)
  else if (packet.photos.length > 0) notes.push('the photographs themselves were not given; their hashes were compared')
  checkUnsealed(packet, own, fault, notes)
  noteClocks(statements, notes)

  return {
    verdict: faultCount > 0 ? 'BROKEN' : isProven ? 'PROVEN' : 'CONSISTENT',
    unreadable: null,
    clinic: { clinicId: clinic.clinicId, name: clinic.name, fingerprint: actualFingerprint },
    patientId: head?.patientId ?? null,
    madeAt: head?.at ?? null,
    signatures: statements.map(({ chain, record, signer, scheme, meaning, signedAt, utcOffsetMin, keyId }) => {
      const key = certificates.get(keyId)
      return {
        no: chain.no,
        isIntact: !brokenNos.has(chain.no),
        record,
        signer,
        scheme,
        meaning,
        signedAt,
        utcOffsetMin,
        key: key ? { keyId, madeAt: key.madeAt, reset: key.reset } : null,
      }
    }),
    unsealed: packet.unsealed,
    faults: found,
    faultCount,
    notes,
  }
}

type Tell = (code: FaultCode, where: string, no?: number | null) => void

/** The certificates that the clinic's key signed; every other key counts for nothing. */
function checkKeys({ keys, clinic }: Packet, fault: Tell): ReadonlyMap<string, Certificate> {
  const certified = new Map<string, Certificate>()
  for (const [index, { certificate: text, signature }] of keys.entries()) {
    const where = `key ${index + 1}`
    const certificate = readCertificate(text)
    if (!certificate) {
      fault('KEY_CHANGED', where)
    } else if (
      certificate.clinicId !== clinic.clinicId ||
      (certificate.because === 'CLINIC') !== (certificate.staffId === null) ||
      (certificate.because === 'CLINIC' && certificate.publicKey !== clinic.publicKey) ||
      certified.has(certificate.keyId) ||
      !isSignedBy(clinic.publicKey, certificate.format, text, signature)
    ) {
      fault('KEY_NOT_CERTIFIED', `${where} (${certificate.printedName})`)
    } else {
      certified.set(certificate.keyId, certificate)
    }
  }
  return certified
}

function readCertificate(text: string): Certificate | null {
  const parsed = parseExact(text)
  if (typeof parsed !== 'object' || parsed === null || !('reset' in parsed)) return null
  const { reset, ...rest } = parsed as { readonly reset: unknown }
  const isWhole =
    misfitOf(rest, shapes.certificate, 'certificate') === null &&
    (reset === null || misfitOf(reset, shapes.reset, 'reset') === null)
  const certificate = parsed as Certificate
  return isWhole && certificate.format === 'countersign/key/1' ? certificate : null
}

/** A person with merged charts has a packet for each of them; this one is of one chart. */
function inChart({ chartNumber, name, patientId, mergedOn }: Head['charts'][number], ofPacket: string | null): string {
  const whose = patientId === ofPacket ? 'this packet is of' : 'the same person, with a packet of its own, is in'
  const since = mergedOn === null ? 'the chart that is kept' : `merged on ${mergedOn}`
  return `${whose} chart ${chartNumber}, ${name} (${since})`
}

function checkHead({ head, clinic }: Packet, own: Certificate | undefined, fault: Tell): Head | null {
  const parsed = parseExact(head.statement)
  const read = misfitOf(parsed, shapes.head, 'head') === null ? (parsed as Head) : null
  const isRight =
    read !== null &&
    read.format === 'countersign/head/1' &&
    read.clinicId === clinic.clinicId &&
    read.keyId === own?.keyId &&
    isSignedBy(clinic.publicKey, read.format, head.statement, head.signature)
  if (!isRight) fault('HEAD_WRONG', 'head')
  return isRight ? read : null
}

/** Each statement by itself, then its place in the chain, then the chain's end. */
function checkEntries(
  { entries, clinic }: Packet,
  { certificates, head, fault }: { certificates: ReadonlyMap<string, Certificate>; head: Head | null; fault: Tell },
): readonly Statement[] {
  const statements: Statement[] = []
  let lastNo = 0
  let lastHash: string | null = null
  for (const [index, { no, statement: text, signature }] of entries.entries()) {
    const where = `entry ${no}`
    const parsed = parseExact(text)
    const statement = misfitOf(parsed, shapes.statement, 'statement') === null ? (parsed as Statement) : null
    if (no !== lastNo + 1) fault('ENTRY_MISSING', `${where} (place ${index + 1})`, no)
    if (statement?.format !== 'countersign/sign/1') {
      fault('STATEMENT_CHANGED', where, no)
    } else {
      statements.push(statement)
      const { chain, signer, scheme, keyId } = statement
      const key = certificates.get(keyId)
      const isOwnKey =
        key !== undefined &&
        (scheme === 'mark/1'
          ? key.because === 'CLINIC' && signer.staffId === null
          : scheme === 'ed25519/1' && signer.staffId !== null && key.staffId === signer.staffId)
      if (!isOwnKey) fault('KEY_UNKNOWN', where, no)
      else if (!isSignedBy(key.publicKey, statement.format, text, signature)) fault('SIGNATURE_WRONG', where, no)
      if (chain.no !== no) fault('ENTRY_MISSING', where, no)
      if (statement.clinicId !== clinic.clinicId || (head && chain.patientId !== head.patientId))
        fault('FOREIGN_ENTRY', where, no)
      if (chain.previous !== lastHash) fault('CHAIN_BROKEN', where, no)
    }
    lastNo = no
    lastHash = sha256(`${text}\n${signature}`)
  }
  if (head && head.count > lastNo) fault('END_MISSING', `the chain ends at ${lastNo} of ${head.count}`)
  else if (head && (head.count !== lastNo || head.last !== lastHash)) fault('END_DIFFERS', 'head', lastNo || null)
  return statements
}

/** The records and photographs: what each signature names is there with the bytes it had, and nothing besides. */
function checkContents(packet: Packet, statements: readonly Statement[], fault: Tell): void {
  const versions = new Map(packet.versions.map((version) => [version.versionId, version]))
  const photos = new Map(packet.photos.map((photo) => [photo.photoId, photo.sha256]))
  const named = new Set<string>()
  const namedPhotos = new Set<string>()
  for (const { chain, record, references, photos: signedPhotos } of statements) {
    for (const reference of [record, ...references]) {
      const { kind, recordId, versionId } = reference
      const where = `entry ${chain.no}, ${kind} ${recordId}`
      named.add(versionId)
      const version = versions.get(versionId)
      if (!version) fault('VERSION_MISSING', where, chain.no)
      else if (sha256(version.body) !== reference.sha256) fault('BODY_CHANGED', where, chain.no)
      else if (
        version.sha256 !== reference.sha256 ||
        version.kind !== kind ||
        version.recordId !== recordId ||
        (reference === record && (version.number !== record.number || version.schema !== record.schema))
      )
        fault('VERSION_CHANGED', where, chain.no)
    }
    for (const { photoId, sha256: hash } of signedPhotos) {
      namedPhotos.add(photoId)
      const kept = photos.get(photoId)
      if (kept === undefined) fault('PHOTO_MISSING', `entry ${chain.no}, photo ${photoId}`, chain.no)
      else if (kept !== hash) fault('PHOTO_CHANGED', `entry ${chain.no}, photo ${photoId}`, chain.no)
    }
  }
  for (const { record } of packet.unsealed) {
    named.add(record.versionId)
    const version = versions.get(record.versionId)
    const where = `unsealed signature of ${record.kind} ${record.recordId}`
    if (!version) fault('VERSION_MISSING', where)
    else if (sha256(version.body) !== record.sha256) fault('BODY_CHANGED', where)
    else if (version.sha256 !== record.sha256 || version.kind !== record.kind || version.recordId !== record.recordId)
      fault('VERSION_CHANGED', where)
  }
  for (const { versionId, kind, recordId } of packet.versions)
    if (!named.delete(versionId)) fault('NOT_SIGNED', `${kind} ${recordId}, version ${versionId}`)
  for (const { photoId } of packet.photos) if (!namedPhotos.delete(photoId)) fault('NOT_SIGNED', `photo ${photoId}`)
}

/** A file whose name begins with a photograph's id must be it; any other file with the right bytes will do as well. */
function checkPhotoFiles({ photos }: Packet, files: ReadonlyMap<string, string>, fault: Tell, notes: string[]): void {
  const hashes = new Set(files.values())
  for (const { photoId, sha256: hash } of photos) {
    const isOther = [...files].some(([name, other]) => name.startsWith(photoId) && other !== hash)
    if (isOther) fault('PHOTO_CHANGED', `file of photo ${photoId}`)
    else if (!hashes.has(hash)) notes.push(`photo ${photoId} is not in the folder`)
  }
}

function checkUnsealed({ unsealed }: Packet, own: Certificate | undefined, fault: Tell, notes: string[]): void {
  for (const { scheme, signedAt, record } of unsealed)
    if (scheme !== 'reauth/1' || !own || signedAt >= own.madeAt)
      fault('SEAL_MISSING', `signature of ${record.kind} ${record.recordId}`)
  if (unsealed.length > 0)
    notes.push(`${unsealed.length} older signatures were made before the clinic had keys: nobody can check who signed`)
}

/** A clock that was set back is no proof of anything, but a reader should know. */
function noteClocks(statements: readonly Statement[], notes: string[]): void {
  for (const [index, { chain, signedAt }] of statements.entries()) {
    const before = statements[index - 1]
    if (before && signedAt < before.signedAt) notes.push(`entry ${chain.no} has an earlier time than the one before it`)
  }
}

function isSignedBy(publicKey: string, format: string, text: string, signature: string): boolean {
  const [key, signed] = [bytesOf(publicKey, 32), bytesOf(signature, 64)]
  if (!key || !signed) return false
  try {
    const purpose = format.replace(/\/(\d+)$/u, '/v$1')
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey }
    return verify(null, Buffer.from(`${purpose}\n${text}`), createPublicKey({ key: jwk, format: 'jwk' }), signed)
  } catch {
    return false
  }
}

/** Base64url without padding, in its only right spelling. */
function bytesOf(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : null
}

function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex')
  return (digest.slice(0, 40).toUpperCase().match(/.{4}/gu) ?? []).join('-')
}

function plainFingerprint(text: string): string {
  return text.replaceAll(/[\s-]/gu, '').toUpperCase()
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** The value of a text that is exactly its own RFC 8785 text; undefined for every other text. */
function parseExact(text: string): unknown {
  try {
    if (isTooMuch(text)) return undefined
    const value: unknown = JSON.parse(text)
    return canonical(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** Counts what `JSON.parse` would have to build, before it builds it. */
function isTooMuch(text: string): boolean {
  let depth = 0
  let parts = 0
  let isInText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (isInText) {
      if (sign === '\\') at += 1
      else if (sign === '"') isInText = false
    } else if (sign === '"') {
      isInText = true
    } else if (sign === '[' || sign === '{') {
      depth += 1
      parts += 1
    } else if (sign === ']' || sign === '}') {
      depth -= 1
    } else if (sign === ',') {
      parts += 1
    }
    if (depth > deepestNesting || parts > mostParts) return true
  }
  return false
}

/** RFC 8785 of a value that `JSON.parse` gave. */
export function canonical(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('not a number of JSON')
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) throw new Error('a lone surrogate')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((element) => canonical(element)).join(',')}]`
  const members = value as Readonly<Record<string, unknown>>
  const names = Object.keys(members).sort()
  return `{${names.map((name) => `${canonical(name)}:${canonical(members[name])}`).join(',')}}`
}

/** Where a value does not have a shape, in words; null where it has. Members beyond the shape do not fit either. */
function misfitOf(value: unknown, shape: Shape, where: string): string | null {
  if (typeof shape === 'string') return isLeaf(value, shape) ? null : `${where} is not of the kind "${shape}"`
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return `${where} is not a list`
    for (const [index, element] of value.entries()) {
      const misfit = misfitOf(element, shape[0], `${where}[${index}]`)
      if (misfit) return misfit
    }
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${where} is not an object`
  const members = value as Readonly<Record<string, unknown>>
  const surplus = Object.keys(members).find((name) => !Object.hasOwn(shape, name))
  if (surplus !== undefined) return `${where} has a member that does not belong there: ${surplus}`
  for (const [name, inner] of Object.entries(shape)) {
    const misfit = Object.hasOwn(members, name)
      ? misfitOf(members[name], inner, `${where}.${name}`)
      : `${where}.${name} is missing`
    if (misfit) return misfit
  }
  return null
}

function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape)
}

function isLeaf(value: unknown, leaf: Leaf): boolean {
  if (value === null) return leaf.endsWith('?')
  if (leaf === 'integer' || leaf === 'count')
    return Number.isSafeInteger(value) && (leaf === 'integer' || Number(value) >= 0)
  return typeof value === 'string' && (!leaf.startsWith('hash') || /^[0-9a-f]{64}$/u.test(value))
}

function unreadable(why: string): Report {
  const nothing = { clinic: null, patientId: null, madeAt: null, signatures: [], unsealed: [], notes: [] }
  return { verdict: 'UNREADABLE', unreadable: why, ...nothing, faults: [], faultCount: 0 }
}

const verdictWords: Readonly<Record<Report['verdict'], string>> = {
  PROVEN:
    'PROVEN: every byte is as it was signed, nothing is missing, and the key is the one of the fingerprint given.',
  CONSISTENT:
    'CONSISTENT, ORIGIN NOT PROVEN: every byte is as it was signed and nothing is missing, but anybody could have made such a packet with a key of their own. Compare the fingerprint with one that you have on paper from the clinic: --fingerprint.',
  BROKEN: 'BROKEN: this is not what was signed. What is wrong is named below.',
  UNREADABLE: 'UNREADABLE: this is not a signed packet.',
}

function inWords(report: Report): string {
  const { clinic, signatures, unsealed, patientId, madeAt, notes } = report
  const lines = [verdictWords[report.verdict]]
  if (report.unreadable !== null) lines.push(`Why: ${report.unreadable}.`)
  for (const { code, where, words } of report.faults) lines.push(`  ${code}, ${where}: ${words}.`)
  if (report.faultCount > report.faults.length) lines.push(`  and ${report.faultCount - report.faults.length} more.`)
  if (clinic) {
    lines.push('', `Clinic: ${clinic.name} (${clinic.clinicId})`, `Fingerprint of its key: ${clinic.fingerprint}`)
    lines.push(`Patient: ${patientId ?? 'not certain'}, packet made ${madeAt ?? 'at an unknown time'}`)
    lines.push(`Signatures: ${signatures.length}${unsealed.length > 0 ? `, and ${unsealed.length} without a key` : ''}`)
  }
  for (const { no, isIntact, record, signer, scheme, meaning, signedAt, utcOffsetMin, key } of signatures) {
    const who = [signer.printedName, signer.credential, signer.licence].filter((part) => part !== '').join(', ')
    lines.push(
      `  ${no}. ${isIntact ? 'as signed' : 'BROKEN'}: ${record.kind} ${record.recordId} (${record.schema}), version ${record.number}`,
      `     ${meaning} by ${who}, ${signedAt} (clock ${utcOffsetMin} min from UTC)`,
    )
    if (scheme === 'mark/1')
      lines.push("     a mark on the clinic's screen, witnessed by the clinic's key; it does not prove who drew it")
    if (key?.reset) lines.push(`     with a key made after ${key.reset.byName} reset the sign-in on ${key.reset.at}`)
  }
  for (const { record, signer, meaning, signedAt } of unsealed)
    lines.push(`  without a key: ${record.kind} ${record.recordId}, ${meaning} by ${signer.printedName}, ${signedAt}`)
  for (const note of notes) lines.push(`Note: ${note}.`)
  return `${lines.map(harmless).join('\n')}\n`
}

/** Text from a packet must not steer the terminal it is shown in. */
function harmless(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\uFFFD')
}

/** At most so many bytes: a size can be a lie where the file is a device. */
function readCapped(path: string): string {
  if (!statSync(path).isFile()) throw new Error('it is not a file')
  const descriptor = openSync(path, 'r')
  try {
    const parts: Buffer[] = []
    let total = 0
    for (;;) {
      const part = Buffer.alloc(1 << 20)
      const read = readSync(descriptor, part)
      if (read === 0) return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts, total))
      total += read
      if (total > largestPacketBytes) throw new Error('it is larger than 128 MiB')
      parts.push(part.subarray(0, read))
    }
  } finally {
    closeSync(descriptor)
  }
}

function hashPhotoFiles(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder).slice(0, mostPhotoFiles)
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )
}

type Arguments = {
  readonly path: string
  readonly fingerprint: string | undefined
  readonly photos: string | undefined
  readonly isJson: boolean
}

function readArguments(given: readonly string[]): Arguments | null {
  const rest = [...given]
  const paths: string[] = []
  let fingerprint: string | undefined
  let photos: string | undefined
  let isJson = false
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--json') isJson = true
    else if (word === '--fingerprint') fingerprint = rest.shift() ?? ''
    else if (word === '--photos') photos = rest.shift() ?? ''
    else if (word.startsWith('--')) return null
    else paths.push(word)
  }
  const [path] = paths
  const isWhole = fingerprint === undefined || /^[0-9A-F]{40}$/u.test(plainFingerprint(fingerprint))
  return path !== undefined && paths.length === 1 && isWhole && photos !== ''
    ? { path, fingerprint, photos, isJson }
    : null
}

function run(): number {
  const wanted = readArguments(process.argv.slice(2))
  if (!wanted) {
    process.stderr.write(
      'node countersign-verify.mjs packet.json [--fingerprint ten groups of four] [--photos folder] [--json]\n',
    )
    return exitCodes.UNREADABLE
  }
  const report = verifyFile(wanted)
  const [text, verdict] = sayReport(report, wanted.isJson)
  process.stdout.write(text)
  return exitCodes[verdict]
}

function sayReport(report: Report, isJson: boolean): readonly [text: string, verdict: Report['verdict']] {
  const say = (one: Report) => (isJson ? `${JSON.stringify(one, null, 2)}\n` : inWords(one))
  try {
    return [say(report), report.verdict]
  } catch {
    // Longer than a text can be.
    return [say(unreadable('its report would be too long to write')), 'UNREADABLE']
  }
}

function verifyFile({ path, fingerprint, photos }: Arguments): Report {
  try {
    const photoFiles = photos === undefined ? undefined : hashPhotoFiles(photos)
    return verifyPacket(readCapped(path), { fingerprint, photoFiles })
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : 'it cannot be read')
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  process.exitCode = run()
