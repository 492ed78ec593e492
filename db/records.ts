import { hash } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type { RecordKind } from '../shared/domain/record-kinds.ts'
import { canonicalJson } from '../shared/kernel/canonical-json.ts'
import type { PatientId, PhotoId, StaffId, VersionId } from '../shared/kernel/ids.ts'
import type { Instant } from '../shared/kernel/time.ts'
import type { Reader, Trx } from './open.ts'
import type { RecordVersionTable } from './tables/core.ts'

export type SqlValue = string | number | null
export type Columns = Readonly<Record<string, SqlValue>>

/**
 * A kind of versioned record. `project` gives the head row's columns that repeat what the body says; they are written
 * from the body and compared with it whenever the record is opened, so a changed column cannot pass for what was signed.
 */
export type RecordDefinition<Body> = {
  readonly kind: RecordKind
  readonly table: string
  /** Schema of new versions, e.g. `session/1`. */
  readonly schema: string
  patientIdOf(body: Body): PatientId | null
  project(body: Body): Columns
  /** Records that a signature over this body covers as well, by the bytes they have when it is made. */
  references?(body: Body): readonly RecordReference[]
  /** Photographs that it covers as well, by the bytes of the pictures. */
  photos?(body: Body): readonly PhotoId[]
}

/** Something a record builds on. The newest version is meant unless one is named. */
export type RecordReference =
  | { readonly kind: RecordKind; readonly recordId: string }
  | { readonly kind: RecordKind; readonly versionId: VersionId }

/** INTACT, or what differs: the bytes from their hash, or the head's columns from the newest bytes. */
export type Integrity = 'INTACT' | 'BYTES_CHANGED' | 'COLUMNS_CHANGED'

export type StoredVersion<Body> = {
  readonly versionId: VersionId
  readonly number: number
  readonly schema: string
  readonly body: Body
  readonly sha256: string
  readonly madeAt: Instant
  readonly madeBy: StaffId | null
  readonly reason: string
  readonly integrity: Integrity
}

/** What is stored was changed so that nothing of the record can be shown. The door answers RECORD_UNREADABLE. */
export class UnreadableRecord extends Error {
  readonly code = 'RECORD_UNREADABLE'
}

export type StoredRecord<Body> = StoredVersion<Body> & {
  readonly id: string
  readonly patientId: PatientId | null
  /** Optimistic lock; also the number of the newest version unless only the state moved. */
  readonly version: number
  /** Every column of the head row. */
  readonly head: Columns
}

type Making = {
  readonly newId: () => string
  readonly at: Instant
  readonly by: StaffId | null
  readonly reason: string
}

/** SHA-256 of a canonical body, as 64 hex digits. */
export function sha256Of(text: string): string {
  return hash('sha256', text, 'hex')
}

/** Writes version 1 and the head row. `state` gives the head's columns that the body does not carry. */
export async function insertRecord<Body>(
  trx: Trx,
  definition: RecordDefinition<Body>,
  { id, body, state = {}, ...making }: Making & { readonly id: string; readonly body: Body; readonly state?: Columns },
): Promise<VersionId> {
  const versionId = await insertVersion(trx, definition, { id, body, number: 1, ...making })
  const patientId = definition.patientIdOf(body)
  await insertRow(trx, definition.table, {
    id,
    ...(patientId === null ? {} : { patient_id: patientId }),
    version: 1,
    version_id: versionId,
    created_at: making.at,
    updated_at: making.at,
    ...definition.project(body),
    ...state,
  })
  return versionId
}

/**
 * Adds a version and moves the head to it. Null when `expectedVersion` is not the head's: somebody saved in between
 * and nothing was written.
 */
export async function appendVersion<Body>(
  trx: Trx,
  definition: RecordDefinition<Body>,
  {
    id,
    expectedVersion,
    body,
    state = {},
    ...making
  }: Making & { readonly id: string; readonly expectedVersion: number; readonly body: Body; readonly state?: Columns },
): Promise<{ readonly versionId: VersionId } | null> {
  const current = await one(trx, `select 1 as found from ${definition.table} where id = ? and version = ?`, [
    id,
    expectedVersion,
  ])
  if (!current) return null
  const head = await one<{ version: number }>(trx, `select version from ${definition.table} where id = ?`, [id])
  if (head?.version !== expectedVersion) return null
  const last = await one<{ number: number }>(
    trx,
    'select max(number) as number from record_version where kind = ? and record_id = ?',
    [definition.kind, id],
  )
  const versionId = await insertVersion(trx, definition, { id, body, number: (last?.number ?? 0) + 1, ...making })
  const moved = await moveHead(trx, definition.table, id, expectedVersion, {
    version_id: versionId,
    updated_at: making.at,
    ...definition.project(body),
    ...state,
  })
  if (!moved) throw new Error(`${definition.kind} ${id} moved inside one transaction`)
  return { versionId }
}

/** Changes head columns that no body carries (a state), under the optimistic lock. False when it was not `expectedVersion`. */
export async function moveHead(
  trx: Trx,
  table: string,
  id: string,
  expectedVersion: number,
  columns: Columns,
): Promise<boolean> {
  const names = Object.keys(columns)
  const result = await trx.executeQuery(
    CompiledQuery.raw(
      `update ${table} set ${names.map((name) => `${name} = ?, `).join('')}version = version + 1 where id = ? and version = ?`,
      [...Object.values(columns), id, expectedVersion],
    ),
  )
  return result.numAffectedRows === 1n
}

/** The record with its newest version, checked against its bytes; null when there is none. */
export async function selectRecord<Body>(
  reader: Reader,
  definition: RecordDefinition<Body>,
  id: string,
): Promise<StoredRecord<Body> | null> {
  const head = await one<Record<string, SqlValue>>(reader, `select * from ${definition.table} where id = ?`, [id])
  return head ? headToRecord(reader, definition, head) : null
}

/** The same, but only where it belongs to this patient: an id of another patient is as if it did not exist. */
export async function selectRecordOf<Body>(
  reader: Reader,
  definition: RecordDefinition<Body>,
  patientId: PatientId,
  id: string,
): Promise<StoredRecord<Body> | null> {
  const head = await one<Record<string, SqlValue>>(
    reader,
    `select * from ${definition.table} where id = ? and patient_id = ?`,
    [id, patientId],
  )
  return head ? headToRecord(reader, definition, head) : null
}

/** Every record of this kind that the patient has, newest first, at most `limit`. */
export async function selectRecordsOf<Body>(
  reader: Reader,
  definition: RecordDefinition<Body>,
  patientId: PatientId,
  limit = 200,
): Promise<readonly StoredRecord<Body>[]> {
  const heads = await many<Record<string, SqlValue>>(
    reader,
    `select * from ${definition.table} where patient_id = ? order by created_at desc, id desc limit ${limit}`,
    [patientId],
  )
  if (heads.length === 0) return []
  const versions = await many<VersionRow>(
    reader,
    `${selectVersionRow} where v.id in (${heads.map(() => '?').join(', ')}) limit ${heads.length}`,
    heads.map((head) => head['version_id'] ?? null),
  )
  const byId = new Map<SqlValue, VersionRow>(versions.map((row) => [row.id, row]))
  return heads.map((head) => joinRecord(definition, head, byId.get(head['version_id'] ?? null) ?? null))
}

/** All versions, oldest first. */
export async function selectVersions<Body>(
  reader: Reader,
  definition: RecordDefinition<Body>,
  id: string,
): Promise<readonly StoredVersion<Body>[]> {
  const rows = await many<RecordVersionTable>(
    reader,
    'select * from record_version where kind = ? and record_id = ? order by number limit 1000',
    [definition.kind, id],
  )
  return rows.map((row) => rowToVersion<Body>(row))
}

export async function selectVersion<Body>(
  reader: Reader,
  definition: RecordDefinition<Body>,
  versionId: VersionId,
): Promise<StoredVersion<Body> | null> {
  const row = await one<RecordVersionTable>(reader, 'select * from record_version where id = ? and kind = ?', [
    versionId,
    definition.kind,
  ])
  return row ? rowToVersion<Body>(row) : null
}

/** Inserts one row; `table` and column names are program text. */
export async function insertRow(trx: Trx, table: string, columns: Columns): Promise<void> {
  const names = Object.keys(columns)
  const result = await trx.executeQuery(
    CompiledQuery.raw(
      `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      Object.values(columns),
    ),
  )
  if (result.numAffectedRows !== 1n) throw new Error(`insert into ${table} wrote nothing`)
}

/** Rows of hand-written SQL, for the reads that Kysely's builder would only dress up. `?` parameters only. */
export async function many<Row>(
  reader: Reader,
  text: string,
  parameters: readonly SqlValue[] = [],
): Promise<readonly Row[]> {
  const result = await reader.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]))
  return result.rows
}

export async function one<Row>(
  reader: Reader,
  text: string,
  parameters: readonly SqlValue[] = [],
): Promise<Row | null> {
  return (await many<Row>(reader, text, parameters))[0] ?? null
}

/** Whether each row has in these columns what its place in `wanted` says, and there are no more rows than that. */
export function haveCells(rows: readonly Columns[], wanted: readonly Columns[]): boolean {
  return (
    rows.length === wanted.length &&
    wanted.every((columns, index) => Object.entries(columns).every(([name, value]) => rows[index]?.[name] === value))
  )
}

/** Whether this patient has a record of that id. `table` is program text. */
export async function isRecordOf(
  reader: Reader,
  table: 'treatment_order' | 'consent' | 'screening' | 'clearance',
  patientId: PatientId,
  id: string,
): Promise<boolean> {
  return (await one(reader, `select id from ${table} where id = ? and patient_id = ?`, [id, patientId])) !== null
}

/** Rows changed by one statement of hand-written SQL. */
export async function change(trx: Trx, text: string, parameters: readonly SqlValue[] = []): Promise<number> {
  const result = await trx.executeQuery(CompiledQuery.raw(text, [...parameters]))
  return Number(result.numAffectedRows ?? 0n)
}

async function insertVersion<Body>(
  trx: Trx,
  definition: RecordDefinition<Body>,
  { id, body, number, newId, at, by, reason }: Making & { id: string; body: Body; number: number },
): Promise<VersionId> {
  const text = canonicalJson(body)
  const versionId = newId() as VersionId
  await insertRow(trx, 'record_version', {
    id: versionId,
    kind: definition.kind,
    record_id: id,
    patient_id: definition.patientIdOf(body),
    number,
    schema: definition.schema,
    body: text,
    sha256: sha256Of(text),
    made_at: at,
    made_by: by,
    reason,
  })
  return versionId
}

async function headToRecord<Body>(
  reader: Reader,
  definition: RecordDefinition<Body>,
  head: Record<string, SqlValue>,
): Promise<StoredRecord<Body>> {
  const row = await one<VersionRow>(reader, `${selectVersionRow} where v.id = ?`, [head['version_id'] ?? null])
  return joinRecord(definition, head, row)
}

type VersionRow = RecordVersionTable & { readonly newest: number }

const selectVersionRow = `select v.*,
  (select max(number) from record_version where kind = v.kind and record_id = v.record_id) as newest from record_version v`

function joinRecord<Body>(
  definition: RecordDefinition<Body>,
  head: Record<string, SqlValue>,
  row: VersionRow | null,
): StoredRecord<Body> {
  if (!row) throw new UnreadableRecord(`${definition.kind} ${String(head['id'])} lost its version`)
  const version = rowToVersion<Body>(row)
  return {
    ...version,
    integrity: version.integrity === 'INTACT' ? compareColumns(definition, head, row, version.body) : version.integrity,
    id: String(head['id']),
    patientId: (head['patient_id'] ?? null) as PatientId | null,
    version: Number(head['version']),
    head,
  }
}

function compareColumns<Body>(
  definition: RecordDefinition<Body>,
  head: Record<string, SqlValue>,
  row: VersionRow,
  body: Body,
): Integrity {
  if (row.record_id !== head['id'] || row.kind !== definition.kind) return 'COLUMNS_CHANGED'
  // A head that was turned back to an older version would still agree with its bytes.
  if (row.number !== row.newest) return 'COLUMNS_CHANGED'
  const patientId = definition.patientIdOf(body)
  if (row.patient_id !== patientId || ('patient_id' in head && head['patient_id'] !== patientId))
    return 'COLUMNS_CHANGED'
  const projected = Object.entries(definition.project(body))
  return projected.every(([name, value]) => head[name] === value) ? 'INTACT' : 'COLUMNS_CHANGED'
}

function rowToVersion<Body>(row: RecordVersionTable): StoredVersion<Body> {
  const isIntact = sha256Of(row.body) === row.sha256
  return {
    versionId: row.id,
    number: row.number,
    schema: row.schema,
    // Bytes that agree with their hash were made by this program from a parsed body; others are shown as broken.
    body: isIntact ? (JSON.parse(row.body) as Body) : parseDamaged<Body>(row),
    sha256: row.sha256,
    madeAt: row.made_at,
    madeBy: row.made_by,
    reason: row.reason,
    integrity: isIntact ? 'INTACT' : 'BYTES_CHANGED',
  }
}

function parseDamaged<Body>({ kind, id, body }: RecordVersionTable): Body {
  try {
    return JSON.parse(body) as Body
  } catch {
    throw new UnreadableRecord(`${kind} version ${id} is no JSON any more`)
  }
}
