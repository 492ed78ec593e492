import type { PatientId, StaffId, VisitId } from '../kernel/ids.ts'
import { addDays, addMonths, type CalendarDate, daysBetween } from '../kernel/time.ts'
import { isTreatment, type VisitCancelReason, type VisitService } from './visit.ts'

/** Wall clock of the clinic, `HH:mm`, 24 hours. Within one day its text order is its order in time. */
export type ClockTime = string

/** Monday is 1, Sunday 7. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof weekdays)[number]

/** A span of the week that comes again: opening hours of the clinic (no person) or working hours of one person. */
export type WorkingSpan = {
  readonly staffId: StaffId | null
  readonly weekday: Weekday
  readonly fromTime: ClockTime
  readonly untilTime: ClockTime
}

export const absenceReasons = ['HOLIDAY', 'ILLNESS', 'TRAINING', 'OTHER'] as const
export type AbsenceReason = (typeof absenceReasons)[number]

/** Whole days, both ends included. Nobody named: the clinic is closed. */
export type AwayDays = {
  readonly staffId: StaffId | null
  readonly fromOn: CalendarDate
  readonly untilOn: CalendarDate
}

/** Where and with whom somebody is to be, for how long. */
export type Slot = {
  readonly onDate: CalendarDate
  readonly atTime: ClockTime
  readonly untilTime: ClockTime
  readonly practitionerId: StaffId | null
  readonly room: string | null
}

/** What stands in the calendar already: expected, here or in a room. Who has left takes no room any more. */
export type TakenSlot = Slot & { readonly visitId: VisitId; readonly patientId: PatientId }

export const bookingProblemCodes = [
  'PATIENT_BUSY',
  'PRACTITIONER_BUSY',
  'ROOM_BUSY',
  'CLINIC_CLOSED',
  'PRACTITIONER_ABSENT',
  'OUTSIDE_OPENING_HOURS',
  'PRACTITIONER_NOT_IN',
] as const
export type BookingProblemCode = (typeof bookingProblemCodes)[number]

export type BookingProblem = {
  readonly code: BookingProblemCode
  /** The span that is in the way, or the hours that hold; null where there is none. */
  readonly fromTime: ClockTime | null
  readonly untilTime: ClockTime | null
}

/** Hours are a plan that a person may set aside for one visit; nobody is in two places, and away is away. */
const agreeable: readonly BookingProblemCode[] = ['OUTSIDE_OPENING_HOURS', 'PRACTITIONER_NOT_IN']

export function mayAgreeTo(code: BookingProblemCode): boolean {
  return agreeable.includes(code)
}

/** What a calendar is held against. Without any opening hours the clinic has not said when it is open: then always. */
export type CalendarRules = {
  readonly taken: readonly TakenSlot[]
  readonly hours: readonly WorkingSpan[]
  readonly away: readonly AwayDays[]
}

/** Everything that stands against this slot, the worst first; `except` is the visit that is being moved. */
export function judgeSlot(
  slot: Slot & { readonly patientId: PatientId },
  { taken, hours, away }: CalendarRules,
  except: VisitId | null = null,
): readonly BookingProblem[] {
  const problems: BookingProblem[] = []
  const inTheWay = taken.filter((other) => other.visitId !== except && overlaps(slot, other))
  const add = (code: BookingProblemCode, span: Pick<Slot, 'atTime' | 'untilTime'> | undefined) => {
    if (span) problems.push({ code, fromTime: span.atTime, untilTime: span.untilTime })
  }
  add(
    'PATIENT_BUSY',
    inTheWay.find((other) => other.patientId === slot.patientId),
  )
  add(
    'PRACTITIONER_BUSY',
    inTheWay.find((other) => slot.practitionerId !== null && other.practitionerId === slot.practitionerId),
  )
  add(
    'ROOM_BUSY',
    inTheWay.find((other) => slot.room !== null && other.room === slot.room),
  )
  if (isAway(away, null, slot.onDate)) problems.push({ code: 'CLINIC_CLOSED', fromTime: null, untilTime: null })
  if (slot.practitionerId !== null && isAway(away, slot.practitionerId, slot.onDate)) {
    problems.push({ code: 'PRACTITIONER_ABSENT', fromTime: null, untilTime: null })
  }
  const weekday = weekdayOf(slot.onDate)
  const outside = (code: BookingProblemCode, whose: StaffId | null) => {
    const own = hours.filter((span) => span.staffId === whose)
    if (own.length === 0) return
    const spans = own.filter((span) => span.weekday === weekday)
    if (spans.some((span) => span.fromTime <= slot.atTime && slot.untilTime <= span.untilTime)) return
    const [first] = spans
    problems.push({ code, fromTime: first?.fromTime ?? null, untilTime: first?.untilTime ?? null })
  }
  outside('OUTSIDE_OPENING_HOURS', null)
  if (slot.practitionerId !== null) outside('PRACTITIONER_NOT_IN', slot.practitionerId)
  return problems
}

/** Spans that touch do not overlap: 10:00-11:15 leaves 11:15 free. */
export function overlaps(
  one: Pick<Slot, 'onDate' | 'atTime' | 'untilTime'>,
  other: Pick<Slot, 'onDate' | 'atTime' | 'untilTime'>,
): boolean {
  return one.onDate === other.onDate && one.atTime < other.untilTime && other.atTime < one.untilTime
}

function isAway(away: readonly AwayDays[], staffId: StaffId | null, on: CalendarDate): boolean {
  return away.some((days) => days.staffId === staffId && days.fromOn <= on && on <= days.untilOn)
}

/** Monday 3 January 2000 counts from one. */
export function weekdayOf(on: CalendarDate): Weekday {
  const days = daysBetween('2000-01-03', on)
  return ((((days % 7) + 7) % 7) + 1) as Weekday
}

export function mondayOf(on: CalendarDate): CalendarDate {
  return addDays(on, 1 - weekdayOf(on))
}

/** Minutes since midnight. */
export function minutesOf(time: ClockTime): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

const lastMinute = 23 * 60 + 59

/** The wall clock `minutes` later, at the latest 23:59: a visit ends on the day on which it began. */
export function clockAfter(time: ClockTime, minutes: number): ClockTime {
  const at = Math.min(minutesOf(time) + minutes, lastMinute)
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}

export function lengthOf({ atTime, untilTime }: Pick<Slot, 'atTime' | 'untilTime'>): number {
  return minutesOf(untilTime) - minutesOf(atTime)
}

/** What the clinic agreed about its calendar; each is a clinic setting (CC). */
export type BookingSettings = {
  /** Consultations, checks and reviews; treatments take `bookingMin` of the policy, 75 (section 2, row 11). */
  readonly talkMin: number
  /** A patient who cancels later than this before the start has cancelled late. */
  readonly lateCancelHours: number
  /** Days before a visit on which its reminder is due (section 9: 7 and 1), furthest first. */
  readonly reminderDays: readonly number[]
}

export const shippedBookingSettings: BookingSettings = { talkMin: 30, lateCancelHours: 24, reminderDays: [7, 1] }

/** Numbing, needling and after-care together for a treatment (clinical reference, section 2, row 11). */
export function usualLengthMin(
  service: VisitService,
  { bookingMin, talkMin }: { readonly bookingMin: number; readonly talkMin: number },
): number {
  return isTreatment(service) ? bookingMin : talkMin
}

/** Only a patient can be late; `minutesAhead` is how long before the start it was said. */
export function isLateCancel(
  reason: VisitCancelReason,
  minutesAhead: number,
  { lateCancelHours }: Pick<BookingSettings, 'lateCancelHours'>,
): boolean {
  return reason === 'NO_SHOW' || (reason === 'PATIENT' && minutesAhead < lateCancelHours * 60)
}

/** Nobody has failed to come before it is time to come. */
export function isNoShowTooEarly(reason: VisitCancelReason, minutesAhead: number): boolean {
  return reason === 'NO_SHOW' && minutesAhead > 0
}

/** Minutes from now to the start, both on the clinic's wall clock. */
export function minutesAhead(
  start: Pick<Slot, 'onDate' | 'atTime'>,
  now: { readonly on: CalendarDate; readonly time: ClockTime },
): number {
  return daysBetween(now.on, start.onDate) * 24 * 60 + minutesOf(start.atTime) - minutesOf(now.time)
}

/**
 * Which reminder is due: the number of days before the visit, or null. One is due from its day until the next one is;
 * `remindedOn` is the day of the last one that went out.
 */
export function reminderDue(
  { onDate, remindedOn }: { readonly onDate: CalendarDate; readonly remindedOn: CalendarDate | null },
  today: CalendarDate,
  { reminderDays }: Pick<BookingSettings, 'reminderDays'>,
): number | null {
  if (onDate <= today) return null
  const due = [...reminderDays].sort((one, other) => one - other).find((days) => daysBetween(today, onDate) <= days)
  if (due === undefined) return null
  return remindedOn !== null && remindedOn >= addDays(onDate, -due) ? null : due
}

export type ProposedDate = {
  /** The last one plus the interval, clamped to the month's end (clinical reference, section 9). */
  readonly dueOn: CalendarDate
  /** The first day from then on that is free, or the due day itself where none was within reach. */
  readonly onDate: CalendarDate
  /** What stands against `onDate`; empty where it is free. */
  readonly problems: readonly BookingProblem[]
  /** Why the due day itself was passed over; empty where it was not. */
  readonly passedOver: readonly BookingProblem[]
}

/** How far a date of a series is moved on by itself in search of a free day; further is a person's decision. */
const searchDays = 14

/**
 * The dates of a series at one time of day: each is due one interval after the one before it, as the next due date
 * follows the last session and not the plan (clinical reference, section 9), and moves on to the first free day.
 */
export function proposeSeries(
  plan: Omit<Slot, 'onDate'> & {
    readonly patientId: PatientId
    readonly firstOn: CalendarDate
    readonly count: number
    readonly intervalMonths: number
  },
  rules: CalendarRules,
): readonly ProposedDate[] {
  const proposed: ProposedDate[] = []
  let dueOn = plan.firstOn
  for (let index = 0; index < plan.count; index += 1) {
    const judge = (onDate: CalendarDate) => judgeSlot({ ...plan, onDate }, rules)
    const passedOver = judge(dueOn)
    const free = Array.from({ length: searchDays + 1 }, (_, days) => addDays(dueOn, days)).find(
      (day) => judge(day).length === 0,
    )
    const onDate = free ?? dueOn
    proposed.push({ dueOn, onDate, problems: free === undefined ? passedOver : [], passedOver })
    dueOn = addMonths(onDate, plan.intervalMonths)
  }
  return proposed
}

/** How the questionnaire stands on the day of a booking (clinical reference, sections 2, row 17, and 3). */
export const bookingVerdicts = ['FREE', 'EARLY', 'STOPPED'] as const
export type BookingVerdict = {
  /** EARLY: a physician clears it, or time does. STOPPED: only a consultation with a physician may be booked. */
  readonly verdict: (typeof bookingVerdicts)[number]
  /** First day on which time alone has lifted everything; null where no day does. */
  readonly eligibleOn: CalendarDate | null
}

export function judgeClock(
  service: VisitService,
  screening: {
    readonly stops: number
    readonly uncleared: number
    readonly eligibleOn: CalendarDate | null
  },
): BookingVerdict {
  if (!isTreatment(service)) return { verdict: 'FREE', eligibleOn: null }
  const { stops, uncleared, eligibleOn } = screening
  if (stops > 0) return { verdict: 'STOPPED', eligibleOn }
  return uncleared > 0 ? { verdict: 'EARLY', eligibleOn } : { verdict: 'FREE', eligibleOn: null }
}

export const waitingStates = ['WAITING', 'BOOKED', 'LEFT'] as const
export type WaitingState = (typeof waitingStates)[number]
export const dayParts = ['ANY', 'MORNING', 'AFTERNOON'] as const
export type DayPart = (typeof dayParts)[number]

/** How many sessions are booked in one act: as many as a course may have (clinical reference, section 9). */
export const seriesCountBounds = { from: 1, to: 12 } as const

/** Spans of one person's week that meet on the same day; touching ones do not. */
export function hasOverlap(spans: readonly Omit<WorkingSpan, 'staffId'>[]): boolean {
  return spans.some((one, index) =>
    spans
      .slice(index + 1)
      .some(
        (other) => one.weekday === other.weekday && one.fromTime < other.untilTime && other.fromTime < one.untilTime,
      ),
  )
}

/** The problem that keeps a slot from being booked; null where nothing does, or a person agreed to what does. */
function refusingProblem(problems: readonly BookingProblem[], isOutsideHours: boolean): BookingProblem | null {
  return problems.find(({ code }) => !(isOutsideHours && mayAgreeTo(code))) ?? null
}

/** What is left of a check when somebody wants to save. */
export type BookingRefusal = {
  readonly code: BookingProblemCode | 'BOOKING_STOPPED' | 'BOOKING_LICENCE_EXPIRED'
  readonly facts: Readonly<Record<string, string | null>>
}

/**
 * Why a time is not booked; null where it is. A double booking, a closed day and an absence always refuse; hours do
 * unless a person agreed. A STOP answer refuses a treatment (clinical reference, section 2, row 17), an ended licence
 * its practitioner (section 8). What the visit was before is not asked again.
 */
export function bookingRefusal(
  check: {
    readonly problems: readonly BookingProblem[]
    readonly clock: BookingVerdict
    readonly licenceEndedOn: CalendarDate | null
  },
  change: { readonly isOutsideHours: boolean; readonly isNewDay: boolean; readonly isNewPair: boolean },
): BookingRefusal | null {
  const problem = refusingProblem(check.problems, change.isOutsideHours)
  if (problem) return { code: problem.code, facts: { fromTime: problem.fromTime, untilTime: problem.untilTime } }
  if (change.isNewDay && check.clock.verdict === 'STOPPED')
    return { code: 'BOOKING_STOPPED', facts: { eligibleOn: check.clock.eligibleOn } }
  if (change.isNewPair && check.licenceEndedOn !== null)
    return { code: 'BOOKING_LICENCE_EXPIRED', facts: { endedOn: check.licenceEndedOn } }
  return null
}
