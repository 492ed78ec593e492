import { indications, zoneCodes } from '../../../shared/domain/zones.ts'
import type { PolicyText, RangeText } from './policy-body.ts'

/** Path of the first range that begins above its end, or null. Such a text is not stored until it is put right. */
export function findOpenRange(text: PolicyText): string | null {
  const { zoneDepths, indicationDepths } = text.settings
  for (const zone of zoneCodes) {
    if (isReversed(zoneDepths[zone].usual)) return `zone ${zone} usual`
    if (isReversed(zoneDepths[zone].scar)) return `zone ${zone} scar`
  }
  return indications.find((indication) => isReversed(indicationDepths[indication])) ?? null
}

export function isReversed(range: RangeText): boolean {
  return range !== null && range.fromUm > range.toUm
}

/** One end typed: the other end follows where there was none, and an emptied end empties the range. */
export function withRangeEnd(range: RangeText, end: 'fromUm' | 'toUm', depthUm: number | null): RangeText {
  if (depthUm === null) return null
  return range === null ? { fromUm: depthUm, toUm: depthUm } : { ...range, [end]: depthUm }
}
