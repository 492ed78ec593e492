import { useCallback, useEffect, useRef, useState } from 'react'
import type { ScreeningAnswers } from '../../../shared/domain/screening/answer.ts'
import type { AskedQuestionId } from '../../../shared/domain/screening/questionnaire.ts'
import type { PatientId, ScreeningId } from '../../../shared/kernel/ids.ts'
import type { Input, Output } from '../../client/client.ts'
import { usePendingSave } from '../../client/pending-saves.ts'
import { useCommand } from '../../client/use-command.ts'
import { sentenceFor } from '../../refusals/index.ts'

const saveAfterMs = 400
const retryAfterMs = 3000

/** Everything the patient has entered. */
export type AnswerSheet = {
  readonly answers: ScreeningAnswers
  /** Free text of a question that has no answer yet. */
  readonly looseTexts: Readonly<Partial<Record<AskedQuestionId, string>>>
  readonly marked: readonly AskedQuestionId[]
}

export type SaveState =
  | { readonly kind: 'SAVED' }
  | { readonly kind: 'SAVING' }
  | { readonly kind: 'REFUSED'; readonly sentence: string }

export type OpenForm = Extract<Output<'screening.patientForm'>, { state: 'OPEN' }>

type Options = {
  readonly patientId: PatientId
  readonly screeningId: ScreeningId
  readonly form: OpenForm
  /** Somebody saved this form elsewhere: what is stored there has to be read again. */
  readonly onConflict: () => void
}

/**
 * The patient's answers, in the store within a second of each touch: one save at a time, the newest state last. `flush`
 * saves what is left and gives the version that was saved, or null where it was refused.
 */
export function useAnswers({ patientId, screeningId, form, onConflict }: Options) {
  const [sheet, setSheet] = useState<AnswerSheet>(() => sheetOf(form))
  const [saveState, setSaveState] = useState<SaveState>({ kind: 'SAVED' })
  const { run } = useCommand('screening.saveAnswers')
  const current = useRef(sheet)
  const saved = useRef(sheet)
  const version = useRef(form.version)
  const running = useRef<Promise<boolean> | null>(null)
  const timer = useRef<number | undefined>(undefined)
  /** The form left the screen, or somebody saved it elsewhere: nothing is tried again. */
  const isOver = useRef(false)

  const saveAll = useCallback(async (): Promise<boolean> => {
    while (current.current !== saved.current) {
      const wanted = current.current
      setSaveState({ kind: 'SAVING' })
      const reply = await run(inputOf({ patientId, screeningId, version: version.current }, wanted))
      if (!reply.ok) {
        setSaveState({ kind: 'REFUSED', sentence: sentenceFor(reply.refusal) })
        if (reply.refusal.code === 'CONFLICT') {
          isOver.current = true
          onConflict()
        }
        return false
      }
      version.current = reply.value.version
      saved.current = wanted
    }
    setSaveState({ kind: 'SAVED' })
    return true
  }, [run, patientId, screeningId, onConflict])

  const save = useCallback(async (): Promise<boolean> => {
    running.current ??= saveAll().finally(() => {
      running.current = null
    })
    const isSaved = await running.current
    // What was refused may only have been the moment: a full disk, a program that was busy.
    if (!isSaved && !isOver.current) timer.current = window.setTimeout(() => void save(), retryAfterMs)
    return isSaved
  }, [saveAll])

  const change = useCallback(
    (update: (sheet: AnswerSheet) => AnswerSheet) => {
      current.current = update(current.current)
      setSheet(current.current)
      setSaveState({ kind: 'SAVING' })
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(() => void save(), saveAfterMs)
    },
    [save],
  )

  usePendingSave(async () => {
    if (!isOver.current) await save()
  })
  useEffect(() => {
    isOver.current = false
    return () => {
      isOver.current = true
      window.clearTimeout(timer.current)
    }
  }, [])

  const flush = useCallback(async (): Promise<number | null> => {
    window.clearTimeout(timer.current)
    return (await save()) ? version.current : null
  }, [save])

  return { sheet, change, flush, saveState }
}

function sheetOf(form: OpenForm): AnswerSheet {
  return {
    answers: form.answers,
    looseTexts: Object.fromEntries(form.looseTexts.map(({ questionId, text }) => [questionId, text])),
    marked: form.marked,
  }
}

function inputOf(
  key: Pick<Input<'screening.saveAnswers'>, 'patientId' | 'screeningId' | 'version'>,
  sheet: AnswerSheet,
): Input<'screening.saveAnswers'> {
  return {
    ...key,
    language: 'en',
    // The wire's types are of arrays that could be changed; nobody changes these.
    answers: sheet.answers as Input<'screening.saveAnswers'>['answers'],
    looseTexts: Object.entries(sheet.looseTexts)
      .filter(([, text]) => text !== '')
      .map(([questionId, text]) => ({ questionId: questionId as AskedQuestionId, text })),
    marked: [...sheet.marked],
  }
}
