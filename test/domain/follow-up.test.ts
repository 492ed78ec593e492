import { describe, expect, test } from 'vitest'
import type { FollowUpScheduleKind, Grade } from '../../shared/domain/complication-codes.ts'
import {
  complicationFollowUps,
  followUpStatus,
  nextFollowUp,
  sessionFollowUps,
  shippedFollowUpSettings as settings,
} from '../../shared/domain/follow-up.ts'

function dates(schedule: FollowUpScheduleKind, grade: Grade | null, until: string, stableOn: string | null = null) {
  const plan = { schedule, grade, sessionOn: '2026-05-04', reportedOn: '2026-05-14', stableOn, until, settings }
  return complicationFollowUps(plan).map(({ dueOn }) => dueOn)
}

describe('follow-ups', () => {
  test('of every session are a message on day 1, a check on day 3 and on day 14', () => {
    expect(sessionFollowUps('2026-01-31', settings)).toEqual([
      { kind: 'DAY_1_MESSAGE', dueOn: '2026-02-01', needsPhotos: false },
      { kind: 'DAY_3_CHECK', dueOn: '2026-02-03', needsPhotos: false },
      { kind: 'DAY_14_CHECK', dueOn: '2026-02-14', needsPhotos: false },
    ])
  })

  const cadences: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['grade 1 come weekly', dates('GRADE', 1, '2026-06-05'), ['2026-05-21', '2026-05-28', '2026-06-04']],
    [
      'grade 2 come after 48 hours, then weekly',
      dates('GRADE', 2, '2026-05-31'),
      ['2026-05-16', '2026-05-23', '2026-05-30'],
    ],
    [
      'grade 3 come daily while unstable',
      dates('GRADE', 3, '2026-05-18'),
      ['2026-05-15', '2026-05-16', '2026-05-17', '2026-05-18'],
    ],
    [
      'grade 4 come daily until stable, then weekly',
      dates('GRADE', 4, '2026-05-31', '2026-05-16'),
      ['2026-05-15', '2026-05-16', '2026-05-23', '2026-05-30'],
    ],
    [
      'a death, or no grade yet, come not at all',
      [...dates('GRADE', 5, '2027-01-01'), ...dates('GRADE', null, '2027-01-01')],
      [],
    ],
    [
      'PIH come on days 14, 28, 56, 90 and 180 from the session (scenario 6)',
      dates('PIH', 2, '2027-01-01'),
      ['2026-05-18', '2026-06-01', '2026-06-29', '2026-08-02', '2026-10-31'],
    ],
    [
      'a scar or granuloma come monthly for six months, then quarterly',
      dates('SCAR', 2, '2027-06-01'),
      ['2026-06-14', '2026-07-14', '2026-08-14', '2026-09-14', '2026-10-14', '2026-11-14', '2027-02-14', '2027-05-14'],
    ],
    ['a complaint about the result come not at all', dates('NONE', null, '2027-01-01'), []],
  ]
  test.each(cadences)('of %s', (_, actual, expected) => {
    expect(actual).toEqual(expected)
  })

  test('of PIH bring photographs in the same light', () => {
    const plan = {
      schedule: 'PIH',
      grade: 2,
      sessionOn: '2026-05-04',
      reportedOn: '2026-05-14',
      stableOn: null,
    } as const
    expect(nextFollowUp({ ...plan, settings }, '2026-08-02')).toEqual({
      kind: 'COMPLICATION_CHECK',
      dueOn: '2026-10-31',
      needsPhotos: true,
    })
    expect(nextFollowUp({ ...plan, settings }, '2026-10-31')).toBeNull()
  })

  test('are due and overdue by their date alone', () => {
    const statusOn = (today: string) => followUpStatus({ dueOn: '2026-05-18', doneOn: null }, today)
    expect([statusOn('2026-05-16'), statusOn('2026-05-18'), statusOn('2026-05-21')]).toEqual([
      { kind: 'UPCOMING', inDays: 2 },
      { kind: 'DUE' },
      { kind: 'OVERDUE', byDays: 3 },
    ])
    expect(followUpStatus({ dueOn: '2026-05-18', doneOn: '2026-05-20' }, '2026-06-01')).toEqual({ kind: 'DONE' })
  })
})
