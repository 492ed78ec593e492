import { assertNever } from '../../kernel/assert-never.ts'
import type { CalendarDate } from '../../kernel/time.ts'
import type { ZoneSide } from '../zones.ts'
import type { Question, QuestionInput, QuestionOption, ScreeningForm } from './question.ts'
import { type AskedQuestionId, askedIdsOf, type OptionCode, questionOf } from './questionnaire.ts'

/** What was entered beside an option. An input left blank is absent; null is an explicit "I do not know". */
export type InputValue =
  | { readonly kind: 'DATE'; readonly name: string; readonly date: CalendarDate | null }
  | { readonly kind: 'ZONES'; readonly name: string; readonly zones: readonly ZoneSide[] }
  | { readonly kind: 'TEXT'; readonly name: string; readonly text: string }
  | { readonly kind: 'PERCENT'; readonly name: string; readonly tenths: number | null }
  | { readonly kind: 'DEPTH'; readonly name: string; readonly depthUm: number | null }
  | { readonly kind: 'SELECT'; readonly name: string; readonly option: string }

export type ChosenOption = { readonly option: string; readonly inputs: readonly InputValue[] }

export type Answer =
  | { readonly kind: 'CHOICE'; readonly chosen: ChosenOption }
  /** At least one; "none of these" is an option of its own, so silence is never read as no. */
  | { readonly kind: 'MULTI'; readonly chosen: readonly ChosenOption[] }
  | { readonly kind: 'TEXT'; readonly text: string; readonly chosen: ChosenOption }

/** Answers by question; an absent question is not answered yet. */
export type ScreeningAnswers = { readonly [Id in AskedQuestionId]?: Answer }

/** Why an answer does not fit its question. */
export const answerProblems = [
  'WRONG_KIND',
  'UNKNOWN_OPTION',
  'OPTION_TWICE',
  'NOTHING_CHOSEN',
  'STANDS_ALONE',
  'UNKNOWN_INPUT',
  'INPUT_TWICE',
  'UNKNOWN_SELECTION',
  'ZONE_TWICE',
  'DATE_IN_FUTURE',
  'DATE_BEFORE_BIRTH',
  'NOT_IN_FORM',
] as const
export type AnswerProblem = (typeof answerProblems)[number]

/** Null where the answer has the shape its question asks for; dates are judged by `answerFaults`. */
export function answerProblem(id: AskedQuestionId, answer: Answer): AnswerProblem | null {
  const question = questionOf(id)
  if (question.kind !== answer.kind) return 'WRONG_KIND'
  const chosen = chosenOptions(answer)
  if (chosen.length === 0) return 'NOTHING_CHOSEN'
  if (new Set(chosen.map((one) => one.option)).size !== chosen.length) return 'OPTION_TWICE'
  for (const one of chosen) {
    const option = optionOf(question, one.option)
    if (!option) return 'UNKNOWN_OPTION'
    if (option.exclusive && chosen.length > 1) return 'STANDS_ALONE'
    const problem = inputsProblem(option, one.inputs)
    if (problem) return problem
  }
  return null
}

/**
 * Everything that keeps a form from being signed as it stands, unanswered questions aside: wrong shapes, questions the
 * form does not ask, and past events dated after `today` or before the birth date.
 */
export function answerFaults({
  form,
  answers,
  bornOn,
  today,
}: {
  readonly form: ScreeningForm
  readonly answers: ScreeningAnswers
  readonly bornOn: CalendarDate | null
  readonly today: CalendarDate
}): readonly { readonly questionId: AskedQuestionId; readonly problem: AnswerProblem }[] {
  const asked = askedIdsOf(form)
  return answeredIds(answers).flatMap((questionId) => {
    const answer = answers[questionId]
    if (!answer) return []
    const problem = asked.includes(questionId)
      ? (answerProblem(questionId, answer) ?? dateProblem(questionOf(questionId), answer, bornOn, today))
      : 'NOT_IN_FORM'
    return problem ? [{ questionId, problem }] : []
  })
}

/** Questions of the form without an answer, in the patient's order. A form is signed only when this is empty. */
export function unansweredQuestions(form: ScreeningForm, answers: ScreeningAnswers): readonly AskedQuestionId[] {
  return askedIdsOf(form).filter((id) => answers[id] === undefined)
}

/** Ids that carry an answer, in the patient's order. */
export function answeredIds(answers: ScreeningAnswers): readonly AskedQuestionId[] {
  return askedIdsOf('FULL').filter((id) => answers[id] !== undefined)
}

export function chosenOptions(answer: Answer): readonly ChosenOption[] {
  return answer.kind === 'MULTI' ? answer.chosen : [answer.chosen]
}

/** The option as chosen, or null where it was not. */
export function chosen<Id extends AskedQuestionId>(
  answers: ScreeningAnswers,
  id: Id,
  option: OptionCode<Id>,
): ChosenOption | null {
  const answer = answers[id]
  if (!answer) return null
  return chosenOptions(answer).find((one) => one.option === option) ?? null
}

/** The date under `name`; null where it is blank or "I do not know". */
export function dateIn(one: ChosenOption, name = 'ON'): CalendarDate | null {
  const input = one.inputs.find((value) => value.name === name)
  return input?.kind === 'DATE' ? input.date : null
}

/** The zones ticked; empty where none were. */
export function zonesIn(one: ChosenOption, name = 'WHERE'): readonly ZoneSide[] {
  const input = one.inputs.find((value) => value.name === name)
  return input?.kind === 'ZONES' ? input.zones : []
}

export function textIn(one: ChosenOption, name = 'WHAT'): string | null {
  const input = one.inputs.find((value) => value.name === name)
  return input?.kind === 'TEXT' && input.text.trim() !== '' ? input.text.trim() : null
}

export function selectionIn(one: ChosenOption, name: string): string | null {
  const input = one.inputs.find((value) => value.name === name)
  return input?.kind === 'SELECT' ? input.option : null
}

/** Tenths of a percent; null where blank or unknown. */
export function percentIn(one: ChosenOption, name: string): number | null {
  const input = one.inputs.find((value) => value.name === name)
  return input?.kind === 'PERCENT' ? input.tenths : null
}

function optionOf(question: Question, code: string): QuestionOption | undefined {
  return question.kind === 'COMPUTED' ? undefined : question.options.find((option) => option.code === code)
}

function inputsProblem(option: QuestionOption, inputs: readonly InputValue[]): AnswerProblem | null {
  if (new Set(inputs.map((value) => value.name)).size !== inputs.length) return 'INPUT_TWICE'
  for (const value of inputs) {
    const asked = option.inputs.find((input) => input.name === value.name && input.kind === value.kind)
    if (!asked) return 'UNKNOWN_INPUT'
    const problem = inputProblem(asked, value)
    if (problem) return problem
  }
  return null
}

function inputProblem(asked: QuestionInput, value: InputValue): AnswerProblem | null {
  switch (value.kind) {
    case 'SELECT':
      return asked.kind === 'SELECT' && asked.options.some((option) => option.code === value.option)
        ? null
        : 'UNKNOWN_SELECTION'
    case 'ZONES':
      return new Set(value.zones.map(({ zone, side }) => `${zone} ${side}`)).size === value.zones.length
        ? null
        : 'ZONE_TWICE'
    case 'DATE':
    case 'TEXT':
    case 'PERCENT':
    case 'DEPTH':
      return null
    default:
      return assertNever(value)
  }
}

function dateProblem(
  question: Question,
  answer: Answer,
  bornOn: CalendarDate | null,
  today: CalendarDate,
): AnswerProblem | null {
  for (const one of chosenOptions(answer)) {
    for (const value of one.inputs) {
      if (value.kind !== 'DATE' || value.date === null) continue
      const asked = optionOf(question, one.option)?.inputs.find((input) => input.name === value.name)
      if (asked?.kind === 'DATE' && asked.when === 'PAST' && value.date > today) return 'DATE_IN_FUTURE'
      if (bornOn !== null && value.date < bornOn) return 'DATE_BEFORE_BIRTH'
    }
  }
  return null
}
