import './sign-off.css'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useClinic } from '../../app/use-clinic.ts'
import { usePerson } from '../../app/use-person.ts'
import type { Input } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AddendumReview } from './AddendumReview.tsx'
import { BatchDialog } from './BatchDialog.tsx'
import { type QueueItem, QueueList } from './QueueList.tsx'
import { ReviewPane } from './ReviewPane.tsx'
import type { QueuedSession } from './sign-off-words.ts'

type Cursor = Input<'signOff.queue'>['after']

const none: readonly never[] = []

/** The physician's queue: what needs a look one by one, then the clean ones, and the one record that is open. */
export function SignOffScreen() {
  const clinic = useClinic()
  const person = usePerson()
  const [after, setAfter] = useState<Cursor>(null)
  const queue = useQuery(
    'signOff.queue',
    { after },
    { dependsOn: ['session', 'addendum', 'complication'], keepPrevious: true },
  )
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [openedHere, setOpenedHere] = useState<ReadonlySet<string>>(new Set())
  const [isBatchOpen, setBatchOpen] = useState(false)

  const sessions = queue.value?.sessions ?? none
  const clean = sessions.filter((entry) => entry.group === 'CLEAN')
  const oneByOne: readonly QueueItem[] = [
    ...sessions.filter((entry) => entry.group !== 'CLEAN').map(sessionItem),
    ...(queue.value?.addenda ?? none).map((entry) => ({ id: entry.addendumId, kind: 'ADDENDUM' as const, entry })),
  ]
  const items: readonly QueueItem[] = [...oneByOne, ...clean.map(sessionItem)]
  const ids = items.map(({ id }) => id)
  const currentId = selectedId !== null && ids.includes(selectedId) ? selectedId : (ids[0] ?? null)
  const current = items.find(({ id }) => id === currentId) ?? null
  const currentKey = current?.kind === 'SESSION' ? current.entry.versionId : null
  const openedIds = new Set(
    sessions.filter((entry) => entry.isOpened || openedHere.has(entry.versionId)).map((entry) => entry.sessionId),
  )
  // Another physician's clean record is taken over one by one: a batch has no place for the reason.
  const batch = clean.filter((entry) => openedIds.has(entry.sessionId) && !entry.isOfAnother)

  // What stands on the screen has been opened; main keeps the same in the audit.
  useEffect(() => {
    if (currentKey !== null) setOpenedHere((known) => (known.has(currentKey) ? known : new Set([...known, currentKey])))
  }, [currentKey])

  function step(by: 1 | -1) {
    const at = currentId === null ? -1 : ids.indexOf(currentId)
    const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)] ?? null
    setSelectedId(next)
    document.querySelector(`[data-queue-id="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }

  /** To the one below, which then stands where this one stood; to the one above at the very end. Never to the top. */
  function goOn(done: readonly string[]) {
    const at = currentId === null ? -1 : ids.indexOf(currentId)
    const isLeft = (id: string) => !done.includes(id)
    setSelectedId(ids.slice(at).find(isLeft) ?? ids.slice(0, Math.max(at, 0)).findLast(isLeft) ?? null)
  }

  useShortcuts([
    { keys: 'J', label: 'Next record', group: 'Sign-off', run: () => step(1) },
    { keys: 'K', label: 'Previous record', group: 'Sign-off', run: () => step(-1) },
    {
      keys: 'B',
      label: 'Sign the opened clean records',
      group: 'Sign-off',
      run: () => setBatchOpen(true),
      isEnabled: batch.length > 0,
    },
  ])

  if (queue.refusal) return <RefusalText>{sentenceFor(queue.refusal)}</RefusalText>
  if (!clinic || !person || !queue.value) return <div aria-busy="true" />
  const { counts, next } = queue.value
  const waiting = counts.redFlag + counts.attention + counts.clean + counts.addenda
  return (
    <div className="sign-off">
      <div className="sign-off__queue">
        <header className="sign-off__head">
          <h1 className="title-20">Sign-off</h1>
          <span className="text-2">
            {waiting} waiting, {counts.dueToday} due today{counts.overdue > 0 && `, ${counts.overdue} overdue`}
          </span>
          {after !== null && <Button onClick={() => setAfter(null)}>Back to the first</Button>}
        </header>
        {waiting === 0 ? (
          <EmptyState
            sentence="Nothing waits for your signature."
            hint="Records come here when their author submits them."
          />
        ) : (
          <QueueList
            oneByOne={oneByOne}
            clean={clean}
            batchSize={batch.length}
            selectedId={currentId}
            openedIds={openedIds}
            timeZone={clinic.timeZone}
            onSelect={setSelectedId}
            onBatch={() => setBatchOpen(true)}
            onMore={next === null ? null : () => setAfter(next)}
          />
        )}
      </div>
      <div className="sign-off__review">
        {current?.kind === 'SESSION' && (
          <ReviewPane
            key={current.id}
            patientId={current.entry.patient.patientId}
            sessionId={current.entry.sessionId}
            clinic={clinic}
            method={person.signsBy}
            onDone={() => goOn([current.id])}
          />
        )}
        {current?.kind === 'ADDENDUM' && (
          <AddendumReview
            key={current.id}
            patientId={current.entry.patient.patientId}
            addendumId={current.entry.addendumId}
            clinic={clinic}
            method={person.signsBy}
            onDone={() => goOn([current.id])}
          />
        )}
      </div>
      <BatchDialog
        isOpen={isBatchOpen}
        entries={batch}
        method={person.signsBy}
        onDone={() => {
          goOn(batch.map(({ sessionId }) => sessionId))
          setBatchOpen(false)
        }}
        onCancel={() => setBatchOpen(false)}
      />
    </div>
  )
}

function sessionItem(entry: QueuedSession): QueueItem {
  return { id: entry.sessionId, kind: 'SESSION', entry }
}
