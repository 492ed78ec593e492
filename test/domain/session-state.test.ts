import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../shared/domain/roles.ts'
import {
  type Actor,
  decideTransition,
  type SessionEvent,
  type SessionFacts,
  type SessionState,
  sessionEvents,
  sessionStates,
} from '../../shared/domain/session-state.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { deputy, lena, noor, okafor, shaOf } from './record-bodies.ts'
import { type ActorName, actorNames, actors, events, factsOf, otherVersion, pointer } from './session-moves.ts'

const everyState: readonly (SessionState | null)[] = [null, ...sessionStates]

/** Everything that Lena's session may do; whatever is not here is refused. */
const allowed: Readonly<Record<string, { readonly by: readonly ActorName[]; readonly to: SessionState }>> = {
  'null CREATE': {
    by: ['the author', 'another aesthetician', 'the supervising physician', 'another physician'],
    to: 'DRAFT',
  },
  'DRAFT EDIT': { by: ['the author'], to: 'DRAFT' },
  'DRAFT SUBMIT': { by: ['the author'], to: 'SUBMITTED' },
  'DRAFT MARK_ENTERED_IN_ERROR': { by: ['the supervising physician', 'another physician'], to: 'VOIDED' },
  'SUBMITTED RECALL': { by: ['the author'], to: 'DRAFT' },
  'SUBMITTED RETURN': { by: ['the supervising physician'], to: 'RETURNED' },
  'SUBMITTED SIGN_OFF': { by: ['the supervising physician'], to: 'SIGNED' },
  'SUBMITTED MARK_ENTERED_IN_ERROR': { by: ['the supervising physician', 'another physician'], to: 'VOIDED' },
  'RETURNED EDIT': { by: ['the author'], to: 'RETURNED' },
  'RETURNED RESUBMIT': { by: ['the author'], to: 'SUBMITTED' },
  'RETURNED MARK_ENTERED_IN_ERROR': { by: ['the supervising physician', 'another physician'], to: 'VOIDED' },
  'SIGNED ADD_ADDENDUM': { by: ['the author', 'the supervising physician', 'another physician'], to: 'SIGNED' },
  'SIGNED MARK_ENTERED_IN_ERROR': { by: ['the supervising physician', 'another physician'], to: 'VOIDED' },
  'DRAFT OVERDUE': { by: actorNames, to: 'DRAFT' },
  'SUBMITTED OVERDUE': { by: actorNames, to: 'SUBMITTED' },
  'RETURNED OVERDUE': { by: actorNames, to: 'RETURNED' },
  'SIGNED OVERDUE': { by: actorNames, to: 'SIGNED' },
  'VOIDED OVERDUE': { by: actorNames, to: 'VOIDED' },
  'CANCELLED OVERDUE': { by: actorNames, to: 'CANCELLED' },
}

describe('every state, every event, every kind of person', () => {
  const cases = everyState.flatMap((state) => sessionEvents.map((event) => ({ state, event })))
  test.each(cases)('$state, $event', ({ state, event }) => {
    const row = allowed[`${state} ${event}`]
    const became = actorNames.map((name) => {
      const result = decideTransition({ state, event: events[event], actor: actors[name], facts: factsOf() })
      return [name, result.ok ? result.value : null]
    })
    expect(became).toEqual(actorNames.map((name) => [name, row?.by.includes(name) ? row.to : null]))
  })

  test.each(cases.filter(({ state, event }) => allowed[`${state} ${event}`] === undefined))(
    '$state, $event is refused as a move, whoever asks, unless a guard speaks first',
    ({ state, event }) => {
      const codes = actorNames.map((name) => {
        const result = decideTransition({ state, event: events[event], actor: actors[name], facts: factsOf() })
        return result.ok ? 'OK' : result.refusal.code
      })
      const isGuarded = state === 'DRAFT' && (event === 'DISCARD' || event === 'SIGN_AS_AUTHOR')
      const expected = event === 'DELETE' ? 'NOTHING_IS_DELETED' : 'SESSION_MOVE_NOT_ALLOWED'
      if (isGuarded) expect(codes).not.toContain('OK')
      else expect(new Set(codes)).toEqual(new Set([expected]))
    },
  )
})

describe('a session of a physician', () => {
  const facts = factsOf({ authorId: okafor, authorIsPhysician: true, supervisingPhysicianId: null })
  const author = actors['the supervising physician']

  test('goes from draft to signed by the author’s signature alone', () => {
    expect(decideTransition({ state: 'DRAFT', event: events.SIGN_AS_AUTHOR, actor: author, facts })).toEqual({
      ok: true,
      value: 'SIGNED',
    })
    expect(decideTransition({ state: 'DRAFT', event: events.SUBMIT, actor: author, facts })).toEqual({
      ok: false,
      refusal: { code: 'AUTHOR_SIGNS_ALONE' },
    })
  })

  const cases = everyState.flatMap((state) => sessionEvents.map((event) => ({ state, event })))
  const byAuthor: Readonly<Record<string, SessionState>> = {
    'null CREATE': 'DRAFT',
    'DRAFT EDIT': 'DRAFT',
    'DRAFT SIGN_AS_AUTHOR': 'SIGNED',
    'DRAFT MARK_ENTERED_IN_ERROR': 'VOIDED',
    'SUBMITTED RECALL': 'DRAFT',
    'SUBMITTED MARK_ENTERED_IN_ERROR': 'VOIDED',
    'RETURNED EDIT': 'RETURNED',
    'RETURNED RESUBMIT': 'SUBMITTED',
    'RETURNED MARK_ENTERED_IN_ERROR': 'VOIDED',
    'SIGNED ADD_ADDENDUM': 'SIGNED',
    'SIGNED MARK_ENTERED_IN_ERROR': 'VOIDED',
  }
  test.each(cases.filter(({ event }) => event !== 'OVERDUE'))('$state, $event by its author', ({ state, event }) => {
    const result = decideTransition({ state, event: events[event], actor: author, facts })
    expect(result.ok ? result.value : null).toEqual(byAuthor[`${state} ${event}`] ?? null)
  })

  test('needs a second person once the author is no physician any more', () => {
    const former: Actor = { staffId: okafor, roles: ['aesthetician'] }
    expect(decideTransition({ state: 'DRAFT', event: events.SIGN_AS_AUTHOR, actor: former, facts })).toEqual({
      ok: false,
      refusal: { code: 'SECOND_PERSON_NEEDED' },
    })
    expect(decideTransition({ state: 'DRAFT', event: events.SUBMIT, actor: former, facts }).ok).toBe(true)
  })

  test('is signed by nobody else as its author', () => {
    const other = actors['another physician']
    expect(decideTransition({ state: 'DRAFT', event: events.SIGN_AS_AUTHOR, actor: other, facts })).toEqual({
      ok: false,
      refusal: { code: 'NOT_THE_AUTHOR' },
    })
  })
})

describe('the guards', () => {
  const author = actors['the author']
  const physician = actors['the supervising physician']
  type Case = {
    readonly name: string
    readonly state: SessionState | null
    readonly event: SessionEvent
    readonly actor: Actor
    readonly facts?: Partial<SessionFacts>
    readonly code: string
  }
  const cases: readonly Case[] = [
    {
      name: 'no session without patient and series',
      state: null,
      event: { ...events.CREATE, hasPatientAndSeries: false },
      actor: author,
      code: 'PATIENT_OR_SERIES_MISSING',
    },
    {
      name: 'the front desk creates none',
      state: null,
      event: events.CREATE,
      actor: actors['the front desk'],
      code: 'ROLE_NOT_ALLOWED',
    },
    {
      name: 'an incomplete log stays a draft',
      state: 'DRAFT',
      event: { ...events.SUBMIT, isComplete: false },
      actor: author,
      code: 'SESSION_INCOMPLETE',
    },
    {
      name: 'a deviation without a reason keeps it a draft',
      state: 'DRAFT',
      event: { ...events.SUBMIT, deviationsWithoutReason: 1 },
      actor: author,
      code: 'DEVIATION_REASON_MISSING',
    },
    {
      name: 'so does a missing author signature',
      state: 'DRAFT',
      event: { ...events.SUBMIT, hasAuthorSignature: false },
      actor: author,
      code: 'AUTHOR_SIGNATURE_MISSING',
    },
    {
      name: 'nobody submits another’s session',
      state: 'DRAFT',
      event: events.SUBMIT,
      actor: actors['another aesthetician'],
      code: 'NOT_THE_AUTHOR',
    },
    {
      name: 'a started session is not discarded',
      state: 'DRAFT',
      event: events.DISCARD,
      actor: author,
      code: 'SESSION_STARTED',
    },
    {
      name: 'recall ends when a physician has opened it',
      state: 'SUBMITTED',
      event: events.RECALL,
      actor: author,
      facts: { wasOpenedByPhysician: true },
      code: 'OPENED_BY_PHYSICIAN',
    },
    {
      name: 'the author does not edit what is submitted',
      state: 'SUBMITTED',
      event: events.EDIT,
      actor: author,
      code: 'SESSION_MOVE_NOT_ALLOWED',
    },
    {
      name: 'a return says why',
      state: 'SUBMITTED',
      event: { ...events.RETURN, reason: ' ' },
      actor: physician,
      code: 'RETURN_REASON_MISSING',
    },
    {
      name: 'a return points at fields',
      state: 'SUBMITTED',
      event: { ...events.RETURN, pointers: [] },
      actor: physician,
      code: 'RETURN_POINTERS_MISSING',
    },
    {
      name: 'a pointer has words',
      state: 'SUBMITTED',
      event: { ...events.RETURN, pointers: [{ path: '/x', text: '' }] },
      actor: physician,
      code: 'RETURN_POINTERS_MISSING',
    },
    {
      name: 'a return has a due date',
      state: 'SUBMITTED',
      event: { ...events.RETURN, hasDueDate: false },
      actor: physician,
      code: 'RETURN_DUE_MISSING',
    },
    {
      name: 'another physician returns only with a reason for taking over',
      state: 'SUBMITTED',
      event: events.RETURN,
      actor: actors['another physician'],
      code: 'TAKEOVER_REASON_MISSING',
    },
    {
      name: 'another physician signs only with a reason for taking over',
      state: 'SUBMITTED',
      event: events.SIGN_OFF,
      actor: actors['another physician'],
      code: 'TAKEOVER_REASON_MISSING',
    },
    {
      name: 'where no supervising physician is named, whoever signs gives the reason',
      state: 'SUBMITTED',
      event: events.SIGN_OFF,
      actor: physician,
      facts: { supervisingPhysicianId: null },
      code: 'TAKEOVER_REASON_MISSING',
    },
    {
      name: 'a correction is a version of its own',
      state: 'RETURNED',
      event: { ...events.RESUBMIT, isNewVersion: false },
      actor: author,
      code: 'NEW_VERSION_NEEDED',
    },
    {
      name: 'every pointer is answered',
      state: 'RETURNED',
      event: { ...events.RESUBMIT, replies: [{ path: pointer.path, reply: ' ' }] },
      actor: author,
      code: 'REPLY_MISSING',
    },
    {
      name: 'a corrected log is complete too',
      state: 'RETURNED',
      event: { ...events.RESUBMIT, isComplete: false },
      actor: author,
      code: 'SESSION_INCOMPLETE',
    },
    {
      name: 'signing asks for the password or PIN again',
      state: 'SUBMITTED',
      event: { ...events.SIGN_OFF, isReauthenticated: false },
      actor: physician,
      code: 'REAUTHENTICATION_NEEDED',
    },
    {
      name: 'every deviation is disposed before signing',
      state: 'SUBMITTED',
      event: { ...events.SIGN_OFF, undisposedDeviations: 1 },
      actor: physician,
      code: 'DEVIATION_NOT_DISPOSED',
    },
    {
      name: 'a stale version is not signed',
      state: 'SUBMITTED',
      event: { ...events.SIGN_OFF, seenVersionId: otherVersion },
      actor: physician,
      code: 'STALE_VERSION',
    },
    {
      name: 'nor the same version with other bytes',
      state: 'SUBMITTED',
      event: { ...events.SIGN_OFF, seenSha256: shaOf('e') },
      actor: physician,
      code: 'STALE_VERSION',
    },
    {
      name: 'a stale version is not returned',
      state: 'SUBMITTED',
      event: { ...events.RETURN, seenVersionId: otherVersion },
      actor: physician,
      code: 'STALE_VERSION',
    },
    {
      name: 'a stale draft is not saved over',
      state: 'DRAFT',
      event: { ...events.EDIT, seenVersionId: otherVersion },
      actor: author,
      code: 'STALE_VERSION',
    },
    {
      name: 'a stale version is not voided',
      state: 'SIGNED',
      event: { ...events.MARK_ENTERED_IN_ERROR, seenVersionId: otherVersion },
      actor: physician,
      code: 'STALE_VERSION',
    },
    {
      name: 'an aesthetician does not sign off',
      state: 'SUBMITTED',
      event: events.SIGN_OFF,
      actor: author,
      code: 'ROLE_NOT_ALLOWED',
    },
    {
      name: 'nor does the manager, who signs nothing clinical',
      state: 'SUBMITTED',
      event: events.SIGN_OFF,
      actor: actors['the manager'],
      code: 'ROLE_NOT_ALLOWED',
    },
    {
      name: 'nobody countersigns their own session, whatever they have become since',
      state: 'SUBMITTED',
      event: { ...events.SIGN_OFF, takeoverReason: 'nobody else is here' },
      actor: { staffId: lena, roles: ['aesthetician', 'physician', 'manager'] },
      code: 'OWN_SESSION',
    },
    {
      name: 'a draft is not signed off',
      state: 'DRAFT',
      event: events.SIGN_OFF,
      actor: physician,
      code: 'SESSION_MOVE_NOT_ALLOWED',
    },
    {
      name: 'a returned session is not signed off',
      state: 'RETURNED',
      event: events.SIGN_OFF,
      actor: physician,
      code: 'SESSION_MOVE_NOT_ALLOWED',
    },
    {
      name: 'a session by a non-physician is not signed by its author alone',
      state: 'DRAFT',
      event: events.SIGN_AS_AUTHOR,
      actor: author,
      code: 'SECOND_PERSON_NEEDED',
    },
    {
      name: 'not even when the author became a physician after writing it',
      state: 'DRAFT',
      event: events.SIGN_AS_AUTHOR,
      actor: { staffId: lena, roles: ['physician'] },
      code: 'SECOND_PERSON_NEEDED',
    },
    {
      name: 'an addendum says why',
      state: 'SIGNED',
      event: { ...events.ADD_ADDENDUM, reason: '' },
      actor: author,
      code: 'ADDENDUM_REASON_MISSING',
    },
    {
      name: 'an aesthetician adds to own sessions only',
      state: 'SIGNED',
      event: events.ADD_ADDENDUM,
      actor: actors['another aesthetician'],
      code: 'NOT_THE_AUTHOR',
    },
    {
      name: 'entered-in-error says why',
      state: 'SIGNED',
      event: { ...events.MARK_ENTERED_IN_ERROR, reason: '' },
      actor: physician,
      code: 'ERROR_REASON_MISSING',
    },
    {
      name: 'only a physician marks entered-in-error',
      state: 'DRAFT',
      event: events.MARK_ENTERED_IN_ERROR,
      actor: author,
      code: 'ROLE_NOT_ALLOWED',
    },
    {
      name: 'a draft that never started is discarded, not voided',
      state: 'DRAFT',
      event: events.MARK_ENTERED_IN_ERROR,
      actor: physician,
      facts: { isStarted: false },
      code: 'SESSION_NOT_STARTED',
    },
  ]
  test.each(cases)('$name', ({ state, event, actor, facts, code }) => {
    expect(decideTransition({ state, event, actor, facts: factsOf(facts) })).toMatchObject({
      ok: false,
      refusal: { code },
    })
  })

  test('a session that never started is discarded by its author', () => {
    const facts = factsOf({ isStarted: false })
    expect(decideTransition({ state: 'DRAFT', event: events.DISCARD, actor: author, facts })).toEqual({
      ok: true,
      value: 'CANCELLED',
    })
  })

  test('another physician signs and returns with a reason for taking over', () => {
    const actor = actors['another physician']
    const takeoverReason = 'Dr Okafor is on leave'
    const signed = { ...events.SIGN_OFF, takeoverReason }
    const returned = { ...events.RETURN, takeoverReason }
    expect(decideTransition({ state: 'SUBMITTED', event: signed, actor, facts: factsOf() }).ok).toBe(true)
    expect(decideTransition({ state: 'SUBMITTED', event: returned, actor, facts: factsOf() }).ok).toBe(true)
  })

  const batches: readonly (readonly [string, Partial<SessionFacts>, string | null])[] = [
    ['a clean record that this physician opened', {}, null],
    ['a record with a deviation', { deviations: 1 }, 'BATCH_DEVIATION'],
    ['a record with a complication', { complications: 1 }, 'BATCH_COMPLICATION'],
    ['a record with a warning', { warnings: 1 }, 'BATCH_WARNING'],
    [
      'a record that only a colleague opened',
      { wasOpenedByPhysician: true, wasOpenedByActor: false },
      'BATCH_NOT_OPENED',
    ],
  ]
  test.each(batches)('a batch and %s', (_, facts, code) => {
    const event = { ...events.SIGN_OFF, isBatch: true }
    const result = decideTransition({ state: 'SUBMITTED', event, actor: physician, facts: factsOf(facts) })
    expect(result.ok ? null : result.refusal.code).toBe(code)
  })
})

describe('four eyes', () => {
  const staff = [lena, noor, okafor, deputy] as const
  // Grants change between two moves: somebody may become a physician while their session waits.
  const rolesOf = fc.constantFrom<readonly Role[]>(
    ['aesthetician'],
    ['physician'],
    ['aesthetician', 'physician'],
    ['physician', 'manager'],
    ['frontDesk'],
    ['manager'],
    [],
  )
  const step = fc.record({
    staffId: fc.constantFrom(...staff),
    roles: rolesOf,
    // The moves towards a signature come more often, so that many walks get there.
    kind: fc.constantFrom(...sessionEvents, 'SUBMIT', 'RESUBMIT', 'SIGN_OFF', 'SIGN_OFF', 'SIGN_AS_AUTHOR'),
    takeoverReason: fc.constantFrom(null, 'on leave'),
    isBatch: fc.boolean(),
    isStarted: fc.boolean(),
    wasOpened: fc.boolean(),
  })

  test('no session authored by a non-physician reaches SIGNED without two different people', () => {
    let signings = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...staff),
        fc.constantFrom(...staff, null),
        fc.array(step, { minLength: 30, maxLength: 60 }),
        (authorId, supervisingPhysicianId, steps) => {
          let state: SessionState | null = 'DRAFT'
          const handedIn = new Set<StaffId>()
          for (const { staffId, roles, kind, takeoverReason, isBatch, isStarted, wasOpened } of steps) {
            const event: SessionEvent =
              kind === 'SIGN_OFF'
                ? { ...events.SIGN_OFF, takeoverReason, isBatch }
                : kind === 'RETURN'
                  ? { ...events.RETURN, takeoverReason }
                  : events[kind]
            const facts = factsOf({
              authorId,
              supervisingPhysicianId,
              isStarted,
              wasOpenedByActor: wasOpened,
              wasOpenedByPhysician: wasOpened,
            })
            const result = decideTransition({ state, event, actor: { staffId, roles }, facts })
            if (!result.ok) continue
            if (kind === 'SUBMIT' || kind === 'RESUBMIT') handedIn.add(staffId)
            if (result.value === 'SIGNED' && state !== 'SIGNED') {
              signings += 1
              expect([...handedIn]).toEqual([authorId])
              expect(staffId).not.toBe(authorId)
              expect(roles).toContain('physician')
            }
            state = result.value
          }
        },
      ),
      { numRuns: 500, seed: 20261122 },
    )
    expect(signings).toBeGreaterThan(50)
  })
})

describe('scenario 7: Dr Okafor returns the session of Ivo Petrov', () => {
  test('it is corrected as version 2 and signed in that version', () => {
    const pointers = [
      pointer,
      { path: '/zoneRows/0/passes/1/endpointAfter', text: 'NONE, yet stopped at the endpoint' },
    ]
    const physician = actors['the supervising physician']
    const author = actors['the author']
    const second = { currentVersionId: otherVersion, currentSha256: shaOf('e'), returnPointers: pointers }
    const moves: readonly (readonly [SessionEvent, Actor, Partial<SessionFacts>])[] = [
      [events.CREATE, author, {}],
      [events.SUBMIT, author, {}],
      [{ ...events.RETURN, pointers }, physician, {}],
      [
        {
          ...events.RESUBMIT,
          seenVersionId: otherVersion,
          replies: pointers.map(({ path }) => ({ path, reply: 'corrected' })),
        },
        author,
        second,
      ],
      [{ ...events.SIGN_OFF, seenVersionId: otherVersion, seenSha256: shaOf('e') }, physician, second],
      [events.ADD_ADDENDUM, author, second],
    ]
    let state: SessionState | null = null
    const path: SessionState[] = []
    for (const [event, actor, facts] of moves) {
      const result = decideTransition({ state, event, actor, facts: factsOf(facts) })
      if (!result.ok) throw new Error(result.refusal.code)
      state = result.value
      path.push(state)
    }
    expect(path).toEqual(['DRAFT', 'SUBMITTED', 'RETURNED', 'SUBMITTED', 'SIGNED', 'SIGNED'])
    // Version 1 on an old screen is not what is signed.
    expect(
      decideTransition({ state: 'SUBMITTED', event: events.SIGN_OFF, actor: physician, facts: factsOf(second) }),
    ).toEqual({ ok: false, refusal: { code: 'STALE_VERSION' } })
  })
})
