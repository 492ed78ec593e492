import type { DispositionEntry, ReturnBody, ReturnPointer, ReturnReply } from '../../shared/domain/sign-off.ts'
import type { PatientId, SessionId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { SessionDispositionTable, SessionIntervalClearanceTable, SessionReturnTable } from '../tables/session.ts'

type Whose = { readonly sessionId: SessionId; readonly patientId: PatientId }

export type SessionReturn = ReturnBody & {
  readonly no: number
  /** The version that was sent back. */
  readonly versionId: VersionId
  /** Empty until the author submitted again. */
  readonly replies: readonly ReturnReply[]
  readonly repliedAt: Instant | null
  /** The version that answers. */
  readonly replyVersionId: VersionId | null
}

/** Every time the session was sent back, first one first. */
export async function selectReturns(reader: Reader, sessionId: SessionId): Promise<readonly SessionReturn[]> {
  const rows = await many<SessionReturnTable>(
    reader,
    'select * from session_return where session_id = ? order by no limit 100',
    [sessionId],
  )
  return rows.map((row) => ({
    no: row.no,
    versionId: row.version_id,
    reason: row.reason,
    // Both lists are written by this file from parsed values.
    pointers: JSON.parse(row.pointers) as readonly ReturnPointer[],
    dueAt: row.due_at,
    returnedBy: row.returned_by,
    returnedAt: row.returned_at,
    takeoverReason: row.takeover_reason,
    replies: row.replies === null ? [] : (JSON.parse(row.replies) as readonly ReturnReply[]),
    repliedAt: row.replied_at,
    replyVersionId: row.reply_version_id,
  }))
}

/** Keeps what the physician said; the state moves with `moveSession`, whose columns count `returns` on. */
export async function insertReturn(
  trx: Trx,
  { sessionId, patientId, versionId }: Whose & { readonly versionId: VersionId },
  { id, body }: { readonly id: string; readonly body: ReturnBody },
): Promise<void> {
  const last = await one<{ no: number | null }>(trx, 'select max(no) as no from session_return where session_id = ?', [
    sessionId,
  ])
  await insertRow(trx, 'session_return', {
    id,
    patient_id: patientId,
    session_id: sessionId,
    no: (last?.no ?? 0) + 1,
    version_id: versionId,
    reason: body.reason,
    pointers: JSON.stringify(body.pointers),
    due_at: body.dueAt,
    returned_by: body.returnedBy,
    returned_at: body.returnedAt,
    takeover_reason: body.takeoverReason,
    replies: null,
    replied_at: null,
    reply_version_id: null,
  })
}

/** Puts the author's answers beside the last return, which has none yet. */
export async function answerReturn(
  trx: Trx,
  sessionId: SessionId,
  {
    replies,
    at,
    versionId,
  }: { readonly replies: readonly ReturnReply[]; readonly at: Instant; readonly versionId: VersionId },
): Promise<void> {
  const changed = await change(
    trx,
    `update session_return set replies = ?, replied_at = ?, reply_version_id = ?
       where session_id = ? and replies is null
         and no = (select max(no) from session_return as last where last.session_id = session_return.session_id)`,
    [JSON.stringify(replies), at, versionId, sessionId],
  )
  if (changed !== 1) throw new Error(`session ${sessionId} has no open return`)
}

export type SessionDisposition = DispositionEntry & {
  readonly versionId: VersionId
  readonly decidedBy: StaffId
  readonly decidedAt: Instant
}

/** What was decided about the deviations, oldest first. */
export async function selectDispositions(reader: Reader, sessionId: SessionId): Promise<readonly SessionDisposition[]> {
  const rows = await many<SessionDispositionTable>(
    reader,
    'select * from session_disposition where session_id = ? order by decided_at, id limit 500',
    [sessionId],
  )
  return rows.map((row) => ({
    deviationId: row.deviation_id,
    disposition: row.disposition,
    note: row.note,
    versionId: row.version_id,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
  }))
}

export async function insertDispositions(
  trx: Trx,
  { sessionId, patientId, versionId }: Whose & { readonly versionId: VersionId },
  {
    entries,
    newId,
    at,
    by,
  }: {
    readonly entries: readonly DispositionEntry[]
    readonly newId: () => string
    readonly at: Instant
    readonly by: StaffId
  },
): Promise<void> {
  for (const { deviationId, disposition, note } of entries) {
    await insertRow(trx, 'session_disposition', {
      id: newId(),
      patient_id: patientId,
      session_id: sessionId,
      version_id: versionId,
      deviation_id: deviationId,
      disposition,
      note,
      decided_by: by,
      decided_at: at,
    })
  }
}

export type IntervalClearance = { readonly reason: string; readonly clearedBy: StaffId; readonly clearedAt: Instant }

/** A physician's word that this session may follow the last one so soon; null where nobody gave it. */
export async function selectIntervalClearance(reader: Reader, sessionId: SessionId): Promise<IntervalClearance | null> {
  const row = await one<SessionIntervalClearanceTable>(
    reader,
    'select * from session_interval_clearance where session_id = ? order by cleared_at desc, id limit 1',
    [sessionId],
  )
  return row && { reason: row.reason, clearedBy: row.cleared_by, clearedAt: row.cleared_at }
}

export async function insertIntervalClearance(
  trx: Trx,
  { sessionId, patientId }: Whose,
  { id, reason, at, by }: { readonly id: string; readonly reason: string; readonly at: Instant; readonly by: StaffId },
): Promise<void> {
  await insertRow(trx, 'session_interval_clearance', {
    id,
    patient_id: patientId,
    session_id: sessionId,
    reason,
    cleared_by: by,
    cleared_at: at,
  })
}
