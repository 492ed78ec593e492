import type { StaffId } from '../../kernel/ids.ts'
import { accept, type Result, refuse } from '../../kernel/result.ts'
import type { Role } from '../roles.ts'
import type { WithdrawalScope } from './consent.ts'

/** Clinical reference, section 6. SIGNED is the active form; VOIDED means signed in error and kept. */
export const consentStates = ['DRAFT', 'PRESENTED', 'SIGNED', 'SUPERSEDED', 'EXPIRED', 'WITHDRAWN', 'VOIDED'] as const
export type ConsentState = (typeof consentStates)[number]

/**
 * REVISE takes a form that was only shown back to the desk; REFUSE records a refusal and leaves the form presentable.
 * SUPERSEDE follows a newer signed form. EXPIRE fixes what `consentValidity` already reports by date.
 */
export const consentEvents = ['PRESENT', 'REVISE', 'REFUSE', 'SIGN', 'SUPERSEDE', 'EXPIRE', 'WITHDRAW', 'VOID'] as const
export type ConsentEventKind = (typeof consentEvents)[number]

export type ConsentEvent =
  | { readonly kind: Exclude<ConsentEventKind, 'REFUSE' | 'WITHDRAW' | 'VOID'> }
  | { readonly kind: 'REFUSE'; readonly reason: string }
  | { readonly kind: 'WITHDRAW'; readonly scopes: readonly WithdrawalScope[] }
  | { readonly kind: 'VOID'; readonly reason: string }

export type ConsentTransitionCode =
  | 'CONSENT_MOVE_NOT_ALLOWED'
  | 'CONSENT_ROLE_NOT_ALLOWED'
  | 'CONSENT_REASON_MISSING'
  | 'WITHDRAWAL_SCOPE_MISSING'

const nextStates: { readonly [From in ConsentState]: { readonly [Kind in ConsentEventKind]?: ConsentState } } = {
  DRAFT: { PRESENT: 'PRESENTED', VOID: 'VOIDED' },
  PRESENTED: { REVISE: 'DRAFT', REFUSE: 'PRESENTED', SIGN: 'SIGNED', VOID: 'VOIDED' },
  SIGNED: { SUPERSEDE: 'SUPERSEDED', EXPIRE: 'EXPIRED', WITHDRAW: 'WITHDRAWN', VOID: 'VOIDED' },
  SUPERSEDED: { WITHDRAW: 'WITHDRAWN', VOID: 'VOIDED' },
  EXPIRED: { WITHDRAW: 'WITHDRAWN', VOID: 'VOIDED' },
  // A patient who withdrew the course may later withdraw a photo as well.
  WITHDRAWN: { WITHDRAW: 'WITHDRAWN', VOID: 'VOIDED' },
  VOIDED: {},
}

/**
 * The next state of a consent. Withdrawing only photo permissions keeps the state: the treatment is still agreed to.
 * Front desk, aesthetician and physician may capture and take withdrawals; what was signed is voided by a physician
 * alone, with a reason (clinical reference, section 8, Rights).
 */
export function decideConsentTransition({
  state,
  event,
  actor,
}: {
  readonly state: ConsentState
  readonly event: ConsentEvent
  readonly actor: { readonly staffId: StaffId; readonly roles: readonly Role[] }
}): Result<ConsentState, ConsentTransitionCode> {
  const next = nextStates[state][event.kind]
  if (next === undefined) return refuse('CONSENT_MOVE_NOT_ALLOWED', { state, event: event.kind })
  const isSignedBefore = state !== 'DRAFT' && state !== 'PRESENTED'
  const allowed: readonly Role[] =
    event.kind === 'VOID' && isSignedBefore ? ['physician'] : ['frontDesk', 'aesthetician', 'physician']
  if (!actor.roles.some((role) => allowed.includes(role))) return refuse('CONSENT_ROLE_NOT_ALLOWED')
  if ((event.kind === 'VOID' || event.kind === 'REFUSE') && event.reason.trim() === '') {
    return refuse('CONSENT_REASON_MISSING')
  }
  if (event.kind !== 'WITHDRAW') return accept(next)
  if (event.scopes.length === 0) return refuse('WITHDRAWAL_SCOPE_MISSING')
  return accept(event.scopes.includes('ALL') || event.scopes.includes('SERIES') ? next : state)
}
