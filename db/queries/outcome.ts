import type { OutcomeBody, OutcomeScore, PatientScore } from '../../shared/domain/outcome.ts'
import type { OutcomeScaleCode, ScaleVersion } from '../../shared/domain/outcome-scales.ts'
import type { FollowUpId, OutcomeId, PatientId, PatientScoreId, SeriesId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  appendVersion,
  type Columns,
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
import type { PatientScoreTable } from '../tables/outcome.ts'
import { performed } from './sessions-done.ts'

export const outcomeRecord: RecordDefinition<OutcomeBody> = {
  kind: 'outcome',
  table: 'outcome',
  schema: 'outcome/1',
  patientIdOf: (body) => body.patientId,
  references: (body) => [{ kind: 'series', recordId: body.seriesId }],
  photos: (body) => body.photoIds,
  project: (body) => ({
    series_id: body.seriesId,
    occasion: body.occasion,
    rated_on: body.ratedOn,
    rater_id: body.rater.staffId,
    indications: body.indications.join(' '),
    baseline_id: body.review?.baseline?.outcomeId ?? null,
    baseline_version_id: body.review?.baseline?.versionId ?? null,
    is_comparable: body.review === null ? null : body.review.differences.length === 0 ? 1 : 0,
  }),
}

type Making = Pick<Parameters<typeof insertRecord>[2], 'newId' | 'at' | 'by' | 'reason'>

/** Writes the first version with its levels and pictures beside it. */
export async function insertOutcome(
  trx: Trx,
  {
    outcomeId,
    body,
    followUpId,
    ...making
  }: Making & { readonly outcomeId: OutcomeId; readonly body: OutcomeBody; readonly followUpId: FollowUpId | null },
): Promise<VersionId> {
  const versionId = await insertRecord(trx, outcomeRecord, {
    ...making,
    id: outcomeId,
    body,
    state: { follow_up_id: followUpId },
  })
  await insertParts(trx, { outcomeId, versionId, body })
  return versionId
}

/** Null where somebody saved in between. */
export async function appendOutcome(
  trx: Trx,
  {
    outcomeId,
    body,
    expectedVersion,
    ...making
  }: Making & { readonly outcomeId: OutcomeId; readonly body: OutcomeBody; readonly expectedVersion: number },
): Promise<VersionId | null> {
  const saved = await appendVersion(trx, outcomeRecord, { ...making, id: outcomeId, expectedVersion, body })
  if (saved) await insertParts(trx, { outcomeId, versionId: saved.versionId, body })
  return saved?.versionId ?? null
}

export async function selectOutcome(
  reader: Reader,
  patientId: PatientId,
  outcomeId: OutcomeId,
): Promise<StoredRecord<OutcomeBody> | null> {
  const record = await selectRecordOf(reader, outcomeRecord, patientId, outcomeId)
  return record && withParts(reader, record)
}

/** The levels and pictures beside the head, which reports read, must be those of the body. */
async function withParts(reader: Reader, record: StoredRecord<OutcomeBody>): Promise<StoredRecord<OutcomeBody>> {
  const { scores, pictures } = partsOf(record.versionId, record.body)
  const rowsOf = (table: string, order: string) =>
    many<Columns>(
      reader,
      `select * from ${table} where outcome_id = ? and version_id = ? order by ${order} limit 200`,
      [record.id, record.versionId],
    )
  const agrees =
    record.integrity !== 'INTACT' ||
    (haveCells(await rowsOf('outcome_score', 'scale'), scores) &&
      haveCells(await rowsOf('outcome_photo', 'photo_id'), pictures))
  return agrees ? record : { ...record, integrity: 'COLUMNS_CHANGED' }
}

/** Every rating of the course, newest first. */
export async function selectOutcomesOf(
  reader: Reader,
  patientId: PatientId,
  seriesId: SeriesId,
): Promise<readonly StoredRecord<OutcomeBody>[]> {
  const records = await selectRecordsOf(reader, outcomeRecord, patientId)
  const ofCourse = records.filter((record) => record.head['series_id'] === seriesId)
  return Promise.all(ofCourse.map((record) => withParts(reader, record)))
}

/**
 * Days on which reviews of each course were settled: rated, or not needed for a reason that the worklist keeps. A
 * review nobody was reached for is still to come.
 */
export async function selectReviewedOn(
  reader: Reader,
  patientId: PatientId,
): Promise<ReadonlyMap<SeriesId, readonly CalendarDate[]>> {
  const rows = await many<{ series_id: SeriesId; on_day: CalendarDate }>(
    reader,
    `select series_id, rated_on as on_day from outcome where patient_id = ? and occasion = 'OUTCOME'
     union all
     select series_id, done_on as on_day from follow_up
       where patient_id = ? and kind = 'OUTCOME_REVIEW' and state = 'DONE' and result = 'NOT_NEEDED' and series_id is not null
     order by on_day limit 1000`,
    [patientId, patientId],
  )
  const bySeries = new Map<SeriesId, CalendarDate[]>()
  for (const { series_id: seriesId, on_day: on } of rows) {
    bySeries.set(seriesId, [...(bySeries.get(seriesId) ?? []), on])
  }
  return bySeries
}

/** The review of the course that stands on the worklist, if any; there is at most one. */
export function selectOpenReview(
  reader: Reader,
  patientId: PatientId,
  seriesId: SeriesId,
): Promise<{ readonly id: FollowUpId; readonly version: number } | null> {
  return one(
    reader,
    `select id, version from follow_up
       where patient_id = ? and series_id = ? and kind = 'OUTCOME_REVIEW' and state = 'OPEN'`,
    [patientId, seriesId],
  )
}

/** Reports about performed sessions of the course. */
export async function countComplicationsOfSeries(reader: Reader, seriesId: SeriesId): Promise<number> {
  const row = await one<{ found: number }>(
    reader,
    `select count(distinct complication_session.complication_id) as found from complication_session
       where session_id in (select id from session where series_id = ? and ${performed})`,
    [seriesId],
  )
  return Number(row?.found ?? 0)
}

export type StoredPatientScore = PatientScore & {
  readonly patientScoreId: PatientScoreId
  readonly enteredAt: Instant
}

export async function insertPatientScore(
  trx: Trx,
  patientScoreId: PatientScoreId,
  { scores, ...score }: PatientScore & { readonly enteredAt: Instant },
): Promise<void> {
  await insertRow(trx, 'patient_score', {
    id: patientScoreId,
    patient_id: score.patientId,
    series_id: score.seriesId,
    reported_on: score.reportedOn,
    how: score.how,
    entered_by: score.enteredBy,
    entered_at: score.enteredAt,
  })
  for (const { scale, scaleVersion, level } of scores) {
    await insertRow(trx, 'patient_score_level', {
      patient_score_id: patientScoreId,
      scale,
      scale_version: scaleVersion,
      level_tenths: Math.round(level * 10),
    })
  }
}

/** What the patient said about the course, newest first, at most 50. */
export async function selectPatientScores(
  reader: Reader,
  patientId: PatientId,
  seriesId: SeriesId,
): Promise<readonly StoredPatientScore[]> {
  const rows = await many<PatientScoreTable>(
    reader,
    `select * from patient_score where patient_id = ? and series_id = ?
       order by reported_on desc, entered_at desc, id desc limit 50`,
    [patientId, seriesId],
  )
  const scored: StoredPatientScore[] = []
  for (const row of rows) {
    const levels = await many<{ scale: OutcomeScaleCode; scale_version: ScaleVersion; level_tenths: number }>(
      reader,
      'select scale, scale_version, level_tenths from patient_score_level where patient_score_id = ? order by scale limit 20',
      [row.id],
    )
    scored.push({
      patientScoreId: row.id,
      patientId: row.patient_id,
      seriesId: row.series_id,
      reportedOn: row.reported_on,
      how: row.how,
      scores: levels.map(
        (level): OutcomeScore => ({
          scale: level.scale,
          scaleVersion: level.scale_version,
          level: Number(level.level_tenths) / 10,
          parts: [],
        }),
      ),
      enteredBy: row.entered_by,
      enteredAt: row.entered_at,
    })
  }
  return scored
}

async function insertParts(
  trx: Trx,
  { outcomeId, versionId, body }: { outcomeId: OutcomeId; versionId: VersionId; body: OutcomeBody },
): Promise<void> {
  const { scores, pictures } = partsOf(versionId, body)
  for (const columns of scores) await insertRow(trx, 'outcome_score', { outcome_id: outcomeId, ...columns })
  for (const columns of pictures) await insertRow(trx, 'outcome_photo', { outcome_id: outcomeId, ...columns })
}

function partsOf(version_id: VersionId, { scores, photoIds, patientId: patient_id }: OutcomeBody) {
  return {
    scores: scores
      .map(({ scale, scaleVersion: scale_version, level }) => ({
        version_id,
        scale,
        scale_version,
        level_tenths: Math.round(level * 10),
      }))
      .toSorted((a, b) => (a.scale < b.scale ? -1 : 1)),
    pictures: photoIds.toSorted().map((photo_id) => ({ version_id, patient_id, photo_id })),
  }
}
