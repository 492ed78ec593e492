import { type Answer, chosenOptions, type InputValue } from '../../shared/domain/screening/answer.ts'
import type { Question, QuestionInput } from '../../shared/domain/screening/question.ts'
import type { ZoneSide } from '../../shared/domain/zones.ts'
import { formatDate, formatMmUnit } from './format.ts'
import { compareZones, zoneSideName } from './zone-names.ts'

/** One chosen option in words, with what was entered beside it. */
export type AnswerLine = { readonly option: string; readonly label: string; readonly details: readonly string[] }

/** An answer as it reads under a question as it was put; an unknown code is shown as it stands. */
export function answerLines(question: Question, answer: Answer): readonly AnswerLine[] {
  const lines = chosenOptions(answer).map(({ option, inputs }): AnswerLine => {
    const asked = question.kind === 'COMPUTED' ? undefined : question.options.find((one) => one.code === option)
    return {
      option,
      label: question.kind === 'TEXT' ? `${question.optionsLabel} ${asked?.label ?? option}` : (asked?.label ?? option),
      details: inputs.flatMap((input) =>
        inputWords(
          input,
          asked?.inputs.find(({ name }) => name === input.name),
        ),
      ),
    }
  })
  if (answer.kind !== 'TEXT') return lines
  const words = answer.text.trim()
  return [{ option: 'TEXT', label: words === '' ? 'Nothing written' : `“${words}”`, details: [] }, ...lines]
}

/** The same in one line, for comparisons. */
export function answerSentence(question: Question, answer: Answer): string {
  return answerLines(question, answer)
    .map(({ label, details }) => [label, ...details].join(', '))
    .join('; ')
}

export function zoneList(zones: readonly ZoneSide[]): string {
  return [...zones].sort(compareZones).map(zoneSideName).join('; ')
}

/** True where an answer says something other than no: staff read these first. */
export function isRemarkable(question: Question, answer: Answer | undefined): boolean {
  if (!answer || question.kind === 'COMPUTED') return false
  const quiet = new Set(['NO', 'NEVER', 'NONE', 'NOT_APPLICABLE', 'NO_EVENT'])
  return answer.kind === 'TEXT' || chosenOptions(answer).some(({ option }) => !quiet.has(option))
}

function inputWords(value: InputValue, asked: QuestionInput | undefined): readonly string[] {
  switch (value.kind) {
    case 'DATE':
      return [value.date === null ? 'date not known' : formatDate(value.date)]
    case 'ZONES':
      return value.zones.length === 0 ? [] : [zoneList(value.zones)]
    case 'TEXT':
      return value.text.trim() === '' ? [] : [`“${value.text.trim()}”`]
    case 'PERCENT':
      return [value.tenths === null ? 'value not known' : `HbA1c ${(value.tenths / 10).toFixed(1)} %`]
    case 'DEPTH':
      return [value.depthUm === null ? 'length not known' : formatMmUnit(value.depthUm)]
    case 'SELECT': {
      const chosen = asked?.kind === 'SELECT' ? asked.options.find((one) => one.code === value.option) : undefined
      return [`${asked?.label ?? value.name} ${chosen?.label ?? value.option}`]
    }
  }
}
