import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  addDays,
  addMinutes,
  addMonths,
  ageOn,
  dateInZone,
  daysBetween,
  daysInMonth,
  isCalendarDate,
  isTimeZone,
  minutesBetween,
  offsetMinutes,
} from '../../shared/kernel/time.ts'

describe('a calendar date', () => {
  test.for([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2026-04-31', false],
    ['2026-12-31', true],
    ['0001-01-01', true],
    ['9999-12-31', true],
    ['0000-01-01', false],
    ['2026-00-10', false],
    ['2026-13-01', false],
    ['2026-01-00', false],
    ['2026-1-1', false],
    ['26-01-01', false],
    ['2026-01-01T00:00:00Z', false],
    ['2026-01-01 ', false],
    ['２０２６-01-01', false],
    ['', false],
  ] as const)('%j exists: %s', ([text, exists]) => {
    expect(isCalendarDate(text)).toBe(exists)
  })

  it('knows the days of every month of four centuries, as the Gregorian calendar has them', () => {
    for (let year = 1800; year < 2200; year += 1)
      for (let month = 1; month <= 12; month += 1)
        expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate())
  })

  test.for([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-08-03', 0, '2026-08-03'],
    ['2026-03-07', 2, '2026-03-09'],
    ['0999-12-31', 1, '1000-01-01'],
    ['9999-12-30', 1, '9999-12-31'],
  ] as const)('%s and %s days is %s', ([date, days, expected]) => {
    expect(addDays(date, days)).toBe(expected)
  })

  test.for([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-08-03', 24, '2028-08-03'],
  ] as const)('%s and %s months is %s', ([date, months, expected]) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it('is as many days from another as were added to reach it', () => {
    const dates = fc.date({ min: new Date('0002-01-01'), max: new Date('9990-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, fc.integer({ min: -300, max: 3000 }), (at, days) => {
        const date = at.toISOString().slice(0, 10)
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
  })
})

describe('an age', () => {
  test.for([
    ['2008-08-03', '2026-08-02', 17],
    ['2008-08-03', '2026-08-03', 18],
    ['2008-08-03', '2026-08-04', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-02-29', '2024-02-29', 16],
    ['2026-08-03', '2026-08-03', 0],
    ['1926-08-04', '2026-08-03', 99],
  ] as const)('of somebody born on %s is, on %s, %s', ([bornOn, on, age]) => {
    expect(ageOn(bornOn, on)).toBe(age)
  })
})

describe('the clinic`s own day', () => {
  test.for([
    ['2026-08-03T04:59:59.999Z', 'America/Chicago', '2026-08-02', -300],
    ['2026-08-03T05:00:00.000Z', 'America/Chicago', '2026-08-03', -300],
    ['2026-01-03T05:59:59.000Z', 'America/Chicago', '2026-01-02', -360],
    // The hour that does not exist, and the one that comes twice.
    ['2026-03-08T07:59:00.000Z', 'America/Chicago', '2026-03-08', -360],
    ['2026-03-08T08:00:00.000Z', 'America/Chicago', '2026-03-08', -300],
    ['2026-11-01T06:30:00.000Z', 'America/Chicago', '2026-11-01', -300],
    ['2026-11-01T07:30:00.000Z', 'America/Chicago', '2026-11-01', -360],
    ['2026-08-03T18:30:00.000Z', 'Asia/Kolkata', '2026-08-04', 330],
    ['2026-08-03T18:14:00.000Z', 'Asia/Kathmandu', '2026-08-03', 345],
    ['2026-08-03T18:15:00.000Z', 'Asia/Kathmandu', '2026-08-04', 345],
    ['2026-08-03T12:00:00.000Z', 'Pacific/Auckland', '2026-08-04', 720],
    ['2026-08-03T00:00:00.000Z', 'UTC', '2026-08-03', 0],
    ['2026-08-03T03:29:00.000Z', 'America/St_Johns', '2026-08-03', -150],
  ] as const)('at %s in %s is %s, %s minutes ahead of UTC', ([at, zone, date, offset]) => {
    expect([dateInZone(at, zone), offsetMinutes(at, zone)]).toEqual([date, offset])
  })

  it('needs a zone that exists', () => {
    for (const name of ['America/Chicago', 'UTC', 'Europe/Dublin']) expect(isTimeZone(name)).toBe(true)
    for (const name of ['Mars/Olympus', '', 'America/Chicago;', '\0']) expect(isTimeZone(name)).toBe(false)
  })
})

describe('minutes', () => {
  it('are added and counted across days, with fractions', () => {
    expect(addMinutes('2026-12-31T23:59:30.000Z', 1)).toBe('2027-01-01T00:00:30.000Z')
    expect(addMinutes('2026-12-31T23:59:30.000Z', 0.5)).toBe('2027-01-01T00:00:00.000Z')
    expect(minutesBetween('2026-12-31T23:59:30.000Z', '2027-01-01T00:00:00.000Z')).toBe(0.5)
    expect(minutesBetween('2027-01-01T00:00:00.000Z', '2026-12-31T23:59:30.000Z')).toBe(-0.5)
  })
})
