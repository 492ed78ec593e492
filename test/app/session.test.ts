import { describe, expect, it } from 'vitest'
import { change, many } from '../../db/records.ts'
import type { PatientId, SeriesId, SessionId } from '../../shared/kernel/ids.ts'
import type { Window } from '../support/clinic.ts'
import { patientOnFile, wire } from '../support/screening.ts'
import {
  beginSession,
  byPassword,
  cheekLeft,
  loggedUntilNow,
  planned,
  readyToStart,
  reopen,
  type SessionClinic,
  sessionClinic,
  signInAgainAt,
  startedSession,
  submission,
  submittedSession,
  type,
  write,
  zoneRow,
} from '../support/session.ts'

async function actionsOn(clinic: SessionClinic, sessionId: SessionId): Promise<readonly string[]> {
  const rows = await many<{ action: string }>(
    clinic.app.services.storeLife.open.store.db,
    "select action from audit_entry where subject_id = ? and outcome = 'DONE' order by seq",
    [sessionId],
  )
  return rows.map((row) => row.action)
}

async function codesOfGate(clinic: SessionClinic, window: Window, sessionId: SessionId): Promise<readonly string[]> {
  const { failures } = await window.must('session.gate', { patientId: clinic.patientId, sessionId })
  return failures.map(({ code }) => code)
}

describe('beginning a session', () => {
  it('makes one draft of the caller in the series, and takes it up again instead of making a second', async () => {
    const clinic = await sessionClinic()
    const { patientId, seriesId } = clinic
    const first = await clinic.aes.must('session.begin', { patientId, seriesId })
    expect(first).toMatchObject({ isNew: true })
    expect(await clinic.aes.must('session.begin', { patientId, seriesId })).toEqual({ ...first, isNew: false })
    expect(await clinic.phy.must('session.begin', { patientId, seriesId })).toMatchObject({ isNew: true })
    expect(await clinic.aes.must('session.list', { patientId })).toMatchObject({
      sessions: [
        { sessionNo: 2, authorIsPhysician: true, isMine: false, isStarted: false },
        { sessionId: first.sessionId, sessionNo: 1, state: 'DRAFT', isMine: true },
      ],
    })
  })

  it('is for those who treat: the desk and the manager begin, read and list none', async () => {
    const clinic = await sessionClinic()
    const { patientId, seriesId } = clinic
    const { window: desk } = await clinic.hire(['frontDesk'])
    const { sessionId, draftVersion, draft } = await beginSession(clinic, clinic.aes)
    const ofDraft = { patientId, sessionId, draftVersion }
    for (const window of [desk, clinic.manager]) {
      expect(await window.code('session.begin', { patientId, seriesId })).toBe('DENIED')
      expect(await window.code('session.list', { patientId })).toBe('DENIED')
      expect(await window.code('session.open', { patientId, sessionId })).toBe('DENIED')
      expect(await window.code('session.gate', { patientId, sessionId })).toBe('DENIED')
      expect(await window.code('session.save', { ...ofDraft, draft })).toBe('DENIED')
      expect(await window.code('session.start', ofDraft)).toBe('DENIED')
      expect(await window.code('session.recordOnly', ofDraft)).toBe('DENIED')
      expect(await window.code('session.discard', ofDraft)).toBe('DENIED')
      expect(await window.code('session.submit', submission(clinic, { sessionId, draftVersion, draft }))).toBe('DENIED')
      expect(await window.code('session.recall', { patientId, sessionId, version: 1 })).toBe('DENIED')
    }
    const clear = { patientId, sessionId, reason: 'seen today', reauth: byPassword }
    expect(await clinic.aes.code('session.clearInterval', clear)).toBe('DENIED')
  })

  it('is refused for a chart that is closed, a series of another patient and an unknown session', async () => {
    const clinic = await sessionClinic()
    const { patientId, seriesId, aes } = clinic
    const { sessionId, draftVersion, draft } = await beginSession(clinic, aes)
    const other = await patientOnFile(clinic, { family: 'Petrov', given: 'Ivo' })
    expect(await aes.code('session.begin', { patientId: other, seriesId })).toBe('NOT_FOUND')
    for (const wrong of [
      { patientId: other, sessionId },
      { patientId, sessionId: clinic.host.newId() as SessionId },
    ]) {
      const ofDraft = { ...wrong, draftVersion }
      expect(await aes.code('session.open', wrong)).toBe('NOT_FOUND')
      expect(await aes.code('session.gate', wrong)).toBe('NOT_FOUND')
      expect(await aes.code('session.save', { ...ofDraft, draft })).toBe('NOT_FOUND')
      expect(await aes.code('session.start', ofDraft)).toBe('NOT_FOUND')
      expect(await aes.code('session.recordOnly', ofDraft)).toBe('NOT_FOUND')
      expect(await aes.code('session.discard', ofDraft)).toBe('NOT_FOUND')
      expect(await aes.code('session.submit', { ...ofDraft, replies: [], dispositions: [], reauth: byPassword })).toBe(
        'NOT_FOUND',
      )
      expect(await aes.code('session.recall', { ...wrong, version: 1 })).toBe('NOT_FOUND')
    }
    expect(await aes.code('session.begin', { patientId: 'nobody' as PatientId, seriesId: '' as SeriesId })).toBe(
      'INVALID_INPUT',
    )
  })
})

describe('a closed chart', () => {
  it('begins no session', async () => {
    const clinic = await sessionClinic()
    const { patientId, seriesId } = clinic
    await write(clinic, (trx) => change(trx, "update patient set status = 'ARCHIVED', archive_reason = 'MISTAKE'"))
    expect(await clinic.aes.code('session.begin', { patientId, seriesId })).toBe('SESSION_PATIENT_ARCHIVED')
  })
})

describe('the draft', () => {
  it('keeps any incomplete text and gives the same text back after a reload, word for word', async () => {
    const clinic = await sessionClinic()
    let desk = await beginSession(clinic, clinic.aes)
    const half = {
      room: 'left w',
      notes: 'Patient asked twice\nabout sun',
      zoneRows: [{ zone: 'CHIN' as const, depthUm: 15_000 }, {}],
      anaesthetic: { name: 'Lido' },
    }
    desk = await type(clinic, clinic.aes, desk, half)
    const again = await reopen(clinic, clinic.aes, desk.sessionId)
    expect(again.draftVersion).toBe(desk.draftVersion)
    expect(again.draft).toMatchObject(half)
  })

  it('keeps two windows apart: the second save on an old text is refused and changes nothing', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const desk = await beginSession(clinic, clinic.aes)
    await type(clinic, clinic.aes, desk, { notes: 'typed here' })
    const { sessionId, draftVersion, draft } = desk
    const late = { patientId, sessionId, draftVersion, draft: { ...draft, notes: 'typed there' } }
    expect(await clinic.aes.code('session.save', late)).toBe('CONFLICT')
    expect((await reopen(clinic, clinic.aes, sessionId)).draft.notes).toBe('typed here')
  })

  it('is written by its author alone', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const { sessionId, draftVersion, draft } = await beginSession(clinic, clinic.aes)
    const ofDraft = { patientId, sessionId, draftVersion }
    expect(await clinic.phy.code('session.save', { ...ofDraft, draft })).toBe('NOT_THE_AUTHOR')
    expect(await clinic.phy.code('session.start', ofDraft)).toBe('NOT_THE_AUTHOR')
    expect(await clinic.phy.code('session.discard', ofDraft)).toBe('NOT_THE_AUTHOR')
    expect(await clinic.phy.must('session.open', { patientId, sessionId })).toMatchObject({
      session: { isMine: false },
      draft: { draftVersion },
    })
  })

  it('decides neither whose session it is nor what the gate judged, whatever the screen sends', async () => {
    const clinic = await sessionClinic()
    const started = await startedSession(clinic)
    const { draft } = await type(clinic, clinic.aes, started, {
      patientId: clinic.host.newId() as PatientId,
      sessionNo: 9,
      practitionerId: clinic.phyId,
      recordOnly: true,
      orderId: null,
      plan: { zones: [], addons: [] },
    })
    expect(draft.sessionNo).toBe(9)
    const kept = await reopen(clinic, clinic.aes, started.sessionId)
    expect(kept.draft).toMatchObject({
      patientId: clinic.patientId,
      sessionNo: 1,
      practitionerId: clinic.aesId,
      recordOnly: false,
      orderId: clinic.orderId,
      plan: { zones: [{ zone: 'CHEEK_ANT', side: 'L', depthUm: 1000 }, { side: 'R' }] },
      identityCheck: { checkedBy: clinic.aesId },
    })
  })

  it('refuses unknown fields, controls, and a device or lot that stands in no register', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const { sessionId, draftVersion, draft } = await beginSession(clinic, clinic.aes)
    const save = (change: object) =>
      clinic.aes.code('session.save', { patientId, sessionId, draftVersion, draft: { ...draft, ...change } })
    expect(await save({ surprise: 1 })).toBe('INVALID_INPUT')
    expect(await save({ notes: 'nul \u0000' })).toBe('INVALID_INPUT')
    expect(await save({ deviceId: clinic.host.newId() })).toBe('NOT_FOUND')
    expect(await save({ cartridgeUses: [{ label: 'c1', cartridgeLotId: clinic.host.newId() }] })).toBe('NOT_FOUND')
  })

  it('is audited once per person and spell, every other step each time', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    let desk = await beginSession(clinic, clinic.aes)
    for (const notes of ['a', 'ab', 'abc']) desk = await type(clinic, clinic.aes, desk, { notes })
    clinic.host.advanceMinutes(45)
    await signInAgainAt(clinic)
    desk = await type(clinic, clinic.aes, desk, { notes: 'abcd' })
    await clinic.aes.must('session.gate', { patientId, sessionId: desk.sessionId })
    await clinic.aes.must('session.discard', { patientId, sessionId: desk.sessionId, draftVersion: desk.draftVersion })
    expect(await actionsOn(clinic, desk.sessionId)).toEqual([
      'session.begin',
      'session.open',
      'session.edit',
      'session.gate',
      'session.discard',
    ])
  })
})

describe('the start gate', () => {
  it('names every condition that fails, with what lifts it and who', async () => {
    const clinic = await sessionClinic({ consent: 'NONE', screening: 'NONE' })
    const { patientId } = clinic
    const { sessionId } = await beginSession(clinic, clinic.aes)
    const { failures } = await clinic.aes.must('session.gate', { patientId, sessionId })
    expect(failures.map(({ code, liftedBy }) => `${code} ${liftedBy.action} ${liftedBy.by}`)).toEqual([
      'IDENTITY_NOT_CHECKED CHECK_IDENTITY PRACTITIONER',
      'NOTHING_PLANNED PLAN_ZONES PRACTITIONER',
      'SCREENING_FULL_MISSING SCREEN_IN_FULL PATIENT',
      'SCREENING_SHORT_NOT_TODAY SCREEN_TODAY PATIENT',
      'CONSENT_MISSING SIGN_CONSENT PATIENT',
      'SUPERVISOR_MISSING NAME_SUPERVISOR PRACTITIONER',
      'SUPERVISION_INSUFFICIENT BE_PRESENT PHYSICIAN',
      'DEVICE_MISSING CHOOSE_DEVICE PRACTITIONER',
      'CARTRIDGE_MISSING OPEN_CARTRIDGE PRACTITIONER',
    ])
  })

  it('refuses the start with the same codes, and the session stays as it was', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const desk = await type(
      clinic,
      clinic.aes,
      await beginSession(clinic, clinic.aes),
      readyToStart(clinic, { plan: { zones: [planned(cheekLeft, 1250)], addons: [] }, stillAgreesToday: false }),
    )
    const start = { patientId, sessionId: desk.sessionId, draftVersion: desk.draftVersion }
    expect(await clinic.aes.call('session.start', start)).toMatchObject({
      ok: false,
      refusal: { code: 'GATE_FAILED', facts: { codes: ['STILL_AGREES_NOT_ASKED', 'DEPTH_OVER_LIMIT'] } },
    })
    expect((await clinic.aes.must('session.list', { patientId })).sessions).toMatchObject([{ isStarted: false }])
  })

  it('lets a session start once, and keeps the plan that it judged beside the log', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const started = await startedSession(clinic)
    expect(started.draft).toMatchObject({
      orderId: clinic.orderId,
      consentId: clinic.consentId,
      zoneRows: [{ zone: 'CHEEK_ANT', side: 'L', indication: 'ACNE_SCAR', cartridge: 'c1' }, { side: 'R' }],
    })
    expect(started.draft.zoneRows?.[0]?.depthUm).toBeUndefined()
    const again = { patientId, sessionId: started.sessionId, draftVersion: started.draftVersion }
    expect(await clinic.aes.code('session.start', again)).toBe('SESSION_STARTED')
    expect(await clinic.aes.code('session.recordOnly', again)).toBe('SESSION_STARTED')
    expect(await clinic.aes.code('session.discard', again)).toBe('SESSION_STARTED')
    expect(await clinic.aes.must('session.open', { patientId, sessionId: started.sessionId })).toMatchObject({
      session: { isStarted: true, recordOnly: false },
      plan: { zones: [{ depthUm: 1000 }, { depthUm: 1000 }] },
      versions: [
        { reason: 'BEGUN', kind: 'OPENING' },
        { reason: 'STARTED', kind: 'OPENING' },
      ],
    })
    expect((await clinic.aes.must('series.list', { patientId })).series).toMatchObject([{ body: { status: 'ACTIVE' } }])
  })

  it('lets nobody but a physician start while no physician has approved the policy', async () => {
    const clinic = await sessionClinic({
      policy: (body) => ({ ...body, effectiveFrom: '2026-08-04' }),
    })
    const { sessionId } = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    expect(await codesOfGate(clinic, clinic.aes, sessionId)).toEqual(['POLICY_MISSING'])
    const own = readyToStart(clinic, { supervisingPhysicianId: null, supervisionModeActual: null })
    const ofPhysician = await type(clinic, clinic.phy, await beginSession(clinic, clinic.phy), own)
    // The consent names Lena; that somebody else treats is a line to be acknowledged, not a question of policy.
    expect(await codesOfGate(clinic, clinic.phy, ofPhysician.sessionId)).toEqual(['CONSENT_NOT_VALID'])
  })

  it('waits for the signature of the session before, and for a physician where it comes too soon', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    await submittedSession(clinic)
    const next = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    expect(await codesOfGate(clinic, clinic.aes, next.sessionId)).toEqual([
      'INTERVAL_TOO_SHORT',
      'PREVIOUS_SESSION_UNSIGNED',
    ])
    const { failures } = await clinic.aes.must('session.gate', { patientId, sessionId: next.sessionId })
    expect(failures[0]).toMatchObject({ eligibleOn: '2026-08-17', liftedBy: { by: 'PHYSICIAN' } })
    const clear = { patientId, sessionId: next.sessionId, reason: 'second half of the same visit', reauth: byPassword }
    expect(await clinic.phy.code('session.clearInterval', { ...clear, reason: ' ' })).toBe('INVALID_INPUT')
    await clinic.phy.must('session.clearInterval', clear)
    expect(await codesOfGate(clinic, clinic.aes, next.sessionId)).toEqual(['PREVIOUS_SESSION_UNSIGNED'])
  })

  it('knows a cartridge again that another visit has used', async () => {
    const clinic = await sessionClinic({ policy: (body) => ({ ...body, nextSessionBlockedIfUnsigned: false }) })
    const [use] = readyToStart(clinic).cartridgeUses ?? []
    await submittedSession(clinic, { plan: { cartridgeUses: [{ ...use, serial: 'S-17' }] } })
    const next = await type(
      clinic,
      clinic.aes,
      await beginSession(clinic, clinic.aes),
      readyToStart(clinic, { cartridgeUses: [{ ...use, lotRaw: 'mn24 0917b', serial: 's-17' }] }),
    )
    expect(await codesOfGate(clinic, clinic.aes, next.sessionId)).toEqual([
      'INTERVAL_TOO_SHORT',
      'CARTRIDGE_ALREADY_USED',
    ])
  })

  it('counts an order only for its own series and its sessions left', async () => {
    const clinic = await sessionClinic({ order: { sessions: 1 } })
    await submittedSession(clinic)
    const next = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    expect(await codesOfGate(clinic, clinic.aes, next.sessionId)).toContain('ORDER_NO_SESSIONS_LEFT')
  })
})

describe('a session that never starts', () => {
  it('is discarded by its author, keeps its text as a version and frees its number', async () => {
    const clinic = await sessionClinic()
    const { patientId, seriesId } = clinic
    const { sessionId, draftVersion } = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), {
      notes: 'did not come',
    })
    await clinic.aes.must('session.discard', { patientId, sessionId, draftVersion })
    expect((await clinic.aes.must('session.list', { patientId })).sessions).toEqual([])
    const kept = await clinic.aes.must('session.open', { patientId, sessionId })
    expect(kept).toMatchObject({
      session: { state: 'CANCELLED' },
      draft: null,
      versions: [{ reason: 'BEGUN' }, { reason: 'DISCARDED' }],
    })
    expect(await clinic.aes.code('session.discard', { patientId, sessionId, draftVersion })).toBe(
      'SESSION_MOVE_NOT_ALLOWED',
    )
    const next = await clinic.aes.must('session.begin', { patientId, seriesId })
    expect(next.sessionId).not.toBe(sessionId)
    expect((await clinic.aes.must('session.list', { patientId })).sessions).toMatchObject([{ sessionNo: 1 }])
  })
})

describe('a treatment that took place without the gate', () => {
  it('is recorded all the same, and every condition it did not meet is a deviation', async () => {
    const clinic = await sessionClinic({ consent: 'NONE' })
    const { patientId } = clinic
    const begun = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    const ofDraft = { patientId, sessionId: begun.sessionId, draftVersion: begun.draftVersion }
    expect(await clinic.aes.code('session.start', ofDraft)).toBe('GATE_FAILED')
    await clinic.aes.must('session.recordOnly', ofDraft)
    const desk = await type(
      clinic,
      clinic.aes,
      await reopen(clinic, clinic.aes, begun.sessionId),
      loggedUntilNow(clinic),
    )
    expect(await clinic.aes.call('session.submit', submission(clinic, desk))).toMatchObject({
      refusal: {
        code: 'SESSION_INCOMPLETE',
        facts: {
          problems: ['DEVIATION_REASON_MISSING deviations[0].reason', 'DEVIATION_REASON_MISSING deviations[1].reason'],
        },
      },
    })
    const told = { reason: 'patient was already numbed', patientTold: true }
    const explained = await type(clinic, clinic.aes, desk, {
      deviations: [
        { code: 'CONSENT_MISSING', origin: 'AUTO', ...told },
        { code: 'RECORD_ONLY', origin: 'AUTO', ...told },
      ],
    })
    await clinic.aes.must('session.submit', submission(clinic, explained))
    expect(await clinic.phy.must('session.open', { patientId, sessionId: begun.sessionId })).toMatchObject({
      session: { state: 'SUBMITTED', recordOnly: true, deviations: 2 },
      gatePassedAt: null,
      record: {
        isIntact: true,
        body: {
          recordOnly: true,
          consentId: null,
          deviations: [
            { code: 'CONSENT_MISSING', ...told },
            { code: 'RECORD_ONLY', ...told },
          ],
        },
      },
    })
  })

  it('is judged as of its own day and becomes a late entry', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const begun = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    const { sessionId, draftVersion } = begun
    await clinic.aes.must('session.recordOnly', { patientId, sessionId, draftVersion })
    const logged = loggedUntilNow(clinic, {
      deviations: [{ code: 'RECORD_ONLY', origin: 'AUTO', reason: 'screen was down', patientTold: true }],
    })
    clinic.host.advanceMinutes(26 * 60)
    await signInAgainAt(clinic)
    const desk = await type(clinic, clinic.aes, await reopen(clinic, clinic.aes, sessionId), logged)
    await clinic.aes.must('session.submit', submission(clinic, desk))
    expect((await clinic.aes.must('session.list', { patientId })).sessions).toMatchObject([
      { performedOn: '2026-08-03', lateEntry: true, deviations: 1 },
    ])
  })
})

describe('the last session of the series', () => {
  it('is offered for comparison with depths and techniques only, voided ones left out', async () => {
    const clinic = await sessionClinic()
    const { patientId } = clinic
    const sessionId = await submittedSession(clinic)
    const next = await beginSession(clinic, clinic.aes)
    const { last } = await clinic.aes.must('session.open', { patientId, sessionId: next.sessionId })
    expect(last).toEqual({
      sessionId,
      sessionNo: 1,
      performedOn: '2026-08-03',
      zoneRows: wire([zoneRow(cheekLeft), zoneRow({ ...cheekLeft, side: 'R' })]).map(
        ({ passes: _p, cartridge: _c, stopReason: _s, ...kept }: Record<string, unknown>) => kept,
      ),
    })
  })
})
