import type { Reader } from '../../../db/open.ts'
import { outcomeRecord } from '../../../db/queries/outcome.ts'
import { type StoredRecord, selectVersion } from '../../../db/records.ts'
import { selectSignatures } from '../../../db/signatures.ts'
import type { ShownRating } from '../../../shared/contract/outcome.ts'
import { outcomeBody } from '../../../shared/contract/schemas/outcome.ts'
import { type OutcomeBody, scoreChanges } from '../../../shared/domain/outcome.ts'
import type { OutcomeId, StaffId } from '../../../shared/kernel/ids.ts'

/** A rating as it is shown, with how every scale moved from the baseline it names. */
export async function viewRating(
  reader: Reader,
  record: StoredRecord<OutcomeBody>,
  caller: StaffId,
): Promise<ShownRating> {
  const body = outcomeBody.parse(record.body)
  const signatures = await selectSignatures(reader, 'outcome', record.id)
  const baseline = await selectComparedBaseline(reader, record.body)
  return {
    outcomeId: record.id as OutcomeId,
    version: record.version,
    versionNumber: record.number,
    isIntact: record.integrity === 'INTACT',
    isMine: record.body.rater.staffId === caller,
    body,
    sha256: record.sha256,
    signatures: signatures.map(({ signerName, credential, signedAt, integrity }) => ({
      signerName,
      credential,
      signedAt,
      isIntact: integrity === 'INTACT',
    })),
    changes: baseline ? [...scoreChanges(baseline.scores, record.body.scores)] : [],
  }
}

/** The baseline in the very version that was seen beside the outcome; null where none was. */
export async function selectComparedBaseline(
  reader: Reader,
  { review }: Pick<OutcomeBody, 'review'>,
): Promise<OutcomeBody | null> {
  if (!review?.baseline) return null
  return (await selectVersion(reader, outcomeRecord, review.baseline.versionId))?.body ?? null
}
