import type { Reader } from '../../../db/open.ts'
import { selectPolicyInForce } from '../../../db/queries/policy.ts'
import {
  type BookedVisit,
  type CourseFile,
  type CourseOnFile,
  selectBookedVisits,
  selectCourseFile,
  selectNextPolicyStart,
} from '../../../db/queries/policy-dry-run.ts'
import { judgeScreening, type ScreeningFile, selectScreeningFile } from '../../../db/queries/screening.ts'
import { type StaffMember, selectStaff } from '../../../db/queries/staff.ts'
import type { OutputOf } from '../../../shared/contract/define.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { rolesWith } from '../../../shared/contract/permissions.ts'
import type { TriedVisit } from '../../../shared/contract/policy.ts'
import type { PolicyBody } from '../../../shared/domain/policy.ts'
import {
  type BookedTreatment,
  changesScreening,
  type Policies,
  plannedFor,
  type ScreenedUnder,
  type ToldReason,
  toldWithoutChart,
  tryPolicy,
} from '../../../shared/domain/policy-dry-run.ts'
import { readPlan } from '../../../shared/domain/session.ts'
import { type StaffSnapshot, treatingRoleOf } from '../../../shared/domain/staff.ts'
import type { GateFailure } from '../../../shared/domain/start-gate-facts.ts'
import type { PatientId, StaffId } from '../../../shared/kernel/ids.ts'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import type { QueryContext } from '../../app/context.ts'
import { licenceOf } from '../../app/signer.ts'
import { toWire } from '../../app/to-wire.ts'

type DryRun = OutputOf<typeof contract.policy.dryRun>

const mostBooked = 5000
const mostTried = 2000
const mostShown = 100

/** Tries every treatment that is booked while the draft would be in force. */
export async function dryRun(context: QueryContext, draft: PolicyBody): Promise<DryRun> {
  const { reader, today } = context
  const from = draft.effectiveFrom < today ? today : draft.effectiveFrom
  const nextStart = await selectNextPolicyStart(reader, draft.effectiveFrom)
  const booked = await selectBookedVisits(reader, { from: today, limit: mostBooked })
  const inDays = booked.filter(({ onDate }) => onDate >= from && (nextStart === null || onDate < nextStart))
  const tried = inDays.slice(0, mostTried)
  const inForce = (await selectPolicyInForce(reader, from))?.body ?? null
  const policies: Policies = { inForce, draft }

  const last = tried.at(-1)?.onDate
  const file = last === undefined ? null : await selectCourseFile(reader, { from, until: last })
  const members = new Map((await selectStaff(reader)).map((member) => [member.staffId, member]))
  const byPatient = Map.groupBy(booked, ({ patientId }) => patientId)
  const files =
    file !== null && changesScreening(inForce, draft) ? await selectScreeningFiles(reader, tried) : new Map()
  const effects =
    file === null
      ? []
      : tried.map((visit) => ({
          visit,
          ...tryPolicy(bookedTreatment(visit, { file, booked: byPatient, today, members, files, policies }), policies),
        }))

  const blocked = effects.filter((effect) => effect.blocked.length > 0)
  const freed = effects.filter((effect) => effect.blocked.length === 0 && effect.freed.length > 0)
  const hasChart = rolesWith('chart.read').some((role) => context.hasRole(role))
  const toRow = (visit: BookedVisit, reasons: readonly GateFailure[]) =>
    visitToRow(visit, { reasons, hasChart, members })
  return {
    from,
    until: nextStart && addDays(nextStart, -1),
    tried: tried.length,
    isWhole: booked.length < mostBooked && tried.length === inDays.length,
    blocked: blocked.length,
    freed: freed.length,
    blockedVisits: blocked.slice(0, mostShown).map((effect) => toRow(effect.visit, effect.blocked)),
    freedVisits: freed.slice(0, mostShown).map((effect) => toRow(effect.visit, effect.freed)),
  }
}

type Known = {
  readonly file: CourseFile
  /** Everything booked from today on, tried or not. */
  readonly booked: ReadonlyMap<PatientId, readonly BookedVisit[]>
  readonly today: CalendarDate
  readonly members: ReadonlyMap<StaffId, StaffMember>
  /** Empty where both policies read questionnaires alike. */
  readonly files: ReadonlyMap<PatientId, ScreeningFile>
  readonly policies: Policies
}

function bookedTreatment(visit: BookedVisit, known: Known): BookedTreatment {
  const { file, today, members, policies } = known
  const { patientId, onDate: on } = visit
  const course = courseFor(file.courses.get(patientId) ?? [], visit)
  const seriesId = course?.seriesId ?? null
  const member = visit.practitionerId === null ? undefined : members.get(visit.practitionerId)
  const practitioner = member ? snapshotOf(member) : null
  const orders = (file.orders.get(patientId) ?? [])
    .filter((order) => order.seriesId === null || order.seriesId === seriesId)
    .map(({ orderId, body }) => ({ orderId, body, sessionsUsed: file.done.usedByOrder.get(orderId) ?? 0 }))
  // A session that is being prepared is one of today.
  const typed = seriesId !== null && on === today ? (file.typed.get(seriesId) ?? null) : null
  const plan = plannedFor({
    practitioner,
    typed: typed && readPlan(typed.plan).plan,
    series: course?.body ?? null,
    last: (seriesId && file.lastZones.get(seriesId)) || [],
    order: orders[0]?.body ?? null,
    inForce: policies.inForce,
  })
  const unsigned = (seriesId && file.unsigned.get(seriesId)) || []
  return {
    on,
    bornOn: visit.bornOn,
    practitioner,
    plan,
    confirmedMode: typed?.supervisionModeActual ?? null,
    orders,
    lastPerformedOn: lastBefore(visit, course, known),
    isPreviousUnsigned: unsigned.some((day) => day < on),
    consents: (file.consents.get(patientId) ?? []).map((form) => ({
      state: form.state,
      signedOn: form.signedOn,
      signerRole: form.signerRole,
      isOfSeries: seriesId === null || form.seriesId === seriesId,
    })),
    screened: screenedUnder(visit, { known, course, plan, deviceType: orders[0]?.body.deviceType ?? null }),
  }
}

/** The course it is booked for; otherwise the newest that is not over, one that may go on before one on hold. */
function courseFor(courses: readonly CourseOnFile[], visit: BookedVisit): CourseOnFile | null {
  const own = courses.find(({ seriesId }) => seriesId === visit.seriesId)
  return own ?? courses.find(({ isOnHold }) => !isOnHold) ?? courses[0] ?? null
}

/** The last treatment of the course before this one; one that is booked will have taken place by then. */
function lastBefore(visit: BookedVisit, course: CourseOnFile | null, { file, booked }: Known): CalendarDate | null {
  if (course === null) return null
  const performedOn = file.done.performedBySeries.get(course.seriesId) ?? []
  const bookedOn = (booked.get(visit.patientId) ?? [])
    .filter(({ seriesId }) => seriesId === null || seriesId === course.seriesId)
    .map(({ onDate }) => onDate)
  const before = [...performedOn, ...bookedOn].filter((day) => day < visit.onDate)
  return before.sort().at(-1) ?? null
}

function screenedUnder(
  visit: BookedVisit,
  {
    known,
    course,
    plan,
    deviceType,
  }: {
    readonly known: Known
    readonly course: CourseOnFile | null
    readonly plan: BookedTreatment['plan']
    readonly deviceType: Parameters<typeof judgeScreening>[1]['deviceType']
  },
): BookedTreatment['screened'] {
  const screeningFile = known.files.get(visit.patientId)
  if (!screeningFile) return null
  const under = (policy: PolicyBody | null): ScreenedUnder => {
    const { fullAnsweredOn, shortAnsweredOn, stops, uncleared, clearances } = judgeScreening(screeningFile, {
      today: visit.onDate,
      plannedZones: plan.zones.map(({ zone, side }) => ({ zone, side })),
      deviceType,
      seriesId: course?.seriesId ?? null,
      policy,
    })
    return { screening: { fullAnsweredOn, shortAnsweredOn, stops, uncleared }, clearances }
  }
  return { inForce: under(known.policies.inForce), draft: under(known.policies.draft) }
}

/** Opened only where the draft reads questionnaires differently: a few statements for each patient. */
async function selectScreeningFiles(
  reader: Reader,
  visits: readonly BookedVisit[],
): Promise<ReadonlyMap<PatientId, ScreeningFile>> {
  const files = new Map<PatientId, ScreeningFile>()
  for (const { patientId } of visits) {
    if (!files.has(patientId)) files.set(patientId, await selectScreeningFile(reader, patientId))
  }
  return files
}

/** Null where the person treats nobody any more: then somebody else will. */
function snapshotOf(member: StaffMember): StaffSnapshot | null {
  const treatingRole = member.status === 'ACTIVE' ? treatingRoleOf(member.roles) : null
  if (treatingRole === null) return null
  const { staffId, printedName, credential, boardCertification } = member
  return { staffId, printedName, credential, boardCertification, treatingRole, licence: licenceOf(member) }
}

function visitToRow(
  visit: BookedVisit,
  {
    reasons,
    hasChart,
    members,
  }: {
    readonly reasons: readonly GateFailure[]
    readonly hasChart: boolean
    readonly members: ReadonlyMap<StaffId, StaffMember>
  },
): TriedVisit {
  const all = reasons.map(
    ({ code, zone, side, site, ref, facts }): ToldReason => ({ code, zone, side, site, ref, facts }),
  )
  const told = hasChart ? all : toldWithoutChart(all)
  const codes = new Set(told.map(({ code }) => code))
  return toWire({
    visitId: visit.visitId,
    patientId: visit.patientId,
    familyName: visit.family,
    givenName: visit.given,
    preferredName: visit.preferred,
    chartNumber: visit.chartNumber,
    onDate: visit.onDate,
    atTime: visit.atTime,
    practitionerName: (visit.practitionerId && members.get(visit.practitionerId)?.printedName) || null,
    reasons: told,
    hasChartReasons: all.some(({ code }) => !codes.has(code)),
  })
}
