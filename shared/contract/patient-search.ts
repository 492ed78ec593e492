import { z } from 'zod'
import { patientStatuses } from '../domain/patient.ts'
import { dateOrders, dateShapes } from '../domain/patient-birth-date.ts'
import { matchFields, matchReasons } from '../domain/patient-search-match.ts'
import { visitStatuses } from '../domain/visit.ts'
import { query } from './define.ts'
import { calendarDate, line, patientId } from './scalars.ts'

const text = z.string()
const maybe = text.nullable()

const hit = z.object({
  /** The chart that it leads to: of a merged chart the kept one. */
  patientId,
  /** Set where names and number here are those of a merged chart. */
  mergedInto: z.object({ chartNumber: text, family: maybe, given: maybe }).nullable(),
  chartNumber: text,
  family: maybe,
  given: maybe,
  middle: maybe,
  preferred: maybe,
  formerNames: z.array(z.object({ family: maybe, given: maybe })),
  bornOn: calendarDate.nullable(),
  bornText: maybe,
  phoneTail: maybe,
  status: z.enum(patientStatuses),
  isLookAlike: z.boolean(),
  lastVisitOn: calendarDate.nullable(),
  visitToday: z.object({ atTime: text, status: z.enum(visitStatuses) }).nullable(),
  reasons: z.array(z.enum(matchReasons)),
  /** False for other names, other readings of a date and guesses. */
  isExact: z.boolean(),
  /** Letters to underline, as UTF-16 offsets in the field; `index` counts former names. */
  ranges: z.array(z.object({ field: z.enum(matchFields), index: z.int(), start: z.int(), end: z.int() })),
})
export type SearchHit = z.output<typeof hit>

export const patientSearch = {
  /** One keystroke of the global search. Audited once per opened or abandoned query, by the door. */
  find: query({
    may: 'demographics.read',
    input: z.strictObject({
      text: line(200),
      /** Reads `3/4/84` this way instead of the clinic's own. */
      dateOrder: z.enum(dateOrders).optional(),
    }),
    output: z.object({
      /** The question these hits answer: a key pressed before the answer came must not choose from the one before. */
      text,
      dateOrder: z.enum(dateOrders),
      hits: z.array(hit),
      /** There are more than fit in one list; typing on narrows them down. */
      hasMore: z.boolean(),
      /** No hits mean "type more", never "nobody". */
      isTooShort: z.boolean(),
      dateReading: z
        .object({
          typed: text,
          readAs: calendarDate,
          shape: z.enum(dateShapes),
          isCenturyGuessed: z.boolean(),
          /** The same digits with day and month changed over, where that is another day. */
          other: z.object({ readAs: calendarDate, dateOrder: z.enum(dateOrders) }).nullable(),
        })
        .nullable(),
      /** What has the shape of a date but is no day anybody was born on. */
      unreadableDates: z.array(text),
      /** What a registration form would be filled with. */
      registration: z.object({ family: maybe, given: maybe, bornOn: calendarDate.nullable(), phone: maybe }),
    }),
  }),
}
export type RegistrationStart = z.output<typeof patientSearch.find.output>['registration']
