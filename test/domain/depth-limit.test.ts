import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LimitFacts } from '../../shared/domain/depth-limit.ts'
import { effectiveLimit, judgeDepth } from '../../shared/domain/depth-limit.ts'
import type { DeviceType } from '../../shared/domain/device.ts'
import type { FitzpatrickType } from '../../shared/domain/zones.ts'
import { lineWith } from './clinical-reference.ts'

const only: LimitFacts = {
  zone: 'CHEEK_ANT',
  side: 'L',
  ceilingUm: 3500,
  deviceMaxUm: null,
  cartridgeLengthUm: null,
  policyMaxUm: null,
  orderMaxUm: null,
  clearanceMaxUm: null,
  consentedMaxUm: null,
}

describe('the effective limit', () => {
  test('has the sources of the clinical reference', () => {
    expect(lineWith('**Effective limit**')).toContain(
      'min(clinic ceiling 3.50, device max, fixed cartridge length, policy limit for role + licence + supervision mode, treatment order max, clearance max, consented max)',
    )
  })

  test.each<[string, Partial<LimitFacts>, string, number]>([
    ['the clinic ceiling where nothing else is known', {}, 'CLINIC_CEILING', 3500],
    ['the device', { deviceMaxUm: 2500 }, 'DEVICE', 2500],
    ['the cartridge', { deviceMaxUm: 2500, cartridgeLengthUm: 1500 }, 'CARTRIDGE', 1500],
    ['the policy', { deviceMaxUm: 2500, policyMaxUm: 1000, orderMaxUm: 1500 }, 'POLICY', 1000],
    ['the order', { policyMaxUm: 1500, orderMaxUm: 1000 }, 'ORDER', 1000],
    ['the clearance', { orderMaxUm: 1500, clearanceMaxUm: 500 }, 'CLEARANCE', 500],
    ['the consent', { orderMaxUm: 1500, clearanceMaxUm: 1500, consentedMaxUm: 750 }, 'CONSENT', 750],
    ['the earlier named source where two are equal', { orderMaxUm: 1000, policyMaxUm: 1000 }, 'POLICY', 1000],
    ['zero is a limit too', { policyMaxUm: 0 }, 'POLICY', 0],
  ])('is set by %s', (_, change, decidedBy, limitUm) => {
    expect(effectiveLimit({ ...only, ...change })).toMatchObject({ decidedBy, limitUm })
  })

  test('lists every source that applies, lowest first', () => {
    expect(effectiveLimit({ ...only, deviceMaxUm: 2500, policyMaxUm: 500, orderMaxUm: 1500 }).sources).toEqual([
      { source: 'POLICY', limitUm: 500 },
      { source: 'ORDER', limitUm: 1500 },
      { source: 'DEVICE', limitUm: 2500 },
      { source: 'CLINIC_CEILING', limitUm: 3500 },
    ])
  })

  const limit = fc.integer({ min: 0, max: 4000 })
  const factsOf = fc.record({
    zone: fc.constant('CHEEK_ANT' as const),
    side: fc.constant('L' as const),
    ceilingUm: limit,
    deviceMaxUm: fc.option(limit),
    cartridgeLengthUm: fc.option(limit),
    policyMaxUm: fc.option(limit),
    orderMaxUm: fc.option(limit),
    clearanceMaxUm: fc.option(limit),
    consentedMaxUm: fc.option(limit),
  })
  const optional = [
    'deviceMaxUm',
    'cartridgeLengthUm',
    'policyMaxUm',
    'orderMaxUm',
    'clearanceMaxUm',
    'consentedMaxUm',
  ] as const

  test('is the least of its sources and never rises when one is added', () => {
    fc.assert(
      fc.property(factsOf, fc.constantFrom(...optional), limit, (facts, added, addedUm) => {
        const before = effectiveLimit(facts)
        expect(before.limitUm).toBe(Math.min(...before.sources.map(({ limitUm }) => limitUm)))
        expect(before.sources.find(({ source }) => source === before.decidedBy)?.limitUm).toBe(before.limitUm)
        const after = effectiveLimit({ ...facts, [added]: facts[added] === null ? addedUm : facts[added] })
        expect(after.limitUm).toBeLessThanOrEqual(before.limitUm)
      }),
    )
  })
})

describe('one depth setting', () => {
  const pen: { type: DeviceType; maxDepthUm: number } = { type: 'PEN', maxDepthUm: 2500 }
  const limit = effectiveLimit({ ...only, deviceMaxUm: 2500, policyMaxUm: 1000, orderMaxUm: 1000 })

  function judge(depthUm: number, change: Partial<Parameters<typeof judgeDepth>[0]> = {}) {
    const facts = {
      depthUm,
      device: pen,
      limit,
      softMaxUm: 2000,
      fst: 'II' as FitzpatrickType,
      pigmentProneWarnAboveUm: 1500,
    }
    const { refusals, overLimit, warnings } = judgeDepth({ ...facts, ...change })
    return {
      refusals: refusals.map(({ code }) => code),
      over: overLimit?.exceeded.map(({ source }) => source) ?? [],
      warnings: warnings.map(({ code }) => code),
    }
  }

  test.each([
    ['within every limit', 1000, {}, [], [], []],
    ['the least that a needle can be set to', 100, {}, [], [], []],
    ['less than a needle can be set to', 99, {}, ['DEPTH_BELOW_MINIMUM'], [], []],
    ['over policy and order is a deviation', 1500, {}, [], ['POLICY', 'ORDER'], []],
    ['over the zone soft maximum warns', 2050, {}, [], ['POLICY', 'ORDER'], ['DEPTH_OVER_ZONE_SOFT_MAX']],
    ['at the zone soft maximum does not', 2000, {}, [], ['POLICY', 'ORDER'], []],
    [
      'over the device is refused',
      2550,
      {},
      ['DEPTH_OVER_DEVICE_MAX'],
      ['POLICY', 'ORDER', 'DEVICE'],
      ['DEPTH_OVER_ZONE_SOFT_MAX'],
    ],
    [
      '15 mm for 1.5 mm is refused',
      15_000,
      {},
      ['DEPTH_OVER_DEVICE_MAX', 'DEPTH_OVER_MECHANICAL_MAX'],
      ['POLICY', 'ORDER', 'DEVICE', 'CLINIC_CEILING'],
      ['DEPTH_OVER_ZONE_SOFT_MAX'],
    ],
    [
      'over 3.5 mm is refused on any mechanical device',
      3550,
      { device: { type: 'STAMP', maxDepthUm: 4000 }, limit: null, softMaxUm: null },
      ['DEPTH_OVER_MECHANICAL_MAX'],
      [],
      [],
    ],
    [
      'over 3.5 mm is possible on an RF device',
      3550,
      { device: { type: 'RF_PEN', maxDepthUm: 4000 }, limit: null, softMaxUm: null },
      [],
      [],
      [],
    ],
    ['1.5 mm in skin type IV does not warn', 1500, { fst: 'IV', limit: null }, [], [], []],
    ['over 1.5 mm in skin type IV warns', 1550, { fst: 'IV', limit: null }, [], [], ['DEPTH_HIGH_FOR_SKIN_TYPE']],
    ['over 1.5 mm in skin type VI warns', 1550, { fst: 'VI', limit: null }, [], [], ['DEPTH_HIGH_FOR_SKIN_TYPE']],
    ['over 1.5 mm in skin type III does not', 1550, { fst: 'III', limit: null }, [], [], []],
  ] as const)('%s', (_, depthUm, change, refusals, over, warnings) => {
    expect(judge(depthUm, change)).toEqual({ refusals, over, warnings })
  })
})
