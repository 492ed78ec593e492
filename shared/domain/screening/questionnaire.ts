import type { Question, QuestionId, QuestionSection, ScreeningForm } from './question.ts'
import { conditionQuestions, generalHealthQuestions } from './questions-health.ts'
import { acneMedicineQuestions, medicineQuestions } from './questions-medicines.ts'
import { infectionQuestions, skinQuestions } from './questions-skin.ts'
import { allergyQuestions, implantQuestions, recentTreatmentQuestions } from './questions-treatments.ts'

/**
 * The wording that stands here. A clinic's own texts follow it with higher numbers; each form stores the version it
 * showed. Ids, options and order are the same under all of them.
 */
export const questionnaireVersion = '1.0'

/** The questionnaire in the order the patient sees it: clinical reference, section 3. */
export const screeningSections = [
  { code: 'GENERAL_HEALTH', title: 'You and your health', questions: generalHealthQuestions },
  { code: 'ACNE_MEDICINES', title: 'Acne medicines and creams', questions: acneMedicineQuestions },
  { code: 'MEDICINES', title: 'Other medicines', questions: medicineQuestions },
  { code: 'INFECTIONS', title: 'Cold sores, acne and infections', questions: infectionQuestions },
  { code: 'SKIN', title: 'Your skin', questions: skinQuestions },
  { code: 'CONDITIONS', title: 'Blood, diabetes and other conditions', questions: conditionQuestions },
  { code: 'RECENT_TREATMENTS', title: 'Recent treatments', questions: recentTreatmentQuestions },
  { code: 'ALLERGIES', title: 'Allergies and past reactions', questions: allergyQuestions },
  { code: 'WISHES', title: 'Implants, tattoos and your wishes', questions: implantQuestions },
] as const satisfies readonly QuestionSection[]

/** Every question, in the patient's order. */
export const screeningQuestions = [
  ...generalHealthQuestions,
  ...acneMedicineQuestions,
  ...medicineQuestions,
  ...infectionQuestions,
  ...skinQuestions,
  ...conditionQuestions,
  ...recentTreatmentQuestions,
  ...allergyQuestions,
  ...implantQuestions,
] as const satisfies readonly Question[]

type ShippedQuestion = (typeof screeningQuestions)[number]
type AskedQuestion = Exclude<ShippedQuestion, { readonly kind: 'COMPUTED' }>

/** Questions that are put to the patient: all but the computed age. */
export type AskedQuestionId = AskedQuestion['id']
/** Codes a question offers; a rule can name no other. */
export type OptionCode<Id extends AskedQuestionId> = Extract<
  AskedQuestion,
  { readonly id: Id }
>['options'][number]['code']

export const askedQuestionIds: readonly AskedQuestionId[] = screeningQuestions.flatMap((question) =>
  question.kind === 'COMPUTED' ? [] : [question.id],
)

const questionById: ReadonlyMap<QuestionId, Question> = new Map(
  screeningQuestions.map((question) => [question.id, question]),
)

export function questionOf(id: QuestionId): Question {
  const question = questionById.get(id)
  if (!question) throw new Error(`no question ${id}`)
  return question
}

/** Questions of a form, computed ones included: SHORT is SQ-01, 10-13, 18-21, 25, 30-35, 40. */
export function questionsOf(form: ScreeningForm): readonly Question[] {
  return form === 'FULL' ? screeningQuestions : screeningQuestions.filter((question) => question.inShortForm)
}

/** Ids that a form puts to the patient. */
export function askedIdsOf(form: ScreeningForm): readonly AskedQuestionId[] {
  return askedQuestionIds.filter((id) => form === 'FULL' || questionOf(id).inShortForm)
}

/** Steps of the form in patient mode: sections with at least one question to answer, computed questions left out. */
export function screeningSteps(form: ScreeningForm): readonly QuestionSection[] {
  return screeningSections
    .map(
      (section): QuestionSection => ({
        code: section.code,
        title: section.title,
        questions: section.questions.filter(
          (question: Question) => question.kind !== 'COMPUTED' && (form === 'FULL' || question.inShortForm),
        ),
      }),
    )
    .filter((section) => section.questions.length > 0)
}
