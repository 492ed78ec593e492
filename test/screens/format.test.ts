import { describe, expect, test } from 'vitest'
import {
  formatAge,
  formatBorn,
  formatClock,
  formatCount,
  formatDate,
  formatDateTimeZone,
  formatElapsed,
  formatHash,
  formatMm,
  formatName,
  formatPlural,
  formatSpokenName,
} from '../../renderer/parts/format.ts'

describe('dates and times on the screen', () => {
  test('writes a date so that no clinic can read it two ways', () => {
    expect(formatDate('1984-03-04')).toBe('04-Mar-1984')
  })

  test('shows an impossible imported date as it was typed', () => {
    expect(formatDate('31/02/1970')).toBe('31/02/1970')
  })

  test("shows the clinic's wall clock with its zone, in summer and in winter", () => {
    expect(formatClock('2026-08-03T15:42:16.000Z', 'America/Chicago')).toBe('Mon 03-Aug-2026 · 10:42 CDT')
    expect(formatDateTimeZone('2026-12-03T05:30:00.000Z', 'America/Chicago')).toBe('02-Dec-2026, 23:30 CST')
  })

  test('shows midnight as 00, not 24', () => {
    expect(formatDateTimeZone('2026-08-03T05:00:00.000Z', 'America/Chicago')).toBe('03-Aug-2026, 00:00 CDT')
  })

  test.each([
    ['1984-03-04', '2026-08-03', '42y'],
    ['1984-08-04', '2026-08-03', '41y'],
    ['2025-01-15', '2026-08-03', '18m'],
    ['2026-08-03', '2026-08-03', '0m'],
    ['2004-02-29', '2026-02-28', '21y'],
  ])('says how old somebody born %s is on %s', (bornOn, on, age) => {
    expect(formatAge(bornOn, on)).toBe(age)
  })

  test('writes an unknown birth date out', () => {
    expect(formatBorn(null, '2026-08-03')).toBe('birth date unknown')
  })

  test.each([
    [25.9, '25 min'],
    [60, '1 h'],
    [41 * 60 + 12, '41 h'],
    [72 * 60, '3 days'],
  ])('gives the age of a record of %s minutes', (minutes, text) => {
    expect(formatElapsed(minutes)).toBe(text)
  })
})

describe('names and figures on the screen', () => {
  test.each([
    [{ familyName: 'Walker', givenName: 'Joanna', preferredName: 'Jo' }, 'Walker, Joanna “Jo”'],
    [{ familyName: 'Walker', givenName: null }, 'Walker'],
    [{ familyName: null, givenName: 'Joanna' }, 'Joanna'],
    [{ familyName: null, givenName: null }, 'Name unknown'],
  ])('writes the name %o', (name, text) => {
    expect(formatName(name)).toBe(text)
  })

  test("reads a person's own name in the order of speech", () => {
    expect(formatSpokenName({ familyName: 'Kowalczyk', givenName: 'Ana' })).toBe('Ana Kowalczyk')
  })

  test('prints a depth with two decimals', () => {
    expect([50, 500, 750, 1000, 3500].map(formatMm)).toEqual(['0.05', '0.50', '0.75', '1.00', '3.50'])
  })

  test('parts thousands and says one patient in the singular', () => {
    expect([formatCount(3803), formatPlural(1, 'patient'), formatPlural(1000, 'row')]).toEqual([
      '3,803',
      '1 patient',
      '1,000 rows',
    ])
  })

  test('shortens a hash to what two people can compare', () => {
    expect(formatHash('9f3c41d7e02b55a1')).toBe('9f3c 41d7 e02b')
  })
})
