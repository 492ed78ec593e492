import { z } from 'zod'
import { deviceTypes } from '../domain/device.ts'
import { outcomes, overrides } from '../domain/finding.ts'
import { screeningForms } from '../domain/screening/question.ts'
import { askedQuestionIds } from '../domain/screening/questionnaire.ts'
import { findingStandings } from '../domain/screening/screening-facts.ts'
import { screeningLanguages } from '../domain/screening/statement.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  clearanceId,
  instant,
  line,
  patientId,
  prose,
  recordVersion,
  screeningId,
  seriesId,
} from './scalars.ts'
import { signatureMark } from './schemas/consent.ts'
import { questionnaireWords } from './schemas/questionnaire.ts'
import { answer, practitionerConcerns, screeningAnswers, screeningBody, zoneSides } from './schemas/screening.ts'

const askedQuestionId = z.enum(askedQuestionIds)
const language = z.enum(screeningLanguages.map(({ code }) => code))
const count = z.int().min(0)
const marked = z.array(askedQuestionId).max(askedQuestionIds.length)
const looseTexts = z
  .array(z.strictObject({ questionId: askedQuestionId, text: prose(2000) }))
  .max(askedQuestionIds.length)

/** As main judges it: see `Finding` in the domain. */
export const finding = z.object({
  questionId: z.string(),
  outcome: z.enum(outcomes),
  scope: z.enum(['PATIENT', 'ZONES']),
  zones: zoneSides,
  override: z.enum(overrides),
  rule: z.string(),
  eligibleOn: calendarDate.nullable(),
})

const judgedFinding = finding.extend({
  standing: z.enum(findingStandings),
  /** The zones still open, where only some are. */
  openZones: zoneSides,
  lifts: z.array(z.enum(['PHYSICIAN', 'DATE', 'ANSWER'])),
  /** Why an earlier decision does not help. */
  earlier: z.enum(['NONE', 'EXPIRED', 'REFUSED', 'OTHER_FACTS']),
  /** Decisions in force that name it. */
  clearanceIds: z.array(clearanceId),
  /** The form whose answer it comes from; null for the computed age without any form. */
  source: z.object({ screeningId, form: z.enum(screeningForms), takenOn: calendarDate }).nullable(),
})
export type JudgedFinding = z.output<typeof judgedFinding>

const changedAnswer = z.object({ questionId: askedQuestionId, before: answer.nullable(), after: answer })
/** What the form says differently from what stood before it; null where it is the patient's first. */
const changes = z.object({ since: calendarDate, answers: z.array(changedAnswer) }).nullable()

const unsigned = z.object({
  screeningId,
  form: z.enum(screeningForms),
  answered: count,
  asked: count,
  begunAt: instant,
  lastSavedAt: instant,
})

const plan = { plannedZones: zoneSides, deviceType: z.enum(deviceTypes).nullable() }

export const screening = {
  /** Whether the patient has answered, without a word of what: all that the front desk needs to hand over the screen. */
  standing: query({
    may: 'screening.handOver',
    input: z.strictObject({ patientId, seriesId: seriesId.nullable() }),
    output: z.object({
      needed: z.enum([...screeningForms, 'NONE']),
      unsigned: unsigned.nullable(),
      lastSigned: z.object({ screeningId, form: z.enum(screeningForms), takenOn: calendarDate }).nullable(),
    }),
  }),
  /** Every signed form, newest first, and the one that is not signed yet. */
  list: query({
    may: 'screening.read',
    input: z.strictObject({ patientId }),
    output: z.object({
      unsigned: unsigned.nullable(),
      forms: z.array(
        z.object({
          screeningId,
          form: z.enum(screeningForms),
          takenOn: calendarDate,
          signedAt: instant,
          signerName: z.string(),
          signerRole: z.enum(['PATIENT', 'GUARDIAN', 'REPRESENTATIVE']),
          clarifications: count,
          isIntact: z.boolean(),
        }),
      ),
    }),
  }),
  /**
   * Starts the form that is due, or a full one on request. A form that was started and not signed is taken up again;
   * a short one becomes full where a full one is due.
   */
  begin: command({
    may: 'screening.handOver',
    input: z.strictObject({ patientId, seriesId: seriesId.nullable(), wanted: z.enum(['NEEDED', 'FULL']) }),
    output: z.object({ screeningId, form: z.enum(screeningForms) }),
    refusals: ['SCREENING_PATIENT_ARCHIVED'],
  }),
  /** The patient's screen: the questions' answers so far and whose form it is. Nothing else of the chart. */
  patientForm: query({
    reach: 'PATIENT_FORM',
    may: 'screening.handOver',
    input: z.strictObject({ patientId, screeningId }),
    output: z.discriminatedUnion('state', [
      z.object({
        state: z.literal('OPEN'),
        form: z.enum(screeningForms),
        version: recordVersion,
        familyName: z.string().nullable(),
        givenName: z.string().nullable(),
        bornOn: calendarDate.nullable(),
        language,
        /** The questions as this form puts them. */
        words: questionnaireWords,
        answers: screeningAnswers,
        looseTexts,
        marked,
        /** A guardian or representative signs; the patient alone may not. */
        needsGuardian: z.boolean(),
      }),
      z.object({
        state: z.literal('SIGNED'),
        familyName: z.string().nullable(),
        givenName: z.string().nullable(),
        bornOn: calendarDate.nullable(),
      }),
    ]),
    refusals: ['PATIENT_MODE_NEEDED'],
  }),
  saveAnswers: command({
    reach: 'PATIENT_FORM',
    may: 'screening.handOver',
    draft: true,
    input: z.strictObject({
      patientId,
      screeningId,
      version: recordVersion,
      language,
      answers: screeningAnswers,
      looseTexts,
      marked,
    }),
    output: z.object({ version: recordVersion }),
    refusals: ['PATIENT_MODE_NEEDED', 'SCREENING_ALREADY_SIGNED'],
  }),
  sign: command({
    reach: 'PATIENT_FORM',
    may: 'screening.handOver',
    input: z.strictObject({
      patientId,
      screeningId,
      version: recordVersion,
      signer: z.discriminatedUnion('role', [
        z.strictObject({ role: z.literal('PATIENT') }),
        z.strictObject({
          role: z.enum(['GUARDIAN', 'REPRESENTATIVE']),
          name: line(),
          relationship: line(),
        }),
      ]),
      mark: signatureMark,
      intentTicked: z.boolean(),
    }),
    output: z.object({ screeningId }),
    refusals: [
      'PATIENT_MODE_NEEDED',
      'SCREENING_ALREADY_SIGNED',
      'SCREENING_UNANSWERED',
      'SCREENING_ANSWER_FAULT',
      'SCREENING_GUARDIAN_NEEDED',
      'SCREENING_INTENT_NOT_TICKED',
      'SCREENING_SIGNER_MISSING',
      'SCREENING_MARK_MISSING',
    ],
  }),
  open: query({
    may: 'screening.read',
    audited: true,
    input: z.strictObject({ patientId, screeningId }),
    output: z.discriminatedUnion('state', [
      unsigned.extend({ state: z.literal('UNSIGNED'), marked }),
      z.object({
        state: z.literal('SIGNED'),
        screeningId,
        version: recordVersion,
        body: screeningBody,
        /** The questions as they were put. */
        words: questionnaireWords,
        marked,
        handedOverBy: z.string(),
        /** Who wrote clarifications, by id. */
        people: z.array(z.object({ staffId: z.string(), printedName: z.string() })),
        versionNumber: z.int(),
        sha256: z.string(),
        /** False where the stored columns or bytes are no longer what was signed. */
        isIntact: z.boolean(),
        isNewest: z.boolean(),
        changes,
      }),
    ]),
  }),
  /** What the newest form says differently from what stood before it; null where nothing is signed. */
  changes: query({
    may: 'screening.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      newest: z.object({ screeningId, takenOn: calendarDate, words: questionnaireWords, changes }).nullable(),
    }),
  }),
  /** How the newest answers stand today against the rules, the plan and the clearances in force. */
  outcome: query({
    may: 'screening.read',
    audited: true,
    input: z.strictObject({ patientId, seriesId: seriesId.nullable(), ...plan }),
    output: z.object({
      needed: z.enum([...screeningForms, 'NONE']),
      fullAnsweredOn: calendarDate.nullable(),
      shortAnsweredOn: calendarDate.nullable(),
      overall: z.enum([...outcomes, 'NONE']),
      findings: z.array(judgedFinding),
      /** The day on which time alone lifts everything that blocks; null where something else is needed. */
      eligibleOn: calendarDate.nullable(),
      blockedSubstances: z.array(z.string()),
      changes,
    }),
  }),
  /** Explains an answer in the practitioner's words; the answer stays as the patient gave it. */
  clarify: command({
    may: 'screening.write',
    input: z.strictObject({
      patientId,
      screeningId,
      version: recordVersion,
      questionId: askedQuestionId,
      text: prose(2000).refine((text) => text.trim() !== '', 'a clarification says something'),
    }),
    output: z.object({ version: recordVersion }),
    refusals: ['SCREENING_NOT_SIGNED', 'SCREENING_QUESTION_NOT_ASKED'],
  }),
  /** The practitioner's own ticks beside the form (SQ-43, SQ-44); they add findings and touch no answer. */
  setConcerns: command({
    may: 'screening.write',
    input: z.strictObject({ patientId, screeningId, version: recordVersion, concerns: practitionerConcerns }),
    output: z.object({ version: recordVersion }),
    refusals: ['SCREENING_NOT_SIGNED'],
  }),
  /** Gives up a form that the patient has not signed. */
  discard: command({
    may: 'screening.write',
    input: z.strictObject({ patientId, screeningId }),
    output: z.object({}),
    refusals: ['SCREENING_ALREADY_SIGNED'],
  }),
}
