import { mechanicalMaxUm, minDepthUm } from './depth-limit.ts'
import {
  type AimedEndpoint,
  aimedEndpoints,
  type DraftPlannedZone,
  type PassDirection,
  type Technique,
} from './session.ts'
import { allowsSide, type Indication, requiresSite, type ZoneSide } from './zones.ts'

/**
 * A zone as the clinic usually treats it: everything a person sets beforehand. What happens (passes given, endpoint
 * reached, lots, times, pain, reactions) has no field here (clinical reference, section 5, copy-forward).
 */
export type PresetRow = ZoneSide & {
  readonly indication: Indication | null
  readonly depthUm: number | null
  readonly technique: Technique | null
  /** Directions meant for each pass, one entry per pass. */
  readonly passes: readonly (readonly PassDirection[])[]
  /** The sign at which to stop. */
  readonly endpoint: AimedEndpoint | null
  /** In the unit of the device. */
  readonly speed: number | null
}

export type SessionPreset = { readonly name: string; readonly rows: readonly PresetRow[] }

export const presetStates = ['IN_USE', 'RETIRED'] as const
export type PresetState = (typeof presetStates)[number]

export type PresetFaultCode =
  | 'NAME_MISSING'
  | 'NO_ZONES'
  | 'ZONE_TWICE'
  | 'SIDE_NOT_OF_ZONE'
  | 'SINGLE_SCAR'
  | 'ORBITAL_NOT_ENABLED'
  | 'DEPTH_BELOW_MINIMUM'
  | 'DEPTH_OVER_CEILING'
  | 'PASSES_OVER_THREE'
  | 'DIRECTIONS_MISSING'
  | 'SPEED_IMPOSSIBLE'
/** `row` counts from 0; null where it is about the preset as a whole. */
export type PresetFault = { readonly code: PresetFaultCode; readonly row: number | null }

/** Clinical reference, section 4: three passes at most in every zone. */
const maxPasses = 3

/** Everything that keeps a preset from being saved; the ceiling and the eyelids are the policy's. */
export function checkPreset(
  { name, rows }: SessionPreset,
  { ceilingUm, isOrbitalEnabled }: { readonly ceilingUm: number; readonly isOrbitalEnabled: boolean },
): readonly PresetFault[] {
  const whole: PresetFault[] = []
  if (name.trim() === '') whole.push({ code: 'NAME_MISSING', row: null })
  if (rows.length === 0) whole.push({ code: 'NO_ZONES', row: null })
  const keys = rows.map(({ zone, side }) => `${zone} ${side}`)
  return [
    ...whole,
    ...rows.flatMap((row, index) => {
      const codes = rowFaults(row, { ceilingUm, isOrbitalEnabled })
      const all = keys.indexOf(`${row.zone} ${row.side}`) === index ? codes : [...codes, 'ZONE_TWICE' as const]
      return all.map((code) => ({ code, row: index }))
    }),
  ]
}

function rowFaults(
  { zone, side, depthUm, passes, speed }: PresetRow,
  { ceilingUm, isOrbitalEnabled }: { readonly ceilingUm: number; readonly isOrbitalEnabled: boolean },
): readonly PresetFaultCode[] {
  const codes: PresetFaultCode[] = []
  if (!allowsSide(zone, side)) codes.push('SIDE_NOT_OF_ZONE')
  // A named scar is one patient's own.
  if (requiresSite(zone)) codes.push('SINGLE_SCAR')
  if (zone === 'ORBITAL' && !isOrbitalEnabled) codes.push('ORBITAL_NOT_ENABLED')
  if (depthUm !== null && depthUm < minDepthUm) codes.push('DEPTH_BELOW_MINIMUM')
  if (depthUm !== null && depthUm > Math.min(ceilingUm, mechanicalMaxUm)) codes.push('DEPTH_OVER_CEILING')
  if (passes.length > maxPasses) codes.push('PASSES_OVER_THREE')
  if (passes.some((directions) => directions.length === 0)) codes.push('DIRECTIONS_MISSING')
  if (speed !== null && speed <= 0) codes.push('SPEED_IMPOSSIBLE')
  return codes
}

/**
 * A preset as rows of a plan, each to be changed at will; the preset itself is never kept with a session (clinical
 * reference, section 4). A depth over today's limit stays as it is, so that the limit is seen and not quietly obeyed.
 */
export function expandSessionPreset({ rows }: SessionPreset): readonly DraftPlannedZone[] {
  return rows.map(({ zone, side, indication, depthUm, technique, passes, endpoint, speed }) => ({
    zone,
    side,
    site: null,
    indication,
    depthUm,
    aim: { technique, passes, endpoint, speed },
    copiedFrom: 'PRESET',
  }))
}

export function isAimedEndpoint(endpoint: string): endpoint is AimedEndpoint {
  return aimedEndpoints.some((known) => known === endpoint)
}
