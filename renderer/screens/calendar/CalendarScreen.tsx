import './calendar.css'
import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { mondayOf } from '../../../shared/domain/booking.ts'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, paths } from '../../app/paths.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { BookingDrawer } from '../../app/visits/BookingDrawer.tsx'
import type { BookingStart } from '../../app/visits/use-booking-form.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate, formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { isHeld } from './booking-label.ts'
import { type Calendar, type GroupBy, standing } from './calendar-layout.ts'
import { DayGrid } from './DayGrid.tsx'
import { HoursPart } from './HoursPart.tsx'
import { PrintedDay } from './PrintedDay.tsx'
import { RemindersPart } from './RemindersPart.tsx'
import { WaitingPart } from './WaitingPart.tsx'
import { WeekGrid } from './WeekGrid.tsx'

const views = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'waiting', label: 'Waiting list' },
  { value: 'reminders', label: 'Reminders' },
  { value: 'hours', label: 'Hours and absences' },
] as const
type View = (typeof views)[number]['value']

/** What makes the calendar stale: everything its marks are computed from. */
const calendarSubjects = [
  'visit',
  'patient',
  'screening',
  'clearance',
  'consent',
  'order',
  'series',
  'session',
  'signOff',
  'complication',
  'policy',
  'staff',
] as const

/** Who is booked with whom, where and when; where bookings are made, moved and cancelled. */
export function CalendarScreen() {
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return <CalendarBody clinic={clinic} person={person} />
}

function CalendarBody({ clinic, person }: { readonly clinic: Clinic; readonly person: Person }) {
  const [view, setView] = useState<View>('day')
  const [chosenDay, setOn] = useState<CalendarDate | null>(null)
  const on = chosenDay ?? clinic.today
  const [groupBy, setGroupBy] = useState<GroupBy>('practitioner')
  const [start, setStart] = useState<BookingStart | null>(null)
  const mayWrite = mayDo(person, 'schedule.write')
  const isWeek = view === 'week'
  const isTime = view === 'day' || isWeek
  const range = isWeek ? { from: mondayOf(on), days: 7 } : { from: on, days: 1 }
  const calendar = useQuery('booking.calendar', range, { dependsOn: calendarSubjects, keepPrevious: true })
  const book = (more: Partial<BookingStart> = {}) =>
    setStart({ visit: null, patient: null, onDate: on < clinic.today ? clinic.today : on, atTime: null, ...more })
  const open = (visit: DayVisit) => setStart({ visit, patient: null, onDate: visit.onDate, atTime: null })
  const step = isWeek ? 7 : 1

  useShortcuts([
    { keys: 'N', label: 'Book a visit', group: 'Calendar', run: () => book(), isEnabled: mayWrite && start === null },
    { keys: 'T', label: 'Go to today', group: 'Calendar', run: () => setOn(null) },
    { keys: '[', label: 'Back a day or week', group: 'Calendar', run: () => setOn(addDays(on, -step)) },
    { keys: ']', label: 'On a day or week', group: 'Calendar', run: () => setOn(addDays(on, step)) },
  ])

  return (
    <div className="calendar" data-fills={isTime}>
      <PageHeader
        title="Calendar"
        {...(calendar.value && isTime && { summary: summaryOf(calendar.value, isWeek) })}
        action={
          <>
            <a className="calendar__link" href={hrefTo(paths.today)}>
              Today’s list
            </a>
            {mayWrite && (
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
                rightSection={<KeyHint keys="N" tone="onAccent" />}
                onClick={() => book()}
              >
                Book a visit
              </Button>
            )}
          </>
        }
      />
      <div className="calendar__bar">
        <SegmentedChoice
          label="What to show"
          labelPlace="hidden"
          segments={views.filter(({ value }) => mayWrite || value === 'day' || value === 'week' || value === 'hours')}
          value={view}
          onChange={setView}
          size="compact"
        />
        {isTime && (
          <>
            <div className="calendar__steps">
              <Button
                aria-label={isWeek ? 'The week before' : 'The day before'}
                onClick={() => setOn(addDays(on, -step))}
              >
                <IconChevronLeft size={16} aria-hidden="true" />
              </Button>
              <Button onClick={() => setOn(null)}>Today</Button>
              <Button aria-label={isWeek ? 'The week after' : 'The day after'} onClick={() => setOn(addDays(on, step))}>
                <IconChevronRight size={16} aria-hidden="true" />
              </Button>
            </div>
            <DateField
              label="Go to"
              kind="any"
              order={clinic.dateOrder}
              today={clinic.today}
              value={on}
              onChange={(day) => day !== null && setOn(day)}
            />
            <SegmentedChoice
              label="Columns"
              labelPlace="hidden"
              segments={[
                { value: 'practitioner', label: 'By person' },
                { value: 'room', label: 'By room' },
              ]}
              value={groupBy}
              onChange={setGroupBy}
              size="compact"
            />
            <Button
              leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden="true" />}
              onClick={() => window.print()}
            >
              Print the {isWeek ? 'week' : 'day'}
            </Button>
          </>
        )}
      </div>
      {calendar.refusal && <RefusalText>{sentenceFor(calendar.refusal)}</RefusalText>}
      {calendar.value && view === 'day' && calendar.value.days[0] && (
        <>
          <ClosedNotice calendar={calendar.value} />
          <DayGrid
            key={`${calendar.value.days[0].on} ${groupBy}`}
            calendar={calendar.value}
            on={calendar.value.days[0].on}
            groupBy={groupBy}
            onOpen={(visit) => mayWrite && open(visit)}
            onBook={(column, atTime) =>
              mayWrite && book({ atTime, practitionerId: column.practitionerId, room: column.room })
            }
          />
        </>
      )}
      {calendar.value && isWeek && (
        <WeekGrid
          calendar={calendar.value}
          groupBy={groupBy}
          mayWrite={mayWrite}
          onOpen={(visit) => mayWrite && open(visit)}
          onBook={(day) => book({ onDate: day })}
          onShowDay={(day) => {
            setOn(day)
            setView('day')
          }}
        />
      )}
      {calendar.value && isTime && <PrintedDay calendar={calendar.value} clinicName={clinic.name} />}
      {view === 'waiting' && <WaitingPart clinic={clinic} onBook={(more) => book(more)} />}
      {view === 'reminders' && <RemindersPart />}
      {view === 'hours' && <HoursPart clinic={clinic} person={person} />}
      <BookingDrawer
        start={start}
        clinic={clinic}
        onClose={() => setStart(null)}
        onBooked={(day) => {
          if (isWeek && mondayOf(day) === mondayOf(on)) return
          setOn(day)
        }}
      />
    </div>
  )
}

function ClosedNotice({ calendar }: { readonly calendar: Calendar }) {
  const away = calendar.absences.filter((one) => one.staffName !== null).map((one) => one.staffName)
  const isClosed = calendar.days[0]?.isClosed ?? false
  if (!isClosed && away.length === 0) return null
  return (
    <p className="text-12 text-2">
      {isClosed && 'The clinic is closed on this day. '}
      {away.length > 0 && `Away: ${away.join(', ')}.`}
    </p>
  )
}

/** `Mon 03-Aug-2026 · 14 booked · 3 held`. */
function summaryOf(calendar: Calendar, isWeek: boolean): string {
  const [first] = calendar.days
  const last = calendar.days.at(-1)
  if (!first || !last) return ''
  const visits = standing(calendar.visits)
  const held = visits.filter(isHeld)
  return [
    isWeek ? `${formatDate(first.on)} to ${formatDate(last.on)}` : formatWeekdayDate(first.on),
    `${visits.length} booked`,
    ...(held.length > 0 ? [`${held.length} held`] : []),
    ...(calendar.waiting > 0 ? [`${formatPlural(calendar.waiting, 'patient')} waiting for a time`] : []),
  ].join(' · ')
}
