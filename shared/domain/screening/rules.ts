import type { Outcome, Override } from '../finding.ts'
import type { QuestionId } from './question.ts'

/** What a rule does when it fires: clinical reference, section 3. Its sentence lives in the renderer. */
export type ScreeningRuleFacts = {
  readonly questionId: QuestionId
  readonly outcome: Outcome
  /** ZONES: only the zones ticked; PATIENT: everywhere. */
  readonly scope: 'PATIENT' | 'ZONES'
  /** Who may lift it. PHYSICIAN for every CLEAR; NONE for CAUTION and INFO, which block nothing. */
  readonly override: Override
  /** The device's own labelling contraindicates it [M1]: a physician who lifts it writes an off-label note. */
  readonly labelled: boolean
}

/** Every rule by its permanent code. One rule gives at most one finding per evaluation. */
export const screeningRules = {
  PREGNANT: labelled(stop('SQ-01', 'PATIENT', 'PHYSICIAN')),
  POSSIBLY_PREGNANT: labelled(stop('SQ-01', 'PATIENT', 'PHYSICIAN')),
  NURSING: labelled(stop('SQ-01', 'PATIENT', 'PHYSICIAN')),

  UNDER_AGE: clear('SQ-02', 'PATIENT'),
  AGE_UNKNOWN: clear('SQ-02', 'PATIENT'),
  OUTSIDE_AUTHORISED_AGE: caution('SQ-02', 'PATIENT'),

  HEART_DISEASE: caution('SQ-03', 'PATIENT'),
  LUNG_DISEASE: caution('SQ-03', 'PATIENT'),
  KIDNEY_DISEASE: caution('SQ-03', 'PATIENT'),
  LIVER_DISEASE: caution('SQ-03', 'PATIENT'),
  HEART_UNSTABLE: clear('SQ-03', 'PATIENT'),
  DISEASE_UNSTABLE: clear('SQ-03', 'PATIENT'),

  ISOTRETINOIN_NOW: labelled(stop('SQ-10', 'PATIENT', 'PHYSICIAN')),
  ISOTRETINOIN_WAIT: clear('SQ-10', 'PATIENT'),
  ISOTRETINOIN_DATE_UNKNOWN: clear('SQ-10', 'PATIENT'),
  ISOTRETINOIN_PAST: info('SQ-10', 'PATIENT'),

  TOPICAL_LAST_24H: stop('SQ-11', 'ZONES', 'PHYSICIAN'),
  TOPICAL_SKIN_IRRITATED: stop('SQ-11', 'ZONES', 'PHYSICIAN'),
  TOPICAL_DATE_UNKNOWN: clear('SQ-11', 'ZONES'),
  TOPICAL_WAIT: caution('SQ-11', 'ZONES'),

  BLOOD_THINNER_WARFARIN: clear('SQ-12', 'PATIENT'),
  BLOOD_THINNER_DOAC: clear('SQ-12', 'PATIENT'),
  BLOOD_THINNER_HEPARIN: clear('SQ-12', 'PATIENT'),
  BLOOD_THINNER_CLOPIDOGREL: clear('SQ-12', 'PATIENT'),
  BLOOD_THINNER_OTHER: clear('SQ-12', 'PATIENT'),

  BRUISING_AGENT: caution('SQ-13', 'PATIENT'),
  BRUISING_AGENT_PRESCRIBED: caution('SQ-13', 'PATIENT'),
  BRUISING_AGENT_DATE_UNKNOWN: clear('SQ-13', 'PATIENT'),

  PHOTOSENSITISING_MEDICINE: caution('SQ-14', 'PATIENT'),

  IMMUNE_IMMUNOSUPPRESSANT: clear('SQ-15', 'PATIENT'),
  IMMUNE_BIOLOGIC: clear('SQ-15', 'PATIENT'),
  IMMUNE_LONG_TERM_STEROID: clear('SQ-15', 'PATIENT'),
  IMMUNE_HIV_LOW_COUNT: clear('SQ-15', 'PATIENT'),
  IMMUNE_TRANSPLANT: clear('SQ-15', 'PATIENT'),

  CHEMOTHERAPY_NOW: stop('SQ-16', 'PATIENT', 'PHYSICIAN'),
  CHEMOTHERAPY_WAIT: clear('SQ-16', 'PATIENT'),
  CHEMOTHERAPY_DATE_UNKNOWN: clear('SQ-16', 'PATIENT'),

  RADIOTHERAPY_WAIT: stop('SQ-17', 'ZONES', 'PHYSICIAN'),
  RADIOTHERAPY_EVER: clear('SQ-17', 'ZONES'),
  RADIOTHERAPY_DATE_UNKNOWN: clear('SQ-17', 'ZONES'),

  HERPES_NOW: stop('SQ-18', 'ZONES', 'NONE'),
  HERPES_WAIT: stop('SQ-18', 'ZONES', 'NONE'),
  HERPES_DATE_UNKNOWN: clear('SQ-18', 'ZONES'),

  HERPES_HISTORY: clear('SQ-19', 'ZONES'),
  ANTIVIRAL_NOT_STARTED: stop('SQ-19', 'ZONES', 'PHYSICIAN'),

  ACNE_FEW: caution('SQ-20', 'ZONES'),
  ACNE_MODERATE: stop('SQ-20', 'ZONES', 'PHYSICIAN'),
  ACNE_SEVERE: stop('SQ-20', 'ZONES', 'PHYSICIAN'),

  SKIN_NOT_INTACT: labelled(stop('SQ-21', 'ZONES', 'NONE')),

  PSORIASIS_ACTIVE: stop('SQ-22', 'ZONES', 'NONE'),
  PSORIASIS_SEVERE: clear('SQ-22', 'PATIENT'),
  PSORIASIS_MODERATE: clear('SQ-22', 'PATIENT'),
  PSORIASIS_MILD: caution('SQ-22', 'PATIENT'),

  ECZEMA_ACTIVE: stop('SQ-23', 'ZONES', 'NONE'),
  ECZEMA_SEVERE: clear('SQ-23', 'PATIENT'),
  ECZEMA_MODERATE: clear('SQ-23', 'PATIENT'),
  ECZEMA_MILD: caution('SQ-23', 'PATIENT'),

  ROSACEA_ACTIVE: clear('SQ-24', 'ZONES'),
  TELANGIECTASIA: clear('SQ-24', 'ZONES'),

  SUNBURN: stop('SQ-25', 'ZONES', 'NONE'),
  TAN_WAIT_DARKER_SKIN: clear('SQ-25', 'ZONES'),
  TAN_DATE_UNKNOWN: clear('SQ-25', 'ZONES'),
  TAN_WAIT: caution('SQ-25', 'ZONES'),

  KELOID_IN_ZONE: stop('SQ-26', 'ZONES', 'PHYSICIAN'),
  KELOID_ELSEWHERE: clear('SQ-26', 'PATIENT'),
  KELOID_FAMILY: clear('SQ-26', 'PATIENT'),

  BLEEDING_DISORDER: labelled(stop('SQ-27', 'PATIENT', 'PHYSICIAN')),

  AUTOIMMUNE_LUPUS: clear('SQ-28', 'PATIENT'),
  AUTOIMMUNE_SCLERODERMA: clear('SQ-28', 'PATIENT'),
  AUTOIMMUNE_VITILIGO: clear('SQ-28', 'PATIENT'),
  AUTOIMMUNE_LICHEN_PLANUS: clear('SQ-28', 'PATIENT'),
  AUTOIMMUNE_OTHER: clear('SQ-28', 'PATIENT'),

  DIABETES_HBA1C_HIGH: clear('SQ-29', 'PATIENT'),
  DIABETES_HBA1C_UNKNOWN: clear('SQ-29', 'PATIENT'),
  DIABETES_SLOW_HEALING: clear('SQ-29', 'PATIENT'),
  DIABETES: caution('SQ-29', 'PATIENT'),

  SKIN_CANCER: labelled(stop('SQ-30', 'ZONES', 'NONE')),
  SUSPICIOUS_MOLE: labelled(stop('SQ-30', 'ZONES', 'NONE')),
  ACTINIC_KERATOSIS: clear('SQ-30', 'ZONES'),
  PAST_SKIN_CANCER: clear('SQ-30', 'ZONES'),

  FILLER_WAIT: clear('SQ-31', 'ZONES'),
  FILLER_DATE_UNKNOWN: clear('SQ-31', 'ZONES'),

  BOTULINUM_WAIT: clear('SQ-32', 'ZONES'),
  BOTULINUM_DATE_UNKNOWN: clear('SQ-32', 'ZONES'),

  ABLATIVE_WAIT: stop('SQ-33', 'ZONES', 'PHYSICIAN'),
  NON_ABLATIVE_WAIT: clear('SQ-33', 'ZONES'),
  ENERGY_KIND_UNKNOWN: clear('SQ-33', 'ZONES'),
  ENERGY_DATE_UNKNOWN: clear('SQ-33', 'ZONES'),

  DEEP_PEEL_WAIT: stop('SQ-34', 'ZONES', 'PHYSICIAN'),
  PEEL_KIND_UNKNOWN: clear('SQ-34', 'ZONES'),
  PEEL_DATE_UNKNOWN: clear('SQ-34', 'ZONES'),
  SUPERFICIAL_PEEL_WAIT: caution('SQ-34', 'ZONES'),
  HAIR_REMOVAL_WAIT: caution('SQ-34', 'ZONES'),

  SURGERY_WAIT: clear('SQ-35', 'ZONES'),
  SURGERY_DATE_UNKNOWN: clear('SQ-35', 'ZONES'),

  ANAESTHETIC_ALLERGY_LIDOCAINE: labelled(stop('SQ-36', 'PATIENT', 'PHYSICIAN')),
  ANAESTHETIC_ALLERGY_TETRACAINE: labelled(stop('SQ-36', 'PATIENT', 'PHYSICIAN')),
  ANAESTHETIC_ALLERGY_PRILOCAINE: labelled(stop('SQ-36', 'PATIENT', 'PHYSICIAN')),
  ANAESTHETIC_ALLERGY_OTHER: labelled(stop('SQ-36', 'PATIENT', 'PHYSICIAN')),

  METAL_ALLERGY: labelled(stop('SQ-37', 'PATIENT', 'PHYSICIAN')),
  LATEX_ALLERGY: caution('SQ-37', 'PATIENT'),
  ADHESIVE_ALLERGY: caution('SQ-37', 'PATIENT'),
  SKINCARE_ALLERGY: caution('SQ-37', 'PATIENT'),

  PIH_DARKER_SKIN: clear('SQ-38', 'PATIENT'),
  MELASMA_DARKER_SKIN: clear('SQ-38', 'PATIENT'),
  PIH: caution('SQ-38', 'PATIENT'),
  MELASMA: caution('SQ-38', 'PATIENT'),
  PAST_REACTION_NEEDLING: caution('SQ-38', 'PATIENT'),
  PAST_REACTION_LASER: caution('SQ-38', 'PATIENT'),
  PAST_REACTION_PEEL: caution('SQ-38', 'PATIENT'),

  IMPLANT_WITH_RF: stop('SQ-39', 'PATIENT', 'NONE'),
  IMPLANT_MECHANICAL: info('SQ-39', 'PATIENT'),

  UNWELL: caution('SQ-40', 'PATIENT'),
  FAINTING: caution('SQ-40', 'PATIENT'),

  HOME_NEEDLING_DATE_UNKNOWN: clear('SQ-41', 'PATIENT'),
  HOME_NEEDLING_WAIT: caution('SQ-41', 'PATIENT'),

  TATTOO: caution('SQ-42', 'ZONES'),

  EXPECTATION_CONCERN: clear('SQ-43', 'PATIENT'),
  EVENT_SOON: info('SQ-43', 'PATIENT'),

  CAPACITY_CONCERN: clear('SQ-44', 'PATIENT'),
  INTERPRETER_NEEDED: info('SQ-44', 'PATIENT'),
} as const satisfies Readonly<Record<string, ScreeningRuleFacts>>

export type ScreeningRule = keyof typeof screeningRules

export const screeningRuleCodes = Object.keys(screeningRules) as readonly ScreeningRule[]

export function isScreeningRule(code: string): code is ScreeningRule {
  return Object.hasOwn(screeningRules, code)
}

type Scope = ScreeningRuleFacts['scope']

function stop(questionId: QuestionId, scope: Scope, override: Override): ScreeningRuleFacts {
  return { questionId, outcome: 'STOP', scope, override, labelled: false }
}
function clear(questionId: QuestionId, scope: Scope): ScreeningRuleFacts {
  return { questionId, outcome: 'CLEAR', scope, override: 'PHYSICIAN', labelled: false }
}
function caution(questionId: QuestionId, scope: Scope): ScreeningRuleFacts {
  return { questionId, outcome: 'CAUTION', scope, override: 'NONE', labelled: false }
}
function info(questionId: QuestionId, scope: Scope): ScreeningRuleFacts {
  return { questionId, outcome: 'INFO', scope, override: 'NONE', labelled: false }
}
function labelled(rule: ScreeningRuleFacts): ScreeningRuleFacts {
  return { ...rule, labelled: true }
}
