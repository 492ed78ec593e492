import type { SignerRole } from '../../shared/domain/consent/consent.ts'
import type { ConsentState } from '../../shared/domain/consent/consent-state.ts'
import type { OrderBody } from '../../shared/domain/order.ts'
import type { SeriesBody } from '../../shared/domain/series.ts'
import type { PlannedZone } from '../../shared/domain/session.ts'
import { isTreatment, visitServices } from '../../shared/domain/visit.ts'
import type { OrderId, PatientId, SeriesId, StaffId, VisitId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, one, sha256Of } from '../records.ts'
import type { SessionZoneTable } from '../tables/session.ts'
import { type SessionText, sessionDraftKind } from './session.ts'
import { performed, type SessionsDone, selectSessionsDoneIn } from './sessions-done.ts'
import { patientsIn } from './visit-scope.ts'

/** The day on which an approved policy follows the one that would start on `from`; null where none does. */
export async function selectNextPolicyStart(reader: Reader, from: CalendarDate): Promise<CalendarDate | null> {
  const row = await one<{ effective_from: CalendarDate }>(
    reader,
    "select effective_from from policy where state = 'APPROVED' and effective_from > ? order by effective_from limit 1",
    [from],
  )
  return row?.effective_from ?? null
}

/** A treatment that is booked and has not begun. */
export type BookedVisit = {
  readonly visitId: VisitId
  readonly patientId: PatientId
  readonly family: string | null
  readonly given: string | null
  readonly preferred: string | null
  readonly chartNumber: string
  readonly bornOn: CalendarDate | null
  readonly onDate: CalendarDate
  readonly atTime: string
  readonly seriesId: SeriesId | null
  readonly practitionerId: StaffId | null
}

/** Treatments booked from `from` on that have not begun, earliest first, at most `limit`. */
export async function selectBookedVisits(
  reader: Reader,
  { from, limit }: { readonly from: CalendarDate; readonly limit: number },
): Promise<readonly BookedVisit[]> {
  const treatments = visitServices.filter(isTreatment)
  return many<BookedVisit>(
    reader,
    `select v.id as "visitId", v.patient_id as "patientId", p.family as "family", p.given as "given",
         p.preferred as "preferred", p.chart_number as "chartNumber", p.born_on as "bornOn", v.on_date as "onDate",
         v.at_time as "atTime", v.series_id as "seriesId", v.practitioner_id as "practitionerId"
       from visit v join patient p on p.id = v.patient_id
       where v.on_date >= ? and v.status in ('EXPECTED', 'HERE', 'IN_ROOM')
         and v.service in (${treatments.map(() => '?').join(', ')})
         and not exists (select 1 from session s where s.patient_id = v.patient_id and s.performed_on = v.on_date
           and s.is_started = 1 and s.state not in ('VOIDED', 'CANCELLED'))
       order by v.on_date, v.at_time, v.id limit ${limit}`,
    [from, ...treatments],
  )
}

export type CourseOnFile = { readonly seriesId: SeriesId; readonly isOnHold: boolean; readonly body: SeriesBody }
type OrderOnFile = {
  readonly orderId: OrderId
  readonly seriesId: SeriesId | null
  readonly body: OrderBody
}
type ConsentOnFile = {
  readonly seriesId: SeriesId | null
  readonly state: ConsentState
  readonly signedOn: CalendarDate | null
  readonly signerRole: SignerRole | null
}

/** What is on file about everybody with a visit on one of some days; each list by patient, newest first. */
export type CourseFile = {
  readonly courses: ReadonlyMap<PatientId, readonly CourseOnFile[]>
  readonly orders: ReadonlyMap<PatientId, readonly OrderOnFile[]>
  readonly consents: ReadonlyMap<PatientId, readonly ConsentOnFile[]>
  readonly done: SessionsDone
  /** Days of treatments that nobody has signed, by series. */
  readonly unsigned: ReadonlyMap<SeriesId, readonly CalendarDate[]>
  /** Places of the last session, by series. */
  readonly lastZones: ReadonlyMap<SeriesId, readonly PlannedZone[]>
  /** What is typed for sessions that have not started, by series. */
  readonly typed: ReadonlyMap<SeriesId, SessionText['draft']>
}

/** A fixed number of statements, however many visits there are. */
export async function selectCourseFile(
  reader: Reader,
  days: { readonly from: CalendarDate; readonly until: CalendarDate },
): Promise<CourseFile> {
  const { sql, values } = patientsIn(days, 'r.patient_id')
  type Body = { readonly patient_id: PatientId; readonly id: string; readonly body: string; readonly sha256: string }
  const series = await many<Body & { readonly status: string }>(
    reader,
    `select r.patient_id, r.id, r.status, v.body, v.sha256 from series r join record_version v on v.id = r.version_id
       where r.status in ('PLANNED', 'ACTIVE', 'ON_HOLD', 'MAINTENANCE') and ${sql}
       order by r.created_at desc, r.id desc limit 10000`,
    values,
  )
  const orders = await many<Body & { readonly series_id: SeriesId | null }>(
    reader,
    `select r.patient_id, r.id, r.series_id, v.body, v.sha256 from treatment_order r
       join record_version v on v.id = r.version_id
       where r.state = 'SIGNED' and ${sql} order by r.signed_at desc, r.id limit 10000`,
    values,
  )
  const consents = await many<ConsentOnFile & { readonly patient_id: PatientId }>(
    reader,
    `select r.patient_id, r.series_id as "seriesId", r.state as "state", r.signed_on as "signedOn",
         r.signer_role as "signerRole" from consent r
       where r.state in ('SIGNED', 'WITHDRAWN', 'EXPIRED') and ${sql} order by r.signed_at desc, r.id limit 20000`,
    values,
  )
  return {
    courses: groupBy(series.filter(isIntact), (row) => row.patient_id, bodyToCourse),
    orders: groupBy(orders.filter(isIntact), (row) => row.patient_id, bodyToOrder),
    consents: groupBy(
      consents,
      (row) => row.patient_id,
      (row) => row,
    ),
    done: await selectSessionsDoneIn(reader, days),
    unsigned: await selectUnsigned(reader, sql, values),
    lastZones: await selectLastZones(reader, sql, values),
    typed: await selectTyped(reader, sql, values),
  }
}

async function selectUnsigned(reader: Reader, sql: string, values: readonly string[]) {
  const rows = await many<{ series_id: SeriesId; performed_on: CalendarDate }>(
    reader,
    `select r.series_id, r.performed_on from session r
       where r.is_started = 1 and r.state in ('DRAFT', 'SUBMITTED', 'RETURNED') and r.performed_on is not null
         and (r.state <> 'SUBMITTED' or r.sign_off_required = 1)
         and ${sql}
         and not exists (select 1 from session later where later.series_id = r.series_id and later.state = 'SIGNED'
           and later.performed_on > r.performed_on)
       order by r.series_id, r.performed_on limit 10000`,
    values,
  )
  return groupBy(
    rows,
    (row) => row.series_id,
    (row) => row.performed_on,
  )
}

async function selectLastZones(reader: Reader, sql: string, values: readonly string[]) {
  type Row = Pick<SessionZoneTable, 'zone' | 'side' | 'site' | 'indication' | 'depth_um'> & { series_id: SeriesId }
  const rows = await many<Row>(
    reader,
    `select r.series_id, z.zone, z.side, z.site, z.indication, z.depth_um from session r
       join session_zone z on z.session_id = r.id
       where r.is_started = 1 and r.state not in ('VOIDED', 'CANCELLED') and ${sql}
         and r.performed_on = (select max(l.performed_on) from session l where l.series_id = r.series_id
           and ${performed})
       order by r.series_id, z.no limit 40000`,
    values,
  )
  return groupBy(
    rows,
    (row) => row.series_id,
    (row): PlannedZone => ({
      zone: row.zone,
      side: row.side,
      site: row.site,
      // Written from a record that was checked.
      indication: row.indication as PlannedZone['indication'],
      depthUm: row.depth_um,
    }),
  )
}

async function selectTyped(reader: Reader, sql: string, values: readonly string[]) {
  const rows = await many<{ series_id: SeriesId; body: string }>(
    reader,
    `select r.series_id, d.body from session r join draft d on d.id = r.id and d.kind = ?
       where r.is_started = 0 and r.state = 'DRAFT' and ${sql} order by r.created_at, r.id limit 5000`,
    [sessionDraftKind, ...values],
  )
  // Written by the session's own autosave from a parsed body.
  return new Map(rows.map((row) => [row.series_id, (JSON.parse(row.body) as SessionText).draft]))
}

/** What is no longer as it was signed carries no session, and so cannot lose one. */
function isIntact({ body, sha256 }: { readonly body: string; readonly sha256: string }): boolean {
  return sha256Of(body) === sha256
}

function bodyToCourse(row: { readonly id: string; readonly status: string; readonly body: string }): CourseOnFile {
  return { seriesId: row.id as SeriesId, isOnHold: row.status === 'ON_HOLD', body: JSON.parse(row.body) as SeriesBody }
}

function bodyToOrder(row: {
  readonly id: string
  readonly series_id: SeriesId | null
  readonly body: string
}): OrderOnFile {
  return { orderId: row.id as OrderId, seriesId: row.series_id, body: JSON.parse(row.body) as OrderBody }
}

function groupBy<Row, Key, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  pick: (row: Row) => Value,
): ReadonlyMap<Key, readonly Value[]> {
  const byKey = new Map<Key, Value[]>()
  for (const row of rows) {
    const known = byKey.get(keyOf(row))
    if (known) known.push(pick(row))
    else byKey.set(keyOf(row), [pick(row)])
  }
  return byKey
}
