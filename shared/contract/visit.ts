import { z } from 'zod'
import { bookingProblemCodes } from '../domain/booking.ts'
import { blockCodes, readinessParts, readinessStates, stepKinds } from '../domain/next-step.ts'
import { lifters } from '../domain/start-gate-facts.ts'
import { visitCancelReasons, visitServices, visitStatuses } from '../domain/visit.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  instant,
  line,
  nothing,
  patientId,
  recordVersion,
  seriesId,
  sessionId,
  staffId,
  visitId,
  waitingId,
} from './scalars.ts'

/** Wall clock of the clinic, 24 hours. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** A visit ends on the day on which it begins. */
export const startTime = clockTime.refine((time) => time <= '23:50', 'too late in the day')

/** Where, when and for what; without the length, which is the clinic's usual one where nobody says otherwise. */
export const visitPlan = {
  onDate: calendarDate,
  atTime: startTime,
  service: z.enum(visitServices),
  serviceNote: line(80).nullable(),
  practitionerId: staffId.nullable(),
  room: line(20).nullable(),
}

export const lengthMin = z.int().min(5).max(480)

/** Left out: the clinic's usual length, whichever course comes next, and inside the hours alone. */
const bookingChoices = {
  lengthMin: lengthMin.optional(),
  seriesId: seriesId.nullable().optional(),
  /** The person knows that this is outside the hours and wants it all the same. */
  isOutsideHours: z.boolean().optional(),
}

/** Why a time cannot be booked: somebody is elsewhere, a STOP answer, a licence, a day that is over. */
export const bookingRefusals = [
  ...bookingProblemCodes,
  'BOOKING_PAST',
  'BOOKING_STOPPED',
  'BOOKING_LICENCE_EXPIRED',
  'VISIT_PRACTITIONER_NOT_TREATING',
  'VISIT_PATIENT_ARCHIVED',
  'BOOKING_COURSE_NOT_OPEN',
] as const

export const nextStep = z.object({
  step: z.enum(stepKinds),
  toDo: z.array(z.enum(['SCREEN_FULL', 'SCREEN_SHORT', 'CONSENT'])),
  blocks: z.array(z.object({ code: z.enum(blockCodes), liftedBy: z.enum(lifters), on: calendarDate.nullable() })),
})

export const dayVisit = z.object({
  visitId,
  version: recordVersion,
  patientId,
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
  bornOn: calendarDate.nullable(),
  bornText: z.string().nullable(),
  chartNumber: z.string(),
  isLookAlike: z.boolean(),
  ...visitPlan,
  untilTime: clockTime,
  /** The course it was booked for. */
  seriesId: seriesId.nullable(),
  practitionerName: z.string().nullable(),
  status: z.enum(visitStatuses),
  arrivedAt: instant.nullable(),
  cancelReason: z.enum(visitCancelReasons).nullable(),
  isCancelledLate: z.boolean(),
  remindedAt: instant.nullable(),
  /** The course it belongs to and which treatment of it comes next; null for a talk or where none is planned. */
  series: z.object({ seriesId, sessionNo: z.int(), sessionsPlanned: z.int() }).nullable(),
  /** The treatment session of that day. */
  sessionId: sessionId.nullable(),
  /** What keeps people safe; null for who may see counts and names only. */
  care: z
    .object({
      hasOpenComplication: z.boolean(),
      hasRedFlag: z.boolean(),
      readiness: z.record(z.enum(readinessParts), z.enum(readinessStates)),
      next: nextStep,
      /** When the needling began and ended. */
      startedAt: instant.nullable(),
      endedAt: instant.nullable(),
    })
    .nullable(),
})
export type DayVisit = z.output<typeof dayVisit>

const count = z.int().min(0)

/** For a chart with a look-alike: the number on the patient's own card or file, read out or shown. */
const identity = z.strictObject({ chartNumber: line(40) }).nullable()

export const visit = {
  /** The list of one day in the order of the clock, cancelled visits last; `isMine` narrows to the caller's own. */
  day: query({
    may: 'schedule.read',
    input: z.strictObject({ on: calendarDate, isMine: z.boolean() }),
    output: z.object({
      on: calendarDate,
      /** Wall clock now, where `on` is today: between two rows of the list. */
      nowTime: clockTime.nullable(),
      visits: z.array(dayVisit),
      counts: z.object({
        patients: count,
        done: count,
        inRooms: count,
        waiting: count,
        consentsMissing: count,
        blocked: count,
        awaitPhysician: count,
      }),
    }),
  }),
  /** What a new line of the list chooses from. */
  choices: query({
    may: 'schedule.read',
    input: nothing,
    output: z.object({
      practitioners: z.array(z.object({ staffId, printedName: z.string() })),
      rooms: z.array(z.string()),
    }),
  }),
  add: command({
    may: 'schedule.write',
    input: z.strictObject({
      patientId,
      ...visitPlan,
      ...bookingChoices,
      /** The wait that this ends. */
      waiting: z.strictObject({ waitingId, version: recordVersion }).optional(),
    }),
    output: z.object({ visitId }),
    refusals: bookingRefusals,
  }),
  edit: command({
    may: 'schedule.write',
    input: z.strictObject({ patientId, visitId, version: recordVersion, ...visitPlan, ...bookingChoices }),
    output: z.object({ version: recordVersion }),
    refusals: ['VISIT_OVER', ...bookingRefusals],
  }),
  checkIn: command({
    may: 'schedule.write',
    input: z.strictObject({ patientId, visitId, version: recordVersion, identity }),
    output: z.object({ version: recordVersion }),
    refusals: ['VISIT_MOVE_NOT_ALLOWED', 'IDENTITY_CHECK_NEEDED', 'IDENTITY_DIFFERS', 'VISIT_NOT_TODAY'],
  }),
  /** Checks in the visit that this patient is expected for today: from search. */
  checkInToday: command({
    may: 'schedule.write',
    input: z.strictObject({ patientId, identity }),
    output: z.object({ visitId, version: recordVersion }),
    refusals: ['NO_VISIT_TODAY', 'VISIT_MOVE_NOT_ALLOWED', 'IDENTITY_CHECK_NEEDED', 'IDENTITY_DIFFERS'],
  }),
  /** Into a room, back to the waiting room, out of the house; EXPECTED takes back a check-in. */
  move: command({
    may: 'schedule.write',
    input: z.strictObject({
      patientId,
      visitId,
      version: recordVersion,
      to: z.enum(['EXPECTED', 'HERE', 'IN_ROOM', 'DONE']),
      room: line(20).nullable(),
    }),
    output: z.object({ version: recordVersion }),
    refusals: ['VISIT_MOVE_NOT_ALLOWED', 'VISIT_CHECK_IN_INSTEAD', 'ROOM_MISSING', ...bookingRefusals],
  }),
  cancel: command({
    may: 'schedule.write',
    input: z.strictObject({
      patientId,
      visitId,
      version: recordVersion,
      reason: z.enum(visitCancelReasons),
      /** The patient wants another time and waits for one. */
      isToWait: z.boolean().optional(),
    }),
    output: z.object({ version: recordVersion, isLate: z.boolean(), waitingId: waitingId.nullable() }),
    refusals: ['VISIT_MOVE_NOT_ALLOWED', 'VISIT_NO_SHOW_TOO_EARLY'],
  }),
}
