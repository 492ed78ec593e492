import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Reader, Trx } from '../../db/open.ts'
import { makePacket } from '../../db/queries/packet.ts'
import { change, many, sha256Of } from '../../db/records.ts'
import { selectSignatures } from '../../db/signatures.ts'
import { faults, type Report, shapes, verifyPacket } from '../../main/verifier/countersign-verify.ts'
import { writeVerifier } from '../../main/verifier/write-verifier.ts'
import type { RecordKind } from '../../shared/domain/record-kinds.ts'
import type { SignedPacket } from '../../shared/domain/signed-packet.ts'
import type { PatientId, SignatureId } from '../../shared/kernel/ids.ts'
import { packetOf, type SignedChart, signedChart } from '../support/packet.ts'
import { write } from '../support/session.ts'
import { dropTriggers } from '../support/store.ts'

type Changeable<Value> = Value extends string
  ? string
  : Value extends readonly (infer Element)[]
    ? Changeable<Element>[]
    : Value extends object
      ? { -readonly [Name in keyof Value]: Changeable<Value[Name]> }
      : Value
type Packet = Changeable<SignedPacket>

const folder = mkdtempSync(join(tmpdir(), 'countersign-verifier-'))
const program = join(folder, 'countersign-verify.mjs')
const file = join(folder, 'packet.json')

/** As a stranger runs it: the one file, by itself. */
function run(content: string | Buffer, ...options: readonly string[]) {
  writeFileSync(file, content)
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, file, ...options], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return { status, stdout }
}

function changed(packet: SignedPacket, change: (packet: Packet) => void): Packet {
  const copy = structuredClone(packet) as unknown as Packet
  change(copy)
  return copy
}

function codesOf(packet: unknown): readonly string[] {
  return [...new Set(verifyPacket(JSON.stringify(packet)).faults.map(({ code }) => code))].sort()
}

let packet: SignedPacket
let other: SignedPacket

beforeAll(() => writeVerifier(program))
// Made inside the first test, because a clinic of the tests goes away with the test that it was made in.
beforeEach(async () => {
  packet ??= await packetOf(await signedChart())
  other ??= await packetOf(await signedChart())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the verifier', () => {
  it('needs nothing but what Node brings', () => {
    const imported = [...readFileSync(program, 'utf8').matchAll(/from '([^']+)'/gu)].map(([, name]) => name)
    expect(imported).toEqual(['node:crypto', 'node:fs', 'node:path', 'node:url'])
  })

  it('proves a whole packet by the clinic`s fingerprint, and says without it that the origin is open', () => {
    const text = JSON.stringify(packet)
    const { fingerprint } = packet.clinic
    const proven = run(text, '--fingerprint', fingerprint.replaceAll('-', ' ').toLowerCase())
    expect(proven.status).toBe(0)
    expect(proven.stdout).toContain('PROVEN')
    expect(proven.stdout).toContain('REVIEWED_AND_APPROVED by Dr Samuel Okafor 2, MD')
    expect(proven.stdout).toContain('a mark on the clinic')
    const open = run(text)
    expect(open.status).toBe(2)
    expect(open.stdout).toContain('ORIGIN NOT PROVEN')
    const foreign = run(text, '--fingerprint', other.clinic.fingerprint)
    expect(foreign.status).toBe(1)
    expect(foreign.stdout).toContain('FINGERPRINT_DIFFERS')
  })

  it('tells a program the same as a person', () => {
    const { status, stdout } = run(JSON.stringify(packet), '--json', '--fingerprint', packet.clinic.fingerprint)
    const report = JSON.parse(stdout) as Report
    expect(status).toBe(0)
    expect(report).toMatchObject({ verdict: 'PROVEN', faults: [], faultCount: 0, clinic: { name: packet.clinic.name } })
    expect(report.signatures.map(({ no }) => no)).toEqual(packet.entries.map(({ no }) => no))
    expect(report.signatures.every(({ isIntact }) => isIntact)).toBe(true)
  })

  const last = (one: Packet) => one.entries.length - 1
  const changes: readonly (readonly [string, (packet: Packet) => void, readonly string[]])[] = [
    ['an entry dropped from the middle', (one) => one.entries.splice(1, 1), ['CHAIN_BROKEN', 'ENTRY_MISSING']],
    ['the first entry dropped', (one) => one.entries.shift(), ['CHAIN_BROKEN', 'ENTRY_MISSING']],
    ['the last entry dropped', (one) => one.entries.pop(), ['END_MISSING']],
    ['every entry dropped', (one) => one.entries.splice(0), ['END_MISSING', 'NOT_SIGNED']],
    ['two entries exchanged', (one) => one.entries.reverse(), ['CHAIN_BROKEN', 'END_MISSING', 'ENTRY_MISSING']],
    ['a key left out', (one) => one.keys.pop(), ['KEY_UNKNOWN']],
    ['the clinic`s key left out', (one) => one.keys.shift(), ['CLINIC_CHANGED', 'HEAD_WRONG', 'KEY_UNKNOWN']],
    [
      'keys of another clinic',
      (one) => one.keys.splice(0, 9, ...structuredClone(other.keys)),
      ['CLINIC_CHANGED', 'HEAD_WRONG', 'KEY_NOT_CERTIFIED', 'KEY_UNKNOWN'],
    ],
    [
      'the clinic of another packet',
      (one) => Object.assign(one.clinic, other.clinic),
      ['KEY_NOT_CERTIFIED', 'CLINIC_CHANGED', 'HEAD_WRONG', 'KEY_UNKNOWN', 'FOREIGN_ENTRY'],
    ],
    [
      'the last entry of another clinic',
      (one) => one.entries.splice(last(one), 1, structuredClone(other.entries.at(-1) as Packet['entries'][number])),
      ['CHAIN_BROKEN', 'END_DIFFERS', 'FOREIGN_ENTRY', 'KEY_UNKNOWN', 'VERSION_MISSING'],
    ],
    ['the head of another packet', (one) => Object.assign(one.head, other.head), ['HEAD_WRONG']],
    ['a version left out', (one) => one.versions.pop(), ['VERSION_MISSING']],
    [
      'a version that nobody signed',
      (one) =>
        one.versions.push({
          ...(one.versions[0] as Packet['versions'][number]),
          versionId: 'a',
        }),
      ['NOT_SIGNED'],
    ],
    ['a photograph left out', (one) => one.photos.pop(), ['PHOTO_MISSING']],
    [
      'a photograph that nobody signed',
      (one) => one.photos.push({ photoId: 'a', sha256: '0'.repeat(64) }),
      ['NOT_SIGNED'],
    ],
    [
      'another spelling of a statement',
      (one) =>
        one.entries.forEach((entry) => {
          entry.statement = ` ${entry.statement}`
        }),
      ['STATEMENT_CHANGED'],
    ],
    [
      'a body and its hash changed together',
      (one) =>
        one.versions.forEach((version) => {
          version.body = '{}'
          version.sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
        }),
      ['BODY_CHANGED'],
    ],
    [
      'a clinic of another name',
      (one) => {
        one.clinic.name = 'Elsewhere'
      },
      ['CLINIC_CHANGED'],
    ],
    [
      'a signature whose seal is gone',
      (one) => one.unsealed.push(unsealedOf(one, 'ed25519/1', '2020-01-01T00:00:00.000Z')),
      ['SEAL_MISSING'],
    ],
    [
      'a signature without a key after keys were there',
      (one) => one.unsealed.push(unsealedOf(one, 'reauth/1', '2030-01-01T00:00:00.000Z')),
      ['SEAL_MISSING'],
    ],
  ]
  it.each(changes)('names %s', (_, change, codes) => {
    expect(codesOf(changed(packet, change))).toEqual(expect.arrayContaining([...codes]))
    const { status, stdout } = run(JSON.stringify(changed(packet, change)), '--fingerprint', packet.clinic.fingerprint)
    expect(status).toBe(1)
    for (const code of codes) expect(stdout).toContain(code)
  })

  it('lists a signature from before there were keys without calling it proven or broken', () => {
    const older = changed(packet, (one) => one.unsealed.push(unsealedOf(one, 'reauth/1', '2020-01-01T00:00:00.000Z')))
    const report = verifyPacket(JSON.stringify(older))
    expect(report.verdict).toBe('CONSISTENT')
    expect(report.notes.join()).toContain('1 older signatures')
  })

  it('compares the photographs themselves where they are given', () => {
    const [photo] = packet.photos
    const files = (hash: string) => new Map([[`${photo?.photoId}.jpg`, hash]])
    const check = (hash: string) => verifyPacket(JSON.stringify(packet), { photoFiles: files(hash) })
    expect(check(photo?.sha256 ?? '').verdict).toBe('CONSISTENT')
    expect(check('0'.repeat(64)).faults.map(({ code }) => code)).toEqual(['PHOTO_CHANGED'])
    const { status, stdout } = run(JSON.stringify(packet), '--photos', folder)
    expect(status).toBe(2)
    expect(stdout).toContain('is not in the folder')
  })

  it('notices any one changed character of what is signed or hashed', () => {
    const places = placesOf(packet)
    fc.assert(
      fc.property(
        fc.nat(places.length - 1),
        fc.nat(),
        fc.constantFrom('A', 'b', '0', '"', ' ', 'é'),
        (which, at, sign) => {
          const path = places[which] ?? []
          const text = String(valueAt(packet, path))
          const place = at % text.length
          fc.pre(text[place] !== sign)
          const other = changed(packet, (one) =>
            setAt(one, path, `${text.slice(0, place)}${sign}${text.slice(place + 1)}`),
          )
          const { verdict, faults: named, unreadable } = verifyPacket(JSON.stringify(other))
          expect(verdict === 'BROKEN' ? named.length : (unreadable ?? '').length).toBeGreaterThan(0)
          expect(['BROKEN', 'UNREADABLE']).toContain(verdict)
        },
      ),
      { numRuns: 1500, seed: 62_541 },
    )
  })

  const hostile: readonly (readonly [string, string | Buffer])[] = [
    ['nothing', ''],
    ['no JSON', 'packet'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
    ['null', 'null'],
    ['a list', '[]'],
    ['another format', '{"format":"countersign/packet/2"}'],
    ['a prototype', '{"__proto__":{"format":"countersign/packet/1"},"constructor":1}'],
    ['deep nesting', '['.repeat(2_000_000)],
    ['very many parts', `[${'{},'.repeat(6_000_000)}{}]`],
  ]
  it.each(hostile)('calls %s unreadable', (_, content) => {
    const { status, stdout } = run(content, '--json')
    expect(status).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'UNREADABLE', unreadable: expect.any(String) })
  })

  it('does not fall over any value in any place', () => {
    const places = [...placesOf(packet), ['keys'], ['entries'], ['versions'], ['head'], ['clinic'], ['entries', '0']]
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.jsonValue(), (which, value) => {
        const path = places[which] ?? []
        fc.pre(JSON.stringify(value) !== JSON.stringify(valueAt(packet, path)))
        const report = verifyPacket(JSON.stringify(changed(packet, (one) => setAt(one, path, value))))
        expect(['BROKEN', 'UNREADABLE']).toContain(report.verdict)
      }),
      { numRuns: 500, seed: 62_541 },
    )
  })

  it('takes a missing file, a folder and a wrong option for what they are, and steers no terminal', () => {
    const bare = (...options: readonly string[]) =>
      spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' }).status
    expect(bare()).toBe(3)
    expect(bare(join(folder, 'none.json'))).toBe(3)
    expect(bare(folder)).toBe(3)
    expect(bare(file, '--fingerprint', 'short')).toBe(3)
    expect(bare(file, '--what')).toBe(3)
    const { stdout } = run(
      JSON.stringify(
        changed(packet, (one) => {
          one.clinic.name = '\u001b[2J\u202e'
        }),
      ),
    )
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('\u202e')
  })
})

describe('the verifier and the program', () => {
  const tampering: readonly (readonly [string, string])[] = [
    ['nothing', 'update store_fact set value = value'],
    [
      'the body of a session',
      "update record_version set body = replace(body, 'CHEEK_ANT', 'FOREHEAD') where kind = 'session'",
    ],
    ['the body of a policy', "update record_version set body = '{}' where kind = 'policy'"],
    [
      'a body and its hash',
      `update record_version set body = '{}', sha256 = '${sha256Of('{}')}' where kind = 'consent'`,
    ],
    ['a statement', "update signature_seal set statement = replace(statement, 'APPROVED', 'REJECTED')"],
    ['a signature', `update signature_seal set signature = '${'A'.repeat(86)}' where chain_no = 2 and chain_of <> ''`],
    ['a certificate', "update signing_key set certificate = replace(certificate, 'Okafor', 'Somebody')"],
    ['a certificate`s signature', `update signing_key set certificate_signature = '${'A'.repeat(86)}'`],
    ['a picture', `update attachment set sha256 = '${'0'.repeat(64)}'`],
    ['a seal gone', "delete from signature_seal where chain_no = 2 and chain_of <> ''"],
    ['the last seals gone', "delete from signature_seal where chain_no > 2 and chain_of <> ''"],
  ]

  it('find the same signatures broken', async () => {
    const clinic = await signedChart()
    const { open } = clinic.app.services.storeLife
    dropTriggers(open)
    for (const [what, text] of tampering) {
      const seen = await inVain(clinic, async (trx) => {
        await change(trx, text)
        const packet = await makePacket(trx, open.clinicSealer, {
          patientId: clinic.patientId,
          publicKey: open.clinicPublicKey,
          at: clinic.host.now(),
        })
        const report = verifyPacket(JSON.stringify(packet))
        return { program: await brokenInProgram(trx, clinic.patientId), report, packet }
      })
      const byVerifier = seen.packet.entries
        .map(({ no }) => no)
        .filter((no) => !seen.report.signatures.some((one) => one.no === no && one.isIntact))
        .filter((no) => !isOnlyAfterChanged(seen.report, no))
      const missing = seen.report.faults.filter(({ code }) => code === 'SEAL_MISSING').length
      expect([what, byVerifier, missing]).toEqual([what, seen.program.nos, seen.program.withoutSeal])
      expect([what, seen.report.verdict]).toEqual([what, what === 'nothing' ? 'CONSISTENT' : 'BROKEN'])
    }
  })
})

/** The verifier works the entry hash out anew, so whatever follows a changed entry is named with it. */
function isOnlyAfterChanged({ faults: named, signatures }: Report, no: number): boolean {
  const isBeforeBroken = signatures.some((one) => one.no === no - 1 && !one.isIntact)
  return isBeforeBroken && named.every((fault) => fault.no !== no || fault.code === 'CHAIN_BROKEN')
}

/** The places in the chain that the program shows as broken, and how many signatures it shows without a seal. */
async function brokenInProgram(reader: Reader, patientId: PatientId) {
  const rows = await many<{ id: SignatureId; kind: RecordKind; record_id: string; no: number | null }>(
    reader,
    `select s.id, s.kind, s.record_id, c.chain_no as no from signature s join record_version v on v.id = s.version_id
       left join signature_seal c on c.signature_id = s.id where v.patient_id = ? order by c.chain_no`,
    [patientId],
  )
  const broken = new Set<string>()
  for (const { kind, record_id } of rows)
    for (const { signatureId, integrity } of await selectSignatures(reader, kind, record_id))
      if (integrity !== 'INTACT') broken.add(signatureId)
  const found = rows.filter(({ id }) => broken.has(id))
  return {
    nos: found.flatMap(({ no }) => no ?? []),
    withoutSeal: found.filter(({ no }) => no === null).length,
  }
}

/** What the work finds; what it did is taken back. */
async function inVain<Value>(clinic: SignedChart, work: (trx: Trx) => Promise<Value>): Promise<Value> {
  let found: { readonly value: Value } | null = null
  await write(clinic, async (trx) => {
    found = { value: await work(trx) }
    throw new Error('taken back')
  }).catch((error: unknown) => {
    if (!found) throw error
  })
  return (found as unknown as { readonly value: Value }).value
}

describe('the format document', () => {
  const document = readFileSync(new URL('../../docs/signed-packet.md', import.meta.url), 'utf8')
  const tableOf = (heading: string) => {
    const part = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
    return [...part.matchAll(/^\| `([^`]+)` \| ([a-z]+\??) \|/gmu)].map(([, path, kind]) => [path, kind])
  }

  it.each([
    ['Packet', shapes.packet],
    ['Statement', shapes.statement],
    ['Head', shapes.head],
  ])('lists every member of a %s', (heading, shape) => {
    expect(sorted(tableOf(heading))).toEqual(sorted(membersOf(shape)))
  })

  it('lists every member of a certificate', () => {
    const reset = membersOf(shapes.reset).map(([path, kind]) => [`reset.${path}`, kind])
    const members = [...membersOf(shapes.certificate), ['reset', 'object?'], ...reset]
    expect(sorted(tableOf('Certificate'))).toEqual(sorted(members))
  })

  it('lists every fault with its meaning', () => {
    const rows = [...document.matchAll(/^\| ([A-Z_]+) \| (.+) \|$/gmu)].map(([, code, words]) => [code, words])
    expect(rows).toEqual(Object.entries(faults))
  })
})

function unsealedOf({ versions }: Packet, scheme: string, signedAt: string): Packet['unsealed'][number] {
  const version = versions[0] as Packet['versions'][number]
  const { kind, recordId, versionId, sha256 } = version
  return {
    signatureId: 'a',
    scheme,
    record: { kind, recordId, versionId, sha256 },
    signer: { staffId: null, printedName: 'Somebody', credential: 'MD', licence: '' },
    meaning: 'AUTHOR',
    signedAt,
    utcOffsetMin: 0,
  }
}

type Path = readonly string[]

/** Every text of the packet that the format protects: not number and schema of a version that is only named. */
function placesOf(packet: SignedPacket): readonly Path[] {
  return leavesOf(packet).filter(
    (path) => !(path[0] === 'versions' && ['number', 'schema'].includes(path[2] ?? '')) && path[2] !== 'no',
  )
}

function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Readonly<Record<string, unknown>>)[name], value)
}

function setAt(value: unknown, path: Path, next: unknown): void {
  const holder = valueAt(value, path.slice(0, -1)) as Record<string, unknown>
  holder[path.at(-1) ?? ''] = next
}

/** `entries[].no` and the kind beside it. */
function membersOf(shape: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof shape === 'string') return [[path, shape]]
  if (Array.isArray(shape)) return membersOf(shape[0], `${path}[]`)
  return Object.entries(shape as object).flatMap(([name, inner]) =>
    membersOf(inner, path === '' ? name : `${path}.${name}`),
  )
}

function sorted(rows: readonly (readonly (string | undefined)[])[]): readonly string[] {
  return rows.map((row) => row.join(' ')).sort()
}
