import { Textarea } from '@mantine/core'
import { IconCheck, IconHelpCircle, IconHelpCircleFilled } from '@tabler/icons-react'
import { useId } from 'react'
import type { Answer, AnswerProblem } from '../../../shared/domain/screening/answer.ts'
import type { QuestionOption } from '../../../shared/domain/screening/question.ts'
import { AnswerInput, type DateReading } from './AnswerInputs.tsx'
import { type AskedQuestion, inputOf, isChosen, touchOption, withInput } from './answer-edit.ts'

export type QuestionBlockProps = {
  readonly question: AskedQuestion
  readonly answer: Answer | undefined
  /** Free text typed before the question has an answer. */
  readonly looseText: string
  readonly problem: AnswerProblem | null
  readonly isMarked: boolean
  readonly reading: DateReading
  readonly onAnswer: (answer: Answer | undefined) => void
  readonly onLooseText: (text: string) => void
  readonly onMark: (isMarked: boolean) => void
}

/** One question with large targets; what an option asks appears under it once it is chosen. */
export function QuestionBlock(props: QuestionBlockProps) {
  const { question, answer, looseText, problem, isMarked, onAnswer, onLooseText, onMark } = props
  const id = useId()
  const Help = isMarked ? IconHelpCircleFilled : IconHelpCircle
  return (
    <fieldset
      className="patient-question"
      id={question.id}
      aria-describedby={question.help === null ? undefined : `${id}-help`}
    >
      <legend>{question.wording}</legend>
      <button
        type="button"
        className="patient-question__ask"
        aria-label={`I have a question: ${question.short}`}
        aria-pressed={isMarked}
        onClick={() => onMark(!isMarked)}
      >
        <Help size={24} stroke={1.7} aria-hidden="true" />I have a question
      </button>
      {question.help !== null && (
        <p id={`${id}-help`} className="patient-question__help">
          {question.help}
        </p>
      )}
      {question.kind === 'TEXT' && (
        <div className="patient-question__text">
          <Textarea
            label={question.textLabel}
            size="xl"
            autosize
            minRows={2}
            maxLength={2000}
            value={answer?.kind === 'TEXT' ? answer.text : looseText}
            onChange={(event) => {
              const text = event.currentTarget.value
              if (answer?.kind === 'TEXT') onAnswer({ ...answer, text })
              else onLooseText(text)
            }}
          />
          <p>{question.optionsLabel}</p>
        </div>
      )}
      <div className="patient-question__options">
        {question.options.map((option) => (
          <OptionLine
            key={option.code}
            {...props}
            option={option}
            onTouch={() => onAnswer(touchOption(question, answer, option, looseText))}
          />
        ))}
      </div>
      {problem !== null && (
        <p className="patient-question__problem" role="alert">
          {problemWords(problem)}
        </p>
      )}
    </fieldset>
  )
}

type OptionLineProps = Pick<QuestionBlockProps, 'question' | 'answer' | 'reading' | 'onAnswer'> & {
  readonly option: QuestionOption
  readonly onTouch: () => void
}

function OptionLine({ question, answer, option, reading, onAnswer, onTouch }: OptionLineProps) {
  const chosen = isChosen(answer, option.code)
  const kind = question.kind === 'MULTI' ? 'checkbox' : 'radio'
  const hasInputs = chosen && answer !== undefined && option.inputs.length > 0
  return (
    <div className="patient-option" data-chosen={chosen} data-wide={hasInputs}>
      <label>
        <input type={kind} name={question.id} checked={chosen} onChange={onTouch} />
        <span className="patient-option__mark" data-kind={kind} aria-hidden="true">
          {kind === 'checkbox' && <IconCheck size={24} stroke={3} />}
        </span>
        <span>{option.label}</span>
      </label>
      {hasInputs && (
        <div className="patient-option__inputs">
          {option.inputs.map((input) => (
            <AnswerInput
              key={input.name}
              input={input}
              value={inputOf(answer, option.code, input.name)}
              reading={reading}
              onChange={(value) => onAnswer(withInput(answer, option.code, input.name, value))}
            />
          ))}
        </div>
      )}
    </div>
  )
}

function problemWords(problem: AnswerProblem): string {
  if (problem === 'DATE_IN_FUTURE') return 'That day has not come yet. Please look at the date again.'
  if (problem === 'DATE_BEFORE_BIRTH') return 'That day is before your birth date. Please look at the date again.'
  return 'Please answer this question again.'
}
