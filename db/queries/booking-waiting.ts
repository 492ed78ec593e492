import type { DayPart, WaitingState } from '../../shared/domain/booking.ts'
import type { VisitService } from '../../shared/domain/visit.ts'
import type { PatientId, SeriesId, StaffId, VisitId, WaitingId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { WaitingEntryTable } from '../tables/booking.ts'

/** What somebody waits for. */
export type WaitingWish = {
  readonly service: VisitService
  readonly seriesId: SeriesId | null
  readonly lengthMin: number
  readonly practitionerId: StaffId | null
  readonly dayPart: DayPart
  readonly fromOn: CalendarDate
  readonly untilOn: CalendarDate | null
  readonly note: string | null
}

export type WaitingEntry = WaitingWish & {
  readonly waitingId: WaitingId
  readonly patientId: PatientId
  readonly version: number
  readonly since: Instant
  readonly state: WaitingState
}

/** Everybody who waits, longest waiting first, at most 300. */
export async function selectWaiting(reader: Reader): Promise<readonly WaitingEntry[]> {
  const rows = await many<WaitingEntryTable>(
    reader,
    "select * from waiting_entry where state = 'WAITING' order by created_at, id limit 300",
  )
  return rows.map(rowToEntry)
}

/** The entry, where it is this patient's. */
export async function selectWaitingEntry(
  reader: Reader,
  patientId: PatientId,
  waitingId: WaitingId,
): Promise<WaitingEntry | null> {
  const row = await one<WaitingEntryTable>(reader, 'select * from waiting_entry where id = ? and patient_id = ?', [
    waitingId,
    patientId,
  ])
  return row ? rowToEntry(row) : null
}

export async function insertWaiting(
  trx: Trx,
  entry: WaitingWish & {
    readonly waitingId: WaitingId
    readonly patientId: PatientId
    readonly at: Instant
    readonly by: StaffId
  },
): Promise<void> {
  await insertRow(trx, 'waiting_entry', {
    id: entry.waitingId,
    patient_id: entry.patientId,
    version: 1,
    created_at: entry.at,
    created_by: entry.by,
    updated_at: entry.at,
    service: entry.service,
    series_id: entry.seriesId,
    length_min: entry.lengthMin,
    practitioner_id: entry.practitionerId,
    day_part: entry.dayPart,
    from_on: entry.fromOn,
    until_on: entry.untilOn,
    note: entry.note,
    state: 'WAITING',
    visit_id: null,
  })
}

/** Ends the wait with a visit, or without one; false when somebody did so in between. */
export async function endWaiting(
  trx: Trx,
  {
    waitingId,
    version,
    visitId,
    at,
  }: {
    readonly waitingId: WaitingId
    readonly version: number
    readonly visitId: VisitId | null
    readonly at: Instant
  },
): Promise<boolean> {
  const changed = await change(
    trx,
    `update waiting_entry set state = ?, visit_id = ?, updated_at = ?, version = version + 1
       where id = ? and version = ? and state = 'WAITING'`,
    [visitId === null ? 'LEFT' : 'BOOKED', visitId, at, waitingId, version],
  )
  return changed === 1
}

function rowToEntry(row: WaitingEntryTable): WaitingEntry {
  return {
    waitingId: row.id,
    patientId: row.patient_id,
    version: row.version,
    since: row.created_at,
    service: row.service,
    seriesId: row.series_id,
    lengthMin: row.length_min,
    practitionerId: row.practitioner_id,
    dayPart: row.day_part,
    fromOn: row.from_on,
    untilOn: row.until_on,
    note: row.note,
    state: row.state,
  }
}
