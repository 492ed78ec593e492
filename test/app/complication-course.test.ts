import { describe, expect, it } from 'vitest'
import type { InputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import { seriesEndReason, seriesHoldReason } from '../../shared/domain/complication-series.ts'
import type { ComplicationId, SessionId } from '../../shared/kernel/ids.ts'
import type { DefinitionOf } from '../../shared/rpc/client.ts'
import { auditOf, byPassword } from '../support/course.ts'
import { signInAgain } from '../support/screening.ts'
import {
  beginSession,
  countersign,
  readyToStart,
  type SessionClinic,
  sessionClinic,
  submittedSession,
  type,
} from '../support/session.ts'

type Report = InputOf<DefinitionOf<Api, 'complication.report'>>
type Assessment = InputOf<DefinitionOf<Api, 'complication.assess'>>

function call({ patientId }: SessionClinic, change: Partial<Report> = {}): Report {
  return {
    patientId,
    sessionIds: [],
    zones: [],
    description: 'Darker on both sides',
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: 'Aisha Bello' },
    onsetOn: null,
    signs: [],
    code: 'PIH',
    grade: 2,
    actionTaken: '',
    notices: [],
    ...change,
  }
}

async function treated(): Promise<{ readonly clinic: SessionClinic; readonly sessionId: SessionId }> {
  const clinic = await sessionClinic()
  const sessionId = await submittedSession(clinic)
  await countersign(clinic, sessionId)
  return { clinic, sessionId }
}

async function seriesOf({ aes, patientId }: SessionClinic) {
  const { series } = await aes.must('series.list', { patientId })
  return { status: series[0]?.body.status, statusReason: series[0]?.body.statusReason }
}

async function opened({ phy, patientId }: SessionClinic, complicationId: ComplicationId) {
  return phy.must('complication.open', { patientId, complicationId })
}

/** The physician's next assessment, with these changes. */
async function assess(clinic: SessionClinic, complicationId: ComplicationId, change: Partial<Assessment>) {
  const { complication, body } = await opened(clinic, complicationId)
  const { code, zones, onsetOn, signs, causality, outcome, resolvedOn, actionTaken, seriesDecision } = body
  const { isPermanentChange, neededIntervention, hasSterilityDoubt, stableOn, treatmentOrderedBy } = body
  return clinic.phy.must('complication.assess', {
    patientId: clinic.patientId,
    complicationId,
    version: complication.version,
    ...{ code, zones, onsetOn, signs, causality, outcome, resolvedOn, actionTaken, seriesDecision },
    ...{ isPermanentChange, neededIntervention, hasSterilityDoubt, stableOn, treatmentOrderedBy },
    grade: null,
    gradeNote: '',
    sessionIds: [],
    photoIds: body.photoIds,
    notices: [],
    ...change,
  })
}

async function close(clinic: SessionClinic, complicationId: ComplicationId) {
  const { phy, patientId } = clinic
  for (const to of ['UNDER_REVIEW', 'MONITORING'] as const) {
    const { version } = (await opened(clinic, complicationId)).complication
    await phy.must('complication.advance', { patientId, complicationId, version, to })
  }
  await assess(clinic, complicationId, { outcome: 'RESOLVED', resolvedOn: '2026-08-03' })
  const { version } = (await opened(clinic, complicationId)).complication
  await phy.must('complication.close', { patientId, complicationId, version, reauth: byPassword })
}

describe('the course of treatment', () => {
  it('is on hold from a grade 2 on, with the reason, and starts no session until the physician lets it go on', async () => {
    const { clinic, sessionId } = await treated()
    const { aes, patientId, seriesId } = clinic
    const { complicationId } = await aes.must('complication.report', call(clinic, { sessionIds: [sessionId] }))
    expect(await seriesOf(clinic)).toEqual({ status: 'ON_HOLD', statusReason: seriesHoldReason })
    expect((await opened(clinic, complicationId)).holdsSeries).toBe(true)
    expect(await auditOf(clinic, seriesId)).toContain('series.setStatus aesthetician DONE ON_HOLD')
    const next = await type(clinic, aes, await beginSession(clinic, aes), readyToStart(clinic))
    const gate = async () =>
      (await aes.must('session.gate', { patientId, sessionId: next.sessionId })).failures.map(({ code }) => code)
    expect(await gate()).toContain('SERIES_NOT_OPEN')
    expect(await aes.code('session.start', { patientId, sessionId: next.sessionId, draftVersion: 1 })).not.toBe('ok')
    await assess(clinic, complicationId, { seriesDecision: 'MODIFY' })
    expect(await seriesOf(clinic)).toMatchObject({ statusReason: null })
    expect(await gate()).not.toContain('SERIES_NOT_OPEN')
    expect((await opened(clinic, complicationId)).holdsSeries).toBe(false)
  })

  it('goes on once the report is closed, and is held anew when it is opened again', async () => {
    const { clinic, sessionId } = await treated()
    const { phy, patientId } = clinic
    const before = await seriesOf(clinic)
    const { complicationId } = await phy.must('complication.report', call(clinic, { sessionIds: [sessionId] }))
    await close(clinic, complicationId)
    expect(await seriesOf(clinic)).toEqual(before)
    const { version } = (await opened(clinic, complicationId)).complication
    await phy.must('complication.reopen', { patientId, complicationId, version, reason: 'darker again' })
    expect(await seriesOf(clinic)).toMatchObject({ status: 'ON_HOLD' })
  })

  it('waits for both of two reports, and an aesthetician’s finding lets nothing go', async () => {
    const { clinic, sessionId } = await treated()
    const { aes } = clinic
    const first = await aes.must('complication.report', call(clinic, { sessionIds: [sessionId] }))
    const second = await aes.must('complication.report', call(clinic, { sessionIds: [sessionId], code: 'MILIA' }))
    await assess(clinic, first.complicationId, { seriesDecision: 'CONTINUE' })
    expect(await seriesOf(clinic)).toMatchObject({ status: 'ON_HOLD' })
    await assess(clinic, second.complicationId, { seriesDecision: 'CONTINUE' })
    expect(await seriesOf(clinic)).toMatchObject({ statusReason: null })
  })

  it('ends where the physician decides so, and then asks for the outcome', async () => {
    const { clinic, sessionId } = await treated()
    const { aes, patientId } = clinic
    const { complicationId } = await aes.must('complication.report', call(clinic, { sessionIds: [sessionId] }))
    await assess(clinic, complicationId, { seriesDecision: 'STOP' })
    expect(await seriesOf(clinic)).toEqual({ status: 'ENDED_EARLY', statusReason: seriesEndReason })
    const { tasks } = await aes.must('followUp.ofPatient', { patientId })
    expect(tasks.filter(({ kind }) => kind === 'OUTCOME_REVIEW')).toMatchObject([
      { dueOn: '2027-02-03', fromOn: '2027-01-20', untilOn: '2027-02-17', state: 'OPEN' },
    ])
  })

  it('is not touched by a report that names no session and no red flag; a session named later counts', async () => {
    const { clinic, sessionId } = await treated()
    const { complicationId } = await clinic.aes.must('complication.report', call(clinic))
    expect(await seriesOf(clinic)).not.toMatchObject({ status: 'ON_HOLD' })
    await assess(clinic, complicationId, { sessionIds: [sessionId] })
    expect(await seriesOf(clinic)).toMatchObject({ status: 'ON_HOLD' })
    expect((await opened(clinic, complicationId)).body).toMatchObject({
      sessionIds: [sessionId],
      cartridgeLots: [{ lotNumber: 'MN24-0917B' }],
      deviceId: clinic.deviceId,
    })
  })
})

describe('reports that share a cause', () => {
  it('are shown with one another, counted for the manager and named to the physician', async () => {
    const { clinic, sessionId } = await treated()
    const { aes, phy, manager, patientId } = clinic
    const once = call(clinic, { sessionIds: [sessionId], grade: 1 })
    const first = await aes.must('complication.report', once)
    expect((await opened(clinic, first.complicationId)).clusters).toEqual([])
    const second = await aes.must('complication.report', once)
    const { clusters, reportPrompts, clusterDays } = await opened(clinic, first.complicationId)
    expect(clusterDays).toBe(90)
    expect(clusters.flatMap(({ causes }) => causes.map(({ kind }) => kind))).toEqual(
      expect.arrayContaining(['LOT', 'DEVICE', 'OPERATOR', 'ROOM']),
    )
    expect(clusters[0]?.others).toMatchObject([{ complicationId: second.complicationId, patientId }])
    expect(reportPrompts).toEqual(['LOT_CLUSTER'])
    await signInAgain(manager, 'greta')
    const counted = await manager.must('complication.clusters', {})
    expect(counted.clusters[0]).toMatchObject({ count: 2, reports: [] })
    expect((await phy.must('complication.clusters', {})).clusters[0]?.reports).toHaveLength(2)
    expect(await aes.code('complication.clusters', {})).toBe('DENIED')
    expect(await phy.code('complication.clusters', { since: 1 })).toBe('INVALID_INPUT')
    await assess(clinic, second.complicationId, { causality: 'UNRELATED' })
    expect((await opened(clinic, first.complicationId)).clusters).toEqual([])
  })
})

describe('the report to the authority', () => {
  it('is printed with a code in place of the name, by a physician', async () => {
    const { clinic, sessionId } = await treated()
    const { aes, phy, patientId } = clinic
    const { complicationId } = await aes.must('complication.report', call(clinic, { sessionIds: [sessionId] }))
    const { token, fileName } = await phy.must('complication.reportSheet', { patientId, complicationId })
    expect(fileName).toMatch(/^AE-[0-9A-F]{8}-form-3500\.pdf$/)
    expect(token).not.toBe('')
    expect(await auditOf(clinic, complicationId)).toContain('complication.reportSheet physician DONE')
    expect(await aes.code('complication.reportSheet', { patientId, complicationId })).toBe('DENIED')
    const strange = { patientId, complicationId: clinic.host.newId() }
    expect(await phy.code('complication.reportSheet', strange)).toBe('NOT_FOUND')
    expect(await phy.code('complication.reportSheet', { patientId })).toBe('INVALID_INPUT')
  })

  it('and whatever else names the patient is entered as a disclosure, which stays', async () => {
    const { clinic } = await treated()
    const { aes, phy, phyId, patientId } = clinic
    const { complicationId } = await aes.must('complication.report', call(clinic))
    const entry = {
      patientId,
      complicationId,
      disclosedOn: '2026-08-03',
      recipient: 'County health department',
      address: '',
      description: 'Name, birth date, lot of the cartridge',
      purpose: 'public health report',
    }
    expect(await aes.code('complication.disclose', entry)).toBe('DENIED')
    expect(await phy.code('complication.disclose', { ...entry, recipient: ' ' })).toBe('INVALID_INPUT')
    expect(await phy.code('complication.disclose', { ...entry, disclosedOn: '2026-08-04' })).toBe('DISCLOSED_IN_FUTURE')
    await phy.must('complication.disclose', entry)
    const { disclosures } = await opened(clinic, complicationId)
    const { patientId: _p, complicationId: _c, ...said } = entry
    expect(disclosures).toEqual([{ ...said, enteredBy: phyId, enteredAt: clinic.host.now() }])
    expect(await auditOf(clinic, complicationId)).toContain('complication.disclose physician DONE')
  })

  it('is a duty with a date where the clinic is a device user facility', async () => {
    const clinic = await sessionClinic({
      policy: (body) => ({ ...body, settings: { ...body.settings, isDeviceUserFacility: true } }),
    })
    const notices = [{ physicianId: clinic.phyId, how: 'PHONE' as const }]
    const report = call(clinic, { code: 'OCULAR_INJURY', grade: 4, notices })
    const { complicationId } = await clinic.phy.must('complication.report', report)
    expect((await opened(clinic, complicationId)).mandatoryReport).toEqual({ to: ['FDA'], dueOn: '2026-08-17' })
  })
})

describe('a severe complication', () => {
  it('is looked at daily until it is stable, weekly from then on, and no more once it is over', async () => {
    const { clinic } = await treated()
    const { phy, phyId, patientId } = clinic
    const notices = [{ physicianId: phyId, how: 'IN_PERSON' as const }]
    const { complicationId } = await phy.must('complication.report', call(clinic, { code: 'MILIA', grade: 3, notices }))
    const dates = async () =>
      (await phy.must('followUp.ofPatient', { patientId })).tasks
        .filter((task) => task.complicationId === complicationId && task.state === 'OPEN')
        .slice(0, 3)
        .map(({ dueOn }) => dueOn)
    expect(await dates()).toEqual(['2026-08-04', '2026-08-05', '2026-08-06'])
    await assess(clinic, complicationId, { stableOn: '2026-08-03' })
    expect(await dates()).toEqual(['2026-08-10', '2026-08-17', '2026-08-24'])
    await assess(clinic, complicationId, { outcome: 'RESOLVED', resolvedOn: '2026-08-03' })
    expect(await dates()).toEqual([])
  })
})
