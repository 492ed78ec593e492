import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { unansweredQuestions } from '../../../shared/domain/screening/answer.ts'
import type { QuestionSection, ScreeningForm } from '../../../shared/domain/screening/question.ts'
import type { AskedQuestionId } from '../../../shared/domain/screening/questionnaire.ts'
import { answerLines } from '../../parts/answer-words.ts'
import { formatPlural } from '../../parts/format.ts'
import { isAsked } from './answer-edit.ts'
import type { AnswerSheet } from './use-answers.ts'

export type ReviewPageProps = {
  readonly form: ScreeningForm
  readonly steps: readonly QuestionSection[]
  readonly sheet: AnswerSheet
  /** Questions whose answer does not fit, e.g. a date after today. */
  readonly faulty: readonly AskedQuestionId[]
  /** Opens the page of a question, at that question. */
  readonly onChange: (questionId: AskedQuestionId) => void
}

/** Every answer once more before signing, each with its way back. */
export function ReviewPage({ form, steps, sheet, faulty, onChange }: ReviewPageProps) {
  const open = unansweredQuestions(form, sheet.answers)
  const missing = new Set<string>([...open, ...faulty])
  return (
    <div className="patient-review">
      {missing.size > 0 && (
        <p className="patient-review__open" role="status">
          <IconAlertTriangle size={24} stroke={1.8} aria-hidden="true" />
          {formatPlural(missing.size, 'question')} still to answer. They are marked below.
        </p>
      )}
      {steps.map((step) => (
        <section key={step.code} aria-label={step.title}>
          <h2>{step.title}</h2>
          <dl>
            {step.questions.filter(isAsked).map((question) => {
              const answer = sheet.answers[question.id as AskedQuestionId]
              const isMissing = missing.has(question.id)
              return (
                <div key={question.id} data-missing={isMissing}>
                  <dt>{question.wording}</dt>
                  <dd>
                    {answer === undefined ? (
                      <strong>Not answered yet</strong>
                    ) : (
                      answerLines(question, answer).map((line) => (
                        <span key={line.option}>
                          <strong>{line.label}</strong>
                          {line.details.length > 0 && ` ${line.details.join(' · ')}`}
                        </span>
                      ))
                    )}
                    {sheet.marked.includes(question.id as AskedQuestionId) && (
                      <span className="patient-review__marked">You want to ask about this.</span>
                    )}
                  </dd>
                  <dd>
                    <Button
                      size="lg"
                      variant={isMissing ? 'filled' : 'default'}
                      aria-label={`${isMissing ? 'Answer' : 'Change'}: ${question.short}`}
                      onClick={() => onChange(question.id as AskedQuestionId)}
                    >
                      {isMissing ? 'Answer' : 'Change'}
                    </Button>
                  </dd>
                </div>
              )
            })}
          </dl>
        </section>
      ))}
    </div>
  )
}
