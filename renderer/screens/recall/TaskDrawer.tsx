import { Button, Drawer, Textarea } from '@mantine/core'
import { useState } from 'react'
import { type RecallTask, type TaskChannel, taskChannels } from '../../../shared/contract/recall.ts'
import { decideTask, type TaskState, taskMoves } from '../../../shared/domain/recall.ts'
import type { RecallId } from '../../../shared/kernel/ids.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatBorn, formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { savePaper } from './pdf.ts'
import {
  languageText,
  patientName,
  preferredWords,
  taskActs,
  taskChannelWords,
  taskLooks,
  visitText,
} from './recall-words.ts'

type Props = {
  readonly recallId: RecallId
  /** Null while closed. */
  readonly task: RecallTask | null
  readonly clinic: Clinic
  readonly mayWork: boolean
  readonly onClose: () => void
}

/** One patient of a recall: how to reach them, what was done, and the next result. */
export function TaskDrawer({ recallId, task, clinic, mayWork, onClose }: Props) {
  return (
    <Drawer opened={task !== null} onClose={onClose} title={task ? patientName(task.patient) : ''} size={480}>
      {task && (
        <div className="recall-form">
          <Person task={task} clinic={clinic} />
          {mayWork && <ResultForm key={task.version} recallId={recallId} task={task} />}
          <section aria-label="What was done" className="recall-list">
            <StateLine state={taskLooks[task.state].state}>{taskLooks[task.state].words}</StateLine>
            {task.steps.map((step) => (
              <p key={`${step.at} ${step.to}`} className="text-12 text-2">
                {formatDateTime(step.at, clinic.timeZone)}, {step.byName}: {taskLooks[step.to].words.toLowerCase()}
                {step.channel && ` (${taskChannelWords[step.channel].toLowerCase()})`}
                {step.note && `. ${step.note}`}
              </p>
            ))}
          </section>
        </div>
      )}
    </Drawer>
  )
}

function Person({ task: { patient }, clinic }: { readonly task: RecallTask; readonly clinic: Clinic }) {
  const { contact } = patient
  return (
    <FactList
      facts={[
        { label: 'Born', value: formatBorn(patient.bornOn, clinic.today) },
        { label: 'Chart', value: patient.chartNumber },
        { label: 'Phone', value: contact.phones.map(({ number }) => number).join(', ') || 'not entered' },
        { label: 'E-mail', value: contact.email ?? 'not entered' },
        { label: 'Address', value: contact.address.join(', ') || 'not entered' },
        { label: 'Prefers', value: contact.preferredChannel ? preferredWords[contact.preferredChannel] : 'not asked' },
        { label: 'Language', value: languageText(patient) },
        ...(contact.guardian
          ? [{ label: 'Guardian', value: [contact.guardian.name, contact.guardian.phone].filter(Boolean).join(', ') }]
          : []),
        { label: 'Visits', value: patient.sessions.map(visitText).join('; ') },
      ]}
    />
  )
}

function ResultForm({ recallId, task }: { readonly recallId: RecallId; readonly task: RecallTask }) {
  const move = useCommand('recall.setTask')
  const [channel, setChannel] = useState<TaskChannel | null>(null)
  const [note, setNote] = useState('')
  const [printRefusal, setPrintRefusal] = useState<string | null>(null)
  const { recallTaskId, version, state } = task
  const moves = taskMoves(state)
  const hasMissingNote = moves.some((to) => decideTask(state, to, note) === 'NOTE_MISSING')

  async function set(to: TaskState) {
    await move.run({ recallId, recallTaskId, version, to, channel, note: note.replace(/\s+/g, ' ').trim() })
  }

  return (
    <section aria-label="Result" className="recall-form">
      <SegmentedChoice
        label="How"
        size="compact"
        segments={taskChannels.map((value) => ({ value, label: taskChannelWords[value] }))}
        value={channel}
        onChange={setChannel}
      />
      <Textarea
        label="What happened"
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        description={hasMissingNote ? 'Needed where the patient declines or cannot be found' : undefined}
      />
      <RefusalText>{move.refusal ? sentenceFor(move.refusal) : printRefusal}</RefusalText>
      <div className="recall-actions">
        {moves.map((to) => (
          <Button
            key={to}
            variant={to === 'REACHED' ? 'filled' : 'default'}
            disabled={move.isRunning || decideTask(state, to, note) !== null}
            onClick={() => void set(to)}
          >
            {taskActs[to]}
          </Button>
        ))}
        <Button onClick={() => void savePaper({ kind: 'LETTERS', recallId, recallTaskId }).then(setPrintRefusal)}>
          Save this letter
        </Button>
      </div>
    </section>
  )
}
