import {
  type Answer,
  type ChosenOption,
  chosenOptions,
  type InputValue,
} from '../../../shared/domain/screening/answer.ts'
import type { Question, QuestionOption } from '../../../shared/domain/screening/question.ts'

export type AskedQuestion = Exclude<Question, { readonly kind: 'COMPUTED' }>

export function isAsked(question: Question): question is AskedQuestion {
  return question.kind !== 'COMPUTED'
}

export function isChosen(answer: Answer | undefined, option: string): boolean {
  return answer !== undefined && chosenOptions(answer).some((one) => one.option === option)
}

export function inputOf(answer: Answer | undefined, option: string, name: string): InputValue | undefined {
  if (!answer) return undefined
  return chosenOptions(answer)
    .find((one) => one.option === option)
    ?.inputs.find((input) => input.name === name)
}

/**
 * The answer after one option was touched: the only one of a CHOICE, one more or one less of a MULTI, where "none of
 * these" takes the others back and they take it back. Undefined where nothing is ticked any more.
 */
export function touchOption(
  question: AskedQuestion,
  answer: Answer | undefined,
  option: QuestionOption,
  looseText: string,
): Answer | undefined {
  const kept = answer ? chosenOptions(answer).find((one) => one.option === option.code) : undefined
  const chosen: ChosenOption = kept ?? { option: option.code, inputs: [] }
  if (question.kind === 'CHOICE') return { kind: 'CHOICE', chosen }
  if (question.kind === 'TEXT') {
    return { kind: 'TEXT', text: answer?.kind === 'TEXT' ? answer.text : looseText, chosen }
  }
  const others = answer ? chosenOptions(answer).filter((one) => one.option !== option.code) : []
  if (kept) return others.length === 0 ? undefined : { kind: 'MULTI', chosen: others }
  const exclusive = question.options.filter((one) => one.exclusive).map((one) => one.code)
  if (option.exclusive) return { kind: 'MULTI', chosen: [chosen] }
  return { kind: 'MULTI', chosen: [...others.filter((one) => !exclusive.includes(one.option)), chosen] }
}

/** The answer with what was entered beside an option; null takes the entry back, so it is blank again. */
export function withInput(answer: Answer, option: string, name: string, value: InputValue | null): Answer {
  const change = (one: ChosenOption): ChosenOption => {
    if (one.option !== option) return one
    const rest = one.inputs.filter((input) => input.name !== name)
    return { ...one, inputs: value === null ? rest : [...rest, value] }
  }
  if (answer.kind === 'MULTI') return { ...answer, chosen: answer.chosen.map(change) }
  return { ...answer, chosen: change(answer.chosen) }
}
