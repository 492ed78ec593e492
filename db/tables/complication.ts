import type { ComplicationOutcome } from '../../shared/domain/complication.ts'
import type { ComplicationCode, Grade } from '../../shared/domain/complication-codes.ts'
import type { ComplicationState } from '../../shared/domain/complication-state.ts'
import type { Side, ZoneCode } from '../../shared/domain/zones.ts'
import type { ComplicationId, FollowUpId, PatientId, SessionId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

export interface ComplicationTable {
  id: ComplicationId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  /** Null until a clinician has named it. */
  code: ComplicationCode | null
  grade: Grade | null
  worst_grade: Grade | null
  onset_on: CalendarDate | null
  reported_at: Instant
  taken_by: StaffId
  red_flag: number
  /** 1 while the next session may not go into some zone. */
  blocks: number
  acknowledged: number
  /** First notice to a physician. */
  notified_at: Instant | null
  outcome: ComplicationOutcome
  resolved_on: CalendarDate | null
  state: ComplicationState
  closed_at: Instant | null
}

export interface ComplicationSessionTable {
  complication_id: ComplicationId
  patient_id: PatientId
  session_id: SessionId
}

export interface ComplicationZoneTable {
  complication_id: ComplicationId
  patient_id: PatientId
  no: number
  zone: ZoneCode
  side: Side
  site: string | null
}

export const storedFollowUpKinds = [
  'DAY_1_MESSAGE',
  'DAY_3_CHECK',
  'DAY_14_CHECK',
  'COMPLICATION_CHECK',
  /** An expected reaction that outlived its window. */
  'REACTION_CHECK',
  'CALL',
  /** Published photographs to be removed after a withdrawal. */
  'TAKE_DOWN',
  'OUTCOME_REVIEW',
] as const
export type StoredFollowUpKind = (typeof storedFollowUpKinds)[number]

export interface FollowUpTable {
  id: FollowUpId
  version: number
  patient_id: PatientId
  kind: StoredFollowUpKind
  session_id: SessionId | null
  complication_id: ComplicationId | null
  reaction_code: ComplicationCode | null
  due_on: CalendarDate
  needs_photos: number
  owner_id: StaffId | null
  state: 'OPEN' | 'DONE' | 'CANCELLED'
  /** In words; no clinical record hangs on it. */
  outcome: string | null
  done_on: CalendarDate | null
  done_by: StaffId | null
  created_at: Instant
  updated_at: Instant
}

export type ComplicationTables = {
  complication: ComplicationTable
  complication_session: ComplicationSessionTable
  complication_zone: ComplicationZoneTable
  follow_up: FollowUpTable
}
