import { describe, expect, test } from 'vitest'
import {
  type AddendumEvent,
  type AddendumEventKind,
  type AddendumFacts,
  type AddendumState,
  acceptanceOf,
  addendumEvents,
  addendumStates,
  amendmentDueOn,
  decideAddendumTransition,
  isLateEntry,
  isSafetyRelevant,
} from '../../shared/domain/addendum.ts'
import type { Actor } from '../../shared/domain/session-state.ts'
import type { StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { deputy, frontDesk, idOf, lena, noor, okafor } from './record-bodies.ts'

const version = idOf<VersionId>(600)
const pointer = { path: '/text', text: 'Which medicine?' }
const actors = {
  'the author': { staffId: lena, roles: ['aesthetician'] },
  'another aesthetician': { staffId: noor, roles: ['aesthetician'] },
  'the supervising physician': { staffId: okafor, roles: ['physician'] },
  'another physician': { staffId: deputy, roles: ['physician'] },
  'the front desk': { staffId: frontDesk, roles: ['frontDesk'] },
  'the manager': { staffId: idOf<StaffId>(6), roles: ['manager'] },
} as const satisfies Readonly<Record<string, Actor>>
type ActorName = keyof typeof actors
const actorNames = Object.keys(actors) as ActorName[]

function factsOf(changes: Partial<AddendumFacts> = {}): AddendumFacts {
  return {
    authorId: lena,
    authorIsPhysician: false,
    recordAuthorId: lena,
    supervisingPhysicianId: okafor,
    acceptanceOf: null,
    isRecordSigned: true,
    currentVersionId: version,
    returnPointers: [pointer],
    ...changes,
  }
}

const events = {
  CREATE: { kind: 'CREATE', reason: 'A medicine was misspelt' },
  EDIT: { kind: 'EDIT', seenVersionId: version },
  SUBMIT: { kind: 'SUBMIT', seenVersionId: version, isComplete: true },
  RETURN: { kind: 'RETURN', seenVersionId: version, reason: 'Unclear', pointers: [pointer], takeoverReason: null },
  RESUBMIT: {
    kind: 'RESUBMIT',
    seenVersionId: version,
    isComplete: true,
    isNewVersion: true,
    replies: [{ path: pointer.path, reply: 'levothyroxine' }],
  },
  SIGN_OFF: { kind: 'SIGN_OFF', seenVersionId: version, isReauthenticated: true, takeoverReason: null },
  SIGN_AS_AUTHOR: { kind: 'SIGN_AS_AUTHOR', seenVersionId: version, isComplete: true, isReauthenticated: true },
  DELETE: { kind: 'DELETE' },
} as const satisfies { readonly [Kind in AddendumEventKind]: Extract<AddendumEvent, { kind: Kind }> }

const allowed: Readonly<Record<string, { readonly by: readonly ActorName[]; readonly to: AddendumState }>> = {
  'null CREATE': { by: ['the author', 'the supervising physician', 'another physician'], to: 'DRAFT' },
  'DRAFT EDIT': { by: ['the author'], to: 'DRAFT' },
  'DRAFT SUBMIT': { by: ['the author'], to: 'SUBMITTED' },
  'SUBMITTED RETURN': { by: ['the supervising physician'], to: 'RETURNED' },
  'SUBMITTED SIGN_OFF': { by: ['the supervising physician'], to: 'SIGNED' },
  'RETURNED EDIT': { by: ['the author'], to: 'RETURNED' },
  'RETURNED RESUBMIT': { by: ['the author'], to: 'SUBMITTED' },
}

describe('an addendum to Lena’s session', () => {
  const states: readonly (AddendumState | null)[] = [null, ...addendumStates]
  test.each(states.flatMap((state) => addendumEvents.map((event) => ({ state, event }))))(
    '$state, $event',
    ({ state, event }) => {
      const row = allowed[`${state} ${event}`]
      const became = actorNames.map((name) => {
        const result = decideAddendumTransition({ state, event: events[event], actor: actors[name], facts: factsOf() })
        return [name, result.ok ? result.value : null]
      })
      expect(became).toEqual(actorNames.map((name) => [name, row?.by.includes(name) ? row.to : null]))
    },
  )

  const guards: readonly (readonly [
    string,
    AddendumState | null,
    AddendumEvent,
    ActorName,
    Partial<AddendumFacts>,
    string,
  ])[] = [
    [
      'is written to a signed record only',
      null,
      events.CREATE,
      'the author',
      { isRecordSigned: false },
      'RECORD_NOT_SIGNED',
    ],
    ['says why', null, { ...events.CREATE, reason: ' ' }, 'the author', {}, 'ADDENDUM_REASON_MISSING'],
    ['is complete', 'DRAFT', { ...events.SUBMIT, isComplete: false }, 'the author', {}, 'ADDENDUM_INCOMPLETE'],
    ['needs a second person', 'DRAFT', events.SIGN_AS_AUTHOR, 'the author', {}, 'SECOND_PERSON_NEEDED'],
    [
      'is not signed from an old screen',
      'SUBMITTED',
      { ...events.SIGN_OFF, seenVersionId: idOf<VersionId>(1) },
      'the supervising physician',
      {},
      'STALE_VERSION',
    ],
    [
      'is signed with the password or PIN',
      'SUBMITTED',
      { ...events.SIGN_OFF, isReauthenticated: false },
      'the supervising physician',
      {},
      'REAUTHENTICATION_NEEDED',
    ],
    ['is taken over with a reason', 'SUBMITTED', events.SIGN_OFF, 'another physician', {}, 'TAKEOVER_REASON_MISSING'],
    [
      'is not countersigned by its author',
      'SUBMITTED',
      events.SIGN_OFF,
      'the supervising physician',
      { authorId: okafor },
      'OWN_ADDENDUM',
    ],
    [
      'is returned with a reason',
      'SUBMITTED',
      { ...events.RETURN, reason: '' },
      'the supervising physician',
      {},
      'RETURN_REASON_MISSING',
    ],
    [
      'is returned with pointers',
      'SUBMITTED',
      { ...events.RETURN, pointers: [] },
      'the supervising physician',
      {},
      'RETURN_POINTERS_MISSING',
    ],
    [
      'comes back as a new version',
      'RETURNED',
      { ...events.RESUBMIT, isNewVersion: false },
      'the author',
      {},
      'NEW_VERSION_NEEDED',
    ],
    [
      'comes back with every answer',
      'RETURNED',
      { ...events.RESUBMIT, replies: [] },
      'the author',
      {},
      'REPLY_MISSING',
    ],
    ['is never deleted', 'DRAFT', events.DELETE, 'the author', {}, 'NOTHING_IS_DELETED'],
  ]
  test.each(guards)('%s', (_, state, event, actor, facts, code) => {
    expect(decideAddendumTransition({ state, event, actor: actors[actor], facts: factsOf(facts) })).toMatchObject({
      ok: false,
      refusal: { code },
    })
  })

  test('may be signed by another physician with a reason', () => {
    const event = { ...events.SIGN_OFF, takeoverReason: 'Dr Okafor is on leave' }
    const actor = actors['another physician']
    expect(decideAddendumTransition({ state: 'SUBMITTED', event, actor, facts: factsOf() }).ok).toBe(true)
  })
})

describe('a physician’s own addendum', () => {
  const facts = factsOf({ authorId: okafor, authorIsPhysician: true })
  const actor = actors['the supervising physician']

  test('needs one signature and no second person', () => {
    const sign = decideAddendumTransition({ state: 'DRAFT', event: events.SIGN_AS_AUTHOR, actor, facts })
    expect(sign).toEqual({ ok: true, value: 'SIGNED' })
    const submit = decideAddendumTransition({ state: 'DRAFT', event: events.SUBMIT, actor, facts })
    expect(submit).toEqual({ ok: false, refusal: { code: 'AUTHOR_SIGNS_ALONE' } })
  })

  test('is signed with the password or PIN and complete', () => {
    const refusalOf = (change: object) =>
      decideAddendumTransition({ state: 'DRAFT', event: { ...events.SIGN_AS_AUTHOR, ...change }, actor, facts })
    expect(refusalOf({ isComplete: false })).toMatchObject({ refusal: { code: 'ADDENDUM_INCOMPLETE' } })
    expect(refusalOf({ isReauthenticated: false })).toMatchObject({ refusal: { code: 'REAUTHENTICATION_NEEDED' } })
  })
})

describe('dates of an addendum', () => {
  test('the request of 20 Jun 2026 is answered by 19 Aug (scenario 7)', () => {
    expect(amendmentDueOn('2026-06-20')).toBe('2026-08-19')
  })

  test('an entry is late after the hours the author has', () => {
    const happenedAt = '2026-06-09T20:00:00.000Z'
    const late = (writtenAt: string) => isLateEntry({ happenedAt, writtenAt, authorCompleteHours: 24 })
    expect([late('2026-06-10T20:00:00.000Z'), late('2026-06-10T20:00:01.000Z')]).toEqual([false, true])
  })
})

describe('what asks a physician’s acceptance anew', () => {
  test.each([
    ['SESSION', '/zoneRows/0/depthUm', true, true],
    ['SESSION', '/cartridgeUses/0/lotRaw', false, true],
    ['SESSION', '/anaesthetic/lotRaw', true, true],
    ['SESSION', '/postProducts', false, true],
    ['SESSION', '/consentId', true, true],
    ['SESSION', '/notes', true, false],
    ['SESSION', '/painMax', true, false],
    ['SESSION', null, true, true],
    ['SESSION', null, false, false],
    ['CONSENT', null, false, true],
    ['COMPLICATION', '/grade', true, true],
    ['SCREENING', '/answers', true, false],
  ] as const)('%s at %s, with a correction: %s, touches safety: %s', (kind, fieldPath, hasCorrection, expected) => {
    expect(isSafetyRelevant({ kind, fieldPath, hasCorrection })).toBe(expected)
  })

  test('is nobody’s where the author accepted the record, or nobody did', () => {
    const asked = (acceptedById: StaffId | null, isRelevant = true) =>
      acceptanceOf({ isSafetyRelevant: isRelevant, authorId: okafor, acceptedById })
    expect([asked(deputy), asked(okafor), asked(null), asked(deputy, false)]).toEqual([deputy, null, null, null])
  })

  test('lets no physician sign alone what another one accepted', () => {
    const facts = factsOf({
      authorId: okafor,
      authorIsPhysician: true,
      acceptanceOf: deputy,
      supervisingPhysicianId: deputy,
    })
    const decide = (event: AddendumEvent, state: AddendumState, actor: ActorName) =>
      decideAddendumTransition({ state, event, actor: actors[actor], facts })
    expect(decide(events.SIGN_AS_AUTHOR, 'DRAFT', 'the supervising physician')).toMatchObject({
      refusal: { code: 'SECOND_PERSON_NEEDED' },
    })
    expect(decide(events.SUBMIT, 'DRAFT', 'the supervising physician')).toMatchObject({ value: 'SUBMITTED' })
    expect(decide(events.SIGN_OFF, 'SUBMITTED', 'another physician')).toMatchObject({ value: 'SIGNED' })
    expect(decide(events.SIGN_OFF, 'SUBMITTED', 'the supervising physician')).toMatchObject({
      refusal: { code: 'OWN_ADDENDUM' },
    })
  })
})
