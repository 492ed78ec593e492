import { type StoredComplication, updateComplication } from '../../../db/queries/complication.ts'
import { selectStaffMember } from '../../../db/queries/staff.ts'
import { selectDelegations } from '../../../db/queries/staff-practice.ts'
import type { ComplicationBody, PhysicianNotice } from '../../../shared/domain/complication.ts'
import { type ComplicationEvent, decideComplicationTransition } from '../../../shared/domain/complication-state.ts'
import { deputyOn } from '../../../shared/domain/staff-practice.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandContext } from '../../app/context.ts'
import { settleSeries } from './series-hold.ts'

/** A new version of the report; what it asks of the series follows at once. */
export async function save(
  context: CommandContext,
  record: StoredComplication,
  {
    body,
    version,
    reason,
    action,
    state = record.state,
  }: {
    readonly body: ComplicationBody
    readonly version: number
    readonly reason: string
    readonly action: string
    readonly state?: StoredComplication['state']
  },
) {
  const saved = await updateComplication(context.trx, {
    body: { ...body, version: record.body.version + 1 },
    expectedVersion: version,
    state,
    newId: context.newId,
    at: context.now,
    by: context.caller.staffId,
    reason,
  })
  if (!saved) return refuse('CONFLICT')
  context.audit({
    action,
    subject: 'complication',
    subjectId: record.id,
    versionId: saved.versionId,
    versionBeforeId: record.versionId,
    patientId: body.patientId,
  })
  await settleSeries(context, body, state)
  touchAll(context)
  return accept({ complicationId: body.complicationId, version: version + 1, state })
}

export function decide(
  context: CommandContext,
  record: StoredComplication | null,
  event: ComplicationEvent,
  body: ComplicationBody,
) {
  const { staffId, roles } = context.caller
  const actor = { staffId, roles }
  const decided = decideComplicationTransition({ state: record?.state ?? null, event, actor, body })
  if (decided.ok) return decided
  const { code, facts } = decided.refusal
  // Nothing here asks to delete.
  if (code === 'NOTHING_IS_DELETED') throw new Error('a complication is never deleted')
  return refuse(code, facts)
}

export function touchAll(context: CommandContext): void {
  context.touch('complication', 'followUp', 'chart', 'today', 'patient', 'session', 'signOff', 'series', 'visit')
}

/** Whoever is told while away has named somebody who is told as well (clinical reference, section 7, the deputy). */
export async function withDeputies<Notice extends { readonly physicianId: StaffId }>(
  { trx, today }: CommandContext,
  notices: readonly Notice[],
): Promise<readonly Notice[]> {
  const delegations = await selectDelegations(trx, today)
  const told = new Set(notices.map(({ physicianId }) => physicianId))
  const more = notices.flatMap((notice) => {
    const deputyId = deputyOn(delegations, notice.physicianId, today)?.deputyId
    return deputyId === undefined || told.has(deputyId) ? [] : [{ ...notice, physicianId: deputyId }]
  })
  return [...notices, ...more]
}

export function noticesNow(
  context: CommandContext,
  notices: readonly { physicianId: StaffId; how: PhysicianNotice['how'] }[],
): PhysicianNotice[] {
  const { staffId } = context.caller
  return notices.map(({ physicianId, how }) => ({
    physicianId,
    at: context.now,
    how,
    // A physician who reports it has heard of it.
    acknowledgedAt: physicianId === staffId ? context.now : null,
  }))
}

/** Whether everybody named is a physician who works here now. */
export async function arePhysicians(context: CommandContext, staffIds: readonly StaffId[]): Promise<boolean> {
  for (const staffId of staffIds) {
    const member = await selectStaffMember(context.trx, staffId)
    if (!member?.roles.includes('physician') || member.status === 'DEACTIVATED') return false
  }
  return true
}
