import type { SignedRecordKind, SignOffBody } from '../../shared/domain/sign-off.ts'
import type { PatientId, SignOffId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { insertRecord, many, one, type RecordDefinition, type StoredRecord, selectRecord } from '../records.ts'

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
    `select queue_group as part, count(*) as found, sum(case when due_at <= ? then 1 else 0 end) as due,
         sum(case when due_at <= ? then 1 else 0 end) as late
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

/** The newest version of a waiting session, without checking it: a list shows what the queue knows already. */
export async function selectQueuedVersion(
  reader: Reader,
  versionId: VersionId,
): Promise<{ readonly sha256: string; readonly body: string } | null> {
  return one(reader, 'select sha256, body from record_version where id = ?', [versionId])
}

/** Whether this person has opened this very version. */
export async function wasOpenedBy(reader: Reader, versionId: VersionId, staffId: StaffId): Promise<boolean> {
  const row = await one(
    reader,
    `select 1 as found from audit_entry
       where action = 'session.open' and version_id = ? and actor_id = ? and outcome = 'DONE' limit 1`,
    [versionId, staffId],
  )
  return row !== null
}
