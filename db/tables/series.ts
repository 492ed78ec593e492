import type { SeriesStatus } from '../../shared/domain/series.ts'
import type { PatientId, SeriesId, VersionId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'

export interface SeriesTable {
  id: SeriesId
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  status: SeriesStatus
  sessions_planned: number
  interval_months: number
  /** Apart by blanks, in the order of the protocol; null where photos are not taken here. */
  photo_views: string | null
}

export type SeriesTables = { series: SeriesTable }
