import { z } from 'zod'
import { complicationCodes, grades } from '../../domain/complication-codes.ts'
import { complicationStates } from '../../domain/complication-state.ts'
import { archiveReasons, contactChannels, phoneKinds } from '../../domain/patient.ts'
import { recallFindings, type TraceCriteria, tracedRegisters, traceReasons } from '../../domain/recall.ts'
import { sessionStates } from '../../domain/session-state.ts'
import { stockRegisters } from '../../domain/stock-status.ts'
import { calendarDate, complicationId, deviceId, line, patientId, sessionId, staffId } from '../scalars.ts'
import type { SameType } from './same-type.ts'
import { scannedText } from './stock.ts'
import { zoneSide } from './zones.ts'

const window = { from: calendarDate.nullable(), to: calendarDate.nullable() }

export const exposure = {
  practitionerId: staffId.nullable(),
  room: line(60).nullable(),
  deviceId: deviceId.nullable(),
}
/** For rules of `traceProblem` the handler answers with a sentence, so that a form is refused in words. */
export const traceCriteria = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('LOT'), lot: scannedText, ...window }),
  z.strictObject({ kind: z.literal('PRODUCT'), register: z.enum(tracedRegisters), article: line(250), ...window }),
  z.strictObject({ kind: z.literal('UDI'), code: scannedText, ...window }),
  z.strictObject({ kind: z.literal('DEVICE'), deviceId, ...window }),
  z.strictObject({ kind: z.literal('EXPOSURE'), ...exposure, ...window }),
]) satisfies z.ZodType<TraceCriteria>
true satisfies SameType<z.infer<typeof traceCriteria>, TraceCriteria>

export const traceProblems = [
  'LOT_NEEDED',
  'ARTICLE_NEEDED',
  'UDI_NEEDED',
  'EXPOSURE_NEEDED',
  'WINDOW_BACKWARDS',
  'WINDOW_NEEDED',
] as const

export const stockLine = z.object({
  register: z.enum(stockRegisters),
  id: z.string(),
  article: z.string(),
  number: z.string(),
  status: z.string(),
  /** What should still lie there; null where nobody counts pieces. */
  pieces: z.int().nullable(),
})

export const affectedPatient = z.object({
  patientId,
  chartNumber: z.string(),
  names: z.object({
    family: z.string().nullable(),
    given: z.string().nullable(),
    middle: z.string().nullable(),
    preferred: z.string().nullable(),
  }),
  bornOn: calendarDate.nullable(),
  bornText: z.string().nullable(),
  /** Why the chart is archived; null where it is not. */
  archived: z.enum(archiveReasons).nullable(),
  contact: z.object({
    phones: z.array(z.object({ kind: z.enum(phoneKinds), number: z.string() })),
    email: z.string().nullable(),
    address: z.array(z.string()),
    preferredChannel: z.enum(contactChannels).nullable(),
    language: z.string().nullable(),
    interpreterNeeded: z.boolean(),
    guardian: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
  }),
  finding: z.enum(recallFindings),
  sessions: z.array(
    z.object({
      sessionId,
      sessionNo: z.int(),
      performedOn: calendarDate.nullable(),
      state: z.enum(sessionStates),
      practitionerName: z.string(),
      room: z.string().nullable(),
      finding: z.enum(recallFindings),
      reason: z.enum(traceReasons),
      /** The lot as typed. */
      detail: z.string().nullable(),
      /** Null for people who read no charts. */
      zones: z.array(zoneSide).nullable(),
    }),
  ),
  /** Null for people who read no charts. */
  complications: z
    .array(
      z.object({
        complicationId,
        code: z.enum(complicationCodes).nullable(),
        grade: z.literal(grades).nullable(),
        state: z.enum(complicationStates),
      }),
    )
    .nullable(),
})
export type AffectedPatient = z.output<typeof affectedPatient>

/** What a trace found: those the records name first, then those they cannot rule out. */
export const traced = z.object({
  readAs: z.string().nullable(),
  stock: z.array(stockLine),
  patients: z.array(affectedPatient),
  /** True where there are more sessions than one trace shows: narrow the window. */
  isCut: z.boolean(),
})
export type Traced = z.output<typeof traced>
