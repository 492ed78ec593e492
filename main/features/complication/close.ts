import { closeComplication, complicationRecord, selectComplication } from '../../../db/queries/complication.ts'
import { cancelOpenFollowUps } from '../../../db/queries/follow-up.ts'
import { isAnyRecalled } from '../../../db/queries/recall.ts'
import { selectStaffMember } from '../../../db/queries/staff.ts'
import { insertSignature } from '../../../db/signatures.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { reopenedBody } from '../../../shared/domain/complication-state.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandHandler } from '../../app/context.ts'
import { signatureRow } from '../../app/signer.ts'
import { findClusters } from './clusters.ts'
import { isOnLot } from './read.ts'
import { decide, save, touchAll } from './save.ts'
import { scheduleChecks } from './schedule.ts'
import { settleSeries } from './series-hold.ts'

type Contract = typeof contract.complication

export const close: CommandHandler<Contract['close']> = async (context, { patientId, complicationId, version }) => {
  const { trx, now, today, timeZone } = context
  const record = await selectComplication(trx, patientId, complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  if (record.version !== version) return refuse('CONFLICT')
  const isPhysicianSigned = context.hasRole('physician') && context.reauthenticatedBy !== null
  const found = await findClusters({ reader: trx, today, timeZone }, { around: record.body.reportedAt })
  const isInLotCluster = found.clusters
    .filter(isOnLot)
    .some(({ reports }) => reports.some((report) => report.complicationId === complicationId))
  const isOnRecalledLot = await isAnyRecalled(trx, record.body.sessionIds)
  const event = { kind: 'CLOSE', isPhysicianSigned, isInLotCluster, isOnRecalledLot } as const
  const decided = decide(context, record, event, record.body)
  if (!decided.ok) return decided
  const member = await selectStaffMember(trx, context.caller.staffId)
  if (!member) throw new Error('the caller has no account')
  const { versionId } = record
  const signature = signatureRow(context, member, { versionId, meaning: 'COMPLICATION_CLOSED' })
  await insertSignature(trx, complicationRecord, record.id, signature)
  if (!(await closeComplication(trx, complicationId, now))) return refuse('CONFLICT')
  await cancelOpenFollowUps(trx, { complicationId, at: now })
  context.audit({
    action: 'complication.close',
    subject: 'complication',
    subjectId: record.id,
    versionId,
    patientId,
    reason: context.reauthenticatedBy,
  })
  await settleSeries(context, record.body, decided.value)
  touchAll(context)
  return accept({ complicationId, version: record.version + 1, state: decided.value })
}

export const reopen: CommandHandler<Contract['reopen']> = async (context, input) => {
  const record = await selectComplication(context.trx, input.patientId, input.complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const decided = decide(context, record, { kind: 'REOPEN', reason: input.reason }, record.body)
  if (!decided.ok) return decided
  const reopened = reopenedBody(record.body)
  const body = { ...reopened, description: `${reopened.description}\nReopened: ${input.reason}` }
  const saved = await save(context, record, {
    body,
    version: input.version,
    reason: 'REOPENED',
    action: 'complication.reopen',
    state: decided.value,
  })
  if (saved.ok) await scheduleChecks(context, body)
  return saved
}
