import type { PatientBody } from '../../shared/domain/patient.ts'
import type { TaskState } from '../../shared/domain/recall.ts'
import type { Side, ZoneCode } from '../../shared/domain/zones.ts'
import type { ComplicationId, PatientId, RecallId, RecallTaskId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { type Columns, change, insertRow, many, one } from '../records.ts'
import type { ComplicationTable } from '../tables/complication.ts'
import type {
  RecallSessionTable,
  RecallStepTable,
  RecallStockTable,
  RecallTable,
  RecallTaskTable,
} from '../tables/recall.ts'
import type { SessionTable } from '../tables/session.ts'
import { bodyOf } from './patient.ts'

/** What a list of affected sessions shows of each, without opening the record. */
export type AffectedSession = {
  readonly sessionId: SessionId
  readonly patientId: PatientId
  readonly sessionNo: number
  readonly performedOn: CalendarDate | null
  readonly state: SessionTable['state']
  readonly practitionerName: string
  readonly roomKey: string | null
  readonly zones: readonly { readonly zone: ZoneCode; readonly side: Side }[]
}

/** By session id; unknown ids are left out. */
export async function selectAffectedSessions(
  reader: Reader,
  sessionIds: readonly SessionId[],
): Promise<readonly AffectedSession[]> {
  const sessions: AffectedSession[] = []
  for (const ids of inGroups(sessionIds)) {
    const rows = await many<SessionTable & { printed_name: string }>(
      reader,
      `select s.*, staff.printed_name from session s join staff on staff.id = s.practitioner_id
         where s.id in (${marks(ids)}) order by s.id`,
      ids,
    )
    const zones = await many<{ session_id: SessionId; zone: ZoneCode; side: Side }>(
      reader,
      `select session_id, zone, side from session_zone where session_id in (${marks(ids)}) order by session_id, no`,
      ids,
    )
    for (const row of rows) {
      const own = zones.filter((zone) => zone.session_id === row.id)
      sessions.push({
        sessionId: row.id,
        patientId: row.patient_id,
        sessionNo: row.session_no,
        performedOn: row.performed_on,
        state: row.state,
        practitionerName: row.printed_name,
        roomKey: row.room_key,
        zones: own.map(({ zone, side }) => ({ zone, side })),
      })
    }
  }
  return sessions
}

/** The newest version of each patient, for names and contact; unknown ids are left out. */
export async function selectAffectedPatients(
  reader: Reader,
  patientIds: readonly PatientId[],
): Promise<readonly PatientBody[]> {
  const patients: PatientBody[] = []
  for (const ids of inGroups(patientIds)) {
    const rows = await many<{ body: string }>(
      reader,
      `select v.body from patient p join record_version v on v.id = p.version_id where p.id in (${marks(ids)}) order by p.sort_name, p.id`,
      ids,
    )
    patients.push(...rows.map(({ body }) => bodyOf(body)))
  }
  return patients
}

export type AffectedComplication = {
  readonly complicationId: ComplicationId
  readonly patientId: PatientId
  readonly sessionId: SessionId
  readonly code: ComplicationTable['code']
  readonly grade: ComplicationTable['grade']
  readonly state: ComplicationTable['state']
}

/** Complications reported about these sessions. */
export async function selectAffectedComplications(
  reader: Reader,
  sessionIds: readonly SessionId[],
): Promise<readonly AffectedComplication[]> {
  const found: AffectedComplication[] = []
  for (const ids of inGroups(sessionIds)) {
    const rows = await many<ComplicationTable & { session_id: SessionId }>(
      reader,
      `select c.*, l.session_id from complication_session l join complication c on c.id = l.complication_id
         where l.session_id in (${marks(ids)}) order by c.reported_at desc, c.id`,
      ids,
    )
    found.push(
      ...rows.map((row) => ({
        complicationId: row.id,
        patientId: row.patient_id,
        sessionId: row.session_id,
        code: row.code,
        grade: row.grade,
        state: row.state,
      })),
    )
  }
  return found
}

/** Whether a recall names one of these sessions; a look-back by room or days names nothing that was used. */
export async function isAnyRecalled(reader: Reader, sessionIds: readonly SessionId[]): Promise<boolean> {
  for (const ids of inGroups(sessionIds)) {
    const found = await one(
      reader,
      `select 1 as found from recall_session s join recall r on r.id = s.recall_id
         where s.session_id in (${marks(ids)}) and s.finding = 'TRACED' and r.kind <> 'EXPOSURE' limit 1`,
      ids,
    )
    if (found) return true
  }
  return false
}

export async function insertRecall(trx: Trx, recall: RecallTable): Promise<void> {
  await insertRow(trx, 'recall', { ...recall })
}

/** What was found; a session the recall already holds is left as it is. True where it is new. */
export async function insertRecallSession(trx: Trx, row: RecallSessionTable): Promise<boolean> {
  const known = await one(trx, 'select 1 as found from recall_session where recall_id = ? and session_id = ?', [
    row.recall_id,
    row.session_id,
  ])
  if (known) return false
  await insertRow(trx, 'recall_session', { ...row })
  return true
}

export async function insertRecallStock(trx: Trx, row: RecallStockTable): Promise<void> {
  await insertRow(trx, 'recall_stock', { ...row })
}

export async function insertRecallTask(trx: Trx, row: RecallTaskTable): Promise<void> {
  await insertRow(trx, 'recall_task', { ...row })
}

/** The patient's task in this recall; null where there is none. */
export function selectTaskOf(
  reader: Reader,
  recallId: RecallId,
  patientId: PatientId,
): Promise<RecallTaskTable | null> {
  return one<RecallTaskTable>(reader, 'select * from recall_task where recall_id = ? and patient_id = ?', [
    recallId,
    patientId,
  ])
}

export function selectTaskById(reader: Reader, recallId: RecallId, id: RecallTaskId): Promise<RecallTaskTable | null> {
  return one<RecallTaskTable>(reader, 'select * from recall_task where recall_id = ? and id = ?', [recallId, id])
}

/** A task whose record turned out to name it outright is one of the first list from then on. */
export async function raiseTask(trx: Trx, id: RecallTaskId, at: Instant): Promise<void> {
  await change(
    trx,
    "update recall_task set finding = 'TRACED', updated_at = ?, version = version + 1 where id = ? and finding = 'NOT_RULED_OUT'",
    [at, id],
  )
}

/** Moves a task and keeps what was done. False where it was not in this version any more. */
export async function moveTask(
  trx: Trx,
  task: RecallTaskTable,
  step: {
    readonly id: string
    readonly version: number
    readonly to: TaskState
    readonly channel: string | null
    readonly note: string
    readonly at: Instant
    readonly by: StaffId
  },
): Promise<boolean> {
  if (task.version !== step.version) return false
  await insertRow(trx, 'recall_step', {
    id: step.id,
    recall_id: task.recall_id,
    task_id: task.id,
    no: step.version,
    from_state: task.state,
    to_state: step.to,
    channel: step.channel,
    note: step.note,
    done_at: step.at,
    done_by: step.by,
  })
  const moved = await change(
    trx,
    'update recall_task set state = ?, updated_at = ?, version = version + 1 where id = ? and version = ?',
    [step.to, step.at, task.id, step.version],
  )
  return moved === 1
}

/** Changes what may change of an open recall, or closes it. False where somebody saved in between. */
export async function updateRecall(
  trx: Trx,
  { id, version, columns }: { readonly id: RecallId; readonly version: number; readonly columns: Columns },
): Promise<boolean> {
  const names = Object.keys(columns)
  const changed = await change(
    trx,
    `update recall set ${names.map((name) => `${name} = ?, `).join('')}version = version + 1 where id = ? and version = ? and state = 'OPEN'`,
    [...Object.values(columns), id, version],
  )
  return changed === 1
}

export function selectRecall(reader: Reader, id: RecallId): Promise<RecallTable | null> {
  return one<RecallTable>(reader, 'select * from recall where id = ?', [id])
}

export type ListedRecall = RecallTable & {
  readonly opened_by_name: string
  readonly tasks: number
  readonly open: number
}

/** Open recalls first, then the newest; at most 200. */
export async function selectRecalls(reader: Reader): Promise<readonly ListedRecall[]> {
  const rows = await many<ListedRecall>(
    reader,
    `select r.*, staff.printed_name as opened_by_name,
         (select count(*) from recall_task t where t.recall_id = r.id) as tasks,
         (select count(*) from recall_task t where t.recall_id = r.id and t.state in ('DUE', 'SENT')) as open
       from recall r join staff on staff.id = r.opened_by
       order by r.state desc, r.created_at desc, r.id limit 200`,
  )
  return rows.map((row) => ({ ...row, tasks: Number(row.tasks), open: Number(row.open) }))
}

/** Everything a recall holds: what was found, what was set aside, whom to tell, what was done. */
export async function selectRecallParts(reader: Reader, id: RecallId) {
  return {
    sessions: await many<RecallSessionTable>(
      reader,
      'select * from recall_session where recall_id = ? order by session_id limit 10000',
      [id],
    ),
    stock: await many<RecallStockTable>(
      reader,
      'select * from recall_stock where recall_id = ? order by set_at, subject_id limit 1000',
      [id],
    ),
    tasks: await many<RecallTaskTable>(
      reader,
      'select * from recall_task where recall_id = ? order by id limit 10000',
      [id],
    ),
    steps: await many<RecallStepTable & { done_by_name: string }>(
      reader,
      `select p.*, staff.printed_name as done_by_name from recall_step p join staff on staff.id = p.done_by
         where p.recall_id = ? order by p.task_id, p.no limit 50000`,
      [id],
    ),
  }
}

function inGroups<Value extends string>(values: readonly Value[]): readonly (readonly Value[])[] {
  const unique = [...new Set(values)]
  const groups: Value[][] = []
  for (let at = 0; at < unique.length; at += 200) groups.push(unique.slice(at, at + 200))
  return groups
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ')
}
