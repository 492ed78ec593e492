import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { type FollowUpResult, followUpResults, mayFinishByHand } from '../../../shared/domain/follow-up.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { followUpResultWords } from '../../parts/complication-words.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OwnerSelect } from './AddForm.tsx'

type Task = Output<'followUp.list'>['tasks'][number]
type Props = { readonly task: Task; readonly clinic: Clinic; readonly onClose: () => void }

/** What came of it, or who does it instead. */
export function FinishForm({ task, clinic, onClose }: Props) {
  const done = useCommand('followUp.done')
  const give = useCommand('followUp.give')
  const [result, setResult] = useState<FollowUpResult | null>(null)
  const [outcome, setOutcome] = useState('')
  const [againOn, setAgainOn] = useState<CalendarDate | null>(null)
  const { patientId, followUpId, version } = task
  const isComplete = result !== null && outcome.trim() !== ''
  const isMissed = result === 'NOT_REACHED' || result === 'MESSAGE_LEFT'

  async function finish() {
    if (!isComplete || done.isRunning) return
    const reply = await done.run({
      patientId,
      followUpId,
      version,
      result,
      outcome: outcome.replace(/\s+/g, ' ').trim(),
      againOn: isMissed ? againOn : null,
    })
    if (reply.ok) onClose()
  }

  async function handOn(ownerId: StaffId | null) {
    const reply = await give.run({ patientId, followUpId, version, ownerId })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="follow-up-form"
      onSubmit={(event) => {
        event.preventDefault()
        void finish()
      }}
    >
      <p>
        <strong>{task.patientName}</strong>, due {formatDate(task.dueOn)}
        {task.about !== '' && `: ${task.about}`}
      </p>
      <SegmentedChoice
        label="How it went"
        isFullWidth
        segments={followUpResults
          .filter((value) => mayFinishByHand(task.kind, value))
          .map((value) => ({ value, label: followUpResultWords[value] }))}
        value={result}
        onChange={setResult}
      />
      <Textarea
        label="What came of it, in one sentence"
        required
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
      />
      {isMissed && (
        <DateField
          label="Ask again on"
          description="Empty where nobody asks again"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={againOn}
          onChange={setAgainOn}
        />
      )}
      {task.kind === 'OUTCOME_REVIEW' && (
        <p className="text-2">A review that takes place is done by rating the outcome. Here it ends without one.</p>
      )}
      <p className="text-2">Signs of a complication are not written here: take a symptom call in the chart.</p>
      <a href={hrefTo(pathTo.complication(patientId, 'new'))}>Take a symptom call</a>
      <RefusalText>{done.refusal ? sentenceFor(done.refusal) : null}</RefusalText>
      <Button variant="filled" type="submit" disabled={!isComplete || done.isRunning}>
        Mark as done
      </Button>
      <OwnerSelect value={task.ownerId} onChange={(ownerId) => void handOn(ownerId)} />
      <RefusalText>{give.refusal ? sentenceFor(give.refusal) : null}</RefusalText>
    </form>
  )
}
