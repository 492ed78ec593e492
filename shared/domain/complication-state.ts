import type { StaffId } from '../kernel/ids.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type ComplicationBody, isResolved, mustNotifyPhysician, promptsReportDecision } from './complication.ts'
import { complicationTable } from './complication-codes.ts'
import type { Role } from './roles.ts'

/** Clinical reference, section 7. */
export const complicationStates = ['OPEN', 'UNDER_REVIEW', 'MONITORING', 'CLOSED'] as const
export type ComplicationState = (typeof complicationStates)[number]

export const complicationEvents = ['REPORT', 'REVIEW', 'MONITOR', 'CLOSE', 'REOPEN', 'DELETE'] as const
export type ComplicationEventKind = (typeof complicationEvents)[number]

export type ComplicationEvent =
  | { readonly kind: 'REPORT' | 'REVIEW' | 'MONITOR' | 'DELETE' }
  | {
      readonly kind: 'CLOSE'
      readonly isPhysicianSigned: boolean
      readonly isInLotCluster: boolean
      readonly isOnRecalledLot: boolean
    }
  | { readonly kind: 'REOPEN'; readonly reason: string }

export type ComplicationTransitionCode =
  | 'COMPLICATION_MOVE_NOT_ALLOWED'
  | 'NOTHING_IS_DELETED'
  | 'ROLE_NOT_ALLOWED'
  | 'PHYSICIAN_NOT_NOTIFIED'
  | 'ACKNOWLEDGEMENT_MISSING'
  | 'COMPLICATION_NOT_CODED'
  | 'GRADE_MISSING'
  | 'OUTCOME_MISSING'
  | 'RESOLVED_DATE_MISSING'
  | 'PHYSICIAN_SIGNATURE_NEEDED'
  | 'REPORT_DECISION_MISSING'
  | 'REOPEN_REASON_MISSING'

type Decision = Result<ComplicationState, ComplicationTransitionCode>

const moves: Readonly<
  Record<ComplicationEventKind, { readonly from: ComplicationState | null; readonly to: ComplicationState } | null>
> = {
  REPORT: { from: null, to: 'OPEN' },
  REVIEW: { from: 'OPEN', to: 'UNDER_REVIEW' },
  MONITOR: { from: 'UNDER_REVIEW', to: 'MONITORING' },
  CLOSE: { from: 'MONITORING', to: 'CLOSED' },
  REOPEN: { from: 'CLOSED', to: 'OPEN' },
  DELETE: null,
}

/**
 * OPEN -> UNDER_REVIEW -> MONITORING -> CLOSED -> OPEN. Anyone at the desk may report a symptom; a clinician moves it
 * on. What needs the physician (a notice, or a worst grade of 2 and more) is reviewed and closed by one. Closing needs
 * a code, a grade where the code is clinical, an outcome, and the report decision where one is asked for.
 */
export function decideComplicationTransition({
  state,
  event,
  actor,
  body,
}: {
  readonly state: ComplicationState | null
  readonly event: ComplicationEvent
  readonly actor: { readonly staffId: StaffId; readonly roles: readonly Role[] }
  readonly body: ComplicationBody
}): Decision {
  const move = moves[event.kind]
  if (move === null) return refuse('NOTHING_IS_DELETED')
  if (move.from !== state) return refuse('COMPLICATION_MOVE_NOT_ALLOWED', { state, event: event.kind })
  const isPhysician = actor.roles.includes('physician')
  const isClinician = isPhysician || actor.roles.includes('aesthetician')
  const mayReport = isClinician || actor.roles.includes('frontDesk')
  if (event.kind === 'REPORT' ? !mayReport : !isClinician) return refuse('ROLE_NOT_ALLOWED')
  switch (event.kind) {
    case 'REPORT':
      return decideReport(body) ?? accept(move.to)
    case 'REVIEW':
      return needsPhysician(body) && !isPhysician ? refuse('ROLE_NOT_ALLOWED') : accept(move.to)
    case 'MONITOR':
      if (needsPhysician(body) && !isPhysician) return refuse('ROLE_NOT_ALLOWED')
      return isAcknowledged(body) ? accept(move.to) : refuse('ACKNOWLEDGEMENT_MISSING')
    case 'CLOSE':
      return decideClose(event, body, isPhysician) ?? accept(move.to)
    case 'REOPEN':
      return event.reason.trim() === '' ? refuse('REOPEN_REASON_MISSING') : accept(move.to)
    case 'DELETE':
      return refuse('NOTHING_IS_DELETED')
  }
}

/** A recurrence starts the zone block and the outcome anew; the history stays. */
export function reopenedBody(body: ComplicationBody): ComplicationBody {
  return { ...body, outcome: 'ONGOING', resolvedOn: null, stableOn: null, blockLifted: null, seriesDecision: null }
}

function needsPhysician(body: ComplicationBody): boolean {
  return mustNotifyPhysician(body) !== null || (body.worstGrade !== null && body.worstGrade >= 2)
}

function isAcknowledged(body: ComplicationBody): boolean {
  if (mustNotifyPhysician(body) !== 'AT_ONCE') return true
  return body.physicianNotices.some(({ acknowledgedAt }) => acknowledgedAt !== null)
}

function decideReport(body: ComplicationBody): Decision | null {
  const isSilent = mustNotifyPhysician(body) === 'AT_ONCE' && body.physicianNotices.length === 0
  return isSilent ? refuse('PHYSICIAN_NOT_NOTIFIED') : null
}

function decideClose(
  event: Extract<ComplicationEvent, { kind: 'CLOSE' }>,
  body: ComplicationBody,
  isPhysician: boolean,
): Decision | null {
  if (body.code === null) return refuse('COMPLICATION_NOT_CODED')
  if (complicationTable[body.code].isClinical && body.grade === null) return refuse('GRADE_MISSING')
  if (!isAcknowledged(body)) return refuse('ACKNOWLEDGEMENT_MISSING')
  if (!isResolved(body)) return refuse('OUTCOME_MISSING', { outcome: body.outcome })
  const isDated = body.outcome === 'UNKNOWN' || body.resolvedOn !== null
  if (!isDated) return refuse('RESOLVED_DATE_MISSING')
  const needsSignature = needsPhysician(body)
  if (needsSignature && !(isPhysician && event.isPhysicianSigned)) return refuse('PHYSICIAN_SIGNATURE_NEEDED')
  const prompts = promptsReportDecision(body, event)
  if (prompts.length > 0 && body.reportDecision === null) return refuse('REPORT_DECISION_MISSING', { prompts })
  return null
}
