import { Button, Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { consentProcedures } from '../../../shared/domain/consent/template.ts'
import type { Input } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { consentProcedureWords } from '../../parts/consent-procedure-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type From = Input<'consentTemplate.startDraft'>['from']
type Procedure = (typeof consentProcedures)[number]

export type NewDraftProps = {
  readonly from: From
  /** False where a draft of this very text exists. */
  readonly mayGoOn: boolean
  readonly onStarted: (templateId: string) => void
}

/** The two ways to begin: the next version of this text, or a text of its own for another procedure. */
export function NewDraft({ from, mayGoOn, onStarted }: NewDraftProps) {
  const start = useCommand('consentTemplate.startDraft')
  const [isAsking, setAsking] = useState(false)

  async function begin(as: Input<'consentTemplate.startDraft'>['as']) {
    const reply = await start.run({ from, as })
    if (reply.ok) onStarted(reply.value.templateId)
  }

  return (
    <>
      <div className="text-start">
        {mayGoOn && (
          <Button disabled={start.isRunning} onClick={() => void begin(null)}>
            Write the next version
          </Button>
        )}
        <Button
          onClick={() => {
            start.reset()
            setAsking(true)
          }}
        >
          Write a new text from it
        </Button>
      </div>
      {!isAsking && start.refusal && <RefusalText>{sentenceFor(start.refusal)}</RefusalText>}
      <Modal opened={isAsking} onClose={() => setAsking(false)} title="A new text" size={440}>
        <NewTextForm
          refusal={start.refusal ? sentenceFor(start.refusal) : null}
          isBusy={start.isRunning}
          onConfirm={(as) => void begin(as)}
        />
      </Modal>
    </>
  )
}

type NewTextFormProps = {
  readonly refusal: string | null
  readonly isBusy: boolean
  readonly onConfirm: (as: { readonly templateId: string; readonly procedure: Procedure }) => void
}

function NewTextForm({ refusal, isBusy, onConfirm }: NewTextFormProps) {
  const [templateId, setTemplateId] = useState('')
  const [procedure, setProcedure] = useState<Procedure>('RF')
  const isNamed = /^[a-z0-9][a-z0-9-]{2,59}$/.test(templateId)

  function confirm(event: FormEvent) {
    event.preventDefault()
    if (isNamed && !isBusy) onConfirm({ templateId, procedure })
  }

  return (
    <form className="text-new" onSubmit={confirm}>
      <TextInput
        data-autofocus
        label="Short name"
        description="Small letters, digits and hyphens, e.g. harbour-rf. It stands on every signed form."
        value={templateId}
        maxLength={60}
        onChange={(event) => setTemplateId(event.currentTarget.value)}
      />
      <Select
        label="Procedure"
        data={consentProcedures.map((value) => ({ value, label: consentProcedureWords[value] }))}
        value={procedure}
        allowDeselect={false}
        onChange={(value) => setProcedure(consentProcedures.find((known) => known === value) ?? procedure)}
      />
      <RefusalText>{refusal}</RefusalText>
      <Button type="submit" variant="filled" disabled={!isNamed || isBusy}>
        Start the draft
      </Button>
    </form>
  )
}
