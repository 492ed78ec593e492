import type { RecallId, RecallTaskId } from '../../../shared/kernel/ids.ts'
import { client } from '../../client/client.ts'
import { blobAddress } from '../../client/transport.ts'
import { sentenceFor } from '../../refusals/index.ts'

export type RecallPaper =
  | { readonly kind: 'REPORT'; readonly recallId: RecallId }
  | { readonly kind: 'LETTERS'; readonly recallId: RecallId; readonly recallTaskId: RecallTaskId | null }

/** Saves the file; gives the sentence of a refusal, or null. */
export async function savePaper(paper: RecallPaper): Promise<string | null> {
  const { recallId } = paper
  const call =
    paper.kind === 'REPORT'
      ? client.call('recall.printReport', { recallId })
      : client.call('recall.printLetters', { recallId, recallTaskId: paper.recallTaskId })
  const reply = await call.catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
  if (!reply.ok) return sentenceFor(reply.refusal)
  const link = document.createElement('a')
  link.href = blobAddress(reply.value.token, 'save')
  link.download = reply.value.fileName
  link.click()
  return null
}
