import type { ConsentFile } from '../../../db/queries/consent.ts'
import { insertFollowUp } from '../../../db/queries/follow-up.ts'
import { selectSeriesOf, seriesRecord } from '../../../db/queries/series.ts'
import { appendVersion, type StoredRecord } from '../../../db/records.ts'
import {
  photoPermissionsAfter,
  type WithdrawalScope,
  withdrawalEffects,
} from '../../../shared/domain/consent/consent.ts'
import { mayMoveSeries, type SeriesBody, withdrawnSeriesReason } from '../../../shared/domain/series.ts'
import type { SeriesId } from '../../../shared/kernel/ids.ts'
import type { CommandContext } from '../../app/context.ts'
import { settleCourse } from '../../app/course-follow-ups.ts'

/**
 * What a withdrawal sets in motion, in the transaction that takes it: the course ends early, so that its bookings are
 * held, and published photographs are to be taken down. `file` is the form as it stood before.
 */
export async function carryOutWithdrawal(
  context: CommandContext,
  file: ConsentFile,
  scopes: readonly WithdrawalScope[],
): Promise<void> {
  const effects = withdrawalEffects(scopes)
  if (effects.endsSeries) await endCourses(context, file)
  // Nothing of theirs was published where it was never allowed.
  const wasPublic = photoPermissionsAfter(file.body.photoPermissions, file.withdrawals).marketing
  if (effects.needsTakeDown && wasPublic) await planTakeDown(context, file)
}

/** The course of the form; every open one where the form names none. */
async function endCourses(context: CommandContext, { patientId, body }: ConsentFile): Promise<void> {
  for (const series of await selectSeriesOf(context.trx, patientId)) {
    const isMeant = body.seriesId === null || body.seriesId === series.id
    if (isMeant && mayMoveSeries(series.body.status, 'ENDED_EARLY')) await endCourse(context, series)
  }
}

async function endCourse(context: CommandContext, series: StoredRecord<SeriesBody>): Promise<void> {
  const saved = await appendVersion(context.trx, seriesRecord, {
    id: series.id,
    expectedVersion: series.version,
    body: { ...series.body, status: 'ENDED_EARLY', statusReason: withdrawnSeriesReason },
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason: 'ENDED_EARLY',
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
    reason: 'ENDED_EARLY',
  })
  await settleCourse(context, { patientId, seriesId: series.id as SeriesId })
}

async function planTakeDown(context: CommandContext, { patientId }: ConsentFile): Promise<void> {
  const followUpId = await insertFollowUp(
    context.trx,
    { patientId, kind: 'TAKE_DOWN', dueOn: context.today },
    { newId: context.newId, at: context.now },
  )
  context.audit({ action: 'followUp.add', subject: 'follow_up', subjectId: followUpId, patientId, reason: 'TAKE_DOWN' })
}
