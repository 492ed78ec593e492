import { describe, expect, test } from 'vitest'
import { type ClusterReport, clustersOf, complicationClusters } from '../../shared/domain/complication-cluster.ts'
import type { ComplicationId } from '../../shared/kernel/ids.ts'
import { idOf } from './record-bodies.ts'

const rule = { minReports: 2, withinDays: 90 }
const lotA = { kind: 'LOT', key: 'A' } as const
const pen = { kind: 'DEVICE', key: 'pen' } as const

function report(number: number, reportedOn: string, change: Partial<ClusterReport> = {}): ClusterReport {
  return {
    complicationId: idOf<ComplicationId>(number),
    reportedOn,
    code: 'FOLLICULITIS',
    causality: 'POSSIBLE',
    causes: [lotA],
    ...change,
  }
}

describe('reports that share a cause', () => {
  const cases: readonly (readonly [string, readonly ClusterReport[], readonly string[]])[] = [
    ['two on one lot, 90 days apart', [report(1, '2026-01-01'), report(2, '2026-04-01')], ['LOT A: 1 2']],
    ['two on one lot, 91 days apart', [report(1, '2026-01-01'), report(2, '2026-04-02')], []],
    ['one alone', [report(1, '2026-01-01')], []],
    ['the same one, with the lot named twice', [report(1, '2026-01-01', { causes: [lotA, lotA] })], []],
    [
      'one of them judged unrelated',
      [report(1, '2026-01-01'), report(2, '2026-01-02', { causality: 'UNRELATED' })],
      [],
    ],
    [
      'one of them not judged yet',
      [report(1, '2026-01-01'), report(2, '2026-01-02', { causality: null })],
      ['LOT A: 1 2'],
    ],
    [
      'one of them no clinical report',
      [report(1, '2026-01-01'), report(2, '2026-01-02', { code: 'DISSATISFACTION' })],
      [],
    ],
    ['two codes on one lot', [report(1, '2026-01-01'), report(2, '2026-01-02', { code: 'PIH' })], ['LOT A: 1 2']],
    [
      'two codes on one device',
      [report(1, '2026-01-01', { causes: [pen] }), report(2, '2026-01-02', { causes: [pen], code: 'PIH' })],
      [],
    ],
    [
      'two infections on one device',
      [
        report(1, '2026-01-01', { causes: [pen], code: 'INFECTION_BACTERIAL' }),
        report(2, '2026-01-02', { causes: [pen], code: 'INFECTION_MYCOBACT' }),
      ],
      ['DEVICE pen: 1 2'],
    ],
    [
      'two scars by one operator',
      [
        report(1, '2026-01-01', { causes: [{ kind: 'OPERATOR', key: 'lena' }], code: 'SCAR_KELOID' }),
        report(2, '2026-01-02', { causes: [{ kind: 'OPERATOR', key: 'lena' }], code: 'SCAR_TRAM_TRACK' }),
      ],
      ['OPERATOR lena: 1 2'],
    ],
    [
      'two in one room that nobody has named',
      [
        report(1, '2026-01-01', { causes: [{ kind: 'ROOM', key: '1' }], code: null }),
        report(2, '2026-01-02', { causes: [{ kind: 'ROOM', key: '1' }], code: null }),
      ],
      [],
    ],
    [
      'a third, long after the other two',
      [report(3, '2026-09-01'), report(2, '2026-02-01'), report(1, '2026-01-01')],
      ['LOT A: 1 2'],
    ],
    [
      'two on a lot and on a device: each is said',
      [report(1, '2026-01-01', { causes: [pen, lotA] }), report(2, '2026-01-02', { causes: [lotA, pen] })],
      ['LOT A: 1 2', 'DEVICE pen: 1 2'],
    ],
  ]
  test.each(cases)('%s', (_, reports, expected) => {
    const numberOf = (id: ComplicationId) => [1, 2, 3].find((number) => idOf<ComplicationId>(number) === id)
    const found = complicationClusters(reports, rule).map(
      ({ kind, key, complicationIds }) => `${kind} ${key}: ${complicationIds.map(numberOf).join(' ')}`,
    )
    expect(found).toEqual(expected)
  })

  test('are asked about one report by its id', () => {
    const clusters = complicationClusters([report(1, '2026-01-01'), report(2, '2026-01-02')], rule)
    expect(clustersOf(clusters, idOf(2))).toHaveLength(1)
    expect(clustersOf(clusters, idOf(3))).toEqual([])
  })
})
