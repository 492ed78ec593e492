import { z } from 'zod'
import {
  causalities,
  complicationChannels,
  complicationOutcomes,
  redFlagSigns,
  redFlags,
  reporterKinds,
  reportPrompts,
  seriesDecisions,
} from '../domain/complication.ts'
import { clusterKinds } from '../domain/complication-cluster.ts'
import { complicationCodes } from '../domain/complication-codes.ts'
import { reportRecipients } from '../domain/complication-report.ts'
import { complicationStates } from '../domain/complication-state.ts'
import { sides, zoneCodes } from '../domain/zones.ts'
import { command, query } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import {
  calendarDate,
  complicationId,
  filledLine,
  instant,
  line,
  nothing,
  patientId,
  photoId,
  prose,
  recordVersion,
  sessionId,
  staffId,
  versionId,
} from './scalars.ts'
import { complicationBody, complicationGrade } from './schemas/complication.ts'

const place = z.strictObject({ zone: z.enum(zoneCodes), side: z.enum(sides), site: line().nullable() })
const notice = z.strictObject({ physicianId: staffId, how: z.enum(['IN_PERSON', 'PHONE', 'IN_APP', 'MESSAGE']) })
const filledProse = prose(10_000).refine((text) => text.trim() !== '', 'words are needed')
const whose = { patientId, complicationId }
const saved = z.object({ complicationId, version: recordVersion, state: z.enum(complicationStates) })

export const complicationSummary = z.object({
  complicationId,
  patientId,
  version: recordVersion,
  state: z.enum(complicationStates),
  code: z.enum(complicationCodes).nullable(),
  grade: complicationGrade.nullable(),
  worstGrade: complicationGrade.nullable(),
  isRedFlag: z.boolean(),
  blocks: z.boolean(),
  isAcknowledged: z.boolean(),
  onsetOn: calendarDate.nullable(),
  reportedAt: instant,
  closedAt: instant.nullable(),
})

const acknowledgement = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('NOT_REQUIRED') }),
  z.object({ kind: z.literal('NOT_NOTIFIED') }),
  z.object({ kind: z.literal('ACKNOWLEDGED'), by: staffId, afterMin: z.number() }),
  z.object({ kind: z.literal('WAITING'), escalateAt: instant }),
  z.object({ kind: z.literal('ESCALATED'), since: instant }),
])

const file = z.object({ token: z.string(), fileName: z.string() })

/** A lot, a device, a practitioner or a room in the words of the registers. */
const sharedCause = z.object({ kind: z.enum(clusterKinds), label: z.string() })

/** Another report that shares a cause with this one. */
const related = z.object({
  complicationId,
  patientId,
  code: z.enum(complicationCodes).nullable(),
  grade: complicationGrade.nullable(),
  reportedOn: calendarDate,
})

const disclosure = z.object({
  disclosedOn: calendarDate,
  recipient: z.string(),
  address: z.string(),
  description: z.string(),
  purpose: z.string(),
  enteredBy: staffId,
  enteredAt: instant,
})

const moveRefusals = [
  'COMPLICATION_MOVE_NOT_ALLOWED',
  'ROLE_NOT_ALLOWED',
  'PHYSICIAN_NOT_NOTIFIED',
  'ACKNOWLEDGEMENT_MISSING',
  'COMPLICATION_NOT_CODED',
  'GRADE_MISSING',
  'OUTCOME_MISSING',
  'RESOLVED_DATE_MISSING',
  'PHYSICIAN_SIGNATURE_NEEDED',
  'REPORT_DECISION_MISSING',
  'REOPEN_REASON_MISSING',
  'RECORD_DAMAGED',
] as const

/** What a clinician finds at an assessment; every one is a version of its own. */
const findings = {
  code: z.enum(complicationCodes).nullable(),
  /** Null leaves the grade as it is. */
  grade: complicationGrade.nullable(),
  gradeNote: prose(2000),
  zones: z.array(place).max(80),
  onsetOn: calendarDate.nullable(),
  signs: z.array(z.enum(redFlagSigns)).max(redFlagSigns.length),
  causality: z.enum(causalities).nullable(),
  outcome: z.enum(complicationOutcomes),
  resolvedOn: calendarDate.nullable(),
  actionTaken: prose(10_000),
  isPermanentChange: z.boolean(),
  neededIntervention: z.boolean(),
  hasSterilityDoubt: z.boolean(),
  /** Since when a grade 3 or 4 is stable; daily checks become weekly from there. */
  stableOn: calendarDate.nullable(),
  /** The physician who ordered the treatment of it. */
  treatmentOrderedBy: staffId.nullable(),
  /** Sessions it may come from, beside those named before: a session once named stays named. */
  sessionIds: z.array(sessionId).max(50),
  /** Only a physician decides; null leaves it open. */
  seriesDecision: z.enum(seriesDecisions).nullable(),
  notices: z.array(notice).max(10),
  /** Of this patient, not removed; the whole list, as it shall stand. */
  photoIds: z.array(photoId).max(200),
}

export const complication = {
  list: query({
    may: 'chart.read',
    input: z.strictObject({ patientId }),
    output: z.object({ complications: z.array(complicationSummary) }),
  }),
  /** Open reports of the clinic, red flags first: the physician's list. */
  openOnes: query({
    may: 'complication.write',
    input: z.strictObject({}),
    output: z.object({
      complications: z.array(complicationSummary.extend({ patientName: z.string(), acknowledgement })),
    }),
  }),
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject(whose),
    output: z.object({
      complication: complicationSummary,
      body: complicationBody,
      isIntact: z.boolean(),
      redFlags: z.array(z.enum(redFlags)),
      showsEmergencyText: z.boolean(),
      acknowledgement,
      /** Who stands in today for a physician that was told and is away. */
      deputies: z.array(z.object({ staffId, printedName: z.string(), standsInFor: z.string() })),
      reportPrompts: z.array(z.enum(reportPrompts)),
      /** What a device user facility must do, and by when; null where reporting is voluntary. */
      mandatoryReport: z.object({ to: z.array(z.enum(reportRecipients)), dueOn: calendarDate }).nullable(),
      /** Device and practitioners of its sessions, in words. */
      device: z.string().nullable(),
      operators: z.array(z.string()),
      /** What it shares with other reports of the window. */
      clusters: z.array(z.object({ causes: z.array(sharedCause), others: z.array(related) })),
      clusterDays: z.int(),
      /** Whether it keeps a course of treatment on hold now. */
      holdsSeries: z.boolean(),
      disclosures: z.array(disclosure),
      dayAfterSession: z.int().nullable(),
      sessionOn: calendarDate.nullable(),
      versions: z.array(
        z.object({ versionId, number: z.int(), reason: z.string(), madeAt: instant, madeBy: staffId.nullable() }),
      ),
      signatures: z.array(
        z.object({
          signerName: z.string(),
          credential: z.string(),
          meaning: z.string(),
          signedAt: instant,
          sha256: z.string(),
        }),
      ),
    }),
  }),
  /** Causes that several related reports share at present: how many, and to a physician which. */
  clusters: query({
    may: 'counts.read',
    input: nothing,
    output: z.object({
      withinDays: z.int(),
      clusters: z.array(
        z.object({
          causes: z.array(sharedCause),
          count: z.int(),
          firstOn: calendarDate,
          lastOn: calendarDate,
          /** Empty for who reads no charts. */
          reports: z.array(related),
        }),
      ),
    }),
  }),
  /** The data of MedWatch form 3500, with a code in place of the patient's name. */
  reportSheet: query({
    may: 'complication.decide',
    audited: true,
    input: z.strictObject(whose),
    output: file,
    refusals: ['RECORD_DAMAGED'],
  }),
  /** Accounting of disclosures: something that tells who the patient is left the clinic. */
  disclose: command({
    may: 'complication.decide',
    input: z.strictObject({
      ...whose,
      disclosedOn: calendarDate,
      recipient: filledLine(200),
      address: line(300),
      description: filledLine(500),
      purpose: filledLine(300),
    }),
    output: z.object({}),
    refusals: ['DISCLOSED_IN_FUTURE'],
  }),
  /** Anyone at the desk may take a symptom call; only a clinician names and grades it. A red flag needs a notice. */
  report: command({
    may: 'complication.report',
    input: z.strictObject({
      patientId,
      sessionIds: z.array(sessionId).max(50),
      zones: z.array(place).max(80),
      description: filledProse,
      channel: z.enum(complicationChannels),
      reportedBy: z.strictObject({ kind: z.enum(reporterKinds), name: filledLine(200) }),
      onsetOn: calendarDate.nullable(),
      signs: z.array(z.enum(redFlagSigns)).max(redFlagSigns.length),
      code: z.enum(complicationCodes).nullable(),
      grade: complicationGrade.nullable(),
      actionTaken: prose(10_000),
      notices: z.array(notice).max(10),
    }),
    output: saved,
    refusals: ['CLINICIAN_NAMES_IT', 'NOT_A_PHYSICIAN', 'ONSET_IN_FUTURE', ...moveRefusals],
  }),
  assess: command({
    may: 'complication.write',
    input: z.strictObject({ ...whose, version: recordVersion, ...findings }),
    output: saved,
    refusals: ['PHYSICIAN_DECIDES', 'NOT_A_PHYSICIAN', 'ONSET_IN_FUTURE', 'PHOTO_VOIDED', ...moveRefusals],
  }),
  /** The physician has heard of it: their own notice, or one added for them now. */
  acknowledge: command({
    may: 'complication.decide',
    input: z.strictObject({ ...whose, version: recordVersion }),
    output: saved,
    refusals: ['RECORD_DAMAGED'],
  }),
  /** OPEN -> UNDER_REVIEW -> MONITORING. */
  advance: command({
    may: 'complication.write',
    input: z.strictObject({ ...whose, version: recordVersion, to: z.enum(['UNDER_REVIEW', 'MONITORING']) }),
    output: saved,
    refusals: moveRefusals,
  }),
  /** Lets the next session into the zones again. */
  liftBlock: command({
    may: 'complication.decide',
    input: z.strictObject({ ...whose, version: recordVersion, reason: filledProse }),
    output: saved,
    refusals: ['RECORD_DAMAGED'],
  }),
  decideReport: command({
    may: 'complication.decide',
    input: z.strictObject({ ...whose, version: recordVersion, report: z.boolean(), reason: filledProse }),
    output: saved,
    refusals: ['RECORD_DAMAGED'],
  }),
  /** Closes with a signature over the version that is closed; from grade 2 on it must be a physician's. */
  close: command({
    may: 'complication.write',
    reauth: true,
    input: z.strictObject({ ...whose, version: recordVersion, reauth }),
    output: saved,
    refusals: [...moveRefusals, ...reauthRefusals],
  }),
  reopen: command({
    may: 'complication.write',
    input: z.strictObject({ ...whose, version: recordVersion, reason: filledProse }),
    output: saved,
    refusals: moveRefusals,
  }),
}
