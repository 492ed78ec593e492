import { z } from 'zod'
import type {
  Answer,
  AnswerProblem,
  ChosenOption,
  InputValue,
  ScreeningAnswers,
} from '../../domain/screening/answer.ts'
import { answeredIds, answerProblem } from '../../domain/screening/answer.ts'
import type { PractitionerConcerns } from '../../domain/screening/context.ts'
import { type ScreeningForm, screeningForms } from '../../domain/screening/question.ts'
import { type AskedQuestionId, askedIdsOf, askedQuestionIds } from '../../domain/screening/questionnaire.ts'
import type { Clarification, ScreeningBody, ScreeningSignature } from '../../domain/screening/screening-body.ts'
import { allowsSide, sides, type ZoneSide, zoneCodes } from '../../domain/zones.ts'
import {
  attachmentId,
  calendarDate,
  filledLine,
  instant,
  line,
  patientId,
  prose,
  screeningId,
  staffId,
} from '../scalars.ts'
import { signatureMark } from './consent.ts'
import type { SameType } from './same-type.ts'

export const zoneSide = z
  .strictObject({ zone: z.enum(zoneCodes), side: z.enum(sides) })
  .refine(({ zone, side }) => allowsSide(zone, side), 'the zone has no such side') satisfies z.ZodType<ZoneSide>

/** At most one row per zone and side, so at most as many as there are of both. */
export const zoneSides = z
  .array(zoneSide)
  .max(zoneCodes.length * sides.length)
  .refine((zones) => new Set(zones.map(({ zone, side }) => `${zone} ${side}`)).size === zones.length, 'a zone twice')

const inputName = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/u)
const optionCode = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/u)

const inputValue = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('DATE'), name: inputName, date: calendarDate.nullable() }),
  z.strictObject({ kind: z.literal('ZONES'), name: inputName, zones: zoneSides }),
  z.strictObject({ kind: z.literal('TEXT'), name: inputName, text: prose(1000) }),
  z.strictObject({ kind: z.literal('PERCENT'), name: inputName, tenths: z.int().min(0).max(1000).nullable() }),
  z.strictObject({ kind: z.literal('DEPTH'), name: inputName, depthUm: z.int().min(1).max(10_000).nullable() }),
  z.strictObject({ kind: z.literal('SELECT'), name: inputName, option: optionCode }),
]) satisfies z.ZodType<InputValue>

const chosenOption = z.strictObject({
  option: optionCode,
  inputs: z.array(inputValue).max(10),
}) satisfies z.ZodType<ChosenOption>

export const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('CHOICE'), chosen: chosenOption }),
  z.strictObject({ kind: z.literal('MULTI'), chosen: z.array(chosenOption).min(1).max(20) }),
  z.strictObject({ kind: z.literal('TEXT'), text: prose(2000), chosen: chosenOption }),
]) satisfies z.ZodType<Answer>

const answerByQuestion = Object.fromEntries(askedQuestionIds.map((id) => [id, answer.exactOptional()])) as Record<
  AskedQuestionId,
  // `fromEntries` forgets which keys it was given.
  z.ZodExactOptional<typeof answer>
>

const answersShape = z.strictObject(answerByQuestion)

/** Answers by question id; each must fit its question. Unanswered questions are absent. */
export const screeningAnswers = answersShape.superRefine((answers, context) => {
  for (const { questionId, problem } of misfits(answers)) {
    context.addIssue({ code: 'custom', message: problem, path: [questionId] })
  }
}) satisfies z.ZodType<ScreeningAnswers>

export const screeningSignature = z.strictObject({
  role: z.enum(['PATIENT', 'GUARDIAN', 'REPRESENTATIVE']),
  name: filledLine(),
  relationship: line().nullable(),
  mark: signatureMark,
  imageId: attachmentId.nullable(),
  intentStatement: prose(2000),
  intentTicked: z.boolean(),
  signedAt: instant,
  utcOffsetMin: z.int().min(-1440).max(1440),
}) satisfies z.ZodType<ScreeningSignature>

export const clarification = z.strictObject({
  questionId: z.enum(askedQuestionIds),
  text: prose(2000).refine((text) => text.trim() !== '', 'a clarification says something'),
  by: staffId,
  at: instant,
}) satisfies z.ZodType<Clarification>

export const practitionerConcerns = z.strictObject({
  bodyImage: z.boolean(),
  capacity: z.boolean(),
}) satisfies z.ZodType<PractitionerConcerns>

export const screeningBody = z
  .strictObject({
    schema: z.literal('screening/1'),
    id: screeningId,
    patientId,
    form: z.enum(screeningForms),
    questionnaireVersion: z.string().regex(/^\d{1,3}\.\d{1,3}$/u),
    language: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u),
    takenOn: calendarDate,
    answers: answersShape,
    signature: screeningSignature.nullable(),
    clarifications: z.array(clarification).max(200),
    concerns: practitionerConcerns,
  })
  .superRefine(({ form, answers, signature }, context) => {
    // A text of the questionnaire changes words alone, so the answers of every version fit the same questions.
    for (const { questionId, problem } of misfits(answers, form)) {
      context.addIssue({ code: 'custom', message: problem, path: ['answers', questionId] })
    }
    if (signature !== null && !signature.intentTicked) {
      context.addIssue({ code: 'custom', message: 'signed without intent', path: ['signature', 'intentTicked'] })
    }
  }) satisfies z.ZodType<ScreeningBody>
true satisfies SameType<z.infer<typeof screeningBody>, ScreeningBody>

function misfits(
  answers: ScreeningAnswers,
  form: ScreeningForm = 'FULL',
): readonly { readonly questionId: AskedQuestionId; readonly problem: AnswerProblem }[] {
  const asked = askedIdsOf(form)
  return answeredIds(answers).flatMap((questionId) => {
    const given = answers[questionId]
    if (!given) return []
    const problem = asked.includes(questionId) ? answerProblem(questionId, given) : 'NOT_IN_FORM'
    return problem ? [{ questionId, problem }] : []
  })
}
