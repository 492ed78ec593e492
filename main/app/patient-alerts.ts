import type { Reader } from '../../db/open.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'

/** What the banner warns of besides allergies. Each part is one bounded read. */
export type PatientAlerts = {
  readonly consent: {
    readonly state: 'NONE' | 'SIGNED' | 'ENDED' | 'WITHDRAWN'
    /** The day of that state: signed, or withdrawn. */
    readonly on: CalendarDate | null
  }
  readonly openComplications: number
  readonly openRedFlags: number
}

export async function selectPatientAlerts(
  _reader: Reader,
  _patientId: PatientId,
  _today: CalendarDate,
): Promise<PatientAlerts> {
  return { consent: { state: 'NONE', on: null }, openComplications: 0, openRedFlags: 0 }
}
