import type { SeriesStatus } from '../../shared/domain/series.ts'
import { queueGroups, type SignedRecordKind, type SignOffBody } from '../../shared/domain/sign-off.ts'
import type { PatientId, SignOffId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRecord, many, one, type RecordDefinition, type StoredRecord, selectRecord } from '../records.ts'
import type { PatientTable } from '../tables/patient.ts'
import type { SessionTable } from '../tables/session.ts'
import type { QueueKey } from './session-queue.ts'

export const signOffRecord: RecordDefinition<SignOffBody> = {
  kind: 'sign_off',
  table: 'sign_off',
  schema: 'sign-off/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => ({
    record_kind: body.record.kind,
    record_id: body.record.recordId,
    record_version_id: body.record.versionId,
    signer_id: body.signer.staffId,
    meaning: body.meaning,
    decision: body.decision,
    signed_at: body.signedAt,
    batch_id: body.batchId,
  }),
}

/** Writes the physician's review as a record of its own; the signature row stands over the reviewed version. */
export function insertSignOff(
  trx: Trx,
  {
    body,
    newId,
    at,
    by,
  }: { readonly body: SignOffBody; readonly newId: () => string; readonly at: Instant; readonly by: StaffId },
): Promise<VersionId> {
  return insertRecord(trx, signOffRecord, { id: body.signOffId, body, newId, at, by, reason: 'SIGNED' })
}

/** The review that belongs to this very version; null while nobody has countersigned it. */
export async function selectSignOffOf(
  reader: Reader,
  kind: SignedRecordKind,
  recordId: string,
  patientId: PatientId,
): Promise<StoredRecord<SignOffBody> | null> {
  const row = await one<{ id: SignOffId }>(
    reader,
    'select id from sign_off where record_kind = ? and record_id = ? and patient_id = ? order by signed_at desc, id limit 1',
    [kind, recordId, patientId],
  )
  return row ? selectRecord(reader, signOffRecord, row.id) : null
}

export type QueueCount = {
  readonly redFlag: number
  readonly attention: number
  readonly clean: number
  readonly addenda: number
  /** Of all of them: due before the given instant, and before now. */
  readonly dueToday: number
  readonly overdue: number
}

/** How many records and addenda wait for a second person, `exceptAuthorId`'s own left out; none is opened. */
export async function countWaiting(
  reader: Reader,
  {
    exceptAuthorId,
    now,
    endOfToday,
  }: { readonly exceptAuthorId: StaffId; readonly now: Instant; readonly endOfToday: Instant },
): Promise<QueueCount> {
  const rows = await many<{ part: number; found: number; due: number; late: number }>(
    reader,
    `select queue_group as part, count(*) as found, sum(case when due_at <= ? then sign_off_required else 0 end) as due,
         sum(case when due_at <= ? then sign_off_required else 0 end) as late
       from session where state = 'SUBMITTED' and practitioner_id <> ? group by queue_group
     union all
     select 3 as part, count(*) as found, coalesce(sum(case when due_at <= ? then 1 else 0 end), 0) as due,
         coalesce(sum(case when due_at <= ? then 1 else 0 end), 0) as late
       from addendum where state = 'SUBMITTED' and author_id <> ?
     order by part`,
    [endOfToday, now, exceptAuthorId, endOfToday, now, exceptAuthorId],
  )
  const of = (part: number) => Number(rows.find((row) => row.part === part)?.found ?? 0)
  const sum = (field: 'due' | 'late') => rows.reduce((total, row) => total + Number(row[field]), 0)
  return {
    redFlag: of(0),
    attention: of(1),
    clean: of(2),
    addenda: of(3),
    dueToday: sum('due'),
    overdue: sum('late'),
  }
}

/** A session that waits, with everything a row of the queue shows. */
export type WaitingSession = Pick<SessionTable, (typeof waitingColumns)[number]> & {
  readonly sha256: string
  /** The submitted bytes; null for a clean record, of which a list shows nothing more. */
  readonly body: string | null
  readonly series_status: SeriesStatus
  readonly sessions_planned: number
  readonly is_opened: number
} & Pick<PatientTable, 'family' | 'given' | 'preferred' | 'born_on' | 'chart_number' | 'look_alike'>

const waitingColumns = [
  'id',
  'patient_id',
  'version_id',
  'session_no',
  'practitioner_id',
  'supervising_physician_id',
  'performed_on',
  'record_only',
  'red_flags',
  'deviations',
  'complications',
  'warnings',
  'returns',
  'queue_group',
  'sign_off_required',
  'submitted_at',
  'due_at',
  'escalate_at',
] as const

/**
 * One page of the queue in its order, the asking physician's own left out; `is_opened` tells whether that physician has
 * opened this very version. One statement, so that a page costs the same whatever stands on it. Nothing is checked
 * against its bytes: that is done when a record is opened and when it is signed.
 */
export function selectWaitingSessions(
  reader: Reader,
  { after, limit, readerId }: { readonly after: QueueKey | null; readonly limit: number; readonly readerId: StaffId },
): Promise<readonly WaitingSession[]> {
  const paged = after === null ? '' : 'and (queue_group, due_at, id) > (?, ?, ?)'
  // The limit stands inside, so that the planner follows the queue and then reads what surrounds each row by its key.
  return many<WaitingSession>(
    reader,
    `select ${waitingColumns.map((name) => `q.${name}`).join(', ')}, v.sha256,
       case when q.queue_group = ${queueGroups.indexOf('CLEAN')} then null else v.body end as body,
       s.status as series_status, s.sessions_planned,
       p.family, p.given, p.preferred, p.born_on, p.chart_number, p.look_alike,
       exists (select 1 from audit_entry where action = 'session.open' and version_id = q.version_id
         and actor_id = ? and outcome = 'DONE') as is_opened
     from (select series_id, ${waitingColumns.join(', ')} from session
         where state = 'SUBMITTED' and practitioner_id <> ? ${paged} order by queue_group, due_at, id limit ${limit}) q
       join record_version v on v.id = q.version_id
       join series s on s.id = q.series_id
       join patient p on p.id = q.patient_id
     order by q.queue_group, q.due_at, q.id`,
    [readerId, readerId, ...(after === null ? [] : [after.group, after.dueAt, after.sessionId])],
  )
}
