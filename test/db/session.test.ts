import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Reader, Trx } from '../../db/open.ts'
import { consentRecord } from '../../db/queries/consent.ts'
import { orderRecord } from '../../db/queries/order.ts'
import { insertPatient } from '../../db/queries/patient.ts'
import { policyRecord } from '../../db/queries/policy.ts'
import { seriesRecord } from '../../db/queries/series.ts'
import {
  appendSubmission,
  insertSession,
  keepOpening,
  moveSession,
  type StoredSession,
  selectSession,
  sessionRecord,
} from '../../db/queries/session.ts'
import { countSessionsUsed, selectNextSessionNo, selectPerformedOn } from '../../db/queries/session-course.ts'
import { partsAgree } from '../../db/queries/session-parts.ts'
import { selectSubmittedQueue, setSessionComplications } from '../../db/queries/session-queue.ts'
import { insertCartridgeLot, insertDevice, insertProductLot } from '../../db/queries/stock.ts'
import { insertRecord, insertRow, one } from '../../db/records.ts'
import { insertSignature } from '../../db/signatures.ts'
import { snapshotDevice } from '../../shared/domain/device.ts'
import { normaliseLot } from '../../shared/domain/lot.ts'
import { emptyPatientDetails } from '../../shared/domain/patient.ts'
import type { SessionBody } from '../../shared/domain/session.ts'
import { checkSession } from '../../shared/domain/session-check.ts'
import { closeSession } from '../../shared/domain/session-close.ts'
import type { SessionOpening } from '../../shared/domain/session-opening.ts'
import { type SessionState, sessionStates } from '../../shared/domain/session-state.ts'
import type { SessionId, SignatureId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import {
  draftWith,
  gateFacts,
  ids,
  lena,
  okafor,
  orderWith,
  policyWith,
  sessionFacts,
} from '../domain/given-session.ts'
import { consentBodyOf } from '../domain/record-bodies.ts'
import { personSealer } from '../support/sealer.ts'
import { newStore, storeNow, type TestStore } from '../support/store.ts'

const making = { newId: randomUUID, at: storeNow, by: ids.lena }

/** A store with Lena, Dr Okafor, one patient with series, order, consent and stock, and an approved policy. */
async function clinicStore(): Promise<TestStore & { readonly policyVersionId: VersionId }> {
  const test = await newStore()
  const policyVersionId = await test.write(async (trx) => {
    for (const { staffId, printedName, credential, treatingRole } of [lena, okafor]) {
      await insertRow(trx, 'staff', {
        id: staffId,
        version: 1,
        sign_in_name: printedName,
        printed_name: printedName,
        credential,
        status: 'ACTIVE',
        created_at: storeNow,
        updated_at: storeNow,
      })
      await insertRow(trx, 'staff_grant', {
        id: randomUUID(),
        staff_id: staffId,
        role: treatingRole,
        granted_at: storeNow,
      })
    }
    await insertPatient(trx, {
      ...making,
      body: {
        ...emptyPatientDetails,
        schema: 'patient/1',
        id: ids.patient,
        chartNumber: 'S-1',
        family: 'Lindqvist',
        given: 'Mara',
        bornOn: '1991-02-14',
        fst: null,
        status: { state: 'ACTIVE' },
        source: { kind: 'REGISTERED' },
      },
    })
    await insertRecord(trx, seriesRecord, {
      ...making,
      id: ids.series,
      reason: 'PLANNED',
      body: {
        schema: 'series/1',
        patientId: ids.patient,
        goals: ['ACNE_SCAR'],
        goalText: '',
        zones: [],
        sessionsPlanned: 4,
        intervalMonths: 1,
        photos: 'DECLINED',
        photoViews: [],
        status: 'ACTIVE',
        statusReason: null,
        maintenanceMonths: null,
      },
    })
    const state = { state: 'SIGNED' }
    await insertRecord(trx, orderRecord, { ...making, id: ids.order, body: orderWith(), state, reason: 'SIGNED' })
    await insertConsent(trx)
    await insertStock(trx)
    return insertPolicy(trx)
  })
  return { ...test, policyVersionId }
}

async function insertConsent(trx: Trx): Promise<void> {
  const { patient, ...body } = consentBodyOf({ consentId: ids.consent, seriesId: ids.series })
  await insertRecord(trx, consentRecord, {
    ...making,
    id: ids.consent,
    body: {
      ...body,
      patient: { ...patient, patientId: ids.patient },
      template: { ...body.template, templateId: 'model-mechanical-en' },
    },
    state: { state: 'SIGNED' },
    reason: 'SIGNED',
  })
}

async function insertStock(trx: Trx): Promise<void> {
  const { device, cartridges } = gateFacts()
  const [cartridge] = cartridges
  if (!device || !cartridge) throw new Error('the day has no device or cartridge')
  const by = { at: storeNow, by: ids.lena }
  const { deviceId, ...facts } = device
  await insertDevice(trx, {
    id: deviceId,
    ...by,
    body: { ...facts, labelledIndications: null, labelledMinAgeYears: null, labelledFst: [], cleaningLog: [] },
  })
  await insertCartridgeLot(trx, {
    id: ids.cartridgeLot,
    ...by,
    body: {
      manufacturer: 'Kestrel Medical',
      model: 'Tip 12',
      udiDi: null,
      lotRaw: cartridge.lotRaw,
      lotNormalised: cartridge.lotNormalised,
      expiresOn: '2027-09-30',
      needleCount: 12,
      needleGauge: null,
      maxLengthUm: 2500,
      sterileMethod: null,
      receivedQuantity: 10,
      receivedOn: '2026-01-01',
      supplier: null,
      status: 'AVAILABLE',
    },
  })
  await insertProductLot(trx, {
    id: ids.productLot,
    ...by,
    body: {
      kind: 'ANAESTHETIC',
      name: 'Lidocaine cream 4 %',
      productClass: 'NEUTRAL',
      ingredientsOfConcern: [],
      agents: [],
      lotRaw: 'LC 77',
      lotNormalised: normaliseLot('LC 77'),
      expiresOn: '2027-03-31',
      openedOn: null,
      status: 'AVAILABLE',
    },
  })
}

async function insertPolicy(trx: Trx): Promise<VersionId> {
  return insertRecord(trx, policyRecord, {
    ...making,
    id: randomUUID(),
    body: policyWith(),
    state: { state: 'APPROVED', approved_by: ids.okafor, approved_at: storeNow },
    reason: 'APPROVED',
  })
}

type Store = Awaited<ReturnType<typeof clinicStore>>

function openingOf(change: Partial<SessionOpening> = {}): SessionOpening {
  return {
    schema: 'session-opening/1',
    patientId: ids.patient,
    seriesId: ids.series,
    sessionNo: 2,
    practitioner: lena,
    stage: 'BEGUN',
    isStarted: false,
    gatePassedAt: null,
    policyVersionId: null,
    basis: null,
    draft: draftWith(),
    ...change,
  }
}

function bodyOf(policyVersionId: VersionId, change: Partial<SessionBody> = {}): SessionBody {
  const { device } = gateFacts()
  if (!device) throw new Error('the day has no device')
  const check = checkSession(draftWith(), sessionFacts())
  const body = closeSession(draftWith(), check, {
    practitioner: lena,
    supervisingPhysician: okafor,
    device: snapshotDevice(device.deviceId, device),
    policyVersionId,
    gatePassedAt: '2026-02-28T16:40:00.000Z',
  })
  return { ...body, ...change }
}

async function stored(test: Store, sessionId: SessionId, reader: Reader = test.store.db): Promise<StoredSession> {
  const session = await selectSession(reader, ids.patient, sessionId)
  if (!session) throw new Error('no such session')
  return session
}

async function begun(test: Store, { authorIsPhysician = false, sessionNo = 2 } = {}): Promise<SessionId> {
  const sessionId = randomUUID() as SessionId
  const opening = openingOf({ sessionNo, practitioner: authorIsPhysician ? okafor : lena })
  await test.write((trx) => insertSession(trx, { sessionId, opening, authorIsPhysician, ...making }))
  return sessionId
}

async function sign(trx: Trx, session: StoredSession, { by, meaning }: { by: StaffId; meaning: string }) {
  await insertSignature(trx, { ...sessionRecord, references: () => [] }, session.sessionId, {
    signatureId: randomUUID() as SignatureId,
    versionId: session.versionId,
    signerId: by,
    signerName: '',
    credential: '',
    licence: '',
    meaning,
    signedAt: storeNow,
    offsetMin: -360,
    sealer: await personSealer(trx, by),
  })
}

const submitted = { submissions: 1, submitted_at: storeNow, due_at: storeNow, escalate_at: storeNow }
const later = { dueAt: '2030-01-01T00:00:00.000Z', escalateAt: '2030-01-05T00:00:00.000Z' }
const signedBy = (staffId: StaffId) => ({ signed_at: storeNow, signed_by: staffId })
const voided = { voided_at: storeNow, voided_by: ids.okafor, void_reason: 'wrong patient' }

/** A session by Lena in this state, by the legal way. */
async function inState(test: Store, state: SessionState, queued = {}): Promise<SessionId> {
  const sessionId = await begun(test)
  const move = async (to: SessionState, columns = {}) => {
    const session = await stored(test, sessionId)
    await test.write((trx) => moveSession(trx, session, { to, at: storeNow, columns }))
  }
  if (state === 'CANCELLED') await move('CANCELLED')
  if (state === 'DRAFT' || state === 'CANCELLED') return sessionId
  await test.write(async (trx) => {
    const session = await stored(test, sessionId, trx)
    await appendSubmission(trx, session, { ...making, body: bodyOf(test.policyVersionId) })
  })
  const session = await stored(test, sessionId)
  await test.write((trx) => sign(trx, session, { by: ids.lena, meaning: 'AUTHOR' }))
  await move('SUBMITTED', { ...submitted, ...queued })
  if (state === 'RETURNED') await move('RETURNED', { returns: 1 })
  if (state === 'SIGNED') {
    await test.write((trx) => sign(trx, session, { by: ids.okafor, meaning: 'REVIEWED_AND_APPROVED' }))
    await move('SIGNED', signedBy(ids.okafor))
  }
  if (state === 'VOIDED') await move('VOIDED', voided)
  return sessionId
}

describe('the states of a session in the store', () => {
  const legal = new Set([
    'DRAFT CANCELLED',
    'SUBMITTED DRAFT',
    'SUBMITTED RETURNED',
    'SUBMITTED VOIDED',
    'RETURNED SUBMITTED',
    'RETURNED VOIDED',
    'SIGNED VOIDED',
  ])
  const columnsFor = { VOIDED: voided, SIGNED: signedBy(ids.okafor), SUBMITTED: submitted }

  // DRAFT to SUBMITTED, DRAFT to SIGNED and SUBMITTED to SIGNED need a signature and are told of below.
  it('move only as the clinical reference says, whoever asks', async () => {
    const test = await clinicStore()
    const moved: string[] = []
    for (const from of sessionStates) {
      for (const to of sessionStates.filter((state) => state !== from)) {
        const session = await stored(test, await inState(test, from))
        const columns = to in columnsFor ? columnsFor[to as keyof typeof columnsFor] : {}
        const attempt = test.write((trx) => moveSession(trx, session, { to, at: storeNow, columns }))
        if (await attempt.catch(() => false)) moved.push(`${from} ${to}`)
        // The next one of this number needs it free.
        if (!['VOIDED', 'CANCELLED'].includes((await stored(test, session.sessionId)).state)) {
          await freeNumber(test, session.sessionId)
        }
      }
    }
    expect(moved.sort()).toEqual([...legal].sort())
  })

  it('begin as a draft and are never deleted', async () => {
    const test = await clinicStore()
    const sessionId = await begun(test)
    const { driver } = test.store
    expect(() => driver.prepare('delete from session where id = ?').run(sessionId)).toThrow('never deleted')
    const row = await one<Record<string, string>>(test.store.db, 'select * from session where id = ?', [sessionId])
    const again = { ...row, id: randomUUID(), session_no: 7, state: 'RETURNED' }
    await expect(test.write((trx) => insertRow(trx, 'session', again))).rejects.toThrow('begins_as_draft')
  })

  it('keep patient, series and author whatever the state', async () => {
    const test = await clinicStore()
    const sessionId = await begun(test)
    const set = (text: string) => test.store.driver.prepare(`update session set ${text} where id = ?`).run(sessionId)
    expect(() => set(`practitioner_id = '${ids.okafor}'`)).toThrow('keeps_its_identity')
    expect(() => set('author_is_physician = 1')).toThrow('keeps_its_identity')
  })
})

/** Takes a session out of the way: by hand, since no legal move may be left. */
async function freeNumber(test: Store, sessionId: SessionId): Promise<void> {
  const { driver } = test.store
  const names = driver
    .prepare("select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'session'")
    .all() as { name: string; sql: string }[]
  for (const { name } of names) driver.exec(`drop trigger ${name}`)
  driver.prepare('update session set session_no = 100 + (select count(*) from session) where id = ?').run(sessionId)
  for (const { sql } of names) driver.exec(sql)
}

describe('signatures of a session', () => {
  it('need the author for the submission and another physician for the sign-off', async () => {
    const test = await clinicStore()
    const sessionId = await begun(test)
    await test.write(async (trx) => {
      await appendSubmission(trx, await stored(test, sessionId, trx), { ...making, body: bodyOf(test.policyVersionId) })
    })
    const draft = await stored(test, sessionId)
    const submit = () =>
      test.write((trx) => moveSession(trx, draft, { to: 'SUBMITTED', at: storeNow, columns: submitted }))
    await expect(submit()).rejects.toThrow('submitted_needs_its_author')
    await test.write((trx) => sign(trx, draft, { by: ids.okafor, meaning: 'AUTHOR' }))
    await expect(submit()).rejects.toThrow('submitted_needs_its_author')
    await test.write((trx) => sign(trx, draft, { by: ids.lena, meaning: 'AUTHOR' }))
    expect(await submit()).toBe(true)

    const waiting = await stored(test, sessionId)
    const signOff = (by: StaffId) =>
      test.write((trx) => moveSession(trx, waiting, { to: 'SIGNED', at: storeNow, columns: signedBy(by) }))
    await expect(signOff(ids.okafor)).rejects.toThrow('signed_needs_a_second_person')
    await test.write((trx) => sign(trx, waiting, { by: ids.lena, meaning: 'REVIEWED_AND_APPROVED' }))
    await expect(signOff(ids.lena)).rejects.toThrow('signed_needs_a_second_person')
    await test.write((trx) => sign(trx, waiting, { by: ids.okafor, meaning: 'AUTHOR_PHYSICIAN' }))
    await expect(signOff(ids.okafor)).rejects.toThrow('signed_needs_a_second_person')
    await test.write((trx) => sign(trx, waiting, { by: ids.okafor, meaning: 'REVIEWED_WITH_DEVIATIONS' }))
    expect(await signOff(ids.okafor)).toBe(true)
  })

  it('of an older version sign nothing', async () => {
    const test = await clinicStore()
    const sessionId = await inState(test, 'RETURNED')
    const returned = await stored(test, sessionId)
    await test.write(async (trx) => {
      await sign(trx, returned, { by: ids.okafor, meaning: 'REVIEWED_AND_APPROVED' })
      await appendSubmission(trx, returned, { ...making, body: bodyOf(test.policyVersionId, { painMax: 5 }) })
    })
    const corrected = await stored(test, sessionId)
    await test.write((trx) => sign(trx, corrected, { by: ids.lena, meaning: 'AUTHOR' }))
    await test.write((trx) => moveSession(trx, corrected, { to: 'SUBMITTED', at: storeNow, columns: submitted }))
    const waiting = await stored(test, sessionId)
    const signOff = test.write((trx) =>
      moveSession(trx, waiting, { to: 'SIGNED', at: storeNow, columns: signedBy(ids.okafor) }),
    )
    await expect(signOff).rejects.toThrow('signed_needs_a_second_person')
  })

  it('of an author alone count only for a session that a physician began', async () => {
    const test = await clinicStore()
    for (const [authorIsPhysician, expected] of [
      [true, 'moved'],
      [false, 'session: signed_needs_a_second_person'],
    ] as const) {
      const sessionId = await begun(test, { authorIsPhysician })
      const author = authorIsPhysician ? okafor : lena
      const body = bodyOf(test.policyVersionId, { practitioner: author, supervisingPhysician: null })
      await test.write(async (trx) => {
        await appendSubmission(trx, await stored(test, sessionId, trx), { ...making, body })
      })
      const session = await stored(test, sessionId)
      await test.write((trx) => sign(trx, session, { by: author.staffId, meaning: 'AUTHOR_PHYSICIAN' }))
      const columns = { ...submitted, ...signedBy(author.staffId) }
      const outcome = await test
        .write((trx) => moveSession(trx, session, { to: 'SIGNED', at: storeNow, columns }))
        .then(() => 'moved')
        .catch((error: Error) => error.message)
      expect(outcome).toBe(expected)
      await freeNumber(test, sessionId)
    }
  })
})

describe('what stays', () => {
  it('is everything the author submitted, until it is returned or recalled', async () => {
    const test = await clinicStore()
    const { driver } = test.store
    for (const [state, refusal] of [
      ['SUBMITTED', 'submitted_stays'],
      ['SIGNED', 'signed_stays'],
      ['VOIDED', 'closed_stays'],
      ['CANCELLED', 'closed_stays'],
    ] as const) {
      const sessionId = await inState(test, state)
      const set = (text: string) => driver.prepare(`update session set ${text} where id = ?`).run(sessionId)
      expect(() => set('deviations = 3')).toThrow(refusal)
      expect(() => set("ended_at = '2026-02-28T18:00:00.000Z'")).toThrow(refusal)
      const ofDue = state === 'SUBMITTED' ? 'deadline_stays' : refusal
      if (state !== 'CANCELLED') expect(() => set("due_at = '2030-01-01T00:00:00.000Z'")).toThrow(ofDue)
      const removeZones = () => driver.prepare('delete from session_zone where session_id = ?').run(sessionId)
      if (state !== 'CANCELLED') expect(removeZones).toThrow('its session is closed')
      await freeNumber(test, sessionId)
    }
  })

  it('is a start: it needs an approved policy and is not undone or cancelled', async () => {
    const test = await clinicStore()
    const sessionId = await begun(test)
    const start = (policyVersionId: VersionId | null) => async () => {
      const session = await stored(test, sessionId)
      const gatePassedAt = '2026-02-28T16:40:00.000Z'
      const opening = openingOf({ stage: 'STARTED', isStarted: true, gatePassedAt, policyVersionId })
      return test.write((trx) => keepOpening(trx, session, { ...making, opening: { ...opening, stage: 'STARTED' } }))
    }
    await expect(start(null)()).rejects.toThrow()
    const { versionId } = await stored(test, sessionId)
    await expect(start(versionId)()).rejects.toThrow('start_needs_an_approved_policy')
    expect(await start(test.policyVersionId)()).not.toBeNull()
    const started = await stored(test, sessionId)
    expect(started.head).toMatchObject({ is_started: 1, performed_on: '2026-02-28', state: 'DRAFT' })
    await expect(test.write((trx) => moveSession(trx, started, { to: 'CANCELLED', at: storeNow }))).rejects.toThrow()
    const { driver } = test.store
    const unstart = () =>
      driver.prepare('update session set is_started = 0, gate_passed_at = null where id = ?').run(sessionId)
    expect(unstart).toThrow('start_is_not_undone')
  })

  it('is a return as it was said and an answer as it was given', async () => {
    const test = await clinicStore()
    const sessionId = await inState(test, 'RETURNED')
    const { versionId } = await stored(test, sessionId)
    const id = randomUUID()
    await test.write((trx) =>
      insertRow(trx, 'session_return', {
        id,
        patient_id: ids.patient,
        session_id: sessionId,
        no: 1,
        version_id: versionId,
        reason: 'off-time',
        pointers: '[]',
        due_at: storeNow,
        returned_by: ids.okafor,
        returned_at: storeNow,
      }),
    )
    const set = (text: string) => test.store.driver.prepare(`update session_return set ${text} where id = ?`).run(id)
    expect(() => set("reason = 'nothing'")).toThrow('said_stays')
    set(`replies = '[]', replied_at = '${storeNow}', reply_version_id = '${versionId}'`)
    expect(() => set(`replies = '[1]'`)).toThrow('reply_stays')
  })
})

describe('counts and queue', () => {
  it('leave voided and discarded sessions out, and a number they had is free again', async () => {
    const test = await clinicStore()
    await inState(test, 'VOIDED')
    await inState(test, 'CANCELLED')
    const { db } = test.store
    expect(await countSessionsUsed(db, { orderId: ids.order })).toBe(0)
    expect(await selectPerformedOn(db, ids.series)).toEqual([])
    expect(await selectNextSessionNo(db, ids.series)).toBe(1)
    await inState(test, 'SIGNED')
    expect(await countSessionsUsed(db, { orderId: ids.order })).toBe(1)
    expect(await selectPerformedOn(db, ids.series)).toEqual(['2026-02-28'])
    expect(await selectNextSessionNo(db, ids.series)).toBe(3)
    await expect(begun(test)).rejects.toThrow(/unique/iu)
  })

  it('put a complication in front of clean records without touching the record', async () => {
    const test = await clinicStore()
    const sessionId = await inState(test, 'SUBMITTED')
    const before = await stored(test, sessionId)
    const { db } = test.store
    expect(await selectSubmittedQueue(db)).toMatchObject([{ complications: 0, key: { group: 2 } }])
    await test.write((trx) => setSessionComplications(trx, sessionId, { complications: 1, due: later }))
    expect(await selectSubmittedQueue(db)).toMatchObject([{ complications: 1, key: { group: 1 } }])
    expect(await stored(test, sessionId)).toMatchObject({ version: before.version, integrity: 'INTACT' })
  })

  it('ask for the signature that a clean record did without once a complication is reported, and never undo it', async () => {
    const test = await clinicStore()
    const { driver, db } = test.store
    const sessionId = await inState(test, 'SUBMITTED', { sign_off_required: 0 })
    const set = (text: string) => driver.prepare(`update session set ${text} where id = ?`).run(sessionId)
    expect(() => set('complications = 1')).toThrow('CHECK')
    expect(() => set("due_at = '2031-01-01T00:00:00.000Z'")).toThrow('deadline_stays')
    await test.write((trx) => setSessionComplications(trx, sessionId, { complications: 1, due: later }))
    const [entry] = await selectSubmittedQueue(db)
    expect(entry).toMatchObject({ dueAt: later.dueAt, complications: 1, head: { sign_off_required: 1 } })
    expect(() => set("due_at = '2031-01-01T00:00:00.000Z'")).toThrow('deadline_stays')
    await test.write((trx) => setSessionComplications(trx, sessionId, { complications: 0, due: later }))
    expect(() => set('sign_off_required = 0')).toThrow('deadline_stays')
  })

  it('leave the deadline of a signed record alone when a complication is reported later', async () => {
    const test = await clinicStore()
    const sessionId = await inState(test, 'SIGNED', { sign_off_required: 0 })
    await test.write((trx) => setSessionComplications(trx, sessionId, { complications: 1, due: later }))
    const { head } = await stored(test, sessionId)
    expect(head).toMatchObject({ complications: 1, sign_off_required: 0, due_at: storeNow })
  })

  it('read the queue by its own index', async () => {
    const test = await clinicStore()
    const plan = test.store.driver
      .prepare(
        `explain query plan select * from session where state = 'SUBMITTED' and (queue_group, due_at, id) > (1, '', '')
           order by queue_group, due_at, id limit 50`,
      )
      .all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join(' ')).toContain('session_queue')
    expect(plan.map(({ detail }) => detail).join(' ')).not.toContain('TEMP B-TREE')
  })

  it('repeat zones, cartridges and products of the body in their own tables', async () => {
    const test = await clinicStore()
    const sessionId = await inState(test, 'SUBMITTED')
    const body = bodyOf(test.policyVersionId)
    expect(await partsAgree(test.store.db, sessionId, body)).toBe(true)
    expect(await partsAgree(test.store.db, sessionId, { ...body, cartridgeUses: [] })).toBe(false)
    const rows = test.store.driver
      .prepare('select used_as, name, lot_normalised from session_product where session_id = ? order by no')
      .all(sessionId)
    expect(rows).toEqual([
      { used_as: 'SKIN_PREP', name: 'Chlorhexidine 2 %', lot_normalised: 'AS118' },
      { used_as: 'ANAESTHETIC', name: 'Lidocaine cream 4 %', lot_normalised: 'LC77' },
      { used_as: 'AFTER', name: 'HA serum', lot_normalised: 'HA9' },
    ])
  })
})
