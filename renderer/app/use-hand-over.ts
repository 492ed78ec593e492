import { useCallback } from 'react'
import type { PatientId, ScreeningId, SeriesId } from '../../shared/kernel/ids.ts'
import type { Refusal } from '../../shared/kernel/result.ts'
import { flushPendingSaves } from '../client/pending-saves.ts'
import { useCommand } from '../client/use-command.ts'

export type HandOver = {
  /** Starts the form that is due (or a full one) and gives this window to the patient. */
  start(input: {
    readonly patientId: PatientId
    readonly seriesId: SeriesId | null
    readonly wanted: 'NEEDED' | 'FULL'
  }): Promise<void>
  /** Gives this window to the patient for a form that was started before. */
  resume(patientId: PatientId, screeningId: ScreeningId): Promise<void>
  readonly isRunning: boolean
  readonly refusal: Refusal | null
}

/** The questionnaire into the patient's hands. Main changes the window's state, so the screen follows by itself. */
export function useHandOver(): HandOver {
  const begin = useCommand('screening.begin')
  const handOver = useCommand('patientMode.begin')
  const { run: runBegin } = begin
  const { run: runHandOver } = handOver

  const resume = useCallback(
    async (patientId: PatientId, screeningId: ScreeningId) => {
      await flushPendingSaves()
      await runHandOver({ kind: 'SCREENING', patientId, formId: screeningId })
    },
    [runHandOver],
  )
  const start = useCallback<HandOver['start']>(
    async (input) => {
      const reply = await runBegin(input)
      if (reply.ok) await resume(input.patientId, reply.value.screeningId)
    },
    [runBegin, resume],
  )
  return {
    start,
    resume,
    isRunning: begin.isRunning || handOver.isRunning,
    refusal: begin.refusal ?? handOver.refusal,
  }
}
