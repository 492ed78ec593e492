import {
  type BookingProblem,
  type BookingVerdict,
  type CalendarRules,
  judgeClock,
  judgeSlot,
} from '../../shared/domain/booking.ts'
import { type NextStep, nextStep, type Readiness, readinessOf } from '../../shared/domain/next-step.ts'
import { isTreatment } from '../../shared/domain/visit.ts'
import type { PatientId, VisitId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { selectCalendarRules } from './booking.ts'
import { selectPatientSummaries } from './patient.ts'
import { selectStaffMember } from './staff.ts'
import type { DayVisit, VisitPlan } from './visit.ts'
import { selectVisitCare } from './visit-facts.ts'
import { policyByDay } from './visit-rows.ts'

/** How one planned visit would stand on its day. */
export type BookingCheck = {
  readonly problems: readonly BookingProblem[]
  readonly clock: BookingVerdict
  /** The licence of the practitioner ends before the day; null where it does not, and for a talk. */
  readonly licenceEndedOn: CalendarDate | null
  readonly readiness: Readiness
  readonly next: NextStep
}

type CheckInput = {
  readonly patientId: PatientId
  readonly plans: readonly VisitPlan[]
  readonly today: CalendarDate
  /** The visit that is being moved. */
  readonly visitId?: VisitId | null
  /** Left out: as the store has it. */
  readonly rules?: CalendarRules
}

/**
 * Judges planned visits of one patient together, as if all of them were booked: the second knows of the first. One
 * answer per plan, in their order.
 */
export async function selectBookingChecks(
  reader: Reader,
  { patientId, plans, today, visitId = null, rules }: CheckInput,
): Promise<readonly BookingCheck[]> {
  const days = plans.map((plan) => plan.onDate).sort()
  const [from, until] = [days[0] ?? today, days.at(-1) ?? today]
  const known = rules ?? (await selectCalendarRules(reader, { from, until }))
  const visits: DayVisit[] = []
  for (const [index, plan] of plans.entries())
    visits.push(await plannedVisit(reader, { patientId, plan, id: visitId ?? (`plan ${index}` as VisitId) }))
  const care = await selectVisitCare(reader, { scope: { patientId }, visits, today, policyOn: policyByDay(reader) })
  return visits.map(({ visit }, index) => {
    const own = care.get(visit.visitId)
    if (!own) throw new Error('a planned visit was not judged')
    const siblings = visits
      .filter((_, other) => other < index)
      .map((other) => ({ ...other.visit, visitId: other.visit.visitId }))
    const { licence } = own.facts
    return {
      problems: judgeSlot(visit, { ...known, taken: [...known.taken, ...siblings] }, visitId),
      clock: judgeClock(visit.service, own.facts.screening),
      licenceEndedOn: isTreatment(visit.service) && licence.kind === 'EXPIRED' ? licence.on : null,
      readiness: readinessOf(own.facts),
      next: nextStep(own.facts),
    }
  })
}

/** A visit that is not in the store, or not at this time yet. */
async function plannedVisit(
  reader: Reader,
  { patientId, plan, id }: { readonly patientId: PatientId; readonly plan: VisitPlan; readonly id: VisitId },
): Promise<DayVisit> {
  const patient = (await selectPatientSummaries(reader, [patientId])).get(patientId)
  if (!patient) throw new Error('a booking without its patient')
  const member = plan.practitionerId === null ? null : await selectStaffMember(reader, plan.practitionerId)
  return {
    visit: {
      ...plan,
      visitId: id,
      patientId,
      version: 1,
      status: 'EXPECTED',
      arrivedAt: null,
      leftAt: null,
      cancelReason: null,
      isCancelledLate: false,
      remindedAt: null,
    },
    patient,
    practitionerName: member?.printedName ?? null,
    practitionerLicenceExpiresOn: member?.licence?.expiresOn ?? null,
    practitionerIsActive: member?.status === 'ACTIVE',
  }
}
