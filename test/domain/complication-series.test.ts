import { describe, expect, test } from 'vitest'
import type { ComplicationBody } from '../../shared/domain/complication.ts'
import {
  decideSeriesOrder,
  seriesHoldReason,
  seriesReach,
  statusAfterRelease,
  statusBeforeHold,
} from '../../shared/domain/complication-series.ts'
import type { ComplicationState } from '../../shared/domain/complication-state.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { idOf, complicationBodyOf as of } from './record-bodies.ts'

const grade1: Partial<ComplicationBody> = { code: 'FOLLICULITIS', grade: 1, worstGrade: 1 }
const grade2: Partial<ComplicationBody> = { code: 'PIH', grade: 2, worstGrade: 2 }
const lifted = { by: idOf<StaffId>(1), at: '2026-05-20T10:00:00.000Z', reason: 'settled' } as const

describe('what a report asks of its series', () => {
  const cases: readonly (readonly [string, Partial<ComplicationBody>, ComplicationState, boolean, string])[] = [
    ['grade 2 holds it, whoever found it', grade2, 'OPEN', false, 'HOLD'],
    ['a red flag holds it', { ...grade1, signs: ['FEVER'] }, 'OPEN', false, 'HOLD'],
    ['grade 1 leaves it, from an aesthetician', grade1, 'OPEN', false, 'LEAVE'],
    ['grade 1 lets it go, from a physician', grade1, 'OPEN', true, 'RELEASE'],
    ['the physician decides HOLD', { ...grade1, seriesDecision: 'HOLD' }, 'MONITORING', true, 'HOLD'],
    ['the physician decides MODIFY', { ...grade2, seriesDecision: 'MODIFY' }, 'MONITORING', true, 'RELEASE'],
    ['the physician decides CONTINUE', { ...grade2, seriesDecision: 'CONTINUE' }, 'MONITORING', true, 'RELEASE'],
    ['the physician decides STOP', { ...grade2, seriesDecision: 'STOP' }, 'MONITORING', true, 'END'],
    ['a lifted block lets it go', { ...grade2, blockLifted: lifted }, 'MONITORING', true, 'RELEASE'],
    ['closing lets it go', { ...grade2, outcome: 'RESOLVED' }, 'CLOSED', true, 'RELEASE'],
    ['closing lets a decided hold go', { ...grade2, seriesDecision: 'HOLD' }, 'CLOSED', true, 'RELEASE'],
    ['a scar holds it', { ...grade1, code: 'SCAR_KELOID' }, 'OPEN', false, 'HOLD'],
    ['a scar nobody decided about stays held', { ...grade1, code: 'SCAR_KELOID' }, 'CLOSED', true, 'LEAVE'],
    ['what was ended stays ended', { ...grade2, seriesDecision: 'STOP' }, 'CLOSED', true, 'LEAVE'],
  ]
  test.each(cases)('%s', (_, change, state, byPhysician, expected) => {
    expect(decideSeriesOrder({ body: of(change), state, byPhysician })).toBe(expected)
  })

  const reaches: readonly (readonly [string, Partial<ComplicationBody>, string])[] = [
    ['the series of its sessions', { ...grade2, sessionIds: [idOf(7)] }, 'OF_SESSIONS'],
    ['only zones where it names no session', { ...grade2, sessionIds: [] }, 'NONE'],
    ['every open one for a red flag without a session', { sessionIds: [], signs: ['PUS'] }, 'ALL_OPEN'],
    ['every open one for a decision without a session', { sessionIds: [], seriesDecision: 'HOLD' }, 'ALL_OPEN'],
  ]
  test.each(reaches)('it reaches %s', (_, change, expected) => {
    expect(seriesReach(of(change))).toBe(expected)
  })
})

describe('a hold', () => {
  const standing = { statusBefore: 'ACTIVE', isReleased: false } as const
  const released = { ...standing, isReleased: true } as const
  const before: readonly (readonly [string, Parameters<typeof statusBeforeHold>[0], string | null])[] = [
    ['remembers what the series was', { status: 'PLANNED', ownHolds: [], standingHolds: [] }, 'PLANNED'],
    ['is placed once', { status: 'ON_HOLD', ownHolds: [standing], standingHolds: [standing] }, null],
    ['is not renewed over a physician’s word', { status: 'ACTIVE', ownHolds: [standing], standingHolds: [] }, null],
    ['joins that of another report', { status: 'ON_HOLD', ownHolds: [], standingHolds: [standing] }, 'ACTIVE'],
    ['leaves a hold by hand alone', { status: 'ON_HOLD', ownHolds: [], standingHolds: [] }, null],
    ['leaves a series alone that is over', { status: 'COMPLETED', ownHolds: [], standingHolds: [] }, null],
    ['is placed anew after it was let go', { status: 'ACTIVE', ownHolds: [released], standingHolds: [] }, 'ACTIVE'],
  ]
  test.each(before)('%s', (_, given, expected) => {
    expect(statusBeforeHold(given)).toBe(expected)
  })

  const own = {
    status: 'ON_HOLD',
    statusReason: seriesHoldReason,
    statusBefore: 'MAINTENANCE',
    otherHolds: 0,
  } as const
  const after: readonly (readonly [string, Parameters<typeof statusAfterRelease>[0], string | null])[] = [
    ['gives back what was', own, 'MAINTENANCE'],
    ['waits for the other report', { ...own, otherHolds: 1 }, null],
    ['gives nothing back where somebody else gave another reason', { ...own, statusReason: 'travels' }, null],
    ['gives nothing back where the series moved on', { ...own, status: 'ENDED_EARLY' }, null],
  ]
  test.each(after)('let go, it %s', (_, given, expected) => {
    expect(statusAfterRelease(given)).toBe(expected)
  })
})
