import { useCallback, useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { useHandOver } from '../../app/use-hand-over.ts'
import { client } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'

export type NextStepActions = {
  /** Goes where the next step is done. */
  take(visit: DayVisit): Promise<void>
  /** The form that the patient can sign: the one in preparation, or a new one. */
  openConsent(patientId: PatientId): Promise<void>
  readonly isRunning: boolean
  readonly refusal: Refusal | null
}

/** What the one button of a row does. */
export function useNextStep(): NextStepActions {
  const go = useGo()
  const handOver = useHandOver()
  const begin = useCommand('session.begin')
  const prepare = useCommand('consent.prepare')
  const [reading, setReading] = useState<Refusal | null>(null)
  const { run: runBegin } = begin
  const { run: runPrepare } = prepare
  const { start: startHandOver } = handOver

  const openConsent = useCallback(
    async (patientId: PatientId) => {
      setReading(null)
      const listed = await client
        .call('consent.list', { patientId })
        .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
      if (!listed.ok) return setReading(listed.refusal)
      const unsigned = listed.value.consents.find(({ state }) => state === 'DRAFT' || state === 'PRESENTED')
      if (unsigned) return go(pathTo.consent(patientId, unsigned.consentId))
      const prepared = await runPrepare({ patientId, basedOn: null })
      if (prepared.ok) go(pathTo.consent(patientId, prepared.value.consentId))
    },
    [go, runPrepare],
  )

  const take = useCallback(
    async (visit: DayVisit) => {
      const { patientId, sessionId, series, care } = visit
      const step = care?.next.step ?? 'NONE'
      if (step === 'SCREEN_FULL' || step === 'SCREEN_SHORT') {
        return startHandOver({ patientId, seriesId: series?.seriesId ?? null, wanted: 'NEEDED' })
      }
      if (step === 'CONSENT') return openConsent(patientId)
      if (sessionId !== null) return go(pathTo.session(patientId, sessionId))
      if (step !== 'START' || series === null) return go(pathTo.chart(patientId))
      const begun = await runBegin({ patientId, seriesId: series.seriesId })
      if (begun.ok) go(pathTo.session(patientId, begun.value.sessionId))
    },
    [go, openConsent, runBegin, startHandOver],
  )

  return {
    take,
    openConsent,
    isRunning: handOver.isRunning || begin.isRunning || prepare.isRunning,
    refusal: reading ?? handOver.refusal ?? begin.refusal ?? prepare.refusal,
  }
}
