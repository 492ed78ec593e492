import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { PrintedFile } from '../../app/printed-file.tsx'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { client, type Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type Props = {
  readonly opened: Output<'complication.open'>
  readonly clinic: Clinic
  readonly person: Person
}

const recipientWords = { FDA: 'the FDA', MANUFACTURER: 'the manufacturer' } as const

/** The report to the authority: what was decided, the sheet to copy from, and what left the clinic. */
export function ReportCard({ opened, clinic, person }: Props) {
  const { complication, body, mandatoryReport, disclosures } = opened
  const { patientId, complicationId } = complication
  const [isAdding, setAdding] = useState(false)
  const mayDecide = mayDo(person, 'complication.decide')
  const decision = body.reportDecision
  return (
    <SectionCard title="Report and disclosures" size="panel">
      <div className="complication-form">
        <FactList
          facts={[
            {
              label: 'Decision',
              value:
                decision === null
                  ? 'Not decided'
                  : `${decision.report ? 'Report' : 'Do not report'}: ${decision.reason}`,
            },
            {
              label: 'Duty',
              value:
                mandatoryReport === null
                  ? 'Voluntary'
                  : `To ${mandatoryReport.to.map((one) => recipientWords[one]).join(' and ')} by ${formatDate(mandatoryReport.dueOn)}`,
            },
            ...disclosures.map((one) => ({
              label: formatDate(one.disclosedOn),
              value: `${one.recipient}${one.address && `, ${one.address}`}: ${one.description} (${one.purpose})`,
            })),
          ]}
        />
        {disclosures.length === 0 && <p className="text-2">Nothing that names the patient has left the clinic.</p>}
        {mayDecide && (
          <div className="complication-actions">
            <PrintedFile
              label="Form 3500 data"
              make={() => client.call('complication.reportSheet', { patientId, complicationId })}
            />
            <Button onClick={() => setAdding(true)}>Enter a disclosure</Button>
          </div>
        )}
      </div>
      <Modal opened={isAdding} onClose={() => setAdding(false)} title="Enter a disclosure" size={460}>
        <DisclosureForm opened={opened} clinic={clinic} onClose={() => setAdding(false)} />
      </Modal>
    </SectionCard>
  )
}

function DisclosureForm({
  opened: { complication },
  clinic,
  onClose,
}: Pick<Props, 'opened' | 'clinic'> & { readonly onClose: () => void }) {
  const { patientId, complicationId } = complication
  const disclose = useCommand('complication.disclose')
  const [disclosedOn, setDisclosedOn] = useState<CalendarDate | null>(clinic.today)
  const [recipient, setRecipient] = useState('')
  const [address, setAddress] = useState('')
  const [description, setDescription] = useState('')
  const [purpose, setPurpose] = useState('')
  const isComplete = disclosedOn !== null && [recipient, description, purpose].every((text) => text.trim() !== '')

  async function save() {
    if (!isComplete || disclose.isRunning) return
    const reply = await disclose.run({
      patientId,
      complicationId,
      disclosedOn,
      recipient,
      address,
      description: description.replaceAll(/\s+/g, ' '),
      purpose,
    })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="complication-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p className="text-2">Whatever tells an outsider who the patient is belongs here, for six years and more.</p>
      <DateField
        label="On"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={disclosedOn}
        onChange={setDisclosedOn}
        isRequired
      />
      <TextInput
        label="To whom"
        required
        maxLength={200}
        data-autofocus
        value={recipient}
        onChange={(event) => setRecipient(event.currentTarget.value)}
      />
      <TextInput
        label="Address, if known"
        maxLength={300}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Textarea
        label="What was given"
        required
        maxLength={500}
        autosize
        minRows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <TextInput
        label="What for"
        required
        maxLength={300}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <RefusalText>{disclose.refusal ? sentenceFor(disclose.refusal) : null}</RefusalText>
      <Button variant="filled" type="submit" disabled={!isComplete || disclose.isRunning}>
        Enter
      </Button>
    </form>
  )
}
