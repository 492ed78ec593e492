import { isHsvRelevant, type ZoneSide, zoneCodes, zoneFacts } from '../zones.ts'

/**
 * Where the cold sore rules reach (SQ-18, SQ-19): every facial zone, and SCAR_SITE, whose place only its free text
 * tells, so the rule must assume the face.
 */
export function isInReachOfColdSore({ zone }: ZoneSide): boolean {
  return isHsvRelevant(zone) || zone === 'SCAR_SITE'
}

export const wholeFace: readonly ZoneSide[] = zoneCodes
  .flatMap((zone) => zoneFacts(zone).sides.map((side): ZoneSide => ({ zone, side })))
  .filter(isInReachOfColdSore)
