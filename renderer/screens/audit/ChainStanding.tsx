import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { formatCount, formatDateTime, formatPlural } from '../../parts/format.ts'
import { faultTexts } from './ChainCheck.tsx'

/** How the rows were found at the last check, by itself in the night or asked for; red where one does not fit. */
export function ChainStanding({ timeZone }: { readonly timeZone: string }) {
  const { value } = useQuery('audit.standing', {}, { dependsOn: ['audit'] })
  if (!value) return null
  const { standing, whole, anchoredAt } = value
  if (standing?.state === 'BROKEN' && standing.firstBadSeq !== null && standing.fault !== null)
    return (
      <AlertCard
        state="overLimit"
        tone="red"
        title={`Row ${formatCount(standing.firstBadSeq)} ${faultTexts[standing.fault]}`}
        sentence={`Found on ${formatDateTime(standing.at, timeZone)}. Somebody worked on the records without this program: keep the records as they are, make a copy, and compare it with an older verified copy.`}
      />
    )
  const checked =
    whole === null
      ? 'The rows have not been followed from the first one yet; the program does it in the night.'
      : `All ${formatPlural(whole.rows, 'row')} fitted on ${formatDateTime(whole.at, timeZone)}.`
  const noted =
    anchoredAt === null ? '' : ` Their end was noted outside the records on ${formatDateTime(anchoredAt, timeZone)}.`
  return <p className="text-12 text-2">{`${checked}${noted}`}</p>
}
