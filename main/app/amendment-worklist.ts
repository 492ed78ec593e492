import { selectRequestOfAddendum } from '../../db/queries/amendment-request.ts'
import { finishFollowUp, selectFollowUp } from '../../db/queries/follow-up.ts'
import type { AmendmentRequestTable } from '../../db/tables/amendment-request.ts'
import type { AddendumId } from '../../shared/kernel/ids.ts'
import type { CommandContext } from './context.ts'

/** Takes an answered request off the worklist: denied, or its addendum signed. `outcome` is a code, never words. */
export async function finishAmendment(
  context: CommandContext,
  request: Pick<AmendmentRequestTable, 'patient_id' | 'follow_up_id'>,
  outcome: 'ACCEPTED' | 'DENIED',
): Promise<void> {
  const { trx, caller, now, today } = context
  const row = await selectFollowUp(trx, request.patient_id, request.follow_up_id)
  if (!row) throw new Error(`no line ${request.follow_up_id} on the worklist`)
  if (row.state !== 'OPEN') return
  const finished = { id: row.id, version: row.version, result: 'REACHED' as const, outcome, by: caller.staffId }
  if (!(await finishFollowUp(trx, { ...finished, on: today, at: now })))
    throw new Error(`line ${row.id} moved inside one transaction`)
  context.touch('followUp', 'today', 'amendmentRequest')
}

/** An addendum is signed: where a patient had asked for it, the request is answered with it. */
export async function answerRequestOf(context: CommandContext, addendumId: AddendumId): Promise<void> {
  const request = await selectRequestOfAddendum(context.trx, addendumId)
  if (request) await finishAmendment(context, request, 'ACCEPTED')
}
