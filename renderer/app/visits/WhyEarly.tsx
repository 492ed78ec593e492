import { Button } from '@mantine/core'
import { useState } from 'react'
import { questionIds } from '../../../shared/domain/screening/question.ts'
import { questionOf } from '../../../shared/domain/screening/questionnaire.ts'
import type { PatientId, SeriesId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { liftWords, ruleSentence } from '../../parts/rule-sentences.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { mayDo, usePerson } from '../use-person.ts'

type Props = { readonly patientId: PatientId; readonly on: CalendarDate; readonly seriesId: SeriesId | null }

/** The rule behind an early or a stopped date, for those who may read charts. The desk sees the date and who lifts it. */
export function WhyEarly(props: Props) {
  const person = usePerson()
  const [isOpen, setOpen] = useState(false)
  if (!person || !mayDo(person, 'chart.read')) return null
  if (!isOpen) return <Button onClick={() => setOpen(true)}>Show why</Button>
  return <Findings {...props} />
}

function Findings({ patientId, on, seriesId }: Props) {
  const clock = useQuery('booking.clock', { patientId, on, seriesId }, { dependsOn: ['screening', 'clearance'] })
  if (clock.refusal) return <RefusalText>{sentenceFor(clock.refusal)}</RefusalText>
  return (
    <ul className="booking-why" aria-label="Why">
      {(clock.value?.findings ?? []).map((finding) => (
        <li key={`${finding.questionId} ${finding.rule}`}>
          <strong>{questionWords(finding.questionId)}</strong>{' '}
          <span className="mono text-12">{finding.questionId}</span>
          <br />
          {ruleSentence(finding.rule)} {liftWords(finding.lifts, finding.eligibleOn)}
          {finding.answeredOn !== null && (
            <span className="text-12 text-2"> Answered {formatDate(finding.answeredOn)}.</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function questionWords(id: string): string {
  const known = questionIds.find((one) => one === id)
  return known ? questionOf(known).short : id
}
