import { useCallback } from 'react'
import type { Input, Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useSaved } from '../../client/use-saved.ts'

export type OpenedDraft = Output<'consentTemplate.openDraft'>
export type DraftText = Input<'consentTemplate.saveDraft'>['text']

/** The draft as it is typed, saved as it is touched. */
export function useTemplateDraft({ templateId, version, text }: OpenedDraft) {
  const { run } = useCommand('consentTemplate.saveDraft')
  const save = useCallback(
    (value: DraftText, known: number) => run({ templateId, version: known, text: value }),
    [run, templateId],
  )
  return useSaved<DraftText, Output<'consentTemplate.saveDraft'>>({ initial: text, version, save })
}
