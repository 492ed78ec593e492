import type { PatientId, SeriesId, VersionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import type { SessionBody, SessionDraft } from './session.ts'
import type { SessionBasis } from './session-desk.ts'
import type { StaffSnapshot } from './staff.ts'

/** Why a session was kept before anybody signed it. */
export const openingStages = ['BEGUN', 'STARTED', 'RECORD_ONLY', 'DISCARDED', 'VOIDED'] as const
export type OpeningStage = (typeof openingStages)[number]

/**
 * A session that is not submitted yet, as it stood at one of its steps: the draft of that moment and, from the start on,
 * the plan and the facts that the gate judged. What is typed in between lives in the draft alone.
 */
export type SessionOpening = {
  readonly schema: 'session-opening/1'
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly sessionNo: number
  readonly practitioner: StaffSnapshot
  readonly stage: OpeningStage
  /** The treatment began, or took place without having passed the gate. */
  readonly isStarted: boolean
  readonly gatePassedAt: Instant | null
  readonly policyVersionId: VersionId | null
  /** What the gate read; null in a session that passed none. */
  readonly basis: SessionBasis | null
  readonly draft: SessionDraft
}

/** Every body that a session's versions can have. */
export type SessionRecordBody = SessionBody | SessionOpening

export function isSubmittedBody(body: SessionRecordBody): body is SessionBody {
  return body.schema === 'session/1'
}
