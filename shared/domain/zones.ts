/** Treatment zones: clinical reference, section 4. Codes are permanent. */
export const zoneCodes = [
  'FOREHEAD',
  'GLABELLA',
  'TEMPLE',
  'PERIORB_LAT',
  'INFRAORB',
  'ORBITAL',
  'NOSE_BRIDGE',
  'NOSE_LOWER',
  'CHEEK_ANT',
  'CHEEK_LAT',
  'LIP_UPPER',
  'LIP_LOWER',
  'CHIN',
  'JAWLINE',
  'SUBMENTAL',
  'NECK_ANT',
  'NECK_LAT',
  'DECOLLETAGE',
  'SCALP_FRONT',
  'SCALP_VERTEX',
  'SHOULDER',
  'UPPER_ARM',
  'FOREARM',
  'HAND_DORSUM',
  'BACK_UPPER',
  'BACK_LOWER',
  'ABDOMEN',
  'FLANK',
  'BUTTOCK',
  'THIGH_ANT',
  'THIGH_POST',
  'KNEE',
  'LOWER_LEG',
  'SCAR_SITE',
] as const
export type ZoneCode = (typeof zoneCodes)[number]

/** The patient's own left and right; M is the midline. "Both" is stored as two rows, so it is not a value. */
export const sides = ['L', 'R', 'M'] as const
export type Side = (typeof sides)[number]

export type ZoneSide = { readonly zone: ZoneCode; readonly side: Side }

/** `site` names the scar of a SCAR_SITE row and is null in every other zone. */
export type ZonePlace = ZoneSide & { readonly site: string | null }

export const regions = ['FACE', 'NECK', 'SCALP', 'BODY'] as const
export type Region = (typeof regions)[number]

/** Fitzpatrick skin types: recorded by a clinician, never inferred (clinical reference, section 1). */
export const fitzpatrickTypes = ['I', 'II', 'III', 'IV', 'V', 'VI'] as const
export type FitzpatrickType = (typeof fitzpatrickTypes)[number]

/** Types IV to VI: pigment caution on depth, sun and follow-up (clinical reference, section 2, row 29). */
export function isPigmentProne(fst: FitzpatrickType): boolean {
  return fst === 'IV' || fst === 'V' || fst === 'VI'
}

export const zoneNotes = [
  'OVER_BONE',
  'VESSELS',
  'STAMP',
  'TRAM_TRACK_RISK',
  'HSV_QUESTION',
  'NEVER_VERMILION',
  'NOT_DEEP_OVER_THYROID',
  'KELOID_PRONE',
  'OFF_LABEL',
  'AUTHORISED_ABDOMINAL_SCARS',
  'STRIAE',
  'NOT_PLANNABLE_UNTIL_ENABLED',
  'SITE_REQUIRED',
] as const
export type ZoneNote = (typeof zoneNotes)[number]

/** Depth settings in micrometres, both ends included. */
export type DepthRange = { readonly fromUm: number; readonly toUm: number }

/** What a zone's depth is held against; a clinic may set its own. Null where the reference gives no value. */
export type ZoneDepths = {
  /** Texture, tone, fine lines. */
  readonly usual: DepthRange | null
  /** Atrophic scars and striae. */
  readonly scar: DepthRange | null
  readonly softMaxUm: number | null
}

export type ZoneFacts = ZoneDepths & {
  readonly label: string
  readonly sides: readonly Side[]
  readonly region: Region
  readonly notes: readonly ZoneNote[]
  /** A trunk or thigh zone, about as large as face and neck together. */
  readonly isLarge: boolean
}

const midline = ['M'] as const
const bothSides = ['L', 'R'] as const

const face = { region: 'FACE', isLarge: false } as const
const neck = { region: 'NECK', isLarge: false } as const
const scalp = { region: 'SCALP', isLarge: false } as const
const limb = { region: 'BODY', isLarge: false } as const
const trunk = { region: 'BODY', isLarge: true } as const

/**
 * The table of the clinical reference, section 4: sides, depth ranges in micrometres (defaults the clinic confirms)
 * and notes. Zones under the chin count as neck, so FULL_FACE ends at the jawline.
 */
export const zoneTable = {
  FOREHEAD: {
    ...face,
    label: 'Forehead',
    sides: midline,
    ...depths([250, 750], [750, 1000], 1000),
    notes: ['OVER_BONE'],
  },
  GLABELLA: { ...face, label: 'Between brows', sides: midline, ...depths([250, 500], [500, 1000], 1000), notes: [] },
  TEMPLE: { ...face, label: 'Temple', sides: bothSides, ...depths([250, 750], [500, 1000], 1000), notes: ['VESSELS'] },
  PERIORB_LAT: {
    ...face,
    label: "Crow's feet, outside rim",
    sides: bothSides,
    ...depths([250, 500], [500, 500], 500),
    notes: ['STAMP'],
  },
  INFRAORB: {
    ...face,
    label: 'Below eye, outside rim',
    sides: bothSides,
    ...depths([200, 300], [500, 500], 500),
    notes: ['STAMP'],
  },
  ORBITAL: {
    ...face,
    label: 'Eyelid, inside rim',
    sides: bothSides,
    ...depths(null, null, null),
    notes: ['NOT_PLANNABLE_UNTIL_ENABLED'],
  },
  NOSE_BRIDGE: {
    ...face,
    label: 'Bridge of nose',
    sides: midline,
    ...depths([250, 500], [500, 500], 500),
    notes: ['TRAM_TRACK_RISK'],
  },
  NOSE_LOWER: { ...face, label: 'Nose tip, alae', sides: midline, ...depths([250, 750], [500, 1000], 1000), notes: [] },
  CHEEK_ANT: { ...face, label: 'Front cheek', sides: bothSides, ...depths([500, 1000], [1000, 2000], 2000), notes: [] },
  CHEEK_LAT: {
    ...face,
    label: 'Side cheek, preauricular',
    sides: bothSides,
    ...depths([500, 1000], [1000, 2000], 2000),
    notes: [],
  },
  LIP_UPPER: {
    ...face,
    label: 'Cutaneous upper lip',
    sides: midline,
    ...depths([250, 500], [500, 1000], 1000),
    notes: ['HSV_QUESTION', 'NEVER_VERMILION'],
  },
  LIP_LOWER: {
    ...face,
    label: 'Cutaneous lower lip',
    sides: midline,
    ...depths([250, 500], [500, 1000], 1000),
    notes: ['HSV_QUESTION', 'NEVER_VERMILION'],
  },
  CHIN: { ...face, label: 'Chin', sides: midline, ...depths([500, 1000], [1000, 1500], 1500), notes: [] },
  JAWLINE: {
    ...face,
    label: 'Jawline',
    sides: bothSides,
    ...depths([500, 1000], [1000, 1500], 1500),
    notes: ['OVER_BONE'],
  },
  SUBMENTAL: { ...neck, label: 'Under chin', sides: midline, ...depths([250, 750], [500, 1000], 1000), notes: [] },
  NECK_ANT: {
    ...neck,
    label: 'Front neck',
    sides: midline,
    ...depths([250, 750], [500, 1000], 1000),
    notes: ['NOT_DEEP_OVER_THYROID'],
  },
  NECK_LAT: { ...neck, label: 'Side neck', sides: bothSides, ...depths([250, 750], [500, 1000], 1000), notes: [] },
  DECOLLETAGE: {
    ...limb,
    label: 'Upper chest',
    sides: midline,
    ...depths([250, 750], [500, 1000], 1000),
    notes: ['KELOID_PRONE'],
  },
  SCALP_FRONT: {
    ...scalp,
    label: 'Scalp, front',
    sides: midline,
    ...depths([500, 1000], [1000, 1500], 1500),
    notes: ['OFF_LABEL'],
  },
  SCALP_VERTEX: {
    ...scalp,
    label: 'Scalp, crown',
    sides: midline,
    ...depths([500, 1000], [1000, 1500], 1500),
    notes: ['OFF_LABEL'],
  },
  SHOULDER: {
    ...limb,
    label: 'Shoulder',
    sides: bothSides,
    ...depths([500, 1000], [1000, 2000], 2000),
    notes: ['KELOID_PRONE'],
  },
  UPPER_ARM: { ...limb, label: 'Upper arm', sides: bothSides, ...depths([500, 1000], [1000, 2000], 2000), notes: [] },
  FOREARM: { ...limb, label: 'Forearm', sides: bothSides, ...depths([500, 1000], [1000, 2000], 2000), notes: [] },
  HAND_DORSUM: {
    ...limb,
    label: 'Back of hand',
    sides: bothSides,
    ...depths([500, 1000], [1000, 2000], 1000),
    notes: [],
  },
  BACK_UPPER: { ...trunk, label: 'Upper back', sides: midline, ...depths([500, 1500], [1500, 2500], 2500), notes: [] },
  BACK_LOWER: { ...trunk, label: 'Lower back', sides: midline, ...depths([500, 1500], [1500, 2500], 2500), notes: [] },
  ABDOMEN: {
    ...trunk,
    label: 'Abdomen',
    sides: midline,
    ...depths([500, 1500], [1500, 2500], 2500),
    notes: ['AUTHORISED_ABDOMINAL_SCARS'],
  },
  FLANK: { ...trunk, label: 'Flank', sides: bothSides, ...depths([500, 1500], [1500, 2500], 2500), notes: ['STRIAE'] },
  BUTTOCK: {
    ...trunk,
    label: 'Buttock',
    sides: bothSides,
    ...depths([500, 1500], [1500, 2500], 2500),
    notes: ['STRIAE'],
  },
  THIGH_ANT: {
    ...trunk,
    label: 'Front of thigh',
    sides: bothSides,
    ...depths([500, 1500], [1500, 2500], 2500),
    notes: ['STRIAE'],
  },
  THIGH_POST: {
    ...trunk,
    label: 'Back of thigh',
    sides: bothSides,
    ...depths([500, 1500], [1500, 2500], 2500),
    notes: ['STRIAE'],
  },
  KNEE: { ...limb, label: 'Knee', sides: bothSides, ...depths([500, 1500], [1500, 2500], 1500), notes: ['STRIAE'] },
  LOWER_LEG: {
    ...limb,
    label: 'Lower leg',
    sides: bothSides,
    ...depths([500, 1500], [1500, 2500], 1500),
    notes: ['STRIAE'],
  },
  SCAR_SITE: {
    ...limb,
    label: 'Named single scar',
    sides,
    ...depths(null, [1000, 2500], 2500),
    notes: ['SITE_REQUIRED'],
  },
} as const satisfies Readonly<Record<ZoneCode, ZoneFacts>>

/** The zone's row, widened so that callers compare plain values. */
export function zoneFacts(zone: ZoneCode): ZoneFacts {
  return zoneTable[zone]
}

export function isFacial(zone: ZoneCode): boolean {
  return zoneTable[zone].region === 'FACE'
}

/**
 * Zones where a cold-sore history matters (clinical reference, SQ-18 and SQ-19): the face, the skin under the chin, and
 * a named scar, whose place only its free text tells.
 */
export function isHsvRelevant(zone: ZoneCode): boolean {
  return isFacial(zone) || zone === 'SUBMENTAL' || zone === 'SCAR_SITE'
}

export function isKeloidProne(zone: ZoneCode): boolean {
  return zoneFacts(zone).notes.includes('KELOID_PRONE')
}

export function requiresSite(zone: ZoneCode): boolean {
  return zoneFacts(zone).notes.includes('SITE_REQUIRED')
}

export function allowsSide(zone: ZoneCode, side: Side): boolean {
  return zoneFacts(zone).sides.includes(side)
}

/** Same zone and side; and the same scar where the zone is a named one (case and spacing do not make another scar). */
export function placeKey(place: ZoneSide & { readonly site?: string | null }): string {
  const site = requiresSite(place.zone) ? `|${(place.site ?? '').trim().replace(/\s+/gu, ' ').toLowerCase()}` : ''
  return `${place.zone}|${place.side}${site}`
}

export function includesPlace(places: readonly ZonePlace[], place: ZonePlace): boolean {
  return places.some((other) => placeKey(other) === placeKey(place))
}

/** True where `zones` names the zone and side; a scar's free-text site plays no part. */
export function includesZoneSide(zones: readonly ZoneSide[], { zone, side }: ZoneSide): boolean {
  return zones.some((other) => other.zone === zone && other.side === side)
}

export const presets = ['FULL_FACE', 'FACE_NECK', 'FACE_NECK_DECOLLETAGE'] as const
export type Preset = (typeof presets)[number]

/** A preset is stored as its rows, never as itself; a two-sided zone gives two rows. ORBITAL is never part of one. */
export function expandPreset(preset: Preset): readonly ZoneSide[] {
  return zoneCodes
    .filter((zone) => isInPreset(zone, preset))
    .flatMap((zone) => zoneFacts(zone).sides.map((side) => ({ zone, side })))
}

function isInPreset(zone: ZoneCode, preset: Preset): boolean {
  if (zone === 'ORBITAL') return false
  const region = zoneTable[zone].region
  if (region === 'FACE') return true
  if (region === 'NECK') return preset !== 'FULL_FACE'
  return zone === 'DECOLLETAGE' && preset === 'FACE_NECK_DECOLLETAGE'
}

/** Clinical reference, section 2, rows 2-4. Fine and deep lines are two codes because their depths differ. */
export const indications = [
  'ACNE_SCAR',
  'OTHER_SCAR',
  'DYSCHROMIA',
  'RHYTIDES_FINE',
  'RHYTIDES_DEEP',
  'PORES',
  'TEXTURE',
  'LAXITY',
  'TONE',
  'STRIAE',
  'PHOTOAGING',
] as const
export type Indication = (typeof indications)[number]

/**
 * Depth by indication in micrometres (clinical reference, section 4, defaults the clinic confirms). Null where the
 * reference gives none: the zone's usual range stands. DYSCHROMIA has an upper end only.
 */
export const indicationDepths = {
  ACNE_SCAR: { fromUm: 1000, toUm: 2000 },
  OTHER_SCAR: { fromUm: 1500, toUm: 2500 },
  DYSCHROMIA: { fromUm: 0, toUm: 500 },
  RHYTIDES_FINE: { fromUm: 500, toUm: 1000 },
  RHYTIDES_DEEP: { fromUm: 1000, toUm: 1500 },
  PORES: { fromUm: 500, toUm: 1000 },
  TEXTURE: null,
  LAXITY: null,
  TONE: { fromUm: 250, toUm: 500 },
  STRIAE: { fromUm: 1500, toUm: 2500 },
  PHOTOAGING: null,
} as const satisfies Readonly<Record<Indication, DepthRange | null>>

/** Scars and striae are held against the zone's scar range, everything else against its usual range. */
export function isScarIndication(indication: Indication): boolean {
  return indication === 'ACNE_SCAR' || indication === 'OTHER_SCAR' || indication === 'STRIAE'
}

function depths(
  usual: readonly [number, number] | null,
  scar: readonly [number, number] | null,
  softMaxUm: number | null,
): ZoneDepths {
  return {
    usual: usual && { fromUm: usual[0], toUm: usual[1] },
    scar: scar && { fromUm: scar[0], toUm: scar[1] },
    softMaxUm,
  }
}
