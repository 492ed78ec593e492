import type { SessionState } from '../../shared/domain/session-state.ts'
import type { DeviationDisposition } from '../../shared/domain/sign-off.ts'
import type { Side, ZoneCode } from '../../shared/domain/zones.ts'
import type {
  CartridgeLotId,
  ConsentId,
  DeviceId,
  OrderId,
  PatientId,
  ProductLotId,
  SeriesId,
  SessionId,
  StaffId,
  VersionId,
} from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** One treatment session from its first draft on. What is typed before the submission is a row of `draft`. */
export interface SessionTable {
  id: SessionId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  series_id: SeriesId
  session_no: number
  /** The author. */
  practitioner_id: StaffId
  /** 1 where the author held the physician grant when the session was begun. */
  author_is_physician: number
  supervising_physician_id: StaffId | null
  order_id: OrderId | null
  consent_id: ConsentId | null
  device_id: DeviceId | null
  /** 1 where the device works with radiofrequency: another procedure than plain microneedling. */
  is_rf: number
  policy_version_id: VersionId | null
  /** 1 where it took place without having passed the start gate. */
  record_only: number
  is_started: number
  gate_passed_at: Instant | null
  started_at: Instant | null
  ended_at: Instant | null
  /** The clinic's calendar day of the start. */
  performed_on: CalendarDate | null
  /** `foldRoom` of the room, for look-backs. */
  room_key: string | null
  zones: number
  max_depth_um: number | null
  deviations: number
  warnings: number
  red_flags: number
  late_entry: number
  /** Complications reported about this session that are not entered in error; kept by the complications themselves. */
  complications: number
  state: SessionState
  /** How often it was submitted. */
  submissions: number
  /** How often it was returned. */
  returns: number
  /** Place in the sign-off queue: 0 red flag, 1 needs a look, 2 clean. */
  queue_group: number
  /** 0 where the policy of the submission asks for no countersignature. A physician may sign it all the same. */
  sign_off_required: number
  /** Of the last submission, as the two dates beside it. */
  submitted_at: Instant | null
  due_at: Instant | null
  escalate_at: Instant | null
  signed_at: Instant | null
  signed_by: StaffId | null
  voided_at: Instant | null
  voided_by: StaffId | null
  void_reason: string | null
  /** Where the treatment really belongs; may be a session of another patient. */
  correct_session_id: SessionId | null
}

export interface SessionZoneTable {
  patient_id: PatientId
  session_id: SessionId
  no: number
  zone: ZoneCode
  side: Side
  site: string | null
  indication: string
  depth_um: number
  technique: string
  /** How many. */
  passes: number
  cartridge: string
}

/** Also filled from the draft, so that a recalled lot is found before anybody has submitted the record. */
export interface SessionCartridgeTable {
  patient_id: PatientId
  session_id: SessionId
  no: number
  label: string
  cartridge_lot_id: CartridgeLotId | null
  lot_raw: string
  lot_normalised: string
  /** 0 where the lot is missing or cannot be read, and no register row names it. */
  lot_legible: number
  serial: string | null
  /** Lot and serial: one physical cartridge. */
  cartridge_key: string | null
  expires_on: CalendarDate | null
}

export interface SessionProductTable {
  patient_id: PatientId
  session_id: SessionId
  no: number
  used_as: 'SKIN_PREP' | 'ANAESTHETIC' | 'ADDON' | 'DURING' | 'AFTER'
  product_lot_id: ProductLotId | null
  name: string
  lot_raw: string | null
  lot_normalised: string | null
  /** As for cartridges. */
  lot_legible: number
}

/** A record sent back, and the author's answers once they came. */
export interface SessionReturnTable {
  id: string
  patient_id: PatientId
  session_id: SessionId
  no: number
  /** The version that was returned. */
  version_id: VersionId
  reason: string
  /** JSON array of `{path, text}`. */
  pointers: string
  due_at: Instant
  returned_by: StaffId
  returned_at: Instant
  takeover_reason: string | null
  /** JSON array of `{path, reply}`. */
  replies: string | null
  replied_at: Instant | null
  reply_version_id: VersionId | null
}

/** What was decided about one deviation of one signed version. */
export interface SessionDispositionTable {
  id: string
  patient_id: PatientId
  session_id: SessionId
  version_id: VersionId
  deviation_id: string
  disposition: DeviationDisposition
  note: string
  decided_by: StaffId
  decided_at: Instant
}

/** A physician's word that this session may follow the last one sooner than the policy's shorter bound. */
export interface SessionIntervalClearanceTable {
  id: string
  patient_id: PatientId
  session_id: SessionId
  reason: string
  cleared_by: StaffId
  cleared_at: Instant
}

export type SessionTables = {
  session: SessionTable
  session_zone: SessionZoneTable
  session_cartridge: SessionCartridgeTable
  session_product: SessionProductTable
  session_return: SessionReturnTable
  session_disposition: SessionDispositionTable
  session_interval_clearance: SessionIntervalClearanceTable
}
