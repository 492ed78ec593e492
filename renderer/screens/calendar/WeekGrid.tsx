import { Button, Select } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { serviceText, shortStaffName } from '../../app/visits/visit-words.ts'
import { formatName, formatWeekdayDate } from '../../parts/format.ts'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { bookingState } from './booking-label.ts'
import { type Calendar, type GroupBy, standing } from './calendar-layout.ts'

type Props = {
  readonly calendar: Calendar
  readonly groupBy: GroupBy
  readonly mayWrite: boolean
  readonly onOpen: (visit: DayVisit) => void
  readonly onBook: (on: CalendarDate) => void
  readonly onShowDay: (on: CalendarDate) => void
}

/** Seven days beside each other, of everybody or of one person or room. Arrows go from booking to booking. */
export function WeekGrid({ calendar, groupBy, mayWrite, onOpen, onBook, onShowDay }: Props) {
  const [chosen, setChosen] = useState<string | null>(null)
  const choices =
    groupBy === 'room'
      ? calendar.rooms.map((room) => ({ value: room, label: `Room ${room}` }))
      : calendar.practitioners.map((one) => ({ value: one.staffId as string, label: one.printedName }))
  const only = choices.some((choice) => choice.value === chosen) ? chosen : null
  const visits = standing(calendar.visits).filter(
    (visit) => only === null || (groupBy === 'room' ? visit.room : visit.practitionerId) === only,
  )
  return (
    <div className="week">
      <Select
        label={groupBy === 'room' ? 'Room' : 'Person'}
        placeholder={groupBy === 'room' ? 'Every room' : 'Everybody'}
        clearable
        data={choices}
        value={only}
        onChange={setChosen}
        className="week__filter"
      />
      <div className="week__days">
        {calendar.days.map((day) => {
          const ofDay = visits.filter((visit) => visit.onDate === day.on)
          return (
            <section key={day.on} className="week__day" data-today={day.on === calendar.today}>
              <h2 className="week__head">
                <button type="button" onClick={() => onShowDay(day.on)}>
                  {formatWeekdayDate(day.on)}
                </button>
              </h2>
              <p className="text-12 text-2">{dayWords(calendar, day)}</p>
              <ul aria-label={formatWeekdayDate(day.on)} onKeyDown={moveByArrows}>
                {ofDay.map((visit) => (
                  <li key={visit.visitId}>
                    <WeekEntry visit={visit} onOpen={() => onOpen(visit)} />
                  </li>
                ))}
              </ul>
              {mayWrite && day.on >= calendar.today && !day.isClosed && (
                <Button onClick={() => onBook(day.on)} aria-label={`Book on ${formatWeekdayDate(day.on)}`}>
                  Book
                </Button>
              )}
            </section>
          )
        })}
      </div>
    </div>
  )
}

function WeekEntry({ visit, onOpen }: { readonly visit: DayVisit; readonly onOpen: () => void }) {
  const state = bookingState(visit)
  return (
    <button
      type="button"
      className="week__entry"
      data-blocked={state.isBlocked}
      data-status={visit.status}
      onClick={onOpen}
    >
      <span className="week__line">
        <StateGlyph state={state.glyph} size={12} label={state.words} />
        <span>
          {visit.atTime}–{visit.untilTime}
        </span>
      </span>
      <strong>{formatName(visit)}</strong> {visit.isLookAlike && <LookAlikeMark isShort />}
      <span className="week__line text-2">{serviceText(visit)}</span>
      <span className="week__line text-2">
        {shortStaffName(visit.practitionerName)}
        {visit.room !== null && ` · room ${visit.room}`}
      </span>
      {state.isBlocked && <span className="week__line week__held">{state.words}</span>}
    </button>
  )
}

function dayWords(calendar: Calendar, day: Calendar['days'][number]): string {
  if (day.isClosed) return 'Closed'
  const away = calendar.absences
    .filter((one) => one.staffName !== null && one.fromOn <= day.on && day.on <= one.untilOn)
    .map((one) => shortStaffName(one.staffName))
  const open = day.open.map((span) => `${span.fromTime}–${span.untilTime}`).join(', ')
  return [...(open ? [open] : []), ...(away.length > 0 ? [`away: ${away.join(', ')}`] : [])].join(' · ') || 'Open'
}

/** Up and down within the day, left and right to the day beside it. */
function moveByArrows(event: KeyboardEvent<HTMLUListElement>) {
  const list = event.currentTarget
  const own = [...list.querySelectorAll<HTMLButtonElement>('.week__entry')]
  const index = own.findIndex((entry) => entry.matches(':focus'))
  const days = [...(list.closest('.week__days')?.querySelectorAll('ul') ?? [])]
  const day = days.indexOf(list)
  const within = (step: number) => own[index + step]
  const across = (step: number) => days[day + step]?.querySelector<HTMLButtonElement>('.week__entry')
  const targets: Readonly<Record<string, () => HTMLButtonElement | null | undefined>> = {
    ArrowDown: () => within(1),
    ArrowUp: () => within(-1),
    ArrowRight: () => across(1),
    ArrowLeft: () => across(-1),
  }
  const target = targets[event.key]?.()
  if (!target) return
  event.preventDefault()
  target.focus()
}
