import type { DayVisit } from '../../../shared/contract/visit.ts'
import { minutesOf } from '../../../shared/domain/booking.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { Output } from '../../client/client.ts'

export type Calendar = Output<'booking.calendar'>
export type GroupBy = 'practitioner' | 'room'

/** One column of the day: a person or a room, or what is still without one. */
export type CalendarColumn = {
  readonly key: string
  readonly label: string
  readonly practitionerId: StaffId | null
  readonly room: string | null
  /** Away on that day; null where not. */
  readonly away: string | null
}

/** Minutes of one line of the grid. */
export const lineMin = 15

/** Visits that take time: cancelled ones do not. */
export function standing(visits: readonly DayVisit[]): readonly DayVisit[] {
  return visits.filter((visit) => visit.status !== 'CANCELLED')
}

export function columnsOf(calendar: Calendar, on: string, groupBy: GroupBy): readonly CalendarColumn[] {
  const visits = standing(calendar.visits).filter((visit) => visit.onDate === on)
  if (groupBy === 'room') {
    const rooms = calendar.rooms.map((room) => ({
      key: `room ${room}`,
      label: `Room ${room}`,
      practitionerId: null,
      room,
      away: null,
    }))
    const isWithout = visits.some((visit) => visit.room === null)
    return isWithout || rooms.length === 0 ? [...rooms, { ...nowhere, label: 'No room' }] : rooms
  }
  const people = calendar.practitioners.map((one) => ({
    key: one.staffId as string,
    label: one.printedName,
    practitionerId: one.staffId,
    room: null,
    away: awayWords(calendar, on, one.staffId),
  }))
  const isWithout = visits.some((visit) => visit.practitionerId === null)
  return isWithout || people.length === 0 ? [...people, { ...nowhere, label: 'Nobody yet' }] : people
}

const nowhere = { key: 'without', practitionerId: null, room: null, away: null } as const

function awayWords(calendar: Calendar, on: string, staffId: StaffId): string | null {
  const isAway = calendar.absences.some((one) => one.staffId === staffId && one.fromOn <= on && on <= one.untilOn)
  return isAway ? 'away' : null
}

export function visitsIn(visits: readonly DayVisit[], column: CalendarColumn, groupBy: GroupBy): readonly DayVisit[] {
  if (groupBy === 'room') return visits.filter((visit) => visit.room === column.room)
  return visits.filter((visit) => visit.practitionerId === column.practitionerId)
}

/** The lines of the grid, quarter by quarter: the opening hours, and every visit outside them. */
export function linesOf(calendar: Calendar, on: string): readonly string[] {
  const day = calendar.days.find((one) => one.on === on)
  const visits = standing(calendar.visits).filter((visit) => visit.onDate === on)
  const starts = [...(day?.open ?? []).map((span) => span.fromTime), ...visits.map((visit) => visit.atTime)]
  const ends = [...(day?.open ?? []).map((span) => span.untilTime), ...visits.map((visit) => visit.untilTime)]
  const first = Math.min(...starts.map(minutesOf), hasHours(day) ? 24 * 60 : 8 * 60)
  const last = Math.max(...ends.map(minutesOf), hasHours(day) ? 0 : 18 * 60)
  const from = Math.floor(first / lineMin) * lineMin
  const count = Math.max(1, Math.ceil((last - from) / lineMin))
  return Array.from({ length: count }, (_, index) => clockOf(from + index * lineMin))
}

function hasHours(day: Calendar['days'][number] | undefined): boolean {
  return (day?.open.length ?? 0) > 0
}

function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Place of a visit among the lines, and beside the others of its column that run at the same time. */
export function placeOf(visit: DayVisit, column: readonly DayVisit[], lines: readonly string[]) {
  const from = minutesOf(lines[0] ?? '00:00')
  const start = Math.floor((minutesOf(visit.atTime) - from) / lineMin)
  const span = Math.max(1, Math.ceil((minutesOf(visit.untilTime) - from) / lineMin) - start)
  const beside = column.filter((other) => other.atTime < visit.untilTime && visit.atTime < other.untilTime)
  const lane = beside.findIndex((other) => other.visitId === visit.visitId)
  return { start, span, lane: Math.max(0, lane), lanes: Math.max(1, beside.length) }
}
