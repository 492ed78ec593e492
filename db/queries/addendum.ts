import type { AddendumBody, AmendedRecordKind } from '../../shared/domain/addendum.ts'
import type { RecordKind } from '../../shared/domain/record-kinds.ts'
import type { ReturnBody, ReturnPointer, ReturnReply } from '../../shared/domain/sign-off.ts'
import type { AddendumId, PatientId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  change,
  insertRow,
  many,
  one,
  type RecordDefinition,
  type StoredRecord,
  selectRecord,
  selectRecordOf,
} from '../records.ts'
import { isSignedAs } from '../signatures.ts'
import type { AddendumReturnTable, AddendumTable } from '../tables/sign-off.ts'
import { type Draft, selectDraft, selectDraftsOf } from './draft.ts'

export const addendumRecord: RecordDefinition<AddendumBody> = {
  kind: 'addendum',
  table: 'addendum',
  schema: 'addendum/1',
  patientIdOf: (body) => body.patientId,
  references: ({ amends: { kind, versionId } }) => [{ kind: amendedKinds[kind], versionId }],
  project: (body) => ({
    amends_kind: body.amends.kind,
    amends_id: body.amends.recordId,
    amends_version_id: body.amends.versionId,
    author_id: body.author.staffId,
    author_is_physician: body.author.isPhysician ? 1 : 0,
    written_at: body.writtenAt,
  }),
}

const amendedKinds = {
  SESSION: 'session',
  COMPLICATION: 'complication',
  CONSENT: 'consent',
  SCREENING: 'screening',
} as const satisfies Readonly<Record<AmendedRecordKind, RecordKind>>

/** Kind of the `draft` row that holds an addendum's text, under its id, until it is submitted and while it is RETURNED. */
export const addendumDraftKind = 'addendum'

/** What is typed; everything may still be empty. */
export type AddendumDraft = {
  readonly amends: { readonly kind: AmendedRecordKind; readonly recordId: string }
  readonly fieldPath: string | null
  readonly reason: string
  readonly text: string
  readonly correction: { readonly was: string; readonly shouldBe: string } | null
  readonly happenedAt: Instant | null
  readonly amendmentRequest: { readonly requestedBy: string; readonly requestedOn: CalendarDate } | null
}

export type StoredAddendum = StoredRecord<AddendumBody> & { readonly table: AddendumTable }

export async function selectAddendum(
  reader: Reader,
  patientId: PatientId,
  id: AddendumId,
): Promise<StoredAddendum | null> {
  const record = await selectRecordOf(reader, addendumRecord, patientId, id)
  return record ? withSigner(reader, withTable(record)) : null
}

/** Addenda to one record, oldest first: they are shown beside what they amend. */
export async function selectAddendaOf(
  reader: Reader,
  {
    kind,
    recordId,
    patientId,
  }: { readonly kind: AmendedRecordKind; readonly recordId: string; readonly patientId: PatientId },
): Promise<readonly StoredAddendum[]> {
  const rows = await many<{ id: AddendumId }>(
    reader,
    'select id from addendum where amends_kind = ? and amends_id = ? and patient_id = ? order by written_at, id limit 200',
    [kind, recordId, patientId],
  )
  const addenda: StoredAddendum[] = []
  for (const { id } of rows) {
    const record = await selectRecord(reader, addendumRecord, id)
    if (record) addenda.push(await withSigner(reader, withTable(record)))
  }
  return addenda
}

/** The state says who signed it and when; the signature must say the same. */
async function withSigner(reader: Reader, addendum: StoredAddendum): Promise<StoredAddendum> {
  const { state, signed_by: signerId, signed_at: signedAt } = addendum.table
  if (state !== 'SIGNED' || addendum.integrity !== 'INTACT') return addendum
  const isSigned = await isSignedAs(reader, 'addendum', addendum.id, { signerId, signedAt })
  return isSigned ? addendum : { ...addendum, integrity: 'COLUMNS_CHANGED' }
}

/** What is typed of one addendum; another patient's is as if it did not exist. */
export async function selectAddendumDraft(
  reader: Reader,
  patientId: PatientId,
  id: AddendumId,
): Promise<Draft<AddendumDraft> | null> {
  const draft = await selectDraft<AddendumDraft>(reader, addendumDraftKind, id)
  return draft?.patientId === patientId ? draft : null
}

/** One person's unfinished addenda to one record, latest touched first. */
export async function selectAddendumDraftsOf(
  reader: Reader,
  {
    kind,
    recordId,
    patientId,
    ownerId,
  }: {
    readonly kind: AmendedRecordKind
    readonly recordId: string
    readonly patientId: PatientId
    readonly ownerId: StaffId
  },
): Promise<readonly Draft<AddendumDraft>[]> {
  const drafts = await selectDraftsOf<AddendumDraft>(reader, addendumDraftKind, patientId)
  return drafts.filter(
    ({ ownerId: owner, body }) => owner === ownerId && body.amends.kind === kind && body.amends.recordId === recordId,
  )
}

/** Addenda that wait for a physician, by due time, at most 100; the asking physician's own left out. */
export function selectAddendumQueue(reader: Reader, exceptAuthorId: StaffId): Promise<readonly AddendumTable[]> {
  return many<AddendumTable>(
    reader,
    "select * from addendum where state = 'SUBMITTED' and author_id <> ? order by due_at, id limit 100",
    [exceptAuthorId],
  )
}

type Whose = { readonly addendumId: AddendumId; readonly patientId: PatientId }

export type AddendumReturn = ReturnBody & {
  readonly no: number
  readonly versionId: VersionId
  /** Empty until the author submitted again. */
  readonly replies: readonly ReturnReply[]
  readonly repliedAt: Instant | null
}

/** Every time the addendum was sent back, first one first. */
export async function selectAddendumReturns(
  reader: Reader,
  addendumId: AddendumId,
): Promise<readonly AddendumReturn[]> {
  const rows = await many<AddendumReturnTable>(
    reader,
    'select * from addendum_return where addendum_id = ? order by no limit 100',
    [addendumId],
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
  }))
}

/** Keeps what the physician said; the state moves after it. */
export async function insertAddendumReturn(
  trx: Trx,
  { addendumId, patientId, versionId }: Whose & { readonly versionId: VersionId },
  { id, body }: { readonly id: string; readonly body: ReturnBody },
): Promise<void> {
  const last = await one<{ no: number | null }>(
    trx,
    'select max(no) as no from addendum_return where addendum_id = ?',
    [addendumId],
  )
  await insertRow(trx, 'addendum_return', {
    id,
    patient_id: patientId,
    addendum_id: addendumId,
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
export async function answerAddendumReturn(
  trx: Trx,
  addendumId: AddendumId,
  {
    replies,
    at,
    versionId,
  }: { readonly replies: readonly ReturnReply[]; readonly at: Instant; readonly versionId: VersionId },
): Promise<void> {
  const changed = await change(
    trx,
    `update addendum_return set replies = ?, replied_at = ?, reply_version_id = ?
       where addendum_id = ? and replies is null`,
    [JSON.stringify(replies), at, versionId, addendumId],
  )
  if (changed !== 1) throw new Error(`addendum ${addendumId} has no open return`)
}

function withTable(record: StoredRecord<AddendumBody>): StoredAddendum {
  // The table's CHECKs hold the columns to their types; the list was written from parsed values.
  return { ...record, table: record.head as unknown as AddendumTable }
}
