import { useCallback } from 'react'
import type { Input, Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useSaved } from '../../client/use-saved.ts'

export type OpenedDraft = Output<'questionnaire.openDraft'>
export type DraftText = Input<'questionnaire.saveDraft'>['text']

/** The draft as it is typed, saved as it is touched. */
export function useQuestionnaireDraft({ version, text }: OpenedDraft) {
  const { run } = useCommand('questionnaire.saveDraft')
  const save = useCallback((value: DraftText, known: number) => run({ version: known, text: value }), [run])
  return useSaved<DraftText, Output<'questionnaire.saveDraft'>>({ initial: text, version, save })
}
