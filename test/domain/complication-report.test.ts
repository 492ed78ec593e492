import { describe, expect, test } from 'vitest'
import { addWorkDays, mandatoryReportOf, patientCodeOf } from '../../shared/domain/complication-report.ts'
import { complicationBodyOf } from './record-bodies.ts'

const dueOn = '2026-08-17'
const facility = { isDeviceUserFacility: true, isManufacturerKnown: true, awareOn: '2026-08-03' }

describe('the duty to report', () => {
  const cases = [
    ['is none for a clinic that is no user facility', { worstGrade: 5 }, { isDeviceUserFacility: false }, null],
    ['is none for a mild reaction', { worstGrade: 2 }, {}, null],
    ['is none for grade 3 alone', { worstGrade: 3 }, {}, null],
    ['is FDA and manufacturer for a death', { outcome: 'FATAL' }, {}, ['FDA', 'MANUFACTURER']],
    ['is FDA and manufacturer for grade 5', { worstGrade: 5 }, {}, ['FDA', 'MANUFACTURER']],
    ['is the FDA for a death by an unknown device', { worstGrade: 5 }, { isManufacturerKnown: false }, ['FDA']],
    ['is the manufacturer for danger to life', { worstGrade: 4 }, {}, ['MANUFACTURER']],
    ['is the manufacturer for a permanent change', { isPermanentChange: true }, {}, ['MANUFACTURER']],
    ['is the manufacturer for what remained', { outcome: 'RESOLVED_WITH_SEQUELAE' }, {}, ['MANUFACTURER']],
    ['is the manufacturer for a needed intervention', { neededIntervention: true }, {}, ['MANUFACTURER']],
    [
      'is the FDA for a serious injury by an unknown device',
      { neededIntervention: true },
      { isManufacturerKnown: false },
      ['FDA'],
    ],
  ] as const
  test.each(cases)('%s', (_, change, given, to) => {
    const found = mandatoryReportOf(complicationBodyOf(change), { ...facility, ...given })
    expect(found).toEqual(to && { to, dueOn })
  })

  test.each([
    ['2026-08-03', '2026-08-17'],
    ['2026-08-07', '2026-08-21'],
    ['2026-08-08', '2026-08-21'],
    ['2026-08-09', '2026-08-21'],
  ])('counts ten work days from %s to %s', (from, until) => {
    expect(addWorkDays(from, 10)).toBe(until)
  })

  test('names the patient by a code that says nothing about them', () => {
    expect(patientCodeOf('0198a2b4-1111-7000-8000-00000abc1234')).toBe('AE-0ABC1234')
  })
})
