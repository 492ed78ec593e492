import { z } from 'zod'
import { addendumStates, amendedRecordKinds } from '../domain/addendum.ts'
import { clearanceDecisions } from '../domain/clearance.ts'
import { complicationCodes } from '../domain/complication-codes.ts'
import { complicationStates } from '../domain/complication-state.ts'
import { signerRoles } from '../domain/consent/consent.ts'
import { consentStates } from '../domain/consent/consent-state.ts'
import { consentProcedures } from '../domain/consent/template.ts'
import { deviceTypes } from '../domain/device.ts'
import { followUpKinds } from '../domain/follow-up.ts'
import { consentStandings } from '../domain/next-step.ts'
import { screeningForms } from '../domain/screening/question.ts'
import { seriesStatuses } from '../domain/series.ts'
import { sessionStates } from '../domain/session-state.ts'
import { nextSessionDecisions, signedRecordKinds, signOffMeanings } from '../domain/sign-off.ts'
import { visitCancelReasons, visitServices, visitStatuses } from '../domain/visit.ts'
import { indications, sides, zoneCodes } from '../domain/zones.ts'
import { query } from './define.ts'
import {
  calendarDate,
  complicationId,
  followUpId,
  instant,
  orderId,
  patientId,
  seriesId,
  sessionId,
  visitId,
} from './scalars.ts'
import { complicationGrade } from './schemas/complication.ts'

const count = z.int().min(0)
const name = z.string().nullable()

/** Groups of the timeline that a person can ask for alone. */
export const chartFilters = ['ALL', 'SESSIONS', 'COMPLICATIONS', 'CONSENTS', 'SIGN_OFFS'] as const

/** What the head row of the record says; no body is opened for the list. */
const facts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('SESSION'),
    state: z.enum(sessionStates),
    sessionNo: z.int(),
    isStarted: z.boolean(),
    isRf: z.boolean(),
    recordOnly: z.boolean(),
    lateEntry: z.boolean(),
    zones: count,
    maxDepthUm: z.int().nullable(),
    deviations: count,
  }),
  z.object({
    kind: z.literal('CONSENT'),
    state: z.enum(consentStates),
    procedure: z.enum(consentProcedures),
    templateMajor: z.int(),
    templateMinor: z.int(),
    signerRole: z.enum(signerRoles).nullable(),
  }),
  z.object({ kind: z.literal('SCREENING'), form: z.enum(screeningForms), hasOpenClear: z.boolean() }),
  z.object({
    kind: z.literal('ORDER'),
    state: z.enum(['SIGNED', 'SUPERSEDED', 'REVOKED']),
    deviceType: z.enum(deviceTypes),
    sessions: z.int(),
    expiresOn: calendarDate,
  }),
  z.object({
    kind: z.literal('CLEARANCE'),
    decision: z.enum(clearanceDecisions),
    maxDepthUm: z.int().nullable(),
    expiresOn: calendarDate,
  }),
  z.object({
    kind: z.literal('COMPLICATION'),
    state: z.enum(complicationStates),
    code: z.enum(complicationCodes).nullable(),
    grade: complicationGrade.nullable(),
    worstGrade: complicationGrade.nullable(),
    isRedFlag: z.boolean(),
  }),
  z.object({
    kind: z.literal('ADDENDUM'),
    state: z.enum(addendumStates),
    amends: z.enum(amendedRecordKinds),
    /** The record that it stands beside. */
    amendsId: z.string(),
  }),
  z.object({
    kind: z.literal('SIGN_OFF'),
    record: z.enum(signedRecordKinds),
    /** The session or the addendum that was signed. */
    recordId: z.string(),
    meaning: z.enum(signOffMeanings),
    decision: z.enum(nextSessionDecisions),
  }),
  z.object({
    kind: z.literal('FOLLOW_UP'),
    task: z.enum(followUpKinds),
    reactionCode: z.enum(complicationCodes).nullable(),
    outcome: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('VISIT'),
    status: z.enum(visitStatuses),
    service: z.enum(visitServices),
    serviceNote: z.string().nullable(),
    cancelReason: z.enum(visitCancelReasons).nullable(),
  }),
])

/** Another chart of the same person, merged into this one: what was signed there keeps that name and number. */
const otherChart = z.object({ chartNumber: z.string(), family: name, given: name })

/** One line of the timeline. `id` is the record's; where it leads is the screen's business. */
const timelineEntry = z.object({
  id: z.string(),
  /** The chart that the record stands in. */
  patientId,
  /** Null for records of the chart that was asked for. */
  under: otherChart.nullable(),
  at: instant,
  on: calendarDate,
  who: name,
  signedAt: instant.nullable(),
  /** Voided or withdrawn: kept and struck through. */
  isStruck: z.boolean(),
  facts,
})
export type ChartEntry = z.output<typeof timelineEntry>

/** Where the next page begins: the last line of the one before. */
const cursor = z.strictObject({ at: instant, id: z.uuid() })

const page = z.object({ entries: z.array(timelineEntry), next: cursor.nullable() })

const openComplication = z.object({
  patientId,
  complicationId,
  state: z.enum(complicationStates),
  code: z.enum(complicationCodes).nullable(),
  grade: complicationGrade.nullable(),
  isRedFlag: z.boolean(),
  blocks: z.boolean(),
  isAcknowledged: z.boolean(),
  reportedAt: instant,
})

/** `patientId`: the chart that it stands in. */
const outstanding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('HOLD'), patientId, seriesId, reason: z.string().nullable() }),
  z.object({ kind: z.literal('CONSENT'), patientId, standing: z.enum(consentStandings) }),
  z.object({ kind: z.literal('SCREENING_DECISION'), patientId, id: z.string(), takenOn: calendarDate }),
  z.object({
    kind: z.literal('SESSION'),
    patientId,
    sessionId,
    sessionNo: z.int(),
    state: z.enum(sessionStates),
    who: name,
    dueAt: instant.nullable(),
  }),
  z.object({ kind: z.literal('ADDENDUM'), patientId, id: z.string(), state: z.enum(addendumStates), who: name }),
  z.object({
    kind: z.literal('FOLLOW_UP'),
    patientId,
    followUpId,
    task: z.enum(followUpKinds),
    reactionCode: z.enum(complicationCodes).nullable(),
    complicationId: complicationId.nullable(),
    dueOn: calendarDate,
  }),
])
export type ChartOutstanding = z.output<typeof outstanding>

export const chart = {
  /**
   * The chart of one person on one page, with the newest lines of its timeline. A merged chart opens as the kept one:
   * `patientId` is then another than was asked for.
   */
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      patientId,
      /** Charts that are merged into this one. */
      merged: z.array(otherChart.extend({ patientId, mergedOn: calendarDate })),
      timeline: page,
      counts: z.record(z.enum(chartFilters), count),
      /** The newest course; null where none is planned. */
      plan: z
        .object({
          seriesId,
          status: z.enum(seriesStatuses),
          statusReason: z.string().nullable(),
          goals: z.array(z.enum(indications)),
          sessionsPlanned: z.int(),
          performedOn: z.array(calendarDate),
          nextDueOn: calendarDate.nullable(),
          outcomeReviewOn: calendarDate.nullable(),
          order: z.object({ orderId, expiresOn: calendarDate, sessionsLeft: z.int(), signedBy: z.string() }).nullable(),
        })
        .nullable(),
      lastSession: z
        .object({
          patientId,
          under: otherChart.nullable(),
          sessionId,
          sessionNo: z.int(),
          performedOn: calendarDate,
          isRf: z.boolean(),
          state: z.enum(sessionStates),
          who: name,
          signedBy: name,
          signedAt: instant.nullable(),
          deviations: count,
          zones: z.array(
            z.object({
              zone: z.enum(zoneCodes),
              side: z.enum(sides),
              site: z.string().nullable(),
              depthUm: z.int(),
              passes: count,
            }),
          ),
          lots: z.array(z.string()),
        })
        .nullable(),
      complications: z.array(openComplication),
      outstanding: z.array(outstanding),
    }),
  }),
  /** Further lines, or those of one group. Newest first. */
  timeline: query({
    may: 'chart.read',
    input: z.strictObject({ patientId, filter: z.enum(chartFilters), before: cursor.nullable() }),
    output: page,
  }),
  /** The newest visits of one person, past and coming: for the desk, which opens no chart. */
  visits: query({
    may: 'schedule.read',
    input: z.strictObject({ patientId }),
    output: z.object({
      visits: z.array(
        z.object({
          visitId,
          onDate: calendarDate,
          atTime: z.string(),
          service: z.enum(visitServices),
          serviceNote: z.string().nullable(),
          status: z.enum(visitStatuses),
          cancelReason: z.enum(visitCancelReasons).nullable(),
          who: name,
        }),
      ),
    }),
  }),
}
