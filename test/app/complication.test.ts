import { describe, expect, it } from 'vitest'
import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { ComplicationId, SessionId } from '../../shared/kernel/ids.ts'
import type { DefinitionOf } from '../../shared/rpc/client.ts'
import { newClinic, type Window } from '../support/clinic.ts'
import { auditOf, byPassword } from '../support/course.ts'
import { patientOnFile, signInAgain } from '../support/screening.ts'
import {
  beginSession,
  cheekLeft,
  cheekRight,
  countersign,
  planned,
  readyToStart,
  type SessionClinic,
  sessionClinic,
  submittedSession,
  type,
  write,
} from '../support/session.ts'

type Report = InputOf<DefinitionOf<Api, 'complication.report'>>
type Assessment = InputOf<DefinitionOf<Api, 'complication.assess'>>
type Opened = OutputOf<DefinitionOf<Api, 'complication.open'>>

function call(patientId: Report['patientId'], change: Partial<Report> = {}): Report {
  return {
    patientId,
    sessionIds: [],
    zones: [],
    description: 'Red and sore since the evening',
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: 'Mara Lindqvist' },
    onsetOn: null,
    signs: [],
    code: null,
    grade: null,
    actionTaken: '',
    notices: [],
    ...change,
  }
}

/** Today's assessment as the form sends it when nothing is typed, with what is typed on top. */
function assessment({ complication, body }: Opened, change: Partial<Assessment> = {}): Assessment {
  const { code, zones, onsetOn, signs, causality, outcome, resolvedOn, actionTaken } = body
  const { isPermanentChange, neededIntervention, hasSterilityDoubt, seriesDecision } = body
  const { stableOn, treatmentOrderedBy, sessionIds } = body
  return {
    patientId: complication.patientId,
    complicationId: complication.complicationId,
    version: complication.version,
    code,
    grade: null,
    gradeNote: '',
    zones,
    onsetOn,
    signs,
    causality,
    outcome,
    resolvedOn,
    actionTaken,
    isPermanentChange,
    neededIntervention,
    hasSterilityDoubt,
    stableOn,
    treatmentOrderedBy,
    sessionIds,
    seriesDecision,
    photoIds: body.photoIds,
    notices: [],
    ...change,
  }
}

async function house() {
  const clinic = await newClinic()
  const desk = await clinic.hire(['frontDesk'], 'Nadia Haddad')
  const aes = await clinic.hire(['aesthetician'])
  const phy = await clinic.hire(['physician'])
  const patientId = await patientOnFile(clinic)
  return { clinic, desk, aes, phy, patientId }
}

const whose = ({ complication: { patientId, complicationId, version } }: Opened) => ({
  patientId,
  complicationId,
  version,
})

async function open(window: Window, patientId: Report['patientId'], complicationId: ComplicationId) {
  return window.must('complication.open', { patientId, complicationId })
}

/** Through review and monitoring by this person. */
async function monitored(window: Window, patientId: Report['patientId'], complicationId: ComplicationId) {
  for (const to of ['UNDER_REVIEW', 'MONITORING'] as const)
    await window.must('complication.advance', { ...whose(await open(window, patientId, complicationId)), to })
  return open(window, patientId, complicationId)
}

async function resolved(window: Window, patientId: Report['patientId'], complicationId: ComplicationId) {
  const opened = await open(window, patientId, complicationId)
  await window.must('complication.assess', assessment(opened, { outcome: 'RESOLVED', resolvedOn: '2026-08-03' }))
  return open(window, patientId, complicationId)
}

describe('a symptom call', () => {
  it('is taken by the desk without a name or a grade, and holds every zone back until a clinician has looked', async () => {
    const { clinic, desk, aes, patientId } = await house()
    const { complicationId } = await desk.window.must('complication.report', call(patientId))
    const opened = await open(aes.window, patientId, complicationId)
    expect(opened).toMatchObject({
      complication: { state: 'OPEN', code: null, grade: null, isRedFlag: false, blocks: true },
      body: { takenBy: desk.staffId, channel: 'PHONE' },
      acknowledgement: { kind: 'NOT_REQUIRED' },
      isIntact: true,
    })
    expect(await auditOf(clinic, complicationId)).toEqual([
      'complication.report frontDesk DONE',
      'complication.open aesthetician DONE',
    ])
    expect(await desk.window.code('complication.open', { patientId, complicationId })).toBe('DENIED')
  })

  it('is not named or graded by the desk', async () => {
    const { desk, patientId } = await house()
    const named = call(patientId, { code: 'ERYTHEMA' })
    expect(await desk.window.code('complication.report', named)).toBe('CLINICIAN_NAMES_IT')
    expect(await desk.window.code('complication.report', call(patientId, { grade: 1 }))).toBe('CLINICIAN_NAMES_IT')
  })

  it('is not taken with nothing said, from the manager, about a day to come or about another person’s session', async () => {
    const { clinic, desk, patientId } = await house()
    const report = (input: unknown, window = desk.window) => window.code('complication.report', input)
    expect(await report(call(patientId, { description: '  ' }))).toBe('INVALID_INPUT')
    expect(await report(call(patientId), clinic.manager)).toBe('DENIED')
    expect(await report(call(patientId, { onsetOn: '2026-08-04' }))).toBe('ONSET_IN_FUTURE')
    expect(await report(call(patientId, { sessionIds: [clinic.host.newId() as SessionId] }))).toBe('NOT_FOUND')
  })
})

describe('a red flag', () => {
  it('is not saved before a named physician was told', async () => {
    const { desk, aes, phy, patientId } = await house()
    const fever = { signs: ['FEVER' as const] }
    expect(await desk.window.code('complication.report', call(patientId, fever))).toBe('PHYSICIAN_NOT_NOTIFIED')
    const toNobody = { ...fever, notices: [{ physicianId: aes.staffId, how: 'PHONE' as const }] }
    expect(await desk.window.code('complication.report', call(patientId, toNobody))).toBe('NOT_A_PHYSICIAN')
    const told = { ...fever, notices: [{ physicianId: phy.staffId, how: 'PHONE' as const }] }
    expect(await desk.window.code('complication.report', call(patientId, told))).toBe('ok')
    const graded = call(patientId, { code: 'PIH', grade: 3 })
    expect(await aes.window.code('complication.report', graded)).toBe('PHYSICIAN_NOT_NOTIFIED')
  })

  it('found at an assessment is not saved silently either', async () => {
    const { aes, phy, patientId } = await house()
    const { complicationId } = await aes.window.must(
      'complication.report',
      call(patientId, { code: 'CRUSTING', grade: 1 }),
    )
    const opened = await open(aes.window, patientId, complicationId)
    const pus = assessment(opened, { signs: ['PUS'] })
    expect(await aes.window.code('complication.assess', pus)).toBe('PHYSICIAN_NOT_NOTIFIED')
    const told = { ...pus, notices: [{ physicianId: phy.staffId, how: 'IN_PERSON' as const }] }
    expect(await aes.window.code('complication.assess', told)).toBe('ok')
    expect(await aes.window.code('complication.assess', told)).toBe('CONFLICT')
  })

  it('waits for the physician 30 minutes and then escalates; answered, it says after how long', async () => {
    const { clinic, desk, phy, patientId } = await house()
    const notices = [{ physicianId: phy.staffId, how: 'MESSAGE' as const }]
    const { complicationId } = await desk.window.must(
      'complication.report',
      call(patientId, { signs: ['VISION_CHANGE'], notices }),
    )
    expect((await open(phy.window, patientId, complicationId)).acknowledgement).toEqual({
      kind: 'WAITING',
      escalateAt: '2026-08-03T16:12:00.000Z',
    })
    clinic.host.setNow('2026-08-03T15:51:00.000Z')
    const waiting = await phy.window.must('complication.openOnes', {})
    expect(waiting.complications).toMatchObject([{ complicationId, acknowledgement: { kind: 'WAITING' } }])
    const opened = await open(phy.window, patientId, complicationId)
    await phy.window.must('complication.acknowledge', whose(opened))
    expect((await open(phy.window, patientId, complicationId)).acknowledgement).toEqual({
      kind: 'ACKNOWLEDGED',
      by: phy.staffId,
      afterMin: 9,
    })
  })

  it('that nobody answered in time is the deputy’s, who acknowledges it in the physician’s place', async () => {
    const { clinic, desk, phy, patientId } = await house()
    const deputy = await clinic.hire(['physician'], 'Dr Ines Vogel')
    const notices = [{ physicianId: phy.staffId, how: 'MESSAGE' as const }]
    const { complicationId } = await desk.window.must(
      'complication.report',
      call(patientId, { signs: ['AIRWAY_SWELLING'], notices }),
    )
    clinic.host.setNow('2026-08-03T16:12:00.000Z')
    await signInAgain(deputy.window, 'person4')
    const opened = await open(deputy.window, patientId, complicationId)
    expect(opened).toMatchObject({
      acknowledgement: { kind: 'ESCALATED', since: '2026-08-03T16:12:00.000Z' },
      showsEmergencyText: true,
    })
    await deputy.window.must('complication.acknowledge', whose(opened))
    expect((await open(deputy.window, patientId, complicationId)).acknowledgement).toEqual({
      kind: 'ACKNOWLEDGED',
      by: deputy.staffId,
      afterMin: 30,
    })
  })

  it('does not move on before it is acknowledged, and an aesthetician acknowledges nothing', async () => {
    const { aes, phy, patientId } = await house()
    const notices = [{ physicianId: phy.staffId, how: 'PHONE' as const }]
    const report = call(patientId, { signs: ['PUS'], code: 'INFECTION_BACTERIAL', grade: 2, notices })
    const { complicationId } = await aes.window.must('complication.report', report)
    const opened = await open(aes.window, patientId, complicationId)
    expect(await aes.window.code('complication.acknowledge', whose(opened))).toBe('DENIED')
    const advance = (window: Window, to: string, from: Opened) =>
      window.code('complication.advance', { ...whose(from), to })
    expect(await advance(aes.window, 'UNDER_REVIEW', opened)).toBe('ROLE_NOT_ALLOWED')
    expect(await advance(phy.window, 'MONITORING', opened)).toBe('COMPLICATION_MOVE_NOT_ALLOWED')
    expect(await advance(phy.window, 'UNDER_REVIEW', opened)).toBe('ok')
    const reviewed = await open(phy.window, patientId, complicationId)
    expect(await advance(phy.window, 'MONITORING', reviewed)).toBe('ACKNOWLEDGEMENT_MISSING')
  })
})

describe('closing', () => {
  it('of grade 1 is an aesthetician’s, with a signature', async () => {
    const { clinic, aes, patientId } = await house()
    const { complicationId } = await aes.window.must(
      'complication.report',
      call(patientId, { code: 'CRUSTING', grade: 1 }),
    )
    const early = await monitored(aes.window, patientId, complicationId)
    expect(await aes.window.code('complication.close', { ...whose(early), reauth: byPassword })).toBe('OUTCOME_MISSING')
    const done = await resolved(aes.window, patientId, complicationId)
    const wrong = { method: 'PASSWORD', password: 'not this one at all' }
    expect(await aes.window.code('complication.close', { ...whose(done), reauth: wrong })).toBe('REAUTH_WRONG')
    await aes.window.must('complication.close', { ...whose(done), reauth: byPassword })
    const closed = await open(aes.window, patientId, complicationId)
    expect(closed).toMatchObject({
      complication: { state: 'CLOSED' },
      signatures: [{ signerName: 'Lena Brook 2', meaning: 'COMPLICATION_CLOSED' }],
    })
    expect((await auditOf(clinic, complicationId)).filter((row) => row.startsWith('complication.close'))).toEqual([
      'complication.close aesthetician DONE PASSWORD',
    ])
    const tasks = await aes.window.must('followUp.ofPatient', { patientId })
    expect(tasks.tasks.filter(({ state }) => state === 'OPEN')).toEqual([])
  })

  it('of grade 2 is refused to an aesthetician, though it is grade 1 by now, and left to a physician', async () => {
    const { aes, phy, patientId } = await house()
    const { complicationId } = await aes.window.must('complication.report', call(patientId, { code: 'PIH', grade: 2 }))
    await monitored(phy.window, patientId, complicationId)
    const opened = await open(aes.window, patientId, complicationId)
    await aes.window.must('complication.assess', assessment(opened, { grade: 1, gradeNote: 'lighter' }))
    const done = await resolved(aes.window, patientId, complicationId)
    expect(done.complication).toMatchObject({ grade: 1, worstGrade: 2 })
    const close = { ...whose(done), reauth: byPassword }
    expect(await aes.window.code('complication.close', close)).toBe('PHYSICIAN_SIGNATURE_NEEDED')
    expect(await phy.window.code('complication.close', close)).toBe('ok')
  })

  it('of grade 3 waits for the decision about a report to the FDA', async () => {
    const { aes, phy, patientId } = await house()
    const notices = [{ physicianId: phy.staffId, how: 'IN_PERSON' as const }]
    const { complicationId } = await phy.window.must(
      'complication.report',
      call(patientId, { code: 'PIH', grade: 3, notices }),
    )
    await monitored(phy.window, patientId, complicationId)
    const done = await resolved(phy.window, patientId, complicationId)
    expect(done.reportPrompts).toEqual(['GRADE_3_OR_MORE'])
    const close = { ...whose(done), reauth: byPassword }
    expect(await phy.window.code('complication.close', close)).toBe('REPORT_DECISION_MISSING')
    const decision = { ...whose(done), report: false, reason: 'expected event, no device cause' }
    expect(await aes.window.code('complication.decideReport', decision)).toBe('DENIED')
    await phy.window.must('complication.decideReport', decision)
    const decided = await open(phy.window, patientId, complicationId)
    expect(decided.body.reportDecision).toMatchObject({ report: false, by: phy.staffId })
    await phy.window.must('complication.close', { ...whose(decided), reauth: byPassword })
  })

  it('is undone by opening it again, with a reason; the zones are held anew', async () => {
    const { clinic, aes, desk, patientId } = await house()
    const { complicationId } = await aes.window.must(
      'complication.report',
      call(patientId, { code: 'CRUSTING', grade: 1 }),
    )
    await monitored(aes.window, patientId, complicationId)
    const done = await resolved(aes.window, patientId, complicationId)
    await aes.window.must('complication.close', { ...whose(done), reauth: byPassword })
    const closed = await open(aes.window, patientId, complicationId)
    expect(await aes.window.code('complication.assess', assessment(closed))).toBe('COMPLICATION_MOVE_NOT_ALLOWED')
    const reason = 'crusts are back'
    expect(await desk.window.code('complication.reopen', { ...whose(closed), reason })).toBe('DENIED')
    expect(await aes.window.code('complication.reopen', { ...whose(closed), reason: ' ' })).toBe('INVALID_INPUT')
    await aes.window.must('complication.reopen', { ...whose(closed), reason })
    const reopened = await open(aes.window, patientId, complicationId)
    expect(reopened).toMatchObject({
      complication: { state: 'OPEN', closedAt: null },
      body: { outcome: 'ONGOING', resolvedOn: null },
    })
    expect(reopened.body.description).toContain(reason)
    expect(await auditOf(clinic, complicationId)).toContain('complication.reopen aesthetician DONE')
    expect(await aes.window.code('complication.reopen', { ...whose(reopened), reason })).toBe(
      'COMPLICATION_MOVE_NOT_ALLOWED',
    )
  })
})

describe('what a complication does to the course', () => {
  const gateCodes = async ({ aes, patientId }: SessionClinic, sessionId: SessionId) =>
    (await aes.must('session.gate', { patientId, sessionId })).failures.map(({ code }) => code)

  /** A session of next month on the left cheek, or both, as ready as can be. */
  async function nextSession(clinic: SessionClinic) {
    return type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), {
      ...readyToStart(clinic),
      plan: { zones: [planned(cheekLeft, 500)], addons: [] },
    })
  }

  it('keeps the next session out of its zone, and out of none else, until a physician lifts it', async () => {
    const clinic = await sessionClinic()
    const { aes, phy, patientId } = clinic
    const blocked = { code: 'PIH' as const, grade: 2 as const, zones: [cheekRight] }
    await aes.must('complication.report', call(patientId, blocked))
    const desk = await nextSession(clinic)
    expect(await gateCodes(clinic, desk.sessionId)).toEqual([])
    const here = await aes.must('complication.report', call(patientId, { ...blocked, zones: [cheekLeft] }))
    expect(await gateCodes(clinic, desk.sessionId)).toEqual(['COMPLICATION_BLOCKS_ZONE'])
    const opened = await open(phy, patientId, here.complicationId)
    const lift = { ...whose(opened), reason: 'settled, may be treated at low depth' }
    expect(await aes.code('complication.liftBlock', lift)).toBe('DENIED')
    await phy.must('complication.liftBlock', lift)
    expect(await gateCodes(clinic, desk.sessionId)).toEqual([])
    expect(await auditOf(clinic, here.complicationId)).toContain('complication.liftBlock physician DONE')
  })

  it('is decided by a physician alone', async () => {
    const { aes, phy, patientId } = await house()
    const { complicationId } = await aes.window.must('complication.report', call(patientId, { code: 'PIH', grade: 2 }))
    const opened = await open(aes.window, patientId, complicationId)
    const held = assessment(opened, { seriesDecision: 'HOLD' })
    expect(await aes.window.code('complication.assess', held)).toBe('PHYSICIAN_DECIDES')
    expect(await phy.window.code('complication.assess', held)).toBe('ok')
  })

  it('is linked to the session, with its lots and device', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { complicationId } = await clinic.aes.must(
      'complication.report',
      call(clinic.patientId, { sessionIds: [sessionId], code: 'ERYTHEMA', grade: 1 }),
    )
    expect(await open(clinic.aes, clinic.patientId, complicationId)).toMatchObject({
      sessionOn: '2026-08-03',
      dayAfterSession: 0,
      body: { cartridgeLots: [{ lotNumber: 'MN24-0917B' }], deviceId: clinic.deviceId },
    })
    const { sessions } = await clinic.aes.must('session.list', { patientId: clinic.patientId })
    expect(sessions).toMatchObject([{ sessionId, complications: 1 }])
  })

  it('counts on the banner and in the list of the clinic', async () => {
    const { aes, desk, phy, patientId } = await house()
    const notices = [{ physicianId: phy.staffId, how: 'PHONE' as const }]
    await aes.window.must('complication.report', call(patientId, { code: 'CRUSTING', grade: 1 }))
    await aes.window.must('complication.report', call(patientId, { signs: ['NEW_NODULES'], notices }))
    const { alerts } = await desk.window.must('patient.banner', { patientId })
    expect(alerts).toMatchObject({ openComplications: 2, openRedFlags: 1 })
    const { complications } = await aes.window.must('complication.openOnes', {})
    expect(complications.map(({ isRedFlag }) => isRedFlag)).toEqual([true, false])
    expect(await desk.window.code('complication.openOnes', {})).toBe('DENIED')
    expect((await aes.window.must('complication.list', { patientId })).complications).toHaveLength(2)
    expect(await desk.window.code('complication.list', { patientId })).toBe('DENIED')
  })
})

describe('another person’s complication', () => {
  it('is not found under this patient, by any procedure', async () => {
    const { clinic, aes, phy, patientId } = await house()
    const { complicationId } = await aes.window.must(
      'complication.report',
      call(patientId, { code: 'CRUSTING', grade: 1 }),
    )
    const opened = await open(aes.window, patientId, complicationId)
    const other = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' })
    const wrong = { ...whose(opened), patientId: other }
    const asked: readonly (readonly [Parameters<Window['code']>[0], object])[] = [
      ['complication.assess', { ...assessment(opened), patientId: other }],
      ['complication.acknowledge', wrong],
      ['complication.advance', { ...wrong, to: 'UNDER_REVIEW' }],
      ['complication.liftBlock', { ...wrong, reason: 'x' }],
      ['complication.decideReport', { ...wrong, report: true, reason: 'x' }],
      ['complication.close', { ...wrong, reauth: byPassword }],
      ['complication.reopen', { ...wrong, reason: 'x' }],
      ['complication.open', { patientId: other, complicationId }],
    ]
    for (const [name, input] of asked) expect([name, await phy.window.code(name, input)]).toEqual([name, 'NOT_FOUND'])
  })
})

describe('clinical reference, section 11', () => {
  it('scenario 6: darkening after session 2 holds the course, is followed on its dates and closed by the physician', async () => {
    const clinic = await sessionClinic({ patient: { family: 'Bello', given: 'Aisha' } })
    const { aes, phy, phyId, patientId } = clinic
    const sessionId = await submittedSession(clinic)
    await countersign(clinic, sessionId)
    const { complicationId } = await aes.must(
      'complication.report',
      call(patientId, { sessionIds: [sessionId], code: 'PIH', grade: 2, zones: [cheekLeft] }),
    )
    const { tasks } = await aes.must('followUp.ofPatient', { patientId })
    const dates = tasks.filter((task) => task.complicationId === complicationId)
    expect(dates.map(({ dueOn, needsPhotos }) => [dueOn, needsPhotos])).toEqual([
      ['2026-08-17', true],
      ['2026-08-31', true],
      ['2026-09-28', true],
      ['2026-11-01', true],
      ['2027-01-30', true],
    ])
    await monitored(phy, patientId, complicationId)
    await phy.must(
      'complication.assess',
      assessment(await open(phy, patientId, complicationId), { seriesDecision: 'HOLD' }),
    )
    const held = await open(phy, patientId, complicationId)
    expect(held.body).toMatchObject({ seriesDecision: 'HOLD', grade: 2 })
    await aes.must('complication.assess', assessment(held, { grade: 1, gradeNote: 'fading at both edges' }))
    const { body, complication } = await open(phy, patientId, complicationId)
    expect(body.gradeHistory.map(({ grade, note }) => [grade, note])).toEqual([
      [2, ''],
      [1, 'fading at both edges'],
    ])
    expect(complication).toMatchObject({ grade: 1, worstGrade: 2 })
    const after = await aes.must('followUp.ofPatient', { patientId })
    const open2 = after.tasks.filter((task) => task.complicationId === complicationId && task.state === 'OPEN')
    expect(open2.map(({ dueOn }) => dueOn)).toEqual(dates.map(({ dueOn }) => dueOn))
    expect(after.tasks.filter(({ state }) => state === 'CANCELLED')).toHaveLength(5)
    const done = await resolved(phy, patientId, complicationId)
    await phy.must('complication.close', { ...whose(done), reauth: byPassword })
    expect((await open(phy, patientId, complicationId)).signatures).toMatchObject([{ meaning: 'COMPLICATION_CLOSED' }])
    expect(phyId).toBeTruthy()
  })

  it('scenario 10: a call about pus and fever reaches the physician at once and blocks the next start', async () => {
    const clinic = await sessionClinic()
    const { aes, phy, phyId, patientId } = clinic
    const front = await clinic.hire(['frontDesk'])
    const sessionId = await submittedSession(clinic)
    await countersign(clinic, sessionId)
    await signInAgain(front.window, 'person3')
    const report = call(patientId, { sessionIds: [sessionId], signs: ['FEVER', 'PUS'], zones: [cheekRight] })
    expect(await front.window.code('complication.report', report)).toBe('PHYSICIAN_NOT_NOTIFIED')
    const { complicationId } = await front.window.must('complication.report', {
      ...report,
      notices: [{ physicianId: phyId, how: 'PHONE' }],
    })
    const opened = await open(phy, patientId, complicationId)
    expect(opened.redFlags).toEqual(['FEVER', 'PUS'])
    await phy.must('complication.acknowledge', whose(opened))
    const answered = await open(phy, patientId, complicationId)
    await phy.must('complication.assess', assessment(answered, { code: 'INFECTION_BACTERIAL', grade: 2 }))
    const next = await type(clinic, aes, await beginSession(clinic, aes), {
      ...readyToStart(clinic),
      plan: { zones: [planned(cheekRight, 500)], addons: [] },
    })
    const { failures } = await aes.must('session.gate', { patientId, sessionId: next.sessionId })
    expect(failures.map(({ code }) => code)).toContain('COMPLICATION_BLOCKS_ZONE')
  })
})

describe('the database', () => {
  it('closes no grade 2 without a physician’s signature, whoever asks it', async () => {
    const clinic = await sessionClinic()
    const { aes, phy, patientId } = clinic
    const { complicationId } = await aes.must('complication.report', call(patientId, { code: 'PIH', grade: 2 }))
    await monitored(phy, patientId, complicationId)
    const { driver } = clinic.app.services.storeLife.open.store
    const close = () =>
      write(clinic, async () => {
        driver
          .prepare("update complication set state = 'CLOSED', closed_at = ? where id = ?")
          .run('2026-08-03T16:00:00.000Z', complicationId)
      })
    await expect(close()).rejects.toThrow('closed_needs_a_physician')
  })
})
