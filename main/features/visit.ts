import type { Reader } from '../../db/open.ts'
import { selectBookingSettings } from '../../db/queries/booking.ts'
import { selectBookingChecks } from '../../db/queries/booking-check.ts'
import { endWaiting, insertWaiting, selectWaitingEntry } from '../../db/queries/booking-waiting.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectSeries } from '../../db/queries/series.ts'
import { selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import {
  insertVisit,
  moveVisit,
  selectRooms,
  selectVisit,
  selectVisitOfDay,
  updateVisitPlan,
  type Visit,
  type VisitPlan,
} from '../../db/queries/visit.ts'
import { selectDayRows } from '../../db/queries/visit-rows.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import {
  bookingRefusal,
  clockAfter,
  isLateCancel,
  isNoShowTooEarly,
  lengthOf,
  minutesAhead,
  usualLengthMin,
} from '../../shared/domain/booking.ts'
import { countDay } from '../../shared/domain/next-step.ts'
import { foldChartNumber } from '../../shared/domain/patient-name.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import { allowsSession } from '../../shared/domain/series.ts'
import { treatingRoleOf } from '../../shared/domain/staff.ts'
import { isInHouse, mayMoveVisit, type VisitCancelReason, type VisitStatus } from '../../shared/domain/visit.ts'
import type { PatientId, StaffId, VisitId, WaitingId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addMinutes, type Instant } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'

type VisitContract = typeof contract.visit

export const visitHandlers = {
  day: async (context, { on, isMine }) => {
    const { reader, today, now, offsetMin } = context
    const practitionerId = isMine ? context.caller.staffId : null
    const hasCare = maySeeCare(context)
    const rows = await selectDayRows(reader, { from: on, until: on, practitionerId, today, hasCare })
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

  add: async (context, { patientId, waiting, lengthMin, seriesId = null, isOutsideHours = false, ...plan }) => {
    const { trx, now, caller } = context
    const patient = await selectPatient(trx, patientId)
    if (!patient) return refuse('NOT_FOUND')
    if (waiting && !(await selectWaitingEntry(trx, patientId, waiting.waitingId))) return refuse('NOT_FOUND')
    if (patient.body.status.state === 'ARCHIVED') return refuse('VISIT_PATIENT_ARCHIVED')
    const whole = await wholePlan(context, { ...plan, lengthMin, seriesId })
    const refusal = await refusalOf(context, { patientId, plan: whole, before: null, isOutsideHours })
    if (refusal) return refusal
    const visitId = context.newId<VisitId>()
    await insertVisit(trx, { ...whole, visitId, patientId, at: now, by: caller.staffId })
    noteChange(context, 'visit.add', { visitId, patientId })
    if (waiting) {
      if (!(await endWaiting(trx, { ...waiting, visitId, at: now }))) return refuse('CONFLICT')
      context.touch('booking')
    }
    return accept({ visitId })
  },

  edit: async (context, { patientId, visitId, version, lengthMin, seriesId, isOutsideHours = false, ...plan }) => {
    const { trx, now } = context
    const visit = await selectVisit(trx, patientId, visitId)
    if (!visit) return refuse('NOT_FOUND')
    if (visit.status === 'DONE' || visit.status === 'CANCELLED') return refuse('VISIT_OVER')
    const whole = await wholePlan(context, {
      ...plan,
      // What nobody speaks of stays as it was.
      lengthMin: lengthMin ?? lengthOf(visit),
      seriesId: seriesId === undefined ? visit.seriesId : seriesId,
    })
    const refusal = await refusalOf(context, { patientId, plan: whole, before: visit, isOutsideHours })
    if (refusal) return refusal
    if (!(await updateVisitPlan(trx, { visitId, version, at: now, plan: whole }))) return refuse('CONFLICT')
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
    if (visit.status === 'CANCELLED' && to === 'EXPECTED') {
      const refusal = await refusalOf(context, { patientId, plan: visit, before: visit, isOutsideHours: true })
      if (refusal) return refusal
    }
    return moveTo(context, { visit, version, to, room: place })
  },

  cancel: async (context, { patientId, visitId, version, reason, isToWait = false }) => {
    const { trx, now, today, caller } = context
    const visit = await selectVisit(trx, patientId, visitId)
    if (!visit) return refuse('NOT_FOUND')
    const ahead = minutesAhead(visit, { on: today, time: wallClock(now, context.offsetMin) })
    if (isNoShowTooEarly(reason, ahead)) return refuse('VISIT_NO_SHOW_TOO_EARLY', { atTime: visit.atTime })
    const isLate = isLateCancel(reason, ahead, await selectBookingSettings(trx))
    const cancelled = await moveTo(context, { visit, version, to: 'CANCELLED', room: visit.room, reason, isLate })
    if (!cancelled.ok) return cancelled
    const waitingId = isToWait ? context.newId<WaitingId>() : null
    if (waitingId !== null) {
      const wish = { ...visit, lengthMin: lengthOf(visit), dayPart: 'ANY', fromOn: today, untilOn: null } as const
      await insertWaiting(trx, { ...wish, note: null, waitingId, patientId, at: now, by: caller.staffId })
      context.audit({ action: 'booking.wait', subject: 'waiting', subjectId: waitingId, patientId })
      context.touch('booking')
    }
    return accept({ ...cancelled.value, isLate, waitingId })
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
    isLate = false,
  }: {
    readonly visit: Visit
    readonly version: number
    readonly to: VisitStatus
    readonly room: string | null
    readonly reason?: VisitCancelReason | null
    readonly isLate?: boolean
  },
) {
  const { visitId, patientId, status } = visit
  if (!mayMoveVisit(status, to)) return refuse('VISIT_MOVE_NOT_ALLOWED', { from: status, to })
  if (!(await moveVisit(context.trx, { visitId, version, at: context.now, visit, to, room, reason, isLate })))
    return refuse('CONFLICT')
  const action = to === 'HERE' && !isInHouse(status) ? 'visit.checkIn' : 'visit.move'
  noteChange(context, to === 'CANCELLED' ? 'visit.cancel' : action, { visitId, patientId, reason: reason ?? to })
  return accept({ version: version + 1 })
}

/** The plan with its end: the length somebody chose, or the clinic's usual one. */
async function wholePlan(
  { trx }: CommandContext,
  { lengthMin, ...plan }: Omit<VisitPlan, 'untilTime'> & { readonly lengthMin: number | undefined },
): Promise<VisitPlan> {
  const { bookingMin } = ((await selectPolicyInForce(trx, plan.onDate))?.body ?? shippedPolicy(plan.onDate)).settings
  const { talkMin } = await selectBookingSettings(trx)
  const length = lengthMin ?? usualLengthMin(plan.service, { bookingMin, talkMin })
  return {
    ...plan,
    serviceNote: plan.serviceNote?.trim() || null,
    room: plan.room?.trim() || null,
    untilTime: clockAfter(plan.atTime, length),
  }
}

/** Why this cannot be booked; null where it can. What the visit was before is not asked again. */
async function refusalOf(
  { trx, today }: CommandContext,
  {
    patientId,
    plan,
    before,
    isOutsideHours,
  }: {
    readonly patientId: PatientId
    readonly plan: VisitPlan
    readonly before: Visit | null
    readonly isOutsideHours: boolean
  },
) {
  const series = plan.seriesId === null ? null : await selectSeries(trx, patientId, plan.seriesId)
  if (plan.seriesId !== null && series === null) return refuse('NOT_FOUND')
  if (plan.onDate < today && before?.onDate !== plan.onDate) return refuse('BOOKING_PAST', { onDate: plan.onDate })
  if (!(await isTreating(trx, plan.practitionerId))) return refuse('VISIT_PRACTITIONER_NOT_TREATING')
  if (series !== null && before?.seriesId !== plan.seriesId && !allowsSession(series.body.status))
    return refuse('BOOKING_COURSE_NOT_OPEN')
  const visitId = before?.visitId ?? null
  const [check] = await selectBookingChecks(trx, { patientId, plans: [plan], today, visitId })
  if (!check) throw new Error('a plan was not judged')
  const isNewDay = before === null || before.onDate !== plan.onDate || before.service !== plan.service
  const isNewPair = isNewDay || before.practitionerId !== plan.practitionerId
  const refusal = bookingRefusal(check, { isOutsideHours, isNewDay, isNewPair })
  return refusal && refuse(refusal.code, refusal.facts)
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
