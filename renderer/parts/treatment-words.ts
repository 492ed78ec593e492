import type { DeviceType, procedureOf } from '../../shared/domain/device.ts'
import type { ScarGrade } from '../../shared/domain/order.ts'
import type { SeriesStatus } from '../../shared/domain/series.ts'
import type { AddonKind } from '../../shared/domain/session.ts'
import {
  expandPreset,
  type FitzpatrickType,
  type Indication,
  type Preset,
  type ZonePlace,
} from '../../shared/domain/zones.ts'
import { zoneName } from './zone-names.ts'

/** Words for what is treated and with what, wherever a person reads them. */
export const indicationWords: Readonly<Record<Indication, string>> = {
  ACNE_SCAR: 'Acne scars',
  OTHER_SCAR: 'Other scars',
  DYSCHROMIA: 'Uneven colour, melasma',
  RHYTIDES_FINE: 'Fine lines',
  RHYTIDES_DEEP: 'Deep lines',
  PORES: 'Pores',
  TEXTURE: 'Texture',
  LAXITY: 'Laxity',
  TONE: 'Tone, glow',
  STRIAE: 'Stretch marks',
  PHOTOAGING: 'Sun damage',
}

/** Goodman and Baron's levels: clinical reference, section 9. */
export const scarGradeWords: Readonly<Record<ScarGrade, string>> = {
  GB_2006_1: '1 Macular: flat colour change only',
  GB_2006_2: '2 Mild: not obvious at 50 cm or more',
  GB_2006_3: '3 Moderate: obvious at 50 cm, flattens on stretching',
  GB_2006_4: '4 Severe: obvious at 50 cm, does not flatten',
}

export const deviceTypeWords: Readonly<Record<DeviceType, string>> = {
  PEN: 'Pen',
  ROLLER: 'Roller',
  STAMP: 'Stamp',
  RF_PEN: 'Radiofrequency pen',
}

export const procedureWords = {
  MECHANICAL: 'Microneedling',
  RF: 'Radiofrequency (RF) microneedling',
} as const satisfies Readonly<Record<ReturnType<typeof procedureOf>, string>>

export const addonWords: Readonly<Record<AddonKind, string>> = {
  PRP: 'Platelet-rich plasma',
  PEEL: 'Peel',
  LED: 'LED light',
  FACIAL: 'Facial',
  OTHER: 'Other',
}

export const seriesStatusWords: Readonly<Record<SeriesStatus, string>> = {
  PLANNED: 'Planned',
  ACTIVE: 'Running',
  ON_HOLD: 'On hold',
  COMPLETED: 'Completed',
  ENDED_EARLY: 'Ended early',
  MAINTENANCE: 'Maintenance',
}

export const skinTypeWords: Readonly<Record<FitzpatrickType, string>> = {
  I: 'I always burns, never tans',
  II: 'II usually burns',
  III: 'III sometimes burns, tans gradually',
  IV: 'IV rarely burns, tans easily',
  V: 'V very rarely burns',
  VI: 'VI never burns',
}

export const presetWords: Readonly<Record<Preset, string>> = {
  FULL_FACE: 'Full face',
  FACE_NECK: 'Face and neck',
  FACE_NECK_DECOLLETAGE: 'Face, neck, upper chest',
}

/** `full face`, `Cheek, front, Temple and 2 more`: zones by name, a side counted with its other one. */
export function zonesInWords(zones: readonly ZonePlace[], most = 3): string {
  const preset = (['FACE_NECK_DECOLLETAGE', 'FACE_NECK', 'FULL_FACE'] as const).find((known) => isPreset(zones, known))
  if (preset) return presetWords[preset]
  const names = [...new Set(zones.map(({ zone, site }) => site || zoneName(zone)))]
  const shown = names.slice(0, most).join(' · ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}

function isPreset(zones: readonly ZonePlace[], preset: Preset): boolean {
  const wanted = expandPreset(preset)
  return (
    zones.length === wanted.length &&
    wanted.every((place) => zones.some(({ zone, side }) => zone === place.zone && side === place.side))
  )
}
