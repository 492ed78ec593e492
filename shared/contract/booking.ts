import { z } from 'zod'
import { absenceReasons, bookingProblemCodes, bookingVerdicts, dayParts, seriesCountBounds } from '../domain/booking.ts'
import { outcomes } from '../domain/finding.ts'
import { readinessParts, readinessStates } from '../domain/next-step.ts'
import { seriesStatuses } from '../domain/series.ts'
import { visitServices } from '../domain/visit.ts'
import { command, query } from './define.ts'
import {
  absenceId,
  calendarDate,
  instant,
  line,
  patientId,
  recordVersion,
  seriesId,
  staffId,
  visitId,
  waitingId,
} from './scalars.ts'
import { bookingRefusals, clockTime, dayVisit, lengthMin, nextStep, startTime, visitPlan } from './visit.ts'

const count = z.int().min(0)
const weekday = z.int().min(1).max(7)
const span = { weekday, fromTime: clockTime, untilTime: clockTime }

const problem = z.object({
  code: z.enum(bookingProblemCodes),
  fromTime: clockTime.nullable(),
  untilTime: clockTime.nullable(),
  /** A person may set it aside for one visit. */
  mayAgree: z.boolean(),
})

/** What stands in the way of a booking on its day, without a word of what the patient answered. */
const judged = z.object({
  problems: z.array(problem),
  verdict: z.enum(bookingVerdicts),
  eligibleOn: calendarDate.nullable(),
  readiness: z.record(z.enum(readinessParts), z.enum(readinessStates)),
  next: nextStep,
})
export type JudgedBooking = z.output<typeof judged>

const absence = z.object({
  absenceId,
  staffId: staffId.nullable(),
  staffName: z.string().nullable(),
  fromOn: calendarDate,
  untilOn: calendarDate,
  reason: z.enum(absenceReasons),
})

const settings = {
  talkMin: z.int().min(5).max(480),
  lateCancelHours: z.int().min(0).max(720),
  reminderDays: z.array(z.int().min(1).max(60)).max(5),
}

const person = {
  patientId,
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
  isLookAlike: z.boolean(),
}

export const booking = {
  /** One to seven days from `from`: who is booked with whom and where, and when people work. */
  calendar: query({
    may: 'schedule.read',
    input: z.strictObject({ from: calendarDate, days: z.int().min(1).max(7) }),
    output: z.object({
      today: calendarDate,
      /** Wall clock now. */
      nowTime: clockTime,
      days: z.array(
        z.object({
          on: calendarDate,
          isClosed: z.boolean(),
          /** Opening hours of that weekday, earliest first; none where the clinic is closed or has not said. */
          open: z.array(z.object({ fromTime: clockTime, untilTime: clockTime })),
        }),
      ),
      visits: z.array(dayVisit),
      absences: z.array(absence),
      practitioners: z.array(z.object({ staffId, printedName: z.string(), isPhysician: z.boolean() })),
      rooms: z.array(z.string()),
      usualMin: z.object({ treatment: lengthMin, talk: lengthMin }),
      waiting: count,
    }),
  }),
  /** What a new booking of this patient starts from. */
  patient: query({
    may: 'schedule.write',
    input: z.strictObject({ patientId }),
    output: z.object({
      ...person,
      bornOn: calendarDate.nullable(),
      bornText: z.string().nullable(),
      chartNumber: z.string(),
      courses: z.array(
        z.object({
          seriesId,
          status: z.enum(seriesStatuses),
          mayBook: z.boolean(),
          sessionsPlanned: count,
          sessionsDone: count,
          sessionsBooked: count,
          intervalMonths: count,
          nextDueOn: calendarDate.nullable(),
        }),
      ),
      coming: z.array(z.object({ visitId, onDate: calendarDate, atTime: clockTime, service: z.enum(visitServices) })),
    }),
  }),
  /** Everything that stands against one time, before anybody saves. */
  check: query({
    may: 'schedule.write',
    input: z.strictObject({
      patientId,
      visitId: visitId.nullable(),
      ...visitPlan,
      lengthMin,
      seriesId: seriesId.nullable(),
    }),
    output: judged,
  }),
  /** Why a treatment on that day is early or stopped: rule, answer, since when, and what would lift it. */
  clock: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId, on: calendarDate, seriesId: seriesId.nullable() }),
    output: z.object({
      eligibleOn: calendarDate.nullable(),
      findings: z.array(
        z.object({
          questionId: z.string(),
          rule: z.string(),
          outcome: z.enum(outcomes),
          eligibleOn: calendarDate.nullable(),
          lifts: z.array(z.enum(['PHYSICIAN', 'DATE', 'ANSWER'])),
          /** Day of the form the answer comes from. */
          answeredOn: calendarDate.nullable(),
        }),
      ),
    }),
  }),
  /** The dates of a series with what each lacks; nothing is saved. */
  previewSeries: query({
    may: 'schedule.write',
    input: z.strictObject({
      patientId,
      seriesId,
      firstOn: calendarDate,
      count: z.int().min(seriesCountBounds.from).max(seriesCountBounds.to),
      atTime: startTime,
      lengthMin,
      practitionerId: staffId.nullable(),
      room: line(20).nullable(),
    }),
    output: z.object({
      dates: z.array(z.object({ dueOn: calendarDate, onDate: calendarDate, passedOver: z.array(problem), judged })),
    }),
    refusals: ['BOOKING_COURSE_NOT_OPEN'],
  }),
  /** Books every date of a series, or none of them. */
  bookSeries: command({
    may: 'schedule.write',
    input: z.strictObject({
      patientId,
      seriesId,
      dates: z
        .array(z.strictObject({ onDate: calendarDate, atTime: startTime }))
        .min(seriesCountBounds.from)
        .max(seriesCountBounds.to),
      lengthMin,
      practitionerId: staffId.nullable(),
      room: line(20).nullable(),
      isOutsideHours: z.boolean().optional(),
    }),
    output: z.object({ visitIds: z.array(visitId) }),
    refusals: bookingRefusals,
  }),
  waiting: query({
    may: 'schedule.read',
    input: z.strictObject({}),
    output: z.object({
      entries: z.array(
        z.object({
          ...person,
          waitingId,
          version: recordVersion,
          since: instant,
          service: z.enum(visitServices),
          seriesId: seriesId.nullable(),
          lengthMin,
          practitionerId: staffId.nullable(),
          practitionerName: z.string().nullable(),
          dayPart: z.enum(dayParts),
          fromOn: calendarDate,
          untilOn: calendarDate.nullable(),
          note: z.string().nullable(),
          phone: z.string().nullable(),
        }),
      ),
    }),
  }),
  wait: command({
    may: 'schedule.write',
    input: z.strictObject({
      patientId,
      service: z.enum(visitServices),
      seriesId: seriesId.nullable(),
      lengthMin,
      practitionerId: staffId.nullable(),
      dayPart: z.enum(dayParts),
      fromOn: calendarDate,
      untilOn: calendarDate.nullable(),
      note: line(200).nullable(),
    }),
    output: z.object({ waitingId }),
    refusals: ['WAITING_DAYS_REVERSED', 'VISIT_PATIENT_ARCHIVED', 'VISIT_PRACTITIONER_NOT_TREATING'],
  }),
  /** Off the waiting list without a visit. */
  leave: command({
    may: 'schedule.write',
    input: z.strictObject({ patientId, waitingId, version: recordVersion }),
    output: z.object({}),
  }),
  /** Whom a reminder is due for: what its text may say, which is never what the visit is for. */
  reminders: query({
    may: 'schedule.write',
    input: z.strictObject({}),
    output: z.object({
      clinicName: z.string(),
      clinicPhone: z.string(),
      reminders: z.array(
        z.object({
          ...person,
          visitId,
          version: recordVersion,
          onDate: calendarDate,
          atTime: clockTime,
          daysAhead: count,
          phone: z.string().nullable(),
          remindedAt: instant.nullable(),
        }),
      ),
    }),
  }),
  /** Its text was copied or printed; the program sends nothing. */
  remind: command({
    may: 'schedule.write',
    input: z.strictObject({ patientId, visitId, version: recordVersion, how: z.enum(['COPIED', 'PRINTED', 'PHONED']) }),
    output: z.object({ version: recordVersion }),
    refusals: ['VISIT_OVER'],
  }),
  /** Opening hours, recurring days and absences to come. */
  hours: query({
    may: 'schedule.read',
    input: z.strictObject({}),
    output: z.object({
      spans: z.array(z.object({ staffId: staffId.nullable(), ...span })),
      absences: z.array(absence),
      practitioners: z.array(z.object({ staffId, printedName: z.string() })),
      settings: z.object(settings),
      settingsVersion: recordVersion.nullable(),
    }),
  }),
  /** Replaces the week of the clinic (`staffId` null) or of one person. */
  setHours: command({
    may: 'clinic.write',
    input: z.strictObject({ staffId: staffId.nullable(), spans: z.array(z.strictObject(span)).max(28) }),
    output: z.object({}),
    refusals: ['HOURS_OVERLAP', 'HOURS_REVERSED', 'VISIT_PRACTITIONER_NOT_TREATING'],
  }),
  setSettings: command({
    may: 'clinic.write',
    input: z.strictObject({ version: recordVersion.nullable(), ...settings }),
    output: z.object({}),
  }),
  /** Whole days; nobody named: the clinic is closed. Answers with the bookings that now have nobody. */
  addAbsence: command({
    may: 'schedule.write',
    input: z.strictObject({
      staffId: staffId.nullable(),
      fromOn: calendarDate,
      untilOn: calendarDate,
      reason: z.enum(absenceReasons),
    }),
    output: z.object({ absenceId, bookingsInIt: count }),
    refusals: ['ABSENCE_REVERSED', 'VISIT_PRACTITIONER_NOT_TREATING'],
  }),
  takeBackAbsence: command({
    may: 'schedule.write',
    input: z.strictObject({ absenceId }),
    output: z.object({}),
  }),
}
