import type { SignerRole } from '../../shared/domain/consent/consent.ts'
import type { ConsentState } from '../../shared/domain/consent/consent-state.ts'
import type { ConsentProcedure } from '../../shared/domain/consent/template.ts'
import type { ConsentId, PatientId, SeriesId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** A published text. Only its approval is ever added; new wording is a new row. */
export interface ConsentTemplateTable {
  template_id: string
  major: number
  minor: number
  language: string
  procedure: ConsentProcedure
  jurisdiction: string
  effective_from: CalendarDate
  /** The template as published, RFC 8785 text; without approver. */
  body: string
  sha256: string
  published_at: Instant
  /** Null for the model text that is shipped. */
  published_by: StaffId | null
  approved_at: Instant | null
  approved_by: StaffId | null
}

export interface ConsentTable {
  id: ConsentId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  series_id: SeriesId | null
  template_id: string
  template_major: number
  template_minor: number
  procedure: ConsentProcedure
  max_depth_um: number
  document_sha256: string
  signer_role: SignerRole | null
  signed_at: Instant | null
  /** The clinic's calendar date of the signature. */
  signed_on: CalendarDate | null
  /** As stored: a form whose time is over still reads SIGNED here, and EXPIRED wherever it is read by date. */
  state: ConsentState
  voided_at: Instant | null
  voided_by: StaffId | null
  void_reason: string | null
}

export interface ConsentWithdrawalTable {
  id: string
  patient_id: PatientId
  consent_id: ConsentId
  at: Instant
  /** Who withdrew, as said: the patient's or guardian's name. */
  said_by: string
  how: 'VERBAL' | 'WRITTEN'
  /** Codes parted by a space. */
  scopes: string
  taken_by: StaffId
  note: string
}

export interface ConsentReacknowledgementTable {
  id: string
  patient_id: PatientId
  consent_id: ConsentId
  at: Instant
  said_by: string
  practitioner_id: StaffId
  supervising_physician_id: StaffId
  taken_by: StaffId
}

export type ConsentTables = {
  consent_template: ConsentTemplateTable
  consent: ConsentTable
  consent_withdrawal: ConsentWithdrawalTable
  consent_reacknowledgement: ConsentReacknowledgementTable
}
