import type { SeriesBody } from '../../shared/domain/series.ts'
import type { PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { many, type RecordDefinition, type StoredRecord, selectRecordOf, selectRecordsOf } from '../records.ts'
import type { SeriesTable } from '../tables/series.ts'
import { patientsIn, type VisitScope } from './visit-scope.ts'

export const seriesRecord: RecordDefinition<SeriesBody> = {
  kind: 'series',
  table: 'series',
  schema: 'series/1',
  patientIdOf: (body) => body.patientId,
  project: (body) => ({
    status: body.status,
    sessions_planned: body.sessionsPlanned,
    interval_months: body.intervalMonths,
    photo_views: body.photos === 'TAKEN' ? body.photoViews.join(' ') : null,
  }),
}

/** Every series of the patient, newest first, at most 200. */
export function selectSeriesOf(reader: Reader, patientId: PatientId): Promise<readonly StoredRecord<SeriesBody>[]> {
  return selectRecordsOf(reader, seriesRecord, patientId)
}

export function selectSeries(
  reader: Reader,
  patientId: PatientId,
  seriesId: SeriesId,
): Promise<StoredRecord<SeriesBody> | null> {
  return selectRecordOf(reader, seriesRecord, patientId, seriesId)
}

/** Whether the course that is named, if any, is this patient's. */
export async function isCourseOf(reader: Reader, patientId: PatientId, seriesId: SeriesId | null): Promise<boolean> {
  return seriesId === null || (await selectSeries(reader, patientId, seriesId)) !== null
}

/** What the day's list reads of a series, without opening its body. */
export type SeriesHead = Pick<
  SeriesTable,
  'id' | 'patient_id' | 'status' | 'sessions_planned' | 'interval_months' | 'photo_views' | 'created_at'
>

/** The patient's courses without their bodies, newest first. */
export function selectSeriesHeads(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly Pick<SeriesTable, 'id' | 'status'>[]> {
  return many<Pick<SeriesTable, 'id' | 'status'>>(
    reader,
    'select id, status from series where patient_id = ? order by created_at desc, id desc limit 100',
    [patientId],
  )
}

/** Series that are not over, of every patient in `scope`; newest first. */
export function selectOpenSeriesIn(reader: Reader, scope: VisitScope): Promise<readonly SeriesHead[]> {
  const { sql, values } = patientsIn(scope)
  return many<SeriesHead>(
    reader,
    `select id, patient_id, status, sessions_planned, interval_months, photo_views, created_at from series
       where status in ('PLANNED', 'ACTIVE', 'ON_HOLD', 'MAINTENANCE')
         and ${sql}
       order by created_at desc, id desc limit 2000`,
    values,
  )
}
