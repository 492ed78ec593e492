import { describe, expect, it, test } from 'vitest'
import { clockStep, isFullCheckDue, stepReason } from '../../shared/domain/chain-check.ts'

describe('the check of the whole audit', () => {
  test.for([
    ['after the day, half a day after the last', 17, '2026-08-03T05:00:00.000Z', true],
    ['in the early morning', 5, '2026-08-03T05:00:00.000Z', true],
    ['by day, half a day after the last', 10, '2026-08-03T05:00:00.000Z', false],
    ['after the day, an hour after the last', 22, '2026-08-03T21:00:00.000Z', false],
    ['by day, where the nights went by without one', 10, '2026-08-02T09:00:00.000Z', true],
  ] as const)('%s: hour %i, last %s, due %s', ([, hour, since, isDue]) => {
    expect(isFullCheckDue({ now: '2026-08-03T22:00:00.000Z', hour, isQuiet: true, since })).toBe(isDue)
  })

  it('waits while somebody works, and where there is no entry yet', () => {
    const due = { now: '2026-08-03T22:00:00.000Z', hour: 22, since: '2026-08-01T22:00:00.000Z' } as const
    expect(isFullCheckDue({ ...due, isQuiet: false })).toBe(false)
    expect(isFullCheckDue({ ...due, isQuiet: true, since: null })).toBe(false)
  })
})

describe('a clock that was set', () => {
  it('is told from two minutes on, with its direction', () => {
    expect(clockStep({ wallMs: 120_000, ownMs: 0 })).toBe(null)
    expect(stepReason(clockStep({ wallMs: 121_000, ownMs: 0 }) ?? 0)).toBe('FORWARD 121')
    expect(stepReason(clockStep({ wallMs: -86_400_000, ownMs: 1000 }) ?? 0)).toBe('BACK 86401')
  })
})
