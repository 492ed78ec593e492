import { insertComplication } from '../../../db/queries/complication.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { type ComplicationBody, gradeComplication } from '../../../shared/domain/complication.ts'
import type { ComplicationId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandHandler } from '../../app/context.ts'
import { causesOf, sessionsOf } from './causes.ts'
import { arePhysicians, decide, noticesNow, touchAll, withDeputies } from './save.ts'
import { countOnSessions, scheduleChecks } from './schedule.ts'
import { settleSeries } from './series-hold.ts'

type Contract = typeof contract.complication

export const report: CommandHandler<Contract['report']> = async (context, input) => {
  const { patientId, sessionIds, code, grade } = input
  const { staffId } = context.caller
  const isClinician = context.hasRole('physician') || context.hasRole('aesthetician')
  if (!isClinician && (code !== null || grade !== null)) return refuse('CLINICIAN_NAMES_IT')
  if (input.onsetOn !== null && input.onsetOn > context.today) return refuse('ONSET_IN_FUTURE')
  const told = input.notices.map(({ physicianId }) => physicianId)
  if (!(await arePhysicians(context, told))) return refuse('NOT_A_PHYSICIAN')
  const sessions = await sessionsOf(context.trx, patientId, sessionIds)
  if (!sessions) return refuse('NOT_FOUND')
  const complicationId = context.newId<ComplicationId>()
  const ungraded: ComplicationBody = {
    schema: 'complication/1',
    complicationId,
    version: 1,
    patientId,
    sessionIds,
    zones: input.zones,
    code,
    onsetOn: input.onsetOn,
    reportedAt: context.now,
    reportedBy: input.reportedBy,
    takenBy: staffId,
    channel: input.channel,
    grade: null,
    worstGrade: null,
    gradeHistory: [],
    description: input.description,
    photoIds: [],
    ...causesOf(sessions),
    signs: input.signs,
    actionTaken: input.actionTaken,
    treatmentOrderedBy: null,
    physicianNotices: noticesNow(context, await withDeputies(context, input.notices)),
    causality: null,
    seriesDecision: null,
    blockLifted: null,
    followUps: [],
    outcome: 'ONGOING',
    resolvedOn: null,
    isPermanentChange: false,
    neededIntervention: false,
    hasSterilityDoubt: false,
    stableOn: null,
    reportDecision: null,
    linkedComplicationIds: [],
  }
  const body =
    grade === null ? ungraded : gradeComplication(ungraded, { grade, at: context.now, by: staffId, note: '' })
  const decided = decide(context, null, { kind: 'REPORT' }, body)
  if (!decided.ok) return decided
  const versionId = await insertComplication(context.trx, {
    body,
    newId: context.newId,
    at: context.now,
    by: staffId,
    reason: 'REPORTED',
  })
  await scheduleChecks(context, body)
  await countOnSessions(context, body)
  context.audit({
    action: 'complication.report',
    subject: 'complication',
    subjectId: complicationId,
    versionId,
    patientId,
  })
  await settleSeries(context, body, decided.value)
  touchAll(context)
  return accept({ complicationId, version: 1, state: decided.value })
}
