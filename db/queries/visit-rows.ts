import { nextStep, readinessOf } from '../../shared/domain/next-step.ts'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { selectPolicyInForce } from './policy.ts'
import { selectDays } from './visit.ts'
import { selectVisitCare, type VisitCare } from './visit-facts.ts'

/**
 * The lines of one or several days as people read them: who, when, where, and, for those who may see it, what is ready
 * and what comes next. The list of the day and the calendar are both this.
 */
export async function selectDayRows(
  reader: Reader,
  {
    from,
    until,
    practitionerId,
    today,
    hasCare,
  }: {
    readonly from: CalendarDate
    readonly until: CalendarDate
    readonly practitionerId: StaffId | null
    readonly today: CalendarDate
    /** False leaves out everything of a chart. */
    readonly hasCare: boolean
  },
) {
  const visits = await selectDays(reader, { from, until, practitionerId })
  const care = hasCare
    ? await selectVisitCare(reader, { scope: { from, until }, visits, today, policyOn: policyByDay(reader) })
    : null
  return visits.map(({ visit, patient, practitionerName }) => ({
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
    care: careToRow(care?.get(visit.visitId)),
  }))
}

/** The policy in force on a day, each day looked up once. */
export function policyByDay(reader: Reader): (on: CalendarDate) => Promise<PolicyBody | null> {
  const known = new Map<CalendarDate, PolicyBody | null>()
  return async (on) => {
    const found = known.get(on)
    if (found !== undefined) return found
    const policy = (await selectPolicyInForce(reader, on))?.body ?? null
    known.set(on, policy)
    return policy
  }
}

function careToRow(care: VisitCare | undefined) {
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
