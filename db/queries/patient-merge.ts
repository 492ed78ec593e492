import type { PatientLink } from '../../shared/domain/patient-merge.ts'
import type { PatientId, PatientLinkId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { PatientLinkTable } from '../tables/patient-merge.ts'
import { patientsIn, type VisitScope } from './visit-scope.ts'

/** The chart that this one is merged into now; null where it is not. */
export async function selectStandingLink(reader: Reader, mergedId: PatientId): Promise<PatientLink | null> {
  const row = await one<PatientLinkTable>(
    reader,
    'select * from patient_link where merged_id = ? and ended_at is null',
    [mergedId],
  )
  return row && rowToLink(row)
}

/** Whether this chart was ever merged by this link; another chart's link is as if it did not exist. */
export async function isLinkOf(reader: Reader, mergedId: PatientId, linkId: string): Promise<boolean> {
  const row = await one(reader, 'select 1 as found from patient_link where id = ? and merged_id = ?', [
    linkId,
    mergedId,
  ])
  return row !== null
}

/** The standing links into this chart, oldest first, at most 50. */
export async function selectLinksInto(reader: Reader, keptId: PatientId): Promise<readonly PatientLink[]> {
  const rows = await many<PatientLinkTable>(
    reader,
    'select * from patient_link where kept_id = ? and ended_at is null order by merged_at, id limit 50',
    [keptId],
  )
  return rows.map(rowToLink)
}

/** Every link that this chart ever had, ended ones too, newest first, at most 100. */
export async function selectLinkHistory(reader: Reader, patientId: PatientId): Promise<readonly PatientLink[]> {
  const rows = await many<PatientLinkTable>(
    reader,
    'select * from patient_link where merged_id = ? or kept_id = ? order by merged_at desc, id limit 100',
    [patientId, patientId],
  )
  return rows.map(rowToLink)
}

/** The charts of one person, whichever of them is asked for. */
type PersonCharts = {
  readonly keptId: PatientId
  /** Standing links into the kept chart. */
  readonly links: readonly PatientLink[]
}

export async function selectPersonCharts(reader: Reader, patientId: PatientId): Promise<PersonCharts> {
  const keptId = (await selectStandingLink(reader, patientId))?.keptId ?? patientId
  return { keptId, links: await selectLinksInto(reader, keptId) }
}

/** The person's other charts; none for nearly everybody. */
export async function selectOtherChartIds(reader: Reader, patientId: PatientId): Promise<readonly PatientId[]> {
  const { keptId, links } = await selectPersonCharts(reader, patientId)
  return [keptId, ...links.map(({ mergedId }) => mergedId)].filter((id) => id !== patientId)
}

/** Standing links of these charts, by merged chart. */
export async function selectStandingLinks(
  reader: Reader,
  ids: readonly PatientId[],
): Promise<ReadonlyMap<PatientId, PatientLink>> {
  const links = new Map<PatientId, PatientLink>()
  for (let from = 0; from < ids.length; from += 200) {
    const some = ids.slice(from, from + 200)
    const rows = await many<PatientLinkTable>(
      reader,
      `select * from patient_link where ended_at is null and merged_id in (${some.map(() => '?').join(', ')})
         order by merged_id limit 200`,
      some,
    )
    for (const row of rows) links.set(row.merged_id, rowToLink(row))
  }
  return links
}

export async function insertLink(trx: Trx, link: Omit<PatientLink, 'ended'>): Promise<void> {
  await insertRow(trx, 'patient_link', {
    id: link.linkId,
    merged_id: link.mergedId,
    kept_id: link.keptId,
    merged_at: link.mergedAt,
    merged_on: link.mergedOn,
    merged_by: link.mergedBy,
    reason: link.reason,
    ended_at: null,
    ended_by: null,
    end_reason: null,
  })
}

/** False where somebody has ended it before. */
export async function endLink(
  trx: Trx,
  {
    linkId,
    at,
    by,
    reason,
  }: { readonly linkId: PatientLinkId; readonly at: Instant; readonly by: StaffId; readonly reason: string },
): Promise<boolean> {
  const changed = await change(
    trx,
    'update patient_link set ended_at = ?, ended_by = ?, end_reason = ? where id = ? and ended_at is null',
    [at, by, reason, linkId],
  )
  return changed === 1
}

/** What is under way in a chart, and so is finished before the chart is merged. */
export async function selectUnderWay(
  reader: Reader,
  patientId: PatientId,
  today: CalendarDate,
): Promise<{ readonly openSessions: number; readonly visitsAhead: number }> {
  const row = await one<{ sessions: number; visits: number }>(
    reader,
    `select (select count(*) from session where patient_id = ? and state = 'DRAFT') as sessions,
        (select count(*) from visit where patient_id = ? and on_date >= ? and status in ('EXPECTED', 'HERE', 'IN_ROOM')) as visits`,
    [patientId, patientId, today],
  )
  return { openSessions: Number(row?.sessions ?? 0), visitsAhead: Number(row?.visits ?? 0) }
}

const countedTables = {
  visits: 'visit',
  screenings: 'screening',
  consents: 'consent',
  orders: 'treatment_order',
  sessions: 'session',
  complications: 'complication',
  photos: 'photo',
} as const
type ChartContents = Readonly<Record<keyof typeof countedTables, number>>

/** How much stands in a chart, by kind. */
export async function countContents(reader: Reader, patientId: PatientId): Promise<ChartContents> {
  const kinds = Object.entries(countedTables)
  const row = await one<Record<keyof typeof countedTables, number>>(
    reader,
    `select ${kinds.map(([kind, table]) => `(select count(*) from ${table} where patient_id = ?) as ${kind}`).join(', ')}`,
    kinds.map(() => patientId),
  )
  return {
    visits: Number(row?.visits ?? 0),
    screenings: Number(row?.screenings ?? 0),
    consents: Number(row?.consents ?? 0),
    orders: Number(row?.orders ?? 0),
    sessions: Number(row?.sessions ?? 0),
    complications: Number(row?.complications ?? 0),
    photos: Number(row?.photos ?? 0),
  }
}

/** The latest treatment under another chart of the person, on or before `on`; null where there is none. */
export async function selectLatestMergedSession(
  reader: Reader,
  keptId: PatientId,
  on: CalendarDate,
): Promise<{
  readonly performed_on: CalendarDate
  readonly state: 'DRAFT' | 'SUBMITTED' | 'RETURNED' | 'SIGNED'
  readonly sign_off_required: number
} | null> {
  return one(
    reader,
    `select s.performed_on, s.state, s.sign_off_required from patient_link l join session s on s.patient_id = l.merged_id
       where l.kept_id = ? and l.ended_at is null and s.performed_on <= ? and s.state not in ('VOIDED', 'CANCELLED')
       order by s.performed_on desc, s.id desc limit 1`,
    [keptId, on],
  )
}

/** Whether a course under another chart of the person is on hold. */
export async function hasMergedHold(reader: Reader, keptId: PatientId): Promise<boolean> {
  return (await selectMergedHoldsIn(reader, { patientId: keptId })).has(keptId)
}

/** The kept charts in `scope` to which a course on hold was merged. */
export async function selectMergedHoldsIn(reader: Reader, scope: VisitScope): Promise<ReadonlySet<PatientId>> {
  const { sql, values } = patientsIn(scope, 'l.kept_id')
  const rows = await many<{ kept_id: PatientId }>(
    reader,
    `select distinct l.kept_id from patient_link l join series s on s.patient_id = l.merged_id
       where ${sql} and l.ended_at is null and s.status = 'ON_HOLD' order by l.kept_id limit 2000`,
    values,
  )
  return new Set(rows.map((row) => row.kept_id))
}

/** Days of treatment under other charts, by kept chart, earliest first. */
export async function selectMergedTreatmentsIn(
  reader: Reader,
  scope: VisitScope,
): Promise<ReadonlyMap<PatientId, readonly CalendarDate[]>> {
  const { sql, values } = patientsIn(scope, 'l.kept_id')
  const rows = await many<{ kept_id: PatientId; performed_on: CalendarDate }>(
    reader,
    `select l.kept_id, s.performed_on from patient_link l join session s on s.patient_id = l.merged_id
       where ${sql} and l.ended_at is null and s.performed_on is not null and s.state not in ('VOIDED', 'CANCELLED')
       order by l.kept_id, s.performed_on limit 2000`,
    values,
  )
  const days = Map.groupBy(rows, (row) => row.kept_id)
  return new Map([...days].map(([id, some]) => [id, some.map((row) => row.performed_on)]))
}

function rowToLink(row: PatientLinkTable): PatientLink {
  return {
    linkId: row.id,
    mergedId: row.merged_id,
    keptId: row.kept_id,
    mergedAt: row.merged_at,
    mergedOn: row.merged_on,
    mergedBy: row.merged_by,
    reason: row.reason,
    ended:
      row.ended_at === null || row.ended_by === null || row.end_reason === null
        ? null
        : { at: row.ended_at, by: row.ended_by, reason: row.end_reason },
  }
}
