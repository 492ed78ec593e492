import { Button } from '@mantine/core'
import { useState } from 'react'
import type { GateFailure } from '../../../shared/domain/start-gate-facts.ts'
import { ChangedAnswers } from '../../app/ChangedAnswers.tsx'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { useCommand } from '../../client/use-command.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { useSessionWork } from './desk-context.ts'
import { Sheet } from './Fields.tsx'
import { GateAction } from './GateAction.tsx'
import { failureSentence, lifterWords, liftSentence } from './gate-words.ts'

/** Every condition of the start that fails: what, what lifts it, who, and the way there. */
export function GatePart() {
  const { failures, opened } = useSessionWork()
  return (
    <Sheet>
      <SectionCard
        title="Start gate"
        size="panel"
        note={failures.length === 0 ? undefined : `${formatPlural(failures.length, 'condition')} to settle`}
      >
        {failures.length === 0 ? (
          <StateLine state="checked">
            Everything is there. The gate is judged once more when you start, and the plan is kept beside the log.
          </StateLine>
        ) : (
          <FailureList failures={failures} />
        )}
      </SectionCard>
      <OtherWays />
      <ChangedAnswers patientId={opened.session.patientId} />
    </Sheet>
  )
}

export function FailureList({ failures }: { readonly failures: readonly GateFailure[] }) {
  return (
    <ul className="session-failures">
      {failures.map((failure) => (
        <li key={[failure.code, failure.zone, failure.side, failure.site, failure.ref].join(' ')}>
          <StateGlyph state="blocked" label="Blocked" size={16} />
          <div>
            <strong>{failureSentence(failure)}</strong>
            <span className="text-2">{liftSentence(failure)}</span>
          </div>
          <span className="session-failures__who">{lifterWords[failure.liftedBy.by]}</span>
          <span className="session-failures__action">
            <GateAction failure={failure} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What may be done whatever the gate says: record what took place, or give the session up. */
function OtherWays() {
  const { opened, flush } = useSessionWork()
  const { patientId, sessionId } = opened.session
  const [asked, setAsked] = useState<'RECORD' | 'DISCARD' | null>(null)
  const recordOnly = useCommand('session.recordOnly')
  const discard = useCommand('session.discard')
  const go = useGo()

  async function confirmRecord() {
    const draftVersion = await flush()
    if (draftVersion === null) return
    const reply = await recordOnly.run({ patientId, sessionId, draftVersion })
    if (reply.ok) setAsked(null)
  }

  async function confirmDiscard() {
    const draftVersion = await flush()
    if (draftVersion === null) return
    const reply = await discard.run({ patientId, sessionId, draftVersion })
    if (reply.ok) go(pathTo.chart(patientId), { replace: true })
  }

  return (
    <SectionCard title="Instead of a start">
      <div className="session-row">
        <Button onClick={() => setAsked('RECORD')}>The treatment took place already</Button>
        <Button onClick={() => setAsked('DISCARD')}>Discard this session</Button>
      </div>
      <ConfirmDialog
        isOpen={asked === 'RECORD'}
        title="Record a treatment that took place"
        confirmText="Record it"
        refusal={recordOnly.refusal ? sentenceFor(recordOnly.refusal) : null}
        isBusy={recordOnly.isRunning}
        onConfirm={() => void confirmRecord()}
        onCancel={() => setAsked(null)}
      >
        For a treatment that was done without this gate. What happened can always be recorded; every condition it did
        not meet stands in the record as a deviation with its reason, and the physician reads it. This cannot be undone.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'DISCARD'}
        title="Discard this session"
        confirmText="Discard"
        tone="red"
        refusal={discard.refusal ? sentenceFor(discard.refusal) : null}
        isBusy={discard.isRunning}
        onConfirm={() => void confirmDiscard()}
        onCancel={() => setAsked(null)}
      >
        It never started, so it leaves the list and counts nowhere. What was typed is kept with the audit.
      </ConfirmDialog>
    </SectionCard>
  )
}
