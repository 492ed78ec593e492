import { blocksZones, type ComplicationBody, redFlagsOf } from '../../shared/domain/complication.ts'
import type { ComplicationState } from '../../shared/domain/complication-state.ts'
import type { ComplicationId, PatientId, PhotoId, SessionId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  appendVersion,
  type Columns,
  change,
  haveCells,
  insertRecord,
  insertRow,
  many,
  one,
  type RecordDefinition,
  type StoredRecord,
  selectRecordOf,
  selectRecordsOf,
} from '../records.ts'
import type { ComplicationTable } from '../tables/complication.ts'

export const complicationRecord: RecordDefinition<ComplicationBody> = {
  kind: 'complication',
  table: 'complication',
  schema: 'complication/1',
  patientIdOf: (body) => body.patientId,
  references: (body) => body.sessionIds.map((recordId) => ({ kind: 'session', recordId })),
  photos: (body) => body.photoIds,
  project: (body) => ({
    code: body.code,
    grade: body.grade,
    worst_grade: body.worstGrade,
    onset_on: body.onsetOn,
    reported_at: body.reportedAt,
    taken_by: body.takenBy,
    red_flag: redFlagsOf(body).length > 0 ? 1 : 0,
    blocks: blocksZones(body).kind === 'NONE' ? 0 : 1,
    acknowledged: body.physicianNotices.some((notice) => notice.acknowledgedAt !== null) ? 1 : 0,
    notified_at: body.physicianNotices[0]?.at ?? null,
    causality: body.causality,
    outcome: body.outcome,
    resolved_on: body.resolvedOn,
  }),
}

export type StoredComplication = StoredRecord<ComplicationBody> & {
  readonly state: ComplicationState
  readonly table: ComplicationTable
}

type Making = { readonly newId: () => string; readonly at: Instant; readonly by: StaffId; readonly reason: string }

export async function insertComplication(
  trx: Trx,
  { body, ...making }: Making & { readonly body: ComplicationBody },
): Promise<VersionId> {
  const versionId = await insertRecord(trx, complicationRecord, {
    id: body.complicationId,
    body,
    state: { state: 'OPEN', closed_at: null },
    ...making,
  })
  for (const sessionId of body.sessionIds) await linkSession(trx, body, sessionId)
  await writeZones(trx, body)
  await writePhotos(trx, body)
  return versionId
}

/** A new version, with the state it leads to. Null when somebody saved in between. */
export async function updateComplication(
  trx: Trx,
  {
    body,
    expectedVersion,
    state,
    ...making
  }: Making & { readonly body: ComplicationBody; readonly expectedVersion: number; readonly state: ComplicationState },
): Promise<{ readonly versionId: VersionId } | null> {
  const before = await one<ComplicationTable>(trx, 'select * from complication where id = ?', [body.complicationId])
  // The signature of a closing physician has to be there before the state moves, so closing is a step of its own.
  const moves = before?.state !== state && state !== 'CLOSED'
  const saved = await appendVersion(trx, complicationRecord, {
    id: body.complicationId,
    expectedVersion,
    body,
    ...(moves ? { state: { state, closed_at: null } } : {}),
    ...making,
  })
  if (!saved) return null
  for (const sessionId of body.sessionIds) await linkSession(trx, body, sessionId)
  await writeZones(trx, body)
  await writePhotos(trx, body)
  return saved
}

/** After the closing signature, or for grade 1 without one. */
export async function closeComplication(trx: Trx, complicationId: ComplicationId, at: Instant): Promise<boolean> {
  const changed = await change(
    trx,
    "update complication set state = 'CLOSED', closed_at = ?, updated_at = ?, version = version + 1 where id = ? and state = 'MONITORING'",
    [at, at, complicationId],
  )
  return changed === 1
}

export async function selectComplication(
  reader: Reader,
  patientId: PatientId,
  id: ComplicationId,
): Promise<StoredComplication | null> {
  const record = await selectRecordOf(reader, complicationRecord, patientId, id)
  if (!record) return null
  const agrees = record.integrity !== 'INTACT' || (await partsAgree(reader, record.body))
  return withState(agrees ? record : { ...record, integrity: 'COLUMNS_CHANGED' })
}

/** Whether the rows beside the head, which recalls and reports read, are those of this body. */
async function partsAgree(reader: Reader, body: ComplicationBody): Promise<boolean> {
  const { complicationId, patientId } = body
  const rowsOf = (table: string, order: string) =>
    many<Columns>(reader, `select * from ${table} where complication_id = ? order by ${order} limit 1000`, [
      complicationId,
    ])
  const whole = (columns: readonly Columns[]) => columns.map((row) => ({ patient_id: patientId, ...row }))
  return (
    haveCells(await rowsOf('complication_zone', 'no'), whole(zoneColumns(body))) &&
    haveCells(
      await rowsOf('complication_session', 'session_id'),
      whole(body.sessionIds.toSorted().map((session_id) => ({ session_id }))),
    ) &&
    haveCells(
      await rowsOf('complication_photo', 'photo_id'),
      whole(body.photoIds.toSorted().map((photo_id) => ({ photo_id }))),
    )
  )
}

function zoneColumns({ zones }: ComplicationBody): readonly Columns[] {
  return zones.map(({ zone, side, site }, index) => ({ no: index + 1, zone, side, site }))
}

/** Every report about the patient, newest first. */
export async function selectComplicationsOf(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly StoredComplication[]> {
  return (await selectRecordsOf(reader, complicationRecord, patientId)).map(withState)
}

/** Reports that keep the next session out of some zone until a physician lifts them. */
export function blockingComplications(stored: readonly StoredComplication[]): readonly StoredComplication[] {
  return stored.filter((record) => record.head['blocks'] === 1)
}

/** Open reports of the clinic, red flags first, then oldest first; at most 200. Heads only. */
export function selectOpenComplications(reader: Reader): Promise<readonly ComplicationTable[]> {
  return many<ComplicationTable>(
    reader,
    "select * from complication where state <> 'CLOSED' order by red_flag desc, reported_at, id limit 200",
  )
}

/** For the banner: what is open about one patient, without opening the reports. */
export function selectOpenComplicationHeads(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly ComplicationTable[]> {
  return many<ComplicationTable>(
    reader,
    "select * from complication where patient_id = ? and state <> 'CLOSED' order by red_flag desc, reported_at, id limit 50",
    [patientId],
  )
}

/** How many reports name this session. */
export async function countComplicationsOf(reader: Reader, sessionId: SessionId): Promise<number> {
  const row = await one<{ found: number }>(
    reader,
    'select count(*) as found from complication_session where session_id = ?',
    [sessionId],
  )
  return Number(row?.found ?? 0)
}

async function linkSession(trx: Trx, body: ComplicationBody, sessionId: SessionId): Promise<void> {
  const known = await one(
    trx,
    'select 1 as found from complication_session where complication_id = ? and session_id = ?',
    [body.complicationId, sessionId],
  )
  if (known) return
  await insertRow(trx, 'complication_session', {
    complication_id: body.complicationId,
    patient_id: body.patientId,
    session_id: sessionId,
  })
}

async function writeZones(trx: Trx, body: ComplicationBody): Promise<void> {
  await change(trx, 'delete from complication_zone where complication_id = ?', [body.complicationId])
  for (const columns of zoneColumns(body)) {
    await insertRow(trx, 'complication_zone', {
      complication_id: body.complicationId,
      patient_id: body.patientId,
      ...columns,
    })
  }
}

/** Only what is new is written: a picture that was removed later stays named by the report that named it. */
async function writePhotos(trx: Trx, { complicationId, patientId, photoIds }: ComplicationBody): Promise<void> {
  const rows = await many<{ photo_id: PhotoId }>(
    trx,
    'select photo_id from complication_photo where complication_id = ? order by photo_id limit 200',
    [complicationId],
  )
  const known = rows.map((row) => row.photo_id)
  for (const photoId of known.filter((one) => !photoIds.includes(one)))
    await change(trx, 'delete from complication_photo where complication_id = ? and photo_id = ?', [
      complicationId,
      photoId,
    ])
  for (const photoId of photoIds.filter((one) => !known.includes(one)))
    await insertRow(trx, 'complication_photo', {
      complication_id: complicationId,
      patient_id: patientId,
      photo_id: photoId,
    })
}

function withState(record: StoredRecord<ComplicationBody>): StoredComplication {
  // The table's CHECKs hold the columns to their types.
  const table = record.head as unknown as ComplicationTable
  return { ...record, table, state: table.state }
}
