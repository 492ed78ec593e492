import './ScreeningPatientForm.css'
import { useCallback, useEffect, useState } from 'react'
import { answerFaults, unansweredQuestions } from '../../../shared/domain/screening/answer.ts'
import type { AskedQuestionId } from '../../../shared/domain/screening/questionnaire.ts'
import { wordedSteps } from '../../../shared/domain/screening/questionnaire-text.ts'
import { screeningLanguages } from '../../../shared/domain/screening/statement.ts'
import type { PatientId, ScreeningId } from '../../../shared/kernel/ids.ts'
import { ageOn } from '../../../shared/kernel/time.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate, formatPlural } from '../../parts/format.ts'
import { PatientFormPage } from '../../parts/PatientWindow.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { DateReading } from './AnswerInputs.tsx'
import { isAsked } from './answer-edit.ts'
import { QuestionBlock } from './QuestionBlock.tsx'
import { ReviewPage } from './ReviewPage.tsx'
import { SignPage } from './SignPage.tsx'
import { type OpenForm, type SaveState, useAnswers } from './use-answers.ts'

export type ScreeningPatientFormProps = {
  readonly patientId: PatientId
  readonly screeningId: ScreeningId
  /** Signed: the window asks for its return. */
  readonly onDone: () => void
}

/** The questionnaire in the patient's hands: a page per section, a look through all answers, the signature. */
export function ScreeningPatientForm({ patientId, screeningId, onDone }: ScreeningPatientFormProps) {
  const form = useQuery('screening.patientForm', { patientId, screeningId }, { isForm: true })
  const clinic = useClinic()
  const [round, setRound] = useState(0)
  const isSigned = form.value?.state === 'SIGNED'
  useEffect(() => {
    if (isSigned) onDone()
  }, [isSigned, onDone])
  const { refetch } = form
  const readAgain = useCallback(() => {
    refetch()
    setRound((count) => count + 1)
  }, [refetch])

  if (form.refusal) return <RefusalText>{sentenceFor(form.refusal)}</RefusalText>
  if (form.value?.state !== 'OPEN' || !clinic) return <div aria-busy="true" />
  return (
    <Pages
      // Saved elsewhere meanwhile: start from what is stored there.
      key={`${round} ${round === 0 ? '' : form.value.version}`}
      patientId={patientId}
      screeningId={screeningId}
      form={form.value}
      reading={{ order: clinic.dateOrder, today: clinic.today }}
      onConflict={readAgain}
      onDone={onDone}
    />
  )
}

type PagesProps = ScreeningPatientFormProps & {
  readonly form: OpenForm
  readonly reading: DateReading
  readonly onConflict: () => void
}

function Pages({ patientId, screeningId, form, reading, onConflict, onDone }: PagesProps) {
  const steps = wordedSteps(form.form, form.words)
  const { sheet, change, flush, saveState } = useAnswers({ patientId, screeningId, form, onConflict })
  const [page, setPage] = useState(1)
  // A question to be brought into view once its page stands.
  const [goal, setGoal] = useState<AskedQuestionId | null>(null)
  useEffect(() => {
    if (goal === null) return
    const place = document.getElementById(goal)
    place?.scrollIntoView({ block: 'start' })
    place?.querySelector('input')?.focus()
    setGoal(null)
  }, [goal])

  const { bornOn } = form
  const { today } = reading
  const faults = answerFaults({ form: form.form, answers: sheet.answers, bornOn, today })
  const open = unansweredQuestions(form.form, sheet.answers)
  const frame = {
    name: { familyName: form.familyName, givenName: form.givenName },
    bornOn,
    page,
    pageCount: steps.length + 2,
    language: form.language,
    languages: screeningLanguages,
    onLanguageChange: noOtherLanguage,
    onBack: page === 1 ? null : () => setPage(page - 1),
    onQuestion: null,
  } as const

  const step = steps[page - 1]
  if (step) {
    const questions = step.questions.filter(isAsked)
    const openHere = questions.filter((question) => open.some((id) => id === question.id)).length
    return (
      <PatientFormPage
        {...frame}
        title={step.title}
        {...(page === 1 ? { lead: ageLead(form, reading) } : {})}
        next={{ text: nextText(steps[page]?.title), kind: 'next', isDisabled: false, onNext: () => setPage(page + 1) }}
        hint={hintOf(saveState, openHere)}
      >
        {questions.map((question) => {
          const id = question.id as AskedQuestionId
          return (
            <QuestionBlock
              key={id}
              question={question}
              answer={sheet.answers[id]}
              looseText={sheet.looseTexts[id] ?? ''}
              problem={faults.find((fault) => fault.questionId === id)?.problem ?? null}
              isMarked={sheet.marked.includes(id)}
              reading={reading}
              onAnswer={(answer) =>
                change((before) => {
                  const { [id]: _before, ...answers } = before.answers
                  return { ...before, answers: answer === undefined ? answers : { ...answers, [id]: answer } }
                })
              }
              onLooseText={(text) =>
                change((before) => ({ ...before, looseTexts: { ...before.looseTexts, [id]: text } }))
              }
              onMark={(isMarked) =>
                change((before) => ({
                  ...before,
                  marked: isMarked ? [...before.marked, id] : before.marked.filter((one) => one !== id),
                }))
              }
            />
          )
        })}
      </PatientFormPage>
    )
  }

  const isComplete = open.length === 0 && faults.length === 0
  if (page === steps.length + 1) {
    return (
      <PatientFormPage
        {...frame}
        title="Please check your answers"
        lead="You can still change every answer. After you have signed, they stay as they are."
        next={{ text: 'Next: sign', kind: 'next', isDisabled: !isComplete, onNext: () => setPage(page + 1) }}
        hint={
          isComplete ? hintOf(saveState, 0) : `${formatPlural(open.length + faults.length, 'question')} still to answer`
        }
      >
        <ReviewPage
          form={form.form}
          steps={steps}
          sheet={sheet}
          faulty={faults.map((fault) => fault.questionId)}
          onChange={(questionId) => {
            setPage(steps.findIndex(({ questions }) => questions.some(({ id }) => id === questionId)) + 1)
            setGoal(questionId)
          }}
        />
      </PatientFormPage>
    )
  }
  return (
    <SignPage frame={frame} form={form} patientId={patientId} screeningId={screeningId} flush={flush} onDone={onDone} />
  )
}

/** The age the clinic works with, so that a wrong birth date is seen by the one who knows. */
function ageLead({ bornOn }: OpenForm, { today }: DateReading): string {
  if (bornOn === null) return 'We do not have your date of birth. Please tell the clinic’s staff.'
  return `You are ${ageOn(bornOn, today)} years old, born ${formatDate(bornOn)}. If that is wrong, please tell the clinic’s staff.`
}

function nextText(title: string | undefined): string {
  return title === undefined ? 'Next: check your answers' : 'Next'
}

function hintOf(saveState: SaveState, openCount: number): string {
  if (saveState.kind === 'REFUSED') return saveState.sentence
  const saved = saveState.kind === 'SAVED' ? 'Saved' : 'Saving'
  return openCount === 0 ? saved : `${saved} · ${formatPlural(openCount, 'question')} open on this page`
}

/** The questionnaire exists in one language so far; the frame shows no choice then. */
function noOtherLanguage() {
  throw new Error('the questionnaire has one language')
}
