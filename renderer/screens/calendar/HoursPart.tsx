import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type AbsenceReason, absenceReasons, weekdays } from '../../../shared/domain/booking.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { readClock } from '../../app/visits/clock-text.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate, formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type Hours = Output<'booking.hours'>

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const wholeClinic = 'clinic'
const reasonWords: Readonly<Record<AbsenceReason, string>> = {
  HOLIDAY: 'Holiday',
  ILLNESS: 'Illness',
  TRAINING: 'Training',
  OTHER: 'Other',
}

/** When the clinic is open, on which days people work, and who is away. */
export function HoursPart({ clinic, person }: { readonly clinic: Clinic; readonly person: Person }) {
  const hours = useQuery('booking.hours', {}, { dependsOn: ['staff'] })
  if (hours.refusal) return <RefusalText>{sentenceFor(hours.refusal)}</RefusalText>
  if (!hours.value) return <div aria-busy="true" />
  return (
    <div className="calendar-part">
      <WeekCard hours={hours.value} mayChange={mayDo(person, 'clinic.write')} />
      <AbsencesCard hours={hours.value} clinic={clinic} mayChange={mayDo(person, 'schedule.write')} />
      <SettingsCard key={hours.value.settingsVersion} hours={hours.value} mayChange={mayDo(person, 'clinic.write')} />
    </div>
  )
}

function WeekCard({ hours, mayChange }: { readonly hours: Hours; readonly mayChange: boolean }) {
  const [whose, setWhose] = useState<string>(wholeClinic)
  const staffId = whose === wholeClinic ? null : (whose as StaffId)
  return (
    <SectionCard title="Hours of the week" note="Without any hours every time can be booked.">
      <Select
        label="Whose hours"
        allowDeselect={false}
        data={[
          { value: wholeClinic, label: 'The clinic’s opening hours' },
          ...hours.practitioners.map((one) => ({ value: one.staffId as string, label: one.printedName })),
        ]}
        value={whose}
        onChange={(value) => setWhose(value ?? wholeClinic)}
      />
      <WeekForm key={whose} hours={hours} staffId={staffId} mayChange={mayChange} />
    </SectionCard>
  )
}

type Line = { readonly from: string; readonly until: string }

function WeekForm({
  hours,
  staffId,
  mayChange,
}: {
  readonly hours: Hours
  readonly staffId: StaffId | null
  readonly mayChange: boolean
}) {
  const setHours = useCommand('booking.setHours')
  const [lines, setLines] = useState<readonly Line[]>(() =>
    weekdays.map((weekday) => {
      const own = hours.spans.find((span) => span.staffId === staffId && span.weekday === weekday)
      return { from: own?.fromTime ?? '', until: own?.untilTime ?? '' }
    }),
  )
  const [isSaved, setSaved] = useState(false)
  const read = lines.map(({ from, until }) => ({ from: readClock(from), until: readClock(until) }))
  const isHalf = lines.some((line, index) => {
    const isEmpty = line.from.trim() === '' && line.until.trim() === ''
    return !isEmpty && (read[index]?.from === null || read[index]?.until === null)
  })

  async function save() {
    const spans = read.flatMap(({ from, until }, index) => {
      const weekday = weekdays[index]
      return weekday && from !== null && until !== null ? [{ weekday, fromTime: from, untilTime: until }] : []
    })
    const reply = await setHours.run({ staffId, spans })
    setSaved(reply.ok)
  }

  const change = (index: number, part: Partial<Line>) => {
    setSaved(false)
    setLines(lines.map((line, at) => (at === index ? { ...line, ...part } : line)))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isHalf) void save()
      }}
    >
      <div className="hours">
        {dayNames.map((name, index) => (
          <div key={name} className="hours__day">
            <span aria-hidden="true">{name}</span>
            <TextInput
              aria-label={`${name}, from`}
              placeholder="closed"
              disabled={!mayChange}
              value={lines[index]?.from ?? ''}
              onChange={(event) => change(index, { from: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`${name}, until`}
              placeholder="closed"
              disabled={!mayChange}
              value={lines[index]?.until ?? ''}
              onChange={(event) => change(index, { until: event.currentTarget.value })}
            />
          </div>
        ))}
      </div>
      <RefusalText>{setHours.refusal ? sentenceFor(setHours.refusal) : null}</RefusalText>
      {mayChange && (
        <div className="booking-foot">
          <span aria-live="polite" className="text-12 text-2">
            {isHalf ? 'Type both times of a day, e.g. 9:00 and 18:00.' : isSaved ? 'Saved.' : ''}
          </span>
          <span className="booking-foot__space" />
          <Button type="submit" disabled={isHalf || setHours.isRunning}>
            Save the hours
          </Button>
        </div>
      )}
    </form>
  )
}

function AbsencesCard({
  hours,
  clinic,
  mayChange,
}: {
  readonly hours: Hours
  readonly clinic: Clinic
  readonly mayChange: boolean
}) {
  const add = useCommand('booking.addAbsence')
  const takeBack = useCommand('booking.takeBackAbsence')
  const [whose, setWhose] = useState<string>(wholeClinic)
  const [reason, setReason] = useState<AbsenceReason>('HOLIDAY')
  const [fromOn, setFromOn] = useState<CalendarDate | null>(null)
  const [untilOn, setUntilOn] = useState<CalendarDate | null>(null)
  const [stranded, setStranded] = useState(0)

  async function save() {
    if (fromOn === null) return
    const staffId = whose === wholeClinic ? null : (whose as StaffId)
    const reply = await add.run({ staffId, fromOn, untilOn: untilOn ?? fromOn, reason })
    if (!reply.ok) return
    setStranded(reply.value.bookingsInIt)
    setFromOn(null)
    setUntilOn(null)
  }

  return (
    <SectionCard title="Away">
      {hours.absences.length === 0 && <p className="text-2">Nobody is away.</p>}
      <ul className="absences" aria-label="Absences to come">
        {hours.absences.map((absence) => (
          <li key={absence.absenceId}>
            <span>
              <strong>{absence.staffName ?? 'The clinic is closed'}</strong> {formatDate(absence.fromOn)}
              {absence.untilOn !== absence.fromOn && ` to ${formatDate(absence.untilOn)}`},{' '}
              {reasonWords[absence.reason].toLowerCase()}
            </span>
            {mayChange && (
              <Button
                aria-label={`Take back: ${absence.staffName ?? 'clinic closed'} ${formatDate(absence.fromOn)}`}
                disabled={takeBack.isRunning}
                onClick={() => void takeBack.run({ absenceId: absence.absenceId })}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <form
          className="wait-form"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <Select
            label="Who is away"
            allowDeselect={false}
            data={[
              { value: wholeClinic, label: 'The whole clinic' },
              ...hours.practitioners.map((one) => ({ value: one.staffId as string, label: one.printedName })),
            ]}
            value={whose}
            onChange={(value) => setWhose(value ?? wholeClinic)}
          />
          <Select
            label="Reason"
            allowDeselect={false}
            data={absenceReasons.map((value) => ({ value, label: reasonWords[value] }))}
            value={reason}
            onChange={(value) => setReason(absenceReasons.find((known) => known === value) ?? 'OTHER')}
          />
          <DateField
            label="First day"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={fromOn}
            onChange={setFromOn}
            isRequired
          />
          <DateField
            label="Last day"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={untilOn}
            onChange={setUntilOn}
          />
          <RefusalText>{add.refusal ? sentenceFor(add.refusal) : null}</RefusalText>
          <p aria-live="polite" className="text-12">
            {stranded > 0 && `${formatPlural(stranded, 'booking')} in these days must be moved.`}
          </p>
          <Button type="submit" disabled={fromOn === null || add.isRunning}>
            Enter the absence
          </Button>
        </form>
      )}
    </SectionCard>
  )
}

function SettingsCard({ hours, mayChange }: { readonly hours: Hours; readonly mayChange: boolean }) {
  const save = useCommand('booking.setSettings')
  const [talkMin, setTalkMin] = useState(hours.settings.talkMin)
  const [lateCancelHours, setLateCancelHours] = useState(hours.settings.lateCancelHours)
  const [reminders, setReminders] = useState(hours.settings.reminderDays.join(', '))
  const days = reminders.split(/[ ,]+/).filter(Boolean).map(Number)
  const isReadable = days.length <= 5 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 60)
  return (
    <SectionCard title="Settings of the calendar" note="A treatment’s length stands in the policy.">
      <form
        className="wait-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReadable)
            void save.run({ version: hours.settingsVersion, talkMin, lateCancelHours, reminderDays: days })
        }}
      >
        <NumberInput
          label="Minutes for a consultation, check or review"
          min={5}
          max={480}
          disabled={!mayChange}
          value={talkMin}
          onChange={(value) => typeof value === 'number' && setTalkMin(value)}
        />
        <NumberInput
          label="A cancellation is late within so many hours"
          min={0}
          max={720}
          disabled={!mayChange}
          value={lateCancelHours}
          onChange={(value) => typeof value === 'number' && setLateCancelHours(value)}
        />
        <TextInput
          label="Reminders, days before"
          description="Up to five whole numbers, e.g. 7, 1"
          disabled={!mayChange}
          error={isReadable ? null : 'Type whole days from 1 to 60, e.g. 7, 1'}
          value={reminders}
          onChange={(event) => setReminders(event.currentTarget.value)}
        />
        <RefusalText>{save.refusal ? sentenceFor(save.refusal) : null}</RefusalText>
        {mayChange && (
          <Button type="submit" disabled={!isReadable || save.isRunning}>
            Save the settings
          </Button>
        )}
      </form>
    </SectionCard>
  )
}
