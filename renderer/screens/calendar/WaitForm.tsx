import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type DayPart, dayParts } from '../../../shared/domain/booking.ts'
import { isTreatment, type VisitService, visitServices } from '../../../shared/domain/visit.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { PatientPicker, type PickedPatient } from '../../app/visits/PatientPicker.tsx'
import { serviceWords } from '../../app/visits/visit-words.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

const partLabels: Readonly<Record<DayPart, string>> = { ANY: 'Any time', MORNING: 'Morning', AFTERNOON: 'Afternoon' }

/** Puts a patient on the waiting list without a booking before it. */
export function WaitForm({ clinic }: { readonly clinic: Clinic }) {
  const [isOpen, setOpen] = useState(false)
  if (!isOpen)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>Add to the waiting list</Button>
      </div>
    )
  return <WaitFields clinic={clinic} onClose={() => setOpen(false)} />
}

function WaitFields({ clinic, onClose }: { readonly clinic: Clinic; readonly onClose: () => void }) {
  const wait = useCommand('booking.wait')
  const usual = useQuery('booking.calendar', { from: clinic.today, days: 1 }).value?.usualMin
  const [patient, setPatient] = useState<PickedPatient | null>(null)
  const [service, setService] = useState<VisitService>('SESSION')
  const [dayPart, setDayPart] = useState<DayPart>('ANY')
  const [fromOn, setFromOn] = useState<CalendarDate | null>(clinic.today)
  const [untilOn, setUntilOn] = useState<CalendarDate | null>(null)
  const [note, setNote] = useState('')

  async function save() {
    if (!patient || fromOn === null || !usual) return
    const reply = await wait.run({
      patientId: patient.patientId,
      service,
      seriesId: null,
      lengthMin: isTreatment(service) ? usual.treatment : usual.talk,
      practitionerId: null,
      dayPart,
      fromOn,
      untilOn,
      note: note.trim() || null,
    })
    if (reply.ok) onClose()
  }

  return (
    <SectionCard title="Add to the waiting list">
      <form
        className="wait-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <PatientPicker value={patient} onChange={setPatient} today={clinic.today} />
        <Select
          label="Service"
          allowDeselect={false}
          data={visitServices.map((value) => ({ value, label: serviceWords[value] }))}
          value={service}
          onChange={(value) => setService(visitServices.find((known) => known === value) ?? 'SESSION')}
        />
        <Select
          label="Time of day"
          allowDeselect={false}
          data={dayParts.map((value) => ({ value, label: partLabels[value] }))}
          value={dayPart}
          onChange={(value) => setDayPart(dayParts.find((known) => known === value) ?? 'ANY')}
        />
        <DateField
          label="From"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={fromOn}
          onChange={setFromOn}
          isRequired
        />
        <DateField
          label="Until"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={untilOn}
          onChange={setUntilOn}
        />
        <TextInput label="Note" maxLength={200} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <RefusalText>{wait.refusal ? sentenceFor(wait.refusal) : null}</RefusalText>
        <div className="booking-foot">
          <Button onClick={onClose}>Back</Button>
          <Button type="submit" variant="filled" disabled={!patient || fromOn === null || wait.isRunning}>
            Add
          </Button>
        </div>
      </form>
    </SectionCard>
  )
}
