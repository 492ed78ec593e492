import { selectBookingChecks } from '../../../db/queries/booking-check.ts'
import { selectPatient } from '../../../db/queries/patient.ts'
import { selectSeries } from '../../../db/queries/series.ts'
import { insertVisit, type VisitPlan } from '../../../db/queries/visit.ts'
import type { InputOf } from '../../../shared/contract/define.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { bookingRefusal, clockAfter } from '../../../shared/domain/booking.ts'
import { allowsSession } from '../../../shared/domain/series.ts'
import type { VisitId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandContext } from '../../app/context.ts'
import { treatingStaff } from './wire.ts'

/** A plan as it is stored: tidied, and with its end. */
export function planOfSeries({
  lengthMin,
  ...plan
}: Omit<VisitPlan, 'untilTime'> & { readonly lengthMin: number }): VisitPlan {
  return {
    ...plan,
    serviceNote: plan.serviceNote?.trim() || null,
    room: plan.room?.trim() || null,
    untilTime: clockAfter(plan.atTime, lengthMin),
  }
}

/** Books all dates of a course in one transaction; the first one that cannot be booked refuses them all. */
export async function bookDates(context: CommandContext, input: InputOf<typeof contract.booking.bookSeries>) {
  const { trx, today, now, caller } = context
  const { patientId, seriesId, dates, isOutsideHours = false, ...slot } = input
  const patient = await selectPatient(trx, patientId)
  const series = await selectSeries(trx, patientId, seriesId)
  if (!patient || !series) return refuse('NOT_FOUND')
  if (patient.body.status.state === 'ARCHIVED') return refuse('VISIT_PATIENT_ARCHIVED')
  if (!allowsSession(series.body.status)) return refuse('BOOKING_COURSE_NOT_OPEN')
  if (slot.practitionerId !== null && !(await treatingStaff(trx)).isTreating(slot.practitionerId))
    return refuse('VISIT_PRACTITIONER_NOT_TREATING')
  const service = series.body.status === 'MAINTENANCE' ? 'MAINTENANCE' : 'SESSION'
  const plans = dates.map((date) => planOfSeries({ ...slot, ...date, service, serviceNote: null, seriesId }))
  const past = plans.find((plan) => plan.onDate < today)
  if (past) return refuse('BOOKING_PAST', { onDate: past.onDate })
  const checks = await selectBookingChecks(trx, { patientId, plans, today })
  for (const [index, check] of checks.entries()) {
    const refusal = bookingRefusal(check, { isOutsideHours, isNewDay: true, isNewPair: true })
    if (refusal) return refuse(refusal.code, { ...refusal.facts, onDate: plans[index]?.onDate ?? null })
  }
  const visitIds: VisitId[] = []
  for (const plan of plans) {
    const visitId = context.newId<VisitId>()
    await insertVisit(trx, { ...plan, visitId, patientId, at: now, by: caller.staffId })
    context.audit({ action: 'visit.add', subject: 'visit', subjectId: visitId, patientId, reason: 'SERIES' })
    visitIds.push(visitId)
  }
  return accept(visitIds)
}
