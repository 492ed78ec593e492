import type { Evaluation, StaffIncidentKind } from '../../shared/domain/staff-incident.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** An exposure of a member of staff; it names no patient. */
export interface StaffIncidentTable {
  id: string
  kind: StaffIncidentKind
  injured_id: StaffId
  happened_on: CalendarDate
  /** Wall clock of the clinic; empty where nobody knows. */
  at_time: string
  place: string
  device: string
  how_it_happened: string
  first_aid: string
  evaluation: Evaluation
  recorded_by: StaffId
  recorded_at: Instant
  closed_by: StaffId | null
  closed_at: Instant | null
}

export interface StaffIncidentNoteTable {
  id: string
  incident_id: string
  text: string
  noted_by: StaffId
  noted_at: Instant
}

export type StaffIncidentTables = {
  staff_incident: StaffIncidentTable
  staff_incident_note: StaffIncidentNoteTable
}
