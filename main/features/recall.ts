import {
  insertRecall,
  moveTask,
  selectRecall,
  selectRecalls,
  selectTaskById,
  updateRecall,
} from '../../db/queries/recall.ts'
import type { contract } from '../../shared/contract/index.ts'
import { decideTask, mostTracedSessions, traceProblem, unsettledTasks } from '../../shared/domain/recall.ts'
import { unknownLetterFields } from '../../shared/domain/recall-letter.ts'
import type { RecallId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { affectedPatients, runTrace, viewerOf } from '../app/trace.ts'
import { keepFindings, takeOutOfUse } from './recall/open.ts'
import { lettersPdf, reportPdf } from './recall/print.ts'
import { criteriaOf, listedOf, subjectOf, viewOf } from './recall/view.ts'

type RecallContract = typeof contract.recall

export const recallHandlers = {
  list: async ({ reader }) => accept({ recalls: (await selectRecalls(reader)).map(listedOf) }),

  search: async (context, { criteria }) => {
    const problem = traceProblem(criteria)
    if (problem) return refuse(problem)
    const trace = await runTrace(context.reader, criteria, context.today)
    const patients = await affectedPatients(context.reader, trace.hits, viewerOf(context))
    context.audit({ action: 'recall.search', subject: 'recall', reason: criteria.kind })
    return accept({ readAs: trace.readAs, stock: [...trace.stock], patients, isCut: trace.isCut })
  },

  open: async (context, input) => {
    const { trx, now, caller } = context
    const { criteria, title, source, notice, letter, stockStatus, tellsNotRuledOut } = input
    const problem = traceProblem(criteria)
    if (problem) return refuse(problem)
    const fields = unknownLetterFields(letter)
    if (fields.length > 0) return refuse('LETTER_FIELD_UNKNOWN', { fields: [...fields] })
    const trace = await runTrace(trx, criteria, context.today)
    if (trace.isCut) return refuse('TRACE_TOO_WIDE', { most: mostTracedSessions })
    if (trace.hits.length === 0 && trace.stock.length === 0) return refuse('NOTHING_FOUND')
    const recallId = context.newId<RecallId>()
    await insertRecall(trx, {
      id: recallId,
      version: 1,
      created_at: now,
      updated_at: now,
      opened_by: caller.staffId,
      title,
      source,
      notice,
      kind: criteria.kind,
      criteria: JSON.stringify({ criteria, tellsNotRuledOut }),
      subject: await subjectOf(trx, criteria, trace),
      letter,
      state: 'OPEN',
      closed_at: null,
      closed_by: null,
      closing_note: null,
    })
    await takeOutOfUse(context, recallId, { lines: trace.stock, status: stockStatus, title })
    await keepFindings(context, recallId, { hits: trace.hits, tellsNotRuledOut })
    context.audit({ action: 'recall.open', subject: 'recall', subjectId: recallId, reason: criteria.kind })
    context.touch('recall', 'stock', 'session', 'today')
    return accept({ recallId })
  },

  view: async (context, { recallId }) => {
    const view = await viewOf(context.reader, recallId, viewerOf(context))
    if (!view) return refuse('NOT_FOUND')
    context.audit({ action: 'recall.view', subject: 'recall', subjectId: recallId })
    return accept(view)
  },

  searchAgain: async (context, { recallId }) => {
    const recall = await selectRecall(context.trx, recallId)
    if (!recall) return refuse('NOT_FOUND')
    if (recall.state === 'CLOSED') return refuse('RECALL_CLOSED')
    const { criteria, tellsNotRuledOut } = criteriaOf(recall)
    const trace = await runTrace(context.trx, criteria, context.today)
    if (trace.isCut) return refuse('TRACE_TOO_WIDE', { most: mostTracedSessions })
    const added = await keepFindings(context, recallId, { hits: trace.hits, tellsNotRuledOut })
    noteRecall(context, 'recall.searchAgain', recallId)
    return accept(added)
  },

  setTask: async (context, { recallId, recallTaskId, version, to, channel, note }) => {
    const { trx, now, caller } = context
    const recall = await selectRecall(trx, recallId)
    const task = await selectTaskById(trx, recallId, recallTaskId)
    if (!recall || !task) return refuse('NOT_FOUND')
    if (recall.state === 'CLOSED') return refuse('RECALL_CLOSED')
    const problem = decideTask(task.state, to, note)
    if (problem) return refuse(problem, { from: task.state, to })
    const step = { id: context.newId<string>(), version, to, channel, note: note.trim(), at: now, by: caller.staffId }
    if (!(await moveTask(trx, task, step))) return refuse('CONFLICT')
    const { patient_id: patientId } = task
    context.audit({ action: 'recall.setTask', subject: 'recall', subjectId: recallId, patientId, reason: to })
    context.touch('recall')
    return accept({ version: version + 1 })
  },

  editLetter: async (context, { recallId, version, letter }) => {
    const recall = await selectRecall(context.trx, recallId)
    if (!recall) return refuse('NOT_FOUND')
    if (recall.state === 'CLOSED') return refuse('RECALL_CLOSED')
    const fields = unknownLetterFields(letter)
    if (fields.length > 0) return refuse('LETTER_FIELD_UNKNOWN', { fields: [...fields] })
    const columns = { letter, updated_at: context.now }
    if (!(await updateRecall(context.trx, { id: recallId, version, columns }))) return refuse('CONFLICT')
    noteRecall(context, 'recall.editLetter', recallId)
    return accept({ version: version + 1 })
  },

  close: async (context, { recallId, version, note }) => {
    const { trx, now, caller } = context
    const view = await viewOf(trx, recallId, { ...viewerOf(context), seesChart: false })
    if (!view) return refuse('NOT_FOUND')
    if (view.state === 'CLOSED') return refuse('RECALL_CLOSED')
    const open = unsettledTasks(view.tasks)
    if (open > 0) return refuse('TASKS_OPEN', { open })
    const columns = { state: 'CLOSED', closed_at: now, closed_by: caller.staffId, closing_note: note, updated_at: now }
    if (!(await updateRecall(trx, { id: recallId, version, columns }))) return refuse('CONFLICT')
    noteRecall(context, 'recall.close', recallId)
    return accept({ version: version + 1 })
  },

  printLetters: async (context, { recallId, recallTaskId }) => {
    const view = await viewOf(context.reader, recallId, { ...viewerOf(context), seesChart: false })
    if (!view) return refuse('NOT_FOUND')
    const tasks = view.tasks.filter((task) =>
      recallTaskId === null ? task.state === 'DUE' || task.state === 'SENT' : task.recallTaskId === recallTaskId,
    )
    if (tasks.length === 0) return refuse('NOTHING_TO_PRINT')
    for (const { patient } of tasks) {
      const { patientId } = patient
      context.audit({ action: 'recall.printLetters', subject: 'recall', subjectId: recallId, patientId })
    }
    return accept(await lettersPdf(context, view, tasks))
  },

  printReport: async (context, { recallId }) => {
    const view = await viewOf(context.reader, recallId, viewerOf(context))
    if (!view) return refuse('NOT_FOUND')
    context.audit({ action: 'recall.printReport', subject: 'recall', subjectId: recallId })
    return accept(await reportPdf(context, view))
  },
} satisfies Handlers<RecallContract>

function noteRecall(context: CommandContext, action: string, subjectId: RecallId): void {
  context.audit({ action, subject: 'recall', subjectId })
  context.touch('recall')
}
