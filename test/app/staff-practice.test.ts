import { describe, expect, it } from 'vitest'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { auditedBy } from '../support/audit-rows.ts'
import { newClinic, type TestClinic } from '../support/clinic.ts'
import { byPassword } from '../support/course.ts'
import { signInAgain } from '../support/screening.ts'
import { sessionClinic, submittedSession } from '../support/session.ts'

const nobody = '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d' as StaffId
const since = { fromOn: '2026-01-01', untilOn: null }

async function clinicWithTeam() {
  const clinic = await newClinic()
  const lena = await clinic.hire(['aesthetician'])
  const okafor = await clinic.hire(['physician'])
  const brandt = await clinic.hire(['physician'])
  return { clinic, lena, okafor, brandt }
}

describe('a supervising physician', () => {
  it('is named with days, written down once, and shown in both people’s records', async () => {
    const { clinic, lena, okafor } = await clinicWithTeam()
    const input = { staffId: lena.staffId, physicianId: okafor.staffId, ...since }
    const rows = await auditedBy(clinic.app, () => clinic.manager.must('staffPractice.nameSupervisor', input))
    expect(rows.map(({ action, subject_id, outcome }) => [action, subject_id, outcome])).toEqual([
      ['staffPractice.nameSupervisor', lena.staffId, 'DONE'],
    ])
    const whole = { staffId: lena.staffId, physicianId: okafor.staffId, ...since }
    expect(await lena.window.must('staffPractice.open', { staffId: lena.staffId })).toMatchObject({
      supervisors: [whole],
      supervisees: [],
    })
    expect(await lena.window.must('staffPractice.open', { staffId: okafor.staffId })).toMatchObject({
      supervisors: [],
      supervisees: [whole],
    })
    expect(await memberOf(clinic, lena.staffId)).toMatchObject({ supervisor: { staffId: okafor.staffId } })
  })

  it('is never doubled: the first one ends, the next one begins', async () => {
    const { clinic, lena, okafor, brandt } = await clinicWithTeam()
    const { staffId } = lena
    const name = (physicianId: StaffId, fromOn: string) =>
      clinic.manager.code('staffPractice.nameSupervisor', { staffId, physicianId, fromOn, untilOn: null })
    expect(await name(okafor.staffId, '2026-01-01')).toBe('ok')
    expect(await name(brandt.staffId, '2026-08-04')).toBe('SUPERVISION_OVERLAPS')
    const { supervisors } = await clinic.manager.must('staffPractice.open', { staffId })
    const supervisionId = supervisors[0]?.supervisionId
    const end = { staffId, supervisionId, untilOn: '2026-08-03' }
    expect(await clinic.manager.code('staffPractice.endSupervision', { ...end, staffId: okafor.staffId })).toBe(
      'NOT_FOUND',
    )
    expect(await clinic.manager.code('staffPractice.endSupervision', end)).toBe('ok')
    expect(await clinic.manager.code('staffPractice.endSupervision', end)).toBe('SUPERVISION_ENDED_BEFORE')
    expect(await name(brandt.staffId, '2026-08-04')).toBe('ok')
    expect(await memberOf(clinic, staffId)).toMatchObject({ supervisor: { staffId: okafor.staffId } })
  })

  it('answers for no more people than the policy says', async () => {
    const { clinic, okafor } = await clinicWithTeam()
    const codes: string[] = []
    for (let count = 0; count < 5; count += 1) {
      const { staffId } = await clinic.hire(['aesthetician'])
      const input = { staffId, physicianId: okafor.staffId, ...since }
      codes.push(await clinic.manager.code('staffPractice.nameSupervisor', input))
    }
    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'SUPERVISEES_FULL'])
  })

  it('is another physician of this clinic with a licence, and only for an aesthetician', async () => {
    const { clinic, lena, okafor } = await clinicWithTeam()
    const desk = await clinic.hire(['frontDesk'])
    const name = (staffId: StaffId, physicianId: StaffId, fromOn = '2026-01-01') =>
      clinic.manager.code('staffPractice.nameSupervisor', { staffId, physicianId, fromOn, untilOn: null })
    expect(await name(lena.staffId, nobody)).toBe('NOT_FOUND')
    expect(await name(desk.staffId, okafor.staffId)).toBe('SUPERVISION_NOT_NEEDED')
    expect(await name(lena.staffId, desk.staffId)).toBe('SUPERVISION_NOT_QUALIFIED')
    expect(await name(lena.staffId, okafor.staffId, '2030-01-01')).toBe('SUPERVISION_NOT_QUALIFIED')
    expect(await name(lena.staffId, okafor.staffId, '2026-13-01')).toBe('INVALID_INPUT')
  })

  it('is named by the manager alone', async () => {
    const { lena, okafor } = await clinicWithTeam()
    const input = { staffId: lena.staffId, physicianId: okafor.staffId, ...since }
    for (const { window } of [lena, okafor])
      expect(await window.code('staffPractice.nameSupervisor', input)).toBe('DENIED')
  })

  it('stands in a session that is begun on a day of the link', async () => {
    const clinic = await sessionClinic()
    const { phyId: physicianId, aesId: staffId } = clinic
    const later = { staffId, physicianId, fromOn: '2026-08-04', untilOn: null }
    await clinic.manager.must('staffPractice.nameSupervisor', later)
    const { patientId, seriesId } = clinic
    const { sessionId } = await clinic.aes.must('session.begin', { patientId, seriesId })
    const opened = await clinic.aes.must('session.open', { patientId, sessionId })
    expect(opened.draft?.draft.supervisingPhysicianId).toBeNull()
    await clinic.aes.must('session.discard', {
      patientId,
      sessionId,
      draftVersion: opened.draft?.draftVersion ?? 0,
    })
    const { supervisors } = await clinic.manager.must('staffPractice.open', { staffId })
    const supervisionId = supervisors[0]?.supervisionId
    if (!supervisionId) throw new Error('nobody supervises')
    await clinic.manager.must('staffPractice.endSupervision', { staffId, supervisionId, untilOn: '2026-08-03' })
    await clinic.manager.must('staffPractice.nameSupervisor', { staffId, physicianId, ...since })
    const again = await clinic.aes.must('session.begin', { patientId, seriesId })
    const begun = await clinic.aes.must('session.open', { patientId, sessionId: again.sessionId })
    expect(begun.draft?.draft.supervisingPhysicianId).toBe(physicianId)
  })
})

describe('a training certificate', () => {
  const certificate = {
    manufacturer: 'Kestrel Medical',
    model: 'Pen 2',
    certificate: 'KM-20417',
    completedOn: '2026-05-05',
    expiresOn: '2027-05-04',
  }

  it('is entered by the manager and taken back with a reason', async () => {
    const { clinic, lena } = await clinicWithTeam()
    const { staffId } = lena
    expect(await lena.window.code('staffPractice.addTraining', { staffId, ...certificate })).toBe('DENIED')
    const { trainingId } = await clinic.manager.must('staffPractice.addTraining', { staffId, ...certificate })
    expect(await lena.window.must('staffPractice.open', { staffId })).toMatchObject({
      trainings: [{ trainingId, ...certificate }],
    })
    const back = { staffId, trainingId, reason: 'of another person' }
    const rows = await auditedBy(clinic.app, () => clinic.manager.must('staffPractice.withdrawTraining', back))
    expect(rows.map(({ action, subject_id }) => [action, subject_id])).toEqual([
      ['staffPractice.withdrawTraining', staffId],
    ])
    expect(await clinic.manager.code('staffPractice.withdrawTraining', back)).toBe('NOT_FOUND')
    expect((await lena.window.must('staffPractice.open', { staffId })).trainings).toEqual([])
  })

  it('is of a training that took place', async () => {
    const { clinic, lena } = await clinicWithTeam()
    const add = (change: object) =>
      clinic.manager.code('staffPractice.addTraining', { staffId: lena.staffId, ...certificate, ...change })
    expect(await add({ completedOn: '2026-08-04' })).toBe('TRAINING_IN_THE_FUTURE')
    expect(await add({ expiresOn: '2026-05-04' })).toBe('PERIOD_ENDS_BEFORE_IT_BEGINS')
    expect(await add({ staffId: nobody })).toBe('NOT_FOUND')
    expect(await add({ certificate: ' ' })).toBe('INVALID_INPUT')
  })

  it('blocks the start where the policy says so, until it is on file', async () => {
    const clinic = await sessionClinic({
      policy: (body) => ({ ...body, settings: { ...body.settings, deviceTrainingRule: 'BLOCK' } }),
    })
    const { patientId, seriesId, aesId: staffId } = clinic
    const { sessionId } = await clinic.aes.must('session.begin', { patientId, seriesId })
    const opened = await clinic.aes.must('session.open', { patientId, sessionId })
    const [device] = (await clinic.aes.must('session.gate', { patientId, sessionId })).desk.devices
    if (!device || !opened.draft) throw new Error('no device or no draft')
    await clinic.aes.must('session.save', {
      patientId,
      sessionId,
      draftVersion: opened.draft.draftVersion,
      draft: { ...opened.draft.draft, deviceId: device.deviceId },
    })
    const codes = async () =>
      (await clinic.aes.must('session.gate', { patientId, sessionId })).failures.map(({ code }) => code)
    expect(await codes()).toContain('DEVICE_TRAINING_MISSING')
    const { manufacturer, model } = device
    await clinic.manager.must('staffPractice.addTraining', { staffId, ...certificate, manufacturer, model })
    expect(await codes()).not.toContain('DEVICE_TRAINING_MISSING')
    const { deviceModels, deviceTrainingRule } = await clinic.aes.must('staffPractice.settings', {})
    expect({ deviceModels, deviceTrainingRule }).toEqual({
      deviceModels: [{ manufacturer, model }],
      deviceTrainingRule: 'BLOCK',
    })
  })
})

describe('a physician who will be away', () => {
  const days = { fromOn: '2026-08-03', untilOn: '2026-08-14' }

  it('hands over to another one, which both records and the list show', async () => {
    const { clinic, okafor, brandt } = await clinicWithTeam()
    const input = { deputyId: brandt.staffId, ...days }
    const rows = await auditedBy(clinic.app, () => okafor.window.must('staffPractice.nameDeputy', input))
    expect(rows.map(({ action, subject_id }) => [action, subject_id])).toEqual([
      ['staffPractice.nameDeputy', brandt.staffId],
    ])
    for (const { staffId } of [okafor, brandt])
      expect((await brandt.window.must('staffPractice.open', { staffId })).delegations).toMatchObject([
        { physicianId: okafor.staffId, deputyId: brandt.staffId, ...days },
      ])
    expect(await memberOf(clinic, okafor.staffId)).toMatchObject({ deputy: { staffId: brandt.staffId } })
    expect(await memberOf(clinic, brandt.staffId)).toMatchObject({ standsInFor: [{ staffId: okafor.staffId }] })
    expect((await brandt.window.must('today.physician', {})).standing).toMatchObject({
      standsInFor: [{ untilOn: days.untilOn }],
      deputy: null,
    })
  })

  it('does it alone, for days to come, to a colleague who is there', async () => {
    const { clinic, lena, okafor, brandt } = await clinicWithTeam()
    const name = (window: typeof okafor.window, change: object = {}) =>
      window.code('staffPractice.nameDeputy', { deputyId: brandt.staffId, ...days, ...change })
    expect(await name(clinic.manager)).toBe('DENIED')
    expect(await name(lena.window)).toBe('DENIED')
    expect(await name(okafor.window, { deputyId: nobody })).toBe('NOT_FOUND')
    expect(await name(okafor.window, { deputyId: lena.staffId })).toBe('DEPUTY_NOT_QUALIFIED')
    expect(await name(okafor.window, { fromOn: '2026-08-02' })).toBe('DELEGATION_IN_THE_PAST')
    expect(await name(okafor.window, { untilOn: 'soon' })).toBe('INVALID_INPUT')
    expect(await name(okafor.window)).toBe('ok')
    expect(await name(okafor.window)).toBe('DELEGATION_OVERLAPS')
    expect(await name(brandt.window, { deputyId: okafor.staffId })).toBe('DEPUTY_AWAY')
  })

  it('is back when they say so', async () => {
    const { clinic, okafor, brandt } = await clinicWithTeam()
    const { delegationId } = await okafor.window.must('staffPractice.nameDeputy', { deputyId: brandt.staffId, ...days })
    expect(await brandt.window.code('staffPractice.endDelegation', { delegationId })).toBe('NOT_FOUND')
    await okafor.window.must('staffPractice.endDelegation', { delegationId })
    expect(await memberOf(clinic, okafor.staffId)).toMatchObject({ deputy: null })
  })

  it('finds the queue answered for by the deputy, who is known to stand in', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    await signInAgain(clinic.manager, 'greta')
    const brandt = await clinic.hire(['physician'])
    const before = await brandt.window.must('signOff.queue', { after: null })
    await clinic.phy.must('staffPractice.nameDeputy', { deputyId: brandt.staffId, ...days })
    const after = await brandt.window.must('signOff.queue', { after: null })
    expect([before.sessions[0]?.standsIn, after.sessions[0]?.standsIn]).toEqual([null, days])
    expect((await clinic.phy.must('signOff.queue', { after: null })).sessions[0]?.standsIn).toBeNull()
  })

  it('has the deputy told of a red flag as well', async () => {
    const clinic = await sessionClinic()
    const brandt = await clinic.hire(['physician'])
    await clinic.phy.must('staffPractice.nameDeputy', { deputyId: brandt.staffId, ...days })
    const { patientId } = clinic
    const { complicationId } = await clinic.aes.must('complication.report', {
      patientId,
      sessionIds: [],
      zones: [],
      code: 'INFECTION_BACTERIAL',
      onsetOn: '2026-08-03',
      grade: 2,
      reportedBy: { kind: 'PATIENT', name: 'herself' },
      channel: 'PHONE',
      description: 'pustules on the chin',
      signs: ['PUS'],
      actionTaken: '',
      notices: [{ physicianId: clinic.phyId, how: 'PHONE' }],
    })
    const opened = await brandt.window.must('complication.open', { patientId, complicationId })
    expect(opened.body.physicianNotices.map(({ physicianId }) => physicianId)).toEqual([clinic.phyId, brandt.staffId])
    expect(opened.deputies).toEqual([
      { staffId: brandt.staffId, printedName: brandt.printedName, standsInFor: expect.any(String) },
    ])
  })
})

describe('a licence', () => {
  it('keeps what it was before it changed', async () => {
    const { clinic, lena } = await clinicWithTeam()
    const { staffId } = lena
    const before = await memberOf(clinic, staffId)
    if (!before?.licence) throw new Error('no licence')
    const { version, printedName, credential, boardCertification, examinerKind, licence } = before
    const facts = { staffId, printedName, credential, boardCertification, examinerKind }
    const renewed = { ...licence, expiresOn: '2031-12-31' }
    await clinic.manager.must('staff.edit', { ...facts, version, licence: renewed })
    // Nothing that stands beside the name: no new line.
    await clinic.manager.must('staff.edit', { ...facts, version: version + 1, licence: renewed, examinerKind: 'NP' })
    const { credentials } = await lena.window.must('staffPractice.open', { staffId })
    expect(credentials.map((one) => one.licence?.expiresOn)).toEqual(['2031-12-31', licence.expiresOn])
  })

  it('that has run out publishes no consent text', async () => {
    const { clinic, okafor } = await clinicWithTeam()
    const member = await memberOf(clinic, okafor.staffId)
    if (!member?.licence) throw new Error('no licence')
    const { staffId, version, printedName, credential, boardCertification, examinerKind } = member
    const licence = { ...member.licence, expiresOn: '2026-08-02' }
    const facts = { staffId, version, printedName, credential, boardCertification, examinerKind, licence }
    await clinic.manager.must('staff.edit', facts)
    const { templates } = await okafor.window.must('consent.templates', {})
    const [template] = templates
    if (!template) throw new Error('no text')
    const { templateId, major, minor } = template
    const approve = { templateId, major, minor, reauth: byPassword }
    expect(await okafor.window.code('consent.approveTemplate', approve)).toBe('OWN_LICENCE_NOT_VALID')
  })
})

async function memberOf(clinic: TestClinic, staffId: string) {
  const { members } = await clinic.manager.must('staff.list', {})
  return members.find((member) => member.staffId === staffId)
}
