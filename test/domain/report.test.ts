import { describe, expect, it } from 'vitest'
import { depthBandOf, median, ninetiethPercentile, rateOf, reportPeriodProblem } from '../../shared/domain/report.ts'
import { safetyReport } from '../../shared/domain/report-safety.ts'
import { supervisionReport } from '../../shared/domain/report-supervision.ts'
import type { ComplicationId, SessionId, StaffId } from '../../shared/kernel/ids.ts'

describe('a period', () => {
  it.each([
    ['2026-01-01', '2026-01-01', null],
    ['2025-01-01', '2026-12-31', null],
    ['2026-01-02', '2026-01-01', 'PERIOD_BACKWARDS'],
    ['2024-01-01', '2026-01-02', 'PERIOD_TOO_LONG'],
  ] as const)('from %s to %s is judged %s', (from, to, problem) => {
    expect(reportPeriodProblem({ from, to })).toBe(problem)
  })
})

describe('the times to sign', () => {
  it.each([
    [[], null, null],
    [[30], 30, 30],
    [[10, 20], 15, 20],
    [[100, 1, 10], 10, 100],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 5.5, 9],
  ])('of %j have the median %s and the 90th percentile %s', (values, middle, ninetieth) => {
    expect(median(values)).toBe(middle)
    expect(ninetiethPercentile(values)).toBe(ninetieth)
  })
})

describe('a rate', () => {
  // Newcombe, Stat Med 1998; 17: 857-872, table I, method 3 (Wilson's score without continuity correction).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i lies between %f and %f', (events, n, low, high) => {
    const rate = rateOf(events, n)
    expect(rate?.low).toBeCloseTo(low, 4)
    expect(rate?.high).toBeCloseTo(high, 4)
    expect(rate).toMatchObject({ events, n, share: events / n })
  })

  it('is none where nothing was performed, reaches exactly 100 %, and never has more events than sessions', () => {
    expect(rateOf(0, 0)).toBeNull()
    expect(rateOf(3, 3)?.high).toBe(1)
    expect(() => rateOf(2, 1)).toThrow(RangeError)
  })

  it.each([
    [500, 0, 500],
    [501, 500, 1000],
    [1500, 1000, 1500],
    [2501, 2500, null],
  ])('of sessions of %i µm stands in the band above %i', (depthUm, aboveUm, upToUm) => {
    expect(depthBandOf(depthUm)).toEqual({ aboveUm, upToUm })
  })
})

const okafor = 'okafor' as StaffId
const lena = 'lena' as StaffId
const pair = { supervisorId: okafor, practitionerId: lena }

describe('the supervision report', () => {
  const report = supervisionReport({
    now: '2026-08-10T12:00:00.000Z',
    sessions: [
      {
        ...pair,
        performed: 5,
        countersigned: 3,
        authorSigned: 0,
        inBatch: 2,
        signedLate: 1,
        returns: 2,
        deviations: 2,
      },
      {
        supervisorId: null,
        practitionerId: okafor,
        performed: 1,
        countersigned: 0,
        authorSigned: 1,
        inBatch: 0,
        signedLate: 0,
        returns: 0,
        deviations: 0,
      },
    ],
    disposed: [{ ...pair, disposition: 'COUNSELLED', count: 1 }],
    times: [60, 120, 600].map((minutes) => ({
      ...pair,
      submittedAt: '2026-08-03T00:00:00.000Z',
      signedAt: new Date(Date.parse('2026-08-03T00:00:00.000Z') + minutes * 60_000).toISOString(),
    })),
    waiting: ['2026-08-10T12:00:00.000Z', '2026-08-10T12:00:00.001Z', '2026-08-01T00:00:00.000Z'].map(
      (dueAt, index) => ({
        ...pair,
        isRequired: true,
        dueAt,
        escalateAt: index === 2 ? '2026-08-05T00:00:00.000Z' : '2026-08-20T00:00:00.000Z',
      }),
    ),
  })

  it('has one row for each supervisor and practitioner, with what is overdue at this moment', () => {
    expect(report.rows).toHaveLength(2)
    expect(report.rows[0]).toMatchObject({
      ...pair,
      signedSingly: 1,
      inBatch: 2,
      medianMin: 120,
      ninetiethMin: 600,
      dispositions: { ACCEPTED: 0, COUNSELLED: 1, INCIDENT: 0, REPORTED: 0 },
      waitingNow: 3,
      overdueNow: 2,
      escalatedNow: 1,
    })
  })

  it('adds up, and keeps what a physician signs alone apart from a countersignature', () => {
    expect(report.total).toMatchObject({ performed: 6, countersigned: 3, authorSigned: 1, returns: 2, overdueNow: 2 })
    expect(report.rows[1]).toMatchObject({ medianMin: null, signedSingly: 0, authorSigned: 1 })
  })
})

describe('the safety report', () => {
  const band = { grouping: 'DEPTH_BAND', key: '500' } as const
  const lot = { grouping: 'LOT', key: 'MN240917B' } as const
  const report = (change: object = {}) => ({
    complicationId: 'c1' as ComplicationId,
    sessionId: 's1' as SessionId,
    code: 'PIH' as const,
    causality: null,
    groups: [band, lot],
    ...change,
  })

  it('counts a session once, however many reports there are about it', () => {
    const made = safetyReport({
      sessions: 10,
      denominators: [
        { ...band, sessions: 4 },
        { ...lot, sessions: 2 },
        { grouping: 'LOT', key: '', sessions: 0 },
      ],
      reported: [report(), report({ complicationId: 'c2' as ComplicationId, code: 'BRUISING' })],
    })
    expect(made.total).toMatchObject({ events: 1, n: 10 })
    expect(made.codes.map(({ code, rate }) => [code, rate?.events, rate?.n])).toEqual([
      ['PIH', 1, 10],
      ['BRUISING', 1, 10],
    ])
    expect(made.groups.map(({ rate }) => rate && [rate.events, rate.n])).toEqual([[1, 4], [1, 2], null])
  })

  it('leaves out what was judged unrelated, and keeps a result concern to its own line', () => {
    const made = safetyReport({
      sessions: 10,
      denominators: [{ ...band, sessions: 4 }],
      reported: [
        report({ causality: 'UNRELATED' }),
        report({ complicationId: 'c2' as ComplicationId, code: 'DISSATISFACTION' }),
      ],
    })
    expect(made.unrelated).toBe(1)
    expect(made.total?.events).toBe(0)
    expect(made.codes).toMatchObject([{ code: 'DISSATISFACTION', rate: { events: 1, n: 10 } }])
    expect(made.groups).toMatchObject([{ rate: { events: 0, n: 4 } }])
  })
})
