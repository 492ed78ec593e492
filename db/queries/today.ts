import type { PatientId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, one } from '../records.ts'
import type { SessionTable } from '../tables/session.ts'

/** Submitted records by their deadlines; each of `overdue` and `escalated` is also among `waiting`. */
export type SignOffCounts = { readonly waiting: number; readonly overdue: number; readonly escalated: number }

/** `exceptAuthorId` leaves out the asking physician's own sessions, which another one signs. */
export async function countSignOff(
  reader: Reader,
  { now, exceptAuthorId = null }: { readonly now: Instant; readonly exceptAuthorId?: StaffId | null },
): Promise<SignOffCounts> {
  const row = await one<{ waiting: number; overdue: number | null; escalated: number | null }>(
    reader,
    `select count(*) as waiting, sum(case when due_at <= ? then sign_off_required else 0 end) as overdue,
         sum(case when escalate_at <= ? then sign_off_required else 0 end) as escalated
       from session where state = 'SUBMITTED' and practitioner_id <> ?`,
    [now, now, exceptAuthorId ?? ''],
  )
  return {
    waiting: Number(row?.waiting ?? 0),
    overdue: Number(row?.overdue ?? 0),
    escalated: Number(row?.escalated ?? 0),
  }
}

/** Treatments that took place and that their authors have not submitted, or not again after a return. */
export async function countUnsubmitted(
  reader: Reader,
): Promise<{ readonly drafts: number; readonly returned: number }> {
  const rows = await many<{ state: string; found: number }>(
    reader,
    `select state, count(*) as found from session where state in ('DRAFT', 'RETURNED') and is_started = 1
       group by state order by state`,
  )
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.found ?? 0)
  return { drafts: of('DRAFT'), returned: of('RETURNED') }
}

/** Patients who are in the waiting room now. */
export async function countWaiting(reader: Reader, on: CalendarDate): Promise<number> {
  const row = await one<{ found: number }>(
    reader,
    "select count(*) as found from visit where on_date = ? and status = 'HERE'",
    [on],
  )
  return Number(row?.found ?? 0)
}

/** Imported rows that wait for somebody to decide whether they are a known person. */
export async function countHeldRows(reader: Reader): Promise<number> {
  const row = await one<{ found: number }>(
    reader,
    `select count(*) as found from patient_import_row r join patient_import i on i.id = r.import_id
       where r.outcome = 'HELD' and i.status = 'COMMITTED'`,
  )
  return Number(row?.found ?? 0)
}

export type ExpiringLicence = {
  readonly staffId: StaffId
  readonly printedName: string
  readonly expiresOn: CalendarDate
}

/** Licences of active people that end on or before `until`, the soonest first; those already over among them. */
export async function selectExpiringLicences(reader: Reader, until: CalendarDate): Promise<readonly ExpiringLicence[]> {
  const rows = await many<{ id: StaffId; printed_name: string; licence_expires_on: CalendarDate }>(
    reader,
    `select id, printed_name, licence_expires_on from staff
       where status <> 'DEACTIVATED' and licence_expires_on <= ? order by licence_expires_on, printed_name, id limit 100`,
    [until],
  )
  return rows.map((row) => ({ staffId: row.id, printedName: row.printed_name, expiresOn: row.licence_expires_on }))
}

/** Devices in use whose calibration ends on or before `until`. */
export async function countCalibrationsDue(reader: Reader, until: CalendarDate): Promise<number> {
  const row = await one<{ found: number }>(
    reader,
    "select count(*) as found from device where status = 'ACTIVE' and calibration_due_on <= ?",
    [until],
  )
  return Number(row?.found ?? 0)
}

/** Complications that are not closed. */
export async function countOpenComplications(
  reader: Reader,
): Promise<{ readonly open: number; readonly redFlags: number }> {
  const row = await one<{ open: number; flags: number | null }>(
    reader,
    "select count(*) as open, sum(red_flag) as flags from complication where state <> 'CLOSED'",
  )
  return { open: Number(row?.open ?? 0), redFlags: Number(row?.flags ?? 0) }
}

export type SessionLine = {
  readonly sessionId: SessionId
  readonly patientId: PatientId
  readonly sessionNo: number
  readonly state: SessionTable['state']
  readonly performedOn: CalendarDate | null
  readonly updatedAt: Instant
}

export function headToLine(head: SessionTable): SessionLine {
  return {
    sessionId: head.id,
    patientId: head.patient_id,
    sessionNo: head.session_no,
    state: head.state,
    performedOn: head.performed_on,
    updatedAt: head.updated_at,
  }
}
