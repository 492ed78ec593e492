import type { Causality, ComplicationOutcome } from '../../shared/domain/complication.ts'
import type { ComplicationCode, Grade } from '../../shared/domain/complication-codes.ts'
import type { ComplicationState } from '../../shared/domain/complication-state.ts'
import type { FollowUpKind, FollowUpResult } from '../../shared/domain/follow-up.ts'
import type { SeriesStatus } from '../../shared/domain/series.ts'
import type { Side, ZoneCode } from '../../shared/domain/zones.ts'
import type {
  ComplicationId,
  FollowUpId,
  PatientId,
  SeriesId,
  SessionId,
  StaffId,
  VersionId,
} from '../../shared/kernel/ids.ts'
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
  causality: Causality | null
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

export interface ComplicationHoldTable {
  id: string
  patient_id: PatientId
  complication_id: ComplicationId
  series_id: SeriesId
  /** What the series goes back to. */
  status_before: SeriesStatus
  held_at: Instant
  released_at: Instant | null
  released_by: StaffId | null
}

export interface ComplicationDisclosureTable {
  id: string
  patient_id: PatientId
  complication_id: ComplicationId
  disclosed_on: CalendarDate
  recipient: string
  /** Empty where nobody knows it. */
  address: string
  description: string
  purpose: string
  entered_by: StaffId
  entered_at: Instant
}

export interface FollowUpTable {
  id: FollowUpId
  version: number
  patient_id: PatientId
  kind: FollowUpKind
  session_id: SessionId | null
  complication_id: ComplicationId | null
  series_id: SeriesId | null
  reaction_code: ComplicationCode | null
  /** What a call by hand is about; empty for all others. */
  about: string
  due_on: CalendarDate
  /** First and last day on which it is in time; the due day itself where there is no window. */
  from_on: CalendarDate
  until_on: CalendarDate
  needs_photos: number
  owner_id: StaffId | null
  state: 'OPEN' | 'DONE' | 'CANCELLED'
  result: FollowUpResult | null
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
  complication_hold: ComplicationHoldTable
  complication_disclosure: ComplicationDisclosureTable
  follow_up: FollowUpTable
}
