import { useCallback, useEffect, useRef } from 'react'
import type { ConsentId, PatientId } from '../../../shared/kernel/ids.ts'
import type { Input, Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useSaved } from '../../client/use-saved.ts'
import type { OpenForm } from './consent-pages.ts'

export type Answers = Input<'consent.answer'>['answers']
export type AnsweredForm = Output<'consent.answer'>

/** What the patient has entered, saved as it is touched; main gives back the form as it reads with it. */
export function useAnswers(address: { readonly patientId: PatientId; readonly consentId: ConsentId }, form: OpenForm) {
  const { patientId, consentId } = address
  const { run } = useCommand('consent.answer')
  const isOpening = useRef(true)
  const save = useCallback(
    async (answers: Answers, version: number) => {
      const reply = await run({ patientId, consentId, version, isOpening: isOpening.current, answers })
      if (reply.ok) isOpening.current = false
      return reply
    },
    [run, patientId, consentId],
  )
  const saved = useSaved<Answers, AnsweredForm>({ initial: form.answers, version: form.draftVersion, save })
  const { flush } = saved
  // The reading time counts from here, by main's clock.
  useEffect(() => void flush(), [flush])
  return saved
}
