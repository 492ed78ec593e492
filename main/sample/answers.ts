import type { Answer, ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { ScreeningForm } from '../../shared/domain/screening/question.ts'
import { askedIdsOf, questionOf } from '../../shared/domain/screening/questionnaire.ts'

const no = new Set(['NO', 'NEVER', 'NONE', 'NO_EVENT'])

/** What a healthy person answers: no to everything, and a wish in their own words. */
export function healthyAnswers(form: ScreeningForm): ScreeningAnswers {
  return Object.fromEntries(askedIdsOf(form).map((id) => [id, noTo(id)]))
}

function noTo(id: ReturnType<typeof askedIdsOf>[number]): Answer {
  const question = questionOf(id)
  const option = question.kind === 'COMPUTED' ? undefined : question.options.find(({ code }) => no.has(code))
  if (question.kind === 'COMPUTED' || !option) throw new Error(`${id} cannot be answered with no`)
  const chosen = { option: option.code, inputs: [] }
  if (question.kind === 'TEXT') return { kind: 'TEXT', text: 'Smoother skin', chosen }
  return question.kind === 'CHOICE' ? { kind: 'CHOICE', chosen } : { kind: 'MULTI', chosen: [chosen] }
}
