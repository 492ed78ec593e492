import type { AnswerAgainVisit } from '../../../shared/contract/questionnaire.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate, formatName, formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

export type AnswerAgainCardProps = {
  /** The major version that would be published. */
  readonly major: number
  readonly from: CalendarDate
  /** False for new wording: every answered form stays good. */
  readonly isMajor: boolean
}

/** Whom a new major version would ask for a full form before a treatment that is booked already. */
export function AnswerAgainCard({ major, from, isMajor }: AnswerAgainCardProps) {
  const { value, refusal } = useQuery(
    'questionnaire.answerAgain',
    { major, from },
    { isEnabled: isMajor, dependsOn: ['screening', 'today'] },
  )
  if (!isMajor)
    return (
      <SectionCard title="Who answers again">
        <p className="text-2">Nobody: with a wording version every answered form stays good.</p>
      </SectionCard>
    )
  return (
    <SectionCard title="Who answers again" note={`Treatments booked from ${formatDate(from)}`}>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {value && (
        <>
          <p className={value.visits > 0 ? 'text-again__count' : 'text-2'} role="status">
            {value.visits === 0
              ? 'No patient who is booked has a full form that this version would replace.'
              : `${formatPlural(value.patients, 'booked patient')} must answer the full form again before ${formatPlural(value.visits, 'treatment')}.`}
          </p>
          {value.rows && value.rows.length > 0 && <Rows rows={value.rows} count={value.visits} />}
          {value.rows === null && value.visits > 0 && (
            <p className="text-3">The names are shown to those who hand over the forms.</p>
          )}
        </>
      )}
    </SectionCard>
  )
}

function Rows({ rows, count }: { readonly rows: readonly AnswerAgainVisit[]; readonly count: number }) {
  return (
    <>
      <ul className="text-again" aria-label="Booked patients who must answer again">
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
