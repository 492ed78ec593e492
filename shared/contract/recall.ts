import { z } from 'zod'
import { recallSources, recallStates, taskStates } from '../domain/recall.ts'
import { command, query } from './define.ts'
import { filledLine, instant, line, nothing, prose, recallId, recallTaskId, recordVersion } from './scalars.ts'
import { affectedPatient, stockLine, traceCriteria, traced, traceProblems } from './schemas/trace.ts'

export const taskChannels = ['PHONE', 'SMS', 'EMAIL', 'POST', 'IN_PERSON'] as const
export type TaskChannel = (typeof taskChannels)[number]

const letter = prose(6000).trim().min(1)
const file = z.object({ token: z.string(), fileName: z.string() })

const listed = z.object({
  recallId,
  title: z.string(),
  subject: z.string(),
  source: z.enum(recallSources),
  state: z.enum(recallStates),
  openedAt: instant,
  openedByName: z.string(),
  closedAt: instant.nullable(),
  tasks: z.int(),
  openTasks: z.int(),
})
export type ListedRecall = z.output<typeof listed>

const task = z.object({
  recallTaskId,
  version: recordVersion,
  state: z.enum(taskStates),
  patient: affectedPatient,
  /** What was done, oldest first. */
  steps: z.array(
    z.object({
      to: z.enum(taskStates),
      channel: z.enum(taskChannels).nullable(),
      note: z.string(),
      at: instant,
      byName: z.string(),
    }),
  ),
})
export type RecallTask = z.output<typeof task>

const view = listed.extend({
  version: recordVersion,
  notice: z.string().nullable(),
  criteria: traceCriteria,
  letter: z.string(),
  closingNote: z.string().nullable(),
  closedByName: z.string().nullable(),
  tasks: z.array(task),
  /** Found, not ruled out, and by the decision at the opening not told. */
  untold: z.array(affectedPatient),
  stock: z.array(stockLine.extend({ statusBefore: z.string(), piecesThen: z.int().nullable() })),
})
export type RecallView = z.output<typeof view>

export const recall = {
  list: query({ may: 'recall.read', input: nothing, output: z.object({ recalls: z.array(listed) }) }),
  /** Both lists and the stock, without changing anything. */
  search: query({
    may: 'recall.write',
    audited: true,
    input: z.strictObject({ criteria: traceCriteria }),
    output: traced,
    refusals: [...traceProblems],
  }),
  /** Keeps what was found, takes the stock out of use and makes one task per patient. */
  open: command({
    may: 'recall.write',
    input: z.strictObject({
      criteria: traceCriteria,
      title: filledLine(120),
      source: z.enum(recallSources),
      /** Number or date of the notice. */
      notice: line(120).nullable(),
      letter,
      stockStatus: z.enum(['RECALLED', 'QUARANTINED']),
      /** Whether those who cannot be ruled out are told too. */
      tellsNotRuledOut: z.boolean(),
    }),
    output: z.object({ recallId }),
    refusals: [...traceProblems, 'NOTHING_FOUND', 'TRACE_TOO_WIDE', 'LETTER_FIELD_UNKNOWN'],
  }),
  view: query({
    may: 'recall.read',
    audited: true,
    input: z.strictObject({ recallId }),
    output: view,
  }),
  /** Traces once more: a record that came in late adds its patient. */
  searchAgain: command({
    may: 'recall.write',
    input: z.strictObject({ recallId }),
    output: z.object({ newSessions: z.int(), newPatients: z.int() }),
    refusals: ['RECALL_CLOSED', 'TRACE_TOO_WIDE'],
  }),
  setTask: command({
    may: 'recall.notify',
    input: z.strictObject({
      recallId,
      recallTaskId,
      version: recordVersion,
      to: z.enum(taskStates),
      channel: z.enum(taskChannels).nullable(),
      note: line(500),
    }),
    output: z.object({ version: recordVersion }),
    refusals: ['RECALL_CLOSED', 'TASK_MOVE_NOT_ALLOWED', 'NOTE_MISSING'],
  }),
  editLetter: command({
    may: 'recall.write',
    input: z.strictObject({ recallId, version: recordVersion, letter }),
    output: z.object({ version: recordVersion }),
    refusals: ['RECALL_CLOSED', 'LETTER_FIELD_UNKNOWN'],
  }),
  close: command({
    may: 'recall.write',
    input: z.strictObject({ recallId, version: recordVersion, note: filledLine(500) }),
    output: z.object({ version: recordVersion }),
    refusals: ['RECALL_CLOSED', 'TASKS_OPEN'],
  }),
  /** One page per patient who is not settled yet, or for one task. */
  printLetters: query({
    may: 'recall.notify',
    audited: true,
    input: z.strictObject({ recallId, recallTaskId: recallTaskId.nullable() }),
    output: file,
    refusals: ['NOTHING_TO_PRINT'],
  }),
  printReport: query({
    may: 'recall.write',
    audited: true,
    input: z.strictObject({ recallId }),
    output: file,
  }),
}
