import './amendment.css'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { PatientFrame, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { RequestCard } from './RequestCard.tsx'
import { TakeForm } from './TakeForm.tsx'

type Props = { readonly patientId: PatientId; readonly clinic: Clinic; readonly person: Person }

/** Requests of one patient to correct the record, each with its answer, and the form that takes a new one. */
export function AmendmentsScreen() {
  const patientId = usePatientParam()
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return (
    <PatientFrame patientId={patientId}>
      <Amendments patientId={patientId} clinic={clinic} person={person} />
    </PatientFrame>
  )
}

function Amendments({ patientId, clinic, person }: Props) {
  useSamePatient(patientId)
  return (
    <div className="amendments-screen">
      <PageHeader
        title="Requests to correct the record"
        action={<a href={hrefTo(pathTo.chart(patientId))}>Back to the chart</a>}
      />
      <div className="amendments-screen__columns">
        <div className="amendments-screen__column">
          {mayDo(person, 'chart.read') ? (
            <Requests patientId={patientId} clinic={clinic} person={person} />
          ) : (
            <p className="text-2">A physician answers a request; the answers stand in the chart.</p>
          )}
        </div>
        {mayDo(person, 'amendment.take') && <TakeForm patientId={patientId} clinic={clinic} />}
      </div>
    </div>
  )
}

function Requests({ patientId, clinic, person }: Props) {
  const { value, refusal } = useQuery(
    'amendmentRequest.list',
    { patientId },
    { dependsOn: ['addendum', 'session', 'consent', 'screening'] },
  )
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return <div aria-busy="true" />
  const { requests, records } = value
  if (requests.length === 0) {
    return (
      <div className="amendments-screen__empty">
        <EmptyState
          sentence="The patient has not asked to correct anything."
          hint="A request is answered within sixty days. What is signed stays; a correction stands beside it as an addendum."
        />
      </div>
    )
  }
  return requests.map((request) => (
    <RequestCard
      key={request.amendmentRequestId}
      patientId={patientId}
      request={request}
      records={records}
      clinic={clinic}
      person={person}
    />
  ))
}
