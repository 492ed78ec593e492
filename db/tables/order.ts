import type { DeviceType } from '../../shared/domain/device.ts'
import type { OrderId, PatientId, SeriesId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** `order` is a word of SQL, hence the table's name. Rows exist from the signature on; an unfinished form is a draft. */
export interface TreatmentOrderTable {
  id: OrderId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  series_id: SeriesId | null
  examined_on: CalendarDate
  expires_on: CalendarDate
  device_type: DeviceType
  sessions: number
  signed_by: StaffId
  signed_at: Instant
  /** What happened to it after the signature; whether it is in date is computed when read. */
  state: 'SIGNED' | 'SUPERSEDED' | 'REVOKED'
  superseded_by: OrderId | null
  ended_by: StaffId | null
  ended_at: Instant | null
  ended_reason: string | null
}

export type OrderTables = { treatment_order: TreatmentOrderTable }
