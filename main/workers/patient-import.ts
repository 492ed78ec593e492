import { randomUUID } from 'node:crypto'
import { totalmem } from 'node:os'
import type { AuditInput } from '../../db/audit/write.ts'
import { appendAudit } from '../../db/audit/write.ts'
import { openStore, type Store, type Trx } from '../../db/open.ts'
import {
  ImportStoppedError,
  type ImportTools,
  importLookup,
  insertImport,
  patientRevision,
} from '../../db/queries/patient-import.ts'
import { undoImport } from '../../db/queries/patient-import-review.ts'
import type { DateOrder } from '../../shared/domain/patient-birth-date.ts'
import type { ColumnMapping } from '../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape } from '../../shared/domain/patient-import-dates.ts'
import type { ImportId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import { type WorkerTools, WorkFault, work } from '../app/worker-side.ts'
import { type KeptPlan, planStillValid } from '../import/kept-plan.ts'
import { decodeCsv } from '../import/parse-csv.ts'
import { planImport } from '../import/plan-import.ts'
import { describePlan } from '../import/preparation.ts'

type StoreAccess = { readonly storePath: string; readonly key: string }
type Reading = {
  readonly bytes: Uint8Array
  readonly mapping: ColumnMapping | null
  readonly dateShape: ColumnDateShape | null
  readonly clinicOrder: DateOrder
  readonly today: CalendarDate
}
/** A change that carries its own audit row, so that both are there or neither. */
type Writing = {
  readonly importId: ImportId
  readonly at: Instant
  readonly by: StaffId
  readonly auditKey: string
  readonly audit: AuditInput
}

type CommitTask = Reading &
  Writing & {
    readonly kind: 'COMMIT'
    readonly fileName: string
    readonly fileSha256: string
    /** What the preview found. */
    readonly kept: KeptPlan | null
  }

export type PatientImportTask = StoreAccess &
  ((Reading & { readonly kind: 'PREVIEW' }) | CommitTask | (Writing & { readonly kind: 'UNDO' }))

work<PatientImportTask>(async (task, tools) => {
  const store = openStore({
    path: task.storePath,
    key: Buffer.from(task.key, 'hex'),
    busyTimeoutMs: 5000,
    cacheMb: totalmem() >= 8 * 1024 ** 3 ? 256 : 64,
  })
  try {
    if (task.kind === 'PREVIEW') return preview(store, task, tools)
    return await store.db.transaction().execute(async (trx) => {
      const report = task.kind === 'COMMIT' ? await commit(store, trx, task, tools) : await undo(trx, task, tools)
      await appendAudit(trx, Buffer.from(task.auditKey, 'hex'), task.audit)
      return report
    })
  } catch (error) {
    throw error instanceof ImportStoppedError ? new WorkFault('CANCELLED') : error
  } finally {
    // Only the driver: the checkpoint of a full close is main's to make.
    store.driver.close()
  }
})

function preview(store: Store, task: Reading, tools: WorkerTools) {
  const text = decodeCsv(task.bytes)
  // Before the first row is judged: a chart that changes meanwhile then counts as changed after it.
  const revision = patientRevision(store.driver)
  return describePlan(text, plan(store, text, task, tools), { revision, today: task.today })
}

/** Writes what the preview found. Where somebody was registered or changed since, the list is read once more. */
async function commit(store: Store, trx: Trx, task: CommitTask, tools: WorkerTools) {
  const kept = task.kept && planStillValid(task.kept, { driver: store.driver, today: task.today })
  const planned = kept ?? plan(store, decodeCsv(task.bytes), task, tools)
  if (planned.problem !== null) throw new WorkFault(planned.problem)
  return insertImport(
    trx,
    store.driver,
    {
      importId: task.importId,
      fileName: task.fileName,
      fileSha256: task.fileSha256,
      mapping: planned.mapping,
      dateShape: planned.dateShape,
      rows: planned.rows,
      newId: idsOfOneList(),
      at: task.at,
      by: task.by,
    },
    toolsFor('WRITING', tools),
  )
}

/**
 * Random ids as every host makes them, only that those of one list begin alike: its rows then lie beside each other in
 * the store's trees instead of each on a page of its own. 90 random bits are left to each.
 */
function idsOfOneList(): () => string {
  const beginning = randomUUID().slice(0, 8)
  return () => beginning + randomUUID().slice(8)
}

async function undo(trx: Trx, { importId, at, by }: Writing, tools: WorkerTools) {
  const undone = await undoImport(trx, { importId, at, by, newId: randomUUID, tools: toolsFor('UNDOING', tools) })
  if (undone === null) throw new WorkFault('ALREADY_UNDONE')
  return { archived: undone.archived, kept: undone.kept.length }
}

function plan(store: Store, text: string, { mapping, dateShape, clinicOrder, today }: Reading, tools: WorkerTools) {
  const planned = planImport<PatientId>(
    text,
    { mapping, dateShape, clinicOrder, today },
    importLookup(store.driver),
    toolsFor('CHECKING', tools),
  )
  if (planned === 'STOPPED') throw new WorkFault('CANCELLED')
  return planned
}

function toolsFor(phase: string, tools: WorkerTools): ImportTools {
  return { progress: (done, total) => tools.progress(done, total, phase), stopAsked: tools.stopAsked }
}
