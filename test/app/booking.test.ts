import { describe, expect, it } from 'vitest'
import { choice, on } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { newClinic, type Window } from '../support/clinic.ts'
import { auditOf } from '../support/course.ts'
import { patientOnFile } from '../support/screening.ts'
import { type SessionClinic, sessionClinic } from '../support/session.ts'

/** Monday 3 August 2026, 10:42 in Chicago. */
const today = '2026-08-03'
const slot = { lengthMin: 75, practitionerId: null, room: '1' } as const
const plan = {
  onDate: '2026-08-10',
  atTime: '10:00',
  service: 'SESSION',
  serviceNote: null,
  practitionerId: null,
  room: '1',
} as const

async function houseWithDesk() {
  const clinic = await newClinic()
  const desk = (await clinic.hire(['frontDesk'])).window
  const { window: aes, staffId: aesId } = await clinic.hire(['aesthetician'])
  const mara = await patientOnFile(clinic)
  const tomas = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas', bornOn: '2003-10-25' })
  return { clinic, desk, aes, aesId, mara, tomas }
}

/** Only the sessions of a course whose patient may be treated. */
async function courseClinic(changes: Parameters<typeof sessionClinic>[0] = {}) {
  const clinic = await sessionClinic(changes)
  const desk = (await clinic.hire(['frontDesk'])).window
  return { ...clinic, desk }
}

function seriesInput(clinic: SessionClinic) {
  const { patientId, seriesId, aesId } = clinic
  return { patientId, seriesId, lengthMin: 75, practitionerId: aesId, room: '1' }
}

const openAllWeek = (window: Window) =>
  window.must('booking.setHours', {
    staffId: null,
    spans: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromTime: '09:00', untilTime: '18:00' })),
  })

describe('booking', () => {
  it('takes 75 minutes for a treatment and 30 for a talk, and shows both in the week', async () => {
    const { desk, aesId, mara, tomas } = await houseWithDesk()
    await desk.must('visit.add', { patientId: mara, ...plan, practitionerId: aesId })
    await desk.must('visit.add', { patientId: tomas, ...plan, onDate: '2026-08-12', service: 'CONSULTATION' })
    const week = await desk.must('booking.calendar', { from: '2026-08-10', days: 7 })
    expect(week.visits.map((visit) => [visit.onDate, visit.atTime, visit.untilTime, visit.familyName])).toEqual([
      ['2026-08-10', '10:00', '11:15', 'Lindqvist'],
      ['2026-08-12', '10:00', '10:30', 'Ferreira'],
    ])
    expect(week.usualMin).toEqual({ treatment: 75, talk: 30 })
    expect(week.days).toHaveLength(7)
    expect(week.nowTime).toBe('10:42')
  })

  it('never books one person, one room or one patient twice at a time', async () => {
    const { desk, aesId, mara, tomas } = await houseWithDesk()
    await desk.must('visit.add', { patientId: mara, ...plan, practitionerId: aesId })
    const second = { patientId: tomas, ...plan, atTime: '11:00' }
    expect(await desk.code('visit.add', second)).toBe('ROOM_BUSY')
    expect(await desk.code('visit.add', { ...second, room: '2', practitionerId: aesId })).toBe('PRACTITIONER_BUSY')
    expect(await desk.code('visit.add', { ...second, patientId: mara, room: '2' })).toBe('PATIENT_BUSY')
    const { visitId } = await desk.must('visit.add', { ...second, atTime: '11:15' })
    const move = { patientId: tomas, visitId, version: 1, ...plan, atTime: '10:30' }
    expect(await desk.code('visit.edit', move)).toBe('ROOM_BUSY')
    await desk.must('visit.edit', { ...move, atTime: '12:00', lengthMin: 90 })
    const { visits } = await desk.must('booking.calendar', { from: plan.onDate, days: 1 })
    expect(visits[1]).toMatchObject({ atTime: '12:00', untilTime: '13:30' })
    expect(await desk.code('visit.add', { ...second, onDate: '2026-08-02' })).toBe('BOOKING_PAST')
  })

  it('keeps to the opening hours unless somebody wants otherwise, and to absences always', async () => {
    const { clinic, desk, aesId, mara } = await houseWithDesk()
    await openAllWeek(clinic.manager)
    const early = { patientId: mara, ...plan, practitionerId: aesId, atTime: '08:00' }
    expect(await desk.code('visit.add', early)).toBe('OUTSIDE_OPENING_HOURS')
    expect(await desk.code('visit.add', { ...early, onDate: '2026-08-09', atTime: '10:00' })).toBe(
      'OUTSIDE_OPENING_HOURS',
    )
    await desk.must('visit.add', { ...early, isOutsideHours: true })
    const days = { staffId: aesId, fromOn: '2026-08-10', untilOn: '2026-08-11', reason: 'HOLIDAY' } as const
    const { absenceId, bookingsInIt } = await desk.must('booking.addAbsence', days)
    expect(bookingsInIt).toBe(1)
    const later = { ...early, onDate: '2026-08-11', atTime: '10:00', isOutsideHours: true }
    expect(await desk.code('visit.add', later)).toBe('PRACTITIONER_ABSENT')
    expect((await desk.must('booking.calendar', { from: '2026-08-10', days: 1 })).absences).toMatchObject([
      { staffId: aesId, fromOn: '2026-08-10' },
    ])
    await desk.must('booking.takeBackAbsence', { absenceId })
    expect(await desk.code('booking.takeBackAbsence', { absenceId })).toBe('NOT_FOUND')
    await desk.must('visit.add', later)
    expect(await auditOf(clinic, absenceId)).toEqual([
      'booking.addAbsence frontDesk DONE HOLIDAY',
      'booking.takeBackAbsence frontDesk DONE',
    ])
    await desk.must('booking.addAbsence', { ...days, staffId: null, fromOn: '2026-08-12', untilOn: '2026-08-12' })
    expect(await desk.code('visit.add', { ...later, onDate: '2026-08-12' })).toBe('CLINIC_CLOSED')
    expect(await desk.code('booking.addAbsence', { ...days, untilOn: '2026-08-09' })).toBe('ABSENCE_REVERSED')
    expect(await desk.code('booking.addAbsence', { ...days, staffId: clinic.managerId })).toBe(
      'VISIT_PRACTITIONER_NOT_TREATING',
    )
  })

  it('lets the manager alone say when the clinic is open', async () => {
    const { clinic, desk, aesId } = await houseWithDesk()
    const span = { weekday: 1, fromTime: '09:00', untilTime: '12:00' }
    expect(await desk.code('booking.setHours', { staffId: null, spans: [span] })).toBe('DENIED')
    const code = (spans: readonly object[], staffId: string | null = null) =>
      clinic.manager.code('booking.setHours', { staffId, spans })
    expect(await code([span, { ...span, fromTime: '11:00', untilTime: '13:00' }])).toBe('HOURS_OVERLAP')
    expect(await code([{ ...span, untilTime: '08:00' }])).toBe('HOURS_REVERSED')
    expect(await code([{ ...span, weekday: 8 }])).toBe('INVALID_INPUT')
    expect(await code([span], clinic.managerId)).toBe('VISIT_PRACTITIONER_NOT_TREATING')
    await clinic.manager.must('booking.setHours', { staffId: aesId, spans: [span] })
    const settings = { talkMin: 20, lateCancelHours: 48, reminderDays: [1, 7, 1] }
    expect(await desk.code('booking.setSettings', { version: null, ...settings })).toBe('DENIED')
    await clinic.manager.must('booking.setSettings', { version: null, ...settings })
    expect(await clinic.manager.code('booking.setSettings', { version: null, ...settings })).toBe('CONFLICT')
    expect(await desk.must('booking.hours', {})).toMatchObject({
      spans: [{ staffId: aesId, ...span }],
      settings: { talkMin: 20, reminderDays: [7, 1] },
      settingsVersion: 1,
    })
    expect(await auditOf(clinic, aesId)).toContain('booking.setHours manager DONE')
  })

  it('tells what stands against a time before anybody saves', async () => {
    const { desk, mara, tomas } = await houseWithDesk()
    await desk.must('visit.add', { patientId: mara, ...plan })
    const check = { patientId: tomas, visitId: null, seriesId: null, lengthMin: 75, ...plan }
    const { problems, next } = await desk.must('booking.check', { ...check, atTime: '09:00' })
    expect(problems).toEqual([{ code: 'ROOM_BUSY', fromTime: '10:00', untilTime: '11:15', mayAgree: false }])
    expect(next.toDo).toEqual(['SCREEN_FULL', 'CONSENT'])
    expect(await desk.code('booking.check', { ...check, lengthMin: 1 })).toBe('INVALID_INPUT')
    expect(await desk.code('booking.check', { ...check, patientId: '0198c5f2-0000-7000-8000-000000000000' })).toBe(
      'NOT_FOUND',
    )
  })

  it('puts a patient who cancels on the waiting list, says when that was late, and books from it', async () => {
    const { clinic, desk, mara } = await houseWithDesk()
    const { visitId } = await desk.must('visit.add', { patientId: mara, ...plan, onDate: today, atTime: '16:00' })
    const cancelled = await desk.must('visit.cancel', {
      patientId: mara,
      visitId,
      version: 1,
      reason: 'PATIENT',
      isToWait: true,
    })
    expect(cancelled.isLate).toBe(true)
    const { entries } = await desk.must('booking.waiting', {})
    expect(entries).toMatchObject([{ patientId: mara, lengthMin: 75, service: 'SESSION', fromOn: today }])
    const [entry] = entries
    if (!entry) throw new Error('nobody waits')
    const waiting = { waitingId: entry.waitingId, version: entry.version }
    await desk.must('visit.add', { patientId: mara, ...plan, waiting })
    expect((await desk.must('booking.waiting', {})).entries).toEqual([])
    const again = { patientId: mara, ...plan, atTime: '14:00', waiting }
    expect(await desk.code('visit.add', again)).toBe('CONFLICT')
    expect(await auditOf(clinic, entry.waitingId)).toEqual(['booking.wait frontDesk DONE'])
    // The line taken back must not fall on somebody else's time.
    await desk.must('visit.add', { patientId: mara, ...plan, onDate: today, atTime: '15:30' })
    const back = { patientId: mara, visitId, version: 2, to: 'EXPECTED', room: null }
    expect(await desk.code('visit.move', back)).toBe('PATIENT_BUSY')
  })

  it('keeps a waiting list of wishes', async () => {
    const { clinic, desk, mara } = await houseWithDesk()
    const wish = {
      patientId: mara,
      service: 'CONSULTATION',
      seriesId: null,
      lengthMin: 30,
      practitionerId: null,
      dayPart: 'MORNING',
      fromOn: '2026-08-10',
      untilOn: null,
      note: null,
    } as const
    expect(await desk.code('booking.wait', { ...wish, untilOn: '2026-08-01' })).toBe('WAITING_DAYS_REVERSED')
    expect(await desk.code('booking.wait', { ...wish, practitionerId: clinic.managerId })).toBe(
      'VISIT_PRACTITIONER_NOT_TREATING',
    )
    expect(await clinic.manager.code('booking.wait', wish)).toBe('DENIED')
    const gone = await patientOnFile(clinic, { status: { state: 'ARCHIVED', reason: 'MOVED_AWAY', note: null } })
    expect(await desk.code('booking.wait', { ...wish, patientId: gone })).toBe('VISIT_PATIENT_ARCHIVED')
    const { waitingId } = await desk.must('booking.wait', wish)
    expect(await desk.code('booking.leave', { patientId: gone, waitingId, version: 1 })).toBe('NOT_FOUND')
    await desk.must('booking.leave', { patientId: mara, waitingId, version: 1 })
    expect(await desk.code('booking.leave', { patientId: mara, waitingId, version: 1 })).toBe('CONFLICT')
    expect(await auditOf(clinic, waitingId)).toEqual(['booking.wait frontDesk DONE', 'booking.leave frontDesk DONE'])
  })

  it('lists reminders a week and a day before, without a word of the treatment', async () => {
    const { clinic, desk, mara, tomas } = await houseWithDesk()
    const { visitId } = await desk.must('visit.add', { patientId: mara, ...plan, serviceNote: 'cheeks' })
    await desk.must('visit.add', { patientId: tomas, ...plan, onDate: '2026-08-14' })
    const { reminders, clinicName } = await desk.must('booking.reminders', {})
    expect(clinicName).toBe('Alder Row Skin Clinic')
    expect(reminders).toMatchObject([{ patientId: mara, onDate: '2026-08-10', daysAhead: 7 }])
    expect(JSON.stringify(reminders)).not.toMatch(/SESSION|cheeks|needling/i)
    const whose = { patientId: mara, visitId, version: 1 }
    expect(await desk.code('booking.remind', { ...whose, how: 'SENT' })).toBe('INVALID_INPUT')
    expect(await clinic.manager.code('booking.remind', { ...whose, how: 'COPIED' })).toBe('DENIED')
    await desk.must('booking.remind', { ...whose, how: 'COPIED' })
    expect((await desk.must('booking.reminders', {})).reminders).toEqual([])
    expect(await auditOf(clinic, visitId)).toContain('booking.remind frontDesk DONE COPIED')
    await desk.must('visit.cancel', { ...whose, version: 2, reason: 'CLINIC' })
    expect(await desk.code('booking.remind', { ...whose, version: 3, how: 'COPIED' })).toBe('VISIT_OVER')
  })
})

describe('the sessions of a course', () => {
  it('are proposed a month apart with what each lacks, and booked together', async () => {
    const clinic = await courseClinic({ order: { sessions: 2 } })
    const { desk } = clinic
    const input = seriesInput(clinic)
    const { dates } = await desk.must('booking.previewSeries', {
      ...input,
      firstOn: '2026-08-31',
      atTime: '10:00',
      count: 3,
    })
    expect(dates.map((one) => one.onDate)).toEqual(['2026-08-31', '2026-09-30', '2026-10-30'])
    expect(dates.map(({ judged }) => judged.next.blocks.map(({ code }) => code))).toEqual([
      [],
      [],
      ['ORDER_NO_SESSIONS_LEFT'],
    ])
    const booked = dates.map(({ onDate }) => ({ onDate, atTime: '10:00' }))
    const { visitIds } = await desk.must('booking.bookSeries', { ...input, dates: booked })
    expect(visitIds).toHaveLength(3)
    const { courses, coming } = await desk.must('booking.patient', { patientId: clinic.patientId })
    expect(courses).toMatchObject([{ sessionsDone: 0, sessionsBooked: 3, mayBook: true }])
    expect(coming.map((one) => one.onDate)).toEqual(['2026-08-31', '2026-09-30', '2026-10-30'])
    const { visits } = await desk.must('booking.calendar', { from: '2026-09-28', days: 7 })
    expect(visits).toMatchObject([{ seriesId: clinic.seriesId, series: { sessionNo: 2 } }])
    expect(await auditOf(clinic, visitIds[2] ?? '')).toEqual(['visit.add frontDesk DONE SERIES'])
  })

  it('are booked all or none', async () => {
    const clinic = await courseClinic()
    const { desk, manager } = clinic
    const input = seriesInput(clinic)
    await desk.must('visit.add', {
      patientId: await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' }),
      ...plan,
      onDate: '2026-09-10',
    })
    const dates = ['2026-08-10', '2026-09-10'].map((onDate) => ({ onDate, atTime: '10:30' }))
    expect(await desk.code('booking.bookSeries', { ...input, dates })).toBe('ROOM_BUSY')
    expect((await desk.must('booking.calendar', { from: '2026-08-10', days: 1 })).visits).toEqual([])
    // The second of two at the same time is in the way of the first.
    const twice = [dates[0], dates[0]]
    expect(await desk.code('booking.bookSeries', { ...input, dates: twice })).toBe('PATIENT_BUSY')
    expect(await desk.code('booking.bookSeries', { ...input, dates: [] })).toBe('INVALID_INPUT')
    const past = [{ onDate: '2026-08-02', atTime: '10:00' }]
    expect(await desk.code('booking.bookSeries', { ...input, dates: past })).toBe('BOOKING_PAST')
    expect(await manager.code('booking.bookSeries', { ...input, dates })).toBe('DENIED')
    const hold = { status: 'ON_HOLD', reason: 'darker patches' } as const
    await clinic.aes.must('series.setStatus', { ...whose(clinic), version: 1, ...hold })
    expect(await desk.code('booking.bookSeries', { ...input, dates })).toBe('BOOKING_COURSE_NOT_OPEN')
    const preview = { ...input, firstOn: '2026-08-10', atTime: '10:00', count: 2 }
    expect(await desk.code('booking.previewSeries', preview)).toBe('BOOKING_COURSE_NOT_OPEN')
  })

  it('are held, not lost, while the course is', async () => {
    const clinic = await courseClinic()
    const dates = [{ onDate: '2026-08-10', atTime: '10:00' }]
    await clinic.desk.must('booking.bookSeries', { ...seriesInput(clinic), dates })
    const hold = { status: 'ON_HOLD', reason: 'darker patches' } as const
    await clinic.aes.must('series.setStatus', { ...whose(clinic), version: 1, ...hold })
    const { visits } = await clinic.desk.must('booking.calendar', { from: '2026-08-10', days: 1 })
    expect(visits[0]?.care?.next.blocks.map(({ code }) => code)).toContain('SERIES_NOT_OPEN')
    // A manager sees who comes, and nothing of the chart.
    expect((await clinic.manager.must('booking.calendar', { from: '2026-08-10', days: 1 })).visits[0]?.care).toBeNull()
  })
})

describe('the clock of contraindications', () => {
  const isotretinoin = (option: 'PAST' | 'NOW') => ({
    ...answersOfHealthyPerson('FULL'),
    ...(option === 'PAST' ? choice('SQ-10', option, on('2026-05-03')) : choice('SQ-10', option)),
  })

  it('shows the earliest eligible date at booking, and why to those who read charts', async () => {
    const clinic = await courseClinic({ answers: isotretinoin('PAST') })
    const { desk, aes, patientId, seriesId, aesId } = clinic
    const check = { patientId, visitId: null, seriesId, ...slot, ...plan, practitionerId: aesId }
    expect(await desk.must('booking.check', check)).toMatchObject({ verdict: 'EARLY', eligibleOn: '2026-11-03' })
    expect(await desk.must('booking.check', { ...check, onDate: '2026-11-03' })).toMatchObject({ verdict: 'FREE' })
    // It may be booked: a physician may clear it before.
    await desk.must('visit.add', { patientId, ...plan, practitionerId: aesId, seriesId })
    const clock = { patientId, on: plan.onDate, seriesId }
    expect(await desk.code('booking.clock', clock)).toBe('DENIED')
    expect(await aes.must('booking.clock', clock)).toMatchObject({
      eligibleOn: '2026-11-03',
      findings: [{ questionId: 'SQ-10', outcome: 'CLEAR', lifts: ['PHYSICIAN', 'DATE'], answeredOn: today }],
    })
    expect(await auditOf(clinic, patientId)).toContain('booking.clock aesthetician DONE')
  })

  it('turns a stop into a consultation with a physician', async () => {
    const clinic = await courseClinic({ answers: isotretinoin('NOW'), consent: 'NONE' })
    const { desk, patientId, seriesId, phyId } = clinic
    const booking = { patientId, ...plan, seriesId }
    expect(await desk.code('visit.add', booking)).toBe('BOOKING_STOPPED')
    const dates = [{ onDate: plan.onDate, atTime: plan.atTime }]
    expect(await desk.code('booking.bookSeries', { ...seriesInput(clinic), dates })).toBe('BOOKING_STOPPED')
    await desk.must('visit.add', { ...booking, seriesId: null, service: 'CONSULTATION', practitionerId: phyId })
  })

  it('waits for nobody who was never asked', async () => {
    const { desk, aes, mara } = await houseWithDesk()
    const check = { patientId: mara, visitId: null, seriesId: null, lengthMin: 75, ...plan }
    expect(await desk.must('booking.check', check)).toMatchObject({ verdict: 'FREE', eligibleOn: null })
    const clock = { patientId: mara, on: plan.onDate, seriesId: null }
    expect(await aes.must('booking.clock', clock)).toEqual({ eligibleOn: null, findings: [] })
  })

  it('keeps a practitioner whose licence ends before the day from being booked', async () => {
    const { desk, aesId, mara } = await houseWithDesk()
    const far = { patientId: mara, ...plan, onDate: '2030-01-07', practitionerId: aesId }
    expect(await desk.code('visit.add', far)).toBe('BOOKING_LICENCE_EXPIRED')
    await desk.must('visit.add', { ...far, practitionerId: null })
  })
})

function whose({ patientId, seriesId }: SessionClinic) {
  return { patientId, seriesId }
}
