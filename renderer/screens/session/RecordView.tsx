import { Button } from '@mantine/core'
import { pathOf } from '../../../shared/domain/field-pointer.ts'
import { isOverdue } from '../../../shared/domain/sign-off.ts'
import { minutesBetween } from '../../../shared/kernel/time.ts'
import { AddendumPanel } from '../../app/addenda/AddendumPanel.tsx'
import { hrefTo, paths } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { formatDateTime, formatDateTimeZone, formatDeadline } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { StepTrail, type TrailStep } from '../../parts/StepTrail.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { OpenSession } from './desk-context.ts'
import { ErrorCard } from './ErrorCard.tsx'
import { fieldName } from './field-names.ts'
import { OthersDraft } from './OthersDraft.tsx'
import { RecordFacts } from './RecordFacts.tsx'
import { RecordZones } from './RecordZones.tsx'
import { SignaturesCard } from './SignaturesCard.tsx'
import { stateWords } from './session-words.ts'
import { VersionsCard } from './VersionsCard.tsx'

type RecordProps = { readonly opened: OpenSession; readonly clinic: Clinic; readonly person: Person }

/** A session as it was submitted: readable in every state, changeable in none. */
export function RecordView({ opened, clinic, person }: RecordProps) {
  const { session, record } = opened
  return (
    <div className="session-desk">
      <h1 className="visually-hidden">Session {session.sessionNo}</h1>
      <RecordTrail opened={opened} clinic={clinic} person={person} />
      <div className="session-record">
        <Notices opened={opened} clinic={clinic} />
        {record ? (
          <>
            <RecordZones body={record.body} last={opened.last}>
              <RecordFacts body={record.body} policyFrom={record.policyFrom} clinic={clinic} />
            </RecordZones>
            <SignaturesCard opened={opened} clinic={clinic} />
            <VersionsCard opened={opened} clinic={clinic} />
            <AddendumPanel
              patientId={session.patientId}
              kind="SESSION"
              recordId={session.sessionId}
              body={record.body}
              isQuietWhenEmpty
            />
          </>
        ) : (
          <OthersDraft opened={opened} clinic={clinic} person={person} />
        )}
        <ErrorCard opened={opened} person={person} />
      </div>
    </div>
  )
}

function RecordTrail({ opened, clinic, person }: RecordProps) {
  const { session, isRecallable } = opened
  const { patientId, sessionId, version } = session
  const recall = useCommand('session.recall')
  const isForMe = session.state === 'SUBMITTED' && !session.isMine && mayDo(person, 'session.countersign')
  const { words, glyph } = stateWords[session.state]
  return (
    <StepTrail
      label="This visit"
      steps={stepsOf(opened, clinic)}
      aside={
        <>
          <StateTag state={glyph}>{words}</StateTag>
          <RefusalText>{recall.refusal ? sentenceFor(recall.refusal) : null}</RefusalText>
        </>
      }
      action={
        isRecallable ? (
          <span>
            <Button disabled={recall.isRunning} onClick={() => void recall.run({ patientId, sessionId, version })}>
              Take it back
            </Button>
          </span>
        ) : isForMe ? (
          <Button variant="filled" component="a" href={hrefTo(paths.signOff)}>
            Review in sign-off
          </Button>
        ) : undefined
      }
    />
  )
}

function stepsOf({ session, signatures }: OpenSession, { timeZone }: Clinic): readonly TrailStep[] {
  const { startedAt, endedAt, submittedAt, signedAt, isStarted } = session
  const minutes = startedAt && endedAt ? Math.round(minutesBetween(startedAt, endedAt)) : null
  const isSubmitted = submittedAt !== null && signatures.length > 0
  return [
    {
      name: session.recordOnly ? 'Recorded' : 'Started',
      state: isStarted ? 'done' : 'toCome',
      ...(startedAt ? { detail: formatDateTime(startedAt, timeZone) } : {}),
    },
    {
      name: 'Log',
      state: isSubmitted ? 'done' : isStarted ? 'now' : 'toCome',
      ...(minutes === null ? {} : { detail: `${minutes} min needling` }),
    },
    {
      name: 'Submit',
      state: isSubmitted ? 'done' : 'toCome',
      ...(submittedAt ? { detail: formatDateTime(submittedAt, timeZone) } : {}),
    },
    {
      name: 'Sign-off',
      state: signedAt ? 'done' : session.state === 'SUBMITTED' ? 'now' : 'toCome',
      ...(signedAt ? { detail: formatDateTime(signedAt, timeZone) } : {}),
    },
  ]
}

function Notices({ opened, clinic }: Omit<RecordProps, 'person'>) {
  const { session, record, voided, returns } = opened
  const sent = session.state === 'RETURNED' ? returns.at(-1) : undefined
  return (
    <>
      {record && !record.isIntact && (
        <AlertCard
          state="blocked"
          tone="red"
          title="This record is not as it was stored"
          sentence="Its bytes, columns or rows were changed outside this program. What is shown below is what the stored bytes say; keep the store as it is and tell the practice manager."
        />
      )}
      {voided && (
        <AlertCard
          state="enteredInError"
          tone="red"
          title="Entered in error"
          sentence={`${voided.reason}. Marked by ${voided.by.printedName}, ${formatDateTimeZone(voided.at, clinic.timeZone)}. It counts nowhere and stays readable.${voided.correctSessionId ? ' The treatment was entered again where it belongs.' : ''}`}
        />
      )}
      {session.state === 'CANCELLED' && (
        <AlertCard state="blocked" tone="amber" title="Discarded" sentence="It never started and counts nowhere." />
      )}
      {isOverdue(session.lateness) && session.dueAt !== null && (
        <AlertCard
          state="due"
          tone="amber"
          title={session.lateness === 'ESCALATED' ? 'Sign-off long overdue' : 'Sign-off overdue'}
          sentence={`It was due ${formatDateTimeZone(session.dueAt, clinic.timeZone)}.`}
        />
      )}
      {sent && (
        <SectionCard
          title={`Returned by ${sent.returnedBy.printedName}`}
          note={`${formatDateTime(sent.returnedAt, clinic.timeZone)}, wanted back by ${formatDeadline(sent.dueAt, clinic.timeZone)}`}
        >
          <p>{sent.reason}</p>
          <ul className="session-warnings">
            {sent.pointers.map(({ path, text }) => (
              <li key={path}>
                <strong>{record ? fieldName(pathOf(path), record.body) : ''}</strong>
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </SectionCard>
      )}
    </>
  )
}
