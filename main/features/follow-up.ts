import { selectComplication } from '../../db/queries/complication.ts'
import {
  finishFollowUp,
  insertFollowUp,
  selectDueFollowUps,
  selectFollowUp,
  selectFollowUpsOf,
} from '../../db/queries/follow-up.ts'
import { selectPatient, selectPatientSummaries } from '../../db/queries/patient.ts'
import type { FollowUpTable } from '../../db/tables/complication.ts'
import type { contract } from '../../shared/contract/index.ts'
import { followUpStatus } from '../../shared/domain/follow-up.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Handlers } from '../app/context.ts'

export const followUpHandlers = {
  list: async (context, input) => {
    const rows = await selectDueFollowUps(context.reader, input.until ?? context.today)
    const patients = await selectPatientSummaries(context.reader, [...new Set(rows.map((row) => row.patient_id))])
    return accept({
      tasks: rows.map((row) => {
        const patient = patients.get(row.patient_id)
        return {
          ...rowToTask(row, context.today),
          patientName: [patient?.family ?? '', patient?.given ?? ''].filter((part) => part !== '').join(', '),
          bornOn: patient?.bornOn ?? null,
          phone: patient?.phoneTail ?? null,
        }
      }),
      dueToday: rows.filter((row) => row.due_on === context.today).length,
      overdue: rows.filter((row) => row.due_on < context.today).length,
    })
  },

  ofPatient: async (context, input) => {
    const rows = await selectFollowUpsOf(context.reader, input.patientId)
    return accept({ tasks: rows.map((row) => rowToTask(row, context.today)) })
  },

  add: async (context, input) => {
    const { patientId, kind, complicationId, dueOn } = input
    if (!(await selectPatient(context.trx, patientId))) return refuse('NOT_FOUND')
    if (complicationId && !(await selectComplication(context.trx, patientId, complicationId)))
      return refuse('NOT_FOUND')
    const followUpId = await insertFollowUp(
      context.trx,
      { patientId, kind, complicationId, dueOn, ownerId: context.caller.staffId },
      { newId: context.newId, at: context.now },
    )
    context.audit({ action: 'followUp.add', subject: 'follow_up', subjectId: followUpId, patientId })
    context.touch('followUp', 'today', 'chart')
    return accept({ followUpId })
  },

  done: async (context, input) => {
    const row = await selectFollowUp(context.trx, input.patientId, input.followUpId)
    if (!row) return refuse('NOT_FOUND')
    if (row.state !== 'OPEN') return refuse('FOLLOW_UP_CLOSED')
    const finished = await finishFollowUp(context.trx, {
      id: input.followUpId,
      version: input.version,
      outcome: input.outcome,
      on: context.today,
      by: context.caller.staffId,
      at: context.now,
    })
    if (!finished) return refuse('CONFLICT')
    context.audit({
      action: 'followUp.done',
      subject: 'follow_up',
      subjectId: input.followUpId,
      patientId: input.patientId,
    })
    context.touch('followUp', 'today', 'chart')
    return accept({ followUpId: input.followUpId, version: input.version + 1 })
  },
} satisfies Handlers<typeof contract.followUp>

function rowToTask(row: FollowUpTable, today: CalendarDate) {
  return {
    followUpId: row.id,
    version: row.version,
    patientId: row.patient_id,
    kind: row.kind,
    sessionId: row.session_id,
    complicationId: row.complication_id,
    reactionCode: row.reaction_code,
    dueOn: row.due_on,
    needsPhotos: row.needs_photos === 1,
    ownerId: row.owner_id,
    state: row.state,
    status: followUpStatus({ dueOn: row.due_on, doneOn: row.done_on }, today),
    outcome: row.outcome,
    doneOn: row.done_on,
  }
}
