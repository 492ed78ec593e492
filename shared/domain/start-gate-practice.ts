import type { EffectiveLimit } from './depth-limit.ts'
import { effectiveLimit, judgeDepth } from './depth-limit.ts'
import type { GateFailureCode } from './deviation.ts'
import { mayUseDevice } from './device.ts'
import type { CartridgeFacts } from './lot.ts'
import { mayUseCartridge } from './lot.ts'
import { orderedMaxUm, orderStateOn, sessionsLeft } from './order.ts'
import type { DepthPolicy } from './policy.ts'
import {
  depthPolicyFor,
  isSupervisionSufficient,
  mayUseDeviceType,
  shippedPolicy,
  supervisionRequired,
} from './policy.ts'
import { allowsSession, judgeSpacing } from './series.ts'
import type { PlannedZone } from './session.ts'
import { isLicenceValidOn } from './staff.ts'
import { trainingStanding } from './staff-practice.ts'
import type { FailureDetail, GateFailure, StartGateFacts } from './start-gate-facts.ts'
import { failure } from './start-gate-facts.ts'
import type { ZoneCode, ZonePlace } from './zones.ts'
import { allowsSide, includesZoneSide, placeKey, requiresSite } from './zones.ts'

/** The limit of one place with every source that applies to it. `cartridgeLengthUm` overrides the planned cartridges. */
export function limitForPlace(
  facts: StartGateFacts,
  place: ZonePlace,
  cartridgeLengthUm: number | null = shortestCartridge(facts.cartridges),
): EffectiveLimit {
  const policy = facts.policy ?? shippedPolicy(facts.on)
  const permission = permissionIn(facts, place.zone)
  const isPermitted = permission.mayNeedle && !permission.isZoneExcluded
  return effectiveLimit({
    zone: place.zone,
    side: place.side,
    ceilingUm: policy.ceilingDepthUm,
    deviceMaxUm: facts.device?.maxDepthUm ?? null,
    cartridgeLengthUm,
    // Who may not needle here at all fails by a condition of its own; a limit of zero would only repeat it.
    policyMaxUm: isPermitted ? permission.limitUm : null,
    orderMaxUm: facts.order === null ? null : orderedMaxUm(facts.order.body, place),
    clearanceMaxUm: lowest(
      facts.clearances
        .filter(({ appliesTo }) => appliesTo === null || includesZoneSide(appliesTo, place))
        .map((clearance) => clearance.maxDepthUm),
    ),
    consentedMaxUm: facts.consent?.maxDepthUm ?? null,
  })
}

export function planFailures({ plan, policy }: StartGateFacts): readonly GateFailure[] {
  if (plan.zones.length === 0) return [failure('NOTHING_PLANNED', 'PLAN_ZONES', 'PRACTITIONER')]
  const keys = plan.zones.map(placeKey)
  return plan.zones.flatMap((place, index) => {
    const failures: GateFailure[] = []
    if (place.zone === 'ORBITAL' && !policy?.orbitalEnabled) {
      failures.push(failure('ZONE_NOT_PLANNABLE', 'REMOVE_ZONE', 'PRACTITIONER', { place }))
    }
    if (!allowsSide(place.zone, place.side)) {
      failures.push(failure('ZONE_SIDE_IMPOSSIBLE', 'CHANGE_PLAN', 'PRACTITIONER', { place }))
    }
    if (requiresSite(place.zone) && !place.site?.trim()) {
      failures.push(failure('ZONE_SITE_MISSING', 'NAME_SITE', 'PRACTITIONER', { place }))
    }
    if (keys.indexOf(placeKey(place)) !== index) {
      failures.push(failure('ZONE_PLANNED_TWICE', 'CHANGE_PLAN', 'PRACTITIONER', { place }))
    }
    return failures
  })
}

export function orderFailures({ on, plan, order, policy, device }: StartGateFacts): readonly GateFailure[] {
  const rules = policy ?? shippedPolicy(on)
  if (order === null) return rules.gfeRequired ? [failure('ORDER_MISSING', 'WRITE_ORDER', 'PHYSICIAN')] : []
  const failures: GateFailure[] = []
  const write = (code: GateFailureCode, detail: FailureDetail = {}) =>
    failures.push(failure(code, 'WRITE_ORDER', 'PHYSICIAN', detail))
  const state = orderStateOn(order.body, on, rules)
  if (state !== 'ACTIVE') write('ORDER_NOT_ACTIVE', { facts: { state, expiresOn: order.body.expiresOn } })
  if (sessionsLeft(order.body, order.sessionsUsed) === 0) {
    write('ORDER_NO_SESSIONS_LEFT', { facts: { ordered: order.body.sessions, used: order.sessionsUsed } })
  }
  for (const place of plan.zones) {
    if (orderedMaxUm(order.body, place) === null) write('ORDER_ZONE_NOT_COVERED', { place })
  }
  if (device !== null && device.type !== order.body.deviceType) {
    write('ORDER_DEVICE_TYPE_DIFFERS', { facts: { ordered: order.body.deviceType, chosen: device.type } })
  }
  return failures
}

export function seriesFailures({ on, policy, series, previousSession }: StartGateFacts): readonly GateFailure[] {
  const rules = policy ?? shippedPolicy(on)
  const failures: GateFailure[] = []
  if (!allowsSession(series.status)) {
    failures.push(failure('SERIES_NOT_OPEN', 'RESUME_SERIES', 'PHYSICIAN', { facts: { status: series.status } }))
  }
  const spacing = judgeSpacing(series.lastPerformedOn, on, {
    ...rules.settings,
    sessionIntervalMinDays: rules.sessionIntervalMinDays,
  })
  if (spacing.verdict === 'CLEAR_NEEDED' && !series.isIntervalCleared) {
    const facts = { days: spacing.days, neededDays: rules.settings.intervalClearUnderDays }
    failures.push(
      failure('INTERVAL_TOO_SHORT', 'CLEAR_INTERVAL', 'PHYSICIAN', { facts, eligibleOn: spacing.eligibleOn }),
    )
  }
  if (rules.nextSessionBlockedIfUnsigned && previousSession !== null && !previousSession.isSigned) {
    failures.push(failure('PREVIOUS_SESSION_UNSIGNED', 'SIGN_PREVIOUS_SESSION', 'PHYSICIAN'))
  }
  return failures
}

export function practitionerFailures(facts: StartGateFacts): readonly GateFailure[] {
  const { on, plan, policy, practitioner, device } = facts
  const failures: GateFailure[] = []
  if (practitioner.licence === null) {
    failures.push(failure('LICENCE_MISSING', 'RENEW_LICENCE', 'MANAGER'))
  } else if (!isLicenceValidOn(practitioner.licence, on)) {
    const expiredOn = practitioner.licence.expiresOn
    failures.push(failure('LICENCE_EXPIRED', 'RENEW_LICENCE', 'MANAGER', { facts: { expiredOn } }))
  }
  if (policy === null && practitioner.treatingRole !== 'physician') {
    return [...failures, failure('POLICY_MISSING', 'APPROVE_POLICY', 'PHYSICIAN')]
  }
  const permission = permissionIn(facts, plan.zones[0]?.zone ?? 'FOREHEAD')
  if (!permission.mayNeedle) {
    const by = { role: practitioner.treatingRole, licenceLevel: practitioner.licence?.level ?? null }
    return [...failures, failure('PRACTITIONER_NOT_PERMITTED', 'CHANGE_PRACTITIONER', 'MANAGER', { facts: by })]
  }
  if (device !== null && !mayUseDeviceType(permission, device.type)) {
    failures.push(failure('RF_NOT_PERMITTED', 'CHOOSE_DEVICE', 'PRACTITIONER'))
  }
  for (const place of plan.zones) {
    if (permissionIn(facts, place.zone).isZoneExcluded) {
      failures.push(failure('ZONE_NOT_PERMITTED', 'CHANGE_PRACTITIONER', 'MANAGER', { place }))
    }
  }
  return failures
}

/** A physician who treats needs no supervision; everybody else the mode of the deepest planned zone. */
export function supervisionFailures({
  on,
  plan,
  policy,
  practitioner,
  supervision,
}: StartGateFacts): readonly GateFailure[] {
  if (practitioner.treatingRole === 'physician') return []
  const deepestUm = Math.max(0, ...plan.zones.map((zone) => zone.depthUm))
  const required = supervisionRequired(policy ?? shippedPolicy(on), deepestUm)
  const failures: GateFailure[] = []
  const { physician, confirmedMode } = supervision
  // Named on every aesthetician session, whatever the mode (clinical reference, section 2, row 13).
  if (physician === null) {
    failures.push(failure('SUPERVISOR_MISSING', 'NAME_SUPERVISOR', 'PRACTITIONER', { facts: { required } }))
  } else if (
    physician.staffId === practitioner.staffId ||
    physician.treatingRole !== 'physician' ||
    !isLicenceValidOn(physician.licence, on)
  ) {
    failures.push(failure('SUPERVISOR_NOT_QUALIFIED', 'NAME_SUPERVISOR', 'PRACTITIONER', { ref: physician.staffId }))
  }
  // Even "none was needed" is an answer that somebody gives.
  if (confirmedMode === null || !isSupervisionSufficient(confirmedMode, required)) {
    const facts = { required, confirmed: confirmedMode, deepestUm }
    failures.push(failure('SUPERVISION_INSUFFICIENT', 'BE_PRESENT', 'PHYSICIAN', { facts }))
  }
  return failures
}

export function deviceFailures(facts: StartGateFacts): readonly GateFailure[] {
  const { on, device } = facts
  if (device === null) return [failure('DEVICE_MISSING', 'CHOOSE_DEVICE', 'PRACTITIONER')]
  const blocks = mayUseDevice(device, on).blocks.map((code) =>
    failure(code, 'CHOOSE_DEVICE', 'PRACTITIONER', { ref: device.deviceId, facts: { serial: device.serial } }),
  )
  const training = trainingGap(facts)
  if (training?.rule !== 'BLOCK') return blocks
  const detail = { ref: device.deviceId, facts: { standing: training.standing, model: device.model } }
  return [...blocks, failure('DEVICE_TRAINING_MISSING', 'RECORD_TRAINING', 'MANAGER', detail)]
}

/**
 * What the practitioner lacks for the device chosen and how much the clinic makes of it; null where a certificate covers
 * the day or the clinic asks for none (clinical reference, section 8, staff record: training certificates per device).
 */
export function trainingGap({
  on,
  device,
  trainings,
  policy,
}: Pick<StartGateFacts, 'on' | 'device' | 'trainings' | 'policy'>): {
  readonly rule: 'WARN' | 'BLOCK'
  readonly standing: 'EXPIRED' | 'MISSING'
} | null {
  const rule = (policy ?? shippedPolicy(on)).settings.deviceTrainingRule
  if (device === null || rule === 'OFF') return null
  const standing = trainingStanding(trainings, device, on)
  return standing === 'CURRENT' ? null : { rule, standing }
}

export function cartridgeFailures({ on, cartridges }: StartGateFacts): readonly GateFailure[] {
  if (cartridges.length === 0) return [failure('CARTRIDGE_MISSING', 'OPEN_CARTRIDGE', 'PRACTITIONER')]
  return cartridges.flatMap((cartridge) =>
    mayUseCartridge(cartridge, on).map((code) => {
      const action = code === 'CARTRIDGE_DETAILS_MISSING' ? 'COMPLETE_CARTRIDGE' : 'OPEN_CARTRIDGE'
      const facts = { lot: cartridge.lotRaw, expiresOn: cartridge.expiresOn }
      return failure(code, action, 'PRACTITIONER', { ref: cartridge.label, facts })
    }),
  )
}

export function depthFailures(facts: StartGateFacts): readonly GateFailure[] {
  const { settings } = facts.policy ?? shippedPolicy(facts.on)
  return facts.plan.zones.flatMap((place) => {
    const verdict = judgeDepth({
      depthUm: place.depthUm,
      device: facts.device,
      limit: limitForPlace(facts, place),
      softMaxUm: settings.zoneDepths[place.zone].softMaxUm,
      fst: facts.fst,
      pigmentProneWarnAboveUm: settings.pigmentProneWarnAboveUm,
    })
    const impossible = verdict.refusals.map(({ code, boundUm }) =>
      failure('DEPTH_IMPOSSIBLE', 'CHANGE_PLAN', 'PRACTITIONER', {
        place,
        ref: code,
        facts: { depthUm: place.depthUm, refusal: code, boundUm },
      }),
    )
    return verdict.overLimit === null ? impossible : [...impossible, overLimit(place, verdict.overLimit)]
  })
}

export function overLimit(
  place: PlannedZone,
  over: {
    readonly limitUm: number
    readonly exceeded: readonly { readonly source: string; readonly limitUm: number }[]
  },
): GateFailure {
  const facts = {
    depthUm: place.depthUm,
    limitUm: over.limitUm,
    decidedBy: over.exceeded[0]?.source ?? null,
    sources: over.exceeded.map(({ source }) => source),
    limitsUm: over.exceeded.map(({ limitUm }) => String(limitUm)),
  }
  return failure('DEPTH_OVER_LIMIT', 'LOWER_DEPTH', 'PRACTITIONER', { place, facts })
}

/** Before anybody has confirmed the supervision it is planned as given: its absence fails by a condition of its own. */
function permissionIn({ on, policy, practitioner, supervision }: StartGateFacts, zone: ZoneCode): DepthPolicy {
  return depthPolicyFor(policy ?? shippedPolicy(on), {
    role: practitioner.treatingRole,
    licenceLevel: practitioner.licence?.level ?? null,
    supervisionMode: supervision.confirmedMode ?? 'ON_SITE',
    zone,
  })
}

function shortestCartridge(cartridges: readonly CartridgeFacts[]): number | null {
  return lowest(cartridges.map((cartridge) => cartridge.maxLengthUm))
}

function lowest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}
