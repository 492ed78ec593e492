import {
  type CourseFollowUp,
  type FollowUpKind,
  type FollowUpResult,
  type PlannedFollowUp,
  phonedKinds,
} from '../../shared/domain/follow-up.ts'
import type { ReactionCheck } from '../../shared/domain/reaction-windows.ts'
import type { ComplicationId, FollowUpId, PatientId, SeriesId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { FollowUpTable } from '../tables/complication.ts'

export type NewFollowUp = {
  readonly patientId: PatientId
  readonly kind: FollowUpKind
  readonly dueOn: CalendarDate
  /** In time from the one day to the other; the due day itself where nothing is said. */
  readonly fromOn?: CalendarDate
  readonly untilOn?: CalendarDate
  readonly needsPhotos?: boolean
  readonly about?: string
  readonly sessionId?: SessionId | null
  readonly complicationId?: ComplicationId | null
  readonly seriesId?: SeriesId | null
  readonly reactionCode?: FollowUpTable['reaction_code']
  readonly ownerId?: StaffId | null
}

type Making = { readonly newId: () => string; readonly at: Instant }

export async function insertFollowUp(trx: Trx, followUp: NewFollowUp, { newId, at }: Making): Promise<FollowUpId> {
  const id = newId() as FollowUpId
  const { dueOn } = followUp
  await insertRow(trx, 'follow_up', {
    id,
    version: 1,
    patient_id: followUp.patientId,
    kind: followUp.kind,
    session_id: followUp.sessionId ?? null,
    complication_id: followUp.complicationId ?? null,
    series_id: followUp.seriesId ?? null,
    reaction_code: followUp.reactionCode ?? null,
    about: followUp.about ?? '',
    due_on: dueOn,
    from_on: followUp.fromOn ?? dueOn,
    until_on: followUp.untilOn ?? dueOn,
    needs_photos: followUp.needsPhotos ? 1 : 0,
    owner_id: followUp.ownerId ?? null,
    state: 'OPEN',
    result: null,
    outcome: null,
    done_on: null,
    done_by: null,
    created_at: at,
    updated_at: at,
  })
  return id
}

/** What everybody gets after a session; a corrected or repeated submission adds nothing twice. */
export async function insertSessionFollowUps(
  trx: Trx,
  {
    patientId,
    sessionId,
    planned,
    reactions = [],
  }: {
    readonly patientId: PatientId
    readonly sessionId: SessionId
    readonly planned: readonly PlannedFollowUp[]
    /** Expected reactions logged on the session, each with the day after its window. */
    readonly reactions?: readonly ReactionCheck[]
  },
  making: Making,
): Promise<void> {
  for (const { kind, dueOn, needsPhotos } of planned) {
    const known = await one(trx, 'select 1 as found from follow_up where session_id = ? and kind = ?', [
      sessionId,
      kind,
    ])
    if (!known) await insertFollowUp(trx, { patientId, sessionId, kind, dueOn, needsPhotos }, making)
  }
  for (const { code: reactionCode, dueOn } of reactions) {
    const known = await one(
      trx,
      "select 1 as found from follow_up where session_id = ? and kind = 'REACTION_CHECK' and reaction_code = ?",
      [sessionId, reactionCode],
    )
    if (known) continue
    await insertFollowUp(trx, { patientId, sessionId, kind: 'REACTION_CHECK', reactionCode, dueOn }, making)
  }
}

/**
 * Makes the open dates of a course those that are planned now: what stands already stays, what moved or fell away is
 * cancelled, and a date that was done is not asked for again.
 */
export async function settleSeriesFollowUps(
  trx: Trx,
  {
    patientId,
    seriesId,
    planned,
  }: { readonly patientId: PatientId; readonly seriesId: SeriesId; readonly planned: readonly CourseFollowUp[] },
  making: Making,
): Promise<void> {
  const rows = await many<FollowUpTable>(
    trx,
    // By the patient: finished dates stand in no index of their series.
    "select * from follow_up where patient_id = ? and series_id = ? and kind in ('OUTCOME_REVIEW', 'MAINTENANCE') order by due_on, id",
    [patientId, seriesId],
  )
  // Where the planned date was worked off, what is still open of it asks once more and stays.
  const stays = (row: FollowUpTable) =>
    planned.some(
      (one) =>
        isSame(row, one) ||
        (row.kind === one.kind && rows.some((other) => other.state === 'DONE' && isSame(other, one))),
    )
  for (const row of rows) if (row.state === 'OPEN' && !stays(row)) await cancelFollowUp(trx, row.id, making.at)
  for (const date of planned) {
    if (rows.some((row) => row.state !== 'CANCELLED' && isSame(row, date))) continue
    await insertFollowUp(trx, { patientId, seriesId, ...date }, making)
  }
}

function isSame(row: FollowUpTable, { kind, dueOn, fromOn, untilOn }: CourseFollowUp): boolean {
  return row.kind === kind && row.due_on === dueOn && row.from_on === fromOn && row.until_on === untilOn
}

/** The one rule of the worklist: open, and its time has begun by the day asked about. List and counts both use it. */
const onTheList = "state = 'OPEN' and from_on <= ?"

/** The worklist to `until`, soonest first, at most 300. */
export function selectDueFollowUps(reader: Reader, until: CalendarDate): Promise<readonly FollowUpTable[]> {
  return many<FollowUpTable>(reader, `select * from follow_up where ${onTheList} order by due_on, id limit 300`, [
    until,
  ])
}

/** `due`: in their time on that day and not late; `calls`: of both, what is done by phone. */
export type FollowUpCounts = { readonly due: number; readonly overdue: number; readonly calls: number }

/** How many stand on the worklist of `on`: for its own head, for the rail and for Today. */
export async function countFollowUps(reader: Reader, on: CalendarDate): Promise<FollowUpCounts> {
  const phoned = phonedKinds.map((kind) => `'${kind}'`).join(', ')
  const row = await one<{ found: number; overdue: number | null; calls: number | null }>(
    reader,
    `select count(*) as found, sum(case when until_on < ? then 1 else 0 end) as overdue,
         sum(case when kind in (${phoned}) then 1 else 0 end) as calls
       from follow_up where ${onTheList}`,
    [on, on],
  )
  const overdue = Number(row?.overdue ?? 0)
  return { due: Number(row?.found ?? 0) - overdue, overdue, calls: Number(row?.calls ?? 0) }
}

/** Every follow-up of the patient, soonest first. */
export function selectFollowUpsOf(reader: Reader, patientId: PatientId): Promise<readonly FollowUpTable[]> {
  return many<FollowUpTable>(reader, 'select * from follow_up where patient_id = ? order by due_on, id limit 300', [
    patientId,
  ])
}

export function selectFollowUp(reader: Reader, patientId: PatientId, id: FollowUpId): Promise<FollowUpTable | null> {
  return one<FollowUpTable>(reader, 'select * from follow_up where id = ? and patient_id = ?', [id, patientId])
}

/** Another due day for what is still open; the first day of its time stays. */
export async function moveFollowUp(
  trx: Trx,
  { id, dueOn, at }: { readonly id: FollowUpId; readonly dueOn: CalendarDate; readonly at: Instant },
): Promise<void> {
  const changed = await change(
    trx,
    "update follow_up set due_on = ?, until_on = ?, updated_at = ?, version = version + 1 where id = ? and state = 'OPEN'",
    [dueOn, dueOn, at, id],
  )
  if (changed !== 1) throw new Error(`follow-up ${id} is not open`)
}

/** False where it was not open in this version any more. */
export async function finishFollowUp(
  trx: Trx,
  {
    id,
    version,
    result,
    outcome,
    on,
    by,
    at,
  }: {
    readonly id: FollowUpId
    readonly version: number
    readonly result: FollowUpResult
    readonly outcome: string
    readonly on: CalendarDate
    readonly by: StaffId
    readonly at: Instant
  },
): Promise<boolean> {
  const changed = await change(
    trx,
    "update follow_up set state = 'DONE', result = ?, outcome = ?, done_on = ?, done_by = ?, updated_at = ?, version = version + 1 where id = ? and version = ? and state = 'OPEN'",
    [result, outcome, on, by, at, id, version],
  )
  return changed === 1
}

/** False where it was not open in this version any more. */
export async function giveFollowUp(
  trx: Trx,
  {
    id,
    version,
    ownerId,
    at,
  }: {
    readonly id: FollowUpId
    readonly version: number
    readonly ownerId: StaffId | null
    readonly at: Instant
  },
): Promise<boolean> {
  const changed = await change(
    trx,
    "update follow_up set owner_id = ?, updated_at = ?, version = version + 1 where id = ? and version = ? and state = 'OPEN'",
    [ownerId, at, id, version],
  )
  return changed === 1
}

/** A schedule that no longer holds (regraded, closed, entered in error): its open dates go. */
export async function cancelOpenFollowUps(
  trx: Trx,
  {
    complicationId,
    sessionId,
    at,
  }: { readonly complicationId?: ComplicationId; readonly sessionId?: SessionId; readonly at: Instant },
): Promise<number> {
  return change(
    trx,
    "update follow_up set state = 'CANCELLED', updated_at = ?, version = version + 1 where state = 'OPEN' and (complication_id = ? or session_id = ?)",
    [at, complicationId ?? null, sessionId ?? null],
  )
}

async function cancelFollowUp(trx: Trx, id: FollowUpId, at: Instant): Promise<void> {
  await change(
    trx,
    "update follow_up set state = 'CANCELLED', updated_at = ?, version = version + 1 where id = ? and state = 'OPEN'",
    [at, id],
  )
}
