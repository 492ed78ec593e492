import type { RecordKind } from '../../shared/domain/record-kinds.ts'
import type { SessionBody, SessionDraft } from '../../shared/domain/session.ts'
import {
  isSubmittedBody,
  type OpeningStage,
  type SessionOpening,
  type SessionRecordBody,
} from '../../shared/domain/session-opening.ts'
import type { SessionState } from '../../shared/domain/session-state.ts'
import type { ReturnReply } from '../../shared/domain/sign-off.ts'
import { queueGroups } from '../../shared/domain/sign-off.ts'
import type { PatientId, PhotoId, SessionId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  appendVersion,
  type Columns,
  type Integrity,
  insertRecord,
  moveHead,
  type RecordDefinition,
  type RecordReference,
  type StoredRecord,
  type StoredVersion,
  selectRecordOf,
  selectVersions,
} from '../records.ts'
import { isSignedAs } from '../signatures.ts'
import type { SessionTable } from '../tables/session.ts'
import { type Draft, deleteDraft, insertDraft, selectDraft } from './draft.ts'
import { bodyColumns, openingColumns } from './session-columns.ts'
import { partsAgree, writeParts } from './session-parts.ts'

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
  references: (body) => (isSubmittedBody(body) ? sessionReferences(body) : []),
  photos: (body) => (isSubmittedBody(body) ? sessionPhotos(body) : []),
}
const openingRecord: RecordDefinition<SessionRecordBody> = { ...sessionRecord, schema: 'session-opening/1' }

function sessionPhotos({ prePhotos, postPhotos }: SessionBody): readonly PhotoId[] {
  return [prePhotos, postPhotos].flatMap((record) =>
    record?.kind === 'TAKEN' ? record.photos.map(({ photoId }) => photoId) : [],
  )
}

/** What a session builds on: all of it stands under its signatures too. */
function sessionReferences(body: SessionBody): readonly RecordReference[] {
  const { orderId, consentId, addonConsentIds, screeningIds, clearanceIds, policyVersionId, seriesId } = body
  const named: readonly (readonly [RecordKind, readonly (string | null)[]])[] = [
    ['order', [orderId]],
    ['consent', [consentId, ...addonConsentIds]],
    ['screening', screeningIds],
    ['clearance', clearanceIds],
    ['series', [seriesId]],
  ]
  const records = named.flatMap(([kind, ids]) =>
    ids.flatMap((recordId) => (recordId === null ? [] : [{ kind, recordId }])),
  )
  return policyVersionId === null ? records : [...records, { kind: 'policy', versionId: policyVersionId }]
}

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

/**
 * One session of this patient, checked against its bytes, its part tables and the signatures that its state speaks of;
 * null where the patient has no such one.
 */
export async function selectSession(
  reader: Reader,
  patientId: PatientId,
  sessionId: SessionId,
): Promise<StoredSession | null> {
  const record = await selectRecordOf(reader, sessionRecord, patientId, sessionId)
  if (!record) return null
  const session = recordToSession(record)
  if (session.integrity !== 'INTACT' || session.body === null || isBeingWritten(session.state)) return session
  const agrees = (await partsAgree(reader, sessionId, session.body)) && (await stateAgrees(reader, session))
  return agrees ? session : { ...session, integrity: 'COLUMNS_CHANGED' }
}

/** The author signed when it was submitted; where it is SIGNED, whoever the state names signed then. */
async function stateAgrees(reader: Reader, { sessionId, state, head }: StoredSession): Promise<boolean> {
  const signed = (signerId: StaffId | null, signedAt: Instant | null) =>
    isSignedAs(reader, 'session', sessionId, { signerId, signedAt })
  if (!(await signed(head.practitioner_id, head.submitted_at))) return false
  return state !== 'SIGNED' || signed(head.signed_by, head.signed_at)
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
      sign_off_required: 1,
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
