import type { ComplicationHold } from '../../shared/domain/complication-series.ts'
import type { SeriesStatus } from '../../shared/domain/series.ts'
import type { ComplicationId, PatientId, SeriesId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many } from '../records.ts'
import type { ComplicationHoldTable } from '../tables/complication.ts'

export type StoredHold = ComplicationHold & {
  readonly holdId: string
  readonly complicationId: ComplicationId
  readonly seriesId: SeriesId
}

/** Every hold that stands on the series, and every one this report ever placed on it; oldest first. */
export async function selectHolds(
  reader: Reader,
  { complicationId, seriesId }: { readonly complicationId: ComplicationId; readonly seriesId: SeriesId },
): Promise<readonly StoredHold[]> {
  const rows = await many<ComplicationHoldTable>(
    reader,
    `select * from complication_hold where series_id = ? and (released_at is null or complication_id = ?)
       order by held_at, id limit 500`,
    [seriesId, complicationId],
  )
  return rows.map(rowToHold)
}

/** Holds of this report that stand, over all series. */
export async function selectStandingHoldsBy(
  reader: Reader,
  complicationId: ComplicationId,
): Promise<readonly StoredHold[]> {
  const rows = await many<ComplicationHoldTable>(
    reader,
    'select * from complication_hold where complication_id = ? and released_at is null order by held_at, id limit 500',
    [complicationId],
  )
  return rows.map(rowToHold)
}

export async function insertHold(
  trx: Trx,
  hold: {
    readonly holdId: string
    readonly patientId: PatientId
    readonly complicationId: ComplicationId
    readonly seriesId: SeriesId
    readonly statusBefore: SeriesStatus
    readonly heldAt: Instant
  },
): Promise<void> {
  await insertRow(trx, 'complication_hold', {
    id: hold.holdId,
    patient_id: hold.patientId,
    complication_id: hold.complicationId,
    series_id: hold.seriesId,
    status_before: hold.statusBefore,
    held_at: hold.heldAt,
    released_at: null,
    released_by: null,
  })
}

export async function releaseHold(
  trx: Trx,
  { holdId, by, at }: { readonly holdId: string; readonly by: StaffId; readonly at: Instant },
): Promise<void> {
  const changed = await change(
    trx,
    'update complication_hold set released_at = ?, released_by = ? where id = ? and released_at is null',
    [at, by, holdId],
  )
  if (changed !== 1) throw new Error(`hold ${holdId} does not stand any more`)
}

function rowToHold(row: ComplicationHoldTable): StoredHold {
  return {
    holdId: row.id,
    complicationId: row.complication_id,
    seriesId: row.series_id,
    statusBefore: row.status_before,
    isReleased: row.released_at !== null,
  }
}
