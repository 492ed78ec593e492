import {
  insertRecallSession,
  insertRecallStock,
  insertRecallTask,
  raiseTask,
  selectTaskOf,
} from '../../../db/queries/recall.ts'
import type { StockLine } from '../../../db/queries/recall-stock.ts'
import type { TraceHit } from '../../../db/queries/recall-trace.ts'
import { moveStockStatus } from '../../../db/queries/stock.ts'
import type { RecallId, RecallTaskId } from '../../../shared/kernel/ids.ts'
import type { CommandContext } from '../../app/context.ts'

/** A recalled lot may not be used again; a device is set aside until somebody has looked at it. */
export async function takeOutOfUse(
  context: CommandContext,
  recallId: RecallId,
  {
    lines,
    status,
    title,
  }: { readonly lines: readonly StockLine[]; readonly status: 'RECALLED' | 'QUARANTINED'; readonly title: string },
): Promise<void> {
  const { trx, now, caller } = context
  for (const line of lines) {
    const after = statusAfter(line, status)
    if (after !== line.status) {
      const moved = await moveStockStatus(trx, {
        changeId: context.newId<string>(),
        register: line.register,
        id: line.id,
        version: line.version,
        from: line.status,
        to: after,
        reason: `Recall: ${title}`,
        at: now,
        by: caller.staffId,
      })
      if (!moved) throw new Error(`${line.register} ${line.id} moved inside one transaction`)
    }
    await insertRecallStock(trx, {
      recall_id: recallId,
      register: line.register,
      subject_id: line.id,
      status_before: line.status,
      status_after: after,
      pieces: line.pieces,
      set_at: now,
    })
  }
}

/** What is out of use already stays as strictly out of use as it is. */
function statusAfter({ register, status }: StockLine, wanted: 'RECALLED' | 'QUARANTINED'): string {
  if (register === 'DEVICE') return status === 'ACTIVE' ? 'QUARANTINED' : status
  if (wanted === 'RECALLED') return 'RECALLED'
  return status === 'AVAILABLE' ? 'QUARANTINED' : status
}

/** Keeps the sessions that were found and makes one task per patient; what the recall holds already stays. */
export async function keepFindings(
  context: CommandContext,
  recallId: RecallId,
  { hits, tellsNotRuledOut }: { readonly hits: readonly TraceHit[]; readonly tellsNotRuledOut: boolean },
): Promise<{ readonly newSessions: number; readonly newPatients: number }> {
  const { trx, now } = context
  let newSessions = 0
  let newPatients = 0
  for (const { sessionId, patientId, finding, reason, detail } of hits) {
    const row = { recall_id: recallId, session_id: sessionId, patient_id: patientId, finding, reason, detail }
    if (await insertRecallSession(trx, { ...row, found_at: now })) newSessions += 1
    const task = await selectTaskOf(trx, recallId, patientId)
    if (task && finding === 'TRACED') await raiseTask(trx, task.id, now)
    if (task || (finding === 'NOT_RULED_OUT' && !tellsNotRuledOut)) continue
    newPatients += 1
    await insertRecallTask(trx, {
      id: context.newId<RecallTaskId>(),
      recall_id: recallId,
      patient_id: patientId,
      version: 1,
      finding,
      state: 'DUE',
      created_at: now,
      updated_at: now,
    })
  }
  return { newSessions, newPatients }
}
