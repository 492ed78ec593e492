import type {
  RecallFinding,
  RecallSource,
  RecallState,
  TaskState,
  TraceKind,
  TraceReason,
} from '../../shared/domain/recall.ts'
import type { StockRegister } from '../../shared/domain/stock-status.ts'
import type { PatientId, RecallId, RecallTaskId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'

/** One recall from the notice to its closing report. */
export interface RecallTable {
  id: RecallId
  version: number
  created_at: Instant
  updated_at: Instant
  opened_by: StaffId
  title: string
  source: RecallSource
  /** Number or date of the notice, as the sender wrote it. */
  notice: string | null
  kind: TraceKind
  /** JSON of the criteria that were traced. */
  criteria: string
  /** What it is about, in the words of a letter. */
  subject: string
  letter: string
  state: RecallState
  closed_at: Instant | null
  closed_by: StaffId | null
  closing_note: string | null
}

/** A session the trace found; it stays, also where the session turns out to be entered in error. */
export interface RecallSessionTable {
  recall_id: RecallId
  session_id: SessionId
  patient_id: PatientId
  finding: RecallFinding
  reason: TraceReason
  /** The lot as typed, or what else the record says. */
  detail: string | null
  found_at: Instant
}

/** What was taken out of use by the recall, and how many pieces lay there. */
export interface RecallStockTable {
  recall_id: RecallId
  register: StockRegister
  subject_id: string
  status_before: string
  status_after: string
  /** Null for a device and for products whose packs nobody counts. */
  pieces: number | null
  set_at: Instant
}

/** One patient to be told. */
export interface RecallTaskTable {
  id: RecallTaskId
  recall_id: RecallId
  patient_id: PatientId
  version: number
  finding: RecallFinding
  state: TaskState
  created_at: Instant
  updated_at: Instant
}

/** What was done about one patient: never altered. */
export interface RecallStepTable {
  id: string
  recall_id: RecallId
  task_id: RecallTaskId
  /** The version of the task that the step was taken from. */
  no: number
  from_state: TaskState
  to_state: TaskState
  channel: string | null
  note: string
  done_at: Instant
  done_by: StaffId
}

export type RecallTables = {
  recall: RecallTable
  recall_session: RecallSessionTable
  recall_stock: RecallStockTable
  recall_task: RecallTaskTable
  recall_step: RecallStepTable
}
