import type { ClearanceId, PatientId, SeriesId } from '../kernel/ids.ts'
import { addDays, type CalendarDate } from '../kernel/time.ts'
import type { Finding } from './finding.ts'
import { isScreeningRule, screeningRules } from './screening/rules.ts'
import type { PhysicianSignature } from './staff.ts'
import { includesZoneSide, type ZoneSide } from './zones.ts'

export const clearanceDecisions = ['CLEARED', 'REFUSED'] as const
export type ClearanceDecision = (typeof clearanceDecisions)[number]

/** The finding as the physician saw it. A later date or another zone is a new fact and needs a new decision. */
export type ClearedFinding = Pick<Finding, 'questionId' | 'rule' | 'scope' | 'zones' | 'eligibleOn'>

/** What the physician decided about cold sore prophylaxis; the text is theirs, the app suggests no dose (note B). */
export type ProphylaxisDecision = {
  readonly ordered: boolean
  /** Zones that may not start until the patient says the medicine is started; empty where none was ordered. */
  readonly zones: readonly ZoneSide[]
  readonly text: string
}

export type AnaestheticPlan =
  | { readonly kind: 'NO_ANAESTHETIC' }
  /** Another class of agent, named. */
  | { readonly kind: 'OTHER_CLASS'; readonly text: string }

/** Depth in micrometres. Everything null or empty is a clearance without conditions. */
export type ClearanceConditions = {
  readonly maxDepthUm: number | null
  readonly zonesExcluded: readonly ZoneSide[]
  /** Null: every zone not excluded. A test zone is a list of one. */
  readonly zonesAllowed: readonly ZoneSide[] | null
  readonly prophylaxis: ProphylaxisDecision | null
  readonly anaestheticPlan: AnaestheticPlan | null
}

/** A physician's written decision on findings: clinical reference, section 3. */
export type ClearanceBody = {
  readonly schema: 'clearance/1'
  readonly id: ClearanceId
  readonly patientId: PatientId
  readonly seriesId: SeriesId | null
  readonly findings: readonly ClearedFinding[]
  readonly decision: ClearanceDecision
  readonly reason: string
  readonly conditions: ClearanceConditions
  /** What the patient is told about use against the device's labelling; required to lift a labelled contraindication. */
  readonly offLabelNote: string | null
  /** Last day of validity. */
  readonly expiresOn: CalendarDate
  /** Its `signedAt` is the time of the decision. */
  readonly signature: PhysicianSignature
}

/** True for every CLEAR and for a STOP that a physician may lift; cautions and notes need no clearance. */
export function mayClear(finding: Pick<Finding, 'outcome' | 'override'>): boolean {
  return finding.outcome === 'CLEAR' || (finding.outcome === 'STOP' && finding.override === 'PHYSICIAN')
}

export function defaultClearanceExpiry(
  clearedOn: CalendarDate,
  settings: { readonly clearanceValidDays: number },
): CalendarDate {
  return addDays(clearedOn, settings.clearanceValidDays)
}

export const clearanceProblems = [
  'NO_FINDING',
  'FINDING_NOT_CLEARABLE',
  'REASON_MISSING',
  'EXPIRED_AT_SIGNING',
  'PROPHYLAXIS_DECISION_MISSING',
  'PROPHYLAXIS_ZONES_MISSING',
  'ANAESTHETIC_PLAN_MISSING',
  'OFF_LABEL_NOTE_MISSING',
  'NO_ZONE_LEFT',
] as const
export type ClearanceProblem = (typeof clearanceProblems)[number]

/**
 * What keeps a clearance from being signed. `findings` are those it answers, as decided now: a STOP that nobody may lift
 * is refused, whatever the reason. A refusal by the physician needs a reason only.
 */
export function judgeClearance(
  clearance: Pick<ClearanceBody, 'decision' | 'reason' | 'conditions' | 'offLabelNote' | 'expiresOn'>,
  findings: readonly Finding[],
  today: CalendarDate,
): readonly ClearanceProblem[] {
  const problems: ClearanceProblem[] = []
  if (findings.length === 0) problems.push('NO_FINDING')
  if (findings.some((finding) => !mayClear(finding))) problems.push('FINDING_NOT_CLEARABLE')
  if (clearance.reason.trim() === '') problems.push('REASON_MISSING')
  if (clearance.decision === 'REFUSED') return problems

  const { prophylaxis, anaestheticPlan, zonesAllowed, zonesExcluded } = clearance.conditions
  if (clearance.expiresOn < today) problems.push('EXPIRED_AT_SIGNING')
  if (findings.some((finding) => finding.rule === 'HERPES_HISTORY') && prophylaxis === null) {
    problems.push('PROPHYLAXIS_DECISION_MISSING')
  }
  if (prophylaxis?.ordered && prophylaxis.zones.length === 0) problems.push('PROPHYLAXIS_ZONES_MISSING')
  if (findings.some((finding) => finding.questionId === 'SQ-36') && !isPlanNamed(anaestheticPlan)) {
    problems.push('ANAESTHETIC_PLAN_MISSING')
  }
  const isOffLabel = findings.some((finding) => finding.outcome === 'STOP' && isLabelledContraindication(finding.rule))
  if (isOffLabel && (clearance.offLabelNote ?? '').trim() === '') problems.push('OFF_LABEL_NOTE_MISSING')
  if (zonesAllowed?.every((zone) => includesZoneSide(zonesExcluded, zone))) problems.push('NO_ZONE_LEFT')
  return problems
}

/** True where the device's own labelling contraindicates it, so lifting it is off-label use. */
export function isLabelledContraindication(rule: string): boolean {
  return isScreeningRule(rule) && screeningRules[rule].labelled
}

/** The finding as a clearance keeps it. */
export function clearedFindingOf({ questionId, rule, scope, zones, eligibleOn }: Finding): ClearedFinding {
  return { questionId, rule, scope, zones, eligibleOn }
}

/**
 * Whether this clearance alone lifts the whole finding today (its last day included). False for a finding nobody may
 * lift, for zones it does not name, and for a later date than the physician saw.
 */
export function clearanceCovers(clearance: ClearanceBody, finding: Finding, today: CalendarDate): boolean {
  return openZones(finding, [clearance], today).kind === 'NONE'
}

export type OpenFinding = {
  readonly finding: Finding
  /** The zones still open; empty where the finding is about the whole patient. */
  readonly zones: readonly ZoneSide[]
  /** STANDS: no person can lift it. NEEDS_CLEARANCE: a physician can. */
  readonly state: 'STANDS' | 'NEEDS_CLEARANCE'
  /** PHYSICIAN by a clearance, DATE on `finding.eligibleOn`, ANSWER once the patient truthfully answers otherwise. */
  readonly lifts: readonly ('PHYSICIAN' | 'DATE' | 'ANSWER')[]
  /** Why an earlier decision does not help. */
  readonly earlier: 'NONE' | 'EXPIRED' | 'REFUSED' | 'OTHER_FACTS'
}

/**
 * Every STOP that stands and every finding a physician must clear and has not, with what lifts each; empty where nothing
 * blocks. The newest decision on a finding and zone counts: a later refusal withdraws an earlier clearance.
 */
export function uncleared(
  findings: readonly Finding[],
  clearances: readonly ClearanceBody[],
  today: CalendarDate,
): readonly OpenFinding[] {
  return findings.flatMap((finding): readonly OpenFinding[] => {
    if (finding.outcome !== 'STOP' && finding.outcome !== 'CLEAR') return []
    const open = openZones(finding, clearances, today)
    if (open.kind === 'NONE') return []
    return [
      {
        finding,
        zones: open.zones,
        state: mayClear(finding) ? 'NEEDS_CLEARANCE' : 'STANDS',
        lifts: [
          ...(mayClear(finding) ? (['PHYSICIAN'] as const) : []),
          ...(finding.eligibleOn === null ? [] : (['DATE'] as const)),
          ...(finding.outcome === 'STOP' ? (['ANSWER'] as const) : []),
        ],
        earlier: earlierDecision(finding, open.zones, clearances, today),
      },
    ]
  })
}

/** Clearances in force: CLEARED, not expired, and still the newest decision on at least one of their findings. */
export function clearancesInForce(clearances: readonly ClearanceBody[], today: CalendarDate): readonly ClearanceBody[] {
  return clearances.filter(
    (clearance) =>
      clearance.decision === 'CLEARED' &&
      today <= clearance.expiresOn &&
      clearance.findings.some((finding) =>
        placesOf(finding).some((place) => newestDecision(clearances, finding, place) === clearance),
      ),
  )
}

export type ClearanceLimits = {
  /** The lowest depth any clearance in force allows here; null where none sets one. */
  readonly maxDepthUm: number | null
  readonly isExcluded: boolean
  /** Those that set either. */
  readonly clearanceIds: readonly ClearanceId[]
}

/** What the clearances in force allow in one zone. A condition holds everywhere the physician did not exclude. */
export function clearanceLimits(
  clearances: readonly ClearanceBody[],
  zone: ZoneSide,
  today: CalendarDate,
): ClearanceLimits {
  const inForce = clearancesInForce(clearances, today)
  const depths = inForce.flatMap(({ conditions }) => (conditions.maxDepthUm === null ? [] : [conditions.maxDepthUm]))
  return {
    maxDepthUm: depths.length === 0 ? null : Math.min(...depths),
    isExcluded: inForce.some((clearance) => excludesZone(clearance, zone)),
    clearanceIds: inForce
      .filter((clearance) => clearance.conditions.maxDepthUm !== null || excludesZone(clearance, zone))
      .map((clearance) => clearance.id),
  }
}

/** The zones for which an antiviral is ordered by a clearance in force; null where none is. */
export function orderedProphylaxis(
  clearances: readonly ClearanceBody[],
  today: CalendarDate,
): { readonly zones: readonly ZoneSide[] } | null {
  const zones = clearancesInForce(clearances, today).flatMap(({ conditions }) =>
    conditions.prophylaxis?.ordered ? conditions.prophylaxis.zones : [],
  )
  return zones.length === 0
    ? null
    : { zones: zones.filter((zone, index) => !includesZoneSide(zones.slice(0, index), zone)) }
}

function isPlanNamed(plan: AnaestheticPlan | null): boolean {
  return plan !== null && (plan.kind === 'NO_ANAESTHETIC' || plan.text.trim() !== '')
}

function excludesZone({ conditions }: ClearanceBody, zone: ZoneSide): boolean {
  const isAllowed = conditions.zonesAllowed === null || includesZoneSide(conditions.zonesAllowed, zone)
  return !isAllowed || includesZoneSide(conditions.zonesExcluded, zone)
}

/** Null stands for the whole patient. */
type Place = ZoneSide | null

type Open = { readonly kind: 'NONE' } | { readonly kind: 'SOME'; readonly zones: readonly ZoneSide[] }

function openZones(finding: Finding, clearances: readonly ClearanceBody[], today: CalendarDate): Open {
  const open = placesOf(finding).filter((place) => !isPlaceCleared(finding, place, clearances, today))
  return open.length === 0 ? { kind: 'NONE' } : { kind: 'SOME', zones: open.filter((place) => place !== null) }
}

function isPlaceCleared(
  finding: Finding,
  place: Place,
  clearances: readonly ClearanceBody[],
  today: CalendarDate,
): boolean {
  if (!mayClear(finding)) return false
  const newest = newestDecision(clearances, finding, place)
  return newest !== null && newest.decision === 'CLEARED' && today <= newest.expiresOn
}

/** The newest decision that answers this finding at this place; a tie goes to the refusal. */
function newestDecision(
  clearances: readonly ClearanceBody[],
  finding: ClearedFinding,
  place: Place,
): ClearanceBody | null {
  return clearances
    .filter((clearance) => clearance.findings.some((decided) => answers(decided, finding, place)))
    .reduce<ClearanceBody | null>((newest, one) => (newest === null || isNewer(one, newest) ? one : newest), null)
}

function isNewer(one: ClearanceBody, other: ClearanceBody): boolean {
  if (one.signature.signedAt !== other.signature.signedAt) return one.signature.signedAt > other.signature.signedAt
  return one.decision === 'REFUSED'
}

function answers(decided: ClearedFinding, finding: ClearedFinding, place: Place): boolean {
  if (decided.questionId !== finding.questionId || decided.rule !== finding.rule) return false
  if (liftsLater(finding.eligibleOn, decided.eligibleOn)) return false
  return decided.scope === 'PATIENT' || (place !== null && includesZoneSide(decided.zones, place))
}

/** No date means that no day lifts it, which is later than any. */
function liftsLater(now: CalendarDate | null, decided: CalendarDate | null): boolean {
  return now === null ? decided !== null : decided !== null && now > decided
}

function placesOf({ scope, zones }: ClearedFinding): readonly Place[] {
  return scope === 'PATIENT' || zones.length === 0 ? [null] : zones
}

function earlierDecision(
  finding: Finding,
  open: readonly ZoneSide[],
  clearances: readonly ClearanceBody[],
  today: CalendarDate,
): OpenFinding['earlier'] {
  const places: readonly Place[] = open.length === 0 ? [null] : open
  const newest = places.map((place) => newestDecision(clearances, finding, place)).filter((one) => one !== null)
  if (newest.some((one) => one.decision === 'REFUSED')) return 'REFUSED'
  if (newest.some((one) => today > one.expiresOn)) return 'EXPIRED'
  const isNamedElsewhere = clearances.some((clearance) =>
    clearance.findings.some((decided) => decided.questionId === finding.questionId),
  )
  return isNamedElsewhere && mayClear(finding) ? 'OTHER_FACTS' : 'NONE'
}
