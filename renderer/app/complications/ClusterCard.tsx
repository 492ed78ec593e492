import './clusters.css'
import { useQuery } from '../../client/use-query.ts'
import { complicationTitle, sharedCauseText } from '../../parts/complication-words.ts'
import { formatDate, formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { hrefTo, pathTo } from '../paths.ts'

/** Complications that share a lot, a device, a practitioner or a room; nothing where there are none. */
export function ClusterCard() {
  const { value } = useQuery('complication.clusters', {}, { dependsOn: ['session', 'policy'] })
  if (!value || value.clusters.length === 0) return null
  return (
    <SectionCard title="Complications that share a cause" note={`within ${value.withinDays} days`}>
      <ul className="cluster-list">
        {value.clusters.map(({ causes, count, firstOn, lastOn, reports }) => (
          <li key={`${sharedCauseText(causes)} ${firstOn}`}>
            <StateLine state="warning">
              {formatPlural(count, 'report')}, {formatDate(firstOn)} to {formatDate(lastOn)}: {sharedCauseText(causes)}
            </StateLine>
            {reports.map((one) => (
              <a key={one.complicationId} href={hrefTo(pathTo.complication(one.patientId, one.complicationId))}>
                {complicationTitle(one)}, {formatDate(one.reportedOn)}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
