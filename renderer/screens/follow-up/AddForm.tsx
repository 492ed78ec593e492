import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Person } from '../../app/use-person.ts'
import { PatientPicker, type PickedPatient } from '../../app/visits/PatientPicker.tsx'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** A call that nothing else asks for: whom, about what, when, and who makes it. */
export function AddForm({
  clinic,
  person,
  onClose,
}: {
  readonly clinic: Clinic
  readonly person: Person
  readonly onClose: () => void
}) {
  const add = useCommand('followUp.add')
  const [patient, setPatient] = useState<PickedPatient | null>(null)
  const [about, setAbout] = useState('')
  const [dueOn, setDueOn] = useState<CalendarDate | null>(clinic.today)
  const [ownerId, setOwnerId] = useState<StaffId | null>(person.staffId)
  const isComplete = patient !== null && about.trim() !== '' && dueOn !== null

  async function save() {
    if (!isComplete || add.isRunning) return
    const { patientId } = patient
    const call = { kind: 'CALL', complicationId: null, about: about.trim(), dueOn, ownerId } as const
    const reply = await add.run({ patientId, ...call })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="follow-up-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <PatientPicker value={patient} onChange={setPatient} today={clinic.today} />
      <TextInput
        label="About"
        required
        maxLength={200}
        value={about}
        onChange={(event) => setAbout(event.currentTarget.value)}
      />
      <DateField
        label="On"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={dueOn}
        onChange={setDueOn}
        isRequired
      />
      <OwnerSelect value={ownerId} onChange={setOwnerId} />
      <RefusalText>{add.refusal ? sentenceFor(add.refusal) : null}</RefusalText>
      <Button variant="filled" type="submit" disabled={!isComplete || add.isRunning}>
        Add the call
      </Button>
    </form>
  )
}

export function OwnerSelect({
  value,
  onChange,
}: {
  readonly value: StaffId | null
  readonly onChange: (value: StaffId | null) => void
}) {
  const owners = useQuery('followUp.owners', {}, { dependsOn: ['staff'] }).value?.owners ?? []
  return (
    <Select
      label="Who does it"
      clearable
      placeholder="Whoever is free"
      data={owners.map(({ staffId, printedName }) => ({ value: staffId as string, label: printedName }))}
      value={value}
      onChange={(id) => onChange(id as StaffId | null)}
    />
  )
}
