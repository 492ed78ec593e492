import { selectAddendum, selectAddendumQueue } from '../../../db/queries/addendum.ts'
import { type PatientSummary, selectPatientSummaries } from '../../../db/queries/patient.ts'
import { countWaiting, selectWaitingSessions, type WaitingSession } from '../../../db/queries/sign-off.ts'
import { type StaffMember, selectStaff } from '../../../db/queries/staff.ts'
import { selectDelegations } from '../../../db/queries/staff-practice.ts'
import type { AddendumTable } from '../../../db/tables/sign-off.ts'
import type { InputOf } from '../../../shared/contract/define.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { SessionBody } from '../../../shared/domain/session.ts'
import { isRedFlagReaction } from '../../../shared/domain/session-check.ts'
import { isSubmittedBody, type SessionRecordBody } from '../../../shared/domain/session-opening.ts'
import { endOfClinicDay, queueGroup, signOffLateness } from '../../../shared/domain/sign-off.ts'
import { type Delegation, standsInOn } from '../../../shared/domain/staff-practice.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import { minutesBetween } from '../../../shared/kernel/time.ts'
import type { QueryContext } from '../../app/context.ts'
import { nameOf } from '../../app/session-summary.ts'
import { toWire } from '../../app/to-wire.ts'

const pageSize = 50

type Clinic = { readonly members: readonly StaffMember[]; readonly delegations: readonly Delegation[] }

/** One page of the queue; the caller's own records are left out, another physician's are marked. */
export async function viewQueue(context: QueryContext, { after }: InputOf<(typeof contract)['signOff']['queue']>) {
  const { reader, caller } = context
  const page = await selectWaitingSessions(reader, { after, limit: pageSize + 1, readerId: caller.staffId })
  const shown = page.slice(0, pageSize)
  const last = shown.at(-1)
  const clinic = { members: await selectStaff(reader), delegations: await selectDelegations(reader, context.today) }
  return toWire({
    sessions: shown.map((waiting) => sessionToWire(context, waiting, clinic)),
    next: page.length > pageSize && last ? keyOf(last) : null,
    addenda: after === null ? await viewAddenda(context, clinic) : [],
    counts: await viewCounts(context),
  })
}

function keyOf({ id, queue_group: group, due_at: dueAt }: WaitingSession) {
  return { group, dueAt: dueAt ?? '', sessionId: id }
}

export function viewCounts({ reader, caller, now, today, timeZone }: QueryContext) {
  return countWaiting(reader, { exceptAuthorId: caller.staffId, now, endOfToday: endOfClinicDay(today, timeZone) })
}

function sessionToWire(context: QueryContext, row: WaitingSession, clinic: Clinic) {
  const { now } = context
  const { red_flags: redFlags, deviations, complications, warnings } = row
  const counted = { redFlags, deviations, complications, warnings, isCorrected: row.returns > 0 }
  const body = row.body === null ? null : (JSON.parse(row.body) as SessionRecordBody)
  return {
    patient: {
      patientId: row.patient_id,
      familyName: row.family,
      givenName: row.given,
      preferredName: row.preferred,
      bornOn: row.born_on,
      chartNumber: row.chart_number,
      isLookAlike: row.look_alike === 1,
    },
    sessionId: row.id,
    versionId: row.version_id,
    sha256: row.sha256,
    author: nameOf(clinic.members, row.practitioner_id),
    ...supervision(context, row.supervising_physician_id, clinic),
    ...deadline(row, row.sign_off_required === 1, now),
    sessionNo: row.session_no,
    sessionsPlanned: row.sessions_planned,
    isMaintenance: row.series_status === 'MAINTENANCE',
    performedOn: row.performed_on,
    group: queueGroup(counted),
    ...counted,
    isRecordOnly: row.record_only === 1,
    isOpened: row.is_opened === 1,
    first: body && isSubmittedBody(body) ? firstToSee(body) : null,
  }
}

function firstToSee({ immediateReactions, deviations: [deviation], warnings: [warning] }: SessionBody) {
  const seen = immediateReactions.kind === 'SEEN' ? immediateReactions.reactions : []
  const redFlag = seen.find(isRedFlagReaction)
  if (redFlag) return { kind: 'REACTION' as const, code: redFlag.code, grade: redFlag.grade }
  if (deviation) {
    const { code, zone, side, site, detail } = deviation
    return { kind: 'DEVIATION' as const, code, zone, side, site, detail }
  }
  return warning ? { kind: 'WARNING' as const, code: warning.code, reason: warning.reason } : null
}

async function viewAddenda(context: QueryContext, clinic: Clinic) {
  const { reader, caller } = context
  const heads = await selectAddendumQueue(reader, caller.staffId)
  const patients = await selectPatientSummaries(
    reader,
    heads.map((head) => head.patient_id),
  )
  const addenda = []
  for (const head of heads) {
    const patient = patients.get(head.patient_id)
    if (!patient) throw new Error(`no patient ${head.patient_id}`)
    addenda.push(await addendumToWire(context, head, patient, clinic))
  }
  return addenda
}

async function addendumToWire(
  context: QueryContext,
  head: AddendumTable,
  { patientId, family, given, preferred, bornOn, chartNumber, isLookAlike }: PatientSummary,
  clinic: Clinic,
) {
  const { reader, now } = context
  const addendum = await selectAddendum(reader, patientId, head.id)
  if (!addendum) throw new Error(`no addendum ${head.id}`)
  return {
    patient: {
      patientId,
      familyName: family,
      givenName: given,
      preferredName: preferred,
      bornOn,
      chartNumber,
      isLookAlike,
    },
    addendumId: head.id,
    versionId: head.version_id,
    sha256: addendum.sha256,
    author: nameOf(clinic.members, head.author_id),
    ...supervision(context, head.acceptance_of ?? head.supervising_physician_id, clinic),
    ...deadline(head, true, now),
    amendsKind: head.amends_kind,
    amendsId: head.amends_id,
    isLateEntry: addendum.body.isLateEntry,
    asksAcceptance: head.acceptance_of !== null,
    reason: addendum.body.reason,
  }
}

function supervision({ caller, today }: QueryContext, supervisorId: StaffId | null, { members, delegations }: Clinic) {
  const standing = standsInOn(delegations, { staffId: caller.staffId, physicianId: supervisorId, on: today })
  return {
    supervisor: supervisorId === null ? null : nameOf(members, supervisorId),
    isOfAnother: supervisorId !== caller.staffId,
    standsIn: standing && { fromOn: standing.fromOn, untilOn: standing.untilOn },
  }
}

function deadline(
  head: Pick<AddendumTable, 'submitted_at' | 'due_at' | 'escalate_at'> & { readonly id: string },
  isRequired: boolean,
  now: string,
) {
  const { submitted_at: submittedAt, due_at: dueAt, escalate_at: escalateAt } = head
  if (submittedAt === null || dueAt === null || escalateAt === null) throw new Error(`${head.id} was never submitted`)
  return {
    submittedAt,
    dueAt,
    ageHours: Math.max(0, minutesBetween(submittedAt, now) / 60),
    lateness: signOffLateness({ isRequired, dueAt, escalateAt }, now),
  }
}
