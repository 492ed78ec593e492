import type { StaffMember } from '../../db/queries/staff.ts'
import type { SessionTable } from '../../db/tables/session.ts'
import { signOffLateness } from '../../shared/domain/sign-off.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'

type Seeing = {
  readonly members: readonly StaffMember[]
  readonly callerId: StaffId
  readonly now: Instant
}

export function headToSummary(head: SessionTable, { members, callerId, now }: Seeing) {
  const { due_at: dueAt, escalate_at: escalateAt } = head
  const isWaiting = head.state === 'SUBMITTED' && dueAt !== null && escalateAt !== null
  return {
    sessionId: head.id,
    patientId: head.patient_id,
    seriesId: head.series_id,
    sessionNo: head.session_no,
    state: head.state,
    version: head.version,
    practitioner: nameOf(members, head.practitioner_id),
    isMine: head.practitioner_id === callerId,
    authorIsPhysician: head.author_is_physician === 1,
    supervisingPhysician: head.supervising_physician_id && nameOf(members, head.supervising_physician_id),
    isStarted: head.is_started === 1,
    recordOnly: head.record_only === 1,
    begunAt: head.created_at,
    startedAt: head.started_at,
    endedAt: head.ended_at,
    performedOn: head.performed_on,
    zones: head.zones,
    maxDepthUm: head.max_depth_um,
    deviations: head.deviations,
    warnings: head.warnings,
    redFlags: head.red_flags,
    complications: head.complications,
    lateEntry: head.late_entry === 1,
    returns: head.returns,
    submittedAt: head.submitted_at,
    dueAt,
    lateness: isWaiting ? signOffLateness({ isRequired: head.sign_off_required === 1, dueAt, escalateAt }, now) : null,
    signedAt: head.signed_at,
    signedBy: head.signed_by && nameOf(members, head.signed_by),
    voidedAt: head.voided_at,
  }
}

export function nameOf(members: readonly StaffMember[], staffId: StaffId) {
  const member = members.find((one) => one.staffId === staffId)
  if (!member) throw new Error(`no member of staff ${staffId}`)
  return { staffId, printedName: member.printedName }
}
