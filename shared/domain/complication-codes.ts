/** Clinical reference, section 7. Codes are permanent and in the order of its table. */
export const complicationCodes = [
  'ERYTHEMA',
  'PERSISTENT_ERYTHEMA',
  'OEDEMA',
  'PAIN_BURNING',
  'PETECHIAE',
  'BRUISING',
  'BLEEDING_PROLONGED',
  'DRYNESS_PEELING',
  'PRURITUS',
  'CRUSTING',
  'LYMPHADENOPATHY',
  'IRRITANT_DERMATITIS',
  'ALLERGIC_CONTACT',
  'ACNE_FLARE',
  'FOLLICULITIS',
  'MILIA',
  'INFECTION_BACTERIAL',
  'HSV_REACTIVATION',
  'INFECTION_FUNGAL',
  'INFECTION_MYCOBACT',
  'PIH',
  'HYPOPIGMENTATION',
  'SCAR_TRAM_TRACK',
  'SCAR_HYPERTROPHIC',
  'SCAR_KELOID',
  'GRANULOMA_ALLERGIC',
  'URTICARIA',
  'ANAPHYLAXIS',
  'ANAESTHETIC_TOXICITY',
  'VASOVAGAL',
  'OCULAR_INJURY',
  'NERVE_INJURY',
  'BURN_RF',
  'FAT_LOSS_RF',
  'BLOODBORNE_EXPOSURE',
  'DEVICE_MALFUNCTION',
  'DISSATISFACTION',
] as const
export type ComplicationCode = (typeof complicationCodes)[number]

/** 1 mild .. 5 death, after CTCAE [L10]. */
export const grades = [1, 2, 3, 4, 5] as const
export type Grade = (typeof grades)[number]

/**
 * The window in which a code is expected to end, counted in days from the session (day 0). `WINDOW.days` is the
 * shipped default (**CC**), which the clinic may set otherwise; `reviewAfterDays` asks for a look before it is over.
 */
export type ExpectedWindow =
  | { readonly kind: 'WINDOW'; readonly days: number; readonly reviewAfterDays: number | null }
  | { readonly kind: 'SAME_DAY' }
  | { readonly kind: 'PERSISTENT' }
  | { readonly kind: 'EMERGENCY' }
  | { readonly kind: 'LOOK_BACK' }
  | { readonly kind: 'NONE' }

/** How fast the physician hears of it beside grade and signs; null where those alone decide. */
export type PhysicianPace = 'AT_ONCE' | 'SAME_DAY' | null

/** GRADE follows the grade cadence, PIH and SCAR have fixed dates, NONE needs no clinical follow-up. */
export type FollowUpScheduleKind = 'GRADE' | 'PIH' | 'SCAR' | 'NONE'

export type ComplicationRow = {
  readonly term: string
  /** As the reference prints it, e.g. `0-24 h`, `2-12 wk`. */
  readonly typicalOnset: string
  /** As the reference prints it, without source tags. */
  readonly windowText: string
  readonly window: ExpectedWindow
  readonly overrunNote: string
  /** Logged on the session while inside its window, not as a complication. */
  readonly isExpectedReaction: boolean
  readonly isRedFlag: boolean
  readonly isRfOnly: boolean
  readonly isClinical: boolean
  readonly physician: PhysicianPace
  /** Asks for a report decision by itself, whatever the grade. */
  readonly promptsReport: boolean
  readonly schedule: FollowUpScheduleKind
  /** What an unresolved expected reaction is called from this day on. */
  readonly becomes: { readonly code: ComplicationCode; readonly onDay: number } | null
}

const usual = {
  isExpectedReaction: false,
  isRedFlag: false,
  isRfOnly: false,
  isClinical: true,
  physician: null,
  promptsReport: false,
  schedule: 'GRADE',
  becomes: null,
} as const

function inDays(days: number, reviewAfterDays: number | null = null): ExpectedWindow {
  return { kind: 'WINDOW', days, reviewAfterDays }
}

const scar = {
  ...usual,
  term: 'Scarring',
  typicalOnset: '2-12 wk',
  windowText: 'none: persistent',
  window: { kind: 'PERSISTENT' },
  overrunNote: 'stop series, physician',
  physician: 'SAME_DAY',
  schedule: 'SCAR',
} as const

const rfRelated = {
  ...usual,
  term: 'RF related',
  typicalOnset: '0 h-months',
  windowText: 'none',
  window: { kind: 'PERSISTENT' },
  overrunNote: 'RF only',
  isRfOnly: true,
  physician: 'SAME_DAY',
  promptsReport: true,
} as const

const otherInfection = {
  ...usual,
  term: 'Other infection',
  typicalOnset: '1-8 wk',
  overrunNote: 'red flag; equipment/water look-back',
  isRedFlag: true,
  physician: 'AT_ONCE',
} as const

const breakout = {
  ...usual,
  term: 'Breakout',
  typicalOnset: '2-10 d',
  windowText: '14',
  window: inDays(14),
  overrunNote: '',
} as const

const surfaceHealing = { ...usual, typicalOnset: '1-4 d', overrunNote: '', isExpectedReaction: true } as const

/** The table of the clinical reference, section 7, one entry per code. */
export const complicationTable: Readonly<Record<ComplicationCode, ComplicationRow>> = {
  ERYTHEMA: {
    ...usual,
    term: 'Redness (expected)',
    typicalOnset: '0 h',
    windowText: '3 (review > 7)',
    window: inDays(3, 7),
    overrunNote: 'first becomes second at day 14',
    isExpectedReaction: true,
    becomes: { code: 'PERSISTENT_ERYTHEMA', onDay: 14 },
  },
  PERSISTENT_ERYTHEMA: {
    ...usual,
    term: 'still red',
    typicalOnset: '> 14 d',
    windowText: '90',
    window: inDays(90),
    overrunNote: 'first becomes second at day 14',
  },
  OEDEMA: {
    ...usual,
    term: 'Swelling (expected)',
    typicalOnset: '0-24 h',
    windowText: '3',
    window: inDays(3),
    overrunNote: 'asymmetric or periorbital -> physician',
    isExpectedReaction: true,
  },
  PAIN_BURNING: {
    ...usual,
    term: 'Pain, burning',
    typicalOnset: '0 h',
    windowText: '2',
    window: inDays(2),
    overrunNote: 'worsening after 48 h = red flag',
  },
  PETECHIAE: {
    ...usual,
    term: 'Pinpoint bleed',
    typicalOnset: '0-24 h',
    windowText: '7',
    window: inDays(7),
    overrunNote: 'ask SQ-12/13',
  },
  BRUISING: {
    ...usual,
    term: 'ecchymosis',
    typicalOnset: '0-24 h',
    windowText: '14',
    window: inDays(14),
    overrunNote: 'ask SQ-12/13',
  },
  BLEEDING_PROLONGED: {
    ...usual,
    term: '> 10 min with pressure',
    typicalOnset: '0 h',
    windowText: 'same day',
    window: { kind: 'SAME_DAY' },
    overrunNote: 'physician now',
    physician: 'AT_ONCE',
  },
  DRYNESS_PEELING: { ...surfaceHealing, term: 'Desquamation', windowText: '7', window: inDays(7) },
  PRURITUS: { ...surfaceHealing, term: 'itch', windowText: '7', window: inDays(7) },
  CRUSTING: { ...surfaceHealing, term: 'crusts (expected)', windowText: '10', window: inDays(10) },
  LYMPHADENOPATHY: {
    ...usual,
    term: 'Tender nodes',
    typicalOnset: '1-3 d',
    windowText: '7',
    window: inDays(7),
    overrunNote: '',
  },
  IRRITANT_DERMATITIS: {
    ...usual,
    term: 'Dermatitis',
    typicalOnset: '0-2 d',
    windowText: '7',
    window: inDays(7),
    overrunNote: 'record product lot',
  },
  ALLERGIC_CONTACT: {
    ...usual,
    term: 'Dermatitis',
    typicalOnset: '1-4 d',
    windowText: '21',
    window: inDays(21),
    overrunNote: 'record product lot',
  },
  ACNE_FLARE: breakout,
  FOLLICULITIS: breakout,
  MILIA: {
    ...usual,
    term: 'milia',
    typicalOnset: '2-6 wk',
    windowText: '60',
    window: inDays(60),
    overrunNote: '',
  },
  INFECTION_BACTERIAL: {
    ...usual,
    term: 'Pustules, spreading warmth',
    typicalOnset: '1-7 d',
    windowText: '14 with treatment',
    window: inDays(14),
    overrunNote: 'red flag',
    isRedFlag: true,
    physician: 'AT_ONCE',
  },
  HSV_REACTIVATION: {
    ...usual,
    term: 'Grouped vesicles',
    typicalOnset: '2-7 d',
    windowText: '14',
    window: inDays(14),
    overrunNote: 'red flag, physician same day',
    isRedFlag: true,
    physician: 'AT_ONCE',
  },
  INFECTION_FUNGAL: { ...otherInfection, windowText: '30', window: inDays(30) },
  INFECTION_MYCOBACT: { ...otherInfection, windowText: '180', window: inDays(180) },
  PIH: {
    ...usual,
    term: 'Darkening',
    typicalOnset: '7-28 d',
    windowText: '180',
    window: inDays(180),
    overrunNote: 'FST IV-VI follow-up schedule below',
    schedule: 'PIH',
  },
  HYPOPIGMENTATION: {
    ...usual,
    term: 'Lightening',
    typicalOnset: '2-12 wk',
    windowText: '365',
    window: inDays(365),
    overrunNote: 'physician',
    physician: 'SAME_DAY',
  },
  SCAR_TRAM_TRACK: scar,
  SCAR_HYPERTROPHIC: scar,
  SCAR_KELOID: scar,
  GRANULOMA_ALLERGIC: {
    ...usual,
    term: 'Papules/nodules, delayed',
    typicalOnset: 'days-months',
    windowText: 'none: may resist treatment',
    window: { kind: 'PERSISTENT' },
    overrunNote: 'biopsy decision; product + cartridge lot; report prompt',
    physician: 'SAME_DAY',
    promptsReport: true,
    schedule: 'SCAR',
  },
  URTICARIA: {
    ...usual,
    term: 'Immediate allergy',
    typicalOnset: '0-2 h',
    windowText: '1',
    window: inDays(1),
    overrunNote: 'red flag',
    isRedFlag: true,
    physician: 'AT_ONCE',
  },
  ANAPHYLAXIS: {
    ...usual,
    term: 'Immediate allergy',
    typicalOnset: '0-2 h',
    windowText: 'emergency',
    window: { kind: 'EMERGENCY' },
    overrunNote: 'red flag',
    isRedFlag: true,
    physician: 'AT_ONCE',
  },
  ANAESTHETIC_TOXICITY: {
    ...usual,
    term: 'Perioral numbness, tinnitus, seizure, arrhythmia',
    typicalOnset: '0-2 h',
    windowText: 'emergency',
    window: { kind: 'EMERGENCY' },
    overrunNote: 'red flag',
    isRedFlag: true,
    physician: 'AT_ONCE',
    promptsReport: true,
  },
  VASOVAGAL: {
    ...usual,
    term: 'Faint',
    typicalOnset: '0 h',
    windowText: 'same day',
    window: { kind: 'SAME_DAY' },
    overrunNote: '',
  },
  OCULAR_INJURY: {
    ...usual,
    term: 'Eye pain, vision change',
    typicalOnset: '0-24 h',
    windowText: 'emergency',
    window: { kind: 'EMERGENCY' },
    overrunNote: 'red flag',
    isRedFlag: true,
    physician: 'AT_ONCE',
  },
  NERVE_INJURY: rfRelated,
  BURN_RF: rfRelated,
  FAT_LOSS_RF: rfRelated,
  BLOODBORNE_EXPOSURE: {
    ...usual,
    term: 'Reused/contaminated needle',
    typicalOnset: 'n/a',
    windowText: 'look-back',
    window: { kind: 'LOOK_BACK' },
    overrunNote: 'red flag, public-health duty',
    isRedFlag: true,
    physician: 'AT_ONCE',
    promptsReport: true,
  },
  DEVICE_MALFUNCTION: {
    ...usual,
    term: 'Broken needle, depth drift, seal failure',
    typicalOnset: '0 h',
    windowText: 'n/a',
    window: { kind: 'NONE' },
    overrunNote: 'quarantine device/lot',
    promptsReport: true,
  },
  DISSATISFACTION: {
    ...usual,
    term: 'Result concern',
    typicalOnset: 'any',
    windowText: 'n/a',
    window: { kind: 'NONE' },
    overrunNote: 'not clinical grade',
    isClinical: false,
    schedule: 'NONE',
  },
}

/** Infections of the reference's block rule (section 7, open AE effects); herpes is one of them by name. */
export const infectionCodes: readonly ComplicationCode[] = [
  'INFECTION_BACTERIAL',
  'HSV_REACTIVATION',
  'INFECTION_FUNGAL',
  'INFECTION_MYCOBACT',
]
export const scarCodes: readonly ComplicationCode[] = ['SCAR_TRAM_TRACK', 'SCAR_HYPERTROPHIC', 'SCAR_KELOID']
/** A red flag for which the emergency text is shown before a grade is known. */
export const emergencyCodes: readonly ComplicationCode[] = complicationCodes.filter(
  (code) => complicationTable[code].window.kind === 'EMERGENCY',
)

/** What each grade means where a code has no anchor of its own: clinical reference, section 7, Grade [L10]. */
export const genericAnchors: Readonly<Record<Grade, string>> = {
  1: 'mild, observation only',
  2: 'moderate, minimal/local/non-invasive treatment, limits instrumental daily activity',
  3: 'severe or medically significant, or disabling/disfiguring or hospital care, not immediately life-threatening',
  4: 'life-threatening, urgent',
  5: 'death',
}

const codeAnchors: { readonly [Code in ComplicationCode]?: { readonly [G in Grade]?: string } } = {
  PIH: {
    1: '< 10 % of treated area, coverable',
    2: '>= 10 % or distressing',
    3: 'disfiguring > 6 months',
  },
}

/** The text beside a grade when it is chosen (**CC**); null where the code has no clinical grade. */
export function gradeAnchor(code: ComplicationCode, grade: Grade): string | null {
  if (!complicationTable[code].isClinical) return null
  return codeAnchors[code]?.[grade] ?? genericAnchors[grade]
}

/** Codes offered for a session: RF injuries only where an RF device was used. */
export function codesFor(device: { readonly isRf: boolean }): readonly ComplicationCode[] {
  return complicationCodes.filter((code) => device.isRf || !complicationTable[code].isRfOnly)
}
