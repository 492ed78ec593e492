import { describe, expect, test } from 'vitest'
import type { OutcomeScore } from '../../shared/domain/outcome.ts'
import {
  checkPatientScores,
  checkRating,
  ratingDifferencesOf,
  reviewStanding,
  scoreChanges,
  scoreOf,
  whyNoRating,
} from '../../shared/domain/outcome.ts'
import { outcomeScaleCodes, outcomeScales, scalesFor } from '../../shared/domain/outcome-scales.ts'
import { outcomeReviewFor } from '../../shared/domain/series.ts'
import { policyWith } from './given-session.ts'
import { lena, okafor } from './record-bodies.ts'

const { settings } = policyWith()
const noPhoto = { photoIds: [] }
const scar = (level: number) => scoreOf('GB_QUAL', level)

describe('scenario 1: four sessions to 28 April 2026', () => {
  const performedOn = ['2026-01-31', '2026-02-28', '2026-03-28', '2026-04-28']
  const review = outcomeReviewFor({ status: 'COMPLETED', sessionsPlanned: 4, performedOn }, settings)

  test.each([
    ['2026-10-13', 'BEFORE'],
    ['2026-10-14', 'WITHIN'],
    ['2026-10-28', 'WITHIN'],
    ['2026-11-11', 'WITHIN'],
    ['2026-11-12', 'AFTER'],
  ])('a review on %s is %s its window', (on, standing) => {
    expect(review && reviewStanding(review, on)).toBe(standing)
  })

  test('moderate scars became mild ones, and the physician calls it much improved', () => {
    const before = [scar(3)]
    const after = [scar(2), scoreOf('GAIS', 2)]
    expect(scoreChanges(before, after)).toEqual([{ scale: 'GB_QUAL', before: 3, after: 2, direction: 'BETTER' }])
    expect(
      checkRating({ occasion: 'OUTCOME', indications: ['ACNE_SCAR'], scores: after, ...noPhoto, isPhysician: true }),
    ).toBeNull()
    expect(checkPatientScores([scoreOf('GAIS', 3)])).toBeNull()
  })

  test('scenario 8: after an early end the window lies around 20 December', () => {
    const ended = { status: 'ENDED_EARLY', sessionsPlanned: 4, performedOn: ['2026-05-20', '2026-06-20'] } as const
    expect(outcomeReviewFor(ended, settings)).toEqual({
      dueOn: '2026-12-20',
      fromOn: '2026-12-06',
      untilOn: '2027-01-03',
    })
  })
})

describe('what a rating needs', () => {
  const baseline = { occasion: 'BASELINE', indications: ['ACNE_SCAR'], ...noPhoto, isPhysician: false } as const
  const outcome = { ...baseline, occasion: 'OUTCOME' } as const
  const parts = [
    { part: 'VASCULARITY', level: 1 },
    { part: 'PIGMENTATION', level: 2 },
    { part: 'PLIABILITY', level: 3 },
    { part: 'HEIGHT', level: 1 },
  ] as const
  const asScored = { indications: ['PORES'] } as const
  test.each<[string, Parameters<typeof checkRating>[0], string | null]>([
    ['the scale of its indication', { ...baseline, scores: [] }, 'OUTCOME_SCORE_MISSING'],
    ['that scale, by whoever rates', { ...baseline, scores: [scar(3)] }, null],
    [
      'no GAIS before there is a change',
      { ...baseline, scores: [scar(3), scoreOf('GAIS', 3)] },
      'OUTCOME_SCORE_INVALID',
    ],
    ['the GAIS where a physician rates', { ...outcome, scores: [scar(2)], isPhysician: true }, 'OUTCOME_SCORE_MISSING'],
    ['no physician’s GAIS from anybody else', { ...outcome, scores: [scoreOf('GAIS', 2)] }, 'OUTCOME_SCORE_INVALID'],
    ['something to be rated', { ...outcome, scores: [] }, 'OUTCOME_NOTHING_RATED'],
    ['a level of the scale', { ...baseline, scores: [scar(5)] }, 'OUTCOME_SCORE_INVALID'],
    ['a whole level', { ...baseline, scores: [scar(2.5)] }, 'OUTCOME_SCORE_INVALID'],
    ['each scale once', { ...baseline, scores: [scar(3), scar(2)] }, 'OUTCOME_SCORE_INVALID'],
    [
      'the scale in its version',
      { ...baseline, scores: [{ ...scar(3), scaleVersion: '1990' }] },
      'OUTCOME_SCORE_INVALID',
    ],
    ['no patient’s scale', { ...baseline, scores: [scar(3), scoreOf('PAIN_NRS', 3)] }, 'OUTCOME_SCORE_INVALID'],
    ['mMASI in tenths', { ...baseline, ...asScored, scores: [scoreOf('MMASI', 8.4)] }, null],
    ['no finer than that', { ...baseline, ...asScored, scores: [scoreOf('MMASI', 8.45)] }, 'OUTCOME_SCORE_INVALID'],
    [
      'the parts of the Vancouver scale',
      { ...baseline, ...asScored, scores: [scoreOf('VSS', 7)] },
      'OUTCOME_SCORE_INVALID',
    ],
    ['parts that add up', { ...baseline, ...asScored, scores: [scoreOf('VSS', 6, parts)] }, 'OUTCOME_SCORE_INVALID'],
    ['all of them', { ...baseline, ...asScored, scores: [scoreOf('VSS', 7, parts)] }, null],
  ])('%s', (_, rating, expected) => {
    expect(checkRating(rating)?.code ?? null).toBe(expected)
  })

  test.each<[string, readonly OutcomeScore[], string | null]>([
    ['nothing at all', [], 'OUTCOME_NOTHING_RATED'],
    ['what only a clinician rates', [scar(2)], 'OUTCOME_SCORE_INVALID'],
    ['a pain of eleven', [scoreOf('PAIN_NRS', 11)], 'OUTCOME_SCORE_INVALID'],
    [
      'satisfaction, again, pain and downtime',
      [scoreOf('SATISFACTION', 4), scoreOf('WOULD_REPEAT', 1), scoreOf('PAIN_NRS', 0), scoreOf('DOWNTIME_DAYS', 2)],
      null,
    ],
  ])('a patient says %s', (_, scores, expected) => {
    expect(checkPatientScores(scores)?.code ?? null).toBe(expected)
  })
})

describe('comparing an outcome with its baseline', () => {
  const front = { view: 'FRONT', zone: null, side: null } as const
  const detail = (side: 'L' | 'R') => ({ view: 'DETAIL', zone: 'CHEEK_ANT', side }) as const
  const baseline = { raterId: okafor, scores: [scar(3)], photos: [front, detail('L')] }
  const same = { ...baseline, scores: [scar(2), scoreOf('GAIS', 2)] }
  test.each([
    ['the same scale, rater and views', baseline, same, []],
    ['no baseline', null, same, ['NO_BASELINE']],
    ['another rater', baseline, { ...same, raterId: lena }, ['OTHER_RATER']],
    ['another scale', baseline, { ...same, scores: [scoreOf('GB_QUANT', 20)] }, ['OTHER_SCALE']],
    ['a view left out', baseline, { ...same, photos: [front] }, ['OTHER_VIEWS']],
    ['a close-up of the other cheek', baseline, { ...same, photos: [front, detail('R')] }, ['OTHER_VIEWS']],
    ['more views than before', baseline, { ...same, photos: [front, detail('L'), detail('R')] }, []],
  ] as const)('%s', (_, before, after, expected) => {
    expect(ratingDifferencesOf(before, after)).toEqual(expected)
  })

  test('another version of a scale is another scale', () => {
    const older = { ...scar(3), scaleVersion: '1990' as const }
    expect(scoreChanges([older], [scar(2)])).toEqual([])
    expect(ratingDifferencesOf({ ...baseline, scores: [older] }, same)).toEqual(['OTHER_SCALE'])
  })

  test.each([
    ['GB_QUAL', 3, 4, 'WORSE'],
    ['GB_QUAL', 3, 3, 'SAME'],
    ['MMASI', 8.4, 8.3, 'BETTER'],
    ['SATISFACTION', 2, 4, 'BETTER'],
  ] as const)('%s from %s to %s is %s', (scale, before, after, direction) => {
    expect(scoreChanges([scoreOf(scale, before)], [scoreOf(scale, after)])[0]?.direction).toBe(direction)
  })
})

describe('when a course is rated', () => {
  const review = { dueOn: '2026-10-28', fromOn: '2026-10-14', untilOn: '2026-11-11' }
  const spacing = (verdict: 'FIRST' | 'IN_TIME' | 'REBASELINE') => ({ verdict }) as const
  test.each([
    ['BASELINE', [], spacing('FIRST'), null, null],
    ['BASELINE', ['2026-01-31'], spacing('IN_TIME'), null, 'OUTCOME_BASELINE_TOO_LATE'],
    ['BASELINE', ['2026-01-31'], spacing('REBASELINE'), null, null],
    ['OUTCOME', ['2026-01-31'], spacing('IN_TIME'), null, 'OUTCOME_COURSE_NOT_OVER'],
    ['OUTCOME', ['2026-04-28'], spacing('REBASELINE'), review, null],
  ] as const)('%s after %s sessions (%o)', (occasion, performedOn, gap, due, expected) => {
    expect(whyNoRating(occasion, { status: 'ACTIVE', performedOn, spacing: gap, review: due })).toBe(expected)
  })
})

describe('the scales', () => {
  test('stand under their own code, with the words of every level in order', () => {
    for (const code of outcomeScaleCodes) {
      const { from, to, levels, ...scale } = outcomeScales[code]
      expect(scale.code).toBe(code)
      if (levels.length > 0) {
        expect(levels.map(({ level }) => level)).toEqual(
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        )
      }
      if (scale.parts.length > 0) expect(scale.parts.reduce((sum, part) => sum + part.to, 0)).toBe(to)
    }
  })

  test('fit what the course is for', () => {
    expect(scalesFor(['ACNE_SCAR'])).toEqual({ needed: ['GB_QUAL'], optional: ['GB_QUANT'] })
    expect(scalesFor(['PHOTOAGING', 'TEXTURE'])).toEqual({ needed: ['GLOGAU'], optional: [] })
    expect(scalesFor(['DYSCHROMIA'])).toEqual({ needed: [], optional: ['MMASI'] })
    expect(scalesFor(['PORES'])).toEqual({ needed: [], optional: [] })
  })
})
