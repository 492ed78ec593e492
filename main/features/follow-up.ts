import type { Reader } from '../../db/open.ts'
import { selectComplication } from '../../db/queries/complication.ts'
import {
  countFollowUps,
  finishFollowUp,
  giveFollowUp,
  insertFollowUp,
  selectDueFollowUps,
  selectFollowUp,
  selectFollowUpsOf,
} from '../../db/queries/follow-up.ts'
import { selectPatient, selectPatientSummaries } from '../../db/queries/patient.ts'
import type { StaffMember } from '../../db/queries/staff.ts'
import { selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import type { FollowUpTable } from '../../db/tables/complication.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import { followUpStatus, isAnsweredInChart, mayFinishByHand } from '../../shared/domain/follow-up.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { settleCourse } from '../app/course-follow-ups.ts'

export const followUpHandlers = {
  list: async ({ reader, today }, { until }) => {
    const rows = await selectDueFollowUps(reader, until ?? today)
    const patients = await selectPatientSummaries(reader, [...new Set(rows.map((row) => row.patient_id))])
    const nameById = new Map((await selectStaff(reader)).map((member) => [member.staffId, member.printedName]))
    const { due, overdue } = await countFollowUps(reader, today)
    return accept({
      tasks: rows.map((row) => {
        const patient = patients.get(row.patient_id)
        return {
          ...rowToTask(row, today),
          patientName: [patient?.family ?? '', patient?.given ?? ''].filter((part) => part !== '').join(', '),
          bornOn: patient?.bornOn ?? null,
          phone: patient?.phoneTail ?? null,
          ownerName: row.owner_id === null ? null : (nameById.get(row.owner_id) ?? null),
        }
      }),
      dueToday: due,
      overdue,
    })
  },

  ofPatient: async (context, input) => {
    const rows = await selectFollowUpsOf(context.reader, input.patientId)
    return accept({ tasks: rows.map((row) => rowToTask(row, context.today)) })
  },

  owners: async ({ reader }) => {
    const members = (await selectStaff(reader)).filter(mayOwn)
    return accept({ owners: members.map(({ staffId, printedName }) => ({ staffId, printedName })) })
  },

  add: async (context, input) => {
    const { patientId, kind, complicationId, about, dueOn, ownerId } = input
    if (!(await selectPatient(context.trx, patientId))) return refuse('NOT_FOUND')
    if (complicationId && !(await selectComplication(context.trx, patientId, complicationId)))
      return refuse('NOT_FOUND')
    if (dueOn < context.today) return refuse('FOLLOW_UP_IN_PAST')
    if (!(await isOwner(context.trx, ownerId))) return refuse('NOT_AN_OWNER')
    const followUpId = await insertFollowUp(
      context.trx,
      { patientId, kind, complicationId, about: about.trim(), dueOn, ownerId },
      { newId: context.newId, at: context.now },
    )
    context.audit({ action: 'followUp.add', subject: 'follow_up', subjectId: followUpId, patientId })
    context.touch(...touchedSubjects)
    return accept({ followUpId })
  },

  give: async (context, { patientId, followUpId, version, ownerId }) => {
    const row = await selectFollowUp(context.trx, patientId, followUpId)
    if (!row) return refuse('NOT_FOUND')
    if (row.state !== 'OPEN') return refuse('FOLLOW_UP_CLOSED')
    if (!(await isOwner(context.trx, ownerId))) return refuse('NOT_AN_OWNER')
    if (!(await giveFollowUp(context.trx, { id: followUpId, version, ownerId, at: context.now })))
      return refuse('CONFLICT')
    context.audit({ action: 'followUp.give', subject: 'follow_up', subjectId: followUpId, patientId })
    context.touch(...touchedSubjects)
    return accept({ followUpId, version: version + 1 })
  },

  done: async (context, { patientId, followUpId, version, result, outcome, againOn }) => {
    const row = await selectFollowUp(context.trx, patientId, followUpId)
    if (!row) return refuse('NOT_FOUND')
    if (row.state !== 'OPEN') return refuse('FOLLOW_UP_CLOSED')
    if (!mayFinishByHand(row.kind, result)) return refuse('FOLLOW_UP_NEEDS_RATING')
    if (isAnsweredInChart(row)) return refuse('ANSWERED_IN_THE_CHART')
    if (againOn !== null && againOn < context.today) return refuse('FOLLOW_UP_IN_PAST')
    const finished = await finishFollowUp(context.trx, {
      id: followUpId,
      version,
      result,
      outcome,
      on: context.today,
      by: context.caller.staffId,
      at: context.now,
    })
    if (!finished) return refuse('CONFLICT')
    if (againOn !== null) await planAgain(context, row, againOn)
    if (row.series_id !== null) await settleCourse(context, { patientId, seriesId: row.series_id })
    context.audit({
      action: 'followUp.done',
      subject: 'follow_up',
      subjectId: followUpId,
      patientId,
      reason: result,
    })
    context.touch(...touchedSubjects)
    return accept({ followUpId, version: version + 1 })
  },
} satisfies Handlers<typeof contract.followUp>

const touchedSubjects = ['followUp', 'today', 'chart'] as const

/** The same question on another day, with the same owner; what it belongs to stays known. */
async function planAgain(context: CommandContext, row: FollowUpTable, dueOn: CalendarDate): Promise<void> {
  await insertFollowUp(
    context.trx,
    {
      patientId: row.patient_id,
      kind: row.kind,
      dueOn,
      // Inside its window it stays as long in time as it was.
      ...(dueOn <= row.until_on ? { fromOn: dueOn, untilOn: row.until_on } : {}),
      needsPhotos: row.needs_photos === 1,
      about: row.about,
      sessionId: row.session_id,
      complicationId: row.complication_id,
      seriesId: row.series_id,
      reactionCode: row.reaction_code,
      ownerId: row.owner_id,
    },
    { newId: context.newId, at: context.now },
  )
}

function mayOwn({ roles, status }: Pick<StaffMember, 'roles' | 'status'>): boolean {
  return status !== 'DEACTIVATED' && roles.some((role) => rolesWith('followUp.work').includes(role))
}

async function isOwner(reader: Reader, ownerId: StaffId | null): Promise<boolean> {
  if (ownerId === null) return true
  const member = await selectStaffMember(reader, ownerId)
  return member !== null && member !== undefined && mayOwn(member)
}

function rowToTask(row: FollowUpTable, today: CalendarDate) {
  return {
    followUpId: row.id,
    version: row.version,
    patientId: row.patient_id,
    kind: row.kind,
    sessionId: row.session_id,
    complicationId: row.complication_id,
    seriesId: row.series_id,
    reactionCode: row.reaction_code,
    about: row.about,
    dueOn: row.due_on,
    fromOn: row.from_on,
    untilOn: row.until_on,
    needsPhotos: row.needs_photos === 1,
    ownerId: row.owner_id,
    state: row.state,
    status: followUpStatus({ fromOn: row.from_on, untilOn: row.until_on, doneOn: row.done_on }, today),
    result: row.result,
    outcome: row.outcome,
    doneOn: row.done_on,
  }
}
