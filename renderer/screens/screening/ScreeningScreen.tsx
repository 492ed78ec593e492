import './ScreeningScreen.css'
import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { PatientId, ScreeningId } from '../../../shared/kernel/ids.ts'
import { PatientFrame, usePatientBanner, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { useHandOver } from '../../app/use-hand-over.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { formatDate, formatSpokenName } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AnswersCard, type SignedScreening } from './AnswersCard.tsx'
import { ClearanceDrawer } from './ClearanceForm.tsx'
import { ClearancesCard } from './ClearancesCard.tsx'
import { OutcomeCard } from './OutcomeCard.tsx'
import { SignatureCard } from './SignatureCard.tsx'
import { UnsignedCard } from './UnsignedCard.tsx'

/** One questionnaire as staff see it. The front desk sees whether it is answered, and can hand the screen over. */
export function ScreeningScreen() {
  const patientId = usePatientParam()
  const params = useParams({ strict: false })
  // The router gives text; main checks whose record it is.
  const screeningId = (params.screeningId ?? '') as ScreeningId
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  const props = { patientId, screeningId, clinic, person }
  return (
    <PatientFrame patientId={patientId}>
      {mayDo(person, 'screening.read') ? <StaffScreening {...props} /> : <DeskScreening {...props} />}
    </PatientFrame>
  )
}

export type ScreeningProps = {
  readonly patientId: PatientId
  readonly screeningId: ScreeningId
  readonly clinic: Clinic
  readonly person: Person
}

/** Answered or not, and the hand-over: all that this role may know. */
function DeskScreening({ patientId }: ScreeningProps) {
  const standing = useQuery('screening.standing', { patientId, seriesId: null }, { dependsOn: ['session'] })
  if (standing.refusal) return <RefusalText>{sentenceFor(standing.refusal)}</RefusalText>
  if (!standing.value) return <div aria-busy="true" />
  const { unsigned, lastSigned } = standing.value
  return (
    <div className="screening-screen">
      <PageHeader
        title="Questionnaire"
        summary={lastSigned ? `Answered and signed on ${formatDate(lastSigned.takenOn)}` : 'Not answered yet'}
      />
      <UnsignedCard patientId={patientId} unsigned={unsigned} needed={standing.value.needed} mayDiscard={false} />
    </div>
  )
}

function StaffScreening({ patientId, screeningId, clinic, person }: ScreeningProps) {
  const opened = useQuery('screening.open', { patientId, screeningId })
  if (opened.refusal) return <RefusalText>{sentenceFor(opened.refusal)}</RefusalText>
  if (!opened.value) return <div aria-busy="true" />
  if (opened.value.state === 'UNSIGNED') {
    return (
      <div className="screening-screen">
        <PageHeader
          title={opened.value.form === 'FULL' ? 'Full questionnaire' : 'Short questionnaire'}
          summary="Not signed yet"
        />
        <UnsignedCard
          patientId={patientId}
          unsigned={opened.value}
          needed={opened.value.form}
          mayDiscard={mayDo(person, 'screening.write')}
        />
      </div>
    )
  }
  return (
    <SignedView
      patientId={patientId}
      screeningId={screeningId}
      clinic={clinic}
      person={person}
      screening={opened.value}
    />
  )
}

function SignedView({
  patientId,
  screeningId,
  clinic,
  person,
  screening,
}: ScreeningProps & { readonly screening: SignedScreening }) {
  const outcome = useQuery(
    'screening.outcome',
    { patientId, seriesId: null, plannedZones: [], deviceType: null },
    { dependsOn: ['clearance', 'patient', 'policy'] },
  )
  const clearances = useQuery('clearance.list', { patientId })
  const clarify = useCommand('screening.clarify')
  const concerns = useCommand('screening.setConcerns')
  const handOver = useHandOver()
  const [isDeciding, setDeciding] = useState(false)
  const patient = usePatientBanner()
  useSamePatient(screening.body.patientId)
  const { body, version } = screening
  const mayWrite = mayDo(person, 'screening.write')
  const mayDecide = mayDo(person, 'clearance.write')
  const refusal = outcome.refusal ?? clearances.refusal ?? concerns.refusal ?? handOver.refusal

  return (
    <div className="screening-screen">
      <PageHeader
        title={`${body.form === 'FULL' ? 'Full' : 'Short'} questionnaire of ${formatDate(body.takenOn)}`}
        summary={body.signature ? `Signed by ${body.signature.name}` : undefined}
        action={
          <div className="screening-screen__actions">
            <Button
              disabled={handOver.isRunning}
              onClick={() => void handOver.start({ patientId, seriesId: null, wanted: 'FULL' })}
            >
              New full form
            </Button>
            <Button
              variant="filled"
              disabled={handOver.isRunning}
              onClick={() => void handOver.start({ patientId, seriesId: null, wanted: 'NEEDED' })}
            >
              Hand the screen over
            </Button>
          </div>
        }
      />
      {refusal && <RefusalText>{sentenceFor(refusal)}</RefusalText>}
      {!screening.isIntact && (
        <AlertCard
          state="enteredInError"
          title="This form is no longer as it was signed"
          sentence="What is stored differs from what the patient signed, so it carries no session. Take a new form and tell the practice manager."
        />
      )}
      {!screening.isNewest && (
        <AlertCard
          state="warning"
          title="There is a newer form"
          sentence="The outcome below is of the newest answers; the answers on the right are of this form."
        />
      )}
      <div className="screening-screen__columns">
        <div>
          {outcome.value && (
            <OutcomeCard outcome={outcome.value} onDecide={mayDecide ? () => setDeciding(true) : null} />
          )}
          {clearances.value && <ClearancesCard clearances={clearances.value.clearances} timeZone={clinic.timeZone} />}
          <SignatureCard
            screening={screening}
            timeZone={clinic.timeZone}
            onConcernsChange={
              mayWrite ? (ticked) => void concerns.run({ patientId, screeningId, version, concerns: ticked }) : null
            }
          />
        </div>
        <AnswersCard
          screening={screening}
          timeZone={clinic.timeZone}
          onClarify={
            mayWrite
              ? async (questionId, text) => {
                  const reply = await clarify.run({ patientId, screeningId, version, questionId, text })
                  return reply.ok ? null : sentenceFor(reply.refusal)
                }
              : null
          }
        />
      </div>
      {outcome.value && clearances.value && (
        <ClearanceDrawer
          isOpen={isDeciding}
          patientId={patientId}
          patientName={formatSpokenName({ familyName: patient.family, givenName: patient.given })}
          findings={outcome.value.findings}
          physician={person}
          today={clinic.today}
          dateOrder={clinic.dateOrder}
          defaultExpiresOn={clearances.value.defaultExpiresOn}
          onClose={() => setDeciding(false)}
        />
      )}
    </div>
  )
}
