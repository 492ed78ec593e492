import type { LastSession } from '../../shared/domain/session-desk.ts'
import type { OrderId, PatientId, SeriesId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, one } from '../records.ts'
import type { SessionTable } from '../tables/session.ts'
import { selectSession } from './session.ts'

/** Every session of the patient as the chart lists them, newest first, at most 500; discarded ones left out. */
export function selectSessionHeads(reader: Reader, patientId: PatientId): Promise<readonly SessionTable[]> {
  return many<SessionTable>(
    reader,
    `select * from session where patient_id = ? and state <> 'CANCELLED'
       order by coalesce(performed_on, substr(created_at, 1, 10)) desc, created_at desc, session_no desc, id desc limit 500`,
    [patientId],
  )
}

/** Unfinished sessions of one author (drafts and returned ones), latest touched first, at most 100. */
export function selectOpenWork(reader: Reader, practitionerId: StaffId): Promise<readonly SessionTable[]> {
  return many<SessionTable>(
    reader,
    `select * from session where practitioner_id = ? and state in ('DRAFT', 'RETURNED')
       order by updated_at desc, id desc limit 100`,
    [practitionerId],
  )
}

/** The author's draft in this series that is neither started nor submitted before; there is at most one. */
export function selectUnstartedDraft(
  reader: Reader,
  { seriesId, practitionerId }: { readonly seriesId: SeriesId; readonly practitionerId: StaffId },
): Promise<SessionTable | null> {
  return one<SessionTable>(
    reader,
    `select * from session where practitioner_id = ? and state in ('DRAFT', 'RETURNED')
       and series_id = ? and is_started = 0 order by created_at, id limit 1`,
    [practitionerId, seriesId],
  )
}

/** The next number in the series; those of voided and discarded sessions are free again. */
export async function selectNextSessionNo(reader: Reader, seriesId: SeriesId): Promise<number> {
  const row = await one<{ last: number | null }>(
    reader,
    `select max(session_no) as last from session where series_id = ? and state <> 'VOIDED' and state <> 'CANCELLED'`,
    [seriesId],
  )
  return (row?.last ?? 0) + 1
}

export async function isSessionNoTaken(
  reader: Reader,
  {
    seriesId,
    sessionNo,
    except,
  }: { readonly seriesId: SeriesId; readonly sessionNo: number; readonly except: SessionId },
): Promise<boolean> {
  const row = await one(
    reader,
    `select 1 as found from session where series_id = ? and session_no = ? and id <> ? and ${counts}`,
    [seriesId, sessionNo, except],
  )
  return row !== null
}

/** Voided and discarded sessions count nowhere. */
const counts = `state <> 'VOIDED' and state <> 'CANCELLED'`

/** Sessions started under this order, `except` one; voided ones do not count. */
export async function countSessionsUsed(
  reader: Reader,
  { orderId, except = null }: { readonly orderId: OrderId; readonly except?: SessionId | null },
): Promise<number> {
  const row = await one<{ used: number }>(
    reader,
    `select count(*) as used from session where order_id = ? and is_started = 1 and ${counts} and id <> ?`,
    [orderId, except ?? ''],
  )
  return Number(row?.used ?? 0)
}

/** Days on which sessions of the series took place, oldest first; voided ones left out. */
export async function selectPerformedOn(reader: Reader, seriesId: SeriesId): Promise<readonly CalendarDate[]> {
  const rows = await many<{ performed_on: CalendarDate }>(
    reader,
    `select performed_on from session where series_id = ? and performed_on is not null and ${counts}
       order by performed_on, session_no limit 200`,
    [seriesId],
  )
  return rows.map((row) => row.performed_on)
}

/** The sessions of the series that took place on or before `on`, `except` one, latest first. */
export function selectPerformedBefore(
  reader: Reader,
  { seriesId, on, except }: { readonly seriesId: SeriesId; readonly on: CalendarDate; readonly except: SessionId },
): Promise<readonly SessionTable[]> {
  return many<SessionTable>(
    reader,
    `select * from session where series_id = ? and id <> ? and performed_on <= ? and ${counts}
       order by performed_on desc, session_no desc limit 20`,
    [seriesId, except, on],
  )
}

/** What the last submitted session of the series did, where it was intact: for the ghost on the map and copy-forward. */
export async function selectLastSession(
  reader: Reader,
  {
    patientId,
    seriesId,
    on,
    except,
  }: {
    readonly patientId: PatientId
    readonly seriesId: SeriesId
    readonly on: CalendarDate
    readonly except: SessionId
  },
): Promise<LastSession | null> {
  for (const head of await selectPerformedBefore(reader, { seriesId, on, except })) {
    const session = await selectSession(reader, patientId, head.id)
    if (!session?.body || session.integrity !== 'INTACT' || head.performed_on === null) continue
    return {
      sessionId: head.id,
      sessionNo: head.session_no,
      performedOn: head.performed_on,
      zoneRows: session.body.zoneRows.map(({ zone, side, site, indication, depthUm, technique }) => ({
        zone,
        side,
        site,
        indication,
        depthUm,
        technique,
      })),
    }
  }
  return null
}

/** Which of these cartridges (`cartridgeKey`) another session has used. */
export async function selectUsedCartridges(
  reader: Reader,
  keys: readonly string[],
  except: SessionId,
): Promise<readonly string[]> {
  const used: string[] = []
  for (const key of new Set(keys)) {
    const row = await one(
      reader,
      `select 1 as found from session where ${counts}
         and id in (select session_id from session_cartridge where cartridge_key = ? and session_id <> ?) limit 1`,
      [key, except],
    )
    if (row) used.push(key)
  }
  return used
}
