import type { Reader } from '../../../db/open.ts'
import { type ListedRecall, selectRecall, selectRecallParts } from '../../../db/queries/recall.ts'
import { selectLine, selectLineOfDevice } from '../../../db/queries/recall-stock.ts'
import { selectStaffMember } from '../../../db/queries/staff.ts'
import type { RecallTable } from '../../../db/tables/recall.ts'
import { taskChannels } from '../../../shared/contract/recall.ts'
import { traceCriteria } from '../../../shared/contract/schemas/trace.ts'
import type { TraceCriteria } from '../../../shared/domain/recall.ts'
import type { RecallId } from '../../../shared/kernel/ids.ts'
import { affectedPatients, type Trace, type Viewer } from '../../app/trace.ts'

export function listedOf(row: ListedRecall) {
  return {
    recallId: row.id,
    title: row.title,
    subject: row.subject,
    source: row.source,
    state: row.state,
    openedAt: row.created_at,
    openedByName: row.opened_by_name,
    closedAt: row.closed_at,
    tasks: row.tasks,
    openTasks: row.open,
  }
}

/** What was traced when the recall was opened. */
export function criteriaOf({ criteria }: Pick<RecallTable, 'criteria'>): {
  readonly criteria: TraceCriteria
  readonly tellsNotRuledOut: boolean
} {
  const kept = JSON.parse(criteria) as { readonly criteria: unknown; readonly tellsNotRuledOut: boolean }
  return { criteria: traceCriteria.parse(kept.criteria), tellsNotRuledOut: kept.tellsNotRuledOut }
}

/** The recall with its tasks, each patient with what was found about them; null where there is none. */
export async function viewOf(reader: Reader, recallId: RecallId, viewer: Viewer) {
  const recall = await selectRecall(reader, recallId)
  if (!recall) return null
  const opener = await selectStaffMember(reader, recall.opened_by)
  const closer = recall.closed_by && (await selectStaffMember(reader, recall.closed_by))
  const { sessions, stock, tasks, steps } = await selectRecallParts(reader, recallId)
  const hits = sessions.map(({ session_id: sessionId, patient_id: patientId, finding, reason, detail }) => ({
    sessionId,
    patientId,
    finding,
    reason,
    detail,
  }))
  const patients = await affectedPatients(reader, hits, viewer)
  const lines = []
  for (const { register, subject_id: id, status_before: statusBefore, pieces: piecesThen } of stock) {
    const line = await selectLine(reader, register, id)
    if (line) lines.push({ ...line, statusBefore, piecesThen })
  }
  const toTell = patients.flatMap((patient) => {
    const task = tasks.find(({ patient_id: patientId }) => patientId === patient.patientId)
    if (!task) return []
    return [
      {
        recallTaskId: task.id,
        version: task.version,
        state: task.state,
        patient: { ...patient, finding: task.finding },
        steps: steps
          .filter((step) => step.task_id === task.id)
          .map((step) => ({
            to: step.to_state,
            channel: taskChannels.find((known) => known === step.channel) ?? null,
            note: step.note,
            at: step.done_at,
            byName: step.done_by_name,
          })),
      },
    ]
  })
  return {
    recallId,
    version: recall.version,
    title: recall.title,
    subject: recall.subject,
    source: recall.source,
    notice: recall.notice,
    state: recall.state,
    criteria: criteriaOf(recall).criteria,
    letter: recall.letter,
    openedAt: recall.created_at,
    openedByName: opener?.printedName ?? '',
    closedAt: recall.closed_at,
    closedByName: closer?.printedName ?? null,
    closingNote: recall.closing_note,
    openTasks: toTell.filter(({ state }) => state === 'DUE' || state === 'SENT').length,
    tasks: toTell,
    stock: lines,
    untold: patients.filter(({ patientId }) => !tasks.some((task) => task.patient_id === patientId)),
  }
}

export type RecallSheet = NonNullable<Awaited<ReturnType<typeof viewOf>>>

/** What the recall is about, in the words of a letter. */
export async function subjectOf(reader: Reader, criteria: TraceCriteria, { stock }: Trace): Promise<string> {
  const [first] = stock
  switch (criteria.kind) {
    case 'LOT':
      return first ? `${first.article}, lot ${first.number}` : `lot ${criteria.lot}`
    case 'UDI':
      if (!first) return `the article with the label ${criteria.code.replaceAll(/\p{Cc}/gu, ' ')}`
      return first.register === 'DEVICE'
        ? `${first.article}, serial ${first.number}`
        : `${first.article}, lot ${first.number}`
    case 'PRODUCT':
      return first ? first.article : criteria.article.replace('|', ' ')
    case 'DEVICE': {
      const line = await selectLineOfDevice(reader, criteria.deviceId)
      return line ? `${line.article}, serial ${line.number}` : 'a device'
    }
    case 'EXPOSURE':
      return 'something used in the clinic'
  }
}
