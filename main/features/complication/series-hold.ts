import {
  insertHold,
  releaseHold,
  type StoredHold,
  selectHolds,
  selectStandingHoldsBy,
} from '../../../db/queries/complication-hold.ts'
import { selectSeries, selectSeriesOf, seriesRecord } from '../../../db/queries/series.ts'
import { appendVersion, type StoredRecord } from '../../../db/records.ts'
import type { ComplicationBody } from '../../../shared/domain/complication.ts'
import {
  decideSeriesOrder,
  seriesEndReason,
  seriesHoldReason,
  seriesReach,
  statusAfterRelease,
  statusBeforeHold,
} from '../../../shared/domain/complication-series.ts'
import type { ComplicationState } from '../../../shared/domain/complication-state.ts'
import { mayMoveSeries, type SeriesBody, type SeriesStatus } from '../../../shared/domain/series.ts'
import type { SeriesId } from '../../../shared/kernel/ids.ts'
import type { CommandContext } from '../../app/context.ts'
import { settleCourse } from '../../app/course-follow-ups.ts'
import { sessionsOf } from './causes.ts'

/** Holds, ends or lets go what the report says, in the transaction that saved it. */
export async function settleSeries(
  context: CommandContext,
  body: ComplicationBody,
  state: ComplicationState,
): Promise<void> {
  switch (decideSeriesOrder({ body, state, byPhysician: context.hasRole('physician') })) {
    case 'LEAVE':
      return
    case 'HOLD':
      for (const series of await seriesOf(context, body)) await holdSeries(context, body, series)
      return
    case 'END':
      for (const series of await seriesOf(context, body)) await endSeries(context, series)
      await releaseAll(context, body)
      return
    case 'RELEASE':
      await releaseAll(context, body)
  }
}

type Series = StoredRecord<SeriesBody>

async function seriesOf({ trx }: CommandContext, body: ComplicationBody): Promise<readonly Series[]> {
  const reach = seriesReach(body)
  if (reach === 'NONE') return []
  const all = await selectSeriesOf(trx, body.patientId)
  if (reach === 'ALL_OPEN') return all
  const sessions = (await sessionsOf(trx, body.patientId, body.sessionIds)) ?? []
  const named = new Set<string>(sessions.map(({ head }) => head.series_id))
  return all.filter(({ id }) => named.has(id))
}

async function holdSeries(context: CommandContext, body: ComplicationBody, series: Series): Promise<void> {
  const { complicationId, patientId } = body
  const seriesId = series.id as SeriesId
  const holds = await selectHolds(context.trx, { complicationId, seriesId })
  const statusBefore = statusBeforeHold({
    status: series.body.status,
    ownHolds: holds.filter((hold) => hold.complicationId === complicationId),
    standingHolds: holds.filter(({ isReleased }) => !isReleased),
  })
  if (statusBefore === null) return
  const holdId = context.newId<string>()
  await insertHold(context.trx, { holdId, patientId, complicationId, seriesId, statusBefore, heldAt: context.now })
  if (series.body.status !== 'ON_HOLD') await moveSeries(context, series, 'ON_HOLD', seriesHoldReason)
}

async function endSeries(context: CommandContext, series: Series): Promise<void> {
  if (mayMoveSeries(series.body.status, 'ENDED_EARLY')) {
    await moveSeries(context, series, 'ENDED_EARLY', seriesEndReason)
  }
}

async function releaseAll(context: CommandContext, { complicationId, patientId }: ComplicationBody): Promise<void> {
  for (const hold of await selectStandingHoldsBy(context.trx, complicationId)) {
    await releaseHold(context.trx, { holdId: hold.holdId, by: context.caller.staffId, at: context.now })
    const series = await selectSeries(context.trx, patientId, hold.seriesId)
    if (series) await resumeSeries(context, series, hold)
  }
}

async function resumeSeries(context: CommandContext, series: Series, hold: StoredHold): Promise<void> {
  const { status, statusReason } = series.body
  const others = (await selectHolds(context.trx, hold)).filter(({ isReleased }) => !isReleased)
  const { statusBefore } = hold
  const to = statusAfterRelease({ status, statusReason, statusBefore, otherHolds: others.length })
  if (to !== null) await moveSeries(context, series, to, null)
}

async function moveSeries(
  context: CommandContext,
  series: Series,
  status: SeriesStatus,
  statusReason: string | null,
): Promise<void> {
  const saved = await appendVersion(context.trx, seriesRecord, {
    id: series.id,
    expectedVersion: series.version,
    body: { ...series.body, status, statusReason },
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason: status,
  })
  if (!saved) throw new Error(`series ${series.id} moved inside the transaction`)
  const { patientId } = series.body
  context.audit({
    action: 'series.setStatus',
    subject: 'series',
    subjectId: series.id,
    versionId: saved.versionId,
    versionBeforeId: series.versionId,
    patientId,
    reason: status,
  })
  await settleCourse(context, { patientId, seriesId: series.id as SeriesId })
}
