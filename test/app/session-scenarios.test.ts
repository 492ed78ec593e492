import { describe, expect, it } from 'vitest'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { SessionId } from '../../shared/kernel/ids.ts'
import { choice, on } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { consentOnFile } from '../support/consent.ts'
import { screenPatient, wire } from '../support/screening.ts'
import {
  beginSession,
  cheekLeft,
  cheekRight,
  countersign,
  loggedUntilNow,
  planned,
  readyToStart,
  reopen,
  returnSession,
  type SessionClinic,
  sessionClinic,
  signInAgainAt,
  startedSession,
  submission,
  submittedSession,
  type,
  zoneRow,
} from '../support/session.ts'

// Clinical reference, section 11. Invented people.

async function gateCodes({ aes, patientId }: SessionClinic, sessionId: SessionId): Promise<readonly string[]> {
  const { failures } = await aes.must('session.gate', { patientId, sessionId })
  return failures.map(({ code }) => code)
}

/** Ten in the morning of another day in Chicago; everybody signs in again. */
async function onDay(clinic: SessionClinic, date: string): Promise<void> {
  clinic.host.setNow(`${date}T16:00:00.000Z`)
  await signInAgainAt(clinic)
}

describe('scenario 1, Mara Lindqvist: a course of four', () => {
  it('is due by calendar months, and its outcome review six months after the fourth', async () => {
    const clinic = await sessionClinic({
      now: '2026-01-20T16:00:00.000Z',
      policy: (body) => ({
        ...body,
        permittedRoles: body.permittedRoles.map((row) => ({ ...row, maxDepthUm: Math.max(row.maxDepthUm, 1500) })),
      }),
      order: {
        zones: [
          { ...cheekLeft, maxDepthUm: 1500 },
          { ...cheekRight, maxDepthUm: 1500 },
        ],
        expiresOn: '2027-01-20',
      },
    })
    const { patientId } = clinic
    const plan = { zones: [planned(cheekLeft, 1500), planned(cheekRight, 1500)], addons: [] }
    const rows = [cheekLeft, cheekRight].map((place) =>
      zoneRow(place, {
        depthUm: 1500,
        passes: [
          { no: 1, directions: ['V', 'H', 'OR'], endpointAfter: 'ERYTHEMA' },
          { no: 2, directions: ['V', 'H', 'OR'], endpointAfter: 'PINPOINT' },
        ],
      }),
    )
    const dues: (string | null)[] = []
    for (const day of ['2026-01-31', '2026-02-28', '2026-03-28', '2026-04-28']) {
      await onDay(clinic, day)
      await screenPatient(clinic.aes, patientId, answersOfHealthyPerson('SHORT'))
      const sessionId = await submittedSession(clinic, { plan: { plan }, log: { zoneRows: rows } })
      await countersign(clinic, sessionId)
      const { series } = await clinic.aes.must('series.list', { patientId })
      dues.push(series[0]?.nextDueOn ?? null)
    }
    expect(dues.slice(0, 3)).toEqual(['2026-02-28', '2026-03-28', '2026-04-28'])
    expect((await clinic.aes.must('series.list', { patientId })).series).toMatchObject([
      {
        sessionsPerformed: 4,
        outcomeReview: { dueOn: '2026-10-28', fromOn: '2026-10-14', untilOn: '2026-11-11' },
      },
    ])
    const { sessions } = await clinic.aes.must('session.list', { patientId })
    expect(sessions.map(({ sessionNo, state, deviations }) => ({ sessionNo, state, deviations }))).toEqual(
      [4, 3, 2, 1].map((sessionNo) => ({ sessionNo, state: 'SIGNED', deviations: 0 })),
    )
  })
})

describe('scenario 2, Tomas Ferreira: isotretinoin ended 92 days ago', () => {
  const jawline = { zone: 'JAWLINE', side: 'R', site: null } as const
  const planTo = (depthUm: number): Partial<SessionDraft> => ({
    plan: { zones: [planned(jawline, depthUm)], addons: [] },
  })

  async function tomas() {
    const clinic = await sessionClinic({
      now: '2026-06-02T15:00:00.000Z',
      patient: { family: 'Ferreira', given: 'Tomas', bornOn: '2003-11-05', fst: null },
      order: { zones: [{ ...jawline, maxDepthUm: 1000 }], fst: 'III' },
      consent: 'NONE',
      answers: { ...answersOfHealthyPerson('FULL'), ...choice('SQ-10', 'PAST', on('2026-03-02')) },
    })
    const { aes, aesId, phyId, patientId, seriesId } = clinic
    const team = { practitionerId: aesId, physicianId: phyId }
    await consentOnFile(aes, patientId, team, { seriesId, zones: [jawline] })
    const desk = await type(clinic, aes, await beginSession(clinic, aes), {
      ...readyToStart(clinic),
      ...planTo(500),
      fst: 'III',
    })
    return { clinic, desk }
  }

  it('does not start; a clearance to 0.50 mm on one test zone lets it, and not a hair deeper', async () => {
    const { clinic, desk } = await tomas()
    const { patientId, seriesId, aes, phy } = clinic
    const { failures } = await aes.must('session.gate', { patientId, sessionId: desk.sessionId })
    expect(failures).toMatchObject([
      { code: 'CLEARANCE_MISSING', eligibleOn: '2026-09-02', liftedBy: { action: 'CLEAR_FINDING', by: 'PHYSICIAN' } },
    ])
    const clearance = {
      patientId,
      seriesId,
      plannedZones: [{ zone: 'JAWLINE', side: 'R' }],
      deviceType: 'PEN',
      findings: [{ questionId: 'SQ-10', rule: 'ISOTRETINOIN_WAIT' }],
      decision: 'CLEARED',
      reason: 'ASDS 2017; superficial; test zone',
      conditions: {
        maxDepthUm: 500,
        zonesExcluded: [],
        zonesAllowed: [{ zone: 'JAWLINE', side: 'R' }],
        prophylaxis: null,
        anaestheticPlan: null,
      },
      offLabelNote: null,
      expiresOn: '2026-08-31',
      reauth: { method: 'PIN', pin: '294718' },
    }
    await phy.must('clearance.decide', wire(clearance))
    expect(await gateCodes(clinic, desk.sessionId)).toEqual([])
    const deeper = await type(clinic, aes, desk, planTo(750))
    const over = await aes.must('session.gate', { patientId, sessionId: desk.sessionId })
    expect(over.failures).toMatchObject([{ code: 'DEPTH_OVER_LIMIT', facts: { limitUm: 500, decidedBy: 'CLEARANCE' } }])
    const shallow = await type(clinic, aes, deeper, planTo(500))
    const { sessionId, draftVersion } = shallow
    expect(await aes.code('session.start', { patientId, sessionId, draftVersion })).toBe('ok')
  })
})

describe('scenario 4: a session deeper than the limit', () => {
  it('is refused as a plan, kept as a deviation, and fifteen millimetres are never true', async () => {
    const clinic = await sessionClinic()
    const { patientId, aes } = clinic
    const begun = await type(clinic, aes, await beginSession(clinic, aes), {
      ...readyToStart(clinic),
      plan: { zones: [planned(cheekLeft, 1500)], addons: [] },
    })
    expect(await gateCodes(clinic, begun.sessionId)).toEqual(['DEPTH_OVER_LIMIT'])
    await aes.must('session.discard', { patientId, sessionId: begun.sessionId, draftVersion: begun.draftVersion })

    const started = await startedSession(clinic)
    const log = (depthUm: number) =>
      loggedUntilNow(clinic, { zoneRows: [zoneRow(cheekLeft, { depthUm }), zoneRow(cheekRight)] })
    const mistyped = await type(clinic, aes, started, log(15_000))
    expect(await aes.code('session.submit', submission(clinic, mistyped))).toBe('SESSION_INCOMPLETE')
    const silent = await type(clinic, aes, mistyped, log(1500))
    expect(await aes.code('session.submit', submission(clinic, silent))).toBe('SESSION_INCOMPLETE')
    const told = { reason: 'dial was left at the last setting', patientTold: true }
    const explained = await type(clinic, aes, silent, {
      deviations: [{ code: 'DEPTH_OVER_LIMIT', origin: 'AUTO', zone: 'CHEEK_ANT', side: 'L', ref: 'c1', ...told }],
    })
    await aes.must('session.submit', submission(clinic, explained))
    expect(await clinic.phy.must('session.open', { patientId, sessionId: started.sessionId })).toMatchObject({
      session: { state: 'SUBMITTED', deviations: 1, maxDepthUm: 1500 },
      record: {
        body: {
          deviations: [
            {
              code: 'DEPTH_OVER_LIMIT',
              detail: { limitUm: 1000, decidedBy: 'POLICY', sources: ['POLICY', 'ORDER'] },
              ...told,
            },
          ],
        },
      },
    })
  })
})

describe('scenario 7, Ivo Petrov: the physician returns a session', () => {
  it('is corrected as a version of its own and signed under the hash of that version', async () => {
    const clinic = await sessionClinic({ now: '2026-06-09T15:00:00.000Z' })
    const { patientId, aes } = clinic
    const started = await startedSession(clinic)
    const full = loggedUntilNow(clinic)
    const row = zoneRow(cheekLeft, { passes: [{ no: 1, directions: ['V'], endpointAfter: 'NONE' }] })
    const gaps: Partial<SessionDraft> = {
      ...full,
      anaesthetic: { ...full.anaesthetic, offAt: null },
      zoneRows: [row, zoneRow(cheekRight)],
    }
    const { sessionId } = await type(clinic, aes, started, gaps)
    await aes.must('session.submit', submission(clinic, await reopen(clinic, aes, sessionId)))
    const first = await clinic.phy.must('session.open', { patientId, sessionId })
    expect(first.record?.body.warnings.map(({ code }) => code)).toEqual([
      'ANAESTHETIC_OFF_TIME_MISSING',
      'ENDPOINT_CONTRADICTS_STOP_REASON',
    ])
    const pointers = [
      { path: '/anaesthetic/offAt', text: 'Off-time is missing' },
      { path: '/zoneRows/0/stopReason', text: 'No endpoint reached' },
    ]
    await returnSession(clinic, sessionId, pointers)

    await onDay(clinic, '2026-06-10')
    const corrected = await type(clinic, aes, await reopen(clinic, aes, sessionId), {
      anaesthetic: full.anaesthetic,
      zoneRows: [{ ...row, stopReason: 'REQUEST' }, zoneRow(cheekRight)],
    })
    const replies = pointers.map(({ path }) => ({ path, reply: 'Corrected' }))
    await aes.must('session.submit', { ...submission(clinic, corrected), replies })

    await onDay(clinic, '2026-06-11')
    await countersign(clinic, sessionId)
    const signed = await aes.must('session.open', { patientId, sessionId })
    expect(signed).toMatchObject({
      session: { state: 'SIGNED', warnings: 0, returns: 1, lateEntry: false },
      returns: [{ pointers, replies }],
    })
    const [submittedFirst, submittedSecond] = signed.versions.filter(({ kind }) => kind === 'SUBMISSION')
    expect(submittedFirst).toMatchObject({ sha256: first.record?.sha256, changes: null })
    expect(submittedSecond?.changes?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['anaesthetic.offAt', 'zoneRows[0].stopReason']),
    )
    expect(signed.signatures.at(-1)).toMatchObject({
      meaning: 'REVIEWED_AND_APPROVED',
      sha256: submittedSecond?.sha256,
      versionNumber: submittedSecond?.number,
    })
  })
})
