import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ShownAmendmentRequest } from '../../../shared/contract/amendment-request.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { type Fact, FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { type Answer, AnswerDialog } from './AnswerDialog.tsx'
import { groundWords, type RequestProps, recordHref, recordName, requestLook } from './amendment-words.ts'

/** One request with everything that was written about it, and what may be done next. */
export function RequestCard({
  patientId,
  request,
  records,
  clinic,
  person,
}: RequestProps & { readonly clinic: Clinic; readonly person: Person }) {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const look = requestLook(request)
  const title = `Asked on ${formatDate(request.requestedOn)}`
  return (
    <SectionCard title={title} aside={<StateTag state={look.state}>{look.words}</StateTag>}>
      <p className="amendment-wish">{request.wish}</p>
      <FactList labelWidth={150} facts={factsOf(patientId, request, clinic.timeZone)} />
      <div className="amendment-form__actions">
        {answersFor(request, person).map((one) => (
          <Button key={one} onClick={() => setAnswer(one)}>
            {answerWords[one]}
          </Button>
        ))}
      </div>
      <AnswerDialog
        patientId={patientId}
        request={request}
        records={records}
        answer={answer}
        onClose={() => setAnswer(null)}
      />
    </SectionCard>
  )
}

const answerWords: Readonly<Record<Answer, string>> = {
  ACCEPT: 'Accept',
  DENY: 'Deny',
  EXTEND: 'Extend the time',
  DISAGREE: 'Statement of disagreement',
  REBUT: 'Answer the statement',
}

function answersFor({ state, addendum, extension, disagreement, rebuttal }: ShownAmendmentRequest, person: Person) {
  const answers: Answer[] = []
  if (mayDo(person, 'amendment.decide')) {
    if (state === 'OPEN' || addendum?.state === null) answers.push('ACCEPT')
    if (state === 'OPEN') answers.push('DENY')
    if (state === 'OPEN' && extension === null) answers.push('EXTEND')
    if (disagreement !== null && rebuttal === null) answers.push('REBUT')
  }
  if (mayDo(person, 'addendum.write') && state === 'DENIED' && disagreement === null) answers.push('DISAGREE')
  return answers
}

function factsOf(patientId: PatientId, request: ShownAmendmentRequest, timeZone: string): readonly Fact[] {
  const { record, extension, denial, disagreement, rebuttal, decidedAt, decidedByName } = request
  const said = (label: string, what: { readonly text: string; readonly at: string; readonly byName: string } | null) =>
    what === null
      ? []
      : [{ label, value: `${what.text} (${what.byName}, ${formatDateTime(what.at, timeZone)})` } satisfies Fact]
  return [
    { label: 'Asked by', value: `${request.requestedBy}; taken by ${request.takenByName}` },
    { label: 'Answer due', value: formatDate(request.dueOn) },
    ...said('Time extended', extension),
    ...(decidedAt === null
      ? []
      : [{ label: 'Answered', value: `${decidedByName ?? ''}, ${formatDateTime(decidedAt, timeZone)}` }]),
    ...(record === null
      ? []
      : [{ label: 'Record', value: <a href={recordHref(patientId, record)}>{recordName(record)}</a> }]),
    ...(denial === null
      ? []
      : [
          { label: 'Grounds', value: denial.grounds.map((ground) => groundWords[ground]).join('; ') },
          { label: 'Reasons', value: denial.reason },
        ]),
    ...said('Patient disagrees', disagreement),
    ...said('Clinic’s answer', rebuttal),
  ]
}
