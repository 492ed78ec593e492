import { Autocomplete, NumberInput, Select, TextInput } from '@mantine/core'
import { isTreatment, visitServices } from '../../../shared/domain/visit.ts'
import type { SeriesId, StaffId } from '../../../shared/kernel/ids.ts'
import type { Output } from '../../client/client.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatBorn, formatDate, formatName } from '../../parts/format.ts'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import type { Clinic } from '../use-clinic.ts'
import { PatientPicker } from './PatientPicker.tsx'
import type { BookingForm } from './use-booking-form.ts'
import { serviceWords } from './visit-words.ts'

export type BookedPatient = Output<'booking.patient'>

type Props = {
  readonly form: BookingForm
  readonly clinic: Clinic
  readonly person: BookedPatient | null
  readonly practitioners: readonly { readonly staffId: StaffId; readonly printedName: string }[]
  readonly rooms: readonly string[]
}

/** Who it is: never to be mixed up with somebody whose name and birth date are close. */
export function WhoFields({ form, clinic, person }: Pick<Props, 'form' | 'clinic' | 'person'>) {
  const { visit } = form
  return (
    <>
      {visit ? (
        <p>
          <strong>{formatName(visit)}</strong>, born {formatBorn(visit.bornOn, clinic.today)},{' '}
          <span className="mono">{visit.chartNumber}</span>
        </p>
      ) : (
        <PatientPicker value={form.patient} onChange={form.setPatient} today={clinic.today} />
      )}
      {person?.isLookAlike && (
        <p className="text-12">
          <LookAlikeMark /> Another chart is close to this one. Compare birth date and chart number{' '}
          <span className="mono">{person.chartNumber}</span> before you book.
        </p>
      )}
      {!visit && person && person.coming.length > 0 && (
        <p className="text-12 text-2">
          Booked already: {person.coming.map((one) => `${formatDate(one.onDate)} ${one.atTime}`).join(', ')}.
        </p>
      )}
    </>
  )
}

/** What for, and as part of which course. */
export function ServiceFields({ form, person }: Pick<Props, 'form' | 'person'>) {
  const courses = (person?.courses ?? []).filter((course) => course.mayBook || course.seriesId === form.seriesId)
  return (
    <>
      <Select
        label="Service"
        allowDeselect={false}
        data={visitServices.map((value) => ({ value, label: serviceWords[value] }))}
        value={form.service}
        onChange={(value) => form.setService(visitServices.find((known) => known === value) ?? 'SESSION')}
      />
      {isTreatment(form.service) && courses.length > 0 && (
        <Select
          label="Course of treatment"
          placeholder="Whichever is open on the day"
          clearable
          data={courses.map((course) => ({ value: course.seriesId as string, label: courseText(course) }))}
          value={form.seriesId}
          onChange={(value) => form.setSeriesId(value as SeriesId | null)}
        />
      )}
      <TextInput
        label="What for"
        description="A few words for the list, e.g. cheeks"
        maxLength={80}
        autoComplete="off"
        value={form.serviceNote}
        onChange={(event) => form.setServiceNote(event.currentTarget.value)}
      />
    </>
  )
}

/** Day, time and length. `dayLabel` where it is the first of several. */
export function WhenFields({ form, clinic, dayLabel = 'Day' }: Pick<Props, 'form' | 'clinic'> & { dayLabel?: string }) {
  return (
    <div className="booking-when">
      <DateField
        label={dayLabel}
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={form.onDate}
        onChange={form.setOnDate}
        isRequired
      />
      <TextInput
        label="Time"
        placeholder="11:15"
        required
        autoComplete="off"
        value={form.timeText}
        data-autofocus={form.patientId !== null || undefined}
        error={form.timeText.trim() !== '' && form.atTime === null ? 'Type e.g. 9:30 or 14:15' : null}
        onChange={(event) => form.setTimeText(event.currentTarget.value)}
        onBlur={() => form.atTime !== null && form.setTimeText(form.atTime)}
      />
      <NumberInput
        label="Minutes"
        min={5}
        max={480}
        step={15}
        value={form.lengthMin}
        onChange={(value) => typeof value === 'number' && form.setLengthMin(value)}
      />
    </div>
  )
}

export function WithFields({ form, practitioners, rooms }: Pick<Props, 'form' | 'practitioners' | 'rooms'>) {
  return (
    <div className="booking-pair">
      <Select
        label="With"
        placeholder="Nobody yet"
        clearable
        data={practitioners.map((one) => ({ value: one.staffId as string, label: one.printedName }))}
        value={form.practitionerId}
        onChange={(value) => form.setPractitionerId(value as StaffId | null)}
      />
      <Autocomplete label="Room" maxLength={20} data={[...rooms]} value={form.room} onChange={form.setRoom} />
    </div>
  )
}

/** `2 of 4 done, 1 booked`. */
export function courseText({
  sessionsDone,
  sessionsPlanned,
  sessionsBooked,
  nextDueOn,
}: BookedPatient['courses'][number]) {
  const due = nextDueOn === null ? '' : `, next due ${formatDate(nextDueOn)}`
  return `${sessionsDone} of ${sessionsPlanned} done, ${sessionsBooked} booked${due}`
}
