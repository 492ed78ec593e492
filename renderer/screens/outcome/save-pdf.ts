import type { PatientId, SeriesId } from '../../../shared/kernel/ids.ts'
import { client } from '../../client/client.ts'
import { blobAddress } from '../../client/transport.ts'
import { sentenceFor } from '../../refusals/index.ts'

/** Saves the outcome page; gives the sentence of a refusal, or null. */
export async function saveOutcomePdf(patientId: PatientId, seriesId: SeriesId): Promise<string | null> {
  const reply = await client
    .call('outcome.print', { patientId, seriesId })
    .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
  if (!reply.ok) return sentenceFor(reply.refusal)
  const link = document.createElement('a')
  link.href = blobAddress(reply.value.token, 'save')
  link.download = reply.value.fileName
  link.click()
  return null
}
