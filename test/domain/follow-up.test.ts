import { describe, expect, test } from 'vitest'
import type { FollowUpScheduleKind, Grade } from '../../shared/domain/complication-codes.ts'
import {
  complicationFollowUps,
  courseFollowUps,
  followUpStatus,
  mayFinishByHand,
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
    const statusOn = (today: string) =>
      followUpStatus({ fromOn: '2026-05-18', untilOn: '2026-05-18', doneOn: null }, today)
    expect([statusOn('2026-05-16'), statusOn('2026-05-18'), statusOn('2026-05-21')]).toEqual([
      { kind: 'UPCOMING', inDays: 2 },
      { kind: 'DUE' },
      { kind: 'OVERDUE', byDays: 3 },
    ])
    expect(followUpStatus({ fromOn: '2026-05-18', untilOn: '2026-05-18', doneOn: '2026-05-20' }, '2026-06-01')).toEqual(
      { kind: 'DONE' },
    )
  })

  test('are in time for as long as their window lasts', () => {
    const review = { fromOn: '2026-10-14', untilOn: '2026-11-11', doneOn: null }
    const statusOn = (today: string) => followUpStatus(review, today).kind
    const days = ['2026-10-13', '2026-10-14', '2026-10-28', '2026-11-11', '2026-11-12']
    expect(days.map(statusOn)).toEqual(['UPCOMING', 'DUE', 'DUE', 'DUE', 'OVERDUE'])
  })

  const course = {
    outcomeReviewMonths: 6,
    outcomeReviewWindowDays: 14,
    maintenanceMonths: 6,
    maintenanceReviewMonths: 12,
  }
  const plan = { sessionsPlanned: 4, intervalMonths: 1, maintenanceMonths: null }
  const performedOn = ['2026-01-31', '2026-02-28', '2026-03-28', '2026-04-28']
  const review = { kind: 'OUTCOME_REVIEW', dueOn: '2026-10-28', fromOn: '2026-10-14', untilOn: '2026-11-11' }
  const maintenance = { kind: 'MAINTENANCE', dueOn: '2026-10-28', fromOn: '2026-10-28', untilOn: '2026-10-28' }
  test.each([
    ['four of four sessions ask for the outcome (scenario 1)', 'ACTIVE', performedOn, [review]],
    ['three of four ask for nothing yet', 'ACTIVE', performedOn.slice(0, 3), []],
    ['an early end asks for the outcome of what was done', 'ENDED_EARLY', performedOn.slice(3), [review]],
    ['an early end without a session asks for nothing', 'ENDED_EARLY', [], []],
    ['maintenance asks for the outcome and for the next session', 'MAINTENANCE', performedOn, [review, maintenance]],
    ['a hold asks for nothing', 'ON_HOLD', performedOn.slice(0, 2), []],
  ] as const)('of a course: %s', (_, status, done, expected) => {
    expect(courseFollowUps({ ...plan, status, performedOn: done }, course)).toEqual(expected)
  })

  test('in maintenance the review stays where the course ended, and every further one follows a year later', () => {
    const maintained = { ...plan, status: 'MAINTENANCE' as const, maintenanceMonths: 3 }
    const done = [...performedOn, '2026-08-03']
    expect(courseFollowUps({ ...maintained, performedOn: done }, course)).toEqual([
      review,
      { kind: 'MAINTENANCE', dueOn: '2026-11-03', fromOn: '2026-11-03', untilOn: '2026-11-03' },
    ])
    const [next] = courseFollowUps({ ...maintained, performedOn: done, reviewedOn: ['2026-10-30'] }, course)
    expect(next).toEqual({
      kind: 'OUTCOME_REVIEW',
      dueOn: '2027-10-30',
      fromOn: '2027-10-16',
      untilOn: '2027-11-13',
    })
  })

  test.each([
    ['OUTCOME_REVIEW', 'REACHED', false],
    ['OUTCOME_REVIEW', 'NOT_NEEDED', true],
    ['OUTCOME_REVIEW', 'NOT_REACHED', true],
    ['OUTCOME_REVIEW', 'MESSAGE_LEFT', true],
    ['MAINTENANCE', 'REACHED', true],
    ['DAY_3_CHECK', 'REACHED', true],
  ] as const)('%s finished by hand as %s: %s', (kind, result, isAllowed) => {
    expect(mayFinishByHand(kind, result)).toBe(isAllowed)
  })
})
