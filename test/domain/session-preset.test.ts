import { describe, expect, test } from 'vitest'
import { dwellPhase } from '../../shared/domain/session-anaesthetic.ts'
import { needlingPhase } from '../../shared/domain/session-check.ts'
import {
  addToPlan,
  copyForward,
  fillOpenRows,
  touchesCopied,
  withoutCopyMark,
} from '../../shared/domain/session-copy.ts'
import { checkPreset, expandSessionPreset, type PresetRow } from '../../shared/domain/session-preset.ts'
import { missingFields } from '../../shared/domain/session-required.ts'
import type { ZonePlace } from '../../shared/domain/zones.ts'
import { lineWith } from './clinical-reference.ts'
import { cheekLeft, cheekRight, zoneRow } from './given-session.ts'

const limits = { ceilingUm: 3500, isOrbitalEnabled: false }
const cheek: PresetRow = {
  zone: 'CHEEK_ANT',
  side: 'L',
  indication: 'ACNE_SCAR',
  depthUm: 1500,
  technique: 'GLIDE',
  passes: [['V', 'H'], ['OR']],
  endpoint: 'PINPOINT',
  speed: 100,
}
const preset = { name: 'Acne scars, cheeks', rows: [cheek, { ...cheek, side: 'R' as const }] }

const treated = (place: ZonePlace) => ({
  ...place,
  indication: 'ACNE_SCAR' as const,
  depthUm: 1000,
  technique: 'GLIDE' as const,
})

/** What happened, as a log has it: none of it may come from elsewhere. */
const happened = ['passes', 'cartridge', 'stopReason', 'skippedSubareas', 'note', 'speedOverride']

describe('copying the last session forward', () => {
  test('is allowed for depth and technique alone', () => {
    expect(lineWith('Copy-forward from the last session')).toContain(
      'allowed for depth/technique, **never** for passes, endpoint, lots, times, pain or reactions',
    )
    const [row] = copyForward({ zoneRows: [{ ...treated(cheekLeft), technique: 'STAMP' }] })
    expect(row).toEqual({
      ...cheekLeft,
      indication: 'ACNE_SCAR',
      depthUm: 1000,
      aim: { technique: 'STAMP', passes: [], endpoint: null, speed: null },
      copiedFrom: 'LAST_SESSION',
    })
  })

  test('fills what is open in the log, marks it, and leaves what somebody entered', () => {
    const source = copyForward({ zoneRows: [treated(cheekLeft), treated(cheekRight)] })
    const open = { ...cheekLeft, indication: 'ACNE_SCAR' as const, cartridge: 'c1' }
    const entered = { ...cheekRight, indication: 'ACNE_SCAR' as const, depthUm: 750, technique: 'STAMP' as const }
    const [filled, kept] = fillOpenRows([open, entered], source)
    expect(filled).toMatchObject({ depthUm: 1000, technique: 'GLIDE', copiedFrom: 'LAST_SESSION', cartridge: 'c1' })
    expect(happened.filter((field) => field !== 'cartridge' && field in (filled ?? {}))).toEqual([])
    expect(kept).toBe(entered)
  })

  test('never fills another scar of the same zone', () => {
    const scar = { zone: 'SCAR_SITE', side: 'L', site: 'left knee' } as const
    const source = copyForward({ zoneRows: [treated(scar)] })
    const other = { ...scar, site: 'left elbow' }
    expect(fillOpenRows([other], source)).toEqual([other])
  })

  test('keeps the record from being submitted until each copied row is touched or confirmed', () => {
    const copied = { ...zoneRow(cheekLeft), copiedFrom: 'LAST_SESSION' as const }
    const open = (row: object) =>
      missingFields({ schema: 'session/1', zoneRows: [row] }, { treatingRole: 'physician', hasSpeed: false }).filter(
        (path) => path.startsWith('zoneRows'),
      )
    expect(open(copied)).toEqual(['zoneRows[0].copiedFrom'])
    expect(open(withoutCopyMark(copied))).toEqual([])
    expect([{ depthUm: 500 }, { technique: 'GLIDE' as const }, { note: 'x' }].map(touchesCopied)).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('a preset', () => {
  test('expands into rows of a plan that carry nothing of what happens', () => {
    const rows = expandSessionPreset(preset)
    expect(rows).toEqual([
      {
        ...cheekLeft,
        indication: 'ACNE_SCAR',
        depthUm: 1500,
        aim: { technique: 'GLIDE', passes: [['V', 'H'], ['OR']], endpoint: 'PINPOINT', speed: 100 },
        copiedFrom: 'PRESET',
      },
      expect.objectContaining({ side: 'R' }),
    ])
    expect(rows.flatMap((row) => happened.filter((field) => field in row))).toEqual([])
  })

  test('adds its zones to a plan and fills open depths; what is planned stays', () => {
    const planned = [
      { ...cheekLeft, indication: 'ACNE_SCAR' as const, depthUm: 500 },
      { ...cheekRight, indication: 'ACNE_SCAR' as const, depthUm: null },
    ]
    const chin = { ...cheek, zone: 'CHIN' as const, side: 'M' as const }
    const rows = addToPlan(planned, expandSessionPreset({ ...preset, rows: [...preset.rows, chin] }))
    expect(rows.map(({ zone, side, depthUm, copiedFrom }) => [zone, side, depthUm, copiedFrom ?? null])).toEqual([
      ['CHEEK_ANT', 'L', 500, null],
      ['CHEEK_ANT', 'R', 1500, 'PRESET'],
      ['CHIN', 'M', 1500, 'PRESET'],
    ])
  })

  test.each<[string, Partial<PresetRow>, readonly string[]]>([
    ['as it stands', {}, []],
    [
      'everything open',
      { depthUm: null, technique: null, indication: null, passes: [], endpoint: null, speed: null },
      [],
    ],
    ['a side the zone has not', { side: 'M' }, ['SIDE_NOT_OF_ZONE']],
    ['one patient’s scar', { zone: 'SCAR_SITE' }, ['SINGLE_SCAR']],
    ['the eyelid', { zone: 'ORBITAL' }, ['ORBITAL_NOT_ENABLED']],
    ['less than any needle', { depthUm: 50 }, ['DEPTH_BELOW_MINIMUM']],
    ['deeper than any needle', { depthUm: 3550 }, ['DEPTH_OVER_CEILING']],
    ['a fourth pass', { passes: [['V'], ['H'], ['OR'], ['OL']] }, ['PASSES_OVER_THREE']],
    ['a pass without direction', { passes: [[]] }, ['DIRECTIONS_MISSING']],
    ['no speed at all', { speed: 0 }, ['SPEED_IMPOSSIBLE']],
  ])('with %s', (_, change, expected) => {
    const found = checkPreset({ name: 'One', rows: [{ ...cheek, ...change }] }, limits)
    expect(found.map(({ code }) => code)).toEqual(expected)
  })

  test('needs a name, a zone, and each zone once', () => {
    expect(checkPreset({ name: ' ', rows: [] }, limits)).toEqual([
      { code: 'NAME_MISSING', row: null },
      { code: 'NO_ZONES', row: null },
    ])
    expect(checkPreset({ name: 'Twice', rows: [cheek, cheek] }, limits)).toEqual([{ code: 'ZONE_TWICE', row: 1 }])
  })

  test('obeys the clinic’s own ceiling', () => {
    expect(checkPreset(preset, { ...limits, ceilingUm: 1000 }).map(({ code }) => code)).toEqual([
      'DEPTH_OVER_CEILING',
      'DEPTH_OVER_CEILING',
    ])
    expect(
      checkPreset({ ...preset, rows: [{ ...cheek, zone: 'ORBITAL' }] }, { ...limits, isOrbitalEnabled: true }),
    ).toEqual([])
  })
})

describe('the timers', () => {
  test.each([
    [0, 'SHORT'],
    [14, 'SHORT'],
    [15, 'USUAL'],
    [60, 'USUAL'],
    [61, 'LONG'],
  ] as const)('call %i minutes of numbing %s', (minutes, expected) => {
    expect(lineWith('| anaesthetic |')).toContain('dwell < 15 or > 60 min')
    expect(dwellPhase(minutes, { dwellWarnUnderMin: 15, dwellWarnOverMin: 60 })).toBe(expected)
  })

  test.each([
    [9, 'SHORT'],
    [10, 'USUAL'],
    [90, 'USUAL'],
    [91, 'LONG'],
  ] as const)('call %i minutes of needling %s', (minutes, expected) => {
    expect(lineWith('| started_at, ended_at |')).toContain('< 10 or > 90 min')
    expect(needlingPhase(minutes, { needlingWarnUnderMin: 10, needlingWarnOverMin: 90 })).toBe(expected)
  })
})
