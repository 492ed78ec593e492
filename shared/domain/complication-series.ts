import { type ComplicationBody, redFlagsOf, seriesEffect } from './complication.ts'
import type { ComplicationState } from './complication-state.ts'
import { allowsSession, type SeriesStatus } from './series.ts'

/** What stands as the reason of a series that a complication has stopped; it tells such a hold from one by hand. */
export const seriesHoldReason = 'A complication is open'
export const seriesEndReason = 'Ended by a physician because of a complication'

/** What a report asks of the series it names: nothing new, a hold, the end, or that its own hold is let go. */
export type SeriesOrder = 'LEAVE' | 'HOLD' | 'END' | 'RELEASE'

/**
 * HOLD while the report holds or stops the course (`seriesEffect`); END where the physician decided STOP. It is let go
 * when the report closes, or when a physician's decision, lifted block or finding no longer holds it; an aesthetician's
 * finding alone lets nothing go (clinical reference, section 5, start gate). A scar that nobody decided about keeps
 * its hold beyond the closing.
 */
export function decideSeriesOrder({
  body,
  state,
  byPhysician,
}: {
  readonly body: ComplicationBody
  readonly state: ComplicationState
  readonly byPhysician: boolean
}): SeriesOrder {
  const effect = seriesEffect(body)
  if (body.seriesDecision === 'STOP') return state === 'CLOSED' ? 'LEAVE' : 'END'
  if (state === 'CLOSED') return effect === 'STOP' ? 'LEAVE' : 'RELEASE'
  if (effect === 'HOLD' || effect === 'STOP') return 'HOLD'
  return byPhysician ? 'RELEASE' : 'LEAVE'
}

/**
 * Which series a hold falls on. The series of the sessions the report names; where it names none, every open one as
 * soon as a physician decided or a red flag is up. Without either only the zones are held.
 */
export function seriesReach(body: ComplicationBody): 'OF_SESSIONS' | 'ALL_OPEN' | 'NONE' {
  if (body.sessionIds.length > 0) return 'OF_SESSIONS'
  return body.seriesDecision !== null || redFlagsOf(body).length > 0 ? 'ALL_OPEN' : 'NONE'
}

/** One hold of one series by one report; `statusBefore` is what the series goes back to. */
export type ComplicationHold = { readonly statusBefore: SeriesStatus; readonly isReleased: boolean }

/**
 * What the series was before the holds that stand; null where it may not be held: it is over, somebody put it on hold
 * by hand, or this report held it before and a physician let it go on meanwhile.
 */
export function statusBeforeHold({
  status,
  ownHolds,
  standingHolds,
}: {
  readonly status: SeriesStatus
  /** By this report, of this series. */
  readonly ownHolds: readonly ComplicationHold[]
  /** By whatever report, of this series, not released. */
  readonly standingHolds: readonly ComplicationHold[]
}): SeriesStatus | null {
  if (ownHolds.some(({ isReleased }) => !isReleased)) return null
  if (allowsSession(status)) return status
  return status === 'ON_HOLD' ? (standingHolds[0]?.statusBefore ?? null) : null
}

/** What the series goes back to once this report lets go; null where it stays as it is. */
export function statusAfterRelease({
  status,
  statusReason,
  statusBefore,
  otherHolds,
}: {
  readonly status: SeriesStatus
  readonly statusReason: string | null
  readonly statusBefore: SeriesStatus
  /** Standing holds of the series by other reports. */
  readonly otherHolds: number
}): SeriesStatus | null {
  if (status !== 'ON_HOLD' || statusReason !== seriesHoldReason) return null
  return otherHolds > 0 ? null : statusBefore
}
