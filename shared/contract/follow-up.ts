import { z } from 'zod'
import { complicationCodes } from '../domain/complication-codes.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  complicationId,
  filledLine,
  followUpId,
  patientId,
  recordVersion,
  sessionId,
  staffId,
} from './scalars.ts'

export const followUpTasks = [
  'DAY_1_MESSAGE',
  'DAY_3_CHECK',
  'DAY_14_CHECK',
  'COMPLICATION_CHECK',
  'REACTION_CHECK',
  'CALL',
  'TAKE_DOWN',
  'OUTCOME_REVIEW',
] as const

const task = z.object({
  followUpId,
  version: recordVersion,
  patientId,
  kind: z.enum(followUpTasks),
  sessionId: sessionId.nullable(),
  complicationId: complicationId.nullable(),
  /** The expected reaction that has outlived its window. */
  reactionCode: z.enum(complicationCodes).nullable(),
  dueOn: calendarDate,
  needsPhotos: z.boolean(),
  ownerId: staffId.nullable(),
  state: z.enum(['OPEN', 'DONE', 'CANCELLED']),
  status: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('DONE') }),
    z.object({ kind: z.literal('DUE') }),
    z.object({ kind: z.literal('UPCOMING'), inDays: z.int() }),
    z.object({ kind: z.literal('OVERDUE'), byDays: z.int() }),
  ]),
  outcome: z.string().nullable(),
  doneOn: calendarDate.nullable(),
})

export const followUp = {
  /** The one worklist: everything open and due by `until` (null: today), soonest first. */
  list: query({
    may: 'followUp.read',
    input: z.strictObject({ until: calendarDate.nullable() }),
    output: z.object({
      tasks: z.array(
        task.extend({ patientName: z.string(), bornOn: calendarDate.nullable(), phone: z.string().nullable() }),
      ),
      dueToday: z.int(),
      overdue: z.int(),
    }),
  }),
  ofPatient: query({
    may: 'followUp.read',
    input: z.strictObject({ patientId }),
    output: z.object({ tasks: z.array(task) }),
  }),
  add: command({
    may: 'followUp.work',
    input: z.strictObject({
      patientId,
      kind: z.enum(['CALL', 'COMPLICATION_CHECK']),
      complicationId: complicationId.nullable(),
      dueOn: calendarDate,
    }),
    output: z.object({ followUpId }),
  }),
  done: command({
    may: 'followUp.work',
    input: z.strictObject({ patientId, followUpId, version: recordVersion, outcome: filledLine(500) }),
    output: z.object({ followUpId, version: recordVersion }),
    refusals: ['FOLLOW_UP_CLOSED'],
  }),
}
