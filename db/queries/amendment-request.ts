import type { AmendedRecordKind } from '../../shared/domain/addendum.ts'
import type { AddendumId, AmendmentRequestId, PatientId } from '../../shared/kernel/ids.ts'
import { type CalendarDate, dateInZone, type Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { AmendmentRequestTable } from '../tables/amendment-request.ts'

export function insertAmendmentRequest(trx: Trx, row: AmendmentRequestTable): Promise<void> {
  return insertRow(trx, 'amendment_request', { ...row })
}

export function selectAmendmentRequest(
  reader: Reader,
  patientId: PatientId,
  id: AmendmentRequestId,
): Promise<AmendmentRequestTable | null> {
  return one<AmendmentRequestTable>(reader, 'select * from amendment_request where patient_id = ? and id = ?', [
    patientId,
    id,
  ])
}

/** The patient's requests, newest first, at most 100. */
export function selectAmendmentRequestsOf(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly AmendmentRequestTable[]> {
  return many<AmendmentRequestTable>(
    reader,
    'select * from amendment_request where patient_id = ? order by requested_on desc, id desc limit 100',
    [patientId],
  )
}

/** The request that led to this addendum; null where nobody asked. */
export function selectRequestOfAddendum(reader: Reader, addendumId: AddendumId): Promise<AmendmentRequestTable | null> {
  return one<AmendmentRequestTable>(reader, 'select * from amendment_request where addendum_id = ?', [addendumId])
}

/** Denied requests about this record whose patient disagrees: they go out with every copy of it. */
export function selectDisagreementsOn(
  reader: Reader,
  { kind, recordId }: { readonly kind: AmendedRecordKind; readonly recordId: string },
): Promise<readonly AmendmentRequestTable[]> {
  return many<AmendmentRequestTable>(
    reader,
    `select * from amendment_request where record_kind = ? and record_id = ? and disagreement is not null
       order by requested_on, id limit 100`,
    [kind, recordId],
  )
}

/** False where somebody else was sooner. */
export async function updateAmendmentRequest(
  trx: Trx,
  {
    id,
    version,
    columns,
  }: {
    readonly id: AmendmentRequestId
    readonly version: number
    readonly columns: Readonly<Partial<AmendmentRequestTable>>
  },
): Promise<boolean> {
  const names = Object.keys(columns)
  const changed = await change(
    trx,
    `update amendment_request set ${names.map((name) => `${name} = ?`).join(', ')}, version = version + 1
       where id = ? and version = ?`,
    [...Object.values(columns), id, version],
  )
  return changed === 1
}

/** A signed record that a request can be about; `on` is the day it was made. */
export type AmendableRecord = {
  readonly kind: AmendedRecordKind
  readonly recordId: string
  readonly on: CalendarDate
  /** Number of a session; null for the others. */
  readonly no: number | null
}

/** The patient's signed sessions, consents and questionnaires, newest first, at most 50 of each; days as in the zone. */
export async function selectAmendableRecords(
  reader: Reader,
  patientId: PatientId,
  timeZone: string,
): Promise<readonly AmendableRecord[]> {
  const sessions = await many<{ id: string; on: string; no: number }>(
    reader,
    `select id, performed_on as "on", session_no as no from session where patient_id = ? and state = 'SIGNED'
       order by performed_on desc, id desc limit 50`,
    [patientId],
  )
  const consents = await many<Signed>(
    reader,
    `select id, signed_at from consent where patient_id = ? and signed_at is not null and state <> 'VOIDED'
       order by signed_at desc, id desc limit 50`,
    [patientId],
  )
  const screenings = await many<Signed>(
    reader,
    `select id, signed_at from screening where patient_id = ? and signed_at is not null
       order by signed_at desc, id desc limit 50`,
    [patientId],
  )
  const lines = (kind: AmendedRecordKind, rows: readonly Signed[]) =>
    rows.map((row) => ({ kind, recordId: row.id, on: dateInZone(row.signed_at, timeZone), no: null }))
  return [
    ...sessions.map(({ id, on, no }) => ({ kind: 'SESSION' as const, recordId: id, on, no })),
    ...lines('CONSENT', consents),
    ...lines('SCREENING', screenings),
  ]
}

type Signed = { readonly id: string; readonly signed_at: Instant }
