import type { PatientId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, one } from '../records.ts'
import type { ComplicationTable, FollowUpTable } from '../tables/complication.ts'
import type { ConsentTable } from '../tables/consent.ts'
import type { TreatmentOrderTable } from '../tables/order.ts'
import type { ClearanceTable, ScreeningTable } from '../tables/screening.ts'
import type { SessionCartridgeTable, SessionTable, SessionZoneTable } from '../tables/session.ts'
import type { AddendumTable, SignOffTable } from '../tables/sign-off.ts'
import type { VisitTable } from '../tables/visit.ts'
import { performed } from './sessions-done.ts'

/** The head rows that stand in the timeline, by kind. */
export type ChartRow =
  | { readonly kind: 'SESSION'; readonly at: Instant; readonly row: SessionTable }
  | { readonly kind: 'CONSENT'; readonly at: Instant; readonly row: ConsentTable }
  | { readonly kind: 'SCREENING'; readonly at: Instant; readonly row: ScreeningTable }
  | { readonly kind: 'ORDER'; readonly at: Instant; readonly row: TreatmentOrderTable }
  | { readonly kind: 'CLEARANCE'; readonly at: Instant; readonly row: ClearanceTable }
  | { readonly kind: 'COMPLICATION'; readonly at: Instant; readonly row: ComplicationTable }
  | { readonly kind: 'ADDENDUM'; readonly at: Instant; readonly row: AddendumTable }
  | { readonly kind: 'SIGN_OFF'; readonly at: Instant; readonly row: SignOffTable }
  | { readonly kind: 'FOLLOW_UP'; readonly at: Instant; readonly row: FollowUpTable }
  | { readonly kind: 'VISIT'; readonly at: Instant; readonly row: VisitTable }
export type ChartRowKind = ChartRow['kind']

export type ChartCursor = { readonly at: Instant; readonly id: string }

/** When each kind happened, and which rows of it are told: drafts of a form and coming visits are not. */
const sources: Readonly<Record<ChartRowKind, { readonly table: string; readonly at: string; readonly only: string }>> =
  {
    SESSION: { table: 'session', at: 'coalesce(started_at, created_at)', only: '1 = 1' },
    CONSENT: { table: 'consent', at: 'coalesce(signed_at, created_at)', only: '1 = 1' },
    SCREENING: { table: 'screening', at: 'signed_at', only: '1 = 1' },
    ORDER: { table: 'treatment_order', at: 'signed_at', only: '1 = 1' },
    CLEARANCE: { table: 'clearance', at: 'decided_at', only: '1 = 1' },
    COMPLICATION: { table: 'complication', at: 'reported_at', only: '1 = 1' },
    ADDENDUM: { table: 'addendum', at: 'written_at', only: "state <> 'DRAFT'" },
    SIGN_OFF: { table: 'sign_off', at: 'signed_at', only: '1 = 1' },
    FOLLOW_UP: { table: 'follow_up', at: 'updated_at', only: "state = 'DONE'" },
    VISIT: {
      table: 'visit',
      at: 'coalesce(arrived_at, cancelled_at)',
      only: "(arrived_at is not null or cancelled_at is not null) and (cancel_reason is null or cancel_reason <> 'MISTAKE')",
    },
  }

/** Newest first; at most `limit` rows of these kinds in these charts that come before the cursor. */
export async function selectChartRows(
  reader: Reader,
  {
    patientIds,
    ...asked
  }: {
    readonly patientIds: readonly PatientId[]
    readonly kinds: readonly ChartRowKind[]
    readonly before: ChartCursor | null
    readonly limit: number
  },
): Promise<readonly ChartRow[]> {
  const found = await Promise.all(patientIds.map((patientId) => selectRowsOf(reader, { patientId, ...asked })))
  return found.flat().sort(newestFirst).slice(0, asked.limit)
}

async function selectRowsOf(
  reader: Reader,
  {
    patientId,
    kinds,
    before,
    limit,
  }: {
    readonly patientId: PatientId
    readonly kinds: readonly ChartRowKind[]
    readonly before: ChartCursor | null
    readonly limit: number
  },
): Promise<readonly ChartRow[]> {
  const found: ChartRow[] = []
  for (const kind of kinds) {
    const { table, at, only } = sources[kind]
    const isBefore = before === null ? '' : `and (${at} < ? or (${at} = ? and id < ?))`
    const rows = await many<{ id: string; told_at: Instant }>(
      reader,
      `select ${table}.*, ${at} as told_at from ${table} where patient_id = ? and ${only} ${isBefore}
         order by ${at} desc, id desc limit ${limit}`,
      before === null ? [patientId] : [patientId, before.at, before.at, before.id],
    )
    // The table of a source is the one its kind names.
    for (const row of rows) found.push({ kind, at: row.told_at, row } as unknown as ChartRow)
  }
  return found
}

/** How many lines each of these kinds has. */
export async function countChartRows(
  reader: Reader,
  patientId: PatientId,
  kinds: readonly ChartRowKind[],
): Promise<ReadonlyMap<ChartRowKind, number>> {
  const counts = kinds.map((kind) => {
    const { table, only } = sources[kind]
    return `select '${kind}' as kind, count(*) as found from ${table} where patient_id = ? and ${only}`
  })
  const rows = await many<{ kind: ChartRowKind; found: number }>(
    reader,
    counts.join(' union all '),
    kinds.map(() => patientId),
  )
  return new Map(rows.map(({ kind, found }) => [kind, Number(found)]))
}

/** The newest treatment that was submitted and not voided, with what was needled and from which lots. */
export async function selectLastTreatment(
  reader: Reader,
  patientId: PatientId,
): Promise<{
  readonly head: SessionTable
  readonly zones: readonly SessionZoneTable[]
  readonly lots: readonly string[]
} | null> {
  const head = await one<SessionTable>(
    reader,
    `select * from session where patient_id = ? and performed_on is not null and ${performed} and state <> 'DRAFT'
       order by performed_on desc, session_no desc, id desc limit 1`,
    [patientId],
  )
  if (!head) return null
  const zones = await many<SessionZoneTable>(
    reader,
    'select * from session_zone where patient_id = ? and session_id = ? order by no limit 200',
    [patientId, head.id],
  )
  const cartridges = await many<Pick<SessionCartridgeTable, 'lot_raw'>>(
    reader,
    'select lot_raw from session_cartridge where patient_id = ? and session_id = ? order by no limit 50',
    [patientId, head.id],
  )
  return { head, zones, lots: [...new Set(cartridges.map((cartridge) => cartridge.lot_raw).filter(Boolean))] }
}

/** Everything somebody still has to do for this patient, as head rows. */
export async function selectUnfinished(reader: Reader, patientId: PatientId) {
  return {
    sessions: await many<SessionTable>(
      reader,
      `select * from session where patient_id = ? and state in ('DRAFT', 'SUBMITTED', 'RETURNED')
         and (state <> 'SUBMITTED' or sign_off_required = 1)
         order by created_at, id limit 20`,
      [patientId],
    ),
    addenda: await many<AddendumTable>(
      reader,
      "select * from addendum where patient_id = ? and state in ('SUBMITTED', 'RETURNED') order by written_at, id limit 20",
      [patientId],
    ),
    screenings: await many<ScreeningTable>(
      reader,
      'select * from screening where patient_id = ? and has_open_clear = 1 order by signed_at desc, id limit 5',
      [patientId],
    ),
    followUps: await many<FollowUpTable>(
      reader,
      "select * from follow_up where patient_id = ? and state = 'OPEN' order by due_on, id limit 20",
      [patientId],
    ),
  }
}

function newestFirst(a: ChartRow, b: ChartRow): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1
  return a.row.id < b.row.id ? 1 : -1
}
