import type { Actor, SessionEvent, SessionEventKind, SessionFacts } from '../../shared/domain/session-state.ts'
import type { StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { deputy, frontDesk, idOf, lena, noor, okafor, shaOf } from './record-bodies.ts'

export const version = idOf<VersionId>(600)
export const otherVersion = idOf<VersionId>(601)
export const pointer = { path: '/anaesthetic/offAt', text: 'The off-time is missing' }

export const actors = {
  'the author': { staffId: lena, roles: ['aesthetician'] },
  'another aesthetician': { staffId: noor, roles: ['aesthetician'] },
  'the supervising physician': { staffId: okafor, roles: ['physician'] },
  'another physician': { staffId: deputy, roles: ['physician'] },
  'the front desk': { staffId: frontDesk, roles: ['frontDesk'] },
  'the manager': { staffId: idOf<StaffId>(6), roles: ['manager'] },
} as const satisfies Readonly<Record<string, Actor>>
export type ActorName = keyof typeof actors
export const actorNames = Object.keys(actors) as ActorName[]

/** Lena's session under Dr Okafor, with nothing against any move. */
export function factsOf(changes: Partial<SessionFacts> = {}): SessionFacts {
  return {
    authorId: lena,
    authorIsPhysician: false,
    supervisingPhysicianId: okafor,
    isStarted: true,
    currentVersionId: version,
    currentSha256: shaOf('d'),
    wasOpenedByPhysician: false,
    wasOpenedByActor: true,
    deviations: 0,
    complications: 0,
    warnings: 0,
    returnPointers: [pointer],
    ...changes,
  }
}

/** Each event with everything that its guard asks for. */
export const events = {
  CREATE: { kind: 'CREATE', hasPatientAndSeries: true },
  EDIT: { kind: 'EDIT', seenVersionId: version },
  SUBMIT: {
    kind: 'SUBMIT',
    seenVersionId: version,
    isComplete: true,
    deviationsWithoutReason: 0,
    hasAuthorSignature: true,
  },
  DISCARD: { kind: 'DISCARD', seenVersionId: version },
  RECALL: { kind: 'RECALL', seenVersionId: version },
  RETURN: {
    kind: 'RETURN',
    seenVersionId: version,
    reason: 'Please complete',
    pointers: [pointer],
    hasDueDate: true,
    takeoverReason: null,
  },
  RESUBMIT: {
    kind: 'RESUBMIT',
    seenVersionId: version,
    isNewVersion: true,
    replies: [{ path: pointer.path, reply: '14:20, added' }],
    isComplete: true,
    deviationsWithoutReason: 0,
    hasAuthorSignature: true,
  },
  SIGN_OFF: {
    kind: 'SIGN_OFF',
    seenVersionId: version,
    seenSha256: shaOf('d'),
    isReauthenticated: true,
    undisposedDeviations: 0,
    takeoverReason: null,
    isBatch: false,
  },
  SIGN_AS_AUTHOR: {
    kind: 'SIGN_AS_AUTHOR',
    seenVersionId: version,
    seenSha256: shaOf('d'),
    isReauthenticated: true,
    undisposedDeviations: 0,
    isComplete: true,
    deviationsWithoutReason: 0,
    hasAuthorSignature: true,
  },
  ADD_ADDENDUM: { kind: 'ADD_ADDENDUM', reason: 'Patient remembered a medicine' },
  MARK_ENTERED_IN_ERROR: { kind: 'MARK_ENTERED_IN_ERROR', seenVersionId: version, reason: 'wrong patient' },
  OVERDUE: { kind: 'OVERDUE' },
  DELETE: { kind: 'DELETE' },
} as const satisfies { readonly [Kind in SessionEventKind]: Extract<SessionEvent, { kind: Kind }> }
