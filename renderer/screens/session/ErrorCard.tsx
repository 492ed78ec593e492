import { Button } from '@mantine/core'
import { useState } from 'react'
import { isMarkable } from '../../../shared/domain/session-state.ts'
import { ErrorDialog } from '../../app/entered-in-error/ErrorDialog.tsx'
import { mayDo, type Person } from '../../app/use-person.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import type { OpenSession } from './desk-context.ts'

/** For a physician: a session on the wrong patient, or one that never was, is marked and stays readable. */
export function ErrorCard({ opened, person }: { readonly opened: OpenSession; readonly person: Person }) {
  const { session, versions } = opened
  const [isMarking, setMarking] = useState(false)
  const newest = versions.at(-1)
  if (!newest || !isMarkable(session) || !mayDo(person, 'session.countersign')) return null
  return (
    <SectionCard
      title="Wrong patient, or it never took place"
      aside={<Button onClick={() => setMarking(true)}>Mark as entered in error</Button>}
    >
      <p className="text-2">The record stays in the chart, struck through, and counts nowhere any more.</p>
      <ErrorDialog
        isOpen={isMarking}
        patientId={session.patientId}
        sessionId={session.sessionId}
        seenVersionId={newest.versionId}
        method={person.signsBy}
        onDone={() => setMarking(false)}
        onCancel={() => setMarking(false)}
      />
    </SectionCard>
  )
}
