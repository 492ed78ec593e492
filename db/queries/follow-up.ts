import type { PlannedFollowUp } from '../../shared/domain/follow-up.ts'
import type { ReactionCheck } from '../../shared/domain/reaction-windows.ts'
import type { ComplicationId, FollowUpId, PatientId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { FollowUpTable, StoredFollowUpKind } from '../tables/complication.ts'

export type NewFollowUp = {
  readonly patientId: PatientId
  readonly kind: StoredFollowUpKind
  readonly dueOn: CalendarDate
  readonly needsPhotos?: boolean
  readonly sessionId?: SessionId | null
  readonly complicationId?: ComplicationId | null
  readonly reactionCode?: FollowUpTable['reaction_code']
  readonly ownerId?: StaffId | null
}

type Making = { readonly newId: () => string; readonly at: Instant }

export async function insertFollowUp(trx: Trx, followUp: NewFollowUp, { newId, at }: Making): Promise<FollowUpId> {
  const id = newId() as FollowUpId
  await insertRow(trx, 'follow_up', {
    id,
    version: 1,
    patient_id: followUp.patientId,
    kind: followUp.kind,
    session_id: followUp.sessionId ?? null,
    complication_id: followUp.complicationId ?? null,
    reaction_code: followUp.reactionCode ?? null,
    due_on: followUp.dueOn,
    needs_photos: followUp.needsPhotos ? 1 : 0,
    owner_id: followUp.ownerId ?? null,
    state: 'OPEN',
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

/** Open follow-ups due on or before `until`, soonest first, at most 300. */
export function selectDueFollowUps(reader: Reader, until: CalendarDate): Promise<readonly FollowUpTable[]> {
  return many<FollowUpTable>(
    reader,
    "select * from follow_up where state = 'OPEN' and due_on <= ? order by due_on, id limit 300",
    [until],
  )
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

/** False where it was not open in this version any more. */
export async function finishFollowUp(
  trx: Trx,
  {
    id,
    version,
    outcome,
    on,
    by,
    at,
  }: {
    readonly id: FollowUpId
    readonly version: number
    readonly outcome: string
    readonly on: CalendarDate
    readonly by: StaffId
    readonly at: Instant
  },
): Promise<boolean> {
  const changed = await change(
    trx,
    "update follow_up set state = 'DONE', outcome = ?, done_on = ?, done_by = ?, updated_at = ?, version = version + 1 where id = ? and version = ? and state = 'OPEN'",
    [outcome, on, by, at, id, version],
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
