import type { OrderId, PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'
import { patientsIn, type VisitScope } from './visit-scope.ts'

/** Treatments that took place: started, and neither voided nor cancelled. Signed or not makes no difference here. */
export type SessionsDone = {
  readonly usedByOrder: ReadonlyMap<OrderId, number>
  /** Days of treatment per series, earliest first. */
  readonly performedBySeries: ReadonlyMap<SeriesId, readonly CalendarDate[]>
}

type Row = {
  patient_id: PatientId
  series_id: SeriesId
  order_id: OrderId | null
  performed_on: CalendarDate | null
}

/** The condition for it on `session`. */
export const performed = "is_started = 1 and state not in ('VOIDED', 'CANCELLED')"

/** Of one patient. */
export async function selectSessionsDone(reader: Reader, patientId: PatientId): Promise<SessionsDone> {
  const rows = await many<Row>(
    reader,
    `select patient_id, series_id, order_id, performed_on from session
       where patient_id = ? and ${performed} order by performed_on, id limit 2000`,
    [patientId],
  )
  return countSessions(rows)
}

/** Of everybody in `scope`. */
export async function selectSessionsDoneIn(reader: Reader, scope: VisitScope): Promise<SessionsDone> {
  const { sql, values } = patientsIn(scope)
  const rows = await many<Row>(
    reader,
    `select patient_id, series_id, order_id, performed_on from session
       where ${sql} and ${performed}
       order by performed_on, id limit 10000`,
    values,
  )
  return countSessions(rows)
}

function countSessions(rows: readonly Row[]): SessionsDone {
  const usedByOrder = new Map<OrderId, number>()
  const performedBySeries = new Map<SeriesId, CalendarDate[]>()
  for (const { order_id: orderId, series_id: seriesId, performed_on: on } of rows) {
    if (orderId !== null) usedByOrder.set(orderId, (usedByOrder.get(orderId) ?? 0) + 1)
    if (on === null) continue
    const days = performedBySeries.get(seriesId)
    if (days) days.push(on)
    else performedBySeries.set(seriesId, [on])
  }
  return { usedByOrder, performedBySeries }
}
