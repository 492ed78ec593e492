import type { StaffId } from '../kernel/ids.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { CalendarDate } from '../kernel/time.ts'

/** What may expose a member of staff to blood: 29 CFR 1910.1030, sharps injury log (clinical reference, section 10). */
export const staffIncidentKinds = ['NEEDLESTICK', 'CUT', 'SPLASH', 'OTHER'] as const
export type StaffIncidentKind = (typeof staffIncidentKinds)[number]

/** Whether a medical evaluation after the exposure was had, offered and declined, or is still to be arranged. */
export const evaluations = ['TO_ARRANGE', 'DONE', 'DECLINED'] as const
export type Evaluation = (typeof evaluations)[number]

/** The log's own words: who, when, where, with which device, how. Nothing here names a patient or a chart. */
export type StaffIncident = {
  readonly kind: StaffIncidentKind
  readonly injuredId: StaffId
  readonly happenedOn: CalendarDate
  /** Wall clock of the clinic, `HH:mm`; empty where nobody knows. */
  readonly atTime: string
  readonly place: string
  /** Type and brand of the sharp. */
  readonly device: string
  readonly howItHappened: string
  readonly firstAid: string
}

/** Nothing is recorded ahead of its day. */
export function checkStaffIncident(
  incident: Pick<StaffIncident, 'happenedOn'>,
  today: CalendarDate,
): Result<null, 'INCIDENT_IN_FUTURE'> {
  return incident.happenedOn > today ? refuse('INCIDENT_IN_FUTURE') : accept(null)
}

/** An incident is closed once, and only when the evaluation was had or declined. */
export function mayCloseStaffIncident({
  isClosed,
  evaluation,
}: {
  readonly isClosed: boolean
  readonly evaluation: Evaluation
}): Result<null, 'INCIDENT_CLOSED' | 'EVALUATION_MISSING'> {
  if (isClosed) return refuse('INCIDENT_CLOSED')
  return evaluation === 'TO_ARRANGE' ? refuse('EVALUATION_MISSING') : accept(null)
}
