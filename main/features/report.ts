import type { contract } from '../../shared/contract/index.ts'
import type { ReportPeriod } from '../../shared/domain/report.ts'
import { reportPeriodMaxDays, reportPeriodProblem } from '../../shared/domain/report.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers, QueryContext } from '../app/context.ts'
import { safetyCsv, supervisionCsv } from './report/csv.ts'
import { outcomesCsv, readOutcomes } from './report/outcome.ts'
import { readSafety, readSupervision } from './report/read.ts'

type ReportContract = typeof contract.report

export const reportHandlers = {
  supervision: async (context, period) => {
    const problem = reportPeriodProblem(period)
    if (problem) return refuse(problem, { most: reportPeriodMaxDays })
    return accept(await readSupervision(context, period))
  },

  safety: async (context, period) => {
    const problem = reportPeriodProblem(period)
    if (problem) return refuse(problem, { most: reportPeriodMaxDays })
    return accept(await readSafety(context, period))
  },

  outcomes: async (context, period) => {
    const problem = reportPeriodProblem(period)
    if (problem) return refuse(problem, { most: reportPeriodMaxDays })
    return accept(await readOutcomes(context, period))
  },

  supervisionCsv: async (context, period) => {
    const problem = reportPeriodProblem(period)
    if (problem) return refuse(problem, { most: reportPeriodMaxDays })
    const text = supervisionCsv(await readSupervision(context, period))
    return accept(giveCsv(context, { text, name: 'supervision', period }))
  },

  safetyCsv: async (context, period) => {
    const problem = reportPeriodProblem(period)
    if (problem) return refuse(problem, { most: reportPeriodMaxDays })
    const text = safetyCsv(await readSafety(context, period))
    return accept(giveCsv(context, { text, name: 'safety', period }))
  },

  outcomesCsv: async (context, period) => {
    const problem = reportPeriodProblem(period)
    if (problem) return refuse(problem, { most: reportPeriodMaxDays })
    const text = outcomesCsv(await readOutcomes(context, period))
    return accept(giveCsv(context, { text, name: 'outcomes', period }))
  },
} satisfies Handlers<ReportContract>

function giveCsv(
  context: QueryContext,
  {
    text,
    name,
    period,
  }: { readonly text: string; readonly name: 'supervision' | 'safety' | 'outcomes'; readonly period: ReportPeriod },
) {
  const fileName = `${name}-${period.from}-to-${period.to}.csv`
  context.audit({ action: `report.${name}Csv`, subject: 'report', reason: `${period.from} to ${period.to}` })
  // The mark at the front tells spreadsheets that the names are UTF-8.
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf8')
  return { token: context.giveFile({ mediaType: 'text/csv', fileName, load: async () => bytes }), fileName }
}
