import type { Answer, ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { ScreeningForm } from '../../shared/domain/screening/question.ts'
import { askedIdsOf, questionOf } from '../../shared/domain/screening/questionnaire.ts'

const saysNo = new Set(['NO', 'NEVER', 'NONE', 'NO_EVENT'])

/** Every question of the form answered with its "no", "never" or "none of these". */
export function answersOfHealthyPerson(form: ScreeningForm): ScreeningAnswers {
  return Object.fromEntries(askedIdsOf(form).map((id) => [id, noTo(id)]))
}

function noTo(id: ReturnType<typeof askedIdsOf>[number]): Answer {
  const question = questionOf(id)
  const option = question.kind === 'COMPUTED' ? undefined : question.options.find((one) => saysNo.has(one.code))
  if (question.kind === 'COMPUTED' || !option) throw new Error(`no way to say no to ${id}`)
  const chosen = { option: option.code, inputs: [] }
  if (question.kind === 'TEXT') return { kind: 'TEXT', text: 'Smoother skin', chosen }
  return question.kind === 'CHOICE' ? { kind: 'CHOICE', chosen } : { kind: 'MULTI', chosen: [chosen] }
}
