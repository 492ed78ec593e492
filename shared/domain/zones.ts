/** Treatment zones: clinical reference, section 4. Codes are permanent. */
export const zoneCodes = [
  'FOREHEAD', 'GLABELLA', 'TEMPLE', 'PERIORB_LAT', 'INFRAORB', 'ORBITAL', 'NOSE_BRIDGE', 'NOSE_LOWER',
  'CHEEK_ANT', 'CHEEK_LAT', 'LIP_UPPER', 'LIP_LOWER', 'CHIN', 'JAWLINE', 'SUBMENTAL', 'NECK_ANT', 'NECK_LAT',
  'DECOLLETAGE', 'SCALP_FRONT', 'SCALP_VERTEX', 'SHOULDER', 'UPPER_ARM', 'FOREARM', 'HAND_DORSUM',
  'BACK_UPPER', 'BACK_LOWER', 'ABDOMEN', 'FLANK', 'BUTTOCK', 'THIGH_ANT', 'THIGH_POST', 'KNEE', 'LOWER_LEG',
  'SCAR_SITE',
] as const
export type ZoneCode = (typeof zoneCodes)[number]

/** The patient's own left and right; M is the midline. "Both" is stored as two rows, so it is not a value. */
export const sides = ['L', 'R', 'M'] as const
export type Side = (typeof sides)[number]

export type ZoneSide = { readonly zone: ZoneCode; readonly side: Side }
