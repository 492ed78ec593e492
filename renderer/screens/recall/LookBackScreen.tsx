import './recall.css'
import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type TraceCriteria, traceProblem } from '../../../shared/domain/recall.ts'
import type { DeviceId, StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { addDays } from '../../../shared/kernel/time.ts'
import { hrefTo, paths } from '../../app/paths.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { TraceResult } from './TraceResult.tsx'

type ExposureCriteria = Extract<TraceCriteria, { kind: 'EXPOSURE' }>

/** Who was treated by somebody, in a room or with a device, in a window of days. */
export function LookBackScreen() {
  const clinic = useClinic()
  const [criteria, setCriteria] = useState<ExposureCriteria | null>(null)
  const { kind: _kind, ...exposure } = criteria ?? nothing
  const { value, refusal, isLoading } = useQuery('lookBack.search', exposure, {
    isEnabled: criteria !== null,
    dependsOn: ['session', 'patient'],
  })
  if (!clinic) return <div aria-busy="true" />
  return (
    <div className="recall-screen">
      <PageHeader title="Look back" summary={<a href={hrefTo(paths.recalls)}>All recalls</a>} />
      <SectionCard title="Who was exposed" note="everything that is named must hold">
        <ExposureForm clinic={clinic} isBusy={isLoading} onSearch={setCriteria} />
      </SectionCard>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {criteria && value && <TraceResult traced={value} criteria={criteria} today={clinic.today} />}
    </div>
  )
}

const nothing: ExposureCriteria = {
  kind: 'EXPOSURE',
  practitionerId: null,
  room: null,
  deviceId: null,
  from: null,
  to: null,
}

function ExposureForm({
  clinic,
  isBusy,
  onSearch,
}: {
  readonly clinic: Clinic
  readonly isBusy: boolean
  readonly onSearch: (criteria: ExposureCriteria) => void
}) {
  const staff = useQuery('staff.list', {})
  const devices = useQuery('stock.devices', {})
  const [practitionerId, setPractitioner] = useState<string | null>(null)
  const [deviceId, setDevice] = useState<string | null>(null)
  const [room, setRoom] = useState('')
  const [from, setFrom] = useState<CalendarDate | null>(addDays(clinic.today, -30))
  const [to, setTo] = useState<CalendarDate | null>(clinic.today)
  const criteria: ExposureCriteria = {
    kind: 'EXPOSURE',
    practitionerId: practitionerId as StaffId | null,
    room: room.trim() || null,
    deviceId: deviceId as DeviceId | null,
    from,
    to,
  }
  const problem = traceProblem(criteria)
  const date = { kind: 'any', order: clinic.dateOrder, today: clinic.today } as const
  return (
    <form
      className="trace-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (problem === null) onSearch(criteria)
      }}
    >
      <Select
        label="Treated by"
        placeholder="Anybody"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Anybody' }}
        data={(staff.value?.members ?? [])
          .filter(({ roles }) => roles.includes('aesthetician') || roles.includes('physician'))
          .map((member) => ({ value: member.staffId, label: member.printedName }))}
        value={practitionerId}
        onChange={setPractitioner}
      />
      <TextInput
        label="Room"
        maxLength={60}
        autoComplete="off"
        value={room}
        onChange={(event) => setRoom(event.currentTarget.value)}
      />
      <Select
        label="Device"
        placeholder="Any device"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any device' }}
        data={(devices.value?.devices ?? []).map(({ deviceId: id, body }) => ({
          value: id,
          label: `${body.manufacturer} ${body.model}, ${body.serial}`,
        }))}
        value={deviceId}
        onChange={setDevice}
      />
      <DateField {...date} label="First day" isRequired value={from} onChange={setFrom} />
      <DateField {...date} label="Last day" isRequired value={to} onChange={setTo} />
      <div className="trace-form__foot">
        <RefusalText>{problem === 'WINDOW_BACKWARDS' ? sentenceFor({ code: problem }) : null}</RefusalText>
        <Button type="submit" variant="filled" disabled={problem !== null || isBusy}>
          Look back
        </Button>
      </div>
    </form>
  )
}
