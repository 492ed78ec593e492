import type { SessionId } from '../kernel/ids.ts'
import type { SessionState } from './session-state.ts'
import { type QueueEntry, queueGroup } from './sign-off.ts'

/** Which sessions of others a physician must countersign (clinical reference, section 8, `signoff_required_for`). */
export const signOffScopes = ['ALL', 'ABOVE_DEPTH', 'DEVIATION', 'SAMPLE'] as const
export type SignOffScope = (typeof signOffScopes)[number]

/** The scope as the policy has it; the depth and the share count only where the scope asks for them. */
export type SignOffRule = {
  readonly signOffRequiredFor: SignOffScope
  /** ABOVE_DEPTH: sessions with a zone deeper than this. */
  readonly signOffAboveUm: number
  /** SAMPLE: of a hundred sessions, how many; 1 to 100. */
  readonly signOffSamplePercent: number
}

/**
 * Must a physician countersign this session? One with a deviation, complication, red flag or warning, or corrected at a
 * physician's word, always needs it; the policy decides about the others.
 */
export function needsCountersignature(
  session: Omit<QueueEntry, 'recordId' | 'submittedAt' | 'dueAt'> & {
    readonly sessionId: SessionId
    /** Deepest setting of any zone. */
    readonly maxDepthUm: number
  },
  rule: SignOffRule,
): boolean {
  if (queueGroup(session) !== 'CLEAN') return true
  switch (rule.signOffRequiredFor) {
    case 'ALL':
      return true
    case 'ABOVE_DEPTH':
      return session.maxDepthUm > rule.signOffAboveUm
    case 'DEVIATION':
      return false
    case 'SAMPLE':
      return placeInHundred(session.sessionId) < rule.signOffSamplePercent
  }
}

/** Does this session, performed and not yet signed, keep the next one waiting where the policy says so? */
export function isSettled(session: { readonly state: SessionState; readonly isSignOffRequired: boolean }): boolean {
  return session.state === 'SIGNED' || (session.state === 'SUBMITTED' && !session.isSignOffRequired)
}

/** 0 to 99, always the same for one session: the sample is nobody's choice (FNV-1a over the id). */
function placeInHundred(sessionId: SessionId): number {
  let hash = 0x811c9dc5
  for (const character of sessionId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  // The lowest bits of this hash follow the last characters too closely; folding mixes the highest into them.
  return ((hash >>> 16) ^ (hash & 0xffff)) % 100
}
