import type { DuplicateAdvice } from '../../../shared/contract/patient.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { duplicateWords } from '../../parts/duplicate-words.ts'
import { formatBorn, formatName } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'

/** Charts that may be the person in the form, beside it. Advice: who looks decides. */
export function DuplicatePanel({
  charts,
  today,
  isStranger,
  title = 'Already a patient?',
}: {
  readonly charts: readonly DuplicateAdvice[]
  readonly today: CalendarDate
  /** True while the form names nobody yet. */
  readonly isStranger: boolean
  readonly title?: string
}) {
  return (
    <SectionCard title={title} {...(charts.length > 0 && { aside: <span className="text-12">{charts.length}</span> })}>
      <div role="status">
        {charts.length === 0 && (
          <p className="text-2">
            {isStranger
              ? 'Charts that may be the same person appear here while you type.'
              : 'No chart looks like this person.'}
          </p>
        )}
        {charts.length > 0 && (
          <>
            <StateLine state="lookAlike">
              {charts.length === 1
                ? 'This chart may be the same person.'
                : 'One of these charts may be the same person.'}
            </StateLine>
            <p className="text-12 text-2">Open it to be sure. Twins and namesakes have charts of their own.</p>
          </>
        )}
      </div>
      <ul className="duplicate-list">
        {charts.map((chart) => (
          <li key={chart.patientId}>
            <a href={hrefTo(pathTo.chart(chart.patientId))}>
              {formatName({ familyName: chart.family, givenName: chart.given, preferredName: chart.preferred })}
            </a>
            <span>
              {chart.bornOn === null && chart.bornText !== null ? chart.bornText : formatBorn(chart.bornOn, today)}
            </span>
            <span className="duplicate-list__facts">
              <span className="mono">{chart.chartNumber}</span>
              {chart.phoneTail !== null && <span>phone ··· {chart.phoneTail}</span>}
              {chart.locality !== null && <span>{chart.locality}</span>}
              {chart.status === 'ARCHIVED' && <span>archived</span>}
            </span>
            <span className="duplicate-list__why">
              {capital(chart.reasons.map((reason) => duplicateWords[reason]).join(', '))}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
