import type { CalendarDate } from '../kernel/time.ts'
import { minDepthUm } from './depth-limit.ts'
import type { GateFailureCode } from './deviation.ts'
import { isRf } from './device.ts'
import type { ConsentStanding } from './next-step.ts'
import { consentStanding } from './next-step.ts'
import { type OrderBody, orderedMaxUm, orderStateOn, sessionsLeft } from './order.ts'
import type { PolicyBody, SupervisionMode } from './policy.ts'
import { depthPolicyFor, shippedPolicy, supervisionRequired } from './policy.ts'
import type { SeriesBody } from './series.ts'
import type { SessionPlan } from './session.ts'
import type { StaffSnapshot } from './staff.ts'
import type { GateFailure, StartGateFacts } from './start-gate-facts.ts'
import { failure } from './start-gate-facts.ts'
import { clearanceFailures, screeningFailures } from './start-gate-patient.ts'
import {
  depthFailures,
  orderFailures,
  planFailures,
  practitionerFailures,
  seriesFailures,
  supervisionFailures,
} from './start-gate-practice.ts'
import { placeKey, type ZonePlace } from './zones.ts'

/** What the questionnaire says on a day under one policy. */
export type ScreenedUnder = Pick<StartGateFacts, 'screening' | 'clearances'>

/** A treatment that is booked, with everything on record that a policy judges. */
export type BookedTreatment = {
  readonly on: CalendarDate
  readonly bornOn: CalendarDate | null
  /** Null where nobody is named yet: then nothing is said about who may treat. */
  readonly practitioner: StaffSnapshot | null
  /** See `plannedFor`. */
  readonly plan: SessionPlan
  /** Confirmed already for a session that is being prepared; otherwise null. */
  readonly confirmedMode: SupervisionMode | null
  /** Signed, not ended, newest first. */
  readonly orders: readonly NonNullable<StartGateFacts['order']>[]
  /** The last treatment of the course before this one, performed or booked. */
  readonly lastPerformedOn: CalendarDate | null
  readonly isPreviousUnsigned: boolean
  /** Newest first. */
  readonly consents: readonly Parameters<typeof consentStanding>[0][]
  /** Null where both policies read the questionnaire alike, so that nobody opened it. */
  readonly screened: { readonly inForce: ScreenedUnder; readonly draft: ScreenedUnder } | null
}

export type Policies = {
  /** In force on that day without the draft; null where none is. */
  readonly inForce: PolicyBody | null
  readonly draft: PolicyBody
}

/** What a change of policy does to one booked treatment. Codes and facts are those of the start gate. */
type PolicyEffect = {
  /** Conditions that fail under the draft and hold under the policy in force: the start would be refused for each. */
  readonly blocked: readonly GateFailure[]
  /** Conditions that fail today and would hold under the draft. */
  readonly freed: readonly GateFailure[]
}

/**
 * Tries a booked treatment under the policy in force and under the draft, by the functions of the start gate itself, so
 * that a dry run says what the gate will say (clinical reference, section 8). What no policy decides (identity, device,
 * cartridge, allergies) is left out; it fails or holds under both. What was signed under an older policy stands: the
 * most sessions of an order, its longest validity and who may examine are judged where an order is signed.
 */
export function tryPolicy(visit: BookedTreatment, { inForce, draft }: Policies): PolicyEffect {
  const confirmedMode = visit.confirmedMode ?? arrangedMode(visit, inForce)
  const now = failuresUnder(visit, inForce, confirmedMode, visit.screened?.inForce)
  const then = failuresUnder(visit, draft, confirmedMode, visit.screened?.draft)
  return { blocked: withoutKnown(then, now), freed: withoutKnown(now, then) }
}

type PlanSources = {
  readonly practitioner: StaffSnapshot | null
  /** The plan of a session that is being prepared already. */
  readonly typed: SessionPlan | null
  readonly series: Pick<SeriesBody, 'zones' | 'goals'> | null
  /** Places of the last session of the course. */
  readonly last: SessionPlan['zones']
  readonly order: Pick<OrderBody, 'zones' | 'indications'> | null
  readonly inForce: PolicyBody | null
}

/**
 * The plan that a booked treatment is expected to follow, in the order in which a session takes it over: what is typed
 * for it; the depths planned for the course; those of its last session; those ordered, as far as the policy in force
 * allows them. A zone without any depth counts with the least a needle can be set to, so that only what stops every
 * depth there is told.
 */
export function plannedFor(sources: PlanSources): SessionPlan {
  const { typed, series, last, order } = sources
  if (typed !== null && typed.zones.length > 0) return typed
  const courseZones = series?.zones ?? []
  const places: readonly ZonePlace[] = [courseZones, last, order?.zones ?? []].find((zones) => zones.length > 0) ?? []
  const indication = last[0]?.indication ?? series?.goals[0] ?? order?.indications[0] ?? 'TEXTURE'
  const depthAt = (place: ZonePlace) => {
    const isHere = (zone: ZonePlace) => placeKey(zone) === placeKey(place)
    return courseZones.find(isHere)?.depthUm ?? last.find(isHere)?.depthUm ?? orderedDepth(sources, place) ?? minDepthUm
  }
  return {
    addons: [],
    zones: places.map((place) => {
      const { zone, side, site } = place
      return { zone, side, site, indication, depthUm: depthAt(place) }
    }),
  }
}

/** At the depth that is both ordered and allowed, as a plan is taken from an order. */
function orderedDepth({ order, inForce, practitioner }: PlanSources, place: ZonePlace): number | null {
  const orderedUm = order === null ? null : orderedMaxUm(order, place)
  if (orderedUm === null || inForce === null || practitioner === null) return orderedUm
  const { limitUm } = depthPolicyFor(inForce, {
    role: practitioner.treatingRole,
    licenceLevel: practitioner.licence?.level ?? null,
    supervisionMode: 'ON_SITE',
    zone: place.zone,
  })
  return limitUm === 0 ? orderedUm : Math.min(orderedUm, limitUm, inForce.ceilingDepthUm)
}

/** A reason as it is told to somebody. */
export type ToldReason = Pick<GateFailure, 'code' | 'zone' | 'side' | 'site' | 'ref' | 'facts'>

/**
 * What of it is told to somebody who manages the clinic and sees no chart (clinical reference, section 8, rights): which
 * rule of the policy it is and the rule's own values; no zone, no planned depth, nothing answered or signed by a patient.
 */
export function toldWithoutChart(reasons: readonly ToldReason[]): readonly ToldReason[] {
  const told = reasons.flatMap(({ code, facts }): readonly ToldReason[] => {
    const open = openFacts[code]
    if (open === undefined) return []
    const kept = Object.fromEntries(Object.entries(facts).filter(([name]) => open.includes(name)))
    return [{ code, zone: null, side: null, site: null, ref: null, facts: kept }]
  })
  const keys = told.map((reason) => JSON.stringify(reason))
  return told.filter((_reason, index) => keys.indexOf(keys[index] ?? '') === index)
}

/** Conditions about the clinic's own people and dates, each with the facts that are the policy's and not the patient's. */
const openFacts: Readonly<Partial<Record<GateFailureCode, readonly string[]>>> = {
  POLICY_MISSING: [],
  PRACTITIONER_NOT_PERMITTED: ['role', 'licenceLevel'],
  RF_NOT_PERMITTED: [],
  ZONE_NOT_PERMITTED: [],
  ZONE_NOT_PLANNABLE: [],
  DEPTH_OVER_LIMIT: ['limitUm', 'decidedBy'],
  SUPERVISION_INSUFFICIENT: ['required', 'confirmed'],
  ORDER_MISSING: [],
  ORDER_NOT_ACTIVE: [],
  INTERVAL_TOO_SHORT: ['neededDays'],
  PREVIOUS_SESSION_UNSIGNED: [],
}

/** True where the two read a questionnaire differently, so that answers have to be looked at. */
export function changesScreening(inForce: PolicyBody | null, draft: PolicyBody): boolean {
  const before = inForce ?? shippedPolicy(draft.effectiveFrom)
  const asked = ({ minAgeYears, isotretinoinWaitMonths, settings }: PolicyBody) =>
    JSON.stringify([
      minAgeYears,
      isotretinoinWaitMonths,
      Object.entries(settings.screening).sort(([a], [b]) => (a < b ? -1 : 1)),
      settings.fullScreeningValidMonths,
      settings.clearanceValidDays,
    ])
  return asked(before) !== asked(draft)
}

/**
 * Nobody has confirmed a supervision for a day to come: the clinic is taken to arrange what the policy in force asks
 * for, and somebody within reach where its depth is not allowed without supervision.
 */
function arrangedMode({ plan, practitioner }: BookedTreatment, inForce: PolicyBody | null): SupervisionMode {
  // Before the first policy nothing was ever arranged; then the strongest is assumed and only the rest is told.
  if (inForce === null || practitioner === null) return 'ON_SITE'
  const required = supervisionRequired(inForce, Math.max(0, ...plan.zones.map(({ depthUm }) => depthUm)))
  if (required !== 'NONE') return required
  const { treatingRole: role, licence } = practitioner
  const isTooDeepAlone = plan.zones.some(({ zone, depthUm }) => {
    const by = { role, licenceLevel: licence?.level ?? null, supervisionMode: 'NONE' as const, zone }
    return depthUm > depthPolicyFor(inForce, by).limitUm
  })
  return isTooDeepAlone ? 'AVAILABLE' : 'NONE'
}

function failuresUnder(
  visit: BookedTreatment,
  policy: PolicyBody | null,
  confirmedMode: SupervisionMode,
  screened: ScreenedUnder | undefined,
): readonly GateFailure[] {
  const facts = gateFactsOf(visit, policy, confirmedMode, screened)
  const rules = policy ?? shippedPolicy(visit.on)
  return [
    ...(visit.plan.zones.length === 0 ? [] : planFailures(facts)),
    ...(screened === undefined ? [] : [...screeningFailures(facts), ...clearanceFailures(facts)]),
    ...consentFailures(visit, rules),
    ...orderFailures(facts),
    ...seriesFailures(facts),
    ...(visit.practitioner === null
      ? []
      : [
          ...practitionerFailures(facts),
          ...radiofrequencyFailures(facts),
          ...supervisionFailures(facts),
          ...depthFailures(facts),
        ]),
  ]
}

/** The gate's facts as far as they are known before the day. */
function gateFactsOf(
  visit: BookedTreatment,
  policy: PolicyBody | null,
  confirmedMode: SupervisionMode,
  screened: ScreenedUnder | undefined,
): StartGateFacts {
  const { on, plan, practitioner, lastPerformedOn, isPreviousUnsigned } = visit
  return {
    ...notAskedHere,
    on,
    plan,
    // The short form is answered on the day itself.
    screening: { ...(screened?.screening ?? nothingScreened), shortAnsweredOn: on },
    clearances: screened?.clearances ?? [],
    order: orderUnder(visit, policy ?? shippedPolicy(on)),
    series: { status: 'ACTIVE', lastPerformedOn, isIntervalCleared: false },
    previousSession: isPreviousUnsigned ? { isSigned: false } : null,
    practitioner: practitioner ?? nobody,
    policy,
    supervision: { physician: null, confirmedMode },
    device: null,
    cartridges: [],
    consent: null,
    fst: null,
  }
}

type AskedHere =
  | 'on'
  | 'plan'
  | 'screening'
  | 'clearances'
  | 'order'
  | 'series'
  | 'previousSession'
  | 'practitioner'
  | 'policy'
  | 'supervision'
  | 'device'
  | 'cartridges'
  | 'consent'
  | 'fst'

/** No condition that is asked here reads any of it: it is known on the day, and under both policies the same. */
const notAskedHere = {} as Omit<StartGateFacts, AskedHere>

const nothingScreened: StartGateFacts['screening'] = {
  fullAnsweredOn: null,
  shortAnsweredOn: null,
  stops: [],
  uncleared: [],
}

/** Never judged: every line about a practitioner is left out where there is none. */
const nobody: StaffSnapshot = {
  staffId: '' as StaffSnapshot['staffId'],
  printedName: '',
  credential: '',
  boardCertification: null,
  treatingRole: 'aesthetician',
  licence: null,
}

/** As the gate chooses: the newest that is active with sessions left, otherwise the newest at all. */
function orderUnder({ on, orders }: BookedTreatment, rules: PolicyBody): StartGateFacts['order'] {
  const usable = orders.find(
    ({ body, sessionsUsed }) => orderStateOn(body, on, rules) === 'ACTIVE' && sessionsLeft(body, sessionsUsed) > 0,
  )
  return usable ?? orders[0] ?? null
}

/** The device is chosen on the day; its kind stands in the order. */
function radiofrequencyFailures({ order, plan, policy, practitioner, on }: StartGateFacts): readonly GateFailure[] {
  if (order === null || !isRf(order.body.deviceType)) return []
  const permission = depthPolicyFor(policy ?? shippedPolicy(on), {
    role: practitioner.treatingRole,
    licenceLevel: practitioner.licence?.level ?? null,
    supervisionMode: 'ON_SITE',
    zone: plan.zones[0]?.zone ?? 'FOREHEAD',
  })
  if (!permission.mayNeedle || permission.rfAllowed) return []
  return [failure('RF_NOT_PERMITTED', 'CHOOSE_DEVICE', 'PRACTITIONER')]
}

const consentProblems: Readonly<Partial<Record<ConsentStanding, string>>> = {
  LAPSED: 'TOO_OLD',
  OWN_NEEDED: 'GUARDIAN_CONSENT_EXPIRED',
  GUARDIAN_NEEDED: 'GUARDIAN_NEEDED',
}

/** By age of the form and of its signer: all that a policy decides about a consent. */
function consentFailures(
  { consents, bornOn, on }: BookedTreatment,
  { settings, isGuardianRequired }: PolicyBody,
): readonly GateFailure[] {
  const { consentValidMonths, majorityAgeYears } = settings
  const standings = consents.map((form) =>
    consentStanding(form, { bornOn, today: on, consentValidMonths, majorityAgeYears, isGuardianRequired }),
  )
  if (standings.includes('SIGNED')) return []
  const problem = standings.map((standing) => consentProblems[standing]).find((found) => found !== undefined)
  return problem === undefined
    ? []
    : [failure('CONSENT_NOT_VALID', 'SIGN_CONSENT', 'PATIENT', { ref: problem, facts: { problem } })]
}

function withoutKnown(failures: readonly GateFailure[], known: readonly GateFailure[]): readonly GateFailure[] {
  const keys = new Set(known.map(keyOf))
  return failures.filter((one) => !keys.has(keyOf(one)))
}

function keyOf({ code, zone, side, site, ref }: GateFailure): string {
  return JSON.stringify([code, zone, side, site, ref])
}
