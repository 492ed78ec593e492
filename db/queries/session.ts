import { foldRoom } from '../../shared/domain/recall.ts'
import type { SessionBody, SessionDraft } from '../../shared/domain/session.ts'
import { isRedFlagReaction } from '../../shared/domain/session-check.ts'
import type { LastSession } from '../../shared/domain/session-desk.ts'
import {
  isSubmittedBody,
  type OpeningStage,
  type SessionOpening,
  type SessionRecordBody,
} from '../../shared/domain/session-opening.ts'
import type { SessionState, SessionFacts as TransitionFacts } from '../../shared/domain/session-state.ts'
import type { QueueEntry, ReturnReply } from '../../shared/domain/sign-off.ts'
import { queueGroup, queueGroups } from '../../shared/domain/sign-off.ts'
import type { OrderId, PatientId, SeriesId, SessionId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import { addMinutes, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  appendVersion,
  type Columns,
  change,
  type Integrity,
  insertRecord,
  many,
  moveHead,
  one,
  type RecordDefinition,
  type StoredRecord,
  type StoredVersion,
  selectRecordOf,
  selectVersions,
} from '../records.ts'
import type { SessionTable } from '../tables/session.ts'
import { type Draft, deleteDraft, insertDraft, selectDraft } from './draft.ts'
import { partsAgree, writeParts } from './session-parts.ts'
import { selectReturns } from './session-return.ts'

/**
 * A session's versions: an opening (`session-opening/1`) for each step before the submission, then what the author
 * submitted (`session/1`). Read both by this definition and tell them apart by `isSubmittedBody`.
 */
export const sessionRecord: RecordDefinition<SessionRecordBody> = {
  kind: 'session',
  table: 'session',
  schema: 'session/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => (isSubmittedBody(body) ? bodyColumns(body) : openingColumns(body)),
}
const openingRecord: RecordDefinition<SessionRecordBody> = { ...sessionRecord, schema: 'session-opening/1' }

/** Kind of the row that holds what is typed, under the session's id, while it is DRAFT or RETURNED. */
export const sessionDraftKind = 'session'

/** What the author types: the session, and answers to the physician's points while it is returned. */
export type SessionText = { readonly draft: SessionDraft; readonly replies: readonly ReturnReply[] }

/** Audit action of everything that shows a session's content: "opened since submission" is read from these rows. */
export const sessionOpenAction = 'session.open'

export type StoredSession = {
  readonly sessionId: SessionId
  readonly patientId: PatientId
  /** Optimistic lock of the head row. */
  readonly version: number
  readonly versionId: VersionId
  /** Counts every version, openings too. */
  readonly versionNumber: number
  readonly sha256: string
  readonly state: SessionState
  readonly head: SessionTable
  /** What was submitted last; null before the first submission. */
  readonly body: SessionBody | null
  /** The step before the submission that the newest version tells of; null from the submission on. */
  readonly opening: SessionOpening | null
  readonly integrity: Integrity
}

/** One session of this patient, checked against its bytes and its part tables; null where the patient has no such one. */
export async function selectSession(
  reader: Reader,
  patientId: PatientId,
  sessionId: SessionId,
): Promise<StoredSession | null> {
  const record = await selectRecordOf(reader, sessionRecord, patientId, sessionId)
  if (!record) return null
  const session = recordToSession(record)
  if (session.integrity !== 'INTACT' || session.body === null || isBeingWritten(session.state)) return session
  const agrees = await partsAgree(reader, sessionId, session.body)
  return agrees ? session : { ...session, integrity: 'COLUMNS_CHANGED' }
}

/** All versions, oldest first, openings among them. */
export function selectSessionVersions(
  reader: Reader,
  sessionId: SessionId,
): Promise<readonly StoredVersion<SessionRecordBody>[]> {
  return selectVersions(reader, sessionRecord, sessionId)
}

/** The opening at which the session passed the start gate, with its plan and what the gate read; null where none did. */
export async function selectStart(reader: Reader, sessionId: SessionId): Promise<SessionOpening | null> {
  for (const { body } of await selectSessionVersions(reader, sessionId)) {
    if (!isSubmittedBody(body) && body.stage === 'STARTED') return body
  }
  return null
}

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

type Making = { readonly newId: () => string; readonly at: Instant; readonly by: StaffId }

/** Begins a session: version 1, the head row in DRAFT, and its draft. */
export async function insertSession(
  trx: Trx,
  {
    sessionId,
    opening,
    authorIsPhysician,
    ...making
  }: Making & {
    readonly sessionId: SessionId
    readonly opening: SessionOpening
    readonly authorIsPhysician: boolean
  },
): Promise<VersionId> {
  const versionId = await insertRecord(trx, openingRecord, {
    id: sessionId,
    body: opening,
    reason: opening.stage,
    state: {
      author_is_physician: authorIsPhysician ? 1 : 0,
      state: 'DRAFT',
      complications: 0,
      submissions: 0,
      returns: 0,
      queue_group: queueGroups.indexOf('CLEAN'),
    },
    ...making,
  })
  await insertDraft(trx, {
    id: sessionId,
    kind: sessionDraftKind,
    patientId: opening.patientId,
    ownerId: making.by,
    body: { draft: opening.draft, replies: [] } satisfies SessionText,
    at: making.at,
  })
  return versionId
}

/** Keeps the draft of this moment as a version: at the start, at a record-only entry, when it is discarded or voided. */
export async function keepOpening(
  trx: Trx,
  session: StoredSession,
  {
    opening,
    ...making
  }: Making & { readonly opening: SessionOpening & { readonly stage: Exclude<OpeningStage, 'BEGUN'> } },
): Promise<{ readonly versionId: VersionId; readonly version: number } | null> {
  const kept = await appendVersion(trx, openingRecord, {
    id: session.sessionId,
    expectedVersion: session.version,
    body: opening,
    reason: opening.stage,
    ...making,
  })
  return kept && { ...kept, version: session.version + 1 }
}

/**
 * Writes what the author submits as a version of its own, with its part tables. The state does not move yet: the
 * signature over this version comes first (`moveSession` after it).
 */
export async function appendSubmission(
  trx: Trx,
  session: StoredSession,
  { body, ...making }: Making & { readonly body: SessionBody },
): Promise<{ readonly versionId: VersionId; readonly version: number } | null> {
  const reason = session.state === 'RETURNED' ? 'CORRECTED' : 'SUBMITTED'
  const appended = await appendVersion(trx, sessionRecord, {
    id: session.sessionId,
    expectedVersion: session.version,
    body,
    reason,
    ...making,
  })
  if (!appended) return null
  await writeParts(trx, session, body)
  await deleteDraft(trx, sessionDraftKind, session.sessionId)
  return { ...appended, version: session.version + 1 }
}

/** Moves the state under the optimistic lock; the store refuses every move the clinical reference does not know. */
export async function moveSession(
  trx: Trx,
  { sessionId, version }: Pick<StoredSession, 'sessionId' | 'version'>,
  { to, at, columns = {} }: { readonly to: SessionState; readonly at: Instant; readonly columns?: Columns },
): Promise<boolean> {
  return moveHead(trx, 'session', sessionId, version, { state: to, updated_at: at, ...columns })
}

/**
 * Marks a session as entered in error. A draft is kept as a version first, so that nothing typed is lost; the bytes of
 * every other state stay as they are. False where somebody saved in between.
 */
export async function voidSession(
  trx: Trx,
  session: StoredSession,
  {
    reason,
    correctSessionId,
    ...making
  }: Making & { readonly reason: string; readonly correctSessionId: SessionId | null },
): Promise<boolean> {
  const draft = await selectSessionDraft(trx, session)
  let { version } = session
  if (session.state === 'DRAFT' && session.opening !== null && draft !== null) {
    const opening = { ...session.opening, stage: 'VOIDED' as const, draft: draft.body.draft }
    const kept = await keepOpening(trx, session, { opening, ...making })
    if (!kept) return false
    version = kept.version
  }
  const moved = await moveSession(
    trx,
    { sessionId: session.sessionId, version },
    {
      to: 'VOIDED',
      at: making.at,
      columns: {
        voided_at: making.at,
        voided_by: making.by,
        void_reason: reason,
        correct_session_id: correctSessionId,
      },
    },
  )
  if (moved) await deleteDraft(trx, sessionDraftKind, session.sessionId)
  return moved
}

/** What is typed so far; null where nobody has typed since the record was submitted, returned or recalled. */
export async function selectSessionDraft(
  reader: Reader,
  { sessionId, patientId }: Pick<StoredSession, 'sessionId' | 'patientId'>,
): Promise<Draft<SessionText> | null> {
  const draft = await selectDraft<SessionText>(reader, sessionDraftKind, sessionId)
  return draft?.patientId === patientId ? draft : null
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
       order by queue_group, due_at, id limit ?`,
    [
      ...(supervisorId === null ? [] : [supervisorId]),
      ...(exceptAuthorId === null ? [] : [exceptAuthorId]),
      ...(after === null ? [] : [after.group, after.dueAt, after.sessionId]),
      limit,
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

/** For the complications: how many reports now concern this session. The record's own version does not move. */
export async function setSessionComplications(trx: Trx, sessionId: SessionId, complications: number): Promise<void> {
  const head = await one<SessionTable>(trx, 'select * from session where id = ?', [sessionId])
  if (!head) throw new Error(`no session ${sessionId}`)
  const group = queueGroupOf({
    redFlags: head.red_flags,
    deviations: head.deviations,
    complications,
    warnings: head.warnings,
    isCorrected: head.returns > 0,
  })
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

function recordToSession(record: StoredRecord<SessionRecordBody>): StoredSession {
  // The table's CHECKs hold the columns to their types.
  const head = record.head as unknown as SessionTable
  const { body } = record
  return {
    sessionId: head.id,
    patientId: head.patient_id,
    version: record.version,
    versionId: record.versionId,
    versionNumber: record.number,
    sha256: record.sha256,
    state: head.state,
    head,
    body: isSubmittedBody(body) ? body : null,
    opening: isSubmittedBody(body) ? null : body,
    integrity: record.integrity,
  }
}

/** Part tables follow the draft while somebody writes. */
function isBeingWritten(state: SessionState): boolean {
  return state === 'DRAFT' || state === 'RETURNED'
}

function bodyColumns(body: SessionBody): Columns {
  return {
    series_id: body.seriesId,
    session_no: body.sessionNo,
    practitioner_id: body.practitioner.staffId,
    supervising_physician_id: body.supervisingPhysician?.staffId ?? null,
    order_id: body.orderId,
    consent_id: body.consentId,
    device_id: body.deviceId,
    policy_version_id: body.policyVersionId,
    record_only: body.recordOnly ? 1 : 0,
    is_started: 1,
    gate_passed_at: body.gatePassedAt,
    started_at: body.startedAt,
    ended_at: body.endedAt,
    performed_on: localDay(body.startedAt, body.utcOffsetMin),
    room_key: foldRoom(body.room),
    zones: body.zoneRows.length,
    max_depth_um: Math.max(...body.zoneRows.map((row) => row.depthUm)),
    deviations: body.deviations.length,
    warnings: body.warnings.length,
    red_flags: redFlagCount(body),
    late_entry: body.lateEntry ? 1 : 0,
  }
}

function openingColumns(opening: SessionOpening): Columns {
  const { draft, isStarted, gatePassedAt } = opening
  const startedAt = gatePassedAt === null ? null : (draft.startedAt ?? null)
  return {
    series_id: opening.seriesId,
    session_no: opening.sessionNo,
    practitioner_id: opening.practitioner.staffId,
    supervising_physician_id: isStarted ? (draft.supervisingPhysicianId ?? null) : null,
    order_id: isStarted ? (draft.orderId ?? null) : null,
    consent_id: isStarted ? (draft.consentId ?? null) : null,
    device_id: isStarted ? (draft.deviceId ?? null) : null,
    policy_version_id: opening.policyVersionId,
    record_only: draft.recordOnly === true ? 1 : 0,
    is_started: isStarted ? 1 : 0,
    gate_passed_at: gatePassedAt,
    started_at: startedAt,
    ended_at: null,
    performed_on: startedAt === null ? null : localDay(startedAt, draft.utcOffsetMin ?? 0),
    room_key: isStarted ? foldRoom(draft.room) : null,
    zones: 0,
    max_depth_um: null,
    deviations: 0,
    warnings: 0,
    red_flags: 0,
    late_entry: 0,
  }
}

/** Reactions that reach the physician at once; the same judgement as `checkSession` makes of the draft. */
function redFlagCount({ immediateReactions }: SessionBody): number {
  return immediateReactions.kind === 'NONE' ? 0 : immediateReactions.reactions.filter(isRedFlagReaction).length
}

function localDay(at: Instant, utcOffsetMin: number): CalendarDate {
  return addMinutes(at, utcOffsetMin).slice(0, 10)
}
