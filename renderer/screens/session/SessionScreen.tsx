import './session.css'
import { useParams } from '@tanstack/react-router'
import type { PatientId, SessionId } from '../../../shared/kernel/ids.ts'
import { PatientFrame, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { PrintButton } from '../../app/print-button.tsx'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { type Person, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { OpenSession } from './desk-context.ts'
import { RecordView } from './RecordView.tsx'
import { SessionDesk } from './SessionDesk.tsx'

type Address = { readonly patientId: PatientId; readonly sessionId: SessionId }

/** One treatment session: its author's desk while it is written, the record ever after. */
export function SessionScreen() {
  const params = useParams({ strict: false })
  // The router gives text; main checks whose record it is.
  const patientId = (params.patientId ?? '') as PatientId
  const sessionId = (params.sessionId ?? '') as SessionId
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return (
    <PatientFrame
      patientId={patientId}
      action={<PrintButton record={{ kind: 'SESSION', patientId, recordId: sessionId }} />}
    >
      <Opened key={sessionId} patientId={patientId} sessionId={sessionId} clinic={clinic} person={person} />
    </PatientFrame>
  )
}

function Opened({ clinic, person, ...address }: Address & { readonly clinic: Clinic; readonly person: Person }) {
  const { value, refusal } = useQuery('session.open', address, { isForm: true })
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return <div aria-busy="true" />
  return <OneSession opened={value} clinic={clinic} person={person} />
}

type OneProps = { readonly opened: OpenSession; readonly clinic: Clinic; readonly person: Person }

function OneSession({ opened, clinic, person }: OneProps) {
  useSamePatient(opened.session.patientId)
  const { session, draft } = opened
  if (!isMyDesk(opened) || !draft) return <RecordView opened={opened} clinic={clinic} person={person} />
  // A step in main begins the desk anew from what is stored; until then the text on the screen stays.
  const step = `${session.sessionId} ${session.state} ${session.isStarted} ${session.recordOnly} ${session.returns}`
  return <SessionDesk key={step} opened={opened} initial={draft} clinic={clinic} person={person} />
}

/** The author writes; everybody else reads. */
function isMyDesk({ session, draft }: OpenSession): boolean {
  return session.isMine && draft !== null
}
