import type { Reader } from '../../db/open.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import {
  insertVisit,
  isVisitTaken,
  moveVisit,
  selectDay,
  selectRooms,
  selectVisit,
  selectVisitOfDay,
  updateVisitPlan,
  type Visit,
  type VisitPlan,
} from '../../db/queries/visit.ts'
import { selectVisitCare, type VisitCare } from '../../db/queries/visit-facts.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import { countDay, nextStep, readinessOf } from '../../shared/domain/next-step.ts'
import { foldChartNumber } from '../../shared/domain/patient-name.ts'
import { treatingRoleOf } from '../../shared/domain/staff.ts'
import { isInHouse, mayMoveVisit, type VisitCancelReason, type VisitStatus } from '../../shared/domain/visit.ts'
import type { PatientId, StaffId, VisitId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addMinutes, type Instant } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'

type VisitContract = typeof contract.visit

export const visitHandlers = {
  day: async (context, { on, isMine }) => {
    const { reader, today, now, offsetMin } = context
    const practitionerId = isMine ? context.caller.staffId : null
    const visits = await selectDay(reader, { on, practitionerId })
    const policy = (await selectPolicyInForce(reader, on))?.body ?? null
    const care = maySeeCare(context) ? await selectVisitCare(reader, { on, visits, policy }) : null
    const rows = visits.map(({ visit, patient, practitionerName }) => ({
      ...visit,
      familyName: patient.family,
      givenName: patient.given,
      preferredName: patient.preferred,
      bornOn: patient.bornOn,
      bornText: patient.bornText,
      chartNumber: patient.chartNumber,
      isLookAlike: patient.isLookAlike,
      practitionerName,
      series: care?.get(visit.visitId)?.series ?? null,
      sessionId: care?.get(visit.visitId)?.session?.id ?? null,
      care: careToWire(care?.get(visit.visitId)),
    }))
    return accept({
      on,
      nowTime: on === today ? wallClock(now, offsetMin) : null,
      visits: rows,
      counts: countDay(rows.map(({ status, care: own }) => ({ status, next: own?.next ?? null }))),
    })
  },

  choices: async ({ reader }) => {
    const treating = (await selectStaff(reader)).filter(
      (member) => member.status === 'ACTIVE' && treatingRoleOf(member.roles) !== null,
    )
    return accept({
      practitioners: treating.map(({ staffId, printedName }) => ({ staffId, printedName })),
      rooms: [...(await selectRooms(reader))],
    })
  },

  add: async (context, { patientId, ...plan }) => {
    const { trx, now, caller } = context
    const patient = await selectPatient(trx, patientId)
    if (!patient) return refuse('NOT_FOUND')
    if (patient.body.status.state === 'ARCHIVED') return refuse('VISIT_PATIENT_ARCHIVED')
    if (!(await isTreating(trx, plan.practitionerId))) return refuse('VISIT_PRACTITIONER_NOT_TREATING')
    if (await isVisitTaken(trx, { patientId, ...plan, except: null }))
      return refuse('VISIT_EXISTS', { atTime: plan.atTime })
    const visitId = context.newId<VisitId>()
    await insertVisit(trx, { ...trimmed(plan), visitId, patientId, at: now, by: caller.staffId })
    noteChange(context, 'visit.add', { visitId, patientId })
    return accept({ visitId })
  },

  edit: async (context, { patientId, visitId, version, ...plan }) => {
    const { trx, now } = context
    const visit = await selectVisit(trx, patientId, visitId)
    if (!visit) return refuse('NOT_FOUND')
    if (visit.status === 'DONE' || visit.status === 'CANCELLED') return refuse('VISIT_OVER')
    if (!(await isTreating(trx, plan.practitionerId))) return refuse('VISIT_PRACTITIONER_NOT_TREATING')
    if (await isVisitTaken(trx, { patientId, ...plan, except: visitId }))
      return refuse('VISIT_EXISTS', { atTime: plan.atTime })
    if (!(await updateVisitPlan(trx, { visitId, version, at: now, plan: trimmed(plan) }))) return refuse('CONFLICT')
    noteChange(context, 'visit.edit', { visitId, patientId })
    return accept({ version: version + 1 })
  },

  checkIn: async (context, { patientId, visitId, version, identity }) => {
    const visit = await selectVisit(context.trx, patientId, visitId)
    if (!visit) return refuse('NOT_FOUND')
    if (visit.onDate !== context.today) return refuse('VISIT_NOT_TODAY', { onDate: visit.onDate })
    return checkIn(context, { visit, version, identity })
  },

  checkInToday: async (context, { patientId, identity }) => {
    if (!(await selectPatient(context.trx, patientId))) return refuse('NOT_FOUND')
    const visit = await selectVisitOfDay(context.trx, patientId, context.today)
    if (!visit) return refuse('NO_VISIT_TODAY')
    const checked = await checkIn(context, { visit, version: visit.version, identity })
    return checked.ok ? accept({ visitId: visit.visitId, ...checked.value }) : checked
  },

  move: async (context, { patientId, visitId, version, to, room }) => {
    const visit = await selectVisit(context.trx, patientId, visitId)
    if (!visit) return refuse('NOT_FOUND')
    // Arriving proves who it is, so it has a procedure of its own.
    if (visit.status === 'EXPECTED' && to === 'HERE') return refuse('VISIT_CHECK_IN_INSTEAD')
    const place = room?.trim() || visit.room
    if (to === 'IN_ROOM' && place === null) return refuse('ROOM_MISSING')
    return moveTo(context, { visit, version, to, room: place })
  },

  cancel: async (context, { patientId, visitId, version, reason }) => {
    const visit = await selectVisit(context.trx, patientId, visitId)
    if (!visit) return refuse('NOT_FOUND')
    return moveTo(context, { visit, version, to: 'CANCELLED', room: visit.room, reason })
  },
} satisfies Handlers<VisitContract>

/** Two charts that are easily mixed up: name and birth date do not tell them apart, the chart number does. */
async function checkIn(
  context: CommandContext,
  {
    visit,
    version,
    identity,
  }: { readonly visit: Visit; readonly version: number; readonly identity: { readonly chartNumber: string } | null },
) {
  const patient = await selectPatient(context.trx, visit.patientId)
  if (!patient) return refuse('NOT_FOUND')
  if (patient.head['look_alike'] === 1) {
    if (identity === null) return refuse('IDENTITY_CHECK_NEEDED')
    const isSame = foldChartNumber(identity.chartNumber) === foldChartNumber(patient.body.chartNumber)
    if (!isSame) return refuse('IDENTITY_DIFFERS')
  }
  return moveTo(context, { visit, version, to: 'HERE', room: visit.room })
}

async function moveTo(
  context: CommandContext,
  {
    visit,
    version,
    to,
    room,
    reason = null,
  }: {
    readonly visit: Visit
    readonly version: number
    readonly to: VisitStatus
    readonly room: string | null
    readonly reason?: VisitCancelReason | null
  },
) {
  const { visitId, patientId, status } = visit
  if (!mayMoveVisit(status, to)) return refuse('VISIT_MOVE_NOT_ALLOWED', { from: status, to })
  if (!(await moveVisit(context.trx, { visitId, version, at: context.now, visit, to, room, reason })))
    return refuse('CONFLICT')
  const action = to === 'HERE' && !isInHouse(status) ? 'visit.checkIn' : 'visit.move'
  noteChange(context, to === 'CANCELLED' ? 'visit.cancel' : action, { visitId, patientId, reason: reason ?? to })
  return accept({ version: version + 1 })
}

function careToWire(care: VisitCare | undefined) {
  if (!care) return null
  const { facts, startedAt, endedAt } = care
  const next = nextStep(facts)
  return {
    hasOpenComplication: facts.complication.isOpen,
    hasRedFlag: facts.complication.isRedFlag,
    readiness: readinessOf(facts),
    next: { step: next.step, toDo: [...next.toDo], blocks: [...next.blocks] },
    startedAt,
    endedAt,
  }
}

/** A manager sees who comes and when; what keeps people safe is for those who treat them and for the desk. */
function maySeeCare(context: QueryContext): boolean {
  return rolesWith('alerts.read').some((role) => context.hasRole(role))
}

async function isTreating(reader: Reader, staffId: StaffId | null): Promise<boolean> {
  if (staffId === null) return true
  const member = await selectStaffMember(reader, staffId)
  return member !== null && member.status === 'ACTIVE' && treatingRoleOf(member.roles) !== null
}

function trimmed(plan: VisitPlan): VisitPlan {
  return { ...plan, serviceNote: plan.serviceNote?.trim() || null, room: plan.room?.trim() || null }
}

function wallClock(now: Instant, offsetMin: number): string {
  // Read as if it were UTC: the shifted instant's digits are those of the clinic's clock.
  return addMinutes(now, offsetMin).slice(11, 16)
}

function noteChange(
  context: CommandContext,
  action: string,
  { visitId, patientId, reason = null }: { visitId: VisitId; patientId: PatientId; reason?: string | null },
) {
  context.audit({ action, subject: 'visit', subjectId: visitId, patientId, reason })
  context.touch('visit', 'today', 'chart', 'patientSearch')
}
