import { Button, Modal, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { archiveReasonsToChoose, reactivateReasons } from '../../../shared/domain/patient-edit.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { archiveWords, reactivateWords } from './patient-words.ts'

type Chart = Output<'patient.open'>

/** Nothing is ever deleted: a chart leaves the lists, and comes back. */
export function ArchiveCard({ chart }: { readonly chart: Chart }) {
  const [isOpen, setOpen] = useState(false)
  const { status } = chart.facts
  const isActive = status.state === 'ACTIVE'
  return (
    <SectionCard title={isActive ? 'Archive' : 'Archived'}>
      <div className="patient-side">
        <p className="text-2">
          {status.state === 'ACTIVE'
            ? 'A chart is never deleted. Archived, it leaves the lists and everything in it stays.'
            : `${archiveWords[status.reason]}${status.note === null ? '' : `: ${status.note}`}. Everything in the chart is still there.`}
        </p>
        <div>
          <Button size="xs" onClick={() => setOpen(true)}>
            {isActive ? 'Archive the chart' : 'Make it active again'}
          </Button>
        </div>
      </div>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={isActive ? 'Archive the chart' : 'Make the chart active again'}
        size={440}
      >
        {isOpen &&
          (isActive ? (
            <ArchiveForm chart={chart} onDone={() => setOpen(false)} />
          ) : (
            <ReactivateForm chart={chart} onDone={() => setOpen(false)} />
          ))}
      </Modal>
    </SectionCard>
  )
}

type FormProps = { readonly chart: Chart; readonly onDone: () => void }

function ArchiveForm({ chart, onDone }: FormProps) {
  const archive = useCommand('patient.archive')
  const [reason, setReason] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const chosen = archiveReasonsToChoose.find((one) => one === reason) ?? null
  const leavesSearch = chosen === 'DUPLICATE' || chosen === 'MISTAKE'

  async function send() {
    if (chosen === null || archive.isRunning) return
    const reply = await archive.run({
      patientId: chart.patientId,
      version: chart.version,
      reason: chosen,
      note: note.trim() || null,
    })
    if (reply.ok) onDone()
  }

  return (
    <form
      className="archive-form"
      onSubmit={(event) => {
        event.preventDefault()
        // The dialog stands outside the page, but its events still pass through the form around it.
        event.stopPropagation()
        void send()
      }}
    >
      <Select
        label="Why"
        placeholder="Choose a reason"
        data={archiveReasonsToChoose.map((one) => ({ value: one, label: archiveWords[one] }))}
        value={reason}
        allowDeselect={false}
        data-autofocus
        onChange={setReason}
      />
      <Textarea
        label={chosen === 'OTHER' ? 'Note' : 'Note, if there is more to say'}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        required={chosen === 'OTHER'}
        value={note}
        // A note is one line in the record: breaks become blanks.
        onChange={(event) => setNote(event.currentTarget.value.replaceAll(/\s+/g, ' '))}
      />
      {chosen !== null && (
        <p className="text-2">
          {leavesSearch
            ? 'The search will no longer find this chart.'
            : 'The search still finds this chart, behind the others.'}
        </p>
      )}
      <RefusalText>{archive.refusal ? sentenceFor(archive.refusal) : null}</RefusalText>
      <div className="archive-form__actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button variant="filled" type="submit" disabled={chosen === null || archive.isRunning}>
          Archive
        </Button>
      </div>
    </form>
  )
}

function ReactivateForm({ chart, onDone }: FormProps) {
  const reactivate = useCommand('patient.reactivate')
  const [reason, setReason] = useState<string | null>(null)
  const chosen = reactivateReasons.find((one) => one === reason) ?? null

  async function send() {
    if (chosen === null || reactivate.isRunning) return
    const reply = await reactivate.run({ patientId: chart.patientId, version: chart.version, reason: chosen })
    if (reply.ok) onDone()
  }

  return (
    <form
      className="archive-form"
      onSubmit={(event) => {
        event.preventDefault()
        // The dialog stands outside the page, but its events still pass through the form around it.
        event.stopPropagation()
        void send()
      }}
    >
      <Select
        label="Why"
        placeholder="Choose a reason"
        data={reactivateReasons.map((one) => ({ value: one, label: reactivateWords[one] }))}
        value={reason}
        allowDeselect={false}
        data-autofocus
        onChange={setReason}
      />
      <RefusalText>{reactivate.refusal ? sentenceFor(reactivate.refusal) : null}</RefusalText>
      <div className="archive-form__actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button variant="filled" type="submit" disabled={chosen === null || reactivate.isRunning}>
          Make it active
        </Button>
      </div>
    </form>
  )
}
