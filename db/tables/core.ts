import type { RecordKind } from '../../shared/domain/record-kinds.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { AttachmentId, PatientId, SignatureId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** Single facts of this store: `store_id`, `clinic_name`, `time_zone`, `date_order`, `is_sample`, ... */
export interface StoreFactTable {
  name: string
  value: string
}

export interface StaffTable {
  id: StaffId
  version: number
  sign_in_name: string
  printed_name: string
  credential: string
  board_certification: string | null
  licence_number: string | null
  licence_state: string | null
  licence_level: string | null
  licence_expires_on: CalendarDate | null
  /** NP and PA may examine where the policy says so. */
  examiner_kind: 'PHYSICIAN' | 'NP' | 'PA' | null
  status: 'INVITED' | 'ACTIVE' | 'DEACTIVATED'
  created_at: Instant
  updated_at: Instant
}

/** One row per grant held; ended grants keep their end. */
export interface StaffGrantTable {
  id: string
  staff_id: StaffId
  role: Role
  granted_at: Instant
  granted_by: StaffId | null
  ended_at: Instant | null
}

/** PHC strings of scrypt; they live only inside the encrypted store. */
export interface StaffSecretTable {
  staff_id: StaffId
  password_hash: string | null
  pin_hash: string | null
  /** Hash of the code that lets a person set a first (or new) password; null once used. */
  one_time_code_hash: string | null
  one_time_code_until: Instant | null
  /** Who gave the code and when: stays after its use, for the certificate of the key that follows it. */
  one_time_code_by: StaffId | null
  one_time_code_at: Instant | null
  password_misses: number
  /** Wall time until which passwords are refused, and the same as milliseconds still to wait at `locked_at`. */
  locked_until: Instant | null
  lock_ms: number
  pin_misses: number
  /** 1 when five PIN misses switched it off until the next full password. */
  pin_off: number
}

export interface AuditEntryTable {
  seq: number
  at: Instant
  /** Minutes that the clinic's wall clock was ahead of UTC. */
  offset_min: number
  actor_id: StaffId | null
  roles: string
  sign_in_id: string | null
  connection_id: string | null
  app_version: string
  action: string
  subject: string
  subject_id: string | null
  version_id: VersionId | null
  version_before_id: VersionId | null
  patient_id: PatientId | null
  outcome: 'DONE' | 'REFUSED' | 'FAILED'
  /** A code, never free text of a person. */
  reason: string | null
  prev_hash: string
  hash: string
  mac: string
}

/** Immutable: what a record said at one time, as RFC 8785 bytes. Head rows are a projection of the newest. */
export interface RecordVersionTable {
  id: VersionId
  kind: RecordKind
  record_id: string
  patient_id: PatientId | null
  number: number
  /** e.g. `session/1`; every schema ever shipped stays readable. */
  schema: string
  body: string
  /** SHA-256 of `body` as UTF-8, hex. */
  sha256: string
  made_at: Instant
  made_by: StaffId | null
  /** CREATED, SUBMITTED, CORRECTED, EDITED ...: why this version exists. */
  reason: string
}

export interface SignatureTable {
  id: SignatureId
  /** `reauth/1`: identity proved by password or PIN; no key pair. Later schemes add their own name. */
  scheme: string
  kind: RecordKind
  record_id: string
  /** 1, 2, 3 ... within the record: the order of signing, also where two clocks agree to the millisecond. */
  number: number
  version_id: VersionId
  sha256: string
  /** Staff, or null where a patient or guardian signed. */
  signer_id: StaffId | null
  signer_name: string
  credential: string
  licence: string
  meaning: string
  signed_at: Instant
  offset_min: number
  key_id: string | null
}

/** The newest text of an unfinished form. Saved within a second, audited once per person and editing spell. */
export interface DraftTable {
  id: string
  kind: string
  patient_id: PatientId | null
  owner_id: StaffId
  version: number
  body: string
  created_at: Instant
  updated_at: Instant
}

export interface AttachmentTable {
  id: AttachmentId
  sha256: string
  media_type: string
  bytes: number
  /** Random name under `files/`; tells nothing. */
  file_name: string
  made_at: Instant
  made_by: StaffId | null
  patient_id: PatientId | null
}

export interface CommandReplyTable {
  key: string
  staff_id: StaffId
  procedure: string
  input_sha256: string
  reply: string
  at: Instant
}

export type CoreTables = {
  store_fact: StoreFactTable
  staff: StaffTable
  staff_grant: StaffGrantTable
  staff_secret: StaffSecretTable
  audit_entry: AuditEntryTable
  record_version: RecordVersionTable
  signature: SignatureTable
  draft: DraftTable
  attachment: AttachmentTable
  command_reply: CommandReplyTable
  migration: MigrationTable
}

export interface MigrationTable {
  id: number
  name: string
  applied_at: Instant
}
