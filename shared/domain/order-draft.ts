import type { PatientId, SeriesId, StaffId } from '../kernel/ids.ts'
import { addMonths, type CalendarDate } from '../kernel/time.ts'
import { type OffLabelItem, offLabelItems, usualAuthorisedUse } from './consent/off-label.ts'
import type { DeviceType } from './device.ts'
import type { OrderBody, ScarGrade } from './order.ts'
import type { ExaminerKind, ExamMode, PolicyBody } from './policy.ts'
import type { AddonKind } from './session.ts'
import type { FitzpatrickType, Indication, ZonePlace, ZoneSide } from './zones.ts'
import { includesZoneSide } from './zones.ts'

/** An order while it is written: whatever is typed is kept, finished or not. Depths in micrometres. */
export type OrderDraft = {
  readonly seriesId: SeriesId | null
  readonly examiner: { readonly staffId: StaffId | null; readonly printedName: string; readonly kind: ExaminerKind }
  readonly examMode: ExamMode
  readonly examinedOn: CalendarDate | null
  readonly isHistoryReviewed: boolean
  readonly findings: string
  readonly fst: FitzpatrickType | null
  readonly diagnosis: string
  readonly indications: readonly Indication[]
  readonly scarGrade: ScarGrade | null
  readonly zones: readonly (ZonePlace & { readonly maxDepthUm: number | null })[]
  readonly deviceType: DeviceType
  readonly sessions: number | null
  readonly intervalMonths: number | null
  readonly anaestheticOrder: string
  readonly prophylaxisOrder: string
  readonly prophylaxisZones: readonly ZoneSide[]
  readonly addons: readonly AddonKind[]
  readonly conditions: string
  /** Null: as the policy says, see `usualExpiry`. */
  readonly expiresOn: CalendarDate | null
}

export const orderGaps = [
  'EXAMINER_MISSING',
  'EXAM_DATE_MISSING',
  'EXAM_IN_FUTURE',
  'FINDINGS_MISSING',
  'SKIN_TYPE_MISSING',
  'INDICATION_MISSING',
  'DEPTH_MISSING',
  'SITE_MISSING',
  'SESSIONS_MISSING',
  'INTERVAL_MISSING',
  'PROPHYLAXIS_WITHOUT_ORDER',
  'PROPHYLAXIS_WITHOUT_ZONE',
] as const
export type OrderGap = { readonly code: (typeof orderGaps)[number]; readonly path: string }

/** The last day an order lasts by the policy: its own months and those of the exam, whichever end first. */
export function usualExpiry(
  examinedOn: CalendarDate,
  policy: Pick<PolicyBody, 'orderValidMonths' | 'gfeRequired' | 'gfeValidMonths'>,
): CalendarDate {
  const { orderValidMonths, gfeRequired, gfeValidMonths } = policy
  return addMonths(examinedOn, gfeRequired ? Math.min(orderValidMonths, gfeValidMonths) : orderValidMonths)
}

export type FinishedDraft =
  | { readonly order: Omit<OrderBody, 'signature'>; readonly gaps: readonly [] }
  | { readonly order: null; readonly gaps: readonly OrderGap[] }

/** The order that a draft says, or what is still missing; paths name its fields. The policy's rules are `checkOrder`. */
export function finishOrderDraft(
  draft: OrderDraft,
  facts: { readonly patientId: PatientId; readonly today: CalendarDate; readonly policy: PolicyBody },
): FinishedDraft {
  const { examinedOn, fst, sessions, intervalMonths } = draft
  const zones = draft.zones.flatMap(({ maxDepthUm, ...place }) =>
    maxDepthUm === null ? [] : [{ ...place, maxDepthUm }],
  )
  const gaps = gapsOf(draft, facts.today)
  if (gaps.length > 0 || examinedOn === null || fst === null || sessions === null || intervalMonths === null) {
    return { order: null, gaps }
  }
  const { examiner, examMode, isHistoryReviewed, indications, deviceType, addons } = draft
  return {
    gaps: [],
    order: {
      schema: 'order/1',
      patientId: facts.patientId,
      seriesId: draft.seriesId,
      examiner: { ...examiner, printedName: examiner.printedName.trim() },
      examMode,
      examinedOn,
      isHistoryReviewed,
      findings: draft.findings.trim(),
      fst,
      diagnosis: draft.diagnosis.trim(),
      indications,
      scarGrade: indications.includes('ACNE_SCAR') ? draft.scarGrade : null,
      zones,
      deviceType,
      sessions,
      intervalMonths,
      anaestheticOrder: draft.anaestheticOrder.trim() || null,
      prophylaxis: draft.prophylaxisOrder.trim()
        ? { order: draft.prophylaxisOrder.trim(), zones: draft.prophylaxisZones }
        : null,
      addons,
      conditions: draft.conditions.trim() || null,
      expiresOn: draft.expiresOn ?? usualExpiry(examinedOn, facts.policy),
    },
  }
}

/** What of the plan lies outside the device's usual authorised use (clinical reference, section 1): said, never refused. */
export function orderOffLabel(
  order: Pick<OrderDraft, 'indications'> & { readonly zones: readonly ZoneSide[] },
  age: number | null,
): readonly OffLabelItem[] {
  const { zones, indications } = order
  return offLabelItems({
    // An unknown birth date is asked for elsewhere; here it says nothing about the label.
    age: age ?? usualAuthorisedUse.authorisedFrom,
    uses: zones.flatMap(({ zone }) => indications.map((indication) => ({ zone, indication }))),
    authorised: usualAuthorisedUse,
  })
}

function gapsOf(draft: OrderDraft, today: CalendarDate): readonly OrderGap[] {
  const gaps: OrderGap[] = []
  const missing = (code: OrderGap['code'], path: string) => gaps.push({ code, path })
  if (!draft.examiner.printedName.trim()) missing('EXAMINER_MISSING', 'examiner.printedName')
  if (draft.examinedOn === null) missing('EXAM_DATE_MISSING', 'examinedOn')
  else if (draft.examinedOn > today) missing('EXAM_IN_FUTURE', 'examinedOn')
  if (!draft.findings.trim()) missing('FINDINGS_MISSING', 'findings')
  if (draft.fst === null) missing('SKIN_TYPE_MISSING', 'fst')
  if (draft.indications.length === 0) missing('INDICATION_MISSING', 'indications')
  for (const [index, zone] of draft.zones.entries()) {
    if (zone.maxDepthUm === null || zone.maxDepthUm <= 0) missing('DEPTH_MISSING', `zones[${index}].maxDepthUm`)
    if (zone.zone === 'SCAR_SITE' && !zone.site?.trim()) missing('SITE_MISSING', `zones[${index}].site`)
  }
  if (draft.sessions === null) missing('SESSIONS_MISSING', 'sessions')
  if (draft.intervalMonths === null) missing('INTERVAL_MISSING', 'intervalMonths')
  const hasProphylaxis = draft.prophylaxisOrder.trim() !== ''
  const prophylaxisZones = draft.prophylaxisZones.filter((zone) => includesZoneSide(draft.zones, zone))
  if (!hasProphylaxis && draft.prophylaxisZones.length > 0) missing('PROPHYLAXIS_WITHOUT_ORDER', 'prophylaxisOrder')
  if (hasProphylaxis && prophylaxisZones.length === 0) missing('PROPHYLAXIS_WITHOUT_ZONE', 'prophylaxisZones')
  return gaps
}
