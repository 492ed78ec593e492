import { z } from 'zod'
import { evaluations, staffIncidentKinds } from '../domain/staff-incident.ts'
import { command, query } from './define.ts'
import { calendarDate, filledLine, instant, line, nothing, prose, staffId } from './scalars.ts'

const incidentId = z.uuid()
const incident = {
  kind: z.enum(staffIncidentKinds),
  injuredId: staffId,
  happenedOn: calendarDate,
  atTime: z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$/),
  place: line(100),
  device: filledLine(200),
  howItHappened: prose(4000).refine((text) => text.trim() !== '', 'words are needed'),
  firstAid: prose(2000),
}

/** Sharps injuries and exposures of staff, apart from every patient's chart. */
export const staffIncident = {
  /** All of them, newest first, with what was written later. */
  list: query({
    may: 'staffIncident.work',
    audited: true,
    input: nothing,
    output: z.object({
      incidents: z.array(
        z.object({
          incidentId,
          ...incident,
          injuredName: z.string(),
          evaluation: z.enum(evaluations),
          isClosed: z.boolean(),
          recordedAt: instant,
          notes: z.array(z.object({ text: z.string(), byName: z.string(), at: instant })),
        }),
      ),
      staff: z.array(z.object({ staffId, printedName: z.string() })),
    }),
  }),
  record: command({
    may: 'staffIncident.work',
    input: z.strictObject(incident),
    output: z.object({ incidentId }),
    refusals: ['INCIDENT_IN_FUTURE'],
  }),
  /** What became of it: the record itself is never changed. */
  note: command({
    may: 'staffIncident.work',
    input: z.strictObject({ incidentId, text: filledLine(1000), evaluation: z.enum(evaluations) }),
    output: z.object({}),
    refusals: ['INCIDENT_CLOSED'],
  }),
  close: command({
    may: 'staffIncident.work',
    input: z.strictObject({ incidentId }),
    output: z.object({}),
    refusals: ['INCIDENT_CLOSED', 'EVALUATION_MISSING'],
  }),
}
