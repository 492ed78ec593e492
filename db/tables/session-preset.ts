import type { PresetState } from '../../shared/domain/session-preset.ts'
import type { SessionPresetId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'

export interface SessionPresetTable {
  id: SessionPresetId
  version: number
  state: PresetState
  name: string
  /** The name in small letters with single spaces: by it two names are the same. */
  name_key: string
  /** The rows as canonical JSON. */
  zones: string
  created_at: Instant
  created_by: StaffId
  updated_at: Instant
  updated_by: StaffId
}

export type SessionPresetTables = { session_preset: SessionPresetTable }
