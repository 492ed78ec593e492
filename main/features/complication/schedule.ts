import { countComplicationsOf } from '../../../db/queries/complication.ts'
import { cancelOpenFollowUps, insertFollowUp } from '../../../db/queries/follow-up.ts'
import { selectPolicyInForce } from '../../../db/queries/policy.ts'
import { setSessionComplications } from '../../../db/queries/session-queue.ts'
import { type ComplicationBody, isResolved } from '../../../shared/domain/complication.ts'
import { complicationTable } from '../../../shared/domain/complication-codes.ts'
import { complicationFollowUps, shippedFollowUpSettings } from '../../../shared/domain/follow-up.ts'
import { shippedPolicy, shippedSettings } from '../../../shared/domain/policy.ts'
import { signOffDue } from '../../../shared/domain/sign-off.ts'
import { addMonths, dateInZone } from '../../../shared/kernel/time.ts'
import type { CommandContext } from '../../app/context.ts'
import { firstSessionDay } from './causes.ts'

/** Whether the checks that `before` asked for are still those that `after` asks for. */
export function asksForSameChecks(before: ComplicationBody, after: ComplicationBody): boolean {
  return (
    before.code === after.code &&
    before.grade === after.grade &&
    before.stableOn === after.stableOn &&
    before.sessionIds.length === after.sessionIds.length &&
    isResolved(before) === isResolved(after)
  )
}

/** The checks that code and grade ask for, in place of those that are open; none once it is resolved. */
export async function scheduleChecks(context: CommandContext, body: ComplicationBody): Promise<void> {
  const { complicationId, patientId } = body
  await cancelOpenFollowUps(context.trx, { complicationId, at: context.now })
  if (isResolved(body)) return
  const reportedOn = dateInZone(body.reportedAt, context.timeZone)
  const policy = await selectPolicyInForce(context.trx, context.today)
  // Daily checks are planned a month ahead: nobody is watched daily for a year.
  const isDaily = body.grade !== null && body.grade >= 3 && body.stableOn === null
  const planned = complicationFollowUps({
    schedule: body.code === null ? 'GRADE' : complicationTable[body.code].schedule,
    grade: body.grade,
    sessionOn: (await firstSessionDay(context.trx, body)) ?? reportedOn,
    reportedOn,
    stableOn: body.stableOn,
    until: addMonths(context.today, isDaily ? 1 : 12),
    settings: { ...shippedFollowUpSettings, pihDays: (policy?.body.settings ?? shippedSettings).pihFollowUpDays },
  })
  const making = { newId: context.newId, at: context.now }
  for (const { kind, dueOn, needsPhotos } of planned)
    if (dueOn >= context.today)
      await insertFollowUp(context.trx, { patientId, kind, dueOn, needsPhotos, complicationId }, making)
}

/** Each session says how many reports name it: the queue of the physician reads that. */
export async function countOnSessions(context: CommandContext, body: ComplicationBody): Promise<void> {
  const settings = (await selectPolicyInForce(context.trx, context.today))?.body ?? shippedPolicy(context.today)
  const { now: submittedAt, timeZone } = context
  const due = signOffDue({ submittedAt, redFlag: false, timeZone, settings })
  for (const sessionId of body.sessionIds) {
    const complications = await countComplicationsOf(context.trx, sessionId)
    await setSessionComplications(context.trx, sessionId, { complications, due })
  }
}
