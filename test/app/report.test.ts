import { describe, expect, it } from 'vitest'
import type { SessionId } from '../../shared/kernel/ids.ts'
import { auditRows } from '../support/audit-rows.ts'
import { newClinic } from '../support/clinic.ts'
import { signInAgain } from '../support/screening.ts'
import { byPassword, type SessionClinic, sessionClinic, signInAgainAt, submittedSession } from '../support/session.ts'

const august = { from: '2026-08-01', to: '2026-08-31' }
const july = { from: '2026-07-01', to: '2026-07-31' }
const names = [
  'report.supervision',
  'report.safety',
  'report.outcomes',
  'report.supervisionCsv',
  'report.safetyCsv',
  'report.outcomesCsv',
] as const

async function clinicAfterSession() {
  const clinic = await sessionClinic()
  const sessionId = await submittedSession(clinic)
  await signInAgain(clinic.manager, 'greta')
  return { clinic, sessionId }
}

function complain({ aes, patientId }: SessionClinic, sessionId: SessionId) {
  return aes.must('complication.report', {
    patientId,
    sessionIds: [sessionId],
    zones: [],
    description: 'Brown patch on the left cheek',
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: 'Mara Lindqvist' },
    onsetOn: null,
    signs: [],
    code: 'PIH',
    grade: 1,
    actionTaken: '',
    notices: [],
  })
}

/** Time passes, and the people whose windows it locked come back. */
async function later(clinic: SessionClinic, minutes: number) {
  clinic.host.advanceMinutes(minutes)
  await signInAgainAt(clinic)
  await signInAgain(clinic.manager, 'greta')
}

async function textOf({ app, manager }: SessionClinic, name: 'report.supervisionCsv' | 'report.safetyCsv') {
  const { token, fileName } = await manager.must(name, august)
  const blob = await app.readBlob(manager.connection, token)
  if (!blob) throw new Error('the file is not this window’s')
  expect(blob.mediaType).toBe('text/csv')
  return { text: blob.bytes.toString('utf8'), fileName }
}

describe('the reports', () => {
  it('are for physicians and managers', async () => {
    const clinic = await newClinic()
    const { window: phy } = await clinic.hire(['physician'])
    const { window: aes } = await clinic.hire(['aesthetician'])
    const desk = (await clinic.hire(['frontDesk'])).window
    for (const name of names) {
      expect([name, await clinic.manager.code(name, august)]).toEqual([name, 'ok'])
      expect([name, await phy.code(name, august)]).toEqual([name, 'ok'])
      expect([name, await aes.code(name, august)]).toEqual([name, 'DENIED'])
      expect([name, await desk.code(name, august)]).toEqual([name, 'DENIED'])
    }
  })

  it('need a period that runs forwards and is not longer than two years', async () => {
    const { manager } = await newClinic()
    for (const name of names) {
      expect(await manager.code(name, { ...august, to: '2026-02-30' })).toBe('INVALID_INPUT')
      expect(await manager.code(name, { from: august.to, to: august.from })).toBe('PERIOD_BACKWARDS')
      expect(await manager.code(name, { ...august, from: '2024-01-01' })).toBe('PERIOD_TOO_LONG')
    }
  })
})

describe('the supervision report', () => {
  it('shows the waiting record by its people, and the same number as the manager’s day', async () => {
    const { clinic } = await clinicAfterSession()
    expect((await clinic.phy.must('report.supervision', august)).rows).toMatchObject([
      {
        supervisor: { staffId: clinic.phyId },
        practitioner: { staffId: clinic.aesId },
        performed: 1,
        countersigned: 0,
        medianMin: null,
        waitingNow: 1,
        overdueNow: 0,
      },
    ])
    await later(clinic, 73 * 60)
    const { signOff } = await clinic.manager.must('today.manager', {})
    expect(signOff).toEqual({ waiting: 1, overdue: 1, escalated: 0 })
    expect((await clinic.manager.must('report.supervision', july)).total).toMatchObject({
      performed: 0,
      waitingNow: signOff.waiting,
      overdueNow: signOff.overdue,
      escalatedNow: signOff.escalated,
    })
  })

  it('tells how long a signature took and whether it was one of a batch', async () => {
    const { clinic, sessionId } = await clinicAfterSession()
    const { phy, manager, patientId } = clinic
    await later(clinic, 90)
    const { record } = await phy.must('session.open', { patientId, sessionId })
    if (!record) throw new Error('nothing was submitted')
    const address = { patientId, sessionId, seenVersionId: record.versionId, seenSha256: record.sha256 }
    await phy.must('signOff.signBatch', { records: [address], patientSeen: false, reauth: byPassword })
    expect((await manager.must('report.supervision', august)).total).toMatchObject({
      performed: 1,
      countersigned: 1,
      inBatch: 1,
      signedSingly: 0,
      signedLate: 0,
      medianMin: 90,
      ninetiethMin: 90,
      waitingNow: 0,
    })
  })
})

describe('the safety report', () => {
  it('gives every share its n and its interval, and no share where nothing was performed', async () => {
    const { clinic, sessionId } = await clinicAfterSession()
    expect(await clinic.manager.must('report.safety', july)).toMatchObject({ sessions: 0, total: null, groups: [] })
    await complain(clinic, sessionId)
    const report = await clinic.manager.must('report.safety', august)
    const all = { events: 1, n: 1, share: 1, high: 1 }
    expect(report).toMatchObject({ sessions: 1, total: all, codes: [{ code: 'PIH', rate: all }], unrelated: 0 })
    expect(report.groups).toMatchObject([
      { grouping: 'DEPTH_BAND', key: '500', name: null, rate: all },
      { grouping: 'SKIN_TYPE', key: 'II', name: null, rate: all },
      { grouping: 'DEVICE', key: clinic.deviceId, rate: all },
      { grouping: 'LOT', key: 'MN240917B', name: 'MN240917B', rate: all },
      { grouping: 'PRACTITIONER', key: clinic.aesId, rate: all },
    ])
    expect(report.total?.low).toBeCloseTo(0.2065, 4)
  })
})

describe('the files of the reports', () => {
  it('name nobody but the staff, and giving one out is kept in the audit', async () => {
    const { clinic, sessionId } = await clinicAfterSession()
    await complain(clinic, sessionId)
    const supervision = await textOf(clinic, 'report.supervisionCsv')
    expect(supervision.fileName).toBe('supervision-2026-08-01-to-2026-08-31.csv')
    expect(supervision.text.split('\r\n')).toHaveLength(3)
    expect(supervision.text).toContain('sessions_performed')
    expect(supervision.text).toContain('Dr Samuel Okafor 2,Lena Brook 1,1,0,0')
    const safety = await textOf(clinic, 'report.safetyCsv')
    expect(safety.fileName).toBe('safety-2026-08-01-to-2026-08-31.csv')
    expect(safety.text).toContain('CODE,PIH,1,1,1,0.2065')
    const { facts } = await clinic.phy.must('patient.open', { patientId: clinic.patientId })
    for (const secret of ['Lindqvist', 'Mara', clinic.patientId, facts.chartNumber]) {
      expect(supervision.text).not.toContain(secret)
      expect(safety.text).not.toContain(secret)
    }
    const audited = (await auditRows(clinic.app)).filter(({ action }) => action.startsWith('report.'))
    expect(audited.map(({ action, subject, reason, outcome }) => [action, subject, reason, outcome])).toEqual([
      ['report.supervisionCsv', 'report', '2026-08-01 to 2026-08-31', 'DONE'],
      ['report.safetyCsv', 'report', '2026-08-01 to 2026-08-31', 'DONE'],
    ])
  })
})
