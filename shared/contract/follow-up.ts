import { z } from 'zod'
import { complicationCodes } from '../domain/complication-codes.ts'
import { followUpKinds, followUpKindsByHand, followUpResults } from '../domain/follow-up.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  complicationId,
  filledLine,
  followUpId,
  line,
  nothing,
  patientId,
  recordVersion,
  seriesId,
  sessionId,
  staffId,
} from './scalars.ts'

const task = z.object({
  followUpId,
  version: recordVersion,
  patientId,
  kind: z.enum(followUpKinds),
  sessionId: sessionId.nullable(),
  complicationId: complicationId.nullable(),
  seriesId: seriesId.nullable(),
  /** The expected reaction that has outlived its window. */
  reactionCode: z.enum(complicationCodes).nullable(),
  /** What a call by hand is about; empty for the others. */
  about: z.string(),
  dueOn: calendarDate,
  /** In time from the first to the last day; both are the due day where there is no window. */
  fromOn: calendarDate,
  untilOn: calendarDate,
  needsPhotos: z.boolean(),
  ownerId: staffId.nullable(),
  state: z.enum(['OPEN', 'DONE', 'CANCELLED']),
  status: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('DONE') }),
    z.object({ kind: z.literal('DUE') }),
    z.object({ kind: z.literal('UPCOMING'), inDays: z.int() }),
    z.object({ kind: z.literal('OVERDUE'), byDays: z.int() }),
  ]),
  result: z.enum(followUpResults).nullable(),
  outcome: z.string().nullable(),
  doneOn: calendarDate.nullable(),
})

const whose = { patientId, followUpId, version: recordVersion }
const saved = z.object({ followUpId, version: recordVersion })

export const followUp = {
  /** The one worklist: everything open whose time has begun by `until` (null: today), soonest first. */
  list: query({
    may: 'followUp.read',
    input: z.strictObject({ until: calendarDate.nullable() }),
    output: z.object({
      tasks: z.array(
        task.extend({
          patientName: z.string(),
          bornOn: calendarDate.nullable(),
          phone: z.string().nullable(),
          ownerName: z.string().nullable(),
        }),
      ),
      /** Of today, whatever day `until` is. */
      dueToday: z.int(),
      overdue: z.int(),
    }),
  }),
  ofPatient: query({
    may: 'followUp.read',
    input: z.strictObject({ patientId }),
    output: z.object({ tasks: z.array(task) }),
  }),
  /** Who may own a follow-up. */
  owners: query({
    may: 'followUp.read',
    input: nothing,
    output: z.object({ owners: z.array(z.object({ staffId, printedName: z.string() })) }),
  }),
  add: command({
    may: 'followUp.work',
    input: z.strictObject({
      patientId,
      kind: z.enum(followUpKindsByHand),
      complicationId: complicationId.nullable(),
      about: line(200),
      dueOn: calendarDate,
      /** Null: whoever is free. */
      ownerId: staffId.nullable(),
    }),
    output: z.object({ followUpId }),
    refusals: ['FOLLOW_UP_IN_PAST', 'NOT_AN_OWNER'],
  }),
  /** Hands it to somebody, or to nobody in particular. */
  give: command({
    may: 'followUp.work',
    input: z.strictObject({ ...whose, ownerId: staffId.nullable() }),
    output: saved,
    refusals: ['FOLLOW_UP_CLOSED', 'NOT_AN_OWNER'],
  }),
  /** With what came of it; `againOn` plans the same once more, for who was not reached. */
  done: command({
    may: 'followUp.work',
    input: z.strictObject({
      ...whose,
      result: z.enum(followUpResults),
      outcome: filledLine(500),
      againOn: calendarDate.nullable(),
    }),
    output: saved,
    refusals: ['FOLLOW_UP_CLOSED', 'FOLLOW_UP_IN_PAST', 'FOLLOW_UP_NEEDS_RATING', 'ANSWERED_IN_THE_CHART'],
  }),
}
