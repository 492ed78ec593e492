import type { SignatureId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Trx } from '../open.ts'
import { insertRow, one, type RecordDefinition, sha256Of } from '../records.ts'

/**
 * Binds the mark that a patient, guardian or representative made on the clinic's screen to the exact bytes of one
 * version. The mark itself stands inside those bytes; no identity was proved by a secret, so the scheme has a name of
 * its own and the signer is nobody's account.
 */
export async function insertPatientSignature<Body>(
  trx: Trx,
  definition: RecordDefinition<Body>,
  id: string,
  input: {
    readonly signatureId: SignatureId
    readonly versionId: VersionId
    readonly signerName: string
    /** PATIENT, GUARDIAN or REPRESENTATIVE: what the signer is, where a member of staff has a credential. */
    readonly signerRole: string
    readonly meaning: string
    readonly signedAt: Instant
    readonly offsetMin: number
  },
): Promise<void> {
  const version = await one<{ sha256: string; body: string }>(
    trx,
    'select sha256, body from record_version where id = ? and kind = ? and record_id = ?',
    [input.versionId, definition.kind, id],
  )
  if (!version || sha256Of(version.body) !== version.sha256)
    throw new Error(`no version ${input.versionId} of ${definition.kind} ${id}`)
  await insertRow(trx, 'signature', {
    id: input.signatureId,
    scheme: 'mark/1',
    kind: definition.kind,
    record_id: id,
    version_id: input.versionId,
    sha256: version.sha256,
    signer_id: null,
    signer_name: input.signerName,
    credential: input.signerRole,
    licence: '',
    meaning: input.meaning,
    signed_at: input.signedAt,
    offset_min: input.offsetMin,
    key_id: null,
  })
}
