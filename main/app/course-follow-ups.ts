import { settleSeriesFollowUps } from '../../db/queries/follow-up.ts'
import { selectReviewedOn } from '../../db/queries/outcome.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectSeries } from '../../db/queries/series.ts'
import { selectSessionsDone } from '../../db/queries/sessions-done.ts'
import { courseFollowUps } from '../../shared/domain/follow-up.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import type { CommandContext } from './context.ts'

/**
 * Brings outcome review and maintenance of a series in line with its sessions and its status. To be called by every
 * command that changes either: a session submitted, recorded or voided, a series edited, moved or held.
 */
export async function settleCourse(
  context: CommandContext,
  {
    patientId,
    seriesId,
    policy,
  }: {
    readonly patientId: PatientId
    readonly seriesId: SeriesId
    /** Today's, where the command has read it already. */
    readonly policy?: PolicyBody
  },
): Promise<void> {
  const { trx, today, now, newId } = context
  const series = await selectSeries(trx, patientId, seriesId)
  if (!series) throw new Error(`no series ${seriesId}`)
  const { settings } = policy ?? (await selectPolicyInForce(trx, today))?.body ?? shippedPolicy(today)
  const { performedBySeries } = await selectSessionsDone(trx, patientId)
  const performedOn = performedBySeries.get(seriesId) ?? []
  const reviewedOn = (await selectReviewedOn(trx, patientId)).get(seriesId) ?? []
  const planned = courseFollowUps({ ...series.body, performedOn, reviewedOn }, settings)
  await settleSeriesFollowUps(trx, { patientId, seriesId, planned }, { newId, at: now })
  context.touch('followUp', 'today')
}
