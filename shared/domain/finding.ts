import type { CalendarDate } from '../kernel/time.ts'
import type { ZoneSide } from './zones.ts'

/** Clinical reference, section 3. STOP > CLEAR > CAUTION > INFO. */
export const outcomes = ['STOP', 'CLEAR', 'CAUTION', 'INFO'] as const
export type Outcome = (typeof outcomes)[number]

/** Who may lift a STOP: nobody, or a physician in writing with a reason. */
export const overrides = ['NONE', 'PHYSICIAN'] as const
export type Override = (typeof overrides)[number]

/** One answer's consequence. `zones` is empty where the finding is about the whole patient. */
export type Finding = {
  readonly questionId: string
  readonly outcome: Outcome
  readonly scope: 'PATIENT' | 'ZONES'
  readonly zones: readonly ZoneSide[]
  readonly override: Override
  /** Stable code of the rule that fired, e.g. `ISOTRETINOIN_WAIT`. The sentence lives in the renderer. */
  readonly rule: string
  /** First day on which the dated rule no longer holds; null where no date lifts it. */
  readonly eligibleOn: CalendarDate | null
}
