import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { type Instant, minutesBetween } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { DraftTable } from '../tables/core.ts'

export type Draft<Body> = {
  readonly id: string
  readonly kind: string
  readonly patientId: PatientId | null
  readonly ownerId: StaffId
  readonly version: number
  readonly body: Body
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** A pause this long ends an editing spell; the next save is audited again. */
const spellMin = 30

type DraftInput = {
  readonly id: string
  readonly kind: string
  readonly patientId: PatientId | null
  readonly ownerId: StaffId
  readonly body: unknown
  readonly at: Instant
}

/** Starts a draft at version 1. The id is the one that the finished record will have. */
export async function insertDraft(trx: Trx, { id, kind, patientId, ownerId, body, at }: DraftInput): Promise<void> {
  await insertRow(trx, 'draft', {
    id,
    kind,
    patient_id: patientId,
    owner_id: ownerId,
    version: 1,
    body: JSON.stringify(body),
    created_at: at,
    updated_at: at,
  })
}

/** Null when somebody saved in between. `startsSpell` says whether this save is the one to audit. */
export async function saveDraft(
  trx: Trx,
  {
    id,
    kind,
    ownerId,
    body,
    at,
    expectedVersion,
  }: Omit<DraftInput, 'patientId'> & { readonly expectedVersion: number },
): Promise<{ readonly version: number; readonly startsSpell: boolean } | null> {
  const before = await one<DraftTable>(trx, 'select * from draft where id = ? and kind = ?', [id, kind])
  if (!before || before.version !== expectedVersion) return null
  const changed = await change(
    trx,
    'update draft set body = ?, owner_id = ?, version = version + 1, updated_at = ? where id = ? and version = ?',
    [JSON.stringify(body), ownerId, at, id, expectedVersion],
  )
  if (changed !== 1) return null
  const isSamePerson = before.owner_id === ownerId
  return {
    version: expectedVersion + 1,
    startsSpell: !isSamePerson || minutesBetween(before.updated_at, at) > spellMin,
  }
}

export async function selectDraft<Body>(reader: Reader, kind: string, id: string): Promise<Draft<Body> | null> {
  const row = await one<DraftTable>(reader, 'select * from draft where id = ? and kind = ?', [id, kind])
  return row ? rowToDraft<Body>(row) : null
}

export async function selectDraftsOf<Body>(
  reader: Reader,
  kind: string,
  patientId: PatientId,
): Promise<readonly Draft<Body>[]> {
  const rows = await many<DraftTable>(
    reader,
    'select * from draft where patient_id = ? and kind = ? order by updated_at desc, id limit 50',
    [patientId, kind],
  )
  return rows.map((row) => rowToDraft<Body>(row))
}

/** A draft goes when its record is made, or when its owner discards it; nothing signed is ever in one. */
export async function deleteDraft(trx: Trx, kind: string, id: string): Promise<boolean> {
  return (await change(trx, 'delete from draft where id = ? and kind = ?', [id, kind])) === 1
}

function rowToDraft<Body>(row: DraftTable): Draft<Body> {
  return {
    id: row.id,
    kind: row.kind,
    patientId: row.patient_id,
    ownerId: row.owner_id,
    version: row.version,
    // Written by this program from a parsed body.
    body: JSON.parse(row.body) as Body,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
