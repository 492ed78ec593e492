import Papa from 'papaparse'
import { deviationDispositions } from '../../../shared/domain/sign-off.ts'
import type { Safety, Supervision } from './read.ts'

/** One line for each pair of people and one for all together. Times in minutes. */
export function supervisionCsv({ asOf, rows, total }: Supervision): string {
  const lines = [
    ...rows.map(({ supervisor, practitioner, ...figures }) => ({
      names: { supervisor: supervisor?.printedName ?? '', practitioner: practitioner.printedName },
      figures,
    })),
    { names: { supervisor: 'ALL', practitioner: 'ALL' }, figures: total },
  ]
  return csvOf(
    lines.map(({ names, figures }) => ({
      ...names,
      sessions_performed: figures.performed,
      countersigned: figures.countersigned,
      signed_by_treating_physician: figures.authorSigned,
      signed_singly: figures.signedSingly,
      signed_in_batch: figures.inBatch,
      signed_late: figures.signedLate,
      median_minutes_to_sign: figures.medianMin,
      p90_minutes_to_sign: figures.ninetiethMin,
      returns: figures.returns,
      deviations: figures.deviations,
      ...Object.fromEntries(
        deviationDispositions.map((code) => [`deviations_${code.toLowerCase()}`, figures.dispositions[code]]),
      ),
      waiting_now: figures.waitingNow,
      overdue_now: figures.overdueNow,
      escalated_now: figures.escalatedNow,
      as_of: asOf,
    })),
  )
}

/** One line for each code and each group, every share with its n; shares between 0 and 1. */
export function safetyCsv({ total, codes, groups }: Safety): string {
  const lines = [
    { grouping: 'ALL', key: '', name: '', rate: total },
    ...codes.map(({ code, rate }) => ({ grouping: 'CODE', key: code ?? '', name: '', rate })),
    ...groups,
  ]
  return csvOf(
    lines.map(({ grouping, key, name, rate }) => ({
      grouping,
      // Ids of people and devices say nothing to a reader; their names do.
      group: name || key,
      sessions_with_complication: rate?.events ?? 0,
      sessions_performed: rate?.n ?? 0,
      share: rate?.share ?? null,
      wilson95_low: rate?.low ?? null,
      wilson95_high: rate?.high ?? null,
    })),
  )
}

/** RFC 4180 with names in the first line. A text that a spreadsheet would take for a formula stays a text. */
export function csvOf(lines: readonly Readonly<Record<string, string | number | null>>[]): string {
  return Papa.unparse([...lines], { escapeFormulae: true, newline: '\r\n' })
}
