import type { TriedVisit } from '../../../shared/contract/policy.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import type { Output } from '../../client/client.ts'
import { formatDate, formatName, formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { ScrollRegion } from '../../parts/ScrollRegion.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { chartReasonSentence, reasonSentence } from './dry-run-words.ts'

type DryRun = Output<'policy.dryRun'>
type DryRunCardProps = {
  readonly dryRun: DryRun
  /** False: the names lead nowhere for a person who sees no charts. */
  readonly mayOpenCharts: boolean
}

/** Which booked sessions the draft would block, before anybody signs it. */
export function DryRunCard({ dryRun, mayOpenCharts }: DryRunCardProps) {
  const { blockedVisits, freedVisits, blocked, freed } = dryRun
  return (
    <SectionCard title="What this change would block" note={periodOf(dryRun)}>
      <p className={blocked > 0 ? 'policy-tried__count' : 'text-2'} role="status">
        {blockedSentence(dryRun)}
      </p>
      {!dryRun.isWhole && <p className="text-3">More are booked; the earliest {dryRun.tried} were tried.</p>}
      <TriedVisits
        label="Sessions it would block"
        visits={blockedVisits}
        total={blocked}
        mayOpenCharts={mayOpenCharts}
      />
      {freed > 0 && (
        <>
          <h3 className="policy-tried__head">
            What blocks {formatPlural(freed, 'other booked session')} now would no longer do so
          </h3>
          <TriedVisits
            label="Sessions it would free"
            visits={freedVisits}
            total={freed}
            mayOpenCharts={mayOpenCharts}
          />
        </>
      )}
      <p className="text-3">
        Each was tried by the start gate’s own rules at the depths planned or ordered for it. Signed orders keep their
        number of sessions and their last day; identity, device and cartridge are checked on the day.
      </p>
    </SectionCard>
  )
}

/** `It would block 2 of 14 booked sessions.`, for the card and for the signature. */
export function blockedSentence({ tried, blocked }: Pick<DryRun, 'tried' | 'blocked'>): string {
  if (tried === 0) return 'No session is booked while it would be in force.'
  if (tried === 1)
    return blocked === 0 ? 'It would not block the one booked session.' : 'It would block the one booked session.'
  return `It would block ${blocked === 0 ? 'none' : blocked} of ${tried} booked sessions.`
}

function periodOf({ from, until }: DryRun): string {
  return until === null
    ? `Sessions booked from ${formatDate(from)}`
    : `Sessions booked from ${formatDate(from)} to ${formatDate(until)}, when the next approved policy follows`
}

function TriedVisits({
  label,
  visits,
  total,
  mayOpenCharts,
}: {
  readonly label: string
  readonly visits: readonly TriedVisit[]
  readonly total: number
  readonly mayOpenCharts: boolean
}) {
  if (visits.length === 0) return null
  return (
    <>
      {/* A long list scrolls, so it can be reached by the keyboard. */}
      <ScrollRegion className="policy-tried" label={label}>
        <ul>
          {visits.map((visit) => (
            <li key={visit.visitId}>
              <span className="policy-tried__when">
                {formatWeekdayDate(visit.onDate)}, {visit.atTime}
              </span>
              <span>
                {mayOpenCharts ? (
                  <a href={hrefTo(pathTo.chart(visit.patientId))}>{formatName(visit)}</a>
                ) : (
                  <strong>{formatName(visit)}</strong>
                )}{' '}
                <span className="text-2">with {visit.practitionerName ?? 'nobody named yet'}</span>
              </span>
              <ul className="policy-tried__reasons">
                {visit.reasons.map((reason) => (
                  <li key={`${reason.code} ${reason.zone} ${reason.side} ${reason.site} ${reason.ref}`}>
                    <StateLine state="blocked">{reasonSentence(reason)}</StateLine>
                  </li>
                ))}
                {visit.hasChartReasons && (
                  <li>
                    <StateLine state="blocked">{chartReasonSentence}</StateLine>
                  </li>
                )}
              </ul>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {total > visits.length && <p className="text-3">The first {visits.length} are named.</p>}
    </>
  )
}
