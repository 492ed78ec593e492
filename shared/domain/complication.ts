import type {
  CartridgeLotId,
  ComplicationId,
  DeviceId,
  PatientId,
  PhotoId,
  ProductLotId,
  SessionId,
  StaffId,
} from '../kernel/ids.ts'
import { addMinutes, type CalendarDate, type Instant, minutesBetween } from '../kernel/time.ts'
import {
  type ComplicationCode,
  complicationTable,
  emergencyCodes,
  type Grade,
  infectionCodes,
  scarCodes,
} from './complication-codes.ts'
import type { ZonePlace } from './zones.ts'

export const complicationChannels = ['AT_SESSION', 'IN_PERSON', 'PHONE', 'EMAIL', 'MESSAGE', 'OTHER'] as const
export type ComplicationChannel = (typeof complicationChannels)[number]

export const reporterKinds = ['PATIENT', 'GUARDIAN', 'STAFF', 'OTHER_CLINICIAN', 'OTHER'] as const
export type ReporterKind = (typeof reporterKinds)[number]

export const causalities = ['UNRELATED', 'UNLIKELY', 'POSSIBLE', 'PROBABLE', 'DEFINITE'] as const
export type Causality = (typeof causalities)[number]

/** UNKNOWN = lost to follow-up. */
export const complicationOutcomes = [
  'ONGOING',
  'RECOVERING',
  'RESOLVED',
  'RESOLVED_WITH_SEQUELAE',
  'FATAL',
  'UNKNOWN',
] as const
export type ComplicationOutcome = (typeof complicationOutcomes)[number]

export const seriesDecisions = ['CONTINUE', 'MODIFY', 'HOLD', 'STOP'] as const
export type SeriesDecision = (typeof seriesDecisions)[number]

/** What a caller or examiner reports; each one alone goes to the physician at once (clinical reference, section 7). */
export const redFlagSigns = [
  'FEVER',
  'PUS',
  'SPREADING_ERYTHEMA',
  'VESICLES',
  'PAIN_RISING_AFTER_48H',
  'VISION_CHANGE',
  'AIRWAY_SWELLING',
  'FACIAL_SWELLING',
  'NECROSIS_OR_BLANCHING',
  'NEW_NODULES',
  'NEW_SCAR',
] as const
export type RedFlagSign = (typeof redFlagSigns)[number]

/** A sign, or what follows from code and grade. */
export const redFlags = [...redFlagSigns, 'MARKED_CODE', 'GRADE_3_OR_MORE'] as const
export type RedFlag = (typeof redFlags)[number]

export type GradeEntry = {
  readonly grade: Grade
  readonly at: Instant
  readonly by: StaffId
  readonly note: string
}

export type PhysicianNotice = {
  readonly physicianId: StaffId
  readonly at: Instant
  readonly how: 'IN_PERSON' | 'PHONE' | 'IN_APP' | 'MESSAGE'
  readonly acknowledgedAt: Instant | null
}

/** An adverse event report: clinical reference, section 7, "AE record". */
export type ComplicationBody = {
  readonly schema: 'complication/1'
  readonly complicationId: ComplicationId
  readonly version: number
  readonly patientId: PatientId
  readonly sessionIds: readonly SessionId[]
  /** Empty = not known where; then every zone counts. */
  readonly zones: readonly ZonePlace[]
  /** Null until a clinician has named it: a front-desk symptom call. */
  readonly code: ComplicationCode | null
  readonly onsetOn: CalendarDate | null
  readonly reportedAt: Instant
  readonly reportedBy: { readonly kind: ReporterKind; readonly name: string }
  readonly takenBy: StaffId
  readonly channel: ComplicationChannel
  /** The current grade, i.e. the last of `gradeHistory`; null while ungraded. */
  readonly grade: Grade | null
  readonly worstGrade: Grade | null
  /** Oldest first; never shortened. */
  readonly gradeHistory: readonly GradeEntry[]
  readonly description: string
  /** Pictures taken for it, or before it to compare with. */
  readonly photoIds: readonly PhotoId[]
  /** Taken from the sessions; `lotNumber` as displayed there. */
  readonly cartridgeLots: readonly { readonly lotId: CartridgeLotId; readonly lotNumber: string }[]
  readonly productLots: readonly { readonly lotId: ProductLotId; readonly lotNumber: string }[]
  readonly deviceId: DeviceId | null
  readonly signs: readonly RedFlagSign[]
  readonly actionTaken: string
  readonly treatmentOrderedBy: StaffId | null
  readonly physicianNotices: readonly PhysicianNotice[]
  readonly causality: Causality | null
  readonly seriesDecision: SeriesDecision | null
  /** A physician lets the next session into the zones again; null while nobody did. */
  readonly blockLifted: { readonly by: StaffId; readonly at: Instant; readonly reason: string } | null
  readonly followUps: readonly {
    readonly dueOn: CalendarDate
    readonly doneOn: CalendarDate | null
    readonly note: string
  }[]
  readonly outcome: ComplicationOutcome
  readonly resolvedOn: CalendarDate | null
  readonly isPermanentChange: boolean
  readonly neededIntervention: boolean
  readonly hasSterilityDoubt: boolean
  /** From this day on a grade 3 or 4 is looked at weekly; null while it is not stable. */
  readonly stableOn: CalendarDate | null
  readonly reportDecision: {
    readonly report: boolean
    readonly reason: string
    readonly by: StaffId
    readonly at: Instant
  } | null
  readonly linkedComplicationIds: readonly ComplicationId[]
}

/** The body with one more grade: current and worst follow from the history. */
export function gradeComplication(body: ComplicationBody, entry: GradeEntry): ComplicationBody {
  const gradeHistory = [...body.gradeHistory, entry]
  return { ...body, gradeHistory, grade: entry.grade, worstGrade: worstOf(gradeHistory) }
}

/** Current and worst grade agree with the history. */
export function hasTrueGrades(body: Pick<ComplicationBody, 'grade' | 'worstGrade' | 'gradeHistory'>): boolean {
  return body.grade === (body.gradeHistory.at(-1)?.grade ?? null) && body.worstGrade === worstOf(body.gradeHistory)
}

/** Every red flag of the report, each once, in the order of `redFlags`. */
export function redFlagsOf(body: Pick<ComplicationBody, 'code' | 'worstGrade' | 'signs'>): readonly RedFlag[] {
  const { code } = body
  const found = new Set<RedFlag>(body.signs)
  if (code !== null && complicationTable[code].isRedFlag) found.add('MARKED_CODE')
  if (code !== null && scarCodes.includes(code)) found.add('NEW_SCAR')
  if (code === 'GRANULOMA_ALLERGIC') found.add('NEW_NODULES')
  if (code === 'HSV_REACTIVATION') found.add('VESICLES')
  if (body.worstGrade !== null && body.worstGrade >= 3) found.add('GRADE_3_OR_MORE')
  return redFlags.filter((flag) => found.has(flag))
}

/**
 * How fast the physician must hear of it; null = with the ordinary review. A red flag goes at once and the report
 * cannot be saved without a notice. A report nobody graded yet, or of grade 2, goes the same day.
 */
export function mustNotifyPhysician(
  body: Pick<ComplicationBody, 'code' | 'grade' | 'worstGrade' | 'signs'>,
): 'AT_ONCE' | 'SAME_DAY' | null {
  if (redFlagsOf(body).length > 0) return 'AT_ONCE'
  const pace = body.code === null ? 'SAME_DAY' : complicationTable[body.code].physician
  if (pace !== null) return pace
  const isClinical = body.code !== null && complicationTable[body.code].isClinical
  if (!isClinical) return null
  return body.grade === null || body.grade >= 2 ? 'SAME_DAY' : null
}

/** False for a report that must reach the physician at once and names no notice: it cannot be saved silently. */
export function hasRequiredNotice(body: ComplicationBody): boolean {
  return mustNotifyPhysician(body) !== 'AT_ONCE' || body.physicianNotices.length > 0
}

export type Acknowledgement =
  | { readonly kind: 'NOT_REQUIRED' }
  | { readonly kind: 'NOT_NOTIFIED' }
  | { readonly kind: 'ACKNOWLEDGED'; readonly by: StaffId; readonly afterMin: number }
  | { readonly kind: 'WAITING'; readonly escalateAt: Instant }
  | { readonly kind: 'ESCALATED'; readonly since: Instant }

/** Whether the physician has answered, and whether the deputy's turn has come (**CC** 30 minutes after the notice). */
export function acknowledgementOf(
  body: ComplicationBody,
  { now, acknowledgeMin }: { readonly now: Instant; readonly acknowledgeMin: number },
): Acknowledgement {
  if (mustNotifyPhysician(body) !== 'AT_ONCE') return { kind: 'NOT_REQUIRED' }
  const [first] = body.physicianNotices
  if (first === undefined) return { kind: 'NOT_NOTIFIED' }
  for (const notice of body.physicianNotices) {
    if (notice.acknowledgedAt === null) continue
    const afterMin = minutesBetween(first.at, notice.acknowledgedAt)
    return { kind: 'ACKNOWLEDGED', by: notice.physicianId, afterMin }
  }
  const escalateAt = addMinutes(first.at, acknowledgeMin)
  const isOver = Date.parse(now) >= Date.parse(escalateAt)
  return isOver ? { kind: 'ESCALATED', since: escalateAt } : { kind: 'WAITING', escalateAt }
}

/** The emergency text stands on the screen: grade 4, a code that is an emergency by itself, or an airway. */
export function showsEmergencyText(body: Pick<ComplicationBody, 'code' | 'grade' | 'signs'>): boolean {
  if (body.grade !== null && body.grade >= 4) return true
  if (body.signs.includes('AIRWAY_SWELLING')) return true
  return body.code !== null && emergencyCodes.includes(body.code)
}

const resolvedOutcomes: readonly ComplicationOutcome[] = ['RESOLVED', 'RESOLVED_WITH_SEQUELAE', 'FATAL', 'UNKNOWN']

export function isResolved(body: Pick<ComplicationBody, 'outcome'>): boolean {
  return resolvedOutcomes.includes(body.outcome)
}

export type ZoneBlock =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'ZONES'; readonly zones: readonly ZonePlace[] }
  | { readonly kind: 'ALL_ZONES' }

/**
 * Where the next session may not go (clinical reference, section 7, open AE effects): grade 2 or more while
 * unresolved, any infection, herpes, scar or granuloma even when resolved; in both cases until the physician lifts
 * it. A clinical report without a grade blocks like a grade 2, since nobody has said that it is less.
 */
export function blocksZones(
  body: Pick<ComplicationBody, 'code' | 'grade' | 'outcome' | 'zones' | 'blockLifted'>,
): ZoneBlock {
  if (body.blockLifted !== null) return { kind: 'NONE' }
  const { code } = body
  if (code !== null && !complicationTable[code].isClinical) return { kind: 'NONE' }
  const isSticky =
    code !== null && (infectionCodes.includes(code) || scarCodes.includes(code) || code === 'GRANULOMA_ALLERGIC')
  const isGradeOne = body.grade === 1
  if (!isSticky && (isGradeOne || isResolved(body))) return { kind: 'NONE' }
  return body.zones.length > 0 ? { kind: 'ZONES', zones: body.zones } : { kind: 'ALL_ZONES' }
}

/**
 * What the series does meanwhile: the physician's decision where there is one; before it STOP for a scar, HOLD for a
 * red flag or for whatever blocks a zone, else CONTINUE.
 */
export function seriesEffect(body: ComplicationBody): SeriesDecision {
  if (body.seriesDecision !== null) return body.seriesDecision
  if (body.code !== null && scarCodes.includes(body.code)) return 'STOP'
  const isHeld = (redFlagsOf(body).length > 0 && !isResolved(body)) || blocksZones(body).kind !== 'NONE'
  return isHeld ? 'HOLD' : 'CONTINUE'
}

export const reportPrompts = [
  'GRADE_3_OR_MORE',
  'PERMANENT_CHANGE',
  'INTERVENTION_NEEDED',
  'DEVICE_MALFUNCTION',
  'STERILITY_DOUBT',
  'GRANULOMA',
  'ANAESTHETIC_TOXICITY',
  'LOT_CLUSTER',
  /** Section 11, scenario 5: what it came from has been recalled. */
  'LOT_RECALLED',
  'RF_INJURY',
] as const
export type ReportPrompt = (typeof reportPrompts)[number]

/** Every reason why the physician is asked "report to FDA, yes or no, and why": clinical reference, section 7. */
export function promptsReportDecision(
  body: ComplicationBody,
  { isInLotCluster, isOnRecalledLot }: { readonly isInLotCluster: boolean; readonly isOnRecalledLot: boolean },
): readonly ReportPrompt[] {
  const { code, worstGrade } = body
  const isRfInjury = code !== null && complicationTable[code].isRfOnly
  const reasons: readonly (readonly [ReportPrompt, boolean])[] = [
    ['GRADE_3_OR_MORE', worstGrade !== null && worstGrade >= 3],
    ['PERMANENT_CHANGE', body.isPermanentChange || body.outcome === 'RESOLVED_WITH_SEQUELAE'],
    ['INTERVENTION_NEEDED', body.neededIntervention],
    ['DEVICE_MALFUNCTION', code === 'DEVICE_MALFUNCTION'],
    ['STERILITY_DOUBT', body.hasSterilityDoubt || code === 'BLOODBORNE_EXPOSURE'],
    ['GRANULOMA', code === 'GRANULOMA_ALLERGIC'],
    ['ANAESTHETIC_TOXICITY', code === 'ANAESTHETIC_TOXICITY'],
    ['LOT_CLUSTER', isInLotCluster],
    ['LOT_RECALLED', isOnRecalledLot],
    ['RF_INJURY', isRfInjury],
  ]
  return reasons.filter(([, holds]) => holds).map(([prompt]) => prompt)
}

/** Grade 3 or more, or any scarring, ends the consent that was given before (clinical reference, section 6). */
export function needsNewConsent(body: Pick<ComplicationBody, 'code' | 'worstGrade'>): boolean {
  return (body.worstGrade !== null && body.worstGrade >= 3) || (body.code !== null && scarCodes.includes(body.code))
}

function worstOf(history: readonly GradeEntry[]): Grade | null {
  return history.reduce<Grade | null>((worst, { grade }) => (worst === null || grade > worst ? grade : worst), null)
}
