import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  type Evaluation,
  evaluations,
  mayCloseStaffIncident,
  type StaffIncidentKind,
  staffIncidentKinds,
} from '../../../shared/domain/staff-incident.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type Listed = Output<'staffIncident.list'>
type Incident = Listed['incidents'][number]

const kindWords: Readonly<Record<StaffIncidentKind, string>> = {
  NEEDLESTICK: 'Needlestick',
  CUT: 'Cut',
  SPLASH: 'Splash',
  OTHER: 'Other',
}
const evaluationWords: Readonly<Record<Evaluation, string>> = {
  TO_ARRANGE: 'To be arranged',
  DONE: 'Done',
  DECLINED: 'Offered, declined',
}

const formGap = { display: 'grid', gap: 12 } as const

/** Exposures of staff. They stand in no patient's chart and name no patient. */
export function StaffIncidentsPart() {
  const clinic = useClinic()
  const { value, refusal } = useQuery('staffIncident.list', {}, { dependsOn: ['staff'] })
  const [isAdding, setAdding] = useState(false)
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!clinic || !value) return <div aria-busy="true" />
  return (
    <div style={formGap}>
      <div>
        <Button variant="filled" onClick={() => setAdding(true)}>
          Record an incident
        </Button>
      </div>
      {value.incidents.length === 0 && (
        <EmptyState
          sentence="No incident of staff is recorded."
          hint="Needlesticks, cuts and splashes are written here, apart from every patient’s chart."
        />
      )}
      {value.incidents.map((incident) => (
        <IncidentCard key={incident.incidentId} incident={incident} clinic={clinic} />
      ))}
      <Modal opened={isAdding} onClose={() => setAdding(false)} title="Record an incident" size={480}>
        <RecordForm staff={value.staff} clinic={clinic} onClose={() => setAdding(false)} />
      </Modal>
    </div>
  )
}

function IncidentCard({ incident, clinic }: { readonly incident: Incident; readonly clinic: Clinic }) {
  const { incidentId, isClosed, evaluation } = incident
  const close = useCommand('staffIncident.close')
  const mayClose = mayCloseStaffIncident({ isClosed, evaluation }).ok
  return (
    <SectionCard
      title={`${kindWords[incident.kind]}, ${formatDate(incident.happenedOn)}`}
      aside={isClosed ? 'Closed' : 'Open'}
    >
      <div style={formGap}>
        <FactList
          labelWidth={150}
          facts={[
            { label: 'Injured', value: incident.injuredName },
            {
              label: 'When and where',
              value: [incident.atTime, incident.place].filter(Boolean).join(', ') || 'Not known',
            },
            { label: 'With', value: incident.device },
            { label: 'How it happened', value: incident.howItHappened },
            { label: 'First aid', value: incident.firstAid || 'Nothing written' },
            { label: 'Medical evaluation', value: evaluationWords[evaluation] },
            ...incident.notes.map((note) => ({
              label: formatDateTime(note.at, clinic.timeZone),
              value: `${note.text} (${note.byName})`,
            })),
          ]}
        />
        {!isClosed && <NoteForm incident={incident} />}
        <RefusalText>{close.refusal ? sentenceFor(close.refusal) : null}</RefusalText>
        {mayClose && (
          <div>
            <Button disabled={close.isRunning} onClick={() => void close.run({ incidentId })}>
              Close the incident
            </Button>
          </div>
        )}
      </div>
    </SectionCard>
  )
}

function NoteForm({ incident }: { readonly incident: Incident }) {
  const note = useCommand('staffIncident.note')
  const [text, setText] = useState('')
  const [evaluation, setEvaluation] = useState(incident.evaluation)
  const isComplete = text.trim() !== ''

  async function save() {
    if (!isComplete || note.isRunning) return
    const reply = await note.run({ incidentId: incident.incidentId, text, evaluation })
    if (reply.ok) setText('')
  }

  return (
    <form
      style={formGap}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <SegmentedChoice
        label="Medical evaluation"
        segments={evaluations.map((value) => ({ value, label: evaluationWords[value] }))}
        value={evaluation}
        onChange={setEvaluation}
      />
      <TextInput
        label="What became of it"
        required
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <RefusalText>{note.refusal ? sentenceFor(note.refusal) : null}</RefusalText>
      <div>
        <Button type="submit" disabled={!isComplete || note.isRunning}>
          Add the note
        </Button>
      </div>
    </form>
  )
}

function RecordForm({
  staff,
  clinic,
  onClose,
}: {
  readonly staff: Listed['staff']
  readonly clinic: Clinic
  readonly onClose: () => void
}) {
  const record = useCommand('staffIncident.record')
  const [kind, setKind] = useState<StaffIncidentKind>('NEEDLESTICK')
  const [injuredId, setInjuredId] = useState<StaffId | null>(null)
  const [happenedOn, setHappenedOn] = useState<CalendarDate | null>(clinic.today)
  const [atTime, setAtTime] = useState('')
  const [place, setPlace] = useState('')
  const [device, setDevice] = useState('')
  const [howItHappened, setHowItHappened] = useState('')
  const [firstAid, setFirstAid] = useState('')
  const isTime = /^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$/.test(atTime.trim())
  const isComplete =
    injuredId !== null && happenedOn !== null && isTime && device.trim() !== '' && howItHappened.trim() !== ''

  async function save() {
    if (!isComplete || record.isRunning) return
    const where = { happenedOn, atTime: atTime.trim(), place: place.trim() }
    const reply = await record.run({ kind, injuredId, ...where, device, howItHappened, firstAid })
    if (reply.ok) onClose()
  }

  return (
    <form
      style={formGap}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p className="text-2">Name no patient here. Wash the wound and arrange the medical evaluation first.</p>
      <SegmentedChoice
        label="What"
        segments={staffIncidentKinds.map((value) => ({ value, label: kindWords[value] }))}
        value={kind}
        onChange={setKind}
      />
      <Select
        label="Who was injured"
        required
        searchable
        data={staff.map(({ staffId, printedName }) => ({ value: staffId as string, label: printedName }))}
        value={injuredId}
        onChange={(id) => setInjuredId(id as StaffId | null)}
      />
      <DateField
        label="On"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={happenedOn}
        onChange={setHappenedOn}
        isRequired
      />
      <TextInput
        label="Time"
        placeholder="14:15"
        maxLength={5}
        error={isTime ? null : 'Type e.g. 09:30 or 14:15'}
        value={atTime}
        onChange={(event) => setAtTime(event.currentTarget.value)}
      />
      <TextInput
        label="Where"
        maxLength={100}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
      <TextInput
        label="Type and brand of the sharp"
        required
        maxLength={200}
        value={device}
        onChange={(event) => setDevice(event.currentTarget.value)}
      />
      <Textarea
        label="How it happened"
        required
        autosize
        minRows={2}
        maxLength={4000}
        value={howItHappened}
        onChange={(event) => setHowItHappened(event.currentTarget.value)}
      />
      <Textarea
        label="First aid"
        autosize
        minRows={1}
        maxLength={2000}
        value={firstAid}
        onChange={(event) => setFirstAid(event.currentTarget.value)}
      />
      <RefusalText>{record.refusal ? sentenceFor(record.refusal) : null}</RefusalText>
      <Button variant="filled" type="submit" disabled={!isComplete || record.isRunning}>
        Record it
      </Button>
    </form>
  )
}
