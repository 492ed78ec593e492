import type { OutcomeScore } from '../../shared/domain/outcome.ts'
import type { OutcomeScaleCode, ScaleVersion } from '../../shared/domain/outcome-scales.ts'
import type { ReportPeriod } from '../../shared/domain/report.ts'
import type { ReviewedCourse } from '../../shared/domain/report-outcome.ts'
import { indications } from '../../shared/domain/zones.ts'
import type { OutcomeId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'
import { performed } from './sessions-done.ts'

/** The newest outcome of each course in the period; an older one of the same course is in no figure. */
const newestInPeriod = `select o.id, o.version_id, o.baseline_version_id, o.series_id, o.indications, o.is_comparable
  from outcome o where o.occasion = 'OUTCOME' and o.rated_on between ? and ? and not exists (
    select 1 from outcome later where later.series_id = o.series_id and later.occasion = 'OUTCOME'
      and later.rated_on <= ? and (later.rated_on > o.rated_on
        or (later.rated_on = o.rated_on and later.created_at > o.created_at)))`

type CourseRow = {
  readonly id: OutcomeId
  readonly indications: string
  readonly is_comparable: 0 | 1
  readonly sessions_planned: number
  readonly done: number
  readonly complications: number
}
type LevelRow = {
  readonly id: OutcomeId
  readonly source: 'BASELINE' | 'OUTCOME' | 'PATIENT'
  readonly scale: OutcomeScaleCode
  readonly scale_version: ScaleVersion
  readonly level_tenths: number
}

/** Every course that was reviewed in the period, with what the rater and the patient said, at most 20,000. */
export async function selectReviewedCourses(
  reader: Reader,
  { from, to }: ReportPeriod,
): Promise<readonly ReviewedCourse[]> {
  const period = [from, to, to]
  const rows = await many<CourseRow>(
    reader,
    `select reviewed.id, reviewed.indications, reviewed.is_comparable, series.sessions_planned,
       (select count(*) from session where series_id = reviewed.series_id and ${performed}) as done,
       (select count(*) from session join complication_session on complication_session.session_id = session.id
          join complication on complication.id = complication_session.complication_id
          where session.series_id = reviewed.series_id and session.is_started = 1
            and session.state not in ('VOIDED', 'CANCELLED')
            and (complication.causality is null or complication.causality <> 'UNRELATED')) as complications
     from (${newestInPeriod}) reviewed join series on series.id = reviewed.series_id
     order by reviewed.id limit 20000`,
    period,
  )
  const levels = await many<LevelRow>(
    reader,
    `select reviewed.id, 'OUTCOME' as source, scale, scale_version, level_tenths
       from (${newestInPeriod}) reviewed join outcome_score on outcome_score.version_id = reviewed.version_id
     union all
     select reviewed.id, 'BASELINE' as source, scale, scale_version, level_tenths
       from (${newestInPeriod}) reviewed join outcome_score on outcome_score.version_id = reviewed.baseline_version_id
     union all
     select reviewed.id, 'PATIENT' as source, scale, scale_version, level_tenths
       from (${newestInPeriod}) reviewed join patient_score_level on patient_score_level.patient_score_id =
         (select id from patient_score where patient_score.series_id = reviewed.series_id
            order by reported_on desc, entered_at desc, id desc limit 1)
     order by 1, 2, 3 limit 200000`,
    [...period, ...period, ...period],
  )
  const levelsById = Map.groupBy(levels, (level) => level.id)
  return rows.map((row) => {
    const scored = levelsById.get(row.id) ?? []
    const scoresOf = (source: LevelRow['source']) => scored.filter((level) => level.source === source).map(rowToScore)
    return {
      indications: indications.filter((indication) => row.indications.split(' ').includes(indication)),
      sessionsDone: Number(row.done),
      sessionsPlanned: row.sessions_planned,
      isComparable: row.is_comparable === 1,
      hasComplication: Number(row.complications) > 0,
      baseline: scoresOf('BASELINE'),
      outcome: scoresOf('OUTCOME'),
      patient: scoresOf('PATIENT'),
    }
  })
}

/** The level alone moves a figure; sub-scores stay in the record. */
function rowToScore({ scale, scale_version: scaleVersion, level_tenths: tenths }: LevelRow): OutcomeScore {
  return { scale, scaleVersion, level: Number(tenths) / 10, parts: [] }
}
