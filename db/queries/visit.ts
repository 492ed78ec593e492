import type { VisitCancelReason, VisitService, VisitStatus } from '../../shared/domain/visit.ts'
import type { PatientId, SeriesId, StaffId, VisitId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { PatientTable } from '../tables/patient.ts'
import type { VisitTable } from '../tables/visit.ts'
import { type PatientSummary, rowToSummary } from './patient.ts'

/** What a person plans; the rest is what happened. */
export type VisitPlan = {
  readonly onDate: CalendarDate
  readonly atTime: string
  readonly untilTime: string
  readonly service: VisitService
  readonly serviceNote: string | null
  readonly seriesId: SeriesId | null
  readonly practitionerId: StaffId | null
  readonly room: string | null
}

export type Visit = VisitPlan & {
  readonly visitId: VisitId
  readonly patientId: PatientId
  readonly version: number
  readonly status: VisitStatus
  readonly arrivedAt: Instant | null
  readonly leftAt: Instant | null
  readonly cancelReason: VisitCancelReason | null
  readonly isCancelledLate: boolean
  readonly remindedAt: Instant | null
}

/** The visit, where it is this patient's. */
export async function selectVisit(reader: Reader, patientId: PatientId, visitId: VisitId): Promise<Visit | null> {
  const row = await one<VisitTable>(reader, 'select * from visit where id = ? and patient_id = ?', [visitId, patientId])
  return row ? rowToVisit(row) : null
}

/** Visits of the patient that were not cancelled, newest first, at most `limit`. */
export async function selectVisitsOf(reader: Reader, patientId: PatientId, limit = 100): Promise<readonly Visit[]> {
  const rows = await many<VisitTable>(
    reader,
    `select * from visit where patient_id = ? and status <> 'CANCELLED' order by on_date desc, at_time desc, id limit ${limit}`,
    [patientId],
  )
  return rows.map(rowToVisit)
}

/** The patient's visit of that day that is not over: the one a session or a form belongs to. */
export async function selectVisitOfDay(reader: Reader, patientId: PatientId, on: CalendarDate): Promise<Visit | null> {
  const row = await one<VisitTable>(
    reader,
    `select * from visit where patient_id = ? and on_date = ? and status in ('EXPECTED', 'HERE', 'IN_ROOM')
       order by case status when 'IN_ROOM' then 0 when 'HERE' then 1 else 2 end, at_time, id limit 1`,
    [patientId, on],
  )
  return row ? rowToVisit(row) : null
}

export type DayVisit = {
  readonly visit: Visit
  readonly patient: PatientSummary
  readonly practitionerName: string | null
  readonly practitionerLicenceExpiresOn: CalendarDate | null
  readonly practitionerIsActive: boolean
}

/** The day's list in the order of the clock, at most 300. Cancelled visits come last. */
export function selectDay(
  reader: Reader,
  { on, practitionerId = null }: { readonly on: CalendarDate; readonly practitionerId?: StaffId | null },
): Promise<readonly DayVisit[]> {
  return selectDays(reader, { from: on, until: on, practitionerId })
}

/** The lists of several days, day by day, at most 2,000 visits together. */
export async function selectDays(
  reader: Reader,
  {
    from,
    until,
    practitionerId,
  }: { readonly from: CalendarDate; readonly until: CalendarDate; readonly practitionerId: StaffId | null },
): Promise<readonly DayVisit[]> {
  const visits = await many<
    VisitTable & { staff_name: string | null; staff_licence_expires_on: string | null; staff_status: string | null }
  >(
    reader,
    `select v.*, s.printed_name as staff_name, s.licence_expires_on as staff_licence_expires_on, s.status as staff_status
       from visit v left join staff s on s.id = v.practitioner_id
       where v.on_date between ? and ? and (? is null or v.practitioner_id = ?)
       order by v.on_date, case v.status when 'CANCELLED' then 1 else 0 end, v.at_time, v.created_at, v.id limit 2000`,
    [from, until, practitionerId, practitionerId],
  )
  const patients = await many<PatientTable>(
    reader,
    `select * from patient where id in (select patient_id from visit where on_date between ? and ?)
       order by id limit 2000`,
    [from, until],
  )
  const patientById = new Map(patients.map((row) => [row.id, rowToSummary(row)]))
  return visits.map((row) => {
    const patient = patientById.get(row.patient_id)
    if (!patient) throw new Error(`visit ${row.id} lost its patient`)
    return {
      visit: rowToVisit(row),
      patient,
      practitionerName: row.staff_name,
      practitionerLicenceExpiresOn: row.staff_licence_expires_on,
      practitionerIsActive: row.staff_status === 'ACTIVE',
    }
  })
}

/** Rooms that were ever named, by name; at most 50. */
export async function selectRooms(reader: Reader): Promise<readonly string[]> {
  const rows = await many<{ room: string }>(
    reader,
    'select distinct room from visit where room is not null order by room limit 50',
  )
  return rows.map((row) => row.room)
}

export async function insertVisit(
  trx: Trx,
  input: VisitPlan & {
    readonly visitId: VisitId
    readonly patientId: PatientId
    readonly at: Instant
    readonly by: StaffId
  },
): Promise<void> {
  await insertRow(trx, 'visit', {
    id: input.visitId,
    patient_id: input.patientId,
    version: 1,
    created_at: input.at,
    created_by: input.by,
    updated_at: input.at,
    ...planColumns(input),
    status: 'EXPECTED',
    arrived_at: null,
    left_at: null,
    cancelled_at: null,
    cancel_reason: null,
    cancelled_late: 0,
    reminded_at: null,
    reminded_by: null,
  })
}

type Saving = { readonly visitId: VisitId; readonly version: number; readonly at: Instant }

/** False when somebody saved in between. */
export async function updateVisitPlan(trx: Trx, { visitId, version, at, plan }: Saving & { readonly plan: VisitPlan }) {
  const columns = { ...planColumns(plan), updated_at: at }
  return updateVisit(trx, visitId, version, columns)
}

/** False when somebody saved in between. What a status no longer says (an arrival that was a mistake) is emptied. */
export async function moveVisit(
  trx: Trx,
  {
    visitId,
    version,
    at,
    visit,
    to,
    room,
    reason,
    isLate = false,
  }: Saving & {
    readonly visit: Visit
    readonly to: VisitStatus
    readonly room: string | null
    readonly reason: VisitCancelReason | null
    readonly isLate?: boolean
  },
): Promise<boolean> {
  const isOut = to === 'EXPECTED' || to === 'CANCELLED'
  return updateVisit(trx, visitId, version, {
    status: to,
    room,
    updated_at: at,
    arrived_at: isOut ? null : (visit.arrivedAt ?? at),
    left_at: to === 'DONE' ? at : null,
    cancelled_at: to === 'CANCELLED' ? at : null,
    cancel_reason: reason,
    cancelled_late: isLate ? 1 : 0,
  })
}

/** Notes that a reminder went out; false when somebody saved in between. */
export async function noteReminder(
  trx: Trx,
  { visitId, version, at, by }: Saving & { readonly by: StaffId },
): Promise<boolean> {
  return updateVisit(trx, visitId, version, { reminded_at: at, reminded_by: by, updated_at: at })
}

async function updateVisit(
  trx: Trx,
  visitId: VisitId,
  version: number,
  columns: Readonly<Record<string, string | number | null>>,
): Promise<boolean> {
  const names = Object.keys(columns)
  const changed = await change(
    trx,
    `update visit set ${names.map((name) => `${name} = ?, `).join('')}version = version + 1 where id = ? and version = ?`,
    [...Object.values(columns), visitId, version],
  )
  return changed === 1
}

function planColumns(plan: VisitPlan) {
  return {
    on_date: plan.onDate,
    at_time: plan.atTime,
    until_time: plan.untilTime,
    service: plan.service,
    service_note: plan.serviceNote,
    series_id: plan.seriesId,
    practitioner_id: plan.practitionerId,
    room: plan.room,
  }
}

function rowToVisit(row: VisitTable): Visit {
  return {
    visitId: row.id,
    patientId: row.patient_id,
    version: row.version,
    onDate: row.on_date,
    atTime: row.at_time,
    untilTime: row.until_time,
    service: row.service,
    serviceNote: row.service_note,
    seriesId: row.series_id,
    practitionerId: row.practitioner_id,
    room: row.room,
    status: row.status,
    arrivedAt: row.arrived_at,
    leftAt: row.left_at,
    cancelReason: row.cancel_reason,
    isCancelledLate: row.cancelled_late === 1,
    remindedAt: row.reminded_at,
  }
}
