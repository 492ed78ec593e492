import { z } from 'zod'
import type { ZonePlace, ZoneSide } from '../../domain/zones.ts'
import { allowsSide, requiresSite, sides, zoneCodes } from '../../domain/zones.ts'
import { line } from '../scalars.ts'

export const zoneSide = z.strictObject({ zone: z.enum(zoneCodes), side: z.enum(sides) }) satisfies z.ZodType<ZoneSide>

export const siteText = line(120)
export const zonePlace = {
  zone: z.enum(zoneCodes),
  side: z.enum(sides),
  /** Names the scar of a SCAR_SITE row; null elsewhere. */
  site: siteText.nullable(),
}

/** A place that exists: the zone has that side, and a named scar has its name. */
export function isPlace({ zone, side, site }: ZonePlace): boolean {
  return allowsSide(zone, side) && (requiresSite(zone) ? (site ?? '').trim() !== '' : site === null)
}
