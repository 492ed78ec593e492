import type { PolicyBody } from '../../shared/domain/policy.ts'
import type { PolicyId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, one, type RecordDefinition, type StoredRecord, selectRecord, selectVersion } from '../records.ts'
import { isSignedAs } from '../signatures.ts'
import type { PolicyTable } from '../tables/policy.ts'
import { type Draft, selectDraft } from './draft.ts'

export const policyRecord: RecordDefinition<PolicyBody> = {
  kind: 'policy',
  table: 'policy',
  schema: 'policy/1',
  patientIdOf: () => null,
  project: (body) => ({ effective_from: body.effectiveFrom }),
}

/** Kind of the row that holds a policy draft's newest text under the policy's own id. */
export const policyDraftKind = 'policy'

export type PolicyInForce = { readonly policyId: PolicyId; readonly versionId: VersionId; readonly body: PolicyBody }

/**
 * The newest approved policy whose day has come; null while no physician has approved any. One that was changed outside
 * the program is nobody's approval: it is shown as broken and counts as none.
 */
export async function selectPolicyInForce(reader: Reader, on: CalendarDate): Promise<PolicyInForce | null> {
  const row = await one<{ id: PolicyId }>(
    reader,
    "select id from policy where state = 'APPROVED' and effective_from <= ? order by effective_from desc, approved_at desc limit 1",
    [on],
  )
  const record = row ? await selectRecord(reader, policyRecord, row.id) : null
  return record?.integrity === 'INTACT'
    ? { policyId: record.id as PolicyId, versionId: record.versionId, body: record.body }
    : null
}

/** From when the policy of this version was in force; null where a record names none. */
export async function selectPolicyStart(reader: Reader, versionId: VersionId | null): Promise<CalendarDate | null> {
  const version = versionId === null ? null : await selectVersion(reader, policyRecord, versionId)
  return version?.body.effectiveFrom ?? null
}

/** Every policy that is or was a draft or in force, newest first. */
export async function selectPolicies(reader: Reader): Promise<readonly StoredRecord<PolicyBody>[]> {
  const rows = await many<{ id: string }>(
    reader,
    'select id from policy order by effective_from desc, created_at desc limit 200',
  )
  const records: StoredRecord<PolicyBody>[] = []
  for (const { id } of rows) {
    const record = await selectRecord(reader, policyRecord, id)
    if (record) records.push(await withApproval(reader, record))
  }
  return records
}

/** The state says who approved it and when; the signature must say the same. */
async function withApproval(reader: Reader, record: StoredRecord<PolicyBody>): Promise<StoredRecord<PolicyBody>> {
  const { state, approved_by: signerId, approved_at: signedAt } = record.head as unknown as PolicyTable
  if (state !== 'APPROVED' || record.integrity !== 'INTACT') return record
  const isSigned = await isSignedAs(reader, 'policy', record.id, { signerId, signedAt })
  return isSigned ? record : { ...record, integrity: 'COLUMNS_CHANGED' }
}

/** The one policy that is being drafted, if any. */
export async function selectPolicyDraftId(reader: Reader): Promise<PolicyId | null> {
  const row = await one<{ id: PolicyId }>(
    reader,
    "select id from policy where state = 'DRAFT' order by created_at, id limit 1",
  )
  return row?.id ?? null
}

/** The newest text of a draft; null while nobody has changed what it started from. */
export function selectPolicyDraft(reader: Reader, policyId: PolicyId): Promise<Draft<PolicyBody> | null> {
  return selectDraft<PolicyBody>(reader, policyDraftKind, policyId)
}

export async function isPolicyMissing(reader: Reader): Promise<boolean> {
  return (await one(reader, "select 1 as found from policy where state = 'APPROVED' limit 1")) === null
}
