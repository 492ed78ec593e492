import { selectReviewedCourses } from '../../../db/queries/report-outcome.ts'
import type { OutputOf } from '../../../shared/contract/define.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { Rate, ReportPeriod } from '../../../shared/domain/report.ts'
import { type OutcomeFigures, outcomeReport } from '../../../shared/domain/report-outcome.ts'
import { indications } from '../../../shared/domain/zones.ts'
import type { QueryContext } from '../../app/context.ts'
import { toWire } from '../../app/to-wire.ts'
import { csvOf } from './csv.ts'

export type Outcomes = OutputOf<typeof contract.report.outcomes>

/** Outcomes by indication, in the order of the reference. */
export async function readOutcomes({ reader }: Pick<QueryContext, 'reader'>, period: ReportPeriod): Promise<Outcomes> {
  return toWire(outcomeReport(await selectReviewedCourses(reader, period), indications))
}

/** One line for all courses, one for each indication and one for each scale in it; shares between 0 and 1. */
export function outcomesCsv({ total, indications: groups }: Outcomes): string {
  return csvOf(
    [
      { indication: 'ALL', figures: total },
      ...groups.map(({ indication, ...figures }) => ({ indication, figures })),
    ].flatMap(({ indication, figures }) => [
      lineOf({ indication, scale: '', figures, scaleRate: null }),
      ...figures.scales.map(({ scale, better }) => lineOf({ indication, scale, figures, scaleRate: better })),
    ]),
  )
}

function lineOf({
  indication,
  scale,
  figures,
  scaleRate,
}: {
  readonly indication: string
  readonly scale: string
  readonly figures: Pick<OutcomeFigures, 'courses' | 'comparable' | 'sessionsDone' | 'sessionsPlanned'> &
    Outcomes['total']
  readonly scaleRate: Rate | null
}) {
  const moved = figures.scales.find((one) => one.scale === scale)
  const gais = (name: string, levels: readonly number[]) =>
    Object.fromEntries(levels.map((count, index) => [`${name}_gais_${index + 1}`, count]))
  return {
    indication,
    scale,
    courses_reviewed: figures.courses,
    comparable: figures.comparable,
    sessions_done: figures.sessionsDone,
    sessions_planned: figures.sessionsPlanned,
    better: scaleRate?.events ?? null,
    same: moved?.same ?? null,
    worse: moved?.worse ?? null,
    n: scaleRate?.n ?? null,
    share_better: scaleRate?.share ?? null,
    wilson95_low: scaleRate?.low ?? null,
    wilson95_high: scaleRate?.high ?? null,
    ...gais('physician', figures.physicianGais),
    ...gais('patient', figures.patientGais),
    with_complication: figures.complications?.events ?? 0,
  }
}
