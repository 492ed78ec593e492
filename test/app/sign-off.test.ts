import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import type { SessionDraft } from '../../shared/domain/session.ts'
import { checkSession } from '../../shared/domain/session-check.ts'
import { sessionFactsOf } from '../../shared/domain/session-desk.ts'
import type { SessionId } from '../../shared/kernel/ids.ts'
import { pin, type Window } from '../support/clinic.ts'
import { patientOnFile, signInAgain, wire } from '../support/screening.ts'
import {
  byPassword,
  cheekLeft,
  cheekRight,
  loggedUntilNow,
  reopen,
  type SessionClinic,
  sessionClinic,
  startedSession,
  submission,
  submittedSession,
  type,
  zoneRow,
} from '../support/session.ts'

const byPin = { method: 'PIN', pin } as const

/** The left cheek went to 1.50 mm where the order said 1.00 mm, and the author says why. */
const deeperThanOrdered: Partial<SessionDraft> = {
  zoneRows: [{ ...zoneRow(cheekLeft), depthUm: 1500 }, zoneRow(cheekRight)],
}

async function seen({ phy, patientId }: SessionClinic, sessionId: SessionId, window: Window = phy) {
  const { record } = await window.must('session.open', { patientId, sessionId })
  if (!record) throw new Error('nothing was submitted')
  return {
    address: { patientId, sessionId, seenVersionId: record.versionId, seenSha256: record.sha256 },
    deviations: record.body.deviations,
    record,
  }
}

const statement = {
  supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
  patientSeen: false,
  dispositions: [] as { deviationId: string; disposition: 'ACCEPTED' | 'COUNSELLED'; note: string }[],
  decision: 'PROCEED',
  comment: '',
  takeoverReason: null,
  reauth: byPassword,
} as const

/** A record with one deviation per code that the day's work has; each with its reason. */
async function submittedWithDeviation(clinic: SessionClinic): Promise<SessionId> {
  const started = await startedSession(clinic)
  const logged = await type(clinic, clinic.aes, started, loggedUntilNow(clinic, deeperThanOrdered))
  const { deviations } = await judged(clinic, logged)
  const withReasons = await type(clinic, clinic.aes, logged, {
    deviations: deviations.map(({ detail: _facts, ...deviation }) => ({
      ...deviation,
      reason: 'Endpoint not reached at 1.00 mm, one pass deeper.',
      patientTold: true,
    })),
  })
  await clinic.aes.must('session.submit', submission(clinic, withReasons))
  return logged.sessionId
}

/** What the screen of the author shows: the same judgement that main makes. */
async function judged(clinic: SessionClinic, desk: Awaited<ReturnType<typeof reopen>>) {
  const { desk: facts } = await clinic.aes.must('session.gate', {
    patientId: clinic.patientId,
    sessionId: desk.sessionId,
  })
  return checkSession(desk.draft, sessionFactsOf(desk.draft, facts, clinic.host.now()))
}

function store({ app }: SessionClinic) {
  return app.services.storeLife.open.store.db
}

describe('a countersignature', () => {
  it('binds the physician, the meaning and the decision to the version that was reviewed', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { address } = await seen(clinic, sessionId)
    const signed = await clinic.phy.must('signOff.sign', { ...address, ...statement })
    expect(signed.meaning).toBe('REVIEWED_AND_APPROVED')
    const { session, signatures } = await clinic.phy.must('session.open', { patientId: clinic.patientId, sessionId })
    expect(session).toMatchObject({ state: 'SIGNED', signedBy: { staffId: clinic.phyId } })
    expect(signatures.at(-1)).toMatchObject({
      meaning: 'REVIEWED_AND_APPROVED',
      sha256: address.seenSha256,
      isIntact: true,
    })
    const { signOff } = await clinic.aes.must('signOff.open', { patientId: clinic.patientId, sessionId })
    expect(signOff).toMatchObject({
      isIntact: true,
      body: {
        record: { kind: 'SESSION', recordId: sessionId, version: 1, sha256: address.seenSha256 },
        signer: {
          staffId: clinic.phyId,
          credential: 'MD',
          licence: { state: 'IL', level: 'PHYSICIAN', expiresOn: '2029-12-31' },
        },
        attestation: { version: 'approved/1' },
        decision: 'PROCEED',
        takeoverReason: null,
        batchId: null,
      },
    })
    const audited = await many(
      store(clinic),
      "select action, reason, outcome from audit_entry where action = 'signOff.sign'",
    )
    expect(audited).toEqual([{ action: 'signOff.sign', reason: 'PASSWORD', outcome: 'DONE' }])
    expect(await clinic.phy.must('signOff.queue', { after: null })).toMatchObject({ sessions: [], next: null })
  })

  it('names every deviation and says so in its meaning; such a record is in no batch', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedWithDeviation(clinic)
    const { address, deviations } = await seen(clinic, sessionId)
    expect(deviations.length).toBeGreaterThan(0)
    const { sessions } = await clinic.phy.must('signOff.queue', { after: null })
    expect(sessions).toMatchObject([
      { sessionId, group: 'ATTENTION', first: { kind: 'DEVIATION', zone: 'CHEEK_ANT', side: 'L' } },
    ])
    expect(
      await clinic.phy.call('signOff.signBatch', wire({ records: [address], patientSeen: false, reauth: byPassword })),
    ).toMatchObject({ refusal: { code: 'BATCH_REFUSED', facts: { records: [`${sessionId} BATCH_DEVIATION`] } } })
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement })).toBe('DEVIATION_NOT_DISPOSED')
    const dispositions = deviations.map(({ deviationId }) => ({
      deviationId,
      disposition: 'COUNSELLED' as const,
      note: 'Order first, depth second.',
    }))
    const foreign = { deviationId: 'nothing', disposition: 'ACCEPTED' as const, note: '' }
    expect(
      await clinic.phy.code('signOff.sign', { ...address, ...statement, dispositions: [...dispositions, foreign] }),
    ).toBe('DISPOSITION_WITHOUT_DEVIATION')
    const signed = await clinic.phy.must('signOff.sign', {
      ...address,
      ...statement,
      dispositions,
      decision: 'MODIFY',
      comment: 'Cheeks 1.00 mm',
    })
    expect(signed.meaning).toBe('REVIEWED_WITH_DEVIATIONS')
    const open = await clinic.phy.must('session.open', { patientId: clinic.patientId, sessionId })
    expect(open.dispositions.every(({ disposition }) => disposition === 'COUNSELLED')).toBe(true)
    expect(open.dispositions).toHaveLength(deviations.length)
  })

  it('is never one’s own, never an aesthetician’s, and asks who you are', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { address } = await seen(clinic, sessionId)
    await signInAgain(clinic.manager, 'greta')
    const desk = await clinic.hire(['frontDesk'])
    for (const window of [clinic.aes, desk.window, clinic.manager]) {
      expect(await window.code('signOff.sign', { ...address, ...statement })).toBe('DENIED')
      expect(await window.code('signOff.queue', { after: null })).toBe('DENIED')
      expect(await window.code('signOff.review', { patientId: clinic.patientId, sessionId })).toBe('DENIED')
    }
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement, reauth: byPin })).toBe('PASSWORD_NEEDED')
    const wrong = { method: 'PASSWORD', password: 'not this one' }
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement, reauth: wrong })).toBe('REAUTH_WRONG')
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement, decision: 'HOLD' })).toBe(
      'COMMENT_MISSING',
    )
    const stale = { ...address, seenSha256: '0'.repeat(64) }
    expect(await clinic.phy.code('signOff.sign', { ...stale, ...statement })).toBe('STALE_VERSION')
    const unconfirmed = { mode: 'ON_SITE', confirmed: false, note: '' }
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement, supervision: unconfirmed })).toBe(
      'SUPERVISION_NOT_CONFIRMED',
    )
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement, decision: 'MAYBE' })).toBe('INVALID_INPUT')
    const other = await patientOnFile(clinic)
    expect(await clinic.phy.code('signOff.sign', { ...address, patientId: other, ...statement })).toBe('NOT_FOUND')
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement })).toBe('ok')
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement, reauth: byPin })).toBe(
      'SESSION_MOVE_NOT_ALLOWED',
    )
  })

  it('of another physician takes the record over with a reason that stands in the signature', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    await signInAgain(clinic.manager, 'greta')
    const deputy = await clinic.hire(['physician'], 'Dr Maya Castellanos')
    const { address } = await seen(clinic, sessionId, deputy.window)
    expect(await deputy.window.must('signOff.queue', { after: null })).toMatchObject({
      sessions: [{ isOfAnother: true, supervisor: { staffId: clinic.phyId } }],
    })
    expect(await deputy.window.code('signOff.sign', { ...address, ...statement })).toBe('TAKEOVER_REASON_MISSING')
    await deputy.window.must('signOff.sign', {
      ...address,
      ...statement,
      takeoverReason: 'Dr Okafor is away this week',
    })
    const { signOff } = await clinic.phy.must('signOff.open', { patientId: clinic.patientId, sessionId })
    expect(signOff?.body.takeoverReason).toBe('Dr Okafor is away this week')
  })

  it('with STOP ends the series early with the physician’s words', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { address } = await seen(clinic, sessionId)
    await clinic.phy.must('signOff.sign', { ...address, ...statement, decision: 'STOP', comment: 'Scars have settled' })
    const { series } = await clinic.phy.must('series.list', { patientId: clinic.patientId })
    expect(series[0]?.body).toMatchObject({ status: 'ENDED_EARLY', statusReason: 'Scars have settled' })
  })

  it('is refused over a record whose bytes were changed', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { address } = await seen(clinic, sessionId)
    const { driver } = clinic.app.services.storeLife.open.store
    for (const { name } of driver
      .prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'record_version'")
      .all() as { name: string }[])
      driver.exec(`drop trigger ${name}`)
    driver
      .prepare('update record_version set body = replace(body, \'"painMax":3\', \'"painMax":1\') where id = ?')
      .run(address.seenVersionId)
    expect(await clinic.phy.code('signOff.sign', { ...address, ...statement })).toBe('RECORD_DAMAGED')
    expect(
      await clinic.phy.call('signOff.signBatch', wire({ records: [address], patientSeen: false, reauth: byPassword })),
    ).toMatchObject({ refusal: { code: 'BATCH_REFUSED', facts: { records: [`${sessionId} RECORD_DAMAGED`] } } })
  })
})

describe('the queue and the clean batch', () => {
  it('signs opened clean records with one proof of identity, and none where one was not opened', async () => {
    const clinic = await sessionClinic({ policy: (body) => ({ ...body, nextSessionBlockedIfUnsigned: false }) })
    const sessionId = await submittedSession(clinic)
    const { sessions } = await clinic.phy.must('signOff.queue', { after: null })
    expect(sessions).toMatchObject([{ sessionId, group: 'CLEAN', isOpened: false, isOfAnother: false, first: null }])
    const [waiting] = sessions
    if (!waiting) throw new Error('nothing waits')
    const record = {
      patientId: clinic.patientId,
      sessionId,
      seenVersionId: waiting.versionId,
      seenSha256: waiting.sha256,
    }
    const batch = { records: [record], patientSeen: false, reauth: byPassword }
    expect(await clinic.phy.call('signOff.signBatch', batch)).toMatchObject({
      refusal: { code: 'BATCH_REFUSED', facts: { records: [`${sessionId} BATCH_NOT_OPENED`] } },
    })
    expect(await clinic.phy.code('signOff.signBatch', { ...batch, records: [record, record] })).toBe('INVALID_INPUT')
    expect(await clinic.aes.code('signOff.signBatch', batch)).toBe('DENIED')
    await seen(clinic, sessionId)
    expect((await clinic.phy.must('signOff.queue', { after: null })).sessions[0]?.isOpened).toBe(true)
    expect(await clinic.phy.must('signOff.signBatch', batch)).toMatchObject({ signed: 1 })
    const { signOff } = await clinic.phy.must('signOff.open', { patientId: clinic.patientId, sessionId })
    expect(signOff?.body.batchId).not.toBeNull()
    expect(
      await many(
        store(clinic),
        "select count(*) as rows_ from audit_entry where action = 'signOff.signBatch' and outcome = 'DONE'",
      ),
    ).toEqual([{ rows_: 1 }])
  })

  it('counts what waits, what is due today and what is overdue, for the physician and the manager alone', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    expect(await clinic.phy.must('signOff.counts', {})).toEqual({
      redFlag: 0,
      attention: 0,
      clean: 1,
      addenda: 0,
      dueToday: 0,
      overdue: 0,
    })
    expect(await clinic.aes.code('signOff.counts', {})).toBe('DENIED')
    clinic.host.setNow('2026-08-07T16:30:00.000Z')
    await signInAgain(clinic.phy, 'person2')
    expect(await clinic.phy.must('signOff.counts', {})).toMatchObject({ clean: 1, dueToday: 1, overdue: 1 })
    expect(await clinic.phy.must('signOff.queue', { after: null })).toMatchObject({
      sessions: [{ lateness: 'OVERDUE' }],
    })
    await signInAgain(clinic.manager, 'greta')
    expect(await clinic.manager.must('signOff.counts', {})).toMatchObject({ overdue: 1 })
  })
})

describe('a record sent back', () => {
  it('comes again as version 2 with an answer to every point, and what is signed is version 2', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy, aes } = clinic
    const sessionId = await submittedSession(clinic)
    const first = await seen(clinic, sessionId)
    const back = {
      patientId,
      sessionId,
      seenVersionId: first.address.seenVersionId,
      reason: 'Two things are missing',
      pointers: [
        { path: '/painMax', text: 'Was it really 3?' },
        { path: '/notes', text: 'Say how the skin looked at the end' },
      ],
      dueOn: '2026-08-05',
      takeoverReason: null,
    }
    expect(await phy.code('signOff.return', { ...back, reason: ' ' })).toBe('RETURN_REASON_MISSING')
    expect(await phy.code('signOff.return', { ...back, pointers: [] })).toBe('RETURN_POINTERS_MISSING')
    expect(await phy.code('signOff.return', { ...back, dueOn: '2026-08-02' })).toBe('RETURN_DUE_PAST')
    expect(await phy.code('signOff.return', { ...back, pointers: [{ path: '/nothing', text: 'x' }] })).toBe(
      'RETURN_FIELD_UNKNOWN',
    )
    expect(await aes.code('signOff.return', back)).toBe('DENIED')
    expect(await phy.must('signOff.return', back)).toEqual({ dueAt: '2026-08-06T05:00:00.000Z' })
    expect(
      await many(store(clinic), "select outcome from audit_entry where action = 'signOff.return' and outcome = 'DONE'"),
    ).toHaveLength(1)

    const desk = await reopen(clinic, aes, sessionId)
    const corrected = await type(clinic, aes, desk, { painMax: 5, notes: 'Even redness, no oozing' })
    expect(await aes.code('session.submit', submission(clinic, corrected))).toBe('REPLY_MISSING')
    await aes.must('session.submit', {
      ...submission(clinic, corrected),
      replies: [
        { path: '/painMax', reply: '5 at the second pass' },
        { path: '/notes', reply: 'Added' },
      ],
    })
    expect(await phy.must('signOff.queue', { after: null })).toMatchObject({
      sessions: [{ isCorrected: true, group: 'ATTENTION', isOpened: false }],
    })
    const second = await seen(clinic, sessionId)
    const { versions } = await phy.must('session.open', { patientId, sessionId })
    expect(
      versions
        .at(-1)
        ?.changes?.map(({ path }) => path)
        .sort(),
    ).toEqual(['notes', 'painMax'])
    expect(await phy.code('signOff.sign', { ...first.address, ...statement })).toBe('STALE_VERSION')
    await phy.must('signOff.sign', { ...second.address, ...statement })
    const { signOff } = await phy.must('signOff.open', { patientId, sessionId })
    expect(signOff?.body.record).toMatchObject({ version: 2, sha256: second.record.sha256 })
  })
})

describe('a record entered in error', () => {
  it('stays, struck through, with the reason and the link to where the treatment belongs', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy, aes } = clinic
    const sessionId = await submittedSession(clinic)
    const { address } = await seen(clinic, sessionId)
    await phy.must('signOff.sign', { ...address, ...statement })
    clinic.host.setNow('2026-09-07T15:00:00.000Z')
    await signInAgain(aes, 'person1')
    await signInAgain(phy, 'person2')
    const { sessionId: rightId } = await aes.must('session.begin', { patientId, seriesId: clinic.seriesId })
    const mistake = {
      patientId,
      sessionId,
      seenVersionId: address.seenVersionId,
      reason: 'Recorded on the wrong patient',
      correct: { patientId, sessionId: rightId },
      reauth: byPassword,
    }
    expect(await aes.code('signOff.markEnteredInError', mistake)).toBe('DENIED')
    expect(await phy.code('signOff.markEnteredInError', { ...mistake, reason: '' })).toBe('ERROR_REASON_MISSING')
    expect(await phy.code('signOff.markEnteredInError', { ...mistake, correct: { patientId, sessionId } })).toBe(
      'CORRECT_SESSION_NOT_VALID',
    )
    await phy.must('signOff.markEnteredInError', mistake)
    const open = await phy.must('session.open', { patientId, sessionId })
    expect(open.session.state).toBe('VOIDED')
    expect(open.voided).toMatchObject({ reason: 'Recorded on the wrong patient', correctSessionId: rightId })
    expect(open.record?.sha256).toBe(address.seenSha256)
    expect(
      await many(
        store(clinic),
        "select outcome from audit_entry where action = 'signOff.markEnteredInError' and outcome = 'DONE'",
      ),
    ).toHaveLength(1)
  })
})
