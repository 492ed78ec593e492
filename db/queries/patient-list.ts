import type { PatientStatus } from '../../shared/domain/patient.ts'
import type { ImportId, PatientId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'
import type { PatientTable } from '../tables/patient.ts'
import { type PatientSummary, rowToSummary } from './patient.ts'

/** The last row of the page before; null for the first page. */
export type PatientListKey = { readonly sortName: string; readonly patientId: PatientId }

export type ListedPatient = PatientSummary & { readonly key: PatientListKey }

/** A merged chart is no line of its own: the person stands in the list under the kept one. */
const isOwnChart = 'not exists (select 1 from patient_link where merged_id = patient.id and ended_at is null)'

/** One page of patients by surname and given name, at most `limit` (1-200). */
export async function selectPatientPage(
  reader: Reader,
  {
    status,
    after,
    limit,
  }: { readonly status: PatientStatus; readonly after: PatientListKey | null; readonly limit: number },
): Promise<readonly ListedPatient[]> {
  // Nothing sorts before the empty text, so the first page needs no statement of its own.
  const rows = await many<PatientTable>(
    reader,
    `select * from patient where status = ? and (sort_name, id) > (?, ?) and ${isOwnChart}
       order by sort_name, id limit ${Math.min(Math.max(limit, 1), 200)}`,
    [status, after?.sortName ?? '', after?.patientId ?? ''],
  )
  return rows.map((row) => ({ ...rowToSummary(row), key: { sortName: row.sort_name, patientId: row.id } }))
}

export async function countPatients(reader: Reader): Promise<Readonly<Record<PatientStatus, number>>> {
  const rows = await many<{ status: PatientStatus; patients: number }>(
    reader,
    `select status, count(*) as patients from patient where ${isOwnChart} group by status order by status`,
  )
  const count = (status: PatientStatus): number => Number(rows.find((row) => row.status === status)?.patients ?? 0)
  return { ACTIVE: count('ACTIVE'), ARCHIVED: count('ARCHIVED') }
}

/** Patients of an import that are still there, e.g. those that an undo left because something refers to them. */
export async function selectActiveOfImport(
  reader: Reader,
  importId: ImportId,
  limit = 200,
): Promise<readonly PatientSummary[]> {
  const rows = await many<PatientTable>(
    reader,
    `select * from patient where import_id = ? and status = 'ACTIVE' order by id limit ${limit}`,
    [importId],
  )
  return rows.map(rowToSummary)
}
