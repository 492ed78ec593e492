import type { SignAgainVisit } from '../../../shared/contract/consent-template.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate, formatName, formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

export type SignAgainCardProps = {
  readonly templateId: string
  /** The major version that would be published. */
  readonly major: number
  readonly from: CalendarDate
  /** False for new wording: nobody signs again. */
  readonly isMajor: boolean
}

/** Whom a new major version would ask to sign again before a treatment that is booked already. */
export function SignAgainCard({ templateId, major, from, isMajor }: SignAgainCardProps) {
  const { value, refusal } = useQuery(
    'consentTemplate.signAgain',
    { templateId, major, from },
    { isEnabled: isMajor, dependsOn: ['consent', 'today'] },
  )
  if (!isMajor)
    return (
      <SectionCard title="Who signs again">
        <p className="text-2">Nobody: with a wording version every signed form stays good.</p>
      </SectionCard>
    )
  return (
    <SectionCard title="Who signs again" note={`Treatments booked from ${formatDate(from)}`}>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {value && (
        <>
          <p className={value.visits > 0 ? 'text-again__count' : 'text-2'} role="status">
            {value.visits === 0
              ? 'No patient who is booked has a form that this version would replace.'
              : `${formatPlural(value.patients, 'booked patient')} must sign again before ${formatPlural(value.visits, 'treatment')}.`}
          </p>
          {value.rows && value.rows.length > 0 && <Rows rows={value.rows} count={value.visits} />}
          {value.rows === null && value.visits > 0 && (
            <p className="text-3">The names are shown to those who see consents.</p>
          )}
        </>
      )}
    </SectionCard>
  )
}

function Rows({ rows, count }: { readonly rows: readonly SignAgainVisit[]; readonly count: number }) {
  return (
    <>
      <ul className="text-again" aria-label="Booked patients who must sign again">
        {rows.map((row) => (
          <li key={row.visitId}>
            <a href={hrefTo(pathTo.chart(row.patientId))}>{formatName(row)}</a>
            <span className="text-2">
              {formatWeekdayDate(row.onDate)}, {row.atTime}
            </span>
          </li>
        ))}
      </ul>
      {count > rows.length && <p className="text-3">The first {rows.length} are named.</p>}
    </>
  )
}
