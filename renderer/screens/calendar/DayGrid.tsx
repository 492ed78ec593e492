import { type KeyboardEvent, useRef, useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { minutesOf } from '../../../shared/domain/booking.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { formatName } from '../../parts/format.ts'
import { BookingBlock } from './BookingBlock.tsx'
import { bookingLabel } from './booking-label.ts'
import {
  type Calendar,
  type CalendarColumn,
  columnsOf,
  type GroupBy,
  lineMin,
  linesOf,
  placeOf,
  standing,
  visitsIn,
} from './calendar-layout.ts'

export type DayGridProps = {
  readonly calendar: Calendar
  readonly on: CalendarDate
  readonly groupBy: GroupBy
  readonly onOpen: (visit: DayVisit) => void
  readonly onBook: (column: CalendarColumn, atTime: string) => void
}

type Place = { readonly column: number; readonly line: number }

/**
 * One day, a column for each person or room, a line for each quarter of an hour. Arrows go from slot to slot, Enter
 * opens what stands there or books a free one.
 */
export function DayGrid({ calendar, on, groupBy, onOpen, onBook }: DayGridProps) {
  const lines = linesOf(calendar, on)
  const columns = columnsOf(calendar, on, groupBy)
  const visits = standing(calendar.visits).filter((visit) => visit.onDate === on)
  const [place, setPlace] = useState<Place>({ column: 0, line: firstLine(calendar, on, lines) })
  const grid = useRef<HTMLDivElement>(null)
  const perColumn = columns.map((column) => visitsIn(visits, column, groupBy))

  function visitAt({ column, line }: Place): DayVisit | undefined {
    const at = minutesOf(lines[line] ?? '00:00')
    return perColumn[column]?.find((visit) => minutesOf(visit.atTime) < at + lineMin && at < minutesOf(visit.untilTime))
  }

  function goTo(next: Place) {
    const bound = {
      column: Math.min(Math.max(next.column, 0), columns.length - 1),
      line: Math.min(Math.max(next.line, 0), lines.length - 1),
    }
    setPlace(bound)
    grid.current?.querySelector<HTMLElement>(`[data-place="${bound.column} ${bound.line}"]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    goTo({ column: place.column + move.column, line: place.line + move.line })
  }

  const now = on === calendar.today ? minutesOf(calendar.nowTime) - minutesOf(lines[0] ?? '00:00') : -1
  return (
    <div className="day-grid" style={{ '--columns': columns.length } as React.CSSProperties}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot carry blocks over several of its lines with lanes */}
      <div role="grid" aria-label="Day" ref={grid} onKeyDown={onKeyDown} className="day-grid__lines">
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
        <div role="row" className="day-grid__head" tabIndex={-1}>
          {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
          <span role="columnheader" className="day-grid__corner" tabIndex={-1}>
            Time
          </span>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            <span role="columnheader" key={column.key} tabIndex={-1}>
              {column.label}
              {column.away !== null && <span className="text-12 text-2"> {column.away}</span>}
            </span>
          ))}
        </div>
        {lines.map((time, line) => (
          // biome-ignore lint/a11y/useSemanticElements: see the grid
          <div role="row" key={time} className="day-grid__line" data-hour={time.endsWith(':00')} tabIndex={-1}>
            {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
            <span role="rowheader" className="day-grid__time" tabIndex={-1}>
              <span className={time.endsWith(':00') || line === 0 ? undefined : 'visually-hidden'}>{time}</span>
            </span>
            {columns.map((column, index) => {
              const visit = visitAt({ column: index, line })
              return (
                // biome-ignore lint/a11y/useSemanticElements: see the grid
                <div
                  role="gridcell"
                  key={column.key}
                  className="day-grid__cell"
                  data-away={column.away !== null}
                  tabIndex={-1}
                >
                  <button
                    type="button"
                    data-place={`${index} ${line}`}
                    data-taken={visit !== undefined}
                    tabIndex={place.column === index && place.line === line ? 0 : -1}
                    aria-label={
                      visit
                        ? `${time}, ${column.label}: ${bookingLabel(visit)}`
                        : `${time}, ${column.label}: free, book`
                    }
                    onFocus={() => setPlace({ column: index, line })}
                    onClick={() => (visit ? onOpen(visit) : onBook(column, time))}
                  />
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <div className="day-grid__blocks" aria-hidden="true">
        {columns.map((column, index) => (
          <div key={column.key} className="day-grid__lane" style={{ gridColumn: index + 2 }}>
            {perColumn[index]?.map((visit) => (
              <BookingBlock
                key={visit.visitId}
                visit={visit}
                place={placeOf(visit, perColumn[index] ?? [], lines)}
                second={groupBy === 'room' ? (visit.practitionerName ?? 'Nobody yet') : roomText(visit)}
              />
            ))}
          </div>
        ))}
      </div>
      {now >= 0 && now <= lines.length * lineMin && (
        <div className="day-grid__now" style={{ '--at': now / lineMin } as React.CSSProperties} aria-hidden="true" />
      )}
      <p className="visually-hidden" aria-live="polite">
        {visits.length === 0
          ? 'Nobody is booked on this day.'
          : `${visits.length} booked, first ${formatName(visits[0] ?? empty)}.`}
      </p>
    </div>
  )
}

const empty = { familyName: null, givenName: null, preferredName: null }

const moves: Readonly<Record<string, Place>> = {
  ArrowUp: { column: 0, line: -1 },
  ArrowDown: { column: 0, line: 1 },
  ArrowLeft: { column: -1, line: 0 },
  ArrowRight: { column: 1, line: 0 },
  PageUp: { column: 0, line: -8 },
  PageDown: { column: 0, line: 8 },
  Home: { column: 0, line: -1000 },
  End: { column: 0, line: 1000 },
}

function roomText({ room }: DayVisit): string {
  return room === null ? 'No room' : `Room ${room}`
}

/** Where the keyboard starts: now on today, the first line otherwise. */
function firstLine(calendar: Calendar, on: CalendarDate, lines: readonly string[]): number {
  if (on !== calendar.today) return 0
  const index = lines.findIndex((time) => calendar.nowTime < time)
  return Math.max(0, index - 1)
}
