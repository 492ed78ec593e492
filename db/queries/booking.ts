import {
  type AbsenceReason,
  type AwayDays,
  type BookingSettings,
  type CalendarRules,
  shippedBookingSettings,
  type TakenSlot,
  type Weekday,
  type WorkingSpan,
} from '../../shared/domain/booking.ts'
import type { AbsenceId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { AbsenceTable, BookingSettingTable, WorkingSpanTable } from '../tables/booking.ts'
import type { VisitTable } from '../tables/visit.ts'

export type StoredBookingSettings = BookingSettings & {
  /** Null while nobody changed what the program came with. */
  readonly version: number | null
}

export async function selectBookingSettings(reader: Reader): Promise<StoredBookingSettings> {
  const row = await one<BookingSettingTable>(reader, 'select * from booking_setting where id = 1')
  if (!row) return { ...shippedBookingSettings, version: null }
  return {
    version: row.version,
    talkMin: row.talk_min,
    lateCancelHours: row.late_cancel_hours,
    reminderDays: row.reminder_days.split(',').filter(Boolean).map(Number),
  }
}

/** False when somebody saved in between. */
export async function saveBookingSettings(
  trx: Trx,
  {
    version,
    settings,
    at,
    by,
  }: {
    readonly version: number | null
    readonly settings: BookingSettings
    readonly at: Instant
    readonly by: StaffId
  },
): Promise<boolean> {
  const columns = {
    talk_min: settings.talkMin,
    late_cancel_hours: settings.lateCancelHours,
    reminder_days: settings.reminderDays.join(','),
    updated_at: at,
    updated_by: by,
  }
  const stored = await selectBookingSettings(trx)
  if (stored.version !== version) return false
  if (version === null) {
    await insertRow(trx, 'booking_setting', { id: 1, version: 1, ...columns })
    return true
  }
  const names = Object.keys(columns)
  const changed = await change(
    trx,
    `update booking_setting set ${names.map((name) => `${name} = ?, `).join('')}version = version + 1
       where id = 1 and version = ?`,
    [...Object.values(columns), version],
  )
  return changed === 1
}

/** Opening hours and everybody's recurring days. */
export async function selectWorkingSpans(reader: Reader): Promise<readonly WorkingSpan[]> {
  const rows = await many<WorkingSpanTable>(
    reader,
    'select * from working_span order by staff_id, weekday, from_time, id limit 2000',
  )
  return rows.map((row) => ({
    staffId: row.staff_id,
    // 1 to 7 by a CHECK.
    weekday: row.weekday as Weekday,
    fromTime: row.from_time,
    untilTime: row.until_time,
  }))
}

/** Replaces the whole week of the clinic (`staffId` null) or of one person. */
export async function replaceWorkingSpans(
  trx: Trx,
  {
    staffId,
    spans,
    newId,
  }: {
    readonly staffId: StaffId | null
    readonly spans: readonly Omit<WorkingSpan, 'staffId'>[]
    readonly newId: () => string
  },
): Promise<void> {
  if (staffId === null) await change(trx, 'delete from working_span where staff_id is null', [])
  else await change(trx, 'delete from working_span where staff_id = ?', [staffId])
  for (const span of spans) {
    await insertRow(trx, 'working_span', {
      id: newId(),
      staff_id: staffId,
      weekday: span.weekday,
      from_time: span.fromTime,
      until_time: span.untilTime,
    })
  }
}

export type Absence = AwayDays & { readonly absenceId: AbsenceId; readonly reason: AbsenceReason }

/** Absences that touch these days and were not taken back, earliest first. */
export async function selectAbsences(
  reader: Reader,
  { from, until }: { readonly from: CalendarDate; readonly until: CalendarDate },
): Promise<readonly Absence[]> {
  const rows = await many<AbsenceTable>(
    reader,
    `select * from absence where taken_back_at is null and from_on <= ? and until_on >= ?
       order by from_on, id limit 1000`,
    [until, from],
  )
  return rows.map((row) => ({
    absenceId: row.id,
    staffId: row.staff_id,
    fromOn: row.from_on,
    untilOn: row.until_on,
    reason: row.reason,
  }))
}

export async function insertAbsence(
  trx: Trx,
  absence: Absence & { readonly at: Instant; readonly by: StaffId },
): Promise<void> {
  await insertRow(trx, 'absence', {
    id: absence.absenceId,
    staff_id: absence.staffId,
    from_on: absence.fromOn,
    until_on: absence.untilOn,
    reason: absence.reason,
    created_at: absence.at,
    created_by: absence.by,
    taken_back_at: null,
    taken_back_by: null,
  })
}

/** False where there is no such absence or it was taken back already. */
export async function takeBackAbsence(
  trx: Trx,
  { absenceId, at, by }: { readonly absenceId: AbsenceId; readonly at: Instant; readonly by: StaffId },
): Promise<boolean> {
  const changed = await change(
    trx,
    'update absence set taken_back_at = ?, taken_back_by = ? where id = ? and taken_back_at is null',
    [at, by, absenceId],
  )
  return changed === 1
}

/** Everything that a slot on one of these days is held against (`judgeSlot`). */
export async function selectCalendarRules(
  reader: Reader,
  days: { readonly from: CalendarDate; readonly until: CalendarDate },
): Promise<CalendarRules> {
  return {
    taken: await selectTaken(reader, days),
    hours: await selectWorkingSpans(reader),
    away: await selectAbsences(reader, days),
  }
}

async function selectTaken(
  reader: Reader,
  { from, until }: { readonly from: CalendarDate; readonly until: CalendarDate },
): Promise<readonly TakenSlot[]> {
  const rows = await many<VisitTable>(
    reader,
    `select id, patient_id, on_date, at_time, until_time, practitioner_id, room from visit
       where on_date between ? and ? and status in ('EXPECTED', 'HERE', 'IN_ROOM')
       order by on_date, at_time, id limit 20000`,
    [from, until],
  )
  return rows.map((row) => ({
    visitId: row.id,
    patientId: row.patient_id,
    onDate: row.on_date,
    atTime: row.at_time,
    untilTime: row.until_time,
    practitionerId: row.practitioner_id,
    room: row.room,
  }))
}

/** Visits of the patient that are still expected on or after `from`, earliest first. */
export async function selectComing(
  reader: Reader,
  patientId: PatientId,
  from: CalendarDate,
): Promise<readonly VisitTable[]> {
  return many<VisitTable>(
    reader,
    `select * from visit where patient_id = ? and on_date >= ? and status = 'EXPECTED'
       order by on_date, at_time, id limit 50`,
    [patientId, from],
  )
}

/** The first phone number of each of these patients who has one. */
export async function selectPhones(reader: Reader, ids: readonly PatientId[]): Promise<ReadonlyMap<PatientId, string>> {
  const wanted = [...new Set(ids)].slice(0, 500)
  if (wanted.length === 0) return new Map()
  const rows = await many<{ id: PatientId; phones: string | null }>(
    reader,
    `select id, phones from patient where id in (${wanted.map(() => '?').join(', ')}) order by id limit 500`,
    wanted,
  )
  return new Map(
    rows.flatMap((row) => {
      // Written by the patient's own projection as an array of numbers.
      const [first] = row.phones === null ? [] : (JSON.parse(row.phones) as readonly string[])
      return first === undefined ? [] : [[row.id, first] as const]
    }),
  )
}
