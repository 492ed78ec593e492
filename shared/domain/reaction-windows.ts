import { addDays, type CalendarDate, daysBetween } from '../kernel/time.ts'
import { type ComplicationCode, complicationTable } from './complication-codes.ts'

/** A reaction logged on the session; `resolvedOn` comes from a later check. */
export type SessionReaction = {
  readonly code: ComplicationCode
  readonly resolvedOn: CalendarDate | null
}

/** Windows the clinic set otherwise than shipped (**CC**), in days from the session. */
export type WindowSettings = { readonly windowDaysByCode: { readonly [Code in ComplicationCode]?: number } }

export const reactionSteps = ['CHECK', 'REVIEW', 'PROMOTE'] as const
export type ReactionStep = (typeof reactionSteps)[number]

/** One task. CHECK = ask how it is; REVIEW = a clinician looks at it; PROMOTE = it now has another name. */
export type OverdueReaction = {
  readonly code: ComplicationCode
  readonly step: ReactionStep
  /** Last day of the window. */
  readonly expectedUntil: CalendarDate
  readonly daysOver: number
  /** The code a complication would be opened under; the same one unless promoted. */
  readonly complicationCode: ComplicationCode
}

/**
 * Expected reactions that outlasted their window by `today`, each a task; day 0 is `sessionOn` (clinical reference,
 * section 7). Codes without a window in days raise none: they are complications from the start.
 */
export function overdueReactions({
  reactions,
  sessionOn,
  today,
  settings,
}: {
  readonly reactions: readonly SessionReaction[]
  readonly sessionOn: CalendarDate
  readonly today: CalendarDate
  readonly settings: WindowSettings
}): readonly OverdueReaction[] {
  return reactions.flatMap(({ code, resolvedOn }) => {
    if (resolvedOn !== null && resolvedOn <= today) return []
    const days = windowDays(code, settings)
    const day = daysBetween(sessionOn, today)
    if (days === null || day <= days) return []
    const { window, becomes } = complicationTable[code]
    const isPromoted = becomes !== null && day >= becomes.onDay
    const reviewAfter = window.kind === 'WINDOW' ? (window.reviewAfterDays ?? days) : days
    return [
      {
        code,
        step: isPromoted ? 'PROMOTE' : day > reviewAfter ? 'REVIEW' : 'CHECK',
        expectedUntil: addDays(sessionOn, days),
        daysOver: day - days,
        complicationCode: isPromoted ? becomes.code : code,
      } satisfies OverdueReaction,
    ]
  })
}

export type ReactionCheck = { readonly code: ComplicationCode; readonly dueOn: CalendarDate }

/** The day after each reaction's window, on which somebody asks whether it is gone; each code once. */
export function reactionChecks(
  codes: readonly ComplicationCode[],
  sessionOn: CalendarDate,
  settings: WindowSettings,
): readonly ReactionCheck[] {
  return [...new Set(codes)].flatMap((code) => {
    const days = windowDays(code, settings)
    return days === null ? [] : [{ code, dueOn: addDays(sessionOn, days + 1) }]
  })
}

/** Days the code is expected to last, 0 for "same day"; null where it has no window. */
export function windowDays(code: ComplicationCode, settings: WindowSettings): number | null {
  const { window } = complicationTable[code]
  if (window.kind === 'WINDOW') return settings.windowDaysByCode[code] ?? window.days
  return window.kind === 'SAME_DAY' ? 0 : null
}
