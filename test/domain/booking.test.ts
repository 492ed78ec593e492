import { describe, expect, it } from 'vitest'
import {
  bookingRefusal,
  clockAfter,
  hasOverlap,
  isLateCancel,
  isNoShowTooEarly,
  judgeClock,
  judgeSlot,
  minutesAhead,
  mondayOf,
  proposeSeries,
  reminderDue,
  shippedBookingSettings,
  type TakenSlot,
  usualLengthMin,
  type WorkingSpan,
  weekdayOf,
} from '../../shared/domain/booking.ts'
import type { PatientId, StaffId, VisitId } from '../../shared/kernel/ids.ts'

const mara = 'mara' as PatientId
const tomas = 'tomas' as PatientId
const lena = 'lena' as StaffId
const miguel = 'miguel' as StaffId

/** Monday 3 August 2026, 10:00 to 11:15 with Lena in room 1. */
const slot = {
  patientId: mara,
  onDate: '2026-08-03',
  atTime: '10:00',
  untilTime: '11:15',
  practitionerId: lena,
  room: '1',
}
const taken: TakenSlot = { ...slot, visitId: 'taken' as VisitId, patientId: tomas }
const free = { taken: [], hours: [], away: [] }
const codesOf = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code)

describe('a time in the calendar', () => {
  it.each([
    ['ends when the other begins', { atTime: '08:45', untilTime: '10:00' }, []],
    ['begins when the other ends', { atTime: '11:15', untilTime: '12:30' }, []],
    ['is on another day', { onDate: '2026-08-04' }, []],
    ['has the same person and room', {}, ['PRACTITIONER_BUSY', 'ROOM_BUSY']],
    ['reaches one minute into it', { atTime: '09:00', untilTime: '10:01' }, ['PRACTITIONER_BUSY', 'ROOM_BUSY']],
    ['lies inside it', { atTime: '10:30', untilTime: '10:45' }, ['PRACTITIONER_BUSY', 'ROOM_BUSY']],
    ['has another room', { room: '2' }, ['PRACTITIONER_BUSY']],
    ['has another practitioner', { practitionerId: miguel }, ['ROOM_BUSY']],
    ['has nobody and no room yet', { practitionerId: null, room: null }, []],
    ['is for the same patient elsewhere', { patientId: tomas, practitionerId: miguel, room: '2' }, ['PATIENT_BUSY']],
  ])('beside one that is taken: %s', (_, change, problems) => {
    expect(codesOf(judgeSlot({ ...slot, ...change }, { ...free, taken: [taken] }))).toEqual(problems)
  })

  it('is not in its own way when it is moved', () => {
    expect(judgeSlot(slot, { ...free, taken: [taken] }, taken.visitId)).toEqual([])
  })

  const open: WorkingSpan = { staffId: null, weekday: 1, fromTime: '09:00', untilTime: '18:00' }
  const lenas: WorkingSpan = { staffId: lena, weekday: 1, fromTime: '09:00', untilTime: '11:00' }
  it.each([
    ['inside the opening hours', [open], []],
    ['on a weekday that is closed', [{ ...open, weekday: 2 }], ['OUTSIDE_OPENING_HOURS']],
    ['reaching over the end', [{ ...open, untilTime: '11:00' }], ['OUTSIDE_OPENING_HOURS']],
    [
      'across the break',
      [
        { ...open, untilTime: '10:30' },
        { ...open, fromTime: '10:45' },
      ],
      ['OUTSIDE_OPENING_HOURS'],
    ],
    ['after the practitioner has left', [open, lenas], ['PRACTITIONER_NOT_IN']],
    ['where another person’s hours end', [open, { ...lenas, staffId: miguel }], []],
  ] as const)('%s', (_, hours, problems) => {
    expect(codesOf(judgeSlot(slot, { ...free, hours }))).toEqual(problems)
  })

  it.each([
    ['the last day of a holiday', { staffId: null, fromOn: '2026-07-20', untilOn: '2026-08-03' }, ['CLINIC_CLOSED']],
    ['the day after', { staffId: null, fromOn: '2026-07-20', untilOn: '2026-08-02' }, []],
    ['the practitioner away', { staffId: lena, fromOn: '2026-08-03', untilOn: '2026-08-03' }, ['PRACTITIONER_ABSENT']],
    ['somebody else away', { staffId: miguel, fromOn: '2026-08-03', untilOn: '2026-08-03' }, []],
  ])('on %s', (_, days, problems) => {
    expect(codesOf(judgeSlot(slot, { ...free, away: [days] }))).toEqual(problems)
  })

  it('is refused for good where somebody is elsewhere, and unless agreed outside the hours', () => {
    const saving = { isOutsideHours: true, isNewDay: true, isNewPair: true }
    const clock = { verdict: 'FREE', eligibleOn: null } as const
    const check = (code: 'ROOM_BUSY' | 'PRACTITIONER_ABSENT' | 'PRACTITIONER_NOT_IN') => ({
      problems: [{ code, fromTime: null, untilTime: null }],
      clock,
      licenceEndedOn: null,
    })
    expect(bookingRefusal(check('ROOM_BUSY'), saving)?.code).toBe('ROOM_BUSY')
    expect(bookingRefusal(check('PRACTITIONER_ABSENT'), saving)?.code).toBe('PRACTITIONER_ABSENT')
    expect(bookingRefusal(check('PRACTITIONER_NOT_IN'), saving)).toBeNull()
    expect(bookingRefusal(check('PRACTITIONER_NOT_IN'), { ...saving, isOutsideHours: false })?.code).toBe(
      'PRACTITIONER_NOT_IN',
    )
    const stopped = { problems: [], clock: { verdict: 'STOPPED', eligibleOn: null }, licenceEndedOn: null } as const
    expect(bookingRefusal(stopped, saving)?.code).toBe('BOOKING_STOPPED')
    expect(bookingRefusal(stopped, { ...saving, isNewDay: false })).toBeNull()
    const ended = { problems: [], clock, licenceEndedOn: '2026-07-31' }
    expect(bookingRefusal(ended, saving)).toEqual({ code: 'BOOKING_LICENCE_EXPIRED', facts: { endedOn: '2026-07-31' } })
    expect(bookingRefusal(ended, { ...saving, isNewPair: false })).toBeNull()
  })
})

describe('the length of a booking', () => {
  it('is 75 minutes for a treatment and the clinic’s own for a talk', () => {
    const lengths = { bookingMin: 75, talkMin: shippedBookingSettings.talkMin }
    expect(usualLengthMin('SESSION', lengths)).toBe(75)
    expect(usualLengthMin('MAINTENANCE', lengths)).toBe(75)
    expect(usualLengthMin('CONSULTATION', lengths)).toBe(30)
    expect(clockAfter('09:50', 75)).toBe('11:05')
    expect(clockAfter('23:30', 75)).toBe('23:59')
  })

  it('knows the weekday and the Monday of its week', () => {
    expect(weekdayOf('2026-08-03')).toBe(1)
    expect(weekdayOf('2026-08-09')).toBe(7)
    expect(weekdayOf('1999-12-31')).toBe(5)
    expect(mondayOf('2026-08-09')).toBe('2026-08-03')
  })

  it('refuses spans of one day that meet', () => {
    const span = (fromTime: string, untilTime: string, weekday: 1 | 2 = 1) => ({ weekday, fromTime, untilTime })
    expect(hasOverlap([span('09:00', '12:00'), span('12:00', '17:00')])).toBe(false)
    expect(hasOverlap([span('09:00', '12:00'), span('11:59', '17:00')])).toBe(true)
    expect(hasOverlap([span('09:00', '12:00'), span('09:00', '12:00', 2)])).toBe(false)
  })
})

describe('a series booked in one act', () => {
  const { onDate: _, ...time } = slot
  const plan = { ...time, firstOn: '2026-01-31', count: 4, intervalMonths: 1 }
  const datesOf = (rules = {}) => proposeSeries(plan, { ...free, ...rules }).map(({ onDate }) => onDate)

  it('clamps to the month’s end and goes on from there', () => {
    expect(datesOf()).toEqual(['2026-01-31', '2026-02-28', '2026-03-28', '2026-04-28'])
  })

  it('clamps to the 29th in a leap year', () => {
    const dates = proposeSeries({ ...plan, firstOn: '2028-01-31', count: 2 }, free)
    expect(dates.map(({ onDate }) => onDate)).toEqual(['2028-01-31', '2028-02-29'])
  })

  it('moves on to the first day on which everybody is there, and the next one follows that day', () => {
    const away = [{ staffId: lena, fromOn: '2026-02-27', untilOn: '2026-03-02' }]
    expect(datesOf({ away })).toEqual(['2026-01-31', '2026-03-03', '2026-04-03', '2026-05-03'])
    const [, second] = proposeSeries(plan, { ...free, away })
    expect(second).toMatchObject({ dueOn: '2026-02-28', problems: [] })
    expect(codesOf(second?.passedOver ?? [])).toEqual(['PRACTITIONER_ABSENT'])
  })

  it('says what is in the way where no day within two weeks is free', () => {
    const away = [{ staffId: null, fromOn: '2026-02-01', untilOn: '2026-03-31' }]
    const [, second] = proposeSeries(plan, { ...free, away })
    expect(second?.onDate).toBe('2026-02-28')
    expect(codesOf(second?.problems ?? [])).toEqual(['CLINIC_CLOSED'])
  })
})

describe('the clock of contraindications at booking', () => {
  it.each([
    ['nothing against it', 'SESSION', { stops: 0, uncleared: 0, eligibleOn: null }, 'FREE', null],
    [
      'a wait that a physician may clear',
      'SESSION',
      { stops: 0, uncleared: 1, eligibleOn: '2026-09-02' },
      'EARLY',
      '2026-09-02',
    ],
    ['a stop', 'SESSION', { stops: 1, uncleared: 1, eligibleOn: null }, 'STOPPED', null],
    [
      'a stop with a date',
      'MAINTENANCE',
      { stops: 1, uncleared: 0, eligibleOn: '2026-08-17' },
      'STOPPED',
      '2026-08-17',
    ],
    ['a talk, whatever the answers', 'CONSULTATION', { stops: 1, uncleared: 0, eligibleOn: null }, 'FREE', null],
  ] as const)('%s', (_, service, screening, verdict, eligibleOn) => {
    expect(judgeClock(service, screening)).toEqual({ verdict, eligibleOn })
  })
})

describe('a cancellation', () => {
  const start = { onDate: '2026-08-04', atTime: '10:00' }
  it.each([
    ['PATIENT', '2026-08-03', '10:00', false],
    ['PATIENT', '2026-08-03', '10:01', true],
    ['CLINIC', '2026-08-04', '09:00', false],
    ['NO_SHOW', '2026-08-04', '10:30', true],
    ['MISTAKE', '2026-08-04', '09:00', false],
  ] as const)('by %s on %s at %s is late: %s', (reason, on, time, isLate) => {
    expect(isLateCancel(reason, minutesAhead(start, { on, time }), { lateCancelHours: 24 })).toBe(isLate)
  })

  it('calls nobody missing before the time', () => {
    expect(isNoShowTooEarly('NO_SHOW', 1)).toBe(true)
    expect(isNoShowTooEarly('NO_SHOW', 0)).toBe(false)
    expect(isNoShowTooEarly('PATIENT', 500)).toBe(false)
  })
})

describe('a reminder', () => {
  it.each([
    ['2026-08-02', null, null],
    ['2026-08-03', null, 7],
    ['2026-08-08', null, 7],
    ['2026-08-08', '2026-08-03', null],
    ['2026-08-09', '2026-08-03', 1],
    ['2026-08-09', '2026-08-09', null],
    ['2026-08-10', null, null],
  ])('for 10 August is looked for on %s, last given %s: %s', (today, remindedOn, due) => {
    expect(reminderDue({ onDate: '2026-08-10', remindedOn }, today, shippedBookingSettings)).toBe(due)
  })
})
