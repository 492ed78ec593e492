import { describe, expect, it } from 'vitest'
import { multi } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { newClinic } from '../support/clinic.ts'
import { patientOnFile, screenPatient, signInAgain } from '../support/screening.ts'
import { beginSession, sessionClinic, submittedSession } from '../support/session.ts'

describe('what waits for a physician', () => {
  it('is the sessions of others, with their age and what is odd about them', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const { signOff } = await clinic.phy.must('today.physician', {})
    expect(signOff).toMatchObject({
      waiting: 1,
      overdue: 0,
      escalated: 0,
      redFlag: 0,
      first: [{ sessionId, familyName: 'Lindqvist', sessionNo: 1, authorName: 'Lena Brook 1', lateness: 'ON_TIME' }],
    })
    clinic.host.advanceMinutes(73 * 60)
    await signInAgain(clinic.phy, 'person2')
    const later = (await clinic.phy.must('today.physician', {})).signOff
    expect(later).toMatchObject({ waiting: 1, overdue: 1, escalated: 0, first: [{ lateness: 'OVERDUE' }] })
    expect(await clinic.phy.must('signOff.counts', {})).toMatchObject({ overdue: 1, addenda: 0 })
  })

  it('is whoever’s answers ask for a decision', async () => {
    const clinic = await newClinic()
    const desk = (await clinic.hire(['frontDesk'])).window
    const physician = (await clinic.hire(['physician'])).window
    const patientId = await patientOnFile(clinic)
    const screeningId = await screenPatient(desk, patientId, {
      ...answersOfHealthyPerson('FULL'),
      ...multi('SQ-12', ['DOAC']),
    })
    const { clearances } = await physician.must('today.physician', {})
    expect(clearances).toMatchObject({ total: 1, first: [{ patientId, screeningId, takenOn: '2026-08-03' }] })
  })

  it('is for physicians alone', async () => {
    const clinic = await newClinic()
    const aesthetician = (await clinic.hire(['aesthetician'])).window
    expect(await aesthetician.code('today.physician', {})).toBe('DENIED')
    expect(await clinic.manager.code('today.physician', {})).toBe('DENIED')
    expect(await aesthetician.code('today.physician', { patientId: 1 })).toBe('INVALID_INPUT')
  })
})

describe('unfinished sessions', () => {
  it('wait for their author', async () => {
    const clinic = await sessionClinic()
    const { sessionId } = await beginSession(clinic, clinic.aes)
    expect((await clinic.aes.must('today.ownWork', {})).sessions).toMatchObject([
      { sessionId, sessionNo: 1, state: 'DRAFT', familyName: 'Lindqvist' },
    ])
    expect((await clinic.phy.must('today.ownWork', {})).sessions).toEqual([])
    expect(await clinic.manager.code('today.ownWork', {})).toBe('DENIED')
  })
})

describe('what a manager sees', () => {
  it('is counts, staff names and dates, and nothing of a chart', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    await signInAgain(clinic.manager, 'greta')
    const { members } = await clinic.manager.must('staff.list', {})
    const lena = members.find(({ signInName }) => signInName === 'person1')
    if (!lena?.licence) throw new Error('Lena has no licence')
    const { staffId, version, printedName, credential, boardCertification, examinerKind } = lena
    const licence = { ...lena.licence, expiresOn: '2026-08-20' }
    await clinic.manager.must('staff.edit', {
      staffId,
      version,
      printedName,
      credential,
      boardCertification,
      examinerKind,
      licence,
    })
    const seen = await clinic.manager.must('today.manager', {})
    expect(seen).toMatchObject({
      signOff: { waiting: 1, overdue: 0, escalated: 0 },
      unsubmitted: { drafts: 0, returned: 0 },
      licences: [{ staffId, printedName: 'Lena Brook 1', expiresOn: '2026-08-20', dateState: 'ENDS_SOON' }],
      policy: { isMissing: false, effectiveFrom: '2026-08-03', reviewOn: '2027-08-03', reviewState: 'IN_DATE' },
      lots: { past: 0 },
      lastCopyAt: null,
    })
    expect(JSON.stringify(seen)).not.toContain('Lindqvist')
    expect(await clinic.aes.code('today.manager', {})).toBe('DENIED')
    expect((await clinic.manager.must('today.counts', {})).clinic).toBe(1)
  })
})

describe('the figures of the rail', () => {
  it('are those a person may see', async () => {
    const clinic = await newClinic()
    const desk = (await clinic.hire(['frontDesk'])).window
    const patientId = await patientOnFile(clinic)
    const plan = {
      onDate: '2026-08-03',
      atTime: '11:15',
      service: 'CONSULTATION',
      serviceNote: null,
      practitionerId: null,
      room: null,
    } as const
    await desk.must('visit.add', { patientId, ...plan })
    await desk.must('visit.checkInToday', { patientId, identity: null })
    expect(await desk.must('today.counts', {})).toEqual({
      today: 1,
      followUp: 0,
      patients: 0,
      stock: null,
      clinic: null,
    })
    expect(await clinic.manager.must('today.counts', {})).toMatchObject({
      today: 1,
      stock: 0,
      clinic: 0,
    })
    expect(await desk.must('today.desk', {})).toEqual({ followUpsDue: 0, callsToMake: 0 })
    await desk.must('signIn.lock', {})
    expect(await desk.code('today.counts', {})).toBe('LOCKED')
    expect(await desk.code('today.desk', {})).toBe('LOCKED')
  })
})
