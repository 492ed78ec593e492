import { Button, Textarea } from '@mantine/core'
import { IconHelpCircle, IconMessagePlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Question } from '../../../shared/domain/screening/question.ts'
import type { AskedQuestionId } from '../../../shared/domain/screening/questionnaire.ts'
import { wordedSteps } from '../../../shared/domain/screening/questionnaire-text.ts'
import type { Output } from '../../client/client.ts'
import { answerLines, answerSentence, isRemarkable } from '../../parts/answer-words.ts'
import { FilterPills } from '../../parts/FilterPills.tsx'
import { formatDate, formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { isAsked } from './answer-edit.ts'

export type SignedScreening = Extract<Output<'screening.open'>, { state: 'SIGNED' }>

export type AnswersCardProps = {
  readonly screening: SignedScreening
  readonly timeZone: string
  /** Saves a clarification; gives the refusal's sentence, or null. Null for those who may not write. */
  readonly onClarify: ((questionId: AskedQuestionId, text: string) => Promise<string | null>) | null
}

type Show = 'REMARKABLE' | 'CHANGED' | 'ALL'

/** The answers as the patient gave them, with what staff added beside them. */
export function AnswersCard({ screening, timeZone, onClarify }: AnswersCardProps) {
  const { body, changes } = screening
  const worded = wordedSteps(body.form, screening.words)
  const asked = worded.flatMap((step) => step.questions).filter(isAsked)
  const shown: Readonly<Record<Show, readonly Question[]>> = {
    REMARKABLE: asked.filter((question) => isTold(question, screening)),
    CHANGED: asked.filter((question) => changes?.answers.some(({ questionId }) => questionId === question.id)),
    ALL: asked,
  }
  const [show, setShow] = useState<Show>('REMARKABLE')
  const steps = worded
    .map((step) => ({ ...step, questions: step.questions.filter((question) => shown[show].includes(question)) }))
    .filter((step) => step.questions.length > 0)
  return (
    <SectionCard
      title="Answers"
      size="panel"
      note={changes === null ? 'The first form' : `compared with ${formatDate(changes.since)}`}
      aside={
        <FilterPills<Show>
          label="Which answers"
          value={show}
          onChange={setShow}
          pills={[
            { value: 'REMARKABLE', label: 'Not simply no', count: shown.REMARKABLE.length },
            ...(changes === null ? [] : [{ value: 'CHANGED' as const, label: 'Changed', count: shown.CHANGED.length }]),
            { value: 'ALL', label: 'All', count: shown.ALL.length },
          ]}
        />
      }
      isFlush
    >
      {steps.length === 0 && (
        <p className="answer-list__none">
          {show === 'CHANGED' ? 'Nothing changed since then.' : 'Every question was answered with no.'}
        </p>
      )}
      {steps.map((step) => (
        <section key={step.code} className="answer-list" aria-label={step.title}>
          <h3>{step.title}</h3>
          {step.questions.map((question) => (
            <AnswerRow
              key={question.id}
              questionId={question.id as AskedQuestionId}
              question={question}
              screening={screening}
              timeZone={timeZone}
              onClarify={onClarify}
            />
          ))}
        </section>
      ))}
    </SectionCard>
  )
}

/** True where staff should read the line first. */
function isTold(question: Question, { body, marked, changes }: SignedScreening): boolean {
  const id = question.id as AskedQuestionId
  return (
    isRemarkable(question, body.answers[id]) ||
    marked.includes(id) ||
    body.clarifications.some(({ questionId }) => questionId === id) ||
    (changes?.answers.some(({ questionId }) => questionId === id) ?? false)
  )
}

type AnswerRowProps = AnswersCardProps & { readonly questionId: AskedQuestionId; readonly question: Question }

function AnswerRow({ questionId, question, screening, timeZone, onClarify }: AnswerRowProps) {
  const [isWriting, setWriting] = useState(false)
  const { body, marked, changes, people } = screening
  const answer = body.answers[questionId]
  const change = changes?.answers.find((one) => one.questionId === questionId)
  const clarifications = body.clarifications.filter((one) => one.questionId === questionId)
  return (
    <div className="answer-row" data-remarkable={isRemarkable(question, answer)}>
      <p className="answer-row__question">{question.short}</p>
      <div className="answer-row__answer">
        {answer === undefined ? (
          <p className="text-2">Not asked in this form</p>
        ) : (
          answerLines(question, answer).map((line) => (
            <p key={line.option}>
              <strong>{line.label}</strong>
              {line.details.length > 0 && <span className="text-2"> {line.details.join(' · ')}</span>}
            </p>
          ))
        )}
        {change && changes && (
          <p className="answer-row__before">
            New since {formatDate(changes.since)}
            {change.before === null ? ', not asked before' : `, was: ${answerSentence(question, change.before)}`}
          </p>
        )}
        {marked.includes(questionId) && (
          <p className="answer-row__marked">
            <IconHelpCircle size={15} stroke={1.8} aria-hidden="true" />
            The patient wants to ask about this
          </p>
        )}
        {clarifications.map((one) => (
          <blockquote key={`${one.at} ${one.by}`}>
            <p>{one.text}</p>
            <footer>
              {people.find(({ staffId }) => staffId === one.by)?.printedName ?? 'Staff'},{' '}
              {formatDateTime(one.at, timeZone)}
            </footer>
          </blockquote>
        ))}
        {isWriting && onClarify !== null && (
          <ClarifyForm
            question={question.short}
            onSave={(text) => onClarify(questionId, text)}
            onClose={() => setWriting(false)}
          />
        )}
      </div>
      {onClarify !== null && !isWriting && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconMessagePlus size={15} stroke={1.7} aria-hidden="true" />}
          aria-label={`Clarify: ${question.short}`}
          onClick={() => setWriting(true)}
        >
          Clarify
        </Button>
      )}
    </div>
  )
}

type ClarifyFormProps = {
  readonly question: string
  readonly onSave: (text: string) => Promise<string | null>
  readonly onClose: () => void
}

function ClarifyForm({ question, onSave, onClose }: ClarifyFormProps) {
  const [text, setText] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)

  async function save() {
    setSaving(true)
    const sentence = await onSave(text)
    setSaving(false)
    setRefusal(sentence)
    if (sentence === null) onClose()
  }

  return (
    <form
      className="clarify-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Textarea
        label={`Clarification to: ${question}`}
        description="The patient’s answer stays as it is. This stands beside it, with your name."
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <RefusalText>{refusal}</RefusalText>
      <div>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="filled" type="submit" disabled={text.trim() === '' || isSaving}>
          Save clarification
        </Button>
      </div>
    </form>
  )
}
