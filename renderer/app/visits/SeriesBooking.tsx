import { Button, Checkbox, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import type { SeriesId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { Clinic } from '../use-clinic.ts'
import { type BookedPatient, courseText, WhenFields, WithFields } from './BookingFields.tsx'
import { problemSentence } from './booking-words.ts'
import { CheckResult } from './CheckResult.tsx'
import type { BookingForm } from './use-booking-form.ts'

type Props = {
  readonly form: BookingForm
  readonly clinic: Clinic
  readonly person: BookedPatient
  readonly calendar: Output<'booking.calendar'>
  readonly onBooked: (on: CalendarDate) => void
  readonly onBack: () => void
}

/** All sessions that a course still needs, with what each date lacks, booked together or not at all. */
export function SeriesBooking({ form, clinic, person, calendar, onBooked, onBack }: Props) {
  const courses = person.courses.filter((course) => course.mayBook)
  const course = courses.find((one) => one.seriesId === form.seriesId) ?? courses[0]
  const left = course ? course.sessionsPlanned - course.sessionsDone - course.sessionsBooked : 0
  const [chosenCount, setCount] = useState<number | null>(null)
  const count = chosenCount ?? Math.min(12, Math.max(1, left))
  const [isOutsideHours, setOutsideHours] = useState(false)
  /** Dates a person chose instead of the proposed ones, by their place in the series. */
  const [changed, setChanged] = useState<ReadonlyMap<number, CalendarDate>>(new Map())
  const book = useCommand('booking.bookSeries')
  const slot =
    course && form.patientId !== null && form.onDate !== null && form.atTime !== null
      ? { ...form.slot, patientId: form.patientId, seriesId: course.seriesId, atTime: form.atTime }
      : null
  const dates = useQuery(
    'booking.previewSeries',
    // Not asked while the slot is incomplete.
    { ...(slot ?? ({} as never)), firstOn: form.onDate ?? clinic.today, count },
    { isEnabled: slot !== null, dependsOn: ['visit', 'series', 'order', 'consent', 'screening', 'staff'] },
  )
  const shown = slot === null ? [] : (dates.value?.dates ?? [])

  async function save() {
    if (slot === null) return
    const { atTime, ...rest } = slot
    const chosen = shown.map((date, index) => ({ onDate: changed.get(index) ?? date.onDate, atTime }))
    const reply = await book.run({ ...rest, dates: chosen, ...(isOutsideHours && { isOutsideHours }) })
    if (reply.ok) onBooked(chosen[0]?.onDate ?? clinic.today)
  }

  return (
    <>
      <Select
        label="Course of treatment"
        allowDeselect={false}
        data={courses.map((one) => ({ value: one.seriesId as string, label: courseText(one) }))}
        value={course?.seriesId ?? null}
        onChange={(value) => form.setSeriesId(value as SeriesId | null)}
      />
      <WhenFields form={form} clinic={clinic} dayLabel="First day" />
      <WithFields form={form} practitioners={calendar.practitioners} rooms={calendar.rooms} />
      <NumberInput
        label="Sessions"
        min={1}
        max={12}
        value={count}
        onChange={(value) => typeof value === 'number' && setCount(value)}
      />
      {dates.refusal && <RefusalText>{sentenceFor(dates.refusal)}</RefusalText>}
      <ol className="booking-dates" aria-label="Dates of the series">
        {shown.map((date, index) => (
          <li key={date.dueOn}>
            <strong>{formatWeekdayDate(changed.get(index) ?? date.onDate)}</strong>
            {date.onDate !== date.dueOn && !changed.has(index) && (
              <span className="text-12 text-2">
                {' '}
                instead of {formatWeekdayDate(date.dueOn)}: {date.passedOver.map(problemSentence).join(' ')}
              </span>
            )}
            {changed.has(index) ? (
              <p className="text-12 text-2">Chosen by hand; it is checked when you book.</p>
            ) : (
              <CheckResult judged={date.judged} />
            )}
            <DateField
              label={`Another day for session ${index + 1}`}
              kind="any"
              order={clinic.dateOrder}
              today={clinic.today}
              value={changed.get(index) ?? null}
              onChange={(on) => setChanged(withDate(changed, index, on))}
            />
          </li>
        ))}
      </ol>
      {shown.some(({ judged }) => judged.problems.some((problem) => problem.mayAgree)) && (
        <Checkbox
          label="Book outside the hours all the same"
          checked={isOutsideHours}
          onChange={(event) => setOutsideHours(event.currentTarget.checked)}
        />
      )}
      <RefusalText>{book.refusal ? sentenceForDate(book.refusal) : null}</RefusalText>
      <div className="booking-foot">
        <span className="booking-foot__space" />
        <Button onClick={onBack}>Back</Button>
        <Button variant="filled" disabled={shown.length === 0 || book.isRunning} onClick={() => void save()}>
          Book {formatPlural(shown.length, 'session')}
        </Button>
      </div>
    </>
  )
}

function withDate(dates: ReadonlyMap<number, CalendarDate>, index: number, on: CalendarDate | null) {
  const next = new Map(dates)
  if (on === null) next.delete(index)
  else next.set(index, on)
  return next
}

/** The sentence of a refusal with the date of the series it is about. */
function sentenceForDate(refusal: Parameters<typeof sentenceFor>[0]): string {
  const on = refusal.facts?.['onDate']
  return typeof on === 'string' ? `${formatWeekdayDate(on)}: ${sentenceFor(refusal)}` : sentenceFor(refusal)
}
