import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { OpenSession } from './desk-context.ts'
import { failureSentence, lifterWords, liftSentence } from './gate-words.ts'
import { IntervalDialog } from './IntervalDialog.tsx'

type OthersProps = { readonly opened: OpenSession; readonly clinic: Clinic; readonly person: Person }

/** A session that somebody else is still writing: who, how far, and what keeps it from starting. */
export function OthersDraft({ opened, clinic, person }: OthersProps) {
  const { session, draft } = opened
  const zones = (session.isStarted ? draft?.draft.zoneRows : draft?.draft.plan?.zones) ?? []
  return (
    <>
      <SectionCard title={session.isStarted ? 'Being logged' : 'Being prepared'} size="panel">
        <p>
          {session.practitioner.printedName} writes this session
          {draft ? `, last saved ${formatDateTime(draft.savedAt, clinic.timeZone)}` : ''}. {zones.length} zones so far.
          It can be read here once it is submitted.
        </p>
      </SectionCard>
      {draft && !session.isStarted && mayDo(person, 'session.write') && <WhatBlocks opened={opened} person={person} />}
    </>
  )
}

function WhatBlocks({ opened, person }: Pick<OthersProps, 'opened' | 'person'>) {
  const { patientId, sessionId } = opened.session
  const gate = useQuery(
    'session.gate',
    { patientId, sessionId },
    { dependsOn: ['screening', 'clearance', 'consent', 'order', 'series', 'complication', 'policy'] },
  )
  const [isAllowing, setAllowing] = useState(false)
  if (gate.refusal) return <RefusalText>{sentenceFor(gate.refusal)}</RefusalText>
  if (!gate.value || gate.value.failures.length === 0) return null
  return (
    <SectionCard title="What keeps it from starting">
      <ul className="session-failures">
        {gate.value.failures.map((failure) => (
          <li key={[failure.code, failure.zone, failure.side, failure.site, failure.ref].join(' ')}>
            <StateGlyph state="blocked" label="Blocked" size={16} />
            <div>
              <strong>{failureSentence(failure)}</strong>
              <span className="text-2">{liftSentence(failure)}</span>
            </div>
            <span className="session-failures__who">
              {failure.liftedBy.by === 'PRACTITIONER'
                ? opened.session.practitioner.printedName
                : lifterWords[failure.liftedBy.by]}
            </span>
            <span className="session-failures__action">
              {failure.liftedBy.action === 'CLEAR_INTERVAL' && mayDo(person, 'clearance.write') && (
                <Button size="xs" onClick={() => setAllowing(true)}>
                  Allow it
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {isAllowing && <IntervalDialog session={opened.session} onClose={() => setAllowing(false)} />}
    </SectionCard>
  )
}
