import { z } from 'zod'
import { query } from './define.ts'
import { calendarDate } from './scalars.ts'
import { exposure, traced, traceProblems } from './schemas/trace.ts'

export const lookBack = {
  /** Everybody who was treated by this person, in this room or with this device, in the window. */
  search: query({
    may: 'lookBack.read',
    audited: true,
    input: z.strictObject({ ...exposure, from: calendarDate.nullable(), to: calendarDate.nullable() }),
    output: traced,
    refusals: [...traceProblems],
  }),
}
