import type { Evaluation, StaffIncident } from '../../shared/domain/staff-incident.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { StaffIncidentNoteTable, StaffIncidentTable } from '../tables/staff-incident.ts'

type Making = { readonly id: string; readonly by: StaffId; readonly at: Instant }

export async function insertStaffIncident(trx: Trx, incident: StaffIncident, { id, by, at }: Making): Promise<void> {
  await insertRow(trx, 'staff_incident', {
    id,
    kind: incident.kind,
    injured_id: incident.injuredId,
    happened_on: incident.happenedOn,
    at_time: incident.atTime,
    place: incident.place,
    device: incident.device,
    how_it_happened: incident.howItHappened,
    first_aid: incident.firstAid,
    evaluation: 'TO_ARRANGE',
    recorded_by: by,
    recorded_at: at,
    closed_by: null,
    closed_at: null,
  })
}

export async function insertIncidentNote(
  trx: Trx,
  note: { readonly incidentId: string; readonly text: string; readonly evaluation: Evaluation },
  { id, by, at }: Making,
): Promise<void> {
  const { incidentId, text, evaluation } = note
  await insertRow(trx, 'staff_incident_note', { id, incident_id: incidentId, text, noted_by: by, noted_at: at })
  const changed = await change(trx, 'update staff_incident set evaluation = ? where id = ? and closed_at is null', [
    evaluation,
    incidentId,
  ])
  if (changed !== 1) throw new Error(`staff incident ${incidentId} is closed`)
}

export async function closeStaffIncident(trx: Trx, { id, by, at }: Making): Promise<void> {
  const changed = await change(
    trx,
    'update staff_incident set closed_by = ?, closed_at = ? where id = ? and closed_at is null',
    [by, at, id],
  )
  if (changed !== 1) throw new Error(`staff incident ${id} is closed`)
}

export function selectStaffIncident(reader: Reader, id: string): Promise<StaffIncidentTable | null> {
  return one<StaffIncidentTable>(reader, 'select * from staff_incident where id = ?', [id])
}

/** Newest first, at most 500. */
export function selectStaffIncidents(reader: Reader): Promise<readonly StaffIncidentTable[]> {
  return many<StaffIncidentTable>(
    reader,
    'select * from staff_incident order by happened_on desc, recorded_at desc, id limit 500',
  )
}

/** Of all incidents, oldest first, at most 5,000. */
export function selectIncidentNotes(reader: Reader): Promise<readonly StaffIncidentNoteTable[]> {
  return many<StaffIncidentNoteTable>(
    reader,
    'select * from staff_incident_note order by incident_id, noted_at, id limit 5000',
  )
}
