import type { AddendumBody, AmendedRecordKind } from '../../shared/domain/addendum.ts'
import type { ReturnPointer } from '../../shared/domain/sign-off.ts'
import type { AddendumId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { many, type RecordDefinition, type StoredRecord, selectRecord, selectRecordOf } from '../records.ts'
import type { AddendumTable } from '../tables/sign-off.ts'

export const addendumRecord: RecordDefinition<AddendumBody> = {
  kind: 'addendum',
  table: 'addendum',
  schema: 'addendum/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => ({
    amends_kind: body.amends.kind,
    amends_id: body.amends.recordId,
    amends_version_id: body.amends.versionId,
    author_id: body.author.staffId,
    author_is_physician: body.author.isPhysician ? 1 : 0,
    written_at: body.writtenAt,
  }),
}

export type StoredAddendum = StoredRecord<AddendumBody> & {
  readonly table: AddendumTable
  readonly returnPointers: readonly ReturnPointer[]
}

export async function selectAddendum(
  reader: Reader,
  patientId: PatientId,
  id: AddendumId,
): Promise<StoredAddendum | null> {
  const record = await selectRecordOf(reader, addendumRecord, patientId, id)
  return record ? withTable(record) : null
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
    if (record) addenda.push(withTable(record))
  }
  return addenda
}

/** Addenda that wait for a physician, by due time, at most 100; the asking physician's own left out. */
export function selectAddendumQueue(reader: Reader, exceptAuthorId: StaffId): Promise<readonly AddendumTable[]> {
  return many<AddendumTable>(
    reader,
    "select * from addendum where state = 'SUBMITTED' and author_id <> ? order by due_at, id limit 100",
    [exceptAuthorId],
  )
}

/** Addenda sent back to their author, latest first. */
export function selectReturnedAddenda(reader: Reader, authorId: StaffId): Promise<readonly AddendumTable[]> {
  return many<AddendumTable>(
    reader,
    "select * from addendum where author_id = ? and state = 'RETURNED' order by returned_at desc, id limit 100",
    [authorId],
  )
}

function withTable(record: StoredRecord<AddendumBody>): StoredAddendum {
  // The table's CHECKs hold the columns to their types; the list was written from parsed values.
  const table = record.head as unknown as AddendumTable
  const returnPointers = JSON.parse(table.return_pointers ?? '[]') as readonly ReturnPointer[]
  return { ...record, table, returnPointers }
}
