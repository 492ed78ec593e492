import { type Side, type ZoneCode, type ZoneSide, zoneCodes, zoneFacts } from '../../shared/domain/zones.ts'
import { formatMmUnit } from './format.ts'

/** Short names for maps and tables, where the clinical reference's own label is too long for a column. */
const shortNames: Readonly<Partial<Record<ZoneCode, string>>> = {
  GLABELLA: 'Glabella',
  PERIORB_LAT: 'Crow’s feet',
  INFRAORB: 'Below eye',
  ORBITAL: 'Eyelid',
  NOSE_BRIDGE: 'Nose bridge',
  CHEEK_ANT: 'Cheek, front',
  CHEEK_LAT: 'Cheek, side',
  LIP_UPPER: 'Upper lip',
  LIP_LOWER: 'Lower lip',
  SCAR_SITE: 'Single scar',
}

/** `Cheek, front`. */
export function zoneName(zone: ZoneCode): string {
  return shortNames[zone] ?? zoneFacts(zone).label
}

/** `patient’s left`; the midline needs no word. */
export function sideName(side: Side): string {
  return side === 'L' ? 'patient’s left' : side === 'R' ? 'patient’s right' : ''
}

/** `Temple, patient’s left`. */
export function zoneSideName({ zone, side }: ZoneSide): string {
  return [zoneName(zone), sideName(side)].filter(Boolean).join(', ')
}

/** What a map shows of one zone. */
export type ZoneMark = ZoneSide & {
  /** Null: not treated, or not planned. */
  readonly depthUm: number | null
  /** The last session's depth where it differs, null where it does not or there was none. */
  readonly wasUm: number | null
  /** The last session's depth here, drawn behind whether or not it differs. */
  readonly ghostUm?: number | null
  readonly isOver: boolean
  /** `dev. 1`: drawn outside the figure with a leader. */
  readonly deviation: string | null
}

/** `Temple, patient’s left, 0.75 mm, over the limit`. */
export function zoneMarkName(mark: ZoneMark): string {
  const depth = mark.depthUm === null ? 'not treated' : formatMmUnit(mark.depthUm)
  const was = lastTimeText(mark)
  const deviation = mark.deviation === null ? '' : mark.deviation.replace(/^dev\. /, 'deviation ')
  return [zoneSideName(mark), depth, mark.isOver ? 'over the limit' : '', deviation, was].filter(Boolean).join(', ')
}

function lastTimeText({ wasUm, ghostUm = null, depthUm }: ZoneMark): string {
  if (wasUm !== null) return `last time ${formatMmUnit(wasUm)}`
  if (ghostUm === null) return ''
  return ghostUm === depthUm ? 'as last time' : `last time ${formatMmUnit(ghostUm)}`
}

export function isSameZone(a: ZoneSide | null, b: ZoneSide): boolean {
  return a !== null && a.zone === b.zone && a.side === b.side
}

/** The order of every table and of the keyboard: the reference's zones, right before left. */
export function compareZones(a: ZoneSide, b: ZoneSide): number {
  const byZone = zoneCodes.indexOf(a.zone) - zoneCodes.indexOf(b.zone)
  return byZone !== 0 ? byZone : sideOrder.indexOf(a.side) - sideOrder.indexOf(b.side)
}

const sideOrder: readonly Side[] = ['M', 'R', 'L']

/** Every side of the zones, in table order, with nothing treated. */
export function untreated(zones: readonly ZoneCode[]): readonly ZoneMark[] {
  return zones
    .flatMap((zone) => zoneFacts(zone).sides.map((side) => ({ zone, side })))
    .sort(compareZones)
    .map((place) => ({ ...place, depthUm: null, wasUm: null, isOver: false, deviation: null }))
}
