import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Deviation } from '../../../shared/domain/deviation.ts'
import { type DeviationDisposition, deviationDispositions } from '../../../shared/domain/sign-off.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatPlural } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type SessionWork, useSessionWork } from './desk-context.ts'
import { deviationTitle, dispositionWords } from './session-words.ts'
import { submitWords } from './submit-words.ts'

type Decisions = Readonly<Record<string, { readonly disposition: DeviationDisposition; readonly note: string }>>

/** The author's signature. A physician's own session is signed by it, so each deviation is decided on here. */
export function SubmitDialog({ onClose }: { readonly onClose: () => void }) {
  const work = useSessionWork()
  const { opened, check, person, flush, replies } = work
  const { patientId, sessionId } = opened.session
  const { run, isRunning, refusal } = useCommand('session.submit')
  const [decisions, setDecisions] = useState<Decisions>({})
  const go = useGo()
  const isAlone = signsAlone(work)
  const undecided = isAlone ? check.deviations.filter(({ deviationId }) => !decisions[deviationId]) : []
  const notYet = undecided.length > 0 ? `Decide on ${formatPlural(undecided.length, 'deviation')} first.` : null

  return (
    <ReauthDialog
      isOpen
      title={submitWords(work)}
      method={person.signsBy}
      confirmText={submitWords(work)}
      refusal={notYet ?? (refusal ? sentenceFor(refusal) : null)}
      isBusy={isRunning || notYet !== null}
      onCancel={onClose}
      onConfirm={(reauth) => {
        void (async () => {
          const draftVersion = await flush()
          if (draftVersion === null) return
          const reply = await run({
            patientId,
            sessionId,
            draftVersion,
            replies: opened.session.state === 'RETURNED' ? [...replies] : [],
            dispositions: isAlone
              ? Object.entries(decisions).map(([deviationId, decision]) => ({ deviationId, ...decision }))
              : [],
            reauth,
          })
          // The part belongs to the desk, which is gone now.
          if (reply.ok) go(pathTo.session(patientId, sessionId), { replace: true })
        })()
      }}
    >
      <Summary work={work} isAlone={isAlone} />
      {isAlone &&
        check.deviations.map((deviation, index) => (
          <DecisionFields
            key={deviation.deviationId}
            deviation={deviation}
            number={index + 1}
            decision={decisions[deviation.deviationId] ?? null}
            onDecide={(decision) => setDecisions({ ...decisions, [deviation.deviationId]: decision })}
          />
        ))}
    </ReauthDialog>
  )
}

function signsAlone({ opened, person }: Pick<SessionWork, 'opened' | 'person'>): boolean {
  const { state, authorIsPhysician } = opened.session
  return state === 'DRAFT' && authorIsPhysician && person.roles.includes('physician')
}

function Summary({ work, isAlone }: { readonly work: SessionWork; readonly isAlone: boolean }) {
  const { check, desk, draft, person } = work
  const physician = desk.physicians.find(({ staffId }) => staffId === draft.supervisingPhysicianId)
  return (
    <div className="session-fields">
      <p>
        <strong>{person.printedName}</strong>, {person.credential}:{' '}
        {isAlone
          ? 'I carried out and recorded this treatment myself, and the record is complete and true.'
          : 'this record says what was done, completely and truly.'}
      </p>
      <p>
        {isAlone
          ? 'As a physician’s own session it is signed by you alone and shown as such.'
          : `It goes to ${physician?.printedName ?? 'the supervising physician'} and can be taken back until a physician opens it.`}
      </p>
      {check.redFlags.length > 0 && (
        <StateLine state="redFlag">A severe reaction: the physician is told at once. Call as well.</StateLine>
      )}
      {check.deviations.length > 0 && (
        <StateLine state="deviation">{formatPlural(check.deviations.length, 'deviation')}</StateLine>
      )}
      {check.soft.length > 0 && <StateLine state="warning">{formatPlural(check.soft.length, 'warning')}</StateLine>}
      {check.isLateEntry && <StateLine state="due">Late entry: marked as such</StateLine>}
    </div>
  )
}

type Decision = { readonly disposition: DeviationDisposition; readonly note: string }

function DecisionFields({
  deviation,
  number,
  decision,
  onDecide,
}: {
  readonly deviation: Deviation
  readonly number: number
  readonly decision: Decision | null
  readonly onDecide: (decision: Decision) => void
}) {
  return (
    <div className="session-fields">
      <SegmentedChoice
        label={`Deviation ${number}: ${deviationTitle(deviation) ?? 'outside policy or order'}`}
        segments={deviationDispositions.map((value) => ({ value, label: dispositionWords[value] }))}
        value={decision?.disposition ?? null}
        onChange={(disposition) => onDecide({ disposition, note: decision?.note ?? '' })}
      />
      {decision && (
        <Textarea
          label="Note"
          autosize
          minRows={1}
          maxRows={4}
          maxLength={2000}
          value={decision.note}
          onChange={(event) => onDecide({ ...decision, note: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
