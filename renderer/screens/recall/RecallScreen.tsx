import './recall.css'
import { Button, Textarea } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecallView } from '../../../shared/contract/recall.ts'
import type { RecallId } from '../../../shared/kernel/ids.ts'
import { hrefTo, paths } from '../../app/paths.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime, formatPlural } from '../../parts/format.ts'
import { Counter, PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type RecallPaper, savePaper } from './pdf.ts'
import { patientName, sourceWords, stockStatusWord, visitText } from './recall-words.ts'
import { TaskDrawer } from './TaskDrawer.tsx'
import { TaskTable } from './TaskTable.tsx'

/** One recall from its opening to its closing report. */
export function RecallScreen() {
  const params = useParams({ strict: false })
  const clinic = useClinic()
  const person = usePerson()
  const recallId = String(params.recallId ?? '') as RecallId
  const { value, refusal } = useQuery('recall.view', { recallId }, { dependsOn: ['stock'] })
  const [openTask, setOpenTask] = useState<string | null>(null)
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!clinic || !value) return <div aria-busy="true" />
  const mayWrite = mayDo(person, 'recall.write')
  const task = value.tasks.find(({ recallTaskId }) => recallTaskId === openTask) ?? null
  return (
    <div className="recall-screen">
      <PageHeader
        title={value.title}
        summary={<a href={hrefTo(paths.recalls)}>All recalls</a>}
        counters={
          <>
            <Counter count={value.openTasks} lines={['still', 'to settle']} tone="red" />
            <Counter count={value.tasks.length} lines={['people', 'to tell']} />
          </>
        }
        action={<RecallActions recall={value} mayWrite={mayWrite} />}
      />
      <div className="recall-columns">
        <div>
          <SectionCard title="People to tell" isFlush={value.tasks.length > 0}>
            {value.tasks.length === 0 ? (
              <p className="text-2">Nobody has to be told.</p>
            ) : (
              <TaskTable tasks={value.tasks} today={clinic.today} onOpen={(row) => setOpenTask(row.recallTaskId)} />
            )}
          </SectionCard>
          {value.untold.length > 0 && <UntoldCard untold={value.untold} />}
        </div>
        <div>
          <FactsCard recall={value} clinic={clinic} />
          <StockCard stock={value.stock} />
          <LetterCard key={value.version} recall={value} mayWrite={mayWrite && value.state === 'OPEN'} />
        </div>
      </div>
      <TaskDrawer
        recallId={recallId}
        task={task}
        clinic={clinic}
        mayWork={mayDo(person, 'recall.notify') && value.state === 'OPEN'}
        onClose={() => setOpenTask(null)}
      />
    </div>
  )
}

function RecallActions({ recall, mayWrite }: { readonly recall: RecallView; readonly mayWrite: boolean }) {
  const { recallId, version, state, openTasks } = recall
  const again = useCommand('recall.searchAgain')
  const close = useCommand('recall.close')
  const [isClosing, setClosing] = useState(false)
  const [found, setFound] = useState<string | null>(null)
  const paper = usePaper()

  async function searchAgain() {
    const reply = await again.run({ recallId })
    if (!reply.ok) return
    const { newSessions, newPatients } = reply.value
    setFound(
      newSessions === 0
        ? 'Nothing new was found.'
        : `${formatPlural(newSessions, 'session')} and ${formatPlural(newPatients, 'patient')} added.`,
    )
  }

  return (
    <div className="recall-actions">
      {mayWrite && state === 'OPEN' && (
        <Button disabled={again.isRunning} onClick={() => void searchAgain()}>
          Trace again
        </Button>
      )}
      {openTasks > 0 && (
        <Button disabled={paper.isMaking} onClick={() => paper.save({ kind: 'LETTERS', recallId, recallTaskId: null })}>
          Save letters
        </Button>
      )}
      {mayWrite && (
        <Button disabled={paper.isMaking} onClick={() => paper.save({ kind: 'REPORT', recallId })}>
          Save report
        </Button>
      )}
      {mayWrite && state === 'OPEN' && (
        <Button variant="filled" onClick={() => setClosing(true)}>
          Close the recall
        </Button>
      )}
      <span className="text-12 text-2" aria-live="polite">
        {found}
      </span>
      <RefusalText>{paper.refusal ?? (again.refusal ? sentenceFor(again.refusal) : null)}</RefusalText>
      <ConfirmDialog
        isOpen={isClosing}
        title="Close the recall"
        confirmText="Close the recall"
        reasonLabel="How it ended"
        isBusy={close.isRunning}
        refusal={close.refusal ? sentenceFor(close.refusal) : null}
        onConfirm={(note) => {
          void close.run({ recallId, version, note }).then((reply) => reply.ok && setClosing(false))
        }}
        onCancel={() => {
          setClosing(false)
          close.reset()
        }}
      >
        A closed recall stays as it is. The stock keeps its status until somebody changes it in Stock.
      </ConfirmDialog>
    </div>
  )
}

function usePaper() {
  const [isMaking, setMaking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  return {
    isMaking,
    refusal,
    save: (paper: RecallPaper) => {
      setMaking(true)
      void savePaper(paper).then((sentence) => {
        setRefusal(sentence)
        setMaking(false)
      })
    },
  }
}

function FactsCard({ recall, clinic }: { readonly recall: RecallView; readonly clinic: Clinic }) {
  const { criteria, closedAt, closedByName, closingNote } = recall
  return (
    <SectionCard
      title="Recall"
      aside={
        <StateLine state={recall.state === 'OPEN' ? 'opened' : 'done'}>
          {recall.state === 'OPEN' ? 'Open' : 'Closed'}
        </StateLine>
      }
    >
      <FactList
        facts={[
          { label: 'About', value: recall.subject },
          { label: 'Asked for by', value: [sourceWords[recall.source], recall.notice].filter(Boolean).join(', ') },
          { label: 'Days', value: daysText(criteria) },
          { label: 'Opened', value: `${formatDateTime(recall.openedAt, clinic.timeZone)}, ${recall.openedByName}` },
          ...(closedAt === null
            ? []
            : [
                { label: 'Closed', value: `${formatDateTime(closedAt, clinic.timeZone)}, ${closedByName}` },
                { label: 'How it ended', value: closingNote },
              ]),
        ]}
      />
    </SectionCard>
  )
}

function daysText({ from, to }: RecallView['criteria']): string {
  if (from === null && to === null) return 'any day'
  return [from && `from ${formatDate(from)}`, to && `to ${formatDate(to)}`].filter(Boolean).join(' ')
}

function StockCard({ stock }: { readonly stock: RecallView['stock'] }) {
  return (
    <SectionCard title="Stock">
      {stock.length === 0 && <p className="text-2">Nothing in the registers was concerned.</p>}
      <ul className="recall-list">
        {stock.map((line) => (
          <li key={line.id}>
            {line.article}, <span className="mono">{line.number}</span>
            <br />
            <span className="text-2">
              {stockStatusWord(line.statusBefore)} before, now {stockStatusWord(line.status).toLowerCase()}
              {line.piecesThen !== null && `, ${formatPlural(line.piecesThen, 'piece')} set aside`}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function UntoldCard({ untold }: { readonly untold: RecallView['untold'] }) {
  return (
    <SectionCard title="Not ruled out and not told" note="decided when the recall was opened">
      <ul className="recall-list">
        {untold.map((patient) => (
          <li key={patient.patientId}>
            {patientName(patient)}, {patient.chartNumber}: {patient.sessions.map(visitText).join('; ')}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function LetterCard({ recall, mayWrite }: { readonly recall: RecallView; readonly mayWrite: boolean }) {
  const edit = useCommand('recall.editLetter')
  const [draft, setDraft] = useState<string | null>(null)
  if (draft === null)
    return (
      <SectionCard
        title="Letter"
        aside={
          mayWrite && (
            <Button size="compact-sm" onClick={() => setDraft(recall.letter)}>
              Edit the letter
            </Button>
          )
        }
      >
        <p className="recall-letter text-12">{recall.letter}</p>
      </SectionCard>
    )
  return (
    <SectionCard title="Letter">
      <form
        className="recall-form"
        onSubmit={(event) => {
          event.preventDefault()
          void edit.run({ recallId: recall.recallId, version: recall.version, letter: draft })
        }}
      >
        <Textarea
          label="Text of the letter"
          autosize
          minRows={6}
          maxRows={14}
          maxLength={6000}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <RefusalText>{edit.refusal ? sentenceFor(edit.refusal) : null}</RefusalText>
        <div className="recall-form__foot">
          <Button onClick={() => setDraft(null)}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={draft.trim() === '' || edit.isRunning}>
            Save the letter
          </Button>
        </div>
      </form>
    </SectionCard>
  )
}
