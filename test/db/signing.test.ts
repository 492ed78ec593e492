import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { change, insertRecord, many, one, type RecordDefinition } from '../../db/records.ts'
import { insertSignature, selectSignatures } from '../../db/signatures.ts'
import { isSignatureOf, isSignatureOver, newKeyPair, signText } from '../../db/signing/ed25519.ts'
import type { SignatureId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { personSealer } from '../support/sealer.ts'
import { addStaff, dropTriggers, newStore, storeNow, type TestStore } from '../support/store.ts'

type Vector = { tcId: number; comment: string; msg: string; sig: string; result: 'valid' | 'invalid' }
const { testGroups } = JSON.parse(
  readFileSync(new URL('../data/ed25519/ed25519_test.json', import.meta.url), 'utf8'),
) as { testGroups: readonly { publicKey: { pk: string }; tests: readonly Vector[] }[] }
const vectors = testGroups.flatMap(({ publicKey, tests }) => tests.map((test) => ({ ...test, pk: publicKey.pk })))

describe('an Ed25519 signature', () => {
  it('has 151 vectors to agree with', () => {
    expect(vectors).toHaveLength(151)
  })

  it.each(vectors)('$tcId $comment is $result', ({ pk, msg, sig, result }) => {
    const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')
    expect(isSignatureOver(base64url(pk), Buffer.from(msg, 'hex'), base64url(sig))).toBe(result === 'valid')
  })

  it('is of its own text and its own key only', () => {
    const [mine, other] = [newKeyPair(), newKeyPair()]
    const signature = signText(mine.privateKey, 'Cheeks 1.00 mm')
    expect(isSignatureOf(mine.publicKey, 'Cheeks 1.00 mm', signature)).toBe(true)
    expect(isSignatureOf(mine.publicKey, 'Cheeks 1.50 mm', signature)).toBe(false)
    expect(isSignatureOf(other.publicKey, 'Cheeks 1.00 mm', signature)).toBe(false)
    expect(isSignatureOf('not a key', 'Cheeks 1.00 mm', signature)).toBe(false)
    expect(isSignatureOf(mine.publicKey, 'Cheeks 1.00 mm', `${signature}=`)).toBe(false)
  })
})

type RuleBody = { readonly name: string; readonly limitUm: number }
/** Of no patient, so that it chains by the clinic and needs no chart. */
const rule: RecordDefinition<RuleBody> = {
  kind: 'policy',
  table: 'policy',
  schema: 'rule/1',
  patientIdOf: () => null,
  project: () => ({ effective_from: '2026-08-03' }),
}

type Signed = { readonly id: string; readonly versionId: VersionId }

async function signedRule(store: TestStore, by: StaffId, named: readonly Signed[] = []): Promise<Signed> {
  const id = randomUUID()
  return store.write(async (trx) => {
    const versionId = await insertRecord(trx, rule, {
      id,
      body: { name: 'shallow', limitUm: 500 },
      state: { state: 'DRAFT', approved_by: null, approved_at: null },
      newId: randomUUID,
      at: storeNow,
      by,
      reason: 'CREATED',
    })
    await insertSignature(trx, rule, id, {
      signatureId: randomUUID() as SignatureId,
      versionId,
      signerId: by,
      signerName: 'Dr Samuel Okafor',
      credential: 'MD',
      licence: 'MD 1 (IL)',
      meaning: 'APPROVED',
      signedAt: storeNow,
      offsetMin: -300,
      sealer: await personSealer(trx, by),
      along: named.map(({ versionId }) => ({ kind: 'policy', versionId })),
    })
    return { id, versionId }
  })
}

async function faultOf(store: TestStore, { id }: Signed): Promise<string> {
  const [signature] = await selectSignatures(store.store.db, 'policy', id)
  return signature?.integrity ?? 'GONE'
}

describe('a chain of signatures', () => {
  it('names the one before it, from 1 without a gap', async () => {
    const store = await newStore()
    const by = await addStaff(store)
    const rules = [await signedRule(store, by), await signedRule(store, by), await signedRule(store, by)]
    const seals = await many<{ chain_no: number; previous: string | null; entry_sha256: string }>(
      store.store.db,
      `select chain_no, json_extract(statement, '$.chain.previous') as previous, entry_sha256 from signature_seal order by chain_no`,
    )
    expect(seals.map(({ chain_no }) => chain_no)).toEqual([1, 2, 3])
    expect(seals.map(({ previous }) => previous)).toEqual([null, seals[0]?.entry_sha256, seals[1]?.entry_sha256])
    for (const rule of rules) expect(await faultOf(store, rule)).toBe('INTACT')
  })

  it('cannot be changed or cut through the program’s own connection', async () => {
    const store = await newStore()
    await signedRule(store, await addStaff(store))
    for (const text of [
      "update signature_seal set statement = ''",
      'delete from signature_seal',
      "update signing_key set public_key = 'x'",
      'delete from signing_key',
    ]) {
      await expect(store.write((trx) => change(trx, text))).rejects.toThrow(/append-only|never deleted|stays/u)
    }
  })

  const changes: readonly (readonly [string, string, string])[] = [
    [
      'the body of the version',
      "update record_version set body = replace(body, '500', '900') where id = ?",
      'BYTES_CHANGED',
    ],
    [
      'body and hash together',
      "update record_version set body = '{}', sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' where id = ?",
      'BYTES_CHANGED',
    ],
    ['the version’s number', 'update record_version set number = 7 where id = ?', 'REFERENCE_CHANGED'],
    ['the version’s schema', "update record_version set schema = 'rule/2' where id = ?", 'REFERENCE_CHANGED'],
    ['the signer’s name', "update signature set signer_name = 'Somebody else' where version_id = ?", 'ROW_CHANGED'],
    ['the credential', "update signature set credential = 'DO' where version_id = ?", 'ROW_CHANGED'],
    ['the licence', "update signature set licence = 'none' where version_id = ?", 'ROW_CHANGED'],
    ['the meaning', "update signature set meaning = 'REVIEWED' where version_id = ?", 'ROW_CHANGED'],
    ['the time', "update signature set signed_at = '2026-08-03T15:42:17.000Z' where version_id = ?", 'ROW_CHANGED'],
    ['the clock’s offset', 'update signature set offset_min = 0 where version_id = ?', 'ROW_CHANGED'],
    ['the scheme', "update signature set scheme = 'mark/1' where version_id = ?", 'ROW_CHANGED'],
    ['a scheme that needs no key', "update signature set scheme = 'reauth/1' where version_id = ?", 'ROW_CHANGED'],
    ['the key', "update signature set key_id = 'other' where version_id = ?", 'KEY_UNKNOWN'],
    [
      'the seal gone',
      'delete from signature_seal where signature_id in (select id from signature where version_id = ?)',
      'SEAL_MISSING',
    ],
    [
      'the statement',
      "update signature_seal set statement = replace(statement, 'APPROVED', 'REVIEWED') where signature_id in (select id from signature where version_id = ?)",
      'SIGNATURE_WRONG',
    ],
    [
      'the place in the chain',
      'update signature_seal set chain_no = 9 where signature_id in (select id from signature where version_id = ?)',
      'ROW_CHANGED',
    ],
    [
      'the entry’s hash',
      `update signature_seal set entry_sha256 = '${'0'.repeat(64)}' where signature_id in (select id from signature where version_id = ?)`,
      'ROW_CHANGED',
    ],
  ]
  it.each(changes)('shows %s as broken', async (_, text, fault) => {
    const store = await newStore()
    const by = await addStaff(store)
    await signedRule(store, by)
    const second = await signedRule(store, by)
    dropTriggers(store)
    await store.write((trx) => change(trx, text, [second.versionId]))
    expect(await faultOf(store, second)).toBe(fault)
  })

  it('shows what it builds on as changed, and the gap where a link was taken out', async () => {
    const store = await newStore()
    const by = await addStaff(store)
    const first = await signedRule(store, by)
    const second = await signedRule(store, by, [first])
    const third = await signedRule(store, by)
    dropTriggers(store)
    await store.write((trx) => change(trx, "update record_version set body = '{}' where id = ?", [first.versionId]))
    expect(await faultOf(store, second)).toBe('REFERENCE_CHANGED')
    await store.write((trx) =>
      change(trx, 'delete from signature_seal where signature_id in (select id from signature where version_id = ?)', [
        second.versionId,
      ]),
    )
    expect(await faultOf(store, third)).toBe('CHAIN_BROKEN')
  })

  it.each([
    ['reauth/1', '2025-12-31T10:00:00.000Z', 'INTACT'],
    ['mark/1', '2025-12-31T10:00:00.000Z', 'INTACT'],
    ['ed25519/1', '2025-12-31T10:00:00.000Z', 'SEAL_MISSING'],
    ['mark/1', storeNow, 'SEAL_MISSING'],
  ])(
    'asks no seal of %s only where it is older than the clinic’s key: %s is %s',
    async (scheme, signedAt, expected) => {
      const store = await newStore()
      const rule = await signedRule(store, await addStaff(store))
      dropTriggers(store)
      await store.write(async (trx) => {
        await change(trx, 'delete from signature_seal')
        await change(trx, 'update signature set scheme = ?, signed_at = ?', [scheme, signedAt])
      })
      expect(await faultOf(store, rule)).toBe(expected)
    },
  )

  it('takes no key that the clinic did not certify', async () => {
    const store = await newStore()
    const by = await addStaff(store)
    const rule = await signedRule(store, by)
    dropTriggers(store)
    await store.write((trx) => change(trx, "update signing_key set because = 'RESET' where staff_id is not null"))
    expect(await faultOf(store, rule)).toBe('KEY_UNKNOWN')
  })

  it('notices one changed byte of statement or signature, wherever it is', async () => {
    const store = await newStore()
    const rule = await signedRule(store, await addStaff(store))
    dropTriggers(store)
    const seal = await one<{ statement: string; signature: string }>(store.store.db, 'select * from signature_seal')
    if (!seal) throw new Error('nothing was signed')
    const restore = (statement: string, signature: string) =>
      store.write((trx) =>
        change(trx, 'update signature_seal set statement = ?, signature = ?', [statement, signature]),
      )
    const flipped = (text: string, at: number) =>
      `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.nat(), async (isStatement, place) => {
        const { statement, signature } = seal
        await (isStatement
          ? restore(flipped(statement, place % statement.length), signature)
          : restore(statement, flipped(signature, place % signature.length)))
        expect(await faultOf(store, rule)).not.toBe('INTACT')
      }),
      { numRuns: 60, seed: 62_541 },
    )
    await restore(seal.statement, seal.signature)
    expect(await faultOf(store, rule)).toBe('INTACT')
  })
})
