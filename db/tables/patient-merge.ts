import type { PatientId, PatientLinkId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** One merge of two charts. It stands until it is ended; ended ones stay as history. */
export interface PatientLinkTable {
  id: PatientLinkId
  merged_id: PatientId
  kept_id: PatientId
  merged_at: Instant
  merged_on: CalendarDate
  merged_by: StaffId
  reason: string
  ended_at: Instant | null
  ended_by: StaffId | null
  end_reason: string | null
}

/** Two charts that look like one person's; `low_id` is the smaller id. */
export interface DuplicatePairTable {
  low_id: PatientId
  high_id: PatientId
  /** SHA-256 of what the chart was compared by. */
  low_facts: string
  high_facts: string
  /** Tenths of a point. */
  score: number
  /** JSON array of reasons. */
  reasons: string
  found_at: Instant
}

/** Up to which version of its first page a chart was compared with the others. */
export interface DuplicateComparedTable {
  patient_id: PatientId
  version: number
}

/** Somebody looked and said: two people. It holds for what both charts said then. */
export interface DuplicateVerdictTable {
  id: string
  low_id: PatientId
  high_id: PatientId
  low_facts: string
  high_facts: string
  reason: string
  decided_at: Instant
  decided_by: StaffId
}

export type PatientMergeTables = {
  patient_link: PatientLinkTable
  duplicate_pair: DuplicatePairTable
  duplicate_compared: DuplicateComparedTable
  duplicate_verdict: DuplicateVerdictTable
}
