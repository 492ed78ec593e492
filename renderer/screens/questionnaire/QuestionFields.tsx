import { Textarea, TextInput } from '@mantine/core'
import { placeKey } from '../../../shared/domain/screening/questionnaire-edit.ts'
import {
  type QuestionnaireFault,
  type WordsPlace,
  wordsLimits,
} from '../../../shared/domain/screening/questionnaire-lint.ts'
import type { QuestionWords } from '../../../shared/domain/screening/questionnaire-text.ts'
import { faultSentence, fieldId, partWords, shortName } from './questionnaire-words.ts'

export type QuestionFieldsProps = {
  readonly words: QuestionWords
  readonly faults: readonly QuestionnaireFault[]
  readonly onChange: (words: QuestionWords) => void
}

/** One question as it is worded: what the patient is asked, the line of help, and every answer with what it asks. */
export function QuestionFields({ words, faults, onChange }: QuestionFieldsProps) {
  const { questionId, wording, help, labels } = words
  const place = (part: string): WordsPlace => ({ kind: 'QUESTION', questionId, part })
  const errorOf = (part: string) => {
    const found = faults.filter((fault) => placeKey(fault.place) === placeKey(place(part)))
    return found.length === 0 ? null : found.map(faultSentence).join(' ')
  }
  return (
    <fieldset className="text-section">
      <legend className="visually-hidden">{questionId}</legend>
      <h3 className="question-words__name">
        <span className="mono">{questionId}</span> {shortName(questionId)}
      </h3>
      <Textarea
        id={fieldId(place('WORDING'))}
        label="Question"
        aria-label={`${questionId}: question`}
        autosize
        minRows={1}
        maxLength={2000}
        value={wording}
        error={errorOf('WORDING')}
        onChange={(event) => onChange({ ...words, wording: event.currentTarget.value })}
      />
      <Textarea
        id={fieldId(place('HELP'))}
        label="Help under it"
        aria-label={`${questionId}: help`}
        autosize
        minRows={1}
        maxLength={2000}
        value={help}
        error={errorOf('HELP')}
        onChange={(event) => onChange({ ...words, help: event.currentTarget.value })}
      />
      <details className="question-words__labels" open={labels.some(({ key }) => errorOf(key) !== null) || undefined}>
        <summary>Answers of {questionId}</summary>
        <ul>
          {labels.map(({ key, text }) => (
            <li key={key} data-depth={key.split('.').length}>
              <TextInput
                id={fieldId(place(key))}
                label={capitalised(partWords(key))}
                aria-label={`${questionId}: ${partWords(key)}`}
                maxLength={Math.max(wordsLimits.label * 2, 240)}
                value={text}
                error={errorOf(key)}
                onChange={(event) => {
                  const typed = event.currentTarget.value
                  onChange({
                    ...words,
                    labels: labels.map((label) => (label.key === key ? { key, text: typed } : label)),
                  })
                }}
              />
            </li>
          ))}
        </ul>
      </details>
    </fieldset>
  )
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
