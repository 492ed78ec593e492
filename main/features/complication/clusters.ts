import type { Reader } from '../../../db/open.ts'
import { type ReportWithCauses, selectReportsWithCauses } from '../../../db/queries/complication-cluster.ts'
import { selectPolicyInForce } from '../../../db/queries/policy.ts'
import {
  type ClusterKind,
  clusterMinReports,
  complicationClusters,
} from '../../../shared/domain/complication-cluster.ts'
import { shippedSettings } from '../../../shared/domain/policy.ts'
import { addMinutes, type CalendarDate, type Instant } from '../../../shared/kernel/time.ts'

/** The same reports, and everything they share. */
export type FoundCluster = {
  readonly causes: readonly { readonly kind: ClusterKind; readonly label: string }[]
  /** Oldest first. */
  readonly reports: readonly ReportWithCauses[]
}
export type FoundClusters = { readonly withinDays: number; readonly clusters: readonly FoundCluster[] }

type Asking = {
  readonly reader: Reader
  readonly today: CalendarDate
  readonly timeZone: string
}

const minutesOfDay = 24 * 60

/**
 * Clusters among the reports around `around`: those that can share a window with a report taken then. One day more
 * than the window on either side, since the window counts the clinic's days and the reports are stored by instant.
 */
export async function findClusters(
  { reader, today, timeZone }: Asking,
  { around, onlyBefore = false }: { readonly around: Instant; readonly onlyBefore?: boolean },
): Promise<FoundClusters> {
  const policy = await selectPolicyInForce(reader, today)
  const withinDays = (policy?.body.settings ?? shippedSettings).lotClusterDays
  const span = (withinDays + 1) * minutesOfDay
  const reports = await selectReportsWithCauses(reader, {
    from: addMinutes(around, -span),
    until: addMinutes(around, onlyBefore ? 1 : span),
    timeZone,
  })
  const byId = new Map(reports.map((report) => [report.complicationId, report]))
  const clusters = complicationClusters(reports, { minReports: clusterMinReports, withinDays })
  const found = new Map<string, FoundCluster>()
  for (const { kind, key, complicationIds } of clusters) {
    const sharing = complicationIds.flatMap((id) => byId.get(id) ?? [])
    const known = found.get(complicationIds.join())?.causes ?? []
    const causes = [...known, { kind, label: labelOf(sharing, kind, key) }]
    found.set(complicationIds.join(), { causes, reports: sharing })
  }
  return { withinDays, clusters: [...found.values()] }
}

function labelOf(reports: readonly ReportWithCauses[], kind: ClusterKind, key: string): string {
  const causes = reports.flatMap((report) => report.causes)
  return causes.find((cause) => cause.kind === kind && cause.key === key)?.label ?? key
}
