import type { DelegationId, StaffId, SupervisionId, TrainingId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** What stood beside a person's name from one version of the staff row on; `version` is that row's. */
export interface StaffCredentialTable {
  staff_id: StaffId
  version: number
  printed_name: string
  credential: string
  board_certification: string | null
  licence_number: string | null
  licence_state: string | null
  licence_level: string | null
  licence_expires_on: CalendarDate | null
  made_at: Instant
  /** Null for the owner, who set the clinic up. */
  made_by: StaffId | null
}

export interface StaffSupervisionTable {
  id: SupervisionId
  staff_id: StaffId
  physician_id: StaffId
  from_on: CalendarDate
  /** Last day; null while it goes on. */
  until_on: CalendarDate | null
  made_at: Instant
  made_by: StaffId
  /** Taken back before it began. */
  withdrawn_at: Instant | null
  withdrawn_by: StaffId | null
}

export interface StaffTrainingTable {
  id: TrainingId
  staff_id: StaffId
  manufacturer: string
  model: string
  /** Number or other reference of the certificate. */
  certificate: string
  completed_on: CalendarDate
  expires_on: CalendarDate | null
  made_at: Instant
  made_by: StaffId
  withdrawn_at: Instant | null
  withdrawn_by: StaffId | null
  withdrawn_reason: string | null
}

export interface StaffDelegationTable {
  id: DelegationId
  physician_id: StaffId
  deputy_id: StaffId
  from_on: CalendarDate
  until_on: CalendarDate
  made_at: Instant
  made_by: StaffId
  withdrawn_at: Instant | null
  withdrawn_by: StaffId | null
}

export type StaffPracticeTables = {
  staff_credential: StaffCredentialTable
  staff_supervision: StaffSupervisionTable
  staff_training: StaffTrainingTable
  staff_delegation: StaffDelegationTable
}
