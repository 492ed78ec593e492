import { z } from 'zod'
import { sessionStates } from '../domain/session-state.ts'
import { deviationDispositions, signOffLatenesses } from '../domain/sign-off.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import {
  calendarDate,
  instant,
  patientId,
  prose,
  recordVersion,
  seriesId,
  sessionId,
  staffId,
  versionId,
} from './scalars.ts'
import { sessionBody, sessionDraft, sessionPlan } from './schemas/session.ts'
import { gateFailure, lastSession, sessionDesk } from './schemas/session-desk.ts'
import { returnPointer, returnReply } from './schemas/sign-off.ts'
import { keyReset } from './schemas/signature.ts'

const person = z.object({ staffId, printedName: z.string() })
const count = z.int().min(0)

/** A line of the chart: what the head row says without opening the record. */
export const sessionSummary = z.object({
  sessionId,
  patientId,
  seriesId,
  sessionNo: z.int(),
  state: z.enum(sessionStates),
  version: recordVersion,
  practitioner: person,
  /** The caller is its author. */
  isMine: z.boolean(),
  authorIsPhysician: z.boolean(),
  supervisingPhysician: person.nullable(),
  isStarted: z.boolean(),
  recordOnly: z.boolean(),
  begunAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  performedOn: calendarDate.nullable(),
  zones: count,
  maxDepthUm: z.int().nullable(),
  deviations: count,
  warnings: count,
  redFlags: count,
  complications: count,
  lateEntry: z.boolean(),
  returns: count,
  submittedAt: instant.nullable(),
  dueAt: instant.nullable(),
  /** Only while it waits for the physician. */
  lateness: z.enum(signOffLatenesses).nullable(),
  signedAt: instant.nullable(),
  signedBy: person.nullable(),
  voidedAt: instant.nullable(),
})
export type SessionSummary = z.output<typeof sessionSummary>

const diffValue = z.union([z.string(), z.number(), z.boolean(), z.null()])
export const fieldChange = z.object({
  path: z.string(),
  kind: z.enum(['ADDED', 'REMOVED', 'CHANGED']),
  before: diffValue,
  after: diffValue,
})

/** A version of the record. Openings tell of a step before the submission and carry no signature. */
const sessionVersion = z.object({
  versionId,
  /** Counts the submissions: 1 is what was first submitted. Null for an opening. */
  number: z.int().nullable(),
  kind: z.enum(['OPENING', 'SUBMISSION']),
  /** BEGUN, STARTED, RECORD_ONLY, DISCARDED, VOIDED, SUBMITTED, CORRECTED. */
  reason: z.string(),
  madeAt: instant,
  madeBy: person.nullable(),
  sha256: z.string(),
  isIntact: z.boolean(),
  /** Against the submission before it; null for the first and for openings. */
  changes: z.array(fieldChange).nullable(),
})

export const sessionSignature = z.object({
  versionId,
  versionNumber: z.int(),
  signer: person.nullable(),
  signerName: z.string(),
  credential: z.string(),
  licence: z.string(),
  meaning: z.string(),
  signedAt: instant,
  offsetMin: z.int(),
  sha256: z.string(),
  isIntact: z.boolean(),
  keyReset,
})

const sessionReturn = z.object({
  no: z.int(),
  versionId,
  reason: z.string(),
  pointers: z.array(returnPointer),
  dueAt: instant,
  returnedBy: person,
  returnedAt: instant,
  takeoverReason: z.string().nullable(),
  replies: z.array(returnReply),
  repliedAt: instant.nullable(),
})

const disposition = z.strictObject({
  deviationId: z.string().min(1).max(1000),
  disposition: z.enum(deviationDispositions),
  note: prose(),
})

/** The one session and what the author saw of its draft. */
const whose = { patientId, sessionId }
/** 0 while nobody has typed since the record was submitted, returned or recalled. */
const draftVersion = z.int().min(0)
const ofDraft = { ...whose, draftVersion }
const draftReply = z.object({ draftVersion, version: recordVersion, savedAt: instant })
const authorOnly = ['NOT_THE_AUTHOR', 'SESSION_MOVE_NOT_ALLOWED'] as const

export const session = {
  /** The patient's sessions, newest first, voided ones among them. */
  list: query({
    may: 'chart.read',
    input: z.strictObject({ patientId }),
    output: z.object({ sessions: z.array(sessionSummary) }),
  }),
  /** One session with everything ever kept of it. Opening it is audited; a physician's opening ends the recall. */
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject(whose),
    output: z.object({
      session: sessionSummary,
      /** What is typed so far; null where the state takes no text. */
      draft: z
        .object({ draftVersion, draft: sessionDraft, replies: z.array(returnReply), savedAt: instant })
        .nullable(),
      /** What was submitted last. */
      record: z
        .object({
          versionId,
          versionNumber: z.int(),
          sha256: z.string(),
          isIntact: z.boolean(),
          body: sessionBody,
          /** First day of the policy that the record names; null where none was approved. */
          policyFrom: calendarDate.nullable(),
        })
        .nullable(),
      /** As the gate judged it; null where there was no gate. */
      plan: sessionPlan.nullable(),
      gatePassedAt: instant.nullable(),
      versions: z.array(sessionVersion),
      signatures: z.array(sessionSignature),
      returns: z.array(sessionReturn),
      dispositions: z.array(disposition.extend({ versionId, decidedBy: person, decidedAt: instant })),
      voided: z
        .object({ at: instant, by: person, reason: z.string(), correctSessionId: sessionId.nullable() })
        .nullable(),
      last: lastSession.nullable(),
      /** The author may still take it back: no physician has opened it since it was submitted. */
      isRecallable: z.boolean(),
    }),
  }),
  /**
   * The start gate judged on the saved draft: every failure, what lifts it, who, and from when; and the facts it was
   * judged by, so that the screen can judge what is typed until the next save.
   */
  gate: query({
    may: 'session.write',
    audited: true,
    input: z.strictObject(whose),
    output: z.object({ failures: z.array(gateFailure), desk: sessionDesk }),
  }),
  /** Begins a session of the caller's own, or takes up the one they began in this series and have not started. */
  begin: command({
    may: 'session.write',
    input: z.strictObject({
      patientId,
      seriesId,
      /** To write down what took place, or to treat without the add-on: the start gate refuses the rest all the same. */
      isWithoutText: z.boolean().optional(),
    }),
    output: z.object({ sessionId, isNew: z.boolean() }),
    refusals: ['SESSION_PATIENT_ARCHIVED', 'SESSION_NOT_TREATING', 'CONSENT_TEXT_MISSING'],
  }),
  /** Autosave, within a second of every change. Any incomplete text is kept; nothing is judged. */
  save: command({
    may: 'session.write',
    draft: true,
    input: z.strictObject({
      ...ofDraft,
      draft: sessionDraft,
      /** Answers to the physician's points; left out, those that are stored stay. */
      replies: z.array(returnReply).max(100).optional(),
    }),
    output: draftReply,
    refusals: authorOnly,
  }),
  /** Passes the start gate or names every condition that fails. */
  start: command({
    may: 'session.write',
    input: z.strictObject(ofDraft),
    output: draftReply.extend({ startedAt: instant }),
    refusals: [...authorOnly, 'SESSION_STARTED', 'GATE_FAILED', 'CARTRIDGE_LOT_USED_UP'],
  }),
  /** Records a treatment that took place without the gate. Every condition it did not meet becomes a deviation. */
  recordOnly: command({
    may: 'session.write',
    input: z.strictObject(ofDraft),
    output: draftReply,
    refusals: [...authorOnly, 'SESSION_STARTED'],
  }),
  /** Gives up a session that never started. */
  discard: command({
    may: 'session.write',
    input: z.strictObject(ofDraft),
    output: z.object({}),
    refusals: [...authorOnly, 'SESSION_STARTED'],
  }),
  /**
   * The author's signature. Sends the record to the supervising physician, or, where a physician treated, signs it.
   * `replies` answer every point of a return; `dispositions` a physician's decisions on deviations of their own session.
   */
  submit: command({
    may: 'session.write',
    reauth: true,
    input: z.strictObject({
      ...ofDraft,
      replies: z.array(returnReply).max(100),
      dispositions: z.array(disposition).max(300),
      reauth,
    }),
    output: z.object({
      state: z.enum(['SUBMITTED', 'SIGNED']),
      versionNumber: z.int(),
      dueAt: instant,
      redFlags: count,
    }),
    refusals: [
      ...authorOnly,
      'SESSION_NOT_STARTED',
      'SESSION_INCOMPLETE',
      'REPLY_MISSING',
      'DEVIATION_NOT_DISPOSED',
      'DISPOSITION_WITHOUT_DEVIATION',
      ...reauthRefusals,
    ],
  }),
  /** Takes a submitted record back, while no physician has opened it. */
  recall: command({
    may: 'session.write',
    input: z.strictObject({ ...whose, version: recordVersion }),
    output: z.object({ version: recordVersion }),
    refusals: [...authorOnly, 'OPENED_BY_PHYSICIAN'],
  }),
  /** A physician lets this session follow the last one sooner than the policy's shorter bound. */
  clearInterval: command({
    may: 'clearance.write',
    reauth: true,
    input: z.strictObject({
      ...whose,
      reason: prose(1000).refine((text) => text.trim() !== '', 'a reason is needed'),
      reauth,
    }),
    output: z.object({}),
    refusals: ['SESSION_STARTED', 'OWN_LICENCE_NOT_VALID', ...reauthRefusals],
  }),
}
