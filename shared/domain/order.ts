import type { PatientId, SeriesId, StaffId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'
import { addMonths } from '../kernel/time.ts'
import type { DeviceType } from './device.ts'
import type { ExaminerKind, ExamMode, PolicyBody } from './policy.ts'
import type { Role } from './roles.ts'
import type { AddonKind } from './session.ts'
import type { PhysicianSignature } from './staff.ts'
import type { FitzpatrickType, Indication, ZonePlace, ZoneSide } from './zones.ts'
import { includesZoneSide, placeKey } from './zones.ts'

export type OrderedZone = ZonePlace & { readonly maxDepthUm: number }

/** Goodman and Baron's qualitative scale of acne scars (clinical reference, section 9); the code names scale and version. */
export const scarGrades = ['GB_2006_1', 'GB_2006_2', 'GB_2006_3', 'GB_2006_4'] as const
export type ScarGrade = (typeof scarGrades)[number]

/** The outcome of the good-faith exam (clinical reference, section 8, treatment order). Depths in micrometres. */
export type OrderBody = {
  readonly schema: 'order/1'
  readonly patientId: PatientId
  readonly seriesId: SeriesId | null
  readonly examiner: { readonly staffId: StaffId | null; readonly printedName: string; readonly kind: ExaminerKind }
  readonly examMode: ExamMode
  readonly examinedOn: CalendarDate
  readonly isHistoryReviewed: boolean
  readonly findings: string
  readonly fst: FitzpatrickType
  readonly diagnosis: string
  readonly indications: readonly Indication[]
  /** Set exactly where ACNE_SCAR is among the indications (clinical reference, section 2, row 4). */
  readonly scarGrade: ScarGrade | null
  readonly zones: readonly OrderedZone[]
  readonly deviceType: DeviceType
  readonly sessions: number
  readonly intervalMonths: number
  readonly anaestheticOrder: string | null
  /** What the prescriber ordered, as written; a day-of check asks whether it was started for these zones. */
  readonly prophylaxis: { readonly order: string; readonly zones: readonly ZoneSide[] } | null
  readonly addons: readonly AddonKind[]
  readonly conditions: string | null
  /** Last day on which a session may start under this order. */
  readonly expiresOn: CalendarDate
  /** Null in a draft: an order counts from its signature. */
  readonly signature: PhysicianSignature | null
}

/** Why an order is not active on a day. */
export const orderStates = ['ACTIVE', 'UNSIGNED', 'NOT_YET', 'EXPIRED', 'EXAM_OUT_OF_DATE'] as const
export type OrderState = (typeof orderStates)[number]

/** The order's expiry and the validity of its exam (`gfeValidMonths`, clamped to the month's end) both count. */
export function orderStateOn(
  order: Pick<OrderBody, 'signature' | 'examinedOn' | 'expiresOn'>,
  on: CalendarDate,
  policy: Pick<PolicyBody, 'gfeRequired' | 'gfeValidMonths'>,
): OrderState {
  if (order.signature === null) return 'UNSIGNED'
  if (on < order.examinedOn) return 'NOT_YET'
  if (on > order.expiresOn) return 'EXPIRED'
  if (policy.gfeRequired && on > addMonths(order.examinedOn, policy.gfeValidMonths)) return 'EXAM_OUT_OF_DATE'
  return 'ACTIVE'
}

export function orderActiveOn(
  order: Pick<OrderBody, 'signature' | 'examinedOn' | 'expiresOn'>,
  on: CalendarDate,
  policy: Pick<PolicyBody, 'gfeRequired' | 'gfeValidMonths'>,
): boolean {
  return orderStateOn(order, on, policy) === 'ACTIVE'
}

/** Voided sessions are not counted by the caller. Never below zero. */
export function sessionsLeft(order: Pick<OrderBody, 'sessions'>, sessionsUsed: number): number {
  return Math.max(0, order.sessions - sessionsUsed)
}

/** The order's maximum for a place; null where the order does not name it. */
export function orderedMaxUm(order: Pick<OrderBody, 'zones'>, place: ZonePlace): number | null {
  const key = placeKey(place)
  const limits = order.zones.filter((zone) => placeKey(zone) === key).map((zone) => zone.maxDepthUm)
  return limits.length === 0 ? null : Math.min(...limits)
}

export const orderProblems = [
  'EXAMINER_NOT_ALLOWED',
  'EXAM_MODE_NOT_ALLOWED',
  'HISTORY_NOT_REVIEWED',
  'SCAR_GRADE_MISSING',
  'ZONES_MISSING',
  'ZONE_TWICE',
  'SITE_MISSING',
  'ORBITAL_NOT_ENABLED',
  'DEPTH_OVER_CEILING',
  'TOO_MANY_SESSIONS',
  'EXPIRES_TOO_LATE',
  'EXPIRES_BEFORE_EXAM',
  'PROPHYLAXIS_OUTSIDE_ZONES',
] as const
export type OrderProblem = { readonly code: (typeof orderProblems)[number]; readonly path: string }

/** The staff record says as what a person examines; whoever works as a physician examines as one (section 8, `gfe_by`). */
export function mayExamineAs(
  kind: ExaminerKind,
  { roles, examinerKind }: { readonly roles: readonly Role[]; readonly examinerKind: ExaminerKind | null },
): boolean {
  return kind === examinerKind || (kind === 'PHYSICIAN' && roles.includes('physician'))
}

/** What stands against signing an order under the policy; paths name its fields. */
export function checkOrder(order: OrderBody, policy: PolicyBody): readonly OrderProblem[] {
  const problems: OrderProblem[] = []
  if (policy.gfeRequired) {
    if (!policy.gfeBy.includes(order.examiner.kind))
      problems.push({ code: 'EXAMINER_NOT_ALLOWED', path: 'examiner.kind' })
    if (!policy.gfeModes.includes(order.examMode)) problems.push({ code: 'EXAM_MODE_NOT_ALLOWED', path: 'examMode' })
    if (!order.isHistoryReviewed) problems.push({ code: 'HISTORY_NOT_REVIEWED', path: 'isHistoryReviewed' })
  }
  if (order.indications.includes('ACNE_SCAR') && order.scarGrade === null) {
    problems.push({ code: 'SCAR_GRADE_MISSING', path: 'scarGrade' })
  }
  if (order.zones.length === 0) problems.push({ code: 'ZONES_MISSING', path: 'zones' })
  const keys = order.zones.map(placeKey)
  for (const [index, zone] of order.zones.entries()) {
    const path = `zones[${index}]`
    if (keys.indexOf(placeKey(zone)) !== index) problems.push({ code: 'ZONE_TWICE', path })
    if (zone.zone === 'SCAR_SITE' && !zone.site?.trim()) problems.push({ code: 'SITE_MISSING', path: `${path}.site` })
    if (zone.zone === 'ORBITAL' && !policy.orbitalEnabled) problems.push({ code: 'ORBITAL_NOT_ENABLED', path })
    if (zone.maxDepthUm > policy.ceilingDepthUm)
      problems.push({ code: 'DEPTH_OVER_CEILING', path: `${path}.maxDepthUm` })
  }
  if (order.sessions > policy.orderMaxSessions) problems.push({ code: 'TOO_MANY_SESSIONS', path: 'sessions' })
  if (order.expiresOn < order.examinedOn) problems.push({ code: 'EXPIRES_BEFORE_EXAM', path: 'expiresOn' })
  if (order.expiresOn > addMonths(order.examinedOn, policy.orderValidMonths)) {
    problems.push({ code: 'EXPIRES_TOO_LATE', path: 'expiresOn' })
  }
  if (order.prophylaxis?.zones.some((zone) => !includesZoneSide(order.zones, zone))) {
    problems.push({ code: 'PROPHYLAXIS_OUTSIDE_ZONES', path: 'prophylaxis.zones' })
  }
  return problems
}
