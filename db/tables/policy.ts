import type { PolicyId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

export interface PolicyTable {
  id: PolicyId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  state: 'DRAFT' | 'APPROVED' | 'DISCARDED'
  effective_from: CalendarDate
  approved_by: StaffId | null
  approved_at: Instant | null
}

export type PolicyTables = { policy: PolicyTable }
