import { Autocomplete, Button, Drawer, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { type VisitService, visitServices } from '../../../shared/domain/visit.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatBorn, formatName } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { PatientPicker, type PickedPatient } from './PatientPicker.tsx'
import { serviceWords } from './visit-words.ts'

export type VisitForm = { readonly visit: DayVisit | null; readonly patient: PickedPatient | null }

export type VisitDrawerProps = {
  /** Null while closed; `visit` null adds a new line. */
  readonly form: VisitForm | null
  readonly clinic: Clinic
  readonly on: CalendarDate
  readonly nowTime: string | null
  readonly onClose: () => void
}

/** One line of the day's list: who, when, for what, with whom, where. */
export function VisitDrawer({ form, clinic, on, nowTime, onClose }: VisitDrawerProps) {
  const title = form?.visit ? 'Change the visit' : 'Add to the list'
  return (
    <Drawer opened={form !== null} onClose={onClose} title={title} size={440}>
      {form && <VisitFields form={form} clinic={clinic} on={on} nowTime={nowTime} onClose={onClose} />}
    </Drawer>
  )
}

function VisitFields({ form, clinic, on, nowTime, onClose }: VisitDrawerProps & { readonly form: VisitForm }) {
  const { visit } = form
  const choices = useQuery('visit.choices', {}, { dependsOn: ['staff'] })
  const add = useCommand('visit.add')
  const edit = useCommand('visit.edit')
  const [patient, setPatient] = useState<PickedPatient | null>(form.patient)
  const [onDate, setOnDate] = useState<CalendarDate | null>(visit?.onDate ?? on)
  const [timeText, setTimeText] = useState(visit?.atTime ?? nowTime ?? '')
  const [service, setService] = useState<VisitService>(visit?.service ?? 'SESSION')
  const [serviceNote, setServiceNote] = useState(visit?.serviceNote ?? '')
  const [practitionerId, setPractitionerId] = useState<StaffId | null>(visit?.practitionerId ?? null)
  const [room, setRoom] = useState(visit?.room ?? '')
  const atTime = readClock(timeText)
  const refusal = add.refusal ?? edit.refusal
  const isComplete = (visit !== null || patient !== null) && onDate !== null && atTime !== null

  async function save() {
    if (onDate === null || atTime === null) return
    const plan = {
      onDate,
      atTime,
      service,
      serviceNote: serviceNote.trim() || null,
      practitionerId,
      room: room.trim() || null,
    }
    const { patientId } = visit ?? patient ?? {}
    if (!patientId) return
    const reply = visit
      ? await edit.run({ patientId, visitId: visit.visitId, version: visit.version, ...plan })
      : await add.run({ patientId, ...plan })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="visit-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void save()
      }}
    >
      {visit ? (
        <p>
          <strong>{formatName(visit)}</strong>, born {formatBorn(visit.bornOn, clinic.today)},{' '}
          <span className="mono">{visit.chartNumber}</span>
        </p>
      ) : (
        <PatientPicker value={patient} onChange={setPatient} today={clinic.today} />
      )}
      <div className="visit-form__pair">
        <DateField
          label="Day"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={onDate}
          onChange={setOnDate}
          isRequired
        />
        <TextInput
          label="Time"
          placeholder="11:15"
          required
          autoComplete="off"
          data-autofocus={form.patient !== null || visit !== null || undefined}
          value={timeText}
          error={timeText.trim() !== '' && atTime === null ? 'Type e.g. 9:30 or 14:15' : null}
          onChange={(event) => setTimeText(event.currentTarget.value)}
          onBlur={() => atTime !== null && setTimeText(atTime)}
        />
      </div>
      <Select
        label="Service"
        data={visitServices.map((value) => ({ value, label: serviceWords[value] }))}
        value={service}
        onChange={(value) => setService(visitServices.find((known) => known === value) ?? 'SESSION')}
      />
      <TextInput
        label="What for"
        description="A few words for the list, e.g. cheeks"
        maxLength={80}
        autoComplete="off"
        value={serviceNote}
        onChange={(event) => setServiceNote(event.currentTarget.value)}
      />
      <Select
        label="With"
        placeholder="Nobody yet"
        clearable
        allowDeselect
        data={(choices.value?.practitioners ?? []).map((one) => ({
          value: one.staffId as string,
          label: one.printedName,
        }))}
        value={practitionerId}
        onChange={(value) => setPractitionerId(value as StaffId | null)}
      />
      <Autocomplete label="Room" maxLength={20} data={choices.value?.rooms ?? []} value={room} onChange={setRoom} />
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      <div className="visit-dialog__foot">
        <Button onClick={onClose}>Back</Button>
        <Button type="submit" variant="filled" disabled={!isComplete || add.isRunning || edit.isRunning}>
          {visit ? 'Save' : 'Add to the list'}
        </Button>
      </div>
    </form>
  )
}

/** `9:30`, `930`, `9.30`, `9`, `2:15 pm`. Null where it is no time of the day. */
function readClock(text: string): string | null {
  const match = /^(\d{1,2})(?:[:. ]?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (!match) return null
  const half = (match[3] ?? '').toLowerCase()
  const typed = Number(match[1])
  const hour = half === 'pm' && typed < 12 ? typed + 12 : half === 'am' && typed === 12 ? 0 : typed
  const minute = Number(match[2] ?? '0')
  if (hour > 23 || minute > 59 || (half !== '' && (typed < 1 || typed > 12))) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
