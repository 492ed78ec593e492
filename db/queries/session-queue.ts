import type { SessionFacts as TransitionFacts } from '../../shared/domain/session-state.ts'
import type { QueueEntry } from '../../shared/domain/sign-off.ts'
import { queueGroup, queueGroups } from '../../shared/domain/sign-off.ts'
import type { SessionId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, many, one } from '../records.ts'
import type { SessionTable } from '../tables/session.ts'
import type { StoredSession } from './session.ts'
import { selectReturns } from './session-return.ts'

export type QueueKey = { readonly group: number; readonly dueAt: Instant; readonly sessionId: SessionId }
export type QueuedSession = QueueEntry & {
  readonly head: SessionTable
  readonly key: QueueKey
}

/**
 * One page of the sign-off queue in its order: red flags, what needs a look, clean ones; each by due time, then id.
 * `after` is the key of the page before; `supervisorId` narrows to one physician, `exceptAuthorId` leaves out the
 * asking physician's own.
 */
export async function selectSubmittedQueue(
  reader: Reader,
  {
    after = null,
    limit = 50,
    supervisorId = null,
    exceptAuthorId = null,
  }: {
    readonly after?: QueueKey | null
    readonly limit?: number
    readonly supervisorId?: StaffId | null
    readonly exceptAuthorId?: StaffId | null
  } = {},
): Promise<readonly QueuedSession[]> {
  const narrowed = supervisorId === null ? '' : ' and supervising_physician_id = ?'
  const others = exceptAuthorId === null ? '' : ' and practitioner_id <> ?'
  const paged = after === null ? '' : ' and (queue_group, due_at, id) > (?, ?, ?)'
  const rows = await many<SessionTable>(
    reader,
    `select * from session where state = 'SUBMITTED'${narrowed}${others}${paged}
       order by queue_group, due_at, id limit ${limit}`,
    [
      ...(supervisorId === null ? [] : [supervisorId]),
      ...(exceptAuthorId === null ? [] : [exceptAuthorId]),
      ...(after === null ? [] : [after.group, after.dueAt, after.sessionId]),
    ],
  )
  return rows.map((head) => ({
    ...queueEntryOf(head),
    head,
    key: { group: head.queue_group, dueAt: head.due_at ?? '', sessionId: head.id },
  }))
}

/** How many records wait, per queue group, without opening any. */
export async function countSubmitted(
  reader: Reader,
  { supervisorId = null }: { readonly supervisorId?: StaffId | null } = {},
): Promise<{ readonly redFlag: number; readonly attention: number; readonly clean: number }> {
  const rows = await many<{ queue_group: number; found: number }>(
    reader,
    `select queue_group, count(*) as found from session where state = 'SUBMITTED'
       ${supervisorId === null ? '' : 'and supervising_physician_id = ?'} group by queue_group order by queue_group`,
    supervisorId === null ? [] : [supervisorId],
  )
  const of = (group: number) => Number(rows.find((row) => row.queue_group === group)?.found ?? 0)
  return { redFlag: of(0), attention: of(1), clean: of(2) }
}

/** What the queue knows of a record that waits. */
export function queueEntryOf(head: SessionTable): QueueEntry {
  if (head.submitted_at === null || head.due_at === null) throw new Error(`session ${head.id} was never submitted`)
  return {
    recordId: head.id,
    submittedAt: head.submitted_at,
    dueAt: head.due_at,
    redFlags: head.red_flags,
    deviations: head.deviations,
    complications: head.complications,
    warnings: head.warnings,
    isCorrected: head.returns > 0,
  }
}

/** The place in the queue that follows from the counts. */
export function queueGroupOf(entry: Omit<QueueEntry, 'recordId' | 'submittedAt' | 'dueAt'>): number {
  return queueGroups.indexOf(queueGroup(entry))
}

/**
 * For the complications: how many reports now concern this session. The record's own version does not move. A report
 * makes a countersignature required where none was, by the deadlines `due` that begin with it.
 */
export async function setSessionComplications(
  trx: Trx,
  sessionId: SessionId,
  {
    complications,
    due,
  }: { readonly complications: number; readonly due: { readonly dueAt: Instant; readonly escalateAt: Instant } },
): Promise<void> {
  const head = await one<SessionTable>(trx, 'select * from session where id = ?', [sessionId])
  if (!head) throw new Error(`no session ${sessionId}`)
  const group = queueGroupOf({
    redFlags: head.red_flags,
    deviations: head.deviations,
    complications,
    warnings: head.warnings,
    isCorrected: head.returns > 0,
  })
  if (complications > 0 && head.state === 'SUBMITTED' && head.sign_off_required === 0) {
    await change(trx, 'update session set sign_off_required = 1, due_at = ?, escalate_at = ? where id = ?', [
      due.dueAt,
      due.escalateAt,
      sessionId,
    ])
  }
  await change(trx, 'update session set complications = ?, queue_group = ? where id = ?', [
    complications,
    group,
    sessionId,
  ])
}

export type SessionReading = { readonly staffId: StaffId; readonly isPhysician: boolean; readonly at: Instant }

/** Who opened this version and when first, by the audit; oldest first. */
export async function selectReadings(reader: Reader, versionId: VersionId): Promise<readonly SessionReading[]> {
  const rows = await many<{ actor_id: StaffId | null; roles: string; at: Instant }>(
    reader,
    `select actor_id, roles, min(at) as at from audit_entry
       where action = 'session.open' and version_id = ? and outcome = 'DONE'
       group by actor_id, roles order by min(seq) limit 500`,
    [versionId],
  )
  return rows.flatMap(({ actor_id: staffId, roles, at }) =>
    staffId === null ? [] : [{ staffId, isPhysician: roles.split(' ').includes('physician'), at }],
  )
}

/** What `decideTransition` must know of a stored session, for this actor. */
export async function selectTransitionFacts(
  reader: Reader,
  session: StoredSession,
  actorId: StaffId,
): Promise<TransitionFacts> {
  const { head } = session
  const readings = await selectReadings(reader, session.versionId)
  const returns = await selectReturns(reader, session.sessionId)
  return {
    authorId: head.practitioner_id,
    authorIsPhysician: head.author_is_physician === 1,
    supervisingPhysicianId: head.supervising_physician_id,
    isStarted: head.is_started === 1,
    currentVersionId: session.versionId,
    currentSha256: session.sha256,
    wasOpenedByPhysician: readings.some((one) => one.isPhysician && one.staffId !== head.practitioner_id),
    wasOpenedByActor: readings.some((one) => one.staffId === actorId),
    deviations: head.deviations,
    complications: head.complications,
    warnings: head.warnings,
    returnPointers: returns.at(-1)?.pointers ?? [],
  }
}
