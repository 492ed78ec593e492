import { describe, expect, test } from 'vitest'
import { seriesBody } from '../../shared/contract/schemas/series.ts'
import type { SeriesBody, SeriesStatus } from '../../shared/domain/series.ts'
import {
  allowsSession,
  checkSeries,
  judgeSpacing,
  mayMoveSeries,
  nextDueOn,
  outcomeReviewFor,
  seriesStatuses,
} from '../../shared/domain/series.ts'
import { cheekLeft, cheekRight, ids, policyWith } from './given-session.ts'

const policy = policyWith()
const settings = { ...policy.settings, sessionIntervalMinDays: policy.sessionIntervalMinDays }

const series: SeriesBody = {
  schema: 'series/1',
  patientId: ids.patient,
  goals: ['ACNE_SCAR'],
  goalText: 'smoother cheeks',
  zones: [
    { ...cheekLeft, depthUm: 1500 },
    { ...cheekRight, depthUm: null },
  ],
  sessionsPlanned: 4,
  intervalMonths: 1,
  photos: 'DECLINED',
  photoViews: [],
  status: 'ACTIVE',
  statusReason: null,
  maintenanceMonths: null,
}

describe('scenario 1: Mara Lindqvist, four sessions one month apart', () => {
  const performed = ['2026-01-31', '2026-02-28', '2026-03-28', '2026-04-28']

  test('each due date follows the last performed session, clamped to the end of the month', () => {
    expect(performed.map((on) => nextDueOn(on, 1))).toEqual(['2026-02-28', '2026-03-28', '2026-04-28', '2026-05-28'])
    expect(nextDueOn(null, 1)).toBeNull()
  })

  test('the outcome review is due six months after the last one', () => {
    const review = outcomeReviewFor({ status: 'ACTIVE', sessionsPlanned: 4, performedOn: performed }, policy.settings)
    expect(review).toEqual({ dueOn: '2026-10-28', fromOn: '2026-10-14', untilOn: '2026-11-11' })
  })

  test('while a session is outstanding there is no outcome review', () => {
    expect(
      outcomeReviewFor({ status: 'ACTIVE', sessionsPlanned: 4, performedOn: performed.slice(0, 3) }, policy.settings),
    ).toBeNull()
  })
})

test('scenario 8: a series that ends after its second session is reviewed six months after that', () => {
  const ended = { status: 'ENDED_EARLY', sessionsPlanned: 4, performedOn: ['2026-05-20', '2026-06-20'] } as const
  expect(outcomeReviewFor(ended, policy.settings)?.dueOn).toBe('2026-12-20')
  expect(outcomeReviewFor({ ...ended, performedOn: [] }, policy.settings)).toBeNull()
})

describe('spacing', () => {
  test.each([
    ['2026-03-01', 'CLEAR_NEEDED', 0, '2026-03-15'],
    ['2026-03-14', 'CLEAR_NEEDED', 13, '2026-03-15'],
    ['2026-03-15', 'SOON', 14, null],
    ['2026-03-28', 'SOON', 27, null],
    ['2026-03-29', 'IN_TIME', 28, null],
    ['2026-04-15', 'IN_TIME', 45, null],
    ['2026-04-16', 'OVERDUE', 46, null],
    ['2026-05-30', 'OVERDUE', 90, null],
    ['2026-05-31', 'REBASELINE', 91, null],
  ])('a session on %s after one on 1 March is %s', (on, verdict, days, eligibleOn) => {
    expect(judgeSpacing('2026-03-01', on, settings)).toEqual({ verdict, days, eligibleOn })
  })

  test('the first session stands alone', () => {
    expect(judgeSpacing(null, '2026-03-01', settings)).toEqual({ verdict: 'FIRST', days: null, eligibleOn: null })
  })

  test('the clinic may set other bounds', () => {
    expect(judgeSpacing('2026-03-01', '2026-03-22', { ...settings, sessionIntervalMinDays: 21 }).verdict).toBe(
      'IN_TIME',
    )
  })
})

describe('the status of a series', () => {
  const allowed: Readonly<Record<SeriesStatus, readonly SeriesStatus[]>> = {
    PLANNED: ['ACTIVE', 'ON_HOLD', 'ENDED_EARLY'],
    ACTIVE: ['ON_HOLD', 'COMPLETED', 'ENDED_EARLY'],
    ON_HOLD: ['PLANNED', 'ACTIVE', 'ENDED_EARLY', 'MAINTENANCE'],
    COMPLETED: ['MAINTENANCE'],
    ENDED_EARLY: ['ACTIVE', 'MAINTENANCE'],
    MAINTENANCE: ['ON_HOLD', 'COMPLETED', 'ENDED_EARLY'],
  }
  test.each(seriesStatuses)('%s leads where it may and nowhere else', (from) => {
    expect(seriesStatuses.filter((to) => mayMoveSeries(from, to))).toEqual(allowed[from])
  })

  test('a session may start while the series is planned, active or in maintenance', () => {
    expect(seriesStatuses.filter(allowsSession)).toEqual(['PLANNED', 'ACTIVE', 'MAINTENANCE'])
  })

  test.each<[string, Partial<SeriesBody>, readonly string[]]>([
    ['a sound plan has no problem', {}, []],
    ['a goal is needed', { goals: [] }, ['GOALS_MISSING']],
    ['no session is too few', { sessionsPlanned: 0 }, ['SESSIONS_OUT_OF_RANGE']],
    ['thirteen are too many', { sessionsPlanned: 13 }, ['SESSIONS_OUT_OF_RANGE']],
    ['a hold needs its reason', { status: 'ON_HOLD' }, ['STATUS_REASON_MISSING']],
    ['an early end needs its reason', { status: 'ENDED_EARLY', statusReason: ' ' }, ['STATUS_REASON_MISSING']],
    ['and has it', { status: 'ENDED_EARLY', statusReason: 'patient withdrew' }, []],
  ])('%s', (_, change, expected) => {
    expect(checkSeries({ ...series, ...change }).map(({ code }) => code)).toEqual(expected)
    expect(seriesBody.safeParse({ ...series, ...change }).success).toBe(expected.length === 0)
  })
})
