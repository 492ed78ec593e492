import { useCallback } from 'react'
import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import type { Input, Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useSaved } from '../../client/use-saved.ts'

export type Preparation = Input<'consent.savePreparation'>['preparation']
export type SavedPreparation = Output<'consent.savePreparation'>
export type OpenDraft = NonNullable<OpenedConsent['draft']>

/** The form while staff prepare it: what was typed is in the store within a second. */
export function usePreparation({ patientId, consentId }: OpenedConsent, draft: OpenDraft) {
  const { run } = useCommand('consent.savePreparation')
  const save = useCallback(
    (preparation: Preparation, version: number) => run({ patientId, consentId, version, preparation }),
    [run, patientId, consentId],
  )
  return useSaved<Preparation, SavedPreparation>({ initial: draft.preparation, version: draft.version, save })
}
