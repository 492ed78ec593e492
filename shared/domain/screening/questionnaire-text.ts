import type { CalendarDate } from '../../kernel/time.ts'
import type { TemplateVersion } from '../consent/template-version.ts'
import type { Question, QuestionInput, QuestionOption, QuestionSection, ScreeningForm } from './question.ts'
import {
  type AskedQuestionId,
  askedQuestionIds,
  questionOf,
  screeningSections,
  screeningSteps,
} from './questionnaire.ts'

/**
 * One label under a question. Its key is permanent: `NO` an option, `YES.ON` what the option asks, `YES.ACTIVE.NO` a
 * choice inside that, `?TEXT` and `?OPTIONS` the two lines of a question that is answered in words.
 */
export type QuestionLabel = { readonly key: string; readonly text: string }

/** What the patient reads of one question. Ids, codes and kinds of answer are the program's and never a text's. */
export type QuestionWords = {
  readonly questionId: AskedQuestionId
  readonly wording: string
  /** Empty: no line of help. */
  readonly help: string
  readonly labels: readonly QuestionLabel[]
}

export type SectionTitle = { readonly section: string; readonly title: string }

export type QuestionnaireWords = {
  readonly sections: readonly SectionTitle[]
  readonly questions: readonly QuestionWords[]
}

/** A text of the questionnaire as it was published. Signed forms name its version; it never changes. */
export type QuestionnaireText = QuestionnaireWords &
  TemplateVersion & {
    /** BCP 47. */
    readonly language: string
    readonly effectiveFrom: CalendarDate
  }

/** As signed forms name it. */
export function questionnaireVersionName({ major, minor }: TemplateVersion): string {
  return `${major}.${minor}`
}

/** 1.0 for `1.0`; throws on what no form was ever stored with. */
export function questionnaireVersionOf(name: string): TemplateVersion {
  const [major = 0, minor = -1] = name.split('.').map(Number)
  if (!(major >= 1 && minor >= 0)) throw new Error('a form names no version of the questionnaire')
  return { major, minor }
}

/** The wording that comes with the program: clinical reference, section 3. */
export function shippedWords(): QuestionnaireWords {
  return {
    sections: screeningSections.map(({ code, title }) => ({ section: code, title })),
    questions: askedQuestionIds.map((questionId) => wordsOf(questionId, questionOf(questionId))),
  }
}

/** Keys of the labels under a question, in the order the patient meets them. */
export function labelKeysOf(questionId: AskedQuestionId): readonly string[] {
  return wordsOf(questionId, questionOf(questionId)).labels.map(({ key }) => key)
}

/** A question as this text words it; what the text does not word stays as the program has it. */
export function wordedQuestion(id: AskedQuestionId, words: QuestionnaireWords): Question {
  return withWords(
    questionOf(id),
    words.questions.find(({ questionId }) => questionId === id),
  )
}

/** The steps of a form as this text words them: see `screeningSteps`. */
export function wordedSteps(form: ScreeningForm, words: QuestionnaireWords): readonly QuestionSection[] {
  const byId = new Map<string, QuestionWords>(words.questions.map((question) => [question.questionId, question]))
  return screeningSteps(form).map((step) => ({
    code: step.code,
    title: words.sections.find(({ section }) => section === step.code)?.title ?? step.title,
    questions: step.questions.map((question) => withWords(question, byId.get(question.id))),
  }))
}

function wordsOf(questionId: AskedQuestionId, question: Question): QuestionWords {
  if (question.kind === 'COMPUTED') throw new Error(`${questionId} is not asked`)
  const lines =
    question.kind === 'TEXT'
      ? [
          { key: '?TEXT', text: question.textLabel },
          { key: '?OPTIONS', text: question.optionsLabel },
        ]
      : []
  return {
    questionId,
    wording: question.wording,
    help: question.help ?? '',
    labels: [...lines, ...question.options.flatMap(optionLabels)],
  }
}

function optionLabels({ code, label, inputs }: QuestionOption): readonly QuestionLabel[] {
  return [{ key: code, text: label }, ...inputs.flatMap((input) => inputLabels(`${code}.${input.name}`, input))]
}

function inputLabels(key: string, input: QuestionInput): readonly QuestionLabel[] {
  const choices = input.kind === 'SELECT' ? input.options : []
  return [{ key, text: input.label }, ...choices.map(({ code, label }) => ({ key: `${key}.${code}`, text: label }))]
}

function withWords(question: Question, words: QuestionWords | undefined): Question {
  if (words === undefined || question.kind === 'COMPUTED') return question
  const textByKey = new Map(words.labels.map(({ key, text }) => [key, text]))
  const text = (key: string, shipped: string) => textByKey.get(key) ?? shipped
  const options = question.options.map((option) => ({
    ...option,
    label: text(option.code, option.label),
    inputs: option.inputs.map((input) => withInputWords(`${option.code}.${input.name}`, input, text)),
  }))
  const worded = { wording: words.wording, help: words.help === '' ? null : words.help, options }
  return question.kind === 'TEXT'
    ? {
        ...question,
        ...worded,
        textLabel: text('?TEXT', question.textLabel),
        optionsLabel: text('?OPTIONS', question.optionsLabel),
      }
    : { ...question, ...worded }
}

function withInputWords(
  key: string,
  input: QuestionInput,
  text: (key: string, shipped: string) => string,
): QuestionInput {
  const label = text(key, input.label)
  if (input.kind !== 'SELECT') return { ...input, label }
  return {
    ...input,
    label,
    options: input.options.map((option) => ({ ...option, label: text(`${key}.${option.code}`, option.label) })),
  }
}
