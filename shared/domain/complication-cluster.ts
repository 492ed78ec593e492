import type { ComplicationId } from '../kernel/ids.ts'
import { type CalendarDate, daysBetween } from '../kernel/time.ts'
import type { Causality } from './complication.ts'
import { type ComplicationCode, complicationTable, infectionCodes, scarCodes } from './complication-codes.ts'

/** What several reports may share. LOT is a lot of cartridges or of a product. */
export const clusterKinds = ['LOT', 'DEVICE', 'OPERATOR', 'ROOM'] as const
export type ClusterKind = (typeof clusterKinds)[number]

/** `key` tells one cause from another: normalised lot number, device, member of staff, folded name of a room. */
export type ClusterCause = { readonly kind: ClusterKind; readonly key: string }

export type ClusterReport = {
  readonly complicationId: ComplicationId
  /** The clinic's date. */
  readonly reportedOn: CalendarDate
  readonly code: ComplicationCode | null
  readonly causality: Causality | null
  readonly causes: readonly ClusterCause[]
}

export type ComplicationCluster = ClusterCause & {
  /** Oldest first, at least as many as the rule asks for. */
  readonly complicationIds: readonly ComplicationId[]
}

/** How many related reports within how many days of each other (clinical reference, section 7: **CC** 2 within 90). */
export type ClusterRule = { readonly minReports: number; readonly withinDays: number }

/** The reference says ">= 2 related"; only the days are a setting. */
export const clusterMinReports = 2

/**
 * Causes that at least `minReports` related reports share within `withinDays` of each other. A report that a clinician
 * judged UNRELATED, or that is no clinical one, is related to nothing. On a lot every other report counts together,
 * whatever its code; on a device, an operator or a room only reports of one family do (the same code, or both
 * infections, or both scars), since in a small clinic everything shares a room.
 */
export function complicationClusters(
  reports: readonly ClusterReport[],
  rule: ClusterRule,
): readonly ComplicationCluster[] {
  const groups = new Map<string, { readonly cause: ClusterCause; readonly reports: Map<string, ClusterReport> }>()
  for (const report of reports) {
    if (!mayBeRelated(report)) continue
    for (const cause of report.causes) {
      const family = cause.kind === 'LOT' ? '' : familyOf(report.code)
      if (family === null) continue
      const key = `${cause.kind} ${cause.key} ${family}`
      const group = groups.get(key) ?? { cause: { kind: cause.kind, key: cause.key }, reports: new Map() }
      group.reports.set(report.complicationId, report)
      groups.set(key, group)
    }
  }
  return [...groups.values()]
    .map(({ cause, reports: sharing }) => ({ ...cause, complicationIds: nearOnes([...sharing.values()], rule) }))
    .filter(({ complicationIds }) => complicationIds.length > 0)
    .sort((a, b) => clusterKinds.indexOf(a.kind) - clusterKinds.indexOf(b.kind) || a.key.localeCompare(b.key, 'en'))
}

/** The clusters that this report is part of. */
export function clustersOf(
  clusters: readonly ComplicationCluster[],
  complicationId: ComplicationId,
): readonly ComplicationCluster[] {
  return clusters.filter(({ complicationIds }) => complicationIds.includes(complicationId))
}

function mayBeRelated({ causality, code }: ClusterReport): boolean {
  return causality !== 'UNRELATED' && (code === null || complicationTable[code].isClinical)
}

/** Null while nobody has named it: then it is like no other. */
function familyOf(code: ComplicationCode | null): string | null {
  if (code === null) return null
  if (infectionCodes.includes(code)) return 'INFECTION'
  return scarCodes.includes(code) ? 'SCAR' : code
}

function nearOnes(
  reports: readonly ClusterReport[],
  { minReports, withinDays }: ClusterRule,
): readonly ComplicationId[] {
  return reports
    .filter((report) => {
      const near = reports.filter((other) => Math.abs(daysBetween(report.reportedOn, other.reportedOn)) <= withinDays)
      return near.length >= minReports
    })
    .sort(
      (a, b) =>
        a.reportedOn.localeCompare(b.reportedOn, 'en') || a.complicationId.localeCompare(b.complicationId, 'en'),
    )
    .map(({ complicationId }) => complicationId)
}
