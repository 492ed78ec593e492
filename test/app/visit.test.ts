import { describe, expect, it } from 'vitest'
import { multi } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { newClinic } from '../support/clinic.ts'
import { auditOf } from '../support/course.ts'
import { patientOnFile } from '../support/screening.ts'
import { loggedUntilNow, sessionClinic, startedSession, type } from '../support/session.ts'

const plan = {
  onDate: '2026-08-03',
  atTime: '11:15',
  service: 'SESSION',
  serviceNote: null,
  practitionerId: null,
  room: null,
} as const
const today = { on: '2026-08-03', isMine: false }

async function clinicWithDesk() {
  const clinic = await newClinic()
  const desk = (await clinic.hire(['frontDesk'])).window
  const patientId = await patientOnFile(clinic)
  return { clinic, desk, patientId }
}

describe('the day’s list', () => {
  it('is filled from search, in the order of the clock, and knows what time it is', async () => {
    const { clinic, desk, patientId } = await clinicWithDesk()
    const other = await patientOnFile(clinic, {
      family: 'Ferreira',
      given: 'Tomas',
      preferred: 'Tom',
      bornOn: '2003-10-25',
    })
    const { visitId } = await desk.must('visit.add', { patientId, ...plan })
    await desk.must('visit.add', { patientId: other, ...plan, atTime: '08:00', service: 'CONSULTATION', room: ' 4 ' })
    const day = await desk.must('visit.day', today)
    expect(day.nowTime).toBe('10:42')
    expect(day.visits.map((visit) => [visit.atTime, visit.familyName, visit.room, visit.status])).toEqual([
      ['08:00', 'Ferreira', '4', 'EXPECTED'],
      ['11:15', 'Lindqvist', null, 'EXPECTED'],
    ])
    expect(day.counts).toMatchObject({ patients: 2, waiting: 0, consentsMissing: 1, blocked: 1 })
    expect((await desk.must('visit.day', { ...today, on: '2026-08-04' })).nowTime).toBeNull()
    expect((await desk.must('visit.choices', {})).rooms).toEqual(['4'])
    expect(await auditOf(clinic, visitId)).toEqual(['visit.add frontDesk DONE'])
  })

  it('takes a patient once at one time, and no archived one', async () => {
    const { clinic, desk, patientId } = await clinicWithDesk()
    await desk.must('visit.add', { patientId, ...plan })
    expect(await desk.code('visit.add', { patientId, ...plan })).toBe('PATIENT_BUSY')
    expect(await desk.code('visit.add', { patientId, ...plan, atTime: '25:00' })).toBe('INVALID_INPUT')
    const gone = await patientOnFile(clinic, { status: { state: 'ARCHIVED', reason: 'MOVED_AWAY', note: null } })
    expect(await desk.code('visit.add', { patientId: gone, ...plan })).toBe('VISIT_PATIENT_ARCHIVED')
    const practitionerId = clinic.managerId
    expect(await desk.code('visit.add', { patientId, ...plan, atTime: '12:00', practitionerId })).toBe(
      'VISIT_PRACTITIONER_NOT_TREATING',
    )
  })

  it('follows a patient from the door to a room and out, and back where it was a mistake', async () => {
    const { clinic, desk, patientId } = await clinicWithDesk()
    const { visitId } = await desk.must('visit.add', { patientId, ...plan })
    const at = (version: number) => ({ patientId, visitId, version })
    expect(await desk.code('visit.move', { ...at(1), to: 'HERE', room: null })).toBe('VISIT_CHECK_IN_INSTEAD')
    await desk.must('visit.checkIn', { ...at(1), identity: null })
    expect(await desk.code('visit.checkIn', { ...at(2), identity: null })).toBe('VISIT_MOVE_NOT_ALLOWED')
    expect(await desk.code('visit.move', { ...at(2), to: 'IN_ROOM', room: null })).toBe('ROOM_MISSING')
    await desk.must('visit.move', { ...at(2), to: 'IN_ROOM', room: '1' })
    expect(await desk.code('visit.move', { ...at(2), to: 'DONE', room: null })).toBe('CONFLICT')
    await desk.must('visit.move', { ...at(3), to: 'DONE', room: null })
    expect(await desk.code('visit.edit', { ...at(4), ...plan })).toBe('VISIT_OVER')
    expect((await desk.must('visit.day', today)).visits[0]).toMatchObject({ status: 'DONE', room: '1' })
    await desk.must('visit.move', { ...at(4), to: 'HERE', room: null })
    await desk.must('visit.move', { ...at(5), to: 'EXPECTED', room: null })
    expect((await desk.must('visit.day', today)).visits[0]).toMatchObject({ status: 'EXPECTED', arrivedAt: null })
    expect(await auditOf(clinic, visitId)).toEqual([
      'visit.add frontDesk DONE',
      'visit.checkIn frontDesk DONE HERE',
      'visit.move frontDesk DONE IN_ROOM',
      'visit.move frontDesk DONE DONE',
      'visit.checkIn frontDesk DONE HERE',
      'visit.move frontDesk DONE EXPECTED',
    ])
  })

  it('is edited and cancelled with a reason, and a cancelled line stays in sight', async () => {
    const { desk, patientId } = await clinicWithDesk()
    const { visitId } = await desk.must('visit.add', { patientId, ...plan })
    expect(await desk.code('visit.cancel', { patientId, visitId, version: 1, reason: 'NO_SHOW' })).toBe(
      'VISIT_NO_SHOW_TOO_EARLY',
    )
    await desk.must('visit.edit', { patientId, visitId, version: 1, ...plan, atTime: '10:30', serviceNote: 'cheeks' })
    expect(await desk.code('visit.edit', { patientId, visitId, version: 1, ...plan })).toBe('CONFLICT')
    const noShow = { patientId, visitId, version: 2, reason: 'NO_SHOW' } as const
    expect(await desk.must('visit.cancel', noShow)).toEqual({ version: 3, isLate: true, waitingId: null })
    const { visits, counts } = await desk.must('visit.day', today)
    expect(visits).toMatchObject([
      { atTime: '10:30', serviceNote: 'cheeks', status: 'CANCELLED', cancelReason: 'NO_SHOW', isCancelledLate: true },
    ])
    expect(counts.patients).toBe(0)
    // The time is free again, and the line can be taken back.
    await desk.must('visit.add', { patientId, ...plan, atTime: '10:30' })
    expect(await desk.code('visit.cancel', { patientId, visitId, version: 3, reason: 'CLINIC' })).toBe(
      'VISIT_MOVE_NOT_ALLOWED',
    )
  })

  it('checks a look-alike in by the chart number alone', async () => {
    const { clinic, desk } = await clinicWithDesk()
    const twin = { family: 'Kowalczyk', bornOn: '1994-07-19' }
    const ana = await patientOnFile(clinic, { ...twin, given: 'Ana', chartNumber: 'A-000101' })
    await patientOnFile(clinic, { ...twin, given: 'Eva', chartNumber: 'A-000102' })
    const { visitId } = await desk.must('visit.add', { patientId: ana, ...plan })
    const checkIn = { patientId: ana, visitId, version: 1 }
    expect(await desk.code('visit.checkIn', { ...checkIn, identity: null })).toBe('IDENTITY_CHECK_NEEDED')
    expect(await desk.code('visit.checkIn', { ...checkIn, identity: { chartNumber: 'A-000102' } })).toBe(
      'IDENTITY_DIFFERS',
    )
    expect(await desk.code('visit.checkInToday', { patientId: ana, identity: null })).toBe('IDENTITY_CHECK_NEEDED')
    expect(await desk.code('visit.checkIn', { ...checkIn, identity: { chartNumber: 'a 000101' } })).toBe('ok')
  })

  it('checks in from search whoever is expected today, and nobody of another day', async () => {
    const { clinic, desk, patientId } = await clinicWithDesk()
    const input = { patientId, identity: null }
    expect(await desk.code('visit.checkInToday', input)).toBe('NO_VISIT_TODAY')
    const tomorrow = await desk.must('visit.add', { patientId, ...plan, onDate: '2026-08-04' })
    expect(await desk.code('visit.checkInToday', input)).toBe('NO_VISIT_TODAY')
    expect(await desk.code('visit.checkIn', { ...input, visitId: tomorrow.visitId, version: 1 })).toBe(
      'VISIT_NOT_TODAY',
    )
    const { visitId } = await desk.must('visit.add', { patientId, ...plan })
    expect(await desk.must('visit.checkInToday', input)).toEqual({ visitId, version: 2 })
    expect(await auditOf(clinic, visitId)).toContain('visit.checkIn frontDesk DONE HERE')
  })

  it('shows a manager who comes and when, and nothing of their care', async () => {
    const { clinic, desk, patientId } = await clinicWithDesk()
    await desk.must('visit.add', { patientId, ...plan })
    const day = await clinic.manager.must('visit.day', today)
    expect(day.visits).toMatchObject([{ familyName: 'Lindqvist', care: null, series: null, sessionId: null }])
    expect(day.counts).toMatchObject({ patients: 1, consentsMissing: 0, blocked: 0 })
    for (const [name, input] of [
      ['visit.add', { patientId, ...plan, atTime: '12:00' }],
      ['visit.edit', { patientId, visitId: patientId, version: 1, ...plan }],
      ['visit.checkIn', { patientId, visitId: patientId, version: 1, identity: null }],
      ['visit.checkInToday', { patientId, identity: null }],
      ['visit.move', { patientId, visitId: patientId, version: 1, to: 'DONE', room: null }],
      ['visit.cancel', { patientId, visitId: patientId, version: 1, reason: 'CLINIC' }],
    ] as const) {
      expect(await clinic.manager.code(name, input)).toBe('DENIED')
      if (name !== 'visit.add' && name !== 'visit.checkInToday') expect(await desk.code(name, input)).toBe('NOT_FOUND')
    }
    await desk.must('signIn.signOut', {})
    expect(await desk.code('visit.day', today)).toBe('SIGNED_OUT')
    expect(await desk.code('visit.choices', {})).toBe('SIGNED_OUT')
  })
})

describe('the next step of the day', () => {
  const careOf = async (clinic: Awaited<ReturnType<typeof sessionClinic>>) => {
    const { visits } = await clinic.aes.must('visit.day', { on: clinic.host.now().slice(0, 10), isMine: true })
    const [visit] = visits
    if (!visit?.care) throw new Error('no visit of hers')
    return {
      ...visit,
      ...visit.care,
      step: visit.care.next.step,
      blocks: visit.care.next.blocks.map(({ code }) => code),
    }
  }
  const visitFor = async (clinic: Awaited<ReturnType<typeof sessionClinic>>) => {
    const { patientId, aesId } = clinic
    await clinic.aes.must('visit.add', {
      patientId,
      ...plan,
      practitionerId: aesId,
      onDate: clinic.host.now().slice(0, 10),
    })
  }

  it('goes from screening over consent and start to the log and the submission', async () => {
    const bare = await sessionClinic({ screening: 'NONE', consent: 'NONE' })
    await visitFor(bare)
    expect(await careOf(bare)).toMatchObject({
      step: 'SCREEN_FULL',
      blocks: [],
      readiness: {
        screening: 'toDo',
        consent: 'missing',
        photos: 'notNeeded',
        order: 'done',
        licence: 'done',
        lot: 'later',
      },
    })
    const unsigned = await sessionClinic({ consent: 'NONE' })
    await visitFor(unsigned)
    expect(await careOf(unsigned)).toMatchObject({
      step: 'CONSENT',
      readiness: { screening: 'done', consent: 'missing' },
    })
    const clinic = await sessionClinic()
    await visitFor(clinic)
    expect(await careOf(clinic)).toMatchObject({
      step: 'START',
      series: { seriesId: clinic.seriesId, sessionNo: 1, sessionsPlanned: 4 },
      sessionId: null,
    })
    const desk = await startedSession(clinic)
    expect(await careOf(clinic)).toMatchObject({
      step: 'LOG',
      sessionId: desk.sessionId,
      endedAt: null,
      readiness: { lot: 'done' },
    })
    clinic.host.advanceMinutes(9)
    await type(clinic, clinic.aes, desk, loggedUntilNow(clinic))
    expect(await careOf(clinic)).toMatchObject({ step: 'SUBMIT', endedAt: expect.any(String) })
  })

  it('names what a physician must decide and from when', async () => {
    const answers = { ...answersOfHealthyPerson('FULL'), ...multi('SQ-12', ['DOAC']) }
    const clinic = await sessionClinic({ answers, consent: 'NONE' })
    await visitFor(clinic)
    expect(await careOf(clinic)).toMatchObject({ blocks: ['CLEARANCE_NEEDED'], readiness: { screening: 'blocked' } })
  })

  it('is blocked by an order that ended, a course on hold and a missing practitioner', async () => {
    const clinic = await sessionClinic({ order: { expiresOn: '2026-08-02', examinedOn: '2026-01-20' } })
    await visitFor(clinic)
    const { patientId, seriesId } = clinic
    await clinic.aes.must('series.setStatus', {
      patientId,
      seriesId,
      version: 1,
      status: 'ON_HOLD',
      reason: 'darker patches',
    })
    const { visits } = await clinic.phy.must('visit.day', today)
    expect(visits[0]?.care?.next).toEqual({
      step: 'NONE',
      toDo: [],
      blocks: [
        { code: 'SERIES_NOT_OPEN', liftedBy: 'PHYSICIAN', on: null },
        { code: 'ORDER_ENDED', liftedBy: 'PHYSICIAN', on: '2026-08-02' },
      ],
    })
  })

  it('is blocked by a red flag until a physician has heard of it, and by a complication in the zones of the course', async () => {
    const clinic = await sessionClinic()
    await visitFor(clinic)
    const { patientId, phyId } = clinic
    const { complicationId } = await clinic.aes.must('complication.report', {
      patientId,
      sessionIds: [],
      zones: [],
      description: 'grouped blisters at the lip',
      channel: 'PHONE',
      reportedBy: { kind: 'PATIENT', name: 'Mara Lindqvist' },
      onsetOn: '2026-08-02',
      signs: ['VESICLES'],
      code: 'HSV_REACTIVATION',
      grade: 2,
      actionTaken: '',
      notices: [{ physicianId: phyId, how: 'PHONE' }],
    })
    expect(await careOf(clinic)).toMatchObject({
      hasRedFlag: true,
      hasOpenComplication: true,
      blocks: ['RED_FLAG', 'SERIES_NOT_OPEN'],
    })
    const { complications } = await clinic.phy.must('today.physician', {})
    expect(complications).toMatchObject({
      total: 1,
      redFlags: 1,
      first: [{ complicationId, code: 'HSV_REACTIVATION', grade: 2, isRedFlag: true, isAcknowledged: false }],
    })
    expect(await clinic.phy.must('today.manager', {})).toMatchObject({ complications: { open: 1, redFlags: 1 } })
  })
})
