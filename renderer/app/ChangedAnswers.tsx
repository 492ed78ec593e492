import './changed-answers.css'
import type { AskedQuestionId } from '../../shared/domain/screening/questionnaire.ts'
import { type QuestionnaireWords, wordedQuestion } from '../../shared/domain/screening/questionnaire-text.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { Output } from '../client/client.ts'
import { useQuery } from '../client/use-query.ts'
import { answerSentence } from '../parts/answer-words.ts'
import { formatDate } from '../parts/format.ts'
import { RefusalText } from '../parts/RefusalText.tsx'
import { SectionCard } from '../parts/SectionCard.tsx'
import { sentenceFor } from '../refusals/index.ts'

type Changed = NonNullable<Output<'screening.changes'>['newest']>
type Delta = NonNullable<Changed['changes']>['answers'][number]

/** What the newest form says differently from the one before it, and nothing else of it. */
export function ChangedAnswers({ patientId }: { readonly patientId: PatientId }) {
  const { value, refusal } = useQuery('screening.changes', { patientId }, { dependsOn: ['screening'] })
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  const newest = value?.newest ?? null
  if (newest === null || newest.changes === null) return null
  const { answers, since } = newest.changes
  return (
    <SectionCard
      title="Changed answers"
      note={`Form of ${formatDate(newest.takenOn)}, compared with ${formatDate(since)}`}
    >
      {answers.length === 0 ? (
        <p className="text-2">Nothing changed.</p>
      ) : (
        <dl className="changed-answers">
          {answers.map((delta) => (
            <ChangedAnswer key={delta.questionId} delta={delta} words={newest.words} />
          ))}
        </dl>
      )}
    </SectionCard>
  )
}

function ChangedAnswer({ delta, words }: { readonly delta: Delta; readonly words: QuestionnaireWords }) {
  const { questionId, before, after } = delta
  const question = wordedQuestion(questionId satisfies AskedQuestionId, words)
  return (
    <div>
      <dt>{question.short}</dt>
      <dd>
        <strong>{answerSentence(question, after)}</strong>
        <span className="text-2">
          {before === null ? ' (not asked before)' : ` (was: ${answerSentence(question, before)})`}
        </span>
      </dd>
    </div>
  )
}
