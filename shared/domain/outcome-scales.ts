import type { Indication } from './zones.ts'

/** Everything a course is measured with: clinical reference, section 9. A level is stored with code and version. */
export const outcomeScaleCodes = [
  'GAIS',
  'GB_QUAL',
  'GB_QUANT',
  'GLOGAU',
  'VSS',
  'MMASI',
  'SATISFACTION',
  'WOULD_REPEAT',
  'PAIN_NRS',
  'DOWNTIME_DAYS',
] as const
export type OutcomeScaleCode = (typeof outcomeScaleCodes)[number]

export const scaleVersions = ['5_BEST_1', '2006', '1996', '1990', '2011', 'CLINIC_1', '0_TO_10', 'DAYS'] as const
export type ScaleVersion = (typeof scaleVersions)[number]

export const vssParts = ['VASCULARITY', 'PIGMENTATION', 'PLIABILITY', 'HEIGHT'] as const
export type VssPart = (typeof vssParts)[number]

export type OutcomeScale = {
  readonly code: OutcomeScaleCode
  /** Another edition, or another direction of the same words, is another version and never compared with this one. */
  readonly version: ScaleVersion
  readonly name: string
  readonly scoredBy: 'CLINICIAN' | 'PATIENT' | 'BOTH'
  /** STATE: of the day, before and after. CHANGE: says how it went, so there is none before the first session. */
  readonly measures: 'STATE' | 'CHANGE'
  readonly better: 'LOWER' | 'HIGHER'
  /** Bounds of the level, both included. */
  readonly from: number
  readonly to: number
  /** The smallest difference that can be written down. */
  readonly step: 1 | 0.1
  /** Every level in words; empty where the level is a number and nothing else. */
  readonly levels: readonly { readonly level: number; readonly label: string }[]
  /** Sub-scores that the level is the sum of; empty for all others. */
  readonly parts: readonly { readonly part: VssPart; readonly name: string; readonly to: number }[]
}

const plain = { step: 1, levels: [], parts: [] } as const

/** The table of the clinical reference, section 9. */
export const outcomeScales: Readonly<Record<OutcomeScaleCode, OutcomeScale>> = {
  GAIS: {
    ...plain,
    code: 'GAIS',
    // Some pages turn it round to 0-4; that one would be another version.
    version: '5_BEST_1',
    name: 'Global Aesthetic Improvement Scale',
    scoredBy: 'BOTH',
    measures: 'CHANGE',
    better: 'LOWER',
    from: 1,
    to: 5,
    levels: [
      { level: 1, label: 'Very much improved' },
      { level: 2, label: 'Much improved' },
      { level: 3, label: 'Improved' },
      { level: 4, label: 'No change' },
      { level: 5, label: 'Worse' },
    ],
  },
  GB_QUAL: {
    ...plain,
    code: 'GB_QUAL',
    version: '2006',
    name: 'Goodman & Baron qualitative',
    scoredBy: 'CLINICIAN',
    measures: 'STATE',
    better: 'LOWER',
    from: 0,
    to: 4,
    levels: [
      { level: 0, label: 'None' },
      { level: 1, label: 'Macular: flat colour change only' },
      { level: 2, label: 'Mild: not obvious at 50 cm or more, covered by make-up or beard' },
      { level: 3, label: 'Moderate: obvious at 50 cm or more, still flattens on stretching' },
      { level: 4, label: 'Severe: obvious at 50 cm or more, does not flatten' },
    ],
  },
  GB_QUANT: {
    ...plain,
    code: 'GB_QUANT',
    version: '2006',
    name: 'Goodman & Baron quantitative',
    scoredBy: 'CLINICIAN',
    measures: 'STATE',
    better: 'LOWER',
    from: 0,
    to: 84,
  },
  GLOGAU: {
    ...plain,
    code: 'GLOGAU',
    version: '1996',
    name: 'Glogau photoageing',
    scoredBy: 'CLINICIAN',
    measures: 'STATE',
    better: 'LOWER',
    from: 1,
    to: 4,
    levels: [
      { level: 1, label: 'I: no lines' },
      { level: 2, label: 'II: lines in motion' },
      { level: 3, label: 'III: lines at rest' },
      { level: 4, label: 'IV: lines everywhere' },
    ],
  },
  VSS: {
    ...plain,
    code: 'VSS',
    version: '1990',
    name: 'Vancouver Scar Scale',
    scoredBy: 'CLINICIAN',
    measures: 'STATE',
    better: 'LOWER',
    from: 0,
    to: 13,
    parts: [
      { part: 'VASCULARITY', name: 'Vascularity', to: 3 },
      { part: 'PIGMENTATION', name: 'Pigmentation', to: 2 },
      { part: 'PLIABILITY', name: 'Pliability', to: 5 },
      { part: 'HEIGHT', name: 'Height', to: 3 },
    ],
  },
  MMASI: {
    ...plain,
    code: 'MMASI',
    version: '2011',
    name: 'mMASI (melasma)',
    scoredBy: 'CLINICIAN',
    measures: 'STATE',
    better: 'LOWER',
    from: 0,
    to: 24,
    step: 0.1,
  },
  SATISFACTION: {
    ...plain,
    code: 'SATISFACTION',
    version: 'CLINIC_1',
    name: 'Satisfaction',
    scoredBy: 'PATIENT',
    measures: 'CHANGE',
    better: 'HIGHER',
    from: 1,
    to: 5,
    levels: [
      { level: 1, label: 'Very dissatisfied' },
      { level: 2, label: 'Dissatisfied' },
      { level: 3, label: 'Neither' },
      { level: 4, label: 'Satisfied' },
      { level: 5, label: 'Very satisfied' },
    ],
  },
  WOULD_REPEAT: {
    ...plain,
    code: 'WOULD_REPEAT',
    version: 'CLINIC_1',
    name: 'Would do it again',
    scoredBy: 'PATIENT',
    measures: 'CHANGE',
    better: 'HIGHER',
    from: 0,
    to: 1,
    levels: [
      { level: 0, label: 'No' },
      { level: 1, label: 'Yes' },
    ],
  },
  PAIN_NRS: {
    ...plain,
    code: 'PAIN_NRS',
    version: '0_TO_10',
    name: 'Worst pain during the sessions',
    scoredBy: 'PATIENT',
    measures: 'CHANGE',
    better: 'LOWER',
    from: 0,
    to: 10,
  },
  DOWNTIME_DAYS: {
    ...plain,
    code: 'DOWNTIME_DAYS',
    version: 'DAYS',
    name: 'Longest downtime',
    scoredBy: 'PATIENT',
    measures: 'CHANGE',
    better: 'LOWER',
    from: 0,
    to: 365,
  },
}

/** What the patient says, apart from every clinician's score. */
export const patientScaleCodes = [
  'GAIS',
  'SATISFACTION',
  'WOULD_REPEAT',
  'PAIN_NRS',
  'DOWNTIME_DAYS',
] as const satisfies readonly OutcomeScaleCode[]

/** What a clinician rates on a day, before and after. */
export const stateScaleCodes = [
  'GB_QUAL',
  'GB_QUANT',
  'GLOGAU',
  'VSS',
  'MMASI',
] as const satisfies readonly OutcomeScaleCode[]

type Fitting = { readonly needed: readonly OutcomeScaleCode[]; readonly optional: readonly OutcomeScaleCode[] }

const scalesByIndication: Readonly<Record<Indication, Fitting>> = {
  ACNE_SCAR: { needed: ['GB_QUAL'], optional: ['GB_QUANT'] },
  OTHER_SCAR: { needed: ['VSS'], optional: [] },
  DYSCHROMIA: { needed: [], optional: ['MMASI'] },
  RHYTIDES_FINE: { needed: ['GLOGAU'], optional: [] },
  RHYTIDES_DEEP: { needed: ['GLOGAU'], optional: [] },
  PHOTOAGING: { needed: ['GLOGAU'], optional: [] },
  PORES: { needed: [], optional: [] },
  TEXTURE: { needed: [], optional: ['GLOGAU'] },
  LAXITY: { needed: [], optional: ['GLOGAU'] },
  TONE: { needed: [], optional: ['GLOGAU'] },
  STRIAE: { needed: [], optional: ['VSS'] },
}

/** The scales that fit what the course is for. Pores have none of their own: photographs and the GAIS speak for them. */
export function scalesFor(indications: readonly Indication[]): Fitting {
  const fitting = indications.map((indication) => scalesByIndication[indication])
  const needed = stateScaleCodes.filter((code) => fitting.some((one) => one.needed.includes(code)))
  const optional = stateScaleCodes.filter(
    (code) => !needed.some((one) => one === code) && fitting.some((one) => one.optional.includes(code)),
  )
  return { needed, optional }
}
