import { describe, expect, it } from 'vitest'
import { selectSession, voidSession } from '../../db/queries/session.ts'
import { selectCartridgeUses } from '../../db/queries/session-parts.ts'
import { selectReadings, selectSubmittedQueue } from '../../db/queries/session-queue.ts'
import { many } from '../../db/records.ts'
import { consentOnFile } from '../support/consent.ts'
import {
  beginSession,
  byPassword,
  cheekLeft,
  cheekRight,
  countersign,
  loggedUntilNow,
  readyToStart,
  reopen,
  returnSession,
  sessionClinic,
  signInAgainAt,
  startedSession,
  submission,
  submittedSession,
  type,
  write,
  zoneRow,
} from '../support/session.ts'

const pointers = [
  { path: '/anaesthetic/offAt', text: 'When was it taken off?' },
  { path: '/zoneRows/0/stopReason', text: 'Endpoint NONE with stop reason ENDPOINT' },
]

describe('submitting a session', () => {
  it('binds the author to the exact bytes and puts the record into the queue with its due time', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { patientId } = clinic
    const opened = await clinic.phy.must('session.open', { patientId, sessionId })
    expect(opened).toMatchObject({
      session: {
        state: 'SUBMITTED',
        submittedAt: '2026-08-03T16:10:00.000Z',
        dueAt: '2026-08-06T16:10:00.000Z',
        lateness: 'ON_TIME',
        supervisingPhysician: { staffId: clinic.phyId },
      },
      draft: null,
      record: { isIntact: true, body: { sessionNo: 1, lateEntry: false, painMax: 3, recordOnly: false } },
      signatures: [{ meaning: 'AUTHOR', signer: { staffId: clinic.aesId }, isIntact: true }],
    })
    expect(opened.signatures[0]?.sha256).toBe(opened.record?.sha256)
    const { db } = clinic.app.services.storeLife.open.store
    const queue = await selectSubmittedQueue(db, { supervisorId: clinic.phyId })
    expect(queue).toMatchObject([{ recordId: sessionId, deviations: 0, warnings: 0, key: { group: 2 } }])
    expect(await selectSubmittedQueue(db, { after: queue[0]?.key ?? null })).toEqual([])
    expect(await selectSubmittedQueue(db, { exceptAuthorId: clinic.aesId })).toEqual([])
  })

  it('counts a double click once, and a second submission not at all', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const desk = await type(clinic, clinic.aes, await startedSession(clinic), loggedUntilNow(clinic))
    const key = clinic.host.newId()
    const first = await clinic.aes.call('session.submit', submission(clinic, desk), key)
    expect(await clinic.aes.call('session.submit', submission(clinic, desk), key)).toEqual(first)
    expect(await clinic.aes.code('session.submit', submission(clinic, desk))).toBe('SESSION_MOVE_NOT_ALLOWED')
    const { versions, signatures } = await clinic.aes.must('session.open', { patientId, sessionId: desk.sessionId })
    expect(versions.map(({ reason, number }) => [reason, number])).toEqual([
      ['BEGUN', null],
      ['STARTED', null],
      ['SUBMITTED', 1],
    ])
    expect(signatures).toHaveLength(1)
  })

  it('asks the author who signs, and signs nothing with a wrong password or an older text', async () => {
    const clinic = await sessionClinic()
    const desk = await type(clinic, clinic.aes, await startedSession(clinic), loggedUntilNow(clinic))
    const input = submission(clinic, desk)
    expect(
      await clinic.aes.code('session.submit', { ...input, reauth: { method: 'PASSWORD', password: 'not this one' } }),
    ).toBe('REAUTH_WRONG')
    expect(await clinic.aes.code('session.submit', { ...input, draftVersion: 1 })).toBe('CONFLICT')
    expect(await clinic.phy.code('session.submit', input)).toBe('NOT_THE_AUTHOR')
    expect(await clinic.aes.code('session.submit', input)).toBe('ok')
  })

  it('refuses a session that never started and one with open fields, naming each', async () => {
    const clinic = await sessionClinic()
    const begun = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), loggedUntilNow(clinic))
    expect(await clinic.aes.code('session.submit', submission(clinic, begun))).toBe('SESSION_NOT_STARTED')
    const started = await startedSession(clinic)
    const half = await type(clinic, clinic.aes, started, {
      ...loggedUntilNow(clinic),
      painMax: null,
      zoneRows: [zoneRow(cheekLeft), { ...zoneRow(cheekRight), depthUm: 15_000 }],
    })
    expect(await clinic.aes.call('session.submit', submission(clinic, half))).toMatchObject({
      refusal: {
        code: 'SESSION_INCOMPLETE',
        facts: {
          missing: ['painMax', 'deviations[0].patientTold'],
          problems: [
            'DEPTH_OVER_DEVICE_MAX zoneRows[1].depthUm',
            'DEPTH_OVER_MECHANICAL_MAX zoneRows[1].depthUm',
            'WARNING_REASON_MISSING zoneRows[1].depthUm',
            'DEVIATION_REASON_MISSING deviations[0].reason',
          ],
        },
      },
    })
  })

  it('reaches the physician the same day where a reaction is severe', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic, {
      log: { immediateReactions: { kind: 'SEEN', reactions: [{ code: 'OEDEMA', grade: 3, zones: [] }] } },
    })
    expect((await clinic.phy.must('session.list', { patientId })).sessions).toMatchObject([
      // Midnight in Chicago.
      { sessionId, redFlags: 1, dueAt: '2026-08-04T05:00:00.000Z' },
    ])
    const { db } = clinic.app.services.storeLife.open.store
    expect(await selectSubmittedQueue(db)).toMatchObject([{ redFlags: 1, key: { group: 0 } }])
  })

  it('is overdue and then escalated by the clock alone', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    await submittedSession(clinic)
    const latenessAfter = async (hours: number) => {
      clinic.host.advanceMinutes(hours * 60)
      await signInAgainAt(clinic)
      return (await clinic.aes.must('session.list', { patientId })).sessions[0]?.lateness
    }
    expect(await latenessAfter(71)).toBe('ON_TIME')
    expect(await latenessAfter(1)).toBe('OVERDUE')
    expect(await latenessAfter(96)).toBe('ESCALATED')
  })

  it('leaves a trace from the lot to the patient in any spelling, from the draft on', async () => {
    const clinic = await sessionClinic()
    const started = await startedSession(clinic)
    const { db } = clinic.app.services.storeLife.open.store
    const uses = () => selectCartridgeUses(db, '(10)MN240917B')
    expect(await uses()).toMatchObject([{ sessionId: started.sessionId, patientId: clinic.patientId }])
    await write(clinic, async (trx) => {
      const session = await selectSession(trx, clinic.patientId, started.sessionId)
      if (!session) throw new Error('no such session')
      const making = { newId: () => clinic.host.newId(), at: clinic.host.now(), by: clinic.phyId }
      expect(await voidSession(trx, session, { reason: 'wrong patient', correctSessionId: null, ...making })).toBe(true)
    })
    expect(await uses()).toEqual([])
    const { session, versions } = await clinic.phy.must('session.open', {
      patientId: clinic.patientId,
      sessionId: started.sessionId,
    })
    expect(session.state).toBe('VOIDED')
    expect(versions.map(({ reason }) => reason)).toEqual(['BEGUN', 'STARTED', 'VOIDED'])
    expect((await clinic.aes.must('series.list', { patientId: clinic.patientId })).series).toMatchObject([
      { sessionsPerformed: 0 },
    ])
  })
})

describe("a physician's own session", () => {
  async function physicianClinic() {
    const clinic = await sessionClinic({ consent: 'NONE' })
    const { patientId, seriesId, phyId } = clinic
    await consentOnFile(clinic.aes, patientId, { practitionerId: phyId, physicianId: phyId }, { seriesId })
    return clinic
  }
  const alone = { supervisingPhysicianId: null, supervisionModeActual: null }

  it('is signed by the author alone and shown as such', async () => {
    const clinic = await physicianClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic, { window: clinic.phy, plan: alone })
    expect(await clinic.aes.must('session.open', { patientId, sessionId })).toMatchObject({
      session: { state: 'SIGNED', authorIsPhysician: true, signedBy: { staffId: clinic.phyId } },
      record: { isIntact: true, body: { supervisingPhysician: null } },
      signatures: [{ meaning: 'AUTHOR_PHYSICIAN', signer: { staffId: clinic.phyId } }],
    })
  })

  it('is still recorded after the licence has ended, and the signature says so', async () => {
    const clinic = await physicianClinic()
    const { patientId } = clinic
    const desk = await type(clinic, clinic.phy, await startedSession(clinic, clinic.phy, alone), loggedUntilNow(clinic))
    clinic.host.setNow('2030-01-02T16:00:00.000Z')
    await signInAgainAt(clinic)
    await clinic.phy.must('session.submit', submission(clinic, desk))
    const { session, signatures } = await clinic.phy.must('session.open', { patientId, sessionId: desk.sessionId })
    expect(session).toMatchObject({ state: 'SIGNED', lateEntry: true })
    expect(signatures).toMatchObject([{ licence: expect.stringMatching(/ \(IL\), expired 2029-12-31$/) }])
  })

  it('needs a decision on every deviation before it is signed', async () => {
    const clinic = await physicianClinic()
    const started = await startedSession(clinic, clinic.phy, alone)
    const told = { reason: 'scar needed it', patientTold: true }
    const desk = await type(
      clinic,
      clinic.phy,
      started,
      loggedUntilNow(clinic, {
        zoneRows: [zoneRow(cheekLeft, { depthUm: 1250 }), zoneRow(cheekRight)],
        deviations: [{ code: 'DEPTH_OVER_LIMIT', origin: 'AUTO', zone: 'CHEEK_ANT', side: 'L', ref: 'c1', ...told }],
      }),
    )
    const input = submission(clinic, desk)
    expect(await clinic.phy.code('session.submit', input)).toBe('DEVIATION_NOT_DISPOSED')
    const disposed = { deviationId: 'DEPTH_OVER_LIMIT|CHEEK_ANT|L||c1', disposition: 'ACCEPTED', note: '' } as const
    const unknown = { ...disposed, deviationId: 'OTHER||||x' }
    expect(await clinic.phy.code('session.submit', { ...input, dispositions: [disposed, unknown] })).toBe(
      'DISPOSITION_WITHOUT_DEVIATION',
    )
    await clinic.phy.must('session.submit', { ...input, dispositions: [disposed] })
    const { dispositions } = await clinic.phy.must('session.open', {
      patientId: clinic.patientId,
      sessionId: desk.sessionId,
    })
    expect(dispositions).toMatchObject([{ ...disposed, decidedBy: { staffId: clinic.phyId } }])
  })
})

describe('taking a record back', () => {
  it('is the author’s until a physician opens it; then the text is there again, word for word', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic, { log: { notes: 'calm throughout' } })
    const { session, isRecallable } = await clinic.aes.must('session.open', { patientId, sessionId })
    expect(isRecallable).toBe(true)
    const recall = { patientId, sessionId, version: session.version }
    expect(await clinic.phy.code('session.recall', recall)).toBe('NOT_THE_AUTHOR')
    expect(await clinic.aes.code('session.recall', { ...recall, version: 1 })).toBe('CONFLICT')
    await clinic.aes.must('session.recall', recall)
    const desk = await reopen(clinic, clinic.aes, sessionId)
    expect(desk).toMatchObject({ draftVersion: 0, draft: { notes: 'calm throughout', painMax: 3 } })
    const changed = await type(clinic, clinic.aes, desk, { painMax: 4 })
    await clinic.aes.must('session.submit', submission(clinic, changed))
    const { versions } = await clinic.phy.must('session.open', { patientId, sessionId })
    expect(versions.at(-1)).toMatchObject({
      reason: 'SUBMITTED',
      changes: [{ path: 'painMax', kind: 'CHANGED', before: 3, after: 4 }],
    })
  })

  it('is refused once a physician has opened it, by the program and by the store', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic)
    const { session } = await clinic.phy.must('session.open', { patientId, sessionId })
    expect(await clinic.aes.code('session.recall', { patientId, sessionId, version: session.version })).toBe(
      'OPENED_BY_PHYSICIAN',
    )
    const { db, driver } = clinic.app.services.storeLife.open.store
    expect(() => driver.prepare("update session set state = 'DRAFT' where id = ?").run(sessionId)).toThrow(
      'recalled_after_a_physician_opened_it',
    )
    const versionId = (await selectSession(db, patientId, sessionId))?.versionId
    if (!versionId) throw new Error('no such session')
    expect(await selectReadings(db, versionId)).toMatchObject([{ staffId: clinic.phyId, isPhysician: true }])
  })
})

describe('a returned session', () => {
  it('is corrected as a new version that answers every point, the old one kept and the difference shown', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic, {
      log: { zoneRows: [zoneRow(cheekLeft, { stopReason: 'MAX_PASSES' }), zoneRow(cheekRight)] },
    })
    const before = await clinic.phy.must('session.open', { patientId, sessionId })
    await returnSession(clinic, sessionId, pointers)
    const desk = await reopen(clinic, clinic.aes, sessionId)
    expect(desk.draftVersion).toBe(0)
    const corrected = await type(clinic, clinic.aes, desk, {
      zoneRows: [zoneRow(cheekLeft), zoneRow(cheekRight)],
    })
    const [first, second] = pointers
    const input = submission(clinic, corrected)
    const answer = [{ path: first?.path ?? '', reply: 'At 10:59, added' }]
    expect(await clinic.aes.call('session.submit', { ...input, replies: answer })).toMatchObject({
      refusal: { code: 'REPLY_MISSING', facts: { paths: [second?.path] } },
    })
    const replies = [...answer, { path: second?.path ?? '', reply: 'Stopped at the endpoint' }]
    await clinic.aes.must('session.submit', { ...input, replies })
    const after = await clinic.phy.must('session.open', { patientId, sessionId })
    expect(after).toMatchObject({
      session: { state: 'SUBMITTED', returns: 1 },
      returns: [{ pointers, replies, returnedBy: { staffId: clinic.phyId }, versionId: before.record?.versionId }],
      signatures: [{ meaning: 'AUTHOR' }, { meaning: 'AUTHOR' }],
    })
    expect(after.versions.at(-1)).toMatchObject({
      reason: 'CORRECTED',
      changes: [{ path: 'zoneRows[0].stopReason', before: 'MAX_PASSES', after: 'ENDPOINT' }],
    })
    expect(after.versions.at(-2)).toMatchObject({ versionId: before.record?.versionId, sha256: before.record?.sha256 })
    const { db } = clinic.app.services.storeLife.open.store
    expect(await selectSubmittedQueue(db)).toMatchObject([{ isCorrected: true, key: { group: 1 } }])
  })

  it('becomes no late entry by being corrected, nor a deviation of a lot recalled meanwhile', async () => {
    const clinic = await sessionClinic()
    const { patientId, cartridgeLotId } = clinic
    const sessionId = await submittedSession(clinic)
    await returnSession(clinic, sessionId, pointers.slice(0, 1))
    const { driver } = clinic.app.services.storeLife.open.store
    driver.prepare("update cartridge_lot set status = 'RECALLED' where id = ?").run(cartridgeLotId)
    clinic.host.advanceMinutes(40 * 60)
    await signInAgainAt(clinic)
    const desk = await type(clinic, clinic.aes, await reopen(clinic, clinic.aes, sessionId), { notes: 'off at 10:59' })
    const replies = [{ path: '/anaesthetic/offAt', reply: 'In the notes now' }]
    await clinic.aes.must('session.submit', { ...submission(clinic, desk), replies })
    expect((await clinic.aes.must('session.list', { patientId })).sessions).toMatchObject([
      { lateEntry: false, deviations: 0, performedOn: '2026-08-03' },
    ])
  })
})

describe('a signed session', () => {
  it('takes no text, no second submission and no recall; nobody but the physician could sign it', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic)
    const { session } = await clinic.aes.must('session.open', { patientId, sessionId })
    await countersign(clinic, sessionId)
    const ofDraft = { patientId, sessionId, draftVersion: 0 }
    const draft = { schema: 'session/1' } as const
    expect(await clinic.aes.code('session.save', { ...ofDraft, draft })).toBe('SESSION_MOVE_NOT_ALLOWED')
    expect(
      await clinic.aes.code('session.submit', { ...ofDraft, replies: [], dispositions: [], reauth: byPassword }),
    ).toBe('SESSION_MOVE_NOT_ALLOWED')
    const recall = { patientId, sessionId, version: session.version }
    expect(await clinic.aes.code('session.recall', recall)).toBe('SESSION_MOVE_NOT_ALLOWED')
    expect(await clinic.aes.must('session.open', { patientId, sessionId })).toMatchObject({
      session: { state: 'SIGNED', signedBy: { staffId: clinic.phyId } },
      signatures: [{ meaning: 'AUTHOR' }, { meaning: 'REVIEWED_AND_APPROVED' }],
    })
  })

  it('shows when its rows are no longer what was signed', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic)
    const { driver, db } = clinic.app.services.storeLife.open.store
    const triggers = await many<{ name: string; sql: string }>(
      db,
      "select name, sql from sqlite_master where type = 'trigger' and tbl_name in ('session', 'session_zone')",
    )
    for (const { name } of triggers) driver.exec(`drop trigger ${name}`)
    driver.prepare('update session_zone set depth_um = 500 where session_id = ?').run(sessionId)
    expect(await clinic.aes.must('session.open', { patientId, sessionId })).toMatchObject({
      record: { isIntact: false, body: { zoneRows: [{ depthUm: 1000 }, { depthUm: 1000 }] } },
    })
  })
})

describe('a session started without being ready', () => {
  it('is not there: the gate is the only way to a start', async () => {
    const clinic = await sessionClinic()
    const desk = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    const { driver } = clinic.app.services.storeLife.open.store
    expect(() =>
      driver
        .prepare("update session set is_started = 1, gate_passed_at = '2026-08-03T15:42:00.000Z' where id = ?")
        .run(desk.sessionId),
    ).toThrow()
  })
})
