import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'

/** Whose records are read in one go: everybody with a visit on one of these days, or one patient. */
export type VisitScope =
  | { readonly from: CalendarDate; readonly until: CalendarDate }
  | { readonly patientId: PatientId }

/** The condition on `patient_id` with its values, to be put into a query. `column` is program text, never input. */
export function patientsIn(
  scope: VisitScope,
  column = 'patient_id',
): { readonly sql: string; readonly values: readonly string[] } {
  if ('patientId' in scope) return { sql: `${column} = ?`, values: [scope.patientId] }
  return {
    sql: `${column} in (select patient_id from visit where on_date between ? and ?)`,
    values: [scope.from, scope.until],
  }
}
