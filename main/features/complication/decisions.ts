import { selectComplication } from '../../../db/queries/complication.ts'
import { insertDisclosure } from '../../../db/queries/complication-disclosure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { PhysicianNotice } from '../../../shared/domain/complication.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandHandler } from '../../app/context.ts'
import { decide, save, touchAll } from './save.ts'

type Contract = typeof contract.complication

export const acknowledge: CommandHandler<Contract['acknowledge']> = async (context, input) => {
  const record = await selectComplication(context.trx, input.patientId, input.complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const { staffId } = context.caller
  const isOwn = (notice: PhysicianNotice) => notice.physicianId === staffId
  const known = record.body.physicianNotices
  const answered = known.map((notice) =>
    isOwn(notice) && notice.acknowledgedAt === null ? { ...notice, acknowledgedAt: context.now } : notice,
  )
  const added = { physicianId: staffId, at: context.now, how: 'IN_APP', acknowledgedAt: context.now } as const
  return save(context, record, {
    body: { ...record.body, physicianNotices: known.some(isOwn) ? answered : [...known, added] },
    version: input.version,
    reason: 'ACKNOWLEDGED',
    action: 'complication.acknowledge',
  })
}

export const advance: CommandHandler<Contract['advance']> = async (context, input) => {
  const record = await selectComplication(context.trx, input.patientId, input.complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const decided = decide(context, record, { kind: input.to === 'UNDER_REVIEW' ? 'REVIEW' : 'MONITOR' }, record.body)
  if (!decided.ok) return decided
  return save(context, record, {
    body: record.body,
    version: input.version,
    reason: input.to,
    action: 'complication.advance',
    state: decided.value,
  })
}

export const liftBlock: CommandHandler<Contract['liftBlock']> = async (context, input) => {
  const record = await selectComplication(context.trx, input.patientId, input.complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const blockLifted = { by: context.caller.staffId, at: context.now, reason: input.reason }
  return save(context, record, {
    body: { ...record.body, blockLifted },
    version: input.version,
    reason: 'BLOCK_LIFTED',
    action: 'complication.liftBlock',
  })
}

export const decideReport: CommandHandler<Contract['decideReport']> = async (context, input) => {
  const record = await selectComplication(context.trx, input.patientId, input.complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const reportDecision = { report: input.report, reason: input.reason, by: context.caller.staffId, at: context.now }
  return save(context, record, {
    body: { ...record.body, reportDecision },
    version: input.version,
    reason: 'REPORT_DECIDED',
    action: 'complication.decideReport',
  })
}

export const disclose: CommandHandler<Contract['disclose']> = async (context, input) => {
  const { patientId, complicationId, ...entry } = input
  const record = await selectComplication(context.trx, patientId, complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (entry.disclosedOn > context.today) return refuse('DISCLOSED_IN_FUTURE')
  const enteredBy = context.caller.staffId
  await insertDisclosure(context.trx, context.newId(), {
    ...entry,
    address: entry.address.trim(),
    patientId,
    complicationId,
    enteredBy,
    enteredAt: context.now,
  })
  context.audit({
    action: 'complication.disclose',
    subject: 'complication',
    subjectId: complicationId,
    versionId: record.versionId,
    patientId,
  })
  touchAll(context)
  return accept({})
}
