import { Button, Checkbox, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Traced } from '../../../shared/contract/schemas/trace.ts'
import { type RecallSource, recallSources, type TraceCriteria } from '../../../shared/domain/recall.ts'
import { firstLetter } from '../../../shared/domain/recall-letter.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { sourceWords } from './recall-words.ts'

type Props = {
  readonly isOpen: boolean
  readonly traced: Traced
  readonly criteria: TraceCriteria
  readonly onClose: () => void
}

/** Makes a recall of what was found: stock goes out of use, and everybody gets a task. */
export function OpenRecallDialog(props: Props) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Open a recall" size={620}>
      {props.isOpen && <OpenForm {...props} />}
    </Modal>
  )
}

function OpenForm({ traced, criteria, onClose }: Props) {
  const go = useGo()
  const open = useCommand('recall.open')
  const [title, setTitle] = useState('')
  const [source, setSource] = useState<RecallSource>(criteria.kind === 'EXPOSURE' ? 'CLINIC' : 'MANUFACTURER')
  const [notice, setNotice] = useState('')
  const [letter, setLetter] = useState(firstLetter)
  const [stockStatus, setStockStatus] = useState<'RECALLED' | 'QUARANTINED'>('RECALLED')
  const [tellsNotRuledOut, setTells] = useState(true)
  const unsure = traced.patients.filter(({ finding }) => finding === 'NOT_RULED_OUT').length
  const told = traced.patients.length - (tellsNotRuledOut ? 0 : unsure)

  async function save() {
    if (title.trim() === '' || open.isRunning) return
    const reply = await open.run({
      criteria,
      title: title.trim(),
      source,
      notice: notice.trim() || null,
      letter,
      stockStatus,
      tellsNotRuledOut,
    })
    if (reply.ok) go(pathTo.recall(reply.value.recallId))
  }

  return (
    <form
      className="recall-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextInput
        label="Name of the recall"
        required
        maxLength={120}
        autoComplete="off"
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Select
        label="Who asks for it"
        data={recallSources.map((value) => ({ value, label: sourceWords[value] }))}
        value={source}
        onChange={(value) => setSource(recallSources.find((known) => known === value) ?? 'CLINIC')}
      />
      <TextInput
        label="Number or date of the notice"
        maxLength={120}
        autoComplete="off"
        value={notice}
        onChange={(event) => setNotice(event.currentTarget.value)}
      />
      {traced.stock.length > 0 && (
        <SegmentedChoice
          label="The stock becomes"
          segments={[
            { value: 'RECALLED', label: 'Recalled' },
            { value: 'QUARANTINED', label: 'Quarantined' },
          ]}
          value={stockStatus}
          onChange={setStockStatus}
        />
      )}
      {unsure > 0 && (
        <Checkbox
          label={`Also tell the ${formatPlural(unsure, 'patient')} who cannot be ruled out`}
          checked={tellsNotRuledOut}
          onChange={(event) => setTells(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label="Letter"
        description="The words in double braces are filled in for each patient"
        required
        autosize
        minRows={6}
        maxRows={12}
        maxLength={6000}
        value={letter}
        onChange={(event) => setLetter(event.currentTarget.value)}
      />
      <p className="text-2">{formatPlural(told, 'patient')} to tell. No session starts with this stock from now on.</p>
      <RefusalText>{open.refusal ? sentenceFor(open.refusal) : null}</RefusalText>
      <div className="recall-form__foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={title.trim() === '' || open.isRunning}>
          Open the recall
        </Button>
      </div>
    </form>
  )
}
