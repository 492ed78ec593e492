import { z } from 'zod'
import { complicationCodes } from '../domain/complication-codes.ts'
import { sessionStates } from '../domain/session-state.ts'
import { queueGroups, signOffLatenesses } from '../domain/sign-off.ts'
import { dateStates } from '../domain/stock-status.ts'
import { query } from './define.ts'
import {
  calendarDate,
  complicationId,
  instant,
  nothing,
  patientId,
  screeningId,
  sessionId,
  staffId,
} from './scalars.ts'

const count = z.int().min(0)

const person = {
  patientId,
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
  isLookAlike: z.boolean(),
}

const ownSession = z.object({
  ...person,
  sessionId,
  sessionNo: z.int(),
  state: z.enum(sessionStates),
  performedOn: calendarDate.nullable(),
  savedAt: instant,
})

export const today = {
  /** The figures that the day's list does not hold itself. */
  desk: query({
    may: 'followUp.read',
    input: nothing,
    output: z.object({
      followUpsDue: count,
      /** Of them, the ones that are made by phone. */
      callsToMake: count,
    }),
  }),
  /** Unfinished sessions of the person who asks. */
  ownWork: query({
    may: 'session.write',
    input: nothing,
    output: z.object({ sessions: z.array(ownSession) }),
  }),
  /** What waits for a physician. Lists are short; the totals beside them are whole. */
  physician: query({
    may: 'session.countersign',
    input: nothing,
    output: z.object({
      signOff: z.object({
        waiting: count,
        overdue: count,
        escalated: count,
        redFlag: count,
        attention: count,
        clean: count,
        first: z.array(
          z.object({
            ...person,
            sessionId,
            sessionNo: z.int(),
            authorName: z.string(),
            group: z.enum(queueGroups),
            deviations: count,
            submittedAt: instant,
            dueAt: instant,
            lateness: z.enum(signOffLatenesses),
          }),
        ),
      }),
      clearances: z.object({
        total: count,
        first: z.array(z.object({ ...person, screeningId, takenOn: calendarDate, signedAt: instant })),
      }),
      complications: z.object({
        total: count,
        redFlags: count,
        first: z.array(
          z.object({
            ...person,
            complicationId,
            code: z.enum(complicationCodes).nullable(),
            grade: z.int().nullable(),
            isRedFlag: z.boolean(),
            isAcknowledged: z.boolean(),
            reportedAt: instant,
          }),
        ),
      }),
      /** The caller's own standing: who asks them in whose place, their licence, and the protocol they answer for. */
      standing: z.object({
        standsInFor: z.array(z.object({ printedName: z.string(), untilOn: calendarDate })),
        deputy: z.object({ printedName: z.string(), fromOn: calendarDate, untilOn: calendarDate }).nullable(),
        licence: z.object({ expiresOn: calendarDate, dateState: z.enum(dateStates) }).nullable(),
        policyReview: z.object({ on: calendarDate, dateState: z.enum(dateStates) }).nullable(),
      }),
    }),
  }),
  /** Counts and staff names only: nothing of a chart. */
  manager: query({
    may: 'counts.read',
    input: nothing,
    output: z.object({
      signOff: z.object({ waiting: count, overdue: count, escalated: count }),
      unsubmitted: z.object({ drafts: count, returned: count }),
      complications: z.object({ open: count, redFlags: count }),
      /** How long before its last day a licence is shown. */
      licenceWarnDays: count,
      licences: z.array(
        z.object({ staffId, printedName: z.string(), expiresOn: calendarDate, dateState: z.enum(dateStates) }),
      ),
      policy: z.object({
        isMissing: z.boolean(),
        hasDraft: z.boolean(),
        effectiveFrom: calendarDate.nullable(),
        /** When the protocol is to be looked at again, by the policy's own months. */
        reviewOn: calendarDate.nullable(),
        reviewState: z.enum(dateStates).nullable(),
      }),
      lots: z.object({ past: count, soon: count }),
      calibrationsDue: count,
      lastCopyAt: instant.nullable(),
    }),
  }),
  /** Figures beside the entries of the rail; null where the person may not see them. */
  counts: query({
    may: 'self',
    input: nothing,
    output: z.object({
      today: count.nullable(),
      followUp: count.nullable(),
      patients: count.nullable(),
      stock: count.nullable(),
      clinic: count.nullable(),
    }),
  }),
}
