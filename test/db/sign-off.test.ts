import { describe, expect, it } from 'vitest'
import {
  addendumRecord,
  insertAddendumReturn,
  selectAddendum,
  selectAddendumReturns,
} from '../../db/queries/addendum.ts'
import { insertCopyGiven, selectCopiesGiven } from '../../db/queries/copy-given.ts'
import { insertPatient } from '../../db/queries/patient.ts'
import { insertSignOff } from '../../db/queries/sign-off.ts'
import { appendVersion, change, insertRecord, insertRow, moveHead } from '../../db/records.ts'
import { insertSignature } from '../../db/signatures.ts'
import { emptyPatientDetails } from '../../shared/domain/patient.ts'
import type { AddendumId, PatientId, SignatureId, SignOffId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { addendumBodyOf, signOffBodyOf } from '../domain/record-bodies.ts'
import { personSealer } from '../support/sealer.ts'
import { addStaff, newStore, storeNow, type TestStore } from '../support/store.ts'

const newId = () => crypto.randomUUID()

async function people(store: TestStore) {
  const author = await addStaff(store, 'lena')
  const physician = await addStaff(store, 'samuel')
  await store.write((trx) =>
    insertRow(trx, 'staff_grant', {
      id: newId(),
      staff_id: physician,
      role: 'physician',
      granted_at: storeNow,
      granted_by: null,
      ended_at: null,
    }),
  )
  const patientId = newId() as PatientId
  await store.write((trx) =>
    insertPatient(trx, {
      body: {
        ...emptyPatientDetails,
        family: 'Lindqvist',
        given: 'Mara',
        bornOn: '1990-03-14',
        schema: 'patient/1',
        id: patientId,
        chartNumber: 'C-1',
        fst: null,
        status: { state: 'ACTIVE' },
        source: { kind: 'REGISTERED' },
      },
      newId,
      at: storeNow,
      by: author,
    }),
  )
  const { version_id: patientVersionId } = store.store.driver
    .prepare('select version_id from patient where id = ?')
    .get(patientId) as { version_id: VersionId }
  return { author, physician, patientId, patientVersionId }
}

type People = Awaited<ReturnType<typeof people>>

function bodyBy({ patientId, patientVersionId, author }: People, addendumId: AddendumId, version = 1) {
  const base = addendumBodyOf()
  return addendumBodyOf({
    addendumId,
    version,
    patientId,
    amends: { ...base.amends, versionId: patientVersionId },
    author: { ...base.author, staffId: author, isPhysician: false },
  })
}

/** A first version in DRAFT: what every addendum begins as. */
async function draftAddendum(store: TestStore, given: People) {
  const id = newId() as AddendumId
  const versionId = await store.write((trx) =>
    insertRecord(trx, addendumRecord, {
      id,
      body: bodyBy(given, id),
      newId,
      at: storeNow,
      by: given.author,
      reason: 'SUBMITTED',
      state: {
        state: 'DRAFT',
        supervising_physician_id: given.physician,
        submitted_at: null,
        due_at: null,
        escalate_at: null,
        signed_at: null,
        signed_by: null,
      },
    }),
  )
  return { id, versionId }
}

function sign(
  store: TestStore,
  { id, versionId }: { id: AddendumId; versionId: VersionId },
  signerId: StaffId,
  meaning: string,
) {
  return store.write(async (trx) =>
    insertSignature(trx, { ...addendumRecord, references: () => [] }, id, {
      signatureId: newId() as SignatureId,
      versionId,
      signerId,
      signerName: 'Somebody',
      credential: '',
      licence: '',
      meaning,
      signedAt: storeNow,
      offsetMin: 0,
      sealer: await personSealer(trx, signerId),
    }),
  )
}

function move(store: TestStore, id: string, expected: number, columns: Record<string, string | null>) {
  return store.write((trx) => moveHead(trx, 'addendum', id, expected, columns))
}

const submitted = { state: 'SUBMITTED', submitted_at: storeNow, due_at: storeNow, escalate_at: storeNow }

async function submittedAddendum(store: TestStore, given: People) {
  const draft = await draftAddendum(store, given)
  await sign(store, draft, given.author, 'AUTHOR')
  await move(store, draft.id, 1, submitted)
  return draft
}

describe('the store itself', () => {
  it('takes no addendum as submitted that its author has not signed, and none as signed without a physician', async () => {
    const store = await newStore()
    const given = await people(store)
    const draft = await draftAddendum(store, given)
    await expect(move(store, draft.id, 1, submitted)).rejects.toThrow('submitted_needs_its_author')
    await sign(store, draft, given.author, 'AUTHOR')
    await move(store, draft.id, 1, submitted)
    const signed = { state: 'SIGNED', signed_at: storeNow }
    await expect(move(store, draft.id, 2, { ...signed, signed_by: given.author })).rejects.toThrow(
      'signed_needs_a_physician',
    )
    await expect(move(store, draft.id, 2, { ...signed, signed_by: given.physician })).rejects.toThrow(
      'signed_needs_a_physician',
    )
    await sign(store, draft, given.physician, 'REVIEWED_AND_APPROVED')
    expect(await move(store, draft.id, 2, { ...signed, signed_by: given.physician })).toBe(true)
    await expect(move(store, draft.id, 3, { state: 'DRAFT' })).rejects.toThrow('illegal state')
    await expect(store.write((trx) => change(trx, 'delete from addendum'))).rejects.toThrow('never deleted')
  })

  it('keeps what was submitted until it is sent back with a reason, and then takes a new version', async () => {
    const store = await newStore()
    const given = await people(store)
    const { id, versionId } = await submittedAddendum(store, given)
    const second = { id, body: bodyBy(given, id, 2), newId, at: storeNow, by: given.author, reason: 'CORRECTED' }
    await expect(
      store.write((trx) => appendVersion(trx, addendumRecord, { ...second, expectedVersion: 2 })),
    ).rejects.toThrow('submitted_stays')
    await expect(move(store, id, 2, { state: 'RETURNED' })).rejects.toThrow('returned_needs_a_reason')
    await store.write((trx) =>
      insertAddendumReturn(
        trx,
        { addendumId: id, patientId: given.patientId, versionId },
        {
          id: newId(),
          body: {
            reason: 'Who read it?',
            pointers: [{ path: '/text', text: 'Who?' }],
            dueAt: storeNow,
            returnedBy: given.physician,
            returnedAt: storeNow,
            takeoverReason: null,
          },
        },
      ),
    )
    expect(await move(store, id, 2, { state: 'RETURNED' })).toBe(true)
    const appended = await store.write((trx) => appendVersion(trx, addendumRecord, { ...second, expectedVersion: 3 }))
    expect(appended).not.toBeNull()
    const { db } = store.store
    expect(await selectAddendum(db, given.patientId, id)).toMatchObject({ number: 2, integrity: 'INTACT' })
    expect(await selectAddendumReturns(db, id)).toMatchObject([{ no: 1, reason: 'Who read it?', replies: [] }])
    await expect(store.write((trx) => change(trx, "update addendum_return set reason = 'other'"))).rejects.toThrow(
      'said_stays',
    )
    await expect(store.write((trx) => change(trx, 'delete from addendum_return'))).rejects.toThrow('never deleted')
  })

  it('writes a countersignature once and for one version, and never changes a copy that was given', async () => {
    const store = await newStore()
    const given = await people(store)
    const base = signOffBodyOf()
    const body = signOffBodyOf({
      signOffId: newId() as SignOffId,
      patientId: given.patientId,
      record: { ...base.record, versionId: given.patientVersionId },
      signer: { ...base.signer, staffId: given.physician },
    })
    const making = { newId, at: storeNow, by: given.physician }
    await store.write((trx) => insertSignOff(trx, { body, ...making }))
    const again = { ...body, signOffId: newId() as SignOffId }
    await expect(store.write((trx) => insertSignOff(trx, { body: again, ...making }))).rejects.toThrow('UNIQUE')
    await expect(store.write((trx) => change(trx, "update sign_off set decision = 'HOLD'"))).rejects.toThrow(
      'append-only',
    )
    await store.write((trx) =>
      insertCopyGiven(trx, newId(), {
        patientId: given.patientId,
        kind: 'CONSENT',
        recordId: newId(),
        versionId: given.patientVersionId,
        method: 'PAPER',
        recipient: '',
        givenAt: storeNow,
        givenBy: given.author,
      }),
    )
    expect(await selectCopiesGiven(store.store.db, given.patientId)).toMatchObject([{ method: 'PAPER' }])
    await expect(store.write((trx) => change(trx, 'delete from copy_given'))).rejects.toThrow('append-only')
  })
})
