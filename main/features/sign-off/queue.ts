import { selectAddendum, selectAddendumQueue } from '../../../db/queries/addendum.ts'
import { selectPatientSummaries } from '../../../db/queries/patient.ts'
import { selectSeries } from '../../../db/queries/series.ts'
import { type QueuedSession, selectSubmittedQueue } from '../../../db/queries/session.ts'
import { countWaiting, selectQueuedVersion, wasOpenedBy } from '../../../db/queries/sign-off.ts'
import { type StaffMember, selectStaff } from '../../../db/queries/staff.ts'
import type { AddendumTable } from '../../../db/tables/sign-off.ts'
import type { InputOf } from '../../../shared/contract/define.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { SessionBody } from '../../../shared/domain/session.ts'
import { isRedFlagReaction } from '../../../shared/domain/session-check.ts'
import { isSubmittedBody, type SessionRecordBody } from '../../../shared/domain/session-opening.ts'
import { endOfClinicDay, queueGroup, signOffLateness } from '../../../shared/domain/sign-off.ts'
import type { PatientId, StaffId } from '../../../shared/kernel/ids.ts'
import { minutesBetween } from '../../../shared/kernel/time.ts'
import type { QueryContext } from '../../app/context.ts'
import { nameOf } from '../../app/session-summary.ts'
import { toWire } from '../../app/to-wire.ts'

const pageSize = 50

/** One page of the queue; the caller's own records are left out, another physician's are marked. */
export async function viewQueue(context: QueryContext, { after }: InputOf<(typeof contract)['signOff']['queue']>) {
  const { reader, caller } = context
  const page = await selectSubmittedQueue(reader, { after, limit: pageSize + 1, exceptAuthorId: caller.staffId })
  const shown = page.slice(0, pageSize)
  const addenda = after === null ? await selectAddendumQueue(reader, caller.staffId) : []
  const members = await selectStaff(reader)
  const patientIds = [...shown.map(({ head }) => head.patient_id), ...addenda.map((head) => head.patient_id)]
  const patients = await selectPatientSummaries(reader, patientIds)
  const sessions = []
  for (const queued of shown) sessions.push(await sessionToWire(context, queued, members))
  const queuedAddenda = []
  for (const head of addenda) queuedAddenda.push(await addendumToWire(context, head, members))
  const withPatient = <Row extends { readonly patientId: PatientId }>({ patientId, ...row }: Row) => {
    const patient = patients.get(patientId)
    if (!patient) throw new Error(`no patient ${patientId}`)
    const { family, given, preferred, bornOn, chartNumber, isLookAlike } = patient
    const names = { familyName: family, givenName: given, preferredName: preferred }
    return { ...row, patient: { patientId, ...names, bornOn, chartNumber, isLookAlike } }
  }
  return toWire({
    sessions: sessions.map(withPatient),
    next: page.length > pageSize ? (shown.at(-1)?.key ?? null) : null,
    addenda: queuedAddenda.map(withPatient),
    counts: await viewCounts(context),
  })
}

export function viewCounts({ reader, caller, now, today, timeZone }: QueryContext) {
  return countWaiting(reader, { exceptAuthorId: caller.staffId, now, endOfToday: endOfClinicDay(today, timeZone) })
}

async function sessionToWire(
  { reader, caller, now }: QueryContext,
  queued: QueuedSession,
  members: readonly StaffMember[],
) {
  const { head } = queued
  const version = await selectQueuedVersion(reader, head.version_id)
  if (!version) throw new Error(`session ${head.id} lost its version`)
  const group = queueGroup(queued)
  // A list shows where to look; whether the bytes are whole is asked when the record is opened and when it is signed.
  const body = group === 'CLEAN' ? null : (JSON.parse(version.body) as SessionRecordBody)
  const series = await selectSeries(reader, head.patient_id, head.series_id)
  return {
    patientId: head.patient_id,
    sessionId: head.id,
    versionId: head.version_id,
    sha256: version.sha256,
    author: nameOf(members, head.practitioner_id),
    ...supervision(head.supervising_physician_id, caller.staffId, members),
    ...deadline(head, now),
    sessionNo: head.session_no,
    sessionsPlanned: series?.body.sessionsPlanned ?? 0,
    isMaintenance: series?.body.status === 'MAINTENANCE',
    performedOn: head.performed_on,
    group,
    redFlags: queued.redFlags,
    deviations: queued.deviations,
    complications: queued.complications,
    warnings: queued.warnings,
    isCorrected: queued.isCorrected,
    isRecordOnly: head.record_only === 1,
    isOpened: await wasOpenedBy(reader, head.version_id, caller.staffId),
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

async function addendumToWire(
  { reader, caller, now }: QueryContext,
  head: AddendumTable,
  members: readonly StaffMember[],
) {
  const addendum = await selectAddendum(reader, head.patient_id, head.id)
  if (!addendum) throw new Error(`no addendum ${head.id}`)
  return {
    patientId: head.patient_id,
    addendumId: head.id,
    versionId: head.version_id,
    sha256: addendum.sha256,
    author: nameOf(members, head.author_id),
    ...supervision(head.supervising_physician_id, caller.staffId, members),
    ...deadline(head, now),
    amendsKind: head.amends_kind,
    amendsId: head.amends_id,
    isLateEntry: addendum.body.isLateEntry,
    reason: addendum.body.reason,
  }
}

function supervision(supervisorId: StaffId | null, callerId: StaffId, members: readonly StaffMember[]) {
  return {
    supervisor: supervisorId === null ? null : nameOf(members, supervisorId),
    isOfAnother: supervisorId !== callerId,
  }
}

function deadline(
  head: Pick<AddendumTable, 'id' | 'submitted_at' | 'due_at' | 'escalate_at'> | QueuedSession['head'],
  now: string,
) {
  const { submitted_at: submittedAt, due_at: dueAt, escalate_at: escalateAt } = head
  if (submittedAt === null || dueAt === null || escalateAt === null) throw new Error(`${head.id} was never submitted`)
  return {
    submittedAt,
    dueAt,
    ageHours: Math.max(0, minutesBetween(submittedAt, now) / 60),
    lateness: signOffLateness({ dueAt, escalateAt }, now),
  }
}
