import type { PatientBody } from '../../shared/domain/patient.ts'
import type { DuplicateReason } from '../../shared/domain/patient-duplicate.ts'
import type { ImportCandidate, ImportNotice, ImportRefusal } from '../../shared/domain/patient-import.ts'
import type { ImportField } from '../../shared/domain/patient-import-columns.ts'
import { foldChartNumber } from '../../shared/domain/patient-name.ts'
import type { ImportId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import { tablesWithColumn } from '../dialects/sqlite-catalogue.ts'
import type { Reader, Trx } from '../open.ts'
import { change, many, one } from '../records.ts'
import type { PatientImportRowTable, PatientImportTable, PatientTable } from '../tables/patient.ts'
import {
  bodyOf,
  insertPatient,
  type PatientSummary,
  rowToSummary,
  selectPatientSummaries,
  takeChartNumber,
  updatePatient,
} from './patient.ts'
import { ImportStoppedError, type ImportTools, importedBody } from './patient-import.ts'
import { selectLinkHistory } from './patient-merge.ts'

export type ImportSummary = {
  readonly importId: ImportId
  readonly version: number
  readonly fileName: string
  readonly status: PatientImportTable['status']
  readonly committedAt: Instant
  readonly committedBy: StaffId
  readonly undoneAt: Instant | null
  readonly rowCount: number
  /** Rows that became patients, at once or by "keep both". */
  readonly addedCount: number
  /** Rows that wait for a decision. */
  readonly heldCount: number
  readonly notAddedCount: number
  readonly refusedCount: number
}

/** Imports, newest first, at most 100. */
export async function selectImports(reader: Reader): Promise<readonly ImportSummary[]> {
  const rows = await many<PatientImportTable>(
    reader,
    'select * from patient_import order by committed_at desc, id desc limit 100',
  )
  return Promise.all(rows.map((row) => importSummary(reader, row)))
}

export async function selectImport(reader: Reader, importId: ImportId): Promise<ImportSummary | null> {
  const row = await one<PatientImportTable>(reader, 'select * from patient_import where id = ?', [importId])
  return row === null ? null : importSummary(reader, row)
}

export type ImportPair = {
  readonly patient: PatientSummary | null
  /** The other row of the file where that one is itself held. */
  readonly otherLine: number | null
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

export type ImportLine = {
  readonly line: number
  readonly outcome: PatientImportRowTable['outcome']
  readonly patientId: PatientId | null
  readonly refusal: ImportRefusal | null
  readonly refusedField: ImportField | null
  readonly notices: readonly ImportNotice[]
  /** Held and not added rows: what the row says. */
  readonly candidate: ImportCandidate | null
  readonly pairs: readonly ImportPair[]
}

/** Rows of one outcome in the order of the file, at most 50, behind line `after` (0 for the first page). */
export async function selectImportLines(
  reader: Reader,
  importId: ImportId,
  { outcome, after }: { readonly outcome: PatientImportRowTable['outcome']; readonly after: number },
): Promise<readonly ImportLine[]> {
  const rows = await many<PatientImportRowTable>(
    reader,
    'select * from patient_import_row where import_id = ? and outcome = ? and line > ? order by line limit 50',
    [importId, outcome, after],
  )
  return Promise.all(rows.map((row) => importLine(reader, row)))
}

export async function selectImportLine(reader: Reader, importId: ImportId, line: number): Promise<ImportLine | null> {
  const row = await one<PatientImportRowTable>(
    reader,
    'select * from patient_import_row where import_id = ? and line = ?',
    [importId, line],
  )
  return row === null ? null : importLine(reader, row)
}

type Deciding = {
  readonly importId: ImportId
  readonly line: number
  readonly at: Instant
  readonly by: StaffId
}

/** "Keep both": the held row becomes a patient of its own. Null when it is no longer held. */
export async function insertHeldPatient(
  trx: Trx,
  { importId, line, at, by, newId }: Deciding & { readonly newId: () => string },
): Promise<PatientBody | null> {
  const row = await selectImportLine(trx, importId, line)
  if (row === null || row.outcome !== 'HELD' || row.candidate === null) return null
  const wanted = row.candidate.chartNumber
  const isTaken =
    wanted === null ||
    (await one(trx, 'select 1 as found from patient where chart_key = ?', [foldChartNumber(wanted)])) !== null
  const body = importedBody(row.candidate, {
    id: newId() as PatientId,
    chartNumber: isTaken ? await takeChartNumber(trx) : wanted,
    importId,
    line,
  })
  await insertPatient(trx, { body, newId, at, by, reason: 'IMPORTED' })
  await closeHeldRow(trx, { importId, line, at, by }, 'KEPT_BOTH', body.id)
  await change(
    trx,
    'update patient_import_pair set patient_id = ?, other_line = null where import_id = ? and other_line = ?',
    [body.id, importId, line],
  )
  return body
}

/** "Do not add". False when the row is no longer held. Fields taken over are an edit of the other chart. */
export async function refuseHeldRow(trx: Trx, deciding: Deciding): Promise<boolean> {
  const row = await selectImportLine(trx, deciding.importId, deciding.line)
  if (row === null || row.outcome !== 'HELD') return false
  await closeHeldRow(trx, deciding, 'NOT_ADDED', null)
  return true
}

export type ImportUndone = {
  readonly archived: number
  /** Patients that something already refers to: they stay, and a person looks at them. */
  readonly kept: readonly PatientSummary[]
}

/**
 * Undoes a whole import: its patients that nothing refers to are archived as IMPORT_UNDONE and leave search, the others
 * are listed; rows still held are not added. Null when it is unknown or already undone.
 */
export async function undoImport(
  trx: Trx,
  {
    importId,
    at,
    by,
    newId,
    tools,
  }: {
    readonly importId: ImportId
    readonly at: Instant
    readonly by: StaffId
    readonly newId: () => string
    readonly tools: ImportTools
  },
): Promise<ImportUndone | null> {
  const undone = await change(
    trx,
    "update patient_import set status = 'UNDONE', undone_at = ?, undone_by = ?, version = version + 1 where id = ? and status = 'COMMITTED'",
    [at, by, importId],
  )
  if (undone === 0) return null
  const referring = (await tablesWithColumn(trx, 'patient_id')).filter((table) => !OWN_TABLES.has(table))
  const isReferredTo = async (id: PatientId): Promise<boolean> => {
    if ((await selectLinkHistory(trx, id)).length > 0) return true
    for (const table of referring) {
      if ((await one(trx, `select 1 as found from ${table} where patient_id = ? limit 1`, [id])) !== null) return true
    }
    return false
  }
  const patients = await many<PatientTable & { body: string }>(
    trx,
    "select p.*, v.body from patient p join record_version v on v.id = p.version_id where p.import_id = ? and p.status = 'ACTIVE' order by p.id",
    [importId],
  )
  const kept: PatientSummary[] = []
  let done = 0
  for (const row of patients) {
    if (done++ % 100 === 0) {
      if (tools.stopAsked()) throw new ImportStoppedError()
      tools.progress(done - 1, patients.length)
    }
    if (await isReferredTo(row.id)) {
      kept.push(rowToSummary(row))
      continue
    }
    const before = bodyOf(row.body)
    const after: PatientBody = { ...before, status: { state: 'ARCHIVED', reason: 'IMPORT_UNDONE', note: null } }
    const versionId = await updatePatient(trx, {
      before,
      after,
      expectedVersion: row.version,
      reason: 'IMPORT_UNDONE',
      newId,
      at,
      by,
    })
    if (versionId === null) throw new Error(`patient ${row.id} was not archived`)
  }
  await change(
    trx,
    "update patient_import_row set outcome = 'NOT_ADDED', decided_at = ?, decided_by = ? where import_id = ? and outcome = 'HELD'",
    [at, by, importId],
  )
  tools.progress(patients.length, patients.length)
  return { archived: patients.length - kept.length, kept }
}

/** Tables that belong to the patient itself; versions are those of records that have a head of their own. */
const OWN_TABLES = new Set([
  'patient',
  'patient_key',
  'patient_phone',
  'patient_block',
  'duplicate_compared',
  'patient_import_row',
  'patient_import_pair',
  'record_version',
  'audit_entry',
])

async function closeHeldRow(
  trx: Trx,
  { importId, line, at, by }: Deciding,
  outcome: 'KEPT_BOTH' | 'NOT_ADDED',
  patientId: PatientId | null,
): Promise<void> {
  const changed = await change(
    trx,
    "update patient_import_row set outcome = ?, patient_id = ?, decided_at = ?, decided_by = ? where import_id = ? and line = ? and outcome = 'HELD'",
    [outcome, patientId, at, by, importId, line],
  )
  if (changed !== 1) throw new Error(`row ${line} of import ${importId} was not held`)
}

async function importSummary(reader: Reader, row: PatientImportTable): Promise<ImportSummary> {
  const outcomes = await many<{ outcome: PatientImportRowTable['outcome']; rows: number }>(
    reader,
    'select outcome, count(*) as rows from patient_import_row where import_id = ? group by outcome order by outcome',
    [row.id],
  )
  const count = (...wanted: readonly PatientImportRowTable['outcome'][]): number =>
    outcomes.filter((one) => wanted.includes(one.outcome)).reduce((sum, one) => sum + Number(one.rows), 0)
  return {
    importId: row.id,
    version: row.version,
    fileName: row.file_name,
    status: row.status,
    committedAt: row.committed_at,
    committedBy: row.committed_by,
    undoneAt: row.undone_at,
    rowCount: row.row_count,
    addedCount: count('ADDED', 'KEPT_BOTH'),
    heldCount: count('HELD'),
    notAddedCount: count('NOT_ADDED'),
    refusedCount: count('REFUSED'),
  }
}

async function importLine(reader: Reader, row: PatientImportRowTable): Promise<ImportLine> {
  const pairs = await many<{ patient_id: PatientId | null; other_line: number | null; score: number; reasons: string }>(
    reader,
    'select patient_id, other_line, score, reasons from patient_import_pair where import_id = ? and line = ? order by place limit 10',
    [row.import_id, row.line],
  )
  const ids = pairs.map((pair) => pair.patient_id).filter((id) => id !== null)
  const summaries = await selectPatientSummaries(reader, ids)
  return {
    line: row.line,
    outcome: row.outcome,
    patientId: row.patient_id,
    refusal: row.refusal,
    refusedField: row.refused_field,
    notices: JSON.parse(row.notices) as ImportNotice[],
    candidate: row.candidate === null ? null : (JSON.parse(row.candidate) as ImportCandidate),
    pairs: pairs.map((pair) => ({
      patient: pair.patient_id === null ? null : (summaries.get(pair.patient_id) ?? null),
      otherLine: pair.other_line,
      score: pair.score / 10,
      reasons: JSON.parse(pair.reasons) as DuplicateReason[],
    })),
  }
}
