import { randomUUID } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import {
  appendVersion,
  change,
  insertRecord,
  insertRow,
  many,
  moveHead,
  one,
  type RecordDefinition,
  selectRecord,
  selectRecordOf,
  selectVersion,
  selectVersions,
  sha256Of,
} from '../../db/records.ts'
import { insertSignature, selectSignatures } from '../../db/signatures.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { PatientId, SignatureId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { personSealer } from '../support/sealer.ts'
import { addStaff, dropTriggers, newStore, storeNow, type TestStore } from '../support/store.ts'

type RuleBody = { readonly effectiveFrom: string; readonly limitUm: number; readonly remark: string }

/** A plain record without a patient, on the policy's table. */
const rule: RecordDefinition<RuleBody> = {
  kind: 'policy',
  table: 'policy',
  schema: 'policy/1',
  patientIdOf: () => null,
  project: (body) => ({ effective_from: body.effectiveFrom }),
}
const draft = { state: 'DRAFT', approved_by: null, approved_at: null }
const first: RuleBody = { effectiveFrom: '2026-08-03', limitUm: 500, remark: 'Zoë — first' }
const second: RuleBody = { ...first, effectiveFrom: '2026-09-01', limitUm: 700 }

describe('a record', () => {
  it('keeps what it said as the canonical bytes, with their hash', async () => {
    const clinic = await newClinicStore()
    const { id, versionId } = await insertRule(clinic)
    const row = await one<{ body: string; sha256: string; schema: string; number: number }>(
      clinic.store.db,
      'select body, sha256, schema, number from record_version where id = ?',
      [versionId],
    )
    const body = '{"effectiveFrom":"2026-08-03","limitUm":500,"remark":"Zoë — first"}'
    expect(row).toEqual({ body, sha256: sha256Of(body), schema: 'policy/1', number: 1 })
    expect(await selectRecord(clinic.store.db, rule, id)).toMatchObject({
      id,
      version: 1,
      number: 1,
      body: first,
      integrity: 'INTACT',
      madeBy: clinic.staffId,
      reason: 'CREATED',
      head: { effective_from: '2026-08-03', state: 'DRAFT' },
    })
  })

  it('gets a second version beside the first, which stays as it was', async () => {
    const clinic = await newClinicStore()
    const { id, versionId } = await insertRule(clinic)
    const appended = await append(clinic, id, 1, second)
    const versions = await selectVersions(clinic.store.db, rule, id)
    expect(versions.map(({ number, body, integrity }) => ({ number, body, integrity }))).toEqual([
      { number: 1, body: first, integrity: 'INTACT' },
      { number: 2, body: second, integrity: 'INTACT' },
    ])
    expect((await selectVersion(clinic.store.db, rule, versionId))?.body).toEqual(first)
    expect(await selectRecord(clinic.store.db, rule, id)).toMatchObject({
      version: 2,
      versionId: appended?.versionId,
      head: { effective_from: '2026-09-01' },
    })
  })

  it('is not saved over somebody who saved in between, and nothing of the attempt stays', async () => {
    const clinic = await newClinicStore()
    const { id } = await insertRule(clinic)
    await append(clinic, id, 1, second)
    expect(await append(clinic, id, 1, { ...first, remark: 'late' })).toBeNull()
    expect(await selectVersions(clinic.store.db, rule, id)).toHaveLength(2)
    expect(await clinic.write((trx) => moveHead(trx, 'policy', id, 1, { effective_from: '2026-12-01' }))).toBe(false)
    expect((await selectRecord(clinic.store.db, rule, id))?.body).toEqual(second)
  })

  it('moves its state without a new version, under the same lock', async () => {
    const clinic = await newClinicStore()
    const { id, versionId } = await insertRule(clinic)
    expect(await clinic.write((trx) => moveHead(trx, 'policy', id, 1, { state: 'DISCARDED' }))).toBe(true)
    expect(await clinic.write((trx) => moveHead(trx, 'policy', id, 2, {}))).toBe(true)
    expect(await selectRecord(clinic.store.db, rule, id)).toMatchObject({
      version: 3,
      versionId,
      head: { state: 'DISCARDED' },
    })
  })

  it('refuses to be made of what JSON cannot carry', async () => {
    const clinic = await newClinicStore()
    for (const limitUm of [Number.NaN, Number.POSITIVE_INFINITY, undefined as unknown as number])
      await expect(insertRule(clinic, { ...first, limitUm })).rejects.toThrow('canonical JSON')
    expect(await many(clinic.store.db, 'select id from record_version')).toEqual([])
  })

  it('is not there for another patient', async () => {
    const clinic = await newClinicStore()
    const [mine, other] = [await insertPatient(clinic), await insertPatient(clinic)]
    expect(await selectRecordOf(clinic.store.db, person, mine, mine)).toMatchObject({ id: mine, integrity: 'INTACT' })
    expect(await selectRecordOf(clinic.store.db, person, other, mine)).toBeNull()
  })
})

describe('what was changed behind the program', () => {
  const cases: readonly (readonly [what: string, integrity: string, statements: readonly string[]])[] = [
    ['a column of the head', 'COLUMNS_CHANGED', ["update policy set effective_from = '2020-01-01'"]],
    ['the bytes', 'BYTES_CHANGED', ["update record_version set body = replace(body, '700', '900')"]],
    ['the hash', 'BYTES_CHANGED', [`update record_version set sha256 = '${'0'.repeat(64)}'`]],
    [
      'the version that the head points at',
      'COLUMNS_CHANGED',
      [
        'update policy set version_id = (select id from record_version where number = 1)',
        "update policy set effective_from = '2026-08-03'",
      ],
    ],
    ['the record a version belongs to', 'COLUMNS_CHANGED', ["update record_version set record_id = 'other'"]],
    ['the patient a version belongs to', 'COLUMNS_CHANGED', ["update record_version set patient_id = 'other'"]],
  ]
  test.for(cases)('%s shows as %s', async ([, integrity, statements]) => {
    const clinic = await newClinicStore()
    const { id } = await insertRule(clinic)
    await append(clinic, id, 1, second)
    dropTriggers(clinic)
    for (const statement of statements) clinic.store.driver.exec(statement)
    expect((await selectRecord(clinic.store.db, rule, id))?.integrity).toBe(integrity)
  })

  it('breaks the signatures over it, and only those', async () => {
    const clinic = await newClinicStore()
    const { id, versionId } = await insertRule(clinic)
    await sign(clinic, id, versionId)
    const appended = await append(clinic, id, 1, second)
    await sign(clinic, id, appended?.versionId ?? versionId)
    dropTriggers(clinic)
    clinic.store.driver.exec("update record_version set body = replace(body, '500', '900') where number = 1")
    const signatures = await selectSignatures(clinic.store.db, 'policy', id)
    expect(signatures.map((signature) => signature.integrity)).toEqual(['BYTES_CHANGED', 'INTACT'])
  })

  it('is found too where bytes and hash were both replaced: the signature still has the first hash', async () => {
    const clinic = await newClinicStore()
    const { id, versionId } = await insertRule(clinic)
    await sign(clinic, id, versionId)
    const forged = canonicalJson({ ...first, limitUm: 3500 })
    dropTriggers(clinic)
    clinic.store.driver.prepare('update record_version set body = ?, sha256 = ?').run(forged, sha256Of(forged))
    expect((await selectRecord(clinic.store.db, rule, id))?.integrity).toBe('INTACT')
    const signatures = await selectSignatures(clinic.store.db, 'policy', id)
    expect(signatures.map((signature) => signature.integrity)).toEqual(['BYTES_CHANGED'])
  })
})

describe('a signature', () => {
  it('stands over the exact bytes of one version', async () => {
    const clinic = await newClinicStore()
    const { id, versionId } = await insertRule(clinic)
    await sign(clinic, id, versionId)
    const version = await selectVersion(clinic.store.db, rule, versionId)
    expect(await selectSignatures(clinic.store.db, 'policy', id)).toEqual([
      {
        signatureId: expect.any(String),
        scheme: 'ed25519/1',
        versionId,
        sha256: version?.sha256,
        signerId: clinic.staffId,
        signerName: 'Dr Samuel Okafor',
        credential: 'MD',
        licence: 'MD 123-456 (IL)',
        meaning: 'REVIEWED_AND_APPROVED',
        signedAt: storeNow,
        offsetMin: -300,
        integrity: 'INTACT',
        keyReset: null,
      },
    ])
  })

  it('is not made over another record, a version that is not there, or bytes that no longer fit their hash', async () => {
    const clinic = await newClinicStore()
    const one = await insertRule(clinic)
    const other = await insertRule(clinic)
    await expect(sign(clinic, one.id, other.versionId)).rejects.toThrow('no version')
    await expect(sign(clinic, one.id, randomUUID() as VersionId)).rejects.toThrow('no version')
    dropTriggers(clinic)
    clinic.store.driver.exec("update record_version set body = replace(body, '500', '900')")
    await expect(sign(clinic, one.id, one.versionId)).rejects.toThrow('no version')
  })
})

describe('the second lock', () => {
  const statements: readonly string[] = [
    "update record_version set body = '{}'",
    'update record_version set patient_id = null, number = number',
    'delete from record_version',
    'replace into record_version select * from record_version',
    "insert into record_version select * from record_version where true on conflict (id) do update set body = '{}'",
    "update signature set meaning = 'OTHER'",
    'delete from signature',
    'replace into signature select * from signature',
    "insert into signature select * from signature where true on conflict (id) do update set meaning = 'OTHER'",
    'delete from policy',
    'replace into policy select * from policy',
    'delete from staff',
    'delete from attachment',
    "update attachment set sha256 = 'x'",
  ]
  test.for(statements)('%s is stopped by the store itself', async (statement) => {
    const clinic = await newClinicStore()
    const { id, versionId } = await insertRule(clinic)
    await sign(clinic, id, versionId)
    await clinic.write((trx) =>
      insertRow(trx, 'attachment', {
        id: 'attachment 1',
        sha256: 'x'.repeat(64),
        media_type: 'image/png',
        bytes: 1,
        file_name: 'f',
        made_at: storeNow,
        made_by: clinic.staffId,
        patient_id: null,
      }),
    )
    const before = contentOf(clinic)
    expect(() => clinic.store.driver.exec(statement)).toThrow(/append-only|never deleted|never|stays|FOREIGN KEY/)
    expect(contentOf(clinic)).toEqual(before)
  })

  it('lets an approved policy keep its bytes for ever', async () => {
    const clinic = await newClinicStore()
    const { id } = await insertRule(clinic)
    const approved = { state: 'APPROVED', approved_by: clinic.staffId, approved_at: storeNow }
    expect(await clinic.write((trx) => moveHead(trx, 'policy', id, 1, approved))).toBe(true)
    await expect(append(clinic, id, 2, second)).rejects.toThrow('approved_stays')
    await expect(clinic.write((trx) => moveHead(trx, 'policy', id, 2, draft))).rejects.toThrow()
  })

  it('refuses a row whose effect was not one row', async () => {
    const clinic = await newClinicStore()
    expect(await clinic.write((trx) => change(trx, "update store_fact set value = 'x' where name = 'nowhere'"))).toBe(0)
  })
})

type ClinicStore = TestStore & { readonly staffId: StaffId }

async function newClinicStore(): Promise<ClinicStore> {
  const store = await newStore()
  return { ...store, staffId: await addStaff(store) }
}

async function insertRule(clinic: ClinicStore, body = first): Promise<{ id: string; versionId: VersionId }> {
  const id = randomUUID()
  const versionId = await clinic.write((trx) =>
    insertRecord(trx, rule, {
      id,
      body,
      state: draft,
      newId: randomUUID,
      at: storeNow,
      by: clinic.staffId,
      reason: 'CREATED',
    }),
  )
  return { id, versionId }
}

function append(clinic: ClinicStore, id: string, expectedVersion: number, body: RuleBody) {
  const making = { newId: randomUUID, at: storeNow, by: clinic.staffId, reason: 'EDITED' }
  return clinic.write((trx) => appendVersion(trx, rule, { id, expectedVersion, body, ...making }))
}

let signed = 0
function sign(clinic: ClinicStore, id: string, versionId: VersionId): Promise<void> {
  signed += 1
  const signatureId = `signature-${String(signed).padStart(4, '0')}` as SignatureId
  return clinic.write(async (trx) =>
    insertSignature(trx, rule, id, {
      signatureId,
      versionId,
      signerId: clinic.staffId,
      signerName: 'Dr Samuel Okafor',
      credential: 'MD',
      licence: 'MD 123-456 (IL)',
      meaning: 'REVIEWED_AND_APPROVED',
      signedAt: storeNow,
      offsetMin: -300,
      sealer: await personSealer(trx, clinic.staffId),
    }),
  )
}

type PersonBody = { readonly id: PatientId; readonly family: string }

/** Only what the patient's table asks for; the patient's own record is proven beside it. */
const person: RecordDefinition<PersonBody> = {
  kind: 'patient',
  table: 'patient',
  schema: 'patient/1',
  patientIdOf: (body) => body.id,
  project: (body) => ({ family: body.family }),
}

async function insertPatient(clinic: ClinicStore): Promise<PatientId> {
  const id = randomUUID() as PatientId
  await clinic.write((trx) =>
    insertRecord(trx, person, {
      id,
      body: { id, family: 'Featherstone' },
      state: {
        chart_number: id,
        chart_key: id,
        chart_digits: id,
        sort_name: id,
        allergy_state: 'NOT_ASKED',
        status: 'ACTIVE',
        source: 'REGISTERED',
        look_alike: 0,
      },
      newId: randomUUID,
      at: storeNow,
      by: clinic.staffId,
      reason: 'CREATED',
    }),
  )
  return id
}

function contentOf({ store }: TestStore): unknown {
  return ['record_version', 'signature', 'policy', 'staff', 'attachment'].map((table) =>
    store.driver.prepare(`select * from ${table} order by id`).all(),
  )
}
