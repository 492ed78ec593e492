import { describe, expect, test } from 'vitest'
import { permissions } from '../../shared/contract/permissions.ts'
import { addendumStates } from '../../shared/domain/addendum.ts'
import { examinerKinds, examModes, shippedSettings, supervisionModes } from '../../shared/domain/policy.ts'
import type { Role } from '../../shared/domain/roles.ts'
import {
  judgeSpacing,
  nextDueOn,
  outcomeReviewFor,
  seriesSessionBounds,
  seriesStatuses,
} from '../../shared/domain/series.ts'
import {
  decideTransition,
  type SessionEventKind,
  type SessionState,
  sessionStates,
} from '../../shared/domain/session-state.ts'
import { deviationDispositions, nextSessionDecisions, signOffMeanings } from '../../shared/domain/sign-off.ts'
import { signOffScopes } from '../../shared/domain/sign-off-scope.ts'
import { addDays } from '../../shared/kernel/time.ts'
import { codesIn, lineWith, tableRows, wordsBetween } from './clinical-reference.ts'
import { type ActorName, actorNames, actors, events, factsOf } from './session-moves.ts'

const states = (cell: string) => sessionStates.filter((state) => new RegExp(`\\b${state}\\b`, 'u').test(cell))

describe('the states of a session and the clinical reference, section 8', () => {
  /** The printed event, the app's event and who the printed person is. */
  const moves: Readonly<Record<string, { readonly event: SessionEventKind; readonly by: ActorName }>> = {
    'create (aesthetician/physician)': { event: 'CREATE', by: 'the author' },
    'submit (author)': { event: 'SUBMIT', by: 'the author' },
    'discard (author)': { event: 'DISCARD', by: 'the author' },
    'recall (author)': { event: 'RECALL', by: 'the author' },
    'return (physician)': { event: 'RETURN', by: 'the supervising physician' },
    'correct + resubmit (author)': { event: 'RESUBMIT', by: 'the author' },
    'sign off (physician)': { event: 'SIGN_OFF', by: 'the supervising physician' },
    'add addendum (author/physician)': { event: 'ADD_ADDENDUM', by: 'the author' },
    'mark entered-in-error (physician)': { event: 'MARK_ENTERED_IN_ERROR', by: 'the supervising physician' },
    'overdue timer': { event: 'OVERDUE', by: 'the author' },
  }
  const rows = tableRows('| From | Event (actor) | Guard | To |').map(
    ([from = '', event = '', guard = '', to = '']) => ({
      from,
      event,
      guard,
      to,
    }),
  )
  const become = (state: SessionState | null, event: SessionEventKind, by: ActorName) => {
    const facts = factsOf({ isStarted: event !== 'DISCARD' })
    const result = decideTransition({ state, event: events[event], actor: actors[by], facts })
    return result.ok ? result.value : null
  }

  test('have the same moves', () => {
    expect(rows.map(({ event }) => event)).toEqual(Object.keys(moves))
  })

  test.each(rows)('$event leads from $from as printed', ({ from, event, to }) => {
    const move = moves[event]
    if (!move) throw new Error(`no move ${event}`)
    const starts: readonly (SessionState | null)[] =
      from === '-' ? [null] : from === 'any' ? sessionStates : states(from)
    for (const start of starts) {
      const end = to.startsWith('same state') ? start : states(to.split(';')[0] ?? '')[0]
      expect(become(start, move.event, move.by)).toBe(end)
    }
  })

  test('refuse each printed illegal move', () => {
    expect(lineWith('Illegal moves to test')).toContain(
      'sign off from DRAFT/RETURNED; author edits SUBMITTED; aesthetician signs off; sign off a stale version; delete anything',
    )
    expect(become('DRAFT', 'SIGN_OFF', 'the supervising physician')).toBeNull()
    expect(become('RETURNED', 'SIGN_OFF', 'the supervising physician')).toBeNull()
    expect(become('SUBMITTED', 'EDIT', 'the author')).toBeNull()
    expect(become('SUBMITTED', 'SIGN_OFF', 'another aesthetician')).toBeNull()
    for (const state of sessionStates) {
      for (const by of actorNames) expect(become(state, 'DELETE', by)).toBeNull()
    }
  })

  test('give an addendum the printed states', () => {
    const cell = rows.find(({ event }) => event.startsWith('add addendum'))?.to ?? ''
    expect([...new Set(codesIn(cell.split('its own record:')[1] ?? ''))]).toEqual([...addendumStates])
  })
})

describe('the sign-off and the clinical reference, section 8', () => {
  test('has the printed meanings, dispositions, decisions and supervision modes', () => {
    expect(lineWith('Sign-off contains')).toContain('`REVIEWED_AND_APPROVED` / `REVIEWED_WITH_DEVIATIONS`')
    expect(lineWith('Staff record')).toContain('meaning AUTHOR_PHYSICIAN')
    expect([...signOffMeanings]).toEqual(['REVIEWED_AND_APPROVED', 'REVIEWED_WITH_DEVIATIONS', 'AUTHOR_PHYSICIAN'])
    expect(codesIn(wordsBetween('disposition of *each* deviation (', ')'))).toEqual([...deviationDispositions])
    expect(codesIn(wordsBetween('decision for next session (', ')'))).toEqual([...nextSessionDecisions])
    expect(codesIn(wordsBetween('supervision_mode_required {', '}'))).toEqual([...supervisionModes])
    const scopes = wordsBetween('signoff_required_for {', '}').split(', ')
    expect(scopes).toEqual([...signOffScopes].map((scope) => (scope === 'SAMPLE' ? 'SAMPLE%' : scope)))
    expect(wordsBetween('gfe_by[] {', '}').split(', ')).toEqual([...examinerKinds])
    expect(codesIn(wordsBetween('gfe_mode {', '}'))).toEqual([...examModes])
  })

  const rights: readonly (readonly [
    string,
    Role,
    readonly (keyof typeof permissions)[],
    readonly (keyof typeof permissions)[],
  ])[] = [
    [
      'front desk - demographics, booking, consent witness, record withdrawals; no clinical edit',
      'frontDesk',
      ['demographics.write', 'schedule.write', 'consent.capture', 'consent.withdraw'],
      ['screening.write', 'session.write', 'series.write', 'clearance.write', 'order.write', 'complication.write'],
    ],
    [
      'Aesthetician - screening, session log, AE report, own addenda; no clearance, sign-off or void',
      'aesthetician',
      ['screening.write', 'session.write', 'complication.report', 'addendum.write'],
      ['clearance.write', 'session.countersign', 'consent.void'],
    ],
    [
      'Physician - all clinical, clearance, orders, sign-off, void',
      'physician',
      ['session.write', 'clearance.write', 'order.write', 'session.countersign', 'consent.void', 'policy.approve'],
      [],
    ],
    [
      'Admin/owner - staff, policy drafts, stock, exports; no clinical signing',
      'manager',
      ['staff.write', 'policy.draft', 'stock.write'],
      ['session.write', 'session.countersign', 'policy.approve', 'clearance.write', 'chart.read'],
    ],
  ]
  test.each(rights)('%s', (printed, role, granted, refused) => {
    expect(lineWith('- **Rights:**')).toContain(printed)
    const has = (right: keyof typeof permissions) => (permissions[right] as readonly Role[]).includes(role)
    expect(granted.filter((right) => !has(right))).toEqual([])
    expect(refused.filter(has)).toEqual([])
  })
})

describe('the series and the clinical reference, section 9', () => {
  const plan = lineWith('- **Plan:** goal(s)')
  const dates = lineWith('- **Dates:** next due')
  const settings = { ...shippedSettings, sessionIntervalMinDays: 28 }

  test('has the printed statuses, bounds and defaults', () => {
    expect(codesIn(plan.split('status ')[1] ?? '')).toEqual([...seriesStatuses])
    expect(plan).toContain(
      `sessions planned (${shippedSettings.seriesDefaultSessions} [S]; ${seriesSessionBounds.from}-${seriesSessionBounds.to})`,
    )
    expect(plan).toContain(`interval (${shippedSettings.seriesIntervalMonths} month [S]`)
  })

  test('counts the dates as printed', () => {
    expect(dates).toContain('clamped to month end (31 Jan -> 28 Feb)')
    expect(nextDueOn('2026-01-31', 1)).toBe('2026-02-28')
    const [soon, clear, overdue, rebaseline] =
      /Soft < (\d+) d; physician CLEAR < (\d+) d; overdue > (\d+) d; > (\d+) d/u.exec(dates)?.slice(1).map(Number) ?? []
    const last = '2026-03-02'
    const spacedBy = (days = 0) => judgeSpacing(last, addDays(last, days), settings).verdict
    expect([spacedBy((clear ?? 0) - 1), spacedBy(clear)]).toEqual(['CLEAR_NEEDED', 'SOON'])
    expect([spacedBy((soon ?? 0) - 1), spacedBy(soon)]).toEqual(['SOON', 'IN_TIME'])
    expect([spacedBy(overdue), spacedBy((overdue ?? 0) + 1)]).toEqual(['IN_TIME', 'OVERDUE'])
    expect([spacedBy(rebaseline), spacedBy((rebaseline ?? 0) + 1)]).toEqual(['OVERDUE', 'REBASELINE'])
  })

  test('is reviewed in the printed window, also when it ends early', () => {
    const window = Number(/window \+\/- (\d+) d/u.exec(dates)?.[1])
    expect(dates).toContain('last performed session + 6 months')
    for (const status of ['COMPLETED', 'ENDED_EARLY'] as const) {
      const review = outcomeReviewFor({ status, sessionsPlanned: 4, performedOn: ['2026-06-20'] }, shippedSettings)
      expect(review).toEqual({
        dueOn: '2026-12-20',
        fromOn: addDays('2026-12-20', -window),
        untilOn: addDays('2026-12-20', window),
      })
    }
  })

  test('keeps the printed maintenance interval', () => {
    expect(lineWith('- **Maintenance CC:**')).toContain(`every ${shippedSettings.maintenanceMonths} months (3-12)`)
  })
})
