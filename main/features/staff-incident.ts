import { selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import {
  closeStaffIncident,
  insertIncidentNote,
  insertStaffIncident,
  selectIncidentNotes,
  selectStaffIncident,
  selectStaffIncidents,
} from '../../db/queries/staff-incident.ts'
import type { contract } from '../../shared/contract/index.ts'
import { checkStaffIncident, mayCloseStaffIncident } from '../../shared/domain/staff-incident.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CommandContext, Handlers } from '../app/context.ts'

export const staffIncidentHandlers = {
  list: async (context) => {
    const staff = await selectStaff(context.reader)
    const nameById = new Map(staff.map((member) => [member.staffId, member.printedName]))
    const notes = await selectIncidentNotes(context.reader)
    const rows = await selectStaffIncidents(context.reader)
    context.audit({ action: 'staffIncident.list', subject: 'staff_incident' })
    return accept({
      incidents: rows.map((row) => ({
        incidentId: row.id,
        kind: row.kind,
        injuredId: row.injured_id,
        injuredName: nameById.get(row.injured_id) ?? '',
        happenedOn: row.happened_on,
        atTime: row.at_time,
        place: row.place,
        device: row.device,
        howItHappened: row.how_it_happened,
        firstAid: row.first_aid,
        evaluation: row.evaluation,
        isClosed: row.closed_at !== null,
        recordedAt: row.recorded_at,
        notes: notes
          .filter((note) => note.incident_id === row.id)
          .map((note) => ({ text: note.text, byName: nameById.get(note.noted_by) ?? '', at: note.noted_at })),
      })),
      staff: staff.map(({ staffId, printedName }) => ({ staffId, printedName })),
    })
  },

  record: async (context, input) => {
    if (!(await selectStaffMember(context.trx, input.injuredId))) return refuse('NOT_FOUND')
    const checked = checkStaffIncident(input, context.today)
    if (!checked.ok) return checked
    const incidentId = context.newId<string>()
    await insertStaffIncident(context.trx, input, making(context, incidentId))
    note(context, 'staffIncident.record', incidentId)
    return accept({ incidentId })
  },

  note: async (context, { incidentId, text, evaluation }) => {
    const row = await selectStaffIncident(context.trx, incidentId)
    if (!row) return refuse('NOT_FOUND')
    if (row.closed_at !== null) return refuse('INCIDENT_CLOSED')
    await insertIncidentNote(context.trx, { incidentId, text, evaluation }, making(context, context.newId<string>()))
    note(context, 'staffIncident.note', incidentId)
    return accept({})
  },

  close: async (context, { incidentId }) => {
    const row = await selectStaffIncident(context.trx, incidentId)
    if (!row) return refuse('NOT_FOUND')
    const decided = mayCloseStaffIncident({ isClosed: row.closed_at !== null, evaluation: row.evaluation })
    if (!decided.ok) return decided
    await closeStaffIncident(context.trx, making(context, incidentId))
    note(context, 'staffIncident.close', incidentId)
    return accept({})
  },
} satisfies Handlers<typeof contract.staffIncident>

function making({ caller, now }: CommandContext, id: string) {
  return { id, by: caller.staffId, at: now }
}

function note(context: CommandContext, action: string, incidentId: string): void {
  context.audit({ action, subject: 'staff_incident', subjectId: incidentId })
  context.touch('staffIncident')
}
