import type { OrderBody } from '../../shared/domain/order.ts'
import { orderActiveOn } from '../../shared/domain/order.ts'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import type { OrderId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, type RecordDefinition, type StoredRecord, selectRecordOf, selectRecordsOf } from '../records.ts'
import type { TreatmentOrderTable } from '../tables/order.ts'
import { patientsIn, type VisitScope } from './visit-scope.ts'

export const orderRecord: RecordDefinition<OrderBody> = {
  kind: 'order',
  table: 'treatment_order',
  schema: 'order/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => ({
    series_id: body.seriesId,
    examined_on: body.examinedOn,
    expires_on: body.expiresOn,
    device_type: body.deviceType,
    sessions: body.sessions,
    signed_by: body.signature?.staffId ?? null,
    signed_at: body.signature?.signedAt ?? null,
  }),
}

/** Kind of the row that holds an order while it is written, under the id of the record it becomes. */
export const orderDraftKind = 'order'

/** How an order ended before its time; null while it stands. */
export type OrderEnd =
  | { readonly kind: 'SUPERSEDED'; readonly by: OrderId; readonly staffId: StaffId; readonly at: Instant }
  | { readonly kind: 'REVOKED'; readonly reason: string; readonly staffId: StaffId; readonly at: Instant }

export function orderEnd(record: StoredRecord<OrderBody>): OrderEnd | null {
  // The head row's CHECKs hold these columns together.
  const head = record.head as unknown as TreatmentOrderTable
  const staffId = head.ended_by
  const at = head.ended_at
  if (head.state === 'SIGNED' || staffId === null || at === null) return null
  return head.state === 'SUPERSEDED' && head.superseded_by !== null
    ? { kind: 'SUPERSEDED', by: head.superseded_by, staffId, at }
    : { kind: 'REVOKED', reason: head.ended_reason ?? '', staffId, at }
}

/** Every order of the patient, newest first, at most 200. */
export function selectOrders(reader: Reader, patientId: PatientId): Promise<readonly StoredRecord<OrderBody>[]> {
  return selectRecordsOf(reader, orderRecord, patientId)
}

export function selectOrder(
  reader: Reader,
  patientId: PatientId,
  orderId: OrderId,
): Promise<StoredRecord<OrderBody> | null> {
  return selectRecordOf(reader, orderRecord, patientId, orderId)
}

/**
 * Orders under which a session may start on `today`: signed, neither superseded nor revoked, in date by themselves and
 * by the policy, and with bytes and columns as they were signed. Newest signature first. Sessions left are the caller's
 * to count (`sessionsLeft`).
 */
export async function selectActiveOrders(
  reader: Reader,
  patientId: PatientId,
  today: CalendarDate,
  policy: Pick<PolicyBody, 'gfeRequired' | 'gfeValidMonths'>,
): Promise<readonly StoredRecord<OrderBody>[]> {
  const records = await selectOrders(reader, patientId)
  return records.filter(
    (record) => record.integrity === 'INTACT' && orderEnd(record) === null && orderActiveOn(record.body, today, policy),
  )
}

/** What the day's list reads of an order, without opening its body. */
export type OrderHead = Pick<
  TreatmentOrderTable,
  'id' | 'patient_id' | 'series_id' | 'examined_on' | 'expires_on' | 'sessions' | 'signed_at'
>

/** Signed orders that nobody ended, in date or not, of every patient in `scope`; newest first. */
export function selectStandingOrdersIn(reader: Reader, scope: VisitScope): Promise<readonly OrderHead[]> {
  const { sql, values } = patientsIn(scope)
  return many<OrderHead>(
    reader,
    `select id, patient_id, series_id, examined_on, expires_on, sessions, signed_at from treatment_order
       where state = 'SIGNED' and ${sql}
       order by signed_at desc, id limit 2000`,
    values,
  )
}
