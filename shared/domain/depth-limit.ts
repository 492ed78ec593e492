import type { DeviceType } from './device.ts'
import { isRf } from './device.ts'
import type { FitzpatrickType, ZoneSide } from './zones.ts'
import { isPigmentProne } from './zones.ts'

export const limitSources = [
  'CLINIC_CEILING',
  'DEVICE',
  'CARTRIDGE',
  'POLICY',
  'ORDER',
  'CLEARANCE',
  'CONSENT',
] as const
export type LimitSource = (typeof limitSources)[number]
export type SourcedLimit = { readonly source: LimitSource; readonly limitUm: number }

/** Micrometres; null where a source says nothing about this zone. */
export type LimitFacts = ZoneSide & {
  readonly ceilingUm: number
  readonly deviceMaxUm: number | null
  readonly cartridgeLengthUm: number | null
  readonly policyMaxUm: number | null
  readonly orderMaxUm: number | null
  readonly clearanceMaxUm: number | null
  readonly consentedMaxUm: number | null
}

export type EffectiveLimit = {
  readonly limitUm: number
  /** Lowest first; equal limits in the order of the reference. */
  readonly sources: readonly SourcedLimit[]
  readonly decidedBy: LimitSource
}

/** The smallest of all limits that apply to a zone, and which one it was (clinical reference, section 4). */
export function effectiveLimit(facts: LimitFacts): EffectiveLimit {
  const ceiling: SourcedLimit = { source: 'CLINIC_CEILING', limitUm: facts.ceilingUm }
  const given: readonly (readonly [LimitSource, number | null])[] = [
    ['DEVICE', facts.deviceMaxUm],
    ['CARTRIDGE', facts.cartridgeLengthUm],
    ['POLICY', facts.policyMaxUm],
    ['ORDER', facts.orderMaxUm],
    ['CLEARANCE', facts.clearanceMaxUm],
    ['CONSENT', facts.consentedMaxUm],
  ]
  const others = given.flatMap(([source, limitUm]) => (limitUm === null ? [] : [{ source, limitUm }]))
  const sources = [ceiling, ...others].sort((a, b) => a.limitUm - b.limitUm)
  const lowest = sources[0] ?? ceiling
  return { limitUm: lowest.limitUm, sources, decidedBy: lowest.source }
}

/** Below this no needle setting exists, above this no mechanical device goes (clinical reference, section 5). */
export const minDepthUm = 100
export const mechanicalMaxUm = 3500

export const depthRefusals = ['DEPTH_BELOW_MINIMUM', 'DEPTH_OVER_DEVICE_MAX', 'DEPTH_OVER_MECHANICAL_MAX'] as const
export type DepthRefusal = (typeof depthRefusals)[number]
export const depthWarnings = ['DEPTH_OVER_ZONE_SOFT_MAX', 'DEPTH_HIGH_FOR_SKIN_TYPE'] as const
export type DepthWarning = (typeof depthWarnings)[number]

export type DepthVerdict = {
  /** Impossible values: never stored in a submitted record. */
  readonly refusals: readonly { readonly code: DepthRefusal; readonly boundUm: number }[]
  /** Over the effective limit: refused in a plan, kept as a deviation in a log. Every source passed, lowest first. */
  readonly overLimit: { readonly limitUm: number; readonly exceeded: readonly SourcedLimit[] } | null
  readonly warnings: readonly { readonly code: DepthWarning; readonly boundUm: number }[]
}

/** Judges one depth setting (clinical reference, section 5, zone row). All lengths in micrometres. */
export function judgeDepth(facts: {
  readonly depthUm: number
  readonly device: { readonly type: DeviceType; readonly maxDepthUm: number } | null
  /** Null where the zone is not known yet. */
  readonly limit: EffectiveLimit | null
  readonly softMaxUm: number | null
  readonly fst: FitzpatrickType | null
  readonly pigmentProneWarnAboveUm: number
}): DepthVerdict {
  const { depthUm, device, limit, softMaxUm, fst, pigmentProneWarnAboveUm } = facts
  const refusals: { code: DepthRefusal; boundUm: number }[] = []
  if (depthUm < minDepthUm) refusals.push({ code: 'DEPTH_BELOW_MINIMUM', boundUm: minDepthUm })
  if (device !== null && depthUm > device.maxDepthUm) {
    refusals.push({ code: 'DEPTH_OVER_DEVICE_MAX', boundUm: device.maxDepthUm })
  }
  const isMechanical = device === null || !isRf(device.type)
  if (isMechanical && depthUm > mechanicalMaxUm) {
    refusals.push({ code: 'DEPTH_OVER_MECHANICAL_MAX', boundUm: mechanicalMaxUm })
  }
  const warnings: { code: DepthWarning; boundUm: number }[] = []
  if (softMaxUm !== null && depthUm > softMaxUm) warnings.push({ code: 'DEPTH_OVER_ZONE_SOFT_MAX', boundUm: softMaxUm })
  if (fst !== null && isPigmentProne(fst) && depthUm > pigmentProneWarnAboveUm) {
    warnings.push({ code: 'DEPTH_HIGH_FOR_SKIN_TYPE', boundUm: pigmentProneWarnAboveUm })
  }
  if (limit === null || depthUm <= limit.limitUm) return { refusals, overLimit: null, warnings }
  const exceeded = limit.sources.filter((source) => depthUm > source.limitUm)
  return { refusals, overLimit: { limitUm: limit.limitUm, exceeded }, warnings }
}
