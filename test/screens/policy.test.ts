import { describe, expect, it } from 'vitest'
import { comparePolicies, describePolicy } from '../../renderer/screens/policy/compare-policies.ts'
import { formatField, policySections, settingSections } from '../../renderer/screens/policy/policy-fields.ts'
import { findOpenRange, withRangeEnd } from '../../renderer/screens/policy/policy-ranges.ts'
import { policyInput } from '../../shared/contract/schemas/policy.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'

const { approvedBy: _nobody, ...shipped } = shippedPolicy('2026-08-03')
const text = policyInput.parse(shipped)
const fields = [...policySections, ...settingSections].flatMap((section) => section.fields)

describe('the policy form', () => {
  it('shows every single value of the policy and its settings once', () => {
    const single = (source: object, prefix: string) =>
      Object.entries(source)
        .filter(([, value]) => ['number', 'boolean'].includes(typeof value))
        .map(([key]) => prefix + key)
    const wanted = [
      ...single(text, '').filter((key) => !key.startsWith('gfe')),
      ...single(text.settings, 'settings.'),
      ...single(text.settings.screening, 'settings.screening.'),
      'signOffRequiredFor',
      'settings.urgentPhone',
      'settings.deviceTrainingRule',
      'settings.followUpDays',
      'settings.pihFollowUpDays',
    ]
    expect(fields.map((field) => field.path).sort()).toEqual(wanted.sort())
  })

  it('bounds every number so that the contract takes what the form lets through', () => {
    for (const field of fields) {
      if (!('min' in field)) continue
      for (const value of [field.min, field.max]) {
        expect(policyInput.safeParse(field.write(text, value)).success, `${field.path} = ${value}`).toBe(true)
      }
    }
  })

  it('writes only the value it names', () => {
    for (const field of fields) {
      if (field.kind !== 'flag') continue
      const changed = field.write(text, !field.read(text))
      expect(comparePolicies(text, changed).map((change) => change.id)).toEqual([field.path])
    }
  })

  it('shows depths in mm with two decimals and tenths of a percent with one', () => {
    const shown = (path: string) => {
      const field = fields.find((known) => known.path === path)
      return field && formatField(field, text)
    }
    expect(shown('ceilingDepthUm')).toBe('3.50 mm')
    expect(shown('settings.screening.hbA1cLimitTenths')).toBe('8.0 %')
  })
})

describe('comparing two policies', () => {
  it('finds nothing between equal ones and names every line once', () => {
    expect(comparePolicies(text, structuredClone(text))).toEqual([])
    const ids = describePolicy(text).map((line) => line.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says what was, what is, and what came or went', () => {
    const changed = {
      ...text,
      countersignDueHours: 48,
      supervisionBands: [{ aboveUm: 0, mode: 'ON_SITE' as const }],
      settings: {
        ...text.settings,
        zoneDepths: { ...text.settings.zoneDepths, CHIN: { ...text.settings.zoneDepths.CHIN, softMaxUm: null } },
      },
    }
    expect(comparePolicies(text, changed)).toEqual([
      {
        id: 'band 0',
        label: 'Supervision above 0.00 mm',
        before: 'By phone or video',
        after: 'A physician is on site',
      },
      { id: 'countersignDueHours', label: 'The physician signs within', before: '72 hours', after: '48 hours' },
      { id: 'zone CHIN max', label: 'Chin: warn above', before: '1.50 mm', after: 'None' },
      { id: 'band 500', label: 'Supervision above 0.50 mm', before: 'A physician is on site', after: null },
    ])
  })
})

describe('a depth range', () => {
  it('starts whole from its first end and goes empty with either', () => {
    expect(withRangeEnd(null, 'fromUm', 500)).toEqual({ fromUm: 500, toUm: 500 })
    expect(withRangeEnd({ fromUm: 500, toUm: 750 }, 'toUm', 1000)).toEqual({ fromUm: 500, toUm: 1000 })
    expect(withRangeEnd({ fromUm: 500, toUm: 750 }, 'toUm', null)).toBeNull()
  })

  it('that begins above its end is named, since it cannot be stored', () => {
    expect(findOpenRange(text)).toBeNull()
    const { zoneDepths } = text.settings
    const reversed = { ...zoneDepths.CHIN, scar: { fromUm: 1500, toUm: 1000 } }
    const settings = { ...text.settings, zoneDepths: { ...zoneDepths, CHIN: reversed } }
    expect(findOpenRange({ ...text, settings })).toBe('zone CHIN scar')
  })
})
