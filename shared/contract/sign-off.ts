import { z } from 'zod'
import { deviationCodes } from '../domain/deviation.ts'
import { seriesStatuses } from '../domain/series.ts'
import { sessionWarningCodes } from '../domain/session.ts'
import {
  confirmedSupervisionModes,
  deviationDispositions,
  nextSessionDecisions,
  queueGroups,
  signOffLatenesses,
  signOffMeanings,
} from '../domain/sign-off.ts'
import { sides, zoneCodes } from '../domain/zones.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import {
  addendumId,
  calendarDate,
  instant,
  nothing,
  orderId,
  patientId,
  prose,
  sessionId,
  signOffId,
  staffId,
  versionId,
} from './scalars.ts'
import { orderBody } from './schemas/order.ts'
import { sessionBody } from './schemas/session.ts'
import { refusalFact } from './schemas/session-desk.ts'
import { returnPointer, signOffBody } from './schemas/sign-off.ts'

const count = z.int().min(0)
const person = z.object({ staffId, printedName: z.string() })
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Required where another physician than the one named in the record reviews it. */
const takeoverReason = prose(1000).nullable()

/** The days on which the caller stands in for the physician named; null where the caller does not today. */
const standsIn = z.object({ fromOn: calendarDate, untilOn: calendarDate }).nullable()

/** Who it is about, as every list shows people. */
const listedPatient = z.object({
  patientId,
  familyName: z.string().nullable(),
  givenName: z.string().nullable(),
  preferredName: z.string().nullable(),
  bornOn: calendarDate.nullable(),
  chartNumber: z.string(),
  isLookAlike: z.boolean(),
})

const waiting = {
  patient: listedPatient,
  versionId,
  sha256: z.string(),
  author: person,
  /** The physician named in the record. */
  supervisor: person.nullable(),
  /** Another physician is named in it: the caller takes it over, with a reason. */
  isOfAnother: z.boolean(),
  standsIn,
  submittedAt: instant,
  dueAt: instant,
  ageHours: z.number(),
  lateness: z.enum(signOffLatenesses),
}

const queuedSession = z.object({
  ...waiting,
  sessionId,
  sessionNo: z.int(),
  sessionsPlanned: z.int(),
  isMaintenance: z.boolean(),
  performedOn: calendarDate.nullable(),
  group: z.enum(queueGroups),
  redFlags: count,
  deviations: count,
  complications: count,
  warnings: count,
  isCorrected: z.boolean(),
  isRecordOnly: z.boolean(),
  /** The caller has opened it since it was submitted. */
  isOpened: z.boolean(),
  /** The first thing that makes it need a look; null for clean ones. */
  first: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('DEVIATION'),
        code: z.enum(deviationCodes),
        zone: z.enum(zoneCodes).nullable(),
        side: z.enum(sides).nullable(),
        site: z.string().nullable(),
        detail: z.record(z.string(), refusalFact),
      }),
      z.object({ kind: z.literal('WARNING'), code: z.enum(sessionWarningCodes), reason: z.string().nullable() }),
      z.object({ kind: z.literal('REACTION'), code: z.string(), grade: z.int() }),
    ])
    .nullable(),
})

const queuedAddendum = z.object({
  ...waiting,
  addendumId,
  amendsKind: z.string(),
  amendsId: z.string(),
  isLateEntry: z.boolean(),
  /** It changes what a physician accepted: a lot, a depth, a zone, the consent or a complication. */
  asksAcceptance: z.boolean(),
  reason: z.string(),
})

const counts = z.object({
  redFlag: count,
  attention: count,
  clean: count,
  addenda: count,
  dueToday: count,
  overdue: count,
})

const cursor = z.strictObject({ group: z.int().min(0).max(2), dueAt: instant, sessionId })
const whose = { patientId, sessionId }
const seen = { ...whose, seenVersionId: versionId, seenSha256: sha256 }
const moveRefusals = ['SESSION_MOVE_NOT_ALLOWED', 'OWN_SESSION', 'STALE_VERSION', 'TAKEOVER_REASON_MISSING'] as const

export const signOff = {
  /** How much waits for a second person, for the rail; opens nothing. */
  counts: query({ may: 'counts.read', input: nothing, output: counts }),
  /**
   * Records that wait: red flags, what needs a look, clean ones; each by due time. The caller's own are left out. `after`
   * is the key that the page before gave; addenda come with the first page.
   */
  queue: query({
    may: 'session.countersign',
    input: z.strictObject({ after: cursor.nullable() }),
    output: z.object({
      sessions: z.array(queuedSession),
      next: cursor.nullable(),
      addenda: z.array(queuedAddendum),
      counts,
    }),
  }),
  /** What a review needs beside the record itself: the order, the last session in full, and what a signature would say. */
  review: query({
    may: 'session.countersign',
    audited: true,
    input: z.strictObject(whose),
    output: z.object({
      order: z.object({ orderId, isIntact: z.boolean(), body: orderBody }).nullable(),
      last: z.object({ sessionNo: z.int(), performedOn: calendarDate, body: sessionBody }).nullable(),
      sessionsPlanned: z.int(),
      seriesStatus: z.enum(seriesStatuses),
      supervisor: person.nullable(),
      isOfAnother: z.boolean(),
      standsIn,
      meaning: z.enum(signOffMeanings),
      attestation: z.object({ version: z.string(), text: z.string() }),
      signer: z.object({
        printedName: z.string(),
        credential: z.string(),
        boardCertification: z.string().nullable(),
        licence: z.string(),
      }),
      /** Open reports about this session. */
      complications: count,
    }),
  }),
  /** The physician's review of a signed record, as signed; null where the author alone signed it. */
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject(whose),
    output: z.object({ signOff: z.object({ body: signOffBody, isIntact: z.boolean() }).nullable() }),
  }),
  /** One countersignature over the version that was on the screen. Its decision moves the series: HOLD and STOP. */
  sign: command({
    may: 'session.countersign',
    reauth: true,
    input: z.strictObject({
      ...seen,
      supervision: z.strictObject({
        mode: z.enum(confirmedSupervisionModes),
        confirmed: z.boolean(),
        note: prose(1000),
      }),
      patientSeen: z.boolean(),
      dispositions: z
        .array(
          z.strictObject({
            deviationId: z.string().min(1).max(1000),
            disposition: z.enum(deviationDispositions),
            note: prose(1000),
          }),
        )
        .max(300),
      decision: z.enum(nextSessionDecisions),
      comment: prose(),
      takeoverReason,
      reauth,
    }),
    output: z.object({ signOffId, signedAt: instant, meaning: z.enum(signOffMeanings) }),
    refusals: [
      ...moveRefusals,
      'DEVIATION_NOT_DISPOSED',
      'DISPOSITION_WITHOUT_DEVIATION',
      'DISPOSITION_TWICE',
      'SUPERVISION_NOT_CONFIRMED',
      'COMMENT_MISSING',
      'RECORD_DAMAGED',
      'OWN_LICENCE_NOT_VALID',
      ...reauthRefusals,
    ],
  }),
  /**
   * Clean records with one proof of identity, all or none: each opened by this physician since it was submitted, none
   * with a deviation, complication or warning. `patientSeen` is stated for all of them.
   */
  signBatch: command({
    may: 'session.countersign',
    reauth: true,
    input: z.strictObject({
      records: z
        .array(z.strictObject(seen))
        .min(1)
        .max(100)
        .refine((records) => new Set(records.map((one) => one.sessionId)).size === records.length, 'named twice'),
      patientSeen: z.boolean(),
      reauth,
    }),
    output: z.object({ signed: count, signedAt: instant }),
    /** BATCH_REFUSED names each record that does not fit: `records` holds `sessionId CODE`. */
    refusals: ['BATCH_REFUSED', 'OWN_LICENCE_NOT_VALID', ...reauthRefusals],
  }),
  /** Sends a record back to its author: why, which fields, and by which day (the end of `dueOn` at the clinic). */
  return: command({
    may: 'session.countersign',
    input: z.strictObject({
      ...whose,
      seenVersionId: versionId,
      reason: prose(),
      pointers: z.array(returnPointer).max(100),
      dueOn: calendarDate,
      takeoverReason,
    }),
    output: z.object({ dueAt: instant }),
    refusals: [
      ...moveRefusals,
      'RETURN_REASON_MISSING',
      'RETURN_POINTERS_MISSING',
      'RETURN_FIELD_UNKNOWN',
      'RETURN_DUE_PAST',
    ],
  }),
  /** The record stays, struck through and counted nowhere. `correct` names where the treatment really belongs. */
  markEnteredInError: command({
    may: 'session.countersign',
    reauth: true,
    input: z.strictObject({
      ...whose,
      seenVersionId: versionId,
      reason: prose(),
      correct: z.strictObject(whose).nullable(),
      reauth,
    }),
    output: z.object({ voidedAt: instant }),
    refusals: [
      'SESSION_MOVE_NOT_ALLOWED',
      'SESSION_NOT_STARTED',
      'STALE_VERSION',
      'ERROR_REASON_MISSING',
      'CORRECT_SESSION_NOT_VALID',
      ...reauthRefusals,
    ],
  }),
}
