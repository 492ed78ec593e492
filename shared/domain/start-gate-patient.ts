import { addMonths } from '../kernel/time.ts'
import type { GateFailureCode } from './deviation.ts'
import { procedureOf } from './device.ts'
import type { Finding } from './finding.ts'
import { blockedSubstancesOf } from './lot.ts'
import { type PolicyBody, shippedPolicy } from './policy.ts'
import type { AddonKind, SessionPlan } from './session.ts'
import type { FailureDetail, GateFailure, LiftAction, Lifter, StartGateFacts } from './start-gate-facts.ts'
import { failure } from './start-gate-facts.ts'
import { includesZoneSide } from './zones.ts'

export function identityFailures({ identityCheck, fst }: StartGateFacts): readonly GateFailure[] {
  const failures: GateFailure[] = []
  const seen = new Set(identityCheck?.identifiers ?? []).size
  if (seen < 2)
    failures.push(failure('IDENTITY_NOT_CHECKED', 'CHECK_IDENTITY', 'PRACTITIONER', { facts: { seen, needed: 2 } }))
  if (fst === null) failures.push(failure('SKIN_TYPE_MISSING', 'RECORD_SKIN_TYPE', 'PRACTITIONER'))
  return failures
}

export function screeningFailures({ on, policy, plan, screening }: StartGateFacts): readonly GateFailure[] {
  const { settings } = policy ?? shippedPolicy(on)
  const failures: GateFailure[] = []
  const { fullAnsweredOn, shortAnsweredOn } = screening
  if (fullAnsweredOn === null) {
    failures.push(failure('SCREENING_FULL_MISSING', 'SCREEN_IN_FULL', 'PATIENT'))
  } else if (on > addMonths(fullAnsweredOn, settings.fullScreeningValidMonths)) {
    failures.push(failure('SCREENING_FULL_OUT_OF_DATE', 'SCREEN_IN_FULL', 'PATIENT', { facts: { fullAnsweredOn } }))
  }
  // A full form answered today asks everything the short one asks.
  if (shortAnsweredOn !== on && fullAnsweredOn !== on) {
    failures.push(failure('SCREENING_SHORT_NOT_TODAY', 'SCREEN_TODAY', 'PATIENT', { facts: { shortAnsweredOn } }))
  }
  for (const stop of screening.stops.filter((finding) => touchesPlan(finding, plan))) {
    const [action, by] =
      stop.override === 'PHYSICIAN' ? (['OVERRIDE_STOP', 'PHYSICIAN'] as const) : (['WAIT', 'NOBODY'] as const)
    failures.push(failure('SCREENING_STOP', action, by, findingDetail(stop, plan)))
  }
  return failures
}

export function clearanceFailures({ on, plan, screening, clearances }: StartGateFacts): readonly GateFailure[] {
  const failures = screening.uncleared
    .filter((finding) => touchesPlan(finding, plan))
    .map((finding) => failure('CLEARANCE_MISSING', 'CLEAR_FINDING', 'PHYSICIAN', findingDetail(finding, plan)))
  for (const clearance of clearances) {
    const { appliesTo, clearanceId: ref, expiresOn } = clearance
    const touched = plan.zones.filter((place) => appliesTo === null || includesZoneSide(appliesTo, place))
    if (touched.length === 0) continue
    if (on > expiresOn)
      failures.push(failure('CLEARANCE_EXPIRED', 'CLEAR_FINDING', 'PHYSICIAN', { ref, facts: { expiresOn } }))
    for (const condition of clearance.unmetConditions) {
      const detail = { ref: `${ref}:${condition}`, facts: { condition } }
      failures.push(failure('CLEARANCE_CONDITION_UNMET', 'MEET_CONDITION', 'PRACTITIONER', detail))
    }
    for (const place of touched) {
      const isAllowed = clearance.zonesAllowed === null || includesZoneSide(clearance.zonesAllowed, place)
      if (isAllowed && !includesZoneSide(clearance.zonesExcluded, place)) continue
      failures.push(failure('CLEARANCE_ZONE_EXCLUDED', 'REMOVE_ZONE', 'PRACTITIONER', { place, ref }))
    }
  }
  return failures
}

/**
 * RF and add-ons carry a risk and a regulation of their own, so they wait for a text of their own that a physician has
 * approved; none is shipped (clinical reference, sections 1 and 6).
 */
export function consentTextFailures({ plan, device, consentTexts }: StartGateFacts): readonly GateFailure[] {
  return ownTextKinds({ isRf: device !== null && procedureOf(device.type) === 'RF', addons: plan.addons })
    .filter((procedure) => !consentTexts.includes(procedure))
    .map((procedure) =>
      failure('CONSENT_TEXT_MISSING', 'PUBLISH_CONSENT_TEXT', 'PHYSICIAN', { ref: procedure, facts: { procedure } }),
    )
}

/** The kinds of consent text that a treatment needs beside or in place of the plain one. */
export function ownTextKinds(treatment: {
  readonly isRf: boolean
  readonly addons: readonly AddonKind[]
}): readonly ('RF' | 'ADDON')[] {
  return [...(treatment.isRf ? (['RF'] as const) : []), ...(treatment.addons.length > 0 ? (['ADDON'] as const) : [])]
}

export function consentFailures({ plan, consent, device, stillAgreesToday }: StartGateFacts): readonly GateFailure[] {
  if (consent === null) return [failure('CONSENT_MISSING', 'SIGN_CONSENT', 'PATIENT')]
  const failures: GateFailure[] = []
  for (const problem of consent.problems.filter((code) => !judgedHere.has(code))) {
    const [action, by] = consentLifts[problem] ?? (['SIGN_CONSENT', 'PATIENT'] as const)
    failures.push(failure('CONSENT_NOT_VALID', action, by, { ref: problem, facts: { problem } }))
  }
  const sign = (code: GateFailureCode, detail: FailureDetail) => {
    failures.push(failure(code, 'SIGN_CONSENT', 'PATIENT', detail))
  }
  const procedure = device === null ? 'MECHANICAL' : procedureOf(device.type)
  if (!consent.procedures.includes(procedure)) sign('CONSENT_PROCEDURE_NOT_COVERED', { facts: { procedure } })
  for (const place of plan.zones) {
    if (!includesZoneSide(consent.zones, place)) sign('CONSENT_ZONE_NOT_COVERED', { place })
  }
  for (const indication of new Set(plan.zones.map((zone) => zone.indication))) {
    if (!consent.indications.includes(indication)) {
      sign('CONSENT_INDICATION_NOT_COVERED', { ref: indication, facts: { indication } })
    }
  }
  if (!stillAgreesToday) failures.push(failure('STILL_AGREES_NOT_ASKED', 'ASK_STILL_AGREES', 'PRACTITIONER'))
  return failures
}

/** Problems of a consent that this gate finds itself, zone by zone or by its own code. */
const judgedHere: ReadonlySet<string> = new Set([
  'ZONE_NOT_COVERED',
  'INDICATION_NOT_COVERED',
  'DEPTH_NOT_COVERED',
  'PROCEDURE_NOT_COVERED',
  'ADDON_NOT_COVERED',
  'NOT_AGREED_TODAY',
])

/** Every other problem asks for a new signature (clinical reference, section 6). */
const consentLifts: Readonly<Record<string, readonly [LiftAction, Lifter]>> = {
  STAFF_CHANGED: ['ACKNOWLEDGE_CHANGE', 'PATIENT'],
  BIRTH_DATE_UNKNOWN: ['COMPLETE_CHART', 'PRACTITIONER'],
}

export function complicationFailures({ plan, blockingComplications }: StartGateFacts): readonly GateFailure[] {
  return blockingComplications.flatMap(({ complicationId, code, zones }) => {
    const detail = { ref: complicationId, facts: { complication: code } }
    if (zones.length === 0) return [failure('COMPLICATION_BLOCKS_ZONE', 'RELEASE_COMPLICATION', 'PHYSICIAN', detail)]
    return plan.zones
      .filter((place) => includesZoneSide(zones, place))
      .map((place) => failure('COMPLICATION_BLOCKS_ZONE', 'RELEASE_COMPLICATION', 'PHYSICIAN', { ...detail, place }))
  })
}

export function productFailures({
  on,
  policy,
  plan,
  order,
  products,
  blockedSubstances,
  consent,
}: StartGateFacts): readonly GateFailure[] {
  const allergies = products.flatMap((product) =>
    blockedSubstancesOf(product, blockedSubstances).map((substance) =>
      failure('PRODUCT_ALLERGY', 'CHANGE_PRODUCT', 'PRACTITIONER', {
        ref: `${product.name}:${substance}`,
        facts: { product: product.name, substance },
      }),
    ),
  )
  const addons = plan.addons.flatMap((addon) => {
    const detail = { ref: addon, facts: { addon } }
    const failures: GateFailure[] = []
    if (!order?.body.addons.includes(addon))
      failures.push(failure('ADDON_NOT_ORDERED', 'ORDER_ADDON', 'PHYSICIAN', detail))
    if (!consent?.addons.includes(addon))
      failures.push(failure('ADDON_NOT_CONSENTED', 'SIGN_CONSENT', 'PATIENT', detail))
    return failures
  })
  return [...allergies, ...activeFailures(products, policy ?? shippedPolicy(on)), ...addons]
}

/** Open channels take in what lies on the skin (clinical reference, section 2, row 24; policy `topical_actives_blocked`). */
function activeFailures(
  products: StartGateFacts['products'],
  { topicalActivesBlocked }: Pick<PolicyBody, 'topicalActivesBlocked'>,
): readonly GateFailure[] {
  if (!topicalActivesBlocked) return []
  const names = products.filter(({ productClass }) => productClass === 'ACTIVE_AVOID').map(({ name }) => name)
  return [...new Set(names)].map((product) =>
    failure('ACTIVE_PRODUCT_BLOCKED', 'CHANGE_PRODUCT', 'PRACTITIONER', { ref: product, facts: { product } }),
  )
}

/** A finding about zones touches the plan only where a planned zone is among them. */
function touchesPlan(finding: Finding, plan: SessionPlan): boolean {
  return finding.scope === 'PATIENT' || plan.zones.some((place) => includesZoneSide(finding.zones, place))
}

function findingDetail(finding: Finding, plan: SessionPlan): FailureDetail {
  const touched = plan.zones.filter((place) => finding.scope === 'ZONES' && includesZoneSide(finding.zones, place))
  return {
    ref: `${finding.questionId}:${finding.rule}`,
    facts: {
      questionId: finding.questionId,
      rule: finding.rule,
      zones: touched.map(({ zone, side }) => `${zone} ${side}`),
    },
    eligibleOn: finding.eligibleOn,
  }
}
