import { describe, expect, test } from 'vitest'
import {
  isSettled,
  needsCountersignature,
  type SignOffRule,
  type SignOffScope,
  signOffScopes,
} from '../../shared/domain/sign-off-scope.ts'
import type { SessionId } from '../../shared/kernel/ids.ts'

const clean = {
  sessionId: 'a-session' as SessionId,
  maxDepthUm: 500,
  redFlags: 0,
  deviations: 0,
  complications: 0,
  warnings: 0,
  isCorrected: false,
}
const ruleOf = (signOffRequiredFor: SignOffScope, change: Partial<SignOffRule> = {}): SignOffRule => ({
  signOffRequiredFor,
  signOffAboveUm: 500,
  signOffSamplePercent: 10,
  ...change,
})
const idOf = (number: number) => `019a8d2e-${number.toString(16).padStart(4, '0')}-7000-8000-0123456789ab` as SessionId

describe('a session of somebody else', () => {
  const remarks = [
    ['a red flag', { redFlags: 1 }],
    ['a deviation', { deviations: 1 }],
    ['a complication', { complications: 1 }],
    ['a warning', { warnings: 1 }],
    ['a correction that a physician asked for', { isCorrected: true }],
  ] as const

  test.each(remarks)('with %s needs the physician whatever the policy says', (_, remark) => {
    const rule = { signOffAboveUm: 3500, signOffSamplePercent: 1 }
    const needed = signOffScopes.map((scope) => needsCountersignature({ ...clean, ...remark }, ruleOf(scope, rule)))
    expect(needed).toEqual([true, true, true, true])
  })

  test.each<[string, number, SignOffRule, boolean]>([
    ['clean, where all are countersigned', 500, ruleOf('ALL'), true],
    ['clean and deep, where only deviations are', 2500, ruleOf('DEVIATION'), false],
    ['at the depth of the policy', 500, ruleOf('ABOVE_DEPTH'), false],
    ['one step deeper than it', 550, ruleOf('ABOVE_DEPTH'), true],
    ['clean, of a sample of all', 500, ruleOf('SAMPLE', { signOffSamplePercent: 100 }), true],
  ])('%s', (_, maxDepthUm, rule, needed) => {
    expect(needsCountersignature({ ...clean, maxDepthUm }, rule)).toBe(needed)
  })

  test.each([1, 10, 50, 90])('is in the sample of %i in a hundred about that often', (percent) => {
    const rule = ruleOf('SAMPLE', { signOffSamplePercent: percent })
    const ids = Array.from({ length: 5000 }, (_, number) => idOf(number))
    const chosen = ids.filter((sessionId) => needsCountersignature({ ...clean, sessionId }, rule))
    expect(Math.abs(chosen.length / 50 - percent)).toBeLessThan(2.5)
  })

  test('is in the sample or not for good, and stays in a larger one', () => {
    const chosenAt = (signOffSamplePercent: number) =>
      Array.from({ length: 300 }, (_, number) => idOf(number)).filter((sessionId) =>
        needsCountersignature({ ...clean, sessionId }, ruleOf('SAMPLE', { signOffSamplePercent })),
      )
    expect(chosenAt(20)).toEqual(chosenAt(20))
    expect(chosenAt(40)).toEqual(expect.arrayContaining(chosenAt(20)))
  })
})

test('the next session waits for a signature that somebody must give, and for a record that is not submitted', () => {
  const settled = (['DRAFT', 'RETURNED', 'SUBMITTED', 'SIGNED'] as const).map((state) => [
    isSettled({ state, isSignOffRequired: true }),
    isSettled({ state, isSignOffRequired: false }),
  ])
  expect(settled).toEqual([
    [false, false],
    [false, false],
    [false, true],
    [true, true],
  ])
})
