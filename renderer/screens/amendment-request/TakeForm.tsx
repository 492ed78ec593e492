import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { usePatientBanner } from '../../app/patient-banner/PatientFrame.tsx'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate, formatSpokenName } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** Who asks, when, and what the record should say, in the patient's words. */
export function TakeForm({ patientId, clinic }: { readonly patientId: PatientId; readonly clinic: Clinic }) {
  const { family, given } = usePatientBanner()
  const take = useCommand('amendmentRequest.take')
  const [requestedBy, setRequestedBy] = useState(formatSpokenName({ familyName: family, givenName: given }))
  const [requestedOn, setRequestedOn] = useState<CalendarDate | null>(clinic.today)
  const [wish, setWish] = useState('')
  const [taken, setTaken] = useState<CalendarDate | null>(null)
  const isComplete = requestedBy.trim() !== '' && requestedOn !== null && wish.trim() !== ''

  async function save() {
    if (!isComplete || take.isRunning) return
    const reply = await take.run({ patientId, requestedBy: requestedBy.trim(), requestedOn, wish: wish.trim() })
    if (!reply.ok) return
    setTaken(reply.value.dueOn)
    setWish('')
  }

  return (
    <SectionCard title="Take a request">
      <form
        className="amendment-form"
        aria-label="Take a request"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput
          label="Who asks"
          required
          maxLength={200}
          value={requestedBy}
          onChange={(event) => setRequestedBy(event.currentTarget.value)}
        />
        <DateField
          label="Asked on"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={requestedOn}
          onChange={setRequestedOn}
          isRequired
        />
        <Textarea
          label="What should be corrected, in the patient’s words"
          required
          autosize
          minRows={3}
          maxRows={10}
          maxLength={2000}
          value={wish}
          onChange={(event) => {
            setWish(event.currentTarget.value)
            setTaken(null)
          }}
        />
        <RefusalText>{take.refusal ? sentenceFor(take.refusal) : null}</RefusalText>
        <div className="amendment-form__actions">
          <span className="text-12 text-2" role="status">
            {taken !== null && `Taken. The answer is due by ${formatDate(taken)}.`}
          </span>
          <Button variant="filled" type="submit" disabled={!isComplete || take.isRunning}>
            Take the request
          </Button>
        </div>
      </form>
    </SectionCard>
  )
}
