import { describe, expect, test } from 'vitest'
import type { DepthRange, ZoneCode } from '../../shared/domain/zones.ts'
import {
  expandPreset,
  indicationDepths,
  isHsvRelevant,
  isKeloidProne,
  isPigmentProne,
  placeKey,
  requiresSite,
  zoneCodes,
  zoneFacts,
} from '../../shared/domain/zones.ts'
import { lineWith, micrometres, tableRows } from './clinical-reference.ts'

/** `0.25-0.75` or `0.50`; `-` is none. */
function range(cell: string): DepthRange | null {
  if (cell === '-') return null
  const [from, to = from] = cell.split('-')
  return { fromUm: micrometres(from ?? ''), toUm: micrometres(to ?? '') }
}

const exceptions: Readonly<Record<string, readonly ZoneCode[]>> = {
  hand: ['HAND_DORSUM'],
  knee: ['KNEE'],
  leg: ['LOWER_LEG'],
}

/** `2.00 (hand 1.00)`: the exception in brackets wins for the zones it names. */
function softMax(cell: string, zone: ZoneCode): number | null {
  if (cell.includes('not plannable')) return null
  const match = /^([\d.]+)(?: \(([^\d]+) ([\d.]+)\))?$/.exec(cell)
  if (!match) throw new Error(cell)
  const named = (match[2] ?? '').split(', ').flatMap((name) => exceptions[name] ?? [])
  return micrometres((named.includes(zone) ? match[3] : match[1]) ?? '')
}

describe('the zone table', () => {
  const rows = tableRows('| Code | Zone | Sides |').flatMap(
    ([codes = '', , sides = '', usual = '', scar = '', soft = '']) =>
      codes.split(';').map((code) => ({ zone: code.trim() as ZoneCode, sides, usual, scar, soft })),
  )

  test('holds exactly the zones of the clinical reference', () => {
    expect(rows.map(({ zone }) => zone)).toEqual(zoneCodes)
  })

  test.each(rows)(
    'gives $zone the sides and depths of the clinical reference',
    ({ zone, sides, usual, scar, soft }) => {
      const facts = zoneFacts(zone)
      expect({ sides: facts.sides, usual: facts.usual, scar: facts.scar, softMaxUm: facts.softMaxUm }).toEqual({
        sides: sides.split(' '),
        usual: range(usual),
        scar: range(scar),
        softMaxUm: softMax(soft, zone),
      })
    },
  )

  test('asks for a name only where a single scar is treated', () => {
    expect(zoneCodes.filter(requiresSite)).toEqual(['SCAR_SITE'])
  })

  test('knows the keloid-prone zones', () => {
    expect(zoneCodes.filter(isKeloidProne)).toEqual(['DECOLLETAGE', 'SHOULDER'])
  })

  test('asks about cold sores on the face, under the chin and at a named scar', () => {
    expect(zoneCodes.filter((zone) => !isHsvRelevant(zone)).slice(0, 3)).toEqual([
      'NECK_ANT',
      'NECK_LAT',
      'DECOLLETAGE',
    ])
    expect(isHsvRelevant('LIP_UPPER')).toBe(true)
  })
})

describe('presets', () => {
  test('the full face becomes one row per zone and side, without the eyelids', () => {
    const rows = expandPreset('FULL_FACE')
    expect(rows).toHaveLength(19)
    expect(rows.filter(({ zone }) => zone === 'CHEEK_ANT').map(({ side }) => side)).toEqual(['L', 'R'])
    expect(rows.some(({ zone }) => zone === 'ORBITAL' || zone === 'NECK_ANT')).toBe(false)
  })

  test('each larger preset adds to the smaller one', () => {
    const names = (preset: 'FACE_NECK' | 'FACE_NECK_DECOLLETAGE') => expandPreset(preset).map(({ zone }) => zone)
    expect(names('FACE_NECK')).toEqual(expect.arrayContaining(['SUBMENTAL', 'NECK_ANT', 'NECK_LAT']))
    expect(names('FACE_NECK_DECOLLETAGE').filter((zone) => !names('FACE_NECK').includes(zone))).toEqual(['DECOLLETAGE'])
  })
})

describe('depth by indication', () => {
  test.each([
    ['TONE', 'TONE/glow 0.25-0.50', { fromUm: 250, toUm: 500 }],
    ['PORES', 'PORES, RHYTIDES fine 0.50-1.00', { fromUm: 500, toUm: 1000 }],
    ['RHYTIDES_FINE', 'PORES, RHYTIDES fine 0.50-1.00', { fromUm: 500, toUm: 1000 }],
    ['RHYTIDES_DEEP', 'RHYTIDES deep 1.00-1.50', { fromUm: 1000, toUm: 1500 }],
    ['DYSCHROMIA', 'DYSCHROMIA/melasma <= 0.50', { fromUm: 0, toUm: 500 }],
    ['ACNE_SCAR', 'ACNE_SCAR 1.00-2.00', { fromUm: 1000, toUm: 2000 }],
    ['OTHER_SCAR', 'OTHER_SCAR, STRIAE 1.50-2.50', { fromUm: 1500, toUm: 2500 }],
    ['STRIAE', 'OTHER_SCAR, STRIAE 1.50-2.50', { fromUm: 1500, toUm: 2500 }],
    ['TEXTURE', 'By indication', null],
    ['LAXITY', 'By indication', null],
    ['PHOTOAGING', 'By indication', null],
  ] as const)('%s has the range of the clinical reference', (indication, words, expected) => {
    expect(lineWith('By indication')).toContain(words)
    expect(indicationDepths[indication]).toEqual(expected)
  })
})

test('skin types IV to VI are pigment-prone', () => {
  expect((['I', 'II', 'III', 'IV', 'V', 'VI'] as const).map(isPigmentProne)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ])
})

test('two named scars on one side are two places, whatever their spelling is not', () => {
  const knee = placeKey({ zone: 'SCAR_SITE', side: 'L', site: 'below the  Elbow ' })
  expect(knee).toBe(placeKey({ zone: 'SCAR_SITE', side: 'L', site: 'Below the elbow' }))
  expect(knee).not.toBe(placeKey({ zone: 'SCAR_SITE', side: 'L', site: 'wrist' }))
})
