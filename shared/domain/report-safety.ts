import type { ComplicationId, SessionId } from '../kernel/ids.ts'
import type { Causality } from './complication.ts'
import { type ComplicationCode, complicationTable } from './complication-codes.ts'
import { type Rate, rateOf } from './report.ts'

export const safetyGroupings = ['DEPTH_BAND', 'SKIN_TYPE', 'DEVICE', 'LOT', 'PRACTITIONER'] as const
export type SafetyGrouping = (typeof safetyGroupings)[number]

/** `key` tells the groups of one grouping apart; empty where the record does not say. */
export type SafetyGroup = { readonly grouping: SafetyGrouping; readonly key: string }

/** How many performed sessions of the period belong to a group. A session with two lots belongs to both. */
export type SafetyDenominator = SafetyGroup & { readonly sessions: number }

/** One report about one session of the period, with the groups of that session. */
export type ReportedComplication = {
  readonly complicationId: ComplicationId
  readonly sessionId: SessionId
  readonly code: ComplicationCode | null
  readonly causality: Causality | null
  readonly groups: readonly SafetyGroup[]
}

export type SafetyReport = {
  /** Performed sessions, neither voided nor cancelled; `rate` counts those with at least one complication. */
  readonly sessions: number
  readonly total: Rate | null
  readonly codes: readonly { readonly code: ComplicationCode | null; readonly rate: Rate | null }[]
  readonly groups: readonly (SafetyGroup & { readonly rate: Rate | null })[]
  /** Reports about these sessions that a clinician judged UNRELATED: in no figure. */
  readonly unrelated: number
}

/**
 * Sessions with a complication per performed sessions, with 95 % intervals. Reports judged UNRELATED are left out;
 * what is not clinical (dissatisfaction, a broken device) has its line by code and is in no other figure.
 */
export function safetyReport({
  sessions,
  denominators,
  reported,
}: {
  readonly sessions: number
  readonly denominators: readonly SafetyDenominator[]
  readonly reported: readonly ReportedComplication[]
}): SafetyReport {
  const counted = reported.filter(({ causality }) => causality !== 'UNRELATED')
  const clinical = counted.filter(({ code }) => code === null || complicationTable[code].isClinical)
  const byCode = Map.groupBy(counted, ({ code }) => code)
  const byGroup = Map.groupBy(
    clinical.flatMap(({ sessionId, groups }) => groups.map((group) => ({ sessionId, key: groupKey(group) }))),
    ({ key }) => key,
  )
  return {
    sessions,
    total: rateOf(sessionsIn(clinical), sessions),
    codes: [...byCode]
      .map(([code, reports]) => ({ code, rate: rateOf(sessionsIn(reports), sessions) }))
      .toSorted((one, other) => (other.rate?.events ?? 0) - (one.rate?.events ?? 0)),
    groups: denominators.map(({ sessions: n, ...group }) => ({
      ...group,
      rate: rateOf(sessionsIn(byGroup.get(groupKey(group)) ?? []), n),
    })),
    unrelated: new Set(
      reported.filter(({ causality }) => causality === 'UNRELATED').map(({ complicationId }) => complicationId),
    ).size,
  }
}

/** A session with three reports is one session with a complication. */
function sessionsIn(reports: readonly { readonly sessionId: SessionId }[]): number {
  return new Set(reports.map(({ sessionId }) => sessionId)).size
}

function groupKey({ grouping, key }: SafetyGroup): string {
  return `${grouping} ${key}`
}
