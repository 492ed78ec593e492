import type { OpenFinding } from '../../shared/domain/clearance.ts'
import { isScreeningRule, type ScreeningRule } from '../../shared/domain/screening/rules.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { formatDate } from './format.ts'

const keepMedicine = 'Never stop a prescribed medicine for this treatment unless its prescriber says so.'
const askPhysicianForDate = 'The date is not known, so the physician decides.'

/** Why a rule of the questionnaire holds, in a plain sentence: clinical reference, section 3. */
export const ruleSentences: Readonly<Record<ScreeningRule, string>> = {
  PREGNANT: 'Pregnant. Treatment waits until after pregnancy and breastfeeding.',
  POSSIBLY_PREGNANT: 'Could be pregnant. Treatment waits until that is ruled out.',
  NURSING: 'Breastfeeding. Treatment waits until it is over.',

  UNDER_AGE: 'Under the clinic’s minimum age: a guardian signs, and the physician examines and decides.',
  AGE_UNKNOWN:
    'The birth date is not known, so the age cannot be checked. Complete the chart or let the physician decide.',
  OUTSIDE_AUTHORISED_AGE: 'Younger than the devices’ authorised age: off-label use, to be told to the patient.',

  HEART_DISEASE: 'Heart disease, stable. Ask how it is today and adjust.',
  LUNG_DISEASE: 'Lung disease, stable. Ask how it is today and adjust.',
  KIDNEY_DISEASE: 'Kidney disease, stable. Ask how it is today and adjust.',
  LIVER_DISEASE: 'Liver disease, stable. Ask how it is today and adjust.',
  HEART_UNSTABLE: 'Unstable angina or an irregular heartbeat that is not under control.',
  DISEASE_UNSTABLE: 'A disease of heart, lung, kidney or liver that got worse or whose treatment changed recently.',

  ISOTRETINOIN_NOW: 'Takes isotretinoin now.',
  ISOTRETINOIN_WAIT: 'The last isotretinoin dose is less than the waiting time ago.',
  ISOTRETINOIN_DATE_UNKNOWN: `Took isotretinoin in the past. ${askPhysicianForDate}`,
  ISOTRETINOIN_PAST: 'Took isotretinoin in the past; the waiting time is over.',

  TOPICAL_LAST_24H: 'Used a retinoid, acid, hydroquinone or benzoyl peroxide on the area in the last 24 hours.',
  TOPICAL_SKIN_IRRITATED: 'The skin is red, sore or peeling from a cream.',
  TOPICAL_DATE_UNKNOWN: `Uses an active cream on the area. ${askPhysicianForDate}`,
  TOPICAL_WAIT: 'Used an active cream on the area a few days ago. Look at the skin and go lighter.',

  BLOOD_THINNER_WARFARIN: `Takes warfarin. ${keepMedicine}`,
  BLOOD_THINNER_DOAC: `Takes a direct oral blood thinner. ${keepMedicine}`,
  BLOOD_THINNER_HEPARIN: `Has heparin injections. ${keepMedicine}`,
  BLOOD_THINNER_CLOPIDOGREL: `Takes clopidogrel. ${keepMedicine}`,
  BLOOD_THINNER_OTHER: `Takes a blood thinner. ${keepMedicine}`,

  BRUISING_AGENT: 'Took something in the last days that makes bruises more likely.',
  BRUISING_AGENT_PRESCRIBED: `Takes a prescribed medicine that makes bruises more likely. ${keepMedicine}`,
  BRUISING_AGENT_DATE_UNKNOWN: `Takes something that makes bruises more likely. ${askPhysicianForDate}`,

  PHOTOSENSITISING_MEDICINE: 'Takes a medicine that makes the skin sensitive to light. Stress sun protection.',

  IMMUNE_IMMUNOSUPPRESSANT: 'Takes a medicine that suppresses the immune system.',
  IMMUNE_BIOLOGIC: 'Is treated with a biologic.',
  IMMUNE_LONG_TERM_STEROID: 'Has taken steroid tablets for a long time.',
  IMMUNE_HIV_LOW_COUNT: 'HIV with a low CD4 count.',
  IMMUNE_TRANSPLANT: 'Has an organ or bone-marrow transplant.',

  CHEMOTHERAPY_NOW: 'Has chemotherapy now.',
  CHEMOTHERAPY_WAIT: 'The last chemotherapy is less than the waiting time ago.',
  CHEMOTHERAPY_DATE_UNKNOWN: `Had chemotherapy. ${askPhysicianForDate}`,

  RADIOTHERAPY_WAIT: 'Radiotherapy to the area less than the waiting time ago.',
  RADIOTHERAPY_EVER: 'Had radiotherapy to the area in the past.',
  RADIOTHERAPY_DATE_UNKNOWN: `Had radiotherapy to the area. ${askPhysicianForDate}`,

  HERPES_NOW: 'A cold sore, herpes or shingles now. The face waits until it has healed and the waiting time is over.',
  HERPES_WAIT: 'A cold sore, herpes or shingles has only just healed.',
  HERPES_DATE_UNKNOWN: `A cold sore, herpes or shingles has healed. ${askPhysicianForDate}`,

  HERPES_HISTORY: 'Has had cold sores. The physician decides about a medicine before the treatment.',
  ANTIVIRAL_NOT_STARTED: 'A cold sore medicine was ordered and is not started.',

  ACNE_FEW: 'A few inflamed spots. Leave them out.',
  ACNE_MODERATE: 'Many inflamed spots. The area waits until they are clear.',
  ACNE_SEVERE: 'Very many or deep, painful spots. The area waits until they are clear.',

  SKIN_NOT_INTACT: 'An infection, open wound, rash or irritation. The area waits until it has healed.',

  PSORIASIS_ACTIVE: 'Psoriasis is active in the area. It waits until the skin is clear.',
  PSORIASIS_SEVERE: 'Severe psoriasis, which needled skin can bring out.',
  PSORIASIS_MODERATE: 'Moderate psoriasis, which needled skin can bring out.',
  PSORIASIS_MILD: 'Mild psoriasis, which needled skin can bring out.',

  ECZEMA_ACTIVE: 'Eczema is active in the area. It waits until the skin is clear.',
  ECZEMA_SEVERE: 'Severe eczema or dermatitis.',
  ECZEMA_MODERATE: 'Moderate eczema or dermatitis.',
  ECZEMA_MILD: 'Mild eczema or dermatitis.',

  ROSACEA_ACTIVE: 'Rosacea with bumps or pustules now.',
  TELANGIECTASIA: 'Many widened red veins.',

  SUNBURN: 'Sunburn. The area waits until it has healed.',
  TAN_WAIT_DARKER_SKIN: 'Tanned or self-tanned lately, on skin that darkens easily or whose type is not recorded.',
  TAN_DATE_UNKNOWN: `Tanned or self-tanned. ${askPhysicianForDate}`,
  TAN_WAIT: 'Tanned or self-tanned lately. Dark marks are more likely.',

  KELOID_IN_ZONE: 'A keloid or raised scar in the area.',
  KELOID_ELSEWHERE: 'A keloid or raised scar elsewhere on the body.',
  KELOID_FAMILY: 'A close relative has keloids or raised scars.',

  BLEEDING_DISORDER: 'A bleeding or clotting disorder, or few platelets.',

  AUTOIMMUNE_LUPUS: 'Lupus, an autoimmune disease that light and injury can wake.',
  AUTOIMMUNE_SCLERODERMA: 'Scleroderma, a disease that hardens the skin.',
  AUTOIMMUNE_VITILIGO: 'Vitiligo, which can appear in needled skin.',
  AUTOIMMUNE_LICHEN_PLANUS: 'Lichen planus, which can appear in needled skin.',
  AUTOIMMUNE_OTHER: 'An autoimmune or connective tissue disease.',

  DIABETES_HBA1C_HIGH: 'Diabetes with a high HbA1c.',
  DIABETES_HBA1C_UNKNOWN: 'Diabetes; the HbA1c or its date is not known.',
  DIABETES_SLOW_HEALING: 'Diabetes, and wounds heal slowly.',
  DIABETES: 'Diabetes, well controlled.',

  SKIN_CANCER: 'Skin cancer now. The place is never needled.',
  SUSPICIOUS_MOLE:
    'A suspicious or changing mole. The place waits until a physician has looked at it and it is settled.',
  ACTINIC_KERATOSIS: 'Rough, scaly sun spots (actinic keratosis).',
  PAST_SKIN_CANCER: 'Had skin cancer at this place in the past.',

  FILLER_WAIT: 'Filler in the area less than the waiting time ago.',
  FILLER_DATE_UNKNOWN: `Had filler in the area. ${askPhysicianForDate}`,

  BOTULINUM_WAIT: 'Botulinum toxin in the area less than the waiting time ago.',
  BOTULINUM_DATE_UNKNOWN: `Had botulinum toxin in the area. ${askPhysicianForDate}`,

  ABLATIVE_WAIT: 'An ablative laser or dermabrasion in the area less than the waiting time ago.',
  NON_ABLATIVE_WAIT: 'A laser, light or radiofrequency treatment in the area less than the waiting time ago.',
  ENERGY_KIND_UNKNOWN: 'A laser or similar treatment of unknown kind in the area; the longer waiting time is not over.',
  ENERGY_DATE_UNKNOWN: `Had a laser, light or radiofrequency treatment in the area. ${askPhysicianForDate}`,

  DEEP_PEEL_WAIT: 'A medium or deep peel in the area less than the waiting time ago.',
  PEEL_KIND_UNKNOWN: 'A peel of unknown depth in the area; the longer waiting time is not over.',
  PEEL_DATE_UNKNOWN: `Had a peel or hair removal in the area. ${askPhysicianForDate}`,
  SUPERFICIAL_PEEL_WAIT: 'A light peel in the area a short time ago. Look at the skin and go lighter.',
  HAIR_REMOVAL_WAIT: 'Waxing or hair removal cream in the area a short time ago. Look at the skin.',

  SURGERY_WAIT: 'Surgery or a fresh scar in the area, younger than the waiting time.',
  SURGERY_DATE_UNKNOWN: `Had surgery in the area. ${askPhysicianForDate}`,

  ANAESTHETIC_ALLERGY_LIDOCAINE: 'Allergic to lidocaine. The clearance names the numbing plan; lidocaine is blocked.',
  ANAESTHETIC_ALLERGY_TETRACAINE:
    'Allergic to tetracaine. The clearance names the numbing plan; tetracaine is blocked.',
  ANAESTHETIC_ALLERGY_PRILOCAINE:
    'Allergic to prilocaine. The clearance names the numbing plan; prilocaine is blocked.',
  ANAESTHETIC_ALLERGY_OTHER: 'Allergic to a numbing agent. The clearance names the numbing plan.',

  METAL_ALLERGY: 'Allergic to metal. The needles are stainless steel, which contains nickel.',
  LATEX_ALLERGY: 'Allergic to latex. Use nitrile gloves; latex products are blocked.',
  ADHESIVE_ALLERGY: 'Allergic to plasters or adhesive. Use none.',
  SKINCARE_ALLERGY: 'Allergic to a skincare ingredient. Products with it are blocked.',

  PIH_DARKER_SKIN: 'Dark marks after injuries (PIH), on skin that darkens easily or whose type is not recorded.',
  MELASMA_DARKER_SKIN: 'Melasma, on skin that darkens easily or whose type is not recorded.',
  PIH: 'Dark marks after injuries (PIH). Go lighter and stress sun protection.',
  MELASMA: 'Melasma. Go lighter and stress sun protection.',
  PAST_REACTION_NEEDLING: 'Reacted badly to needling before.',
  PAST_REACTION_LASER: 'Reacted badly to a laser or light treatment before.',
  PAST_REACTION_PEEL: 'Reacted badly to a peel before.',

  IMPLANT_WITH_RF: 'A pacemaker, defibrillator or metal in the area: radiofrequency must not be used.',
  IMPLANT_MECHANICAL:
    'A pacemaker, defibrillator or metal in the area. No bar to mechanical needling; never radiofrequency.',

  UNWELL: 'Feels unwell or has a fever today. Offer another day.',
  FAINTING: 'Has fainted with needles. Treat lying back.',

  HOME_NEEDLING_DATE_UNKNOWN: `Needles at home or had needling elsewhere. ${askPhysicianForDate}`,
  HOME_NEEDLING_WAIT: 'Needled at home or elsewhere a short time ago. Look at the skin and go lighter.',

  TATTOO: 'A tattoo or permanent make-up in the area. Leave it out.',

  EXPECTATION_CONCERN: 'The practitioner is concerned about expectations or body image.',
  EVENT_SOON: 'An important event within the next days. Redness may still show.',

  CAPACITY_CONCERN: 'Doubt whether the patient can understand and decide alone.',
  INTERPRETER_NEEDED: 'Needs an interpreter. The consent names one.',
}

/** The sentence of a finding's rule; one that this version does not know is named by its code. */
export function ruleSentence(rule: string): string {
  return isScreeningRule(rule) ? ruleSentences[rule] : `Rule ${rule} of another version.`
}

/** `a physician’s clearance, or 02-Sep-2026`: what would lift an open finding; empty where nothing is open. */
export function liftWords(lifts: OpenFinding['lifts'], eligibleOn: CalendarDate | null): string {
  const words = lifts.flatMap((lift) => {
    if (lift === 'PHYSICIAN') return ['a physician’s clearance']
    if (lift === 'DATE') return eligibleOn === null ? [] : [`waiting until ${formatDate(eligibleOn)}`]
    return ['a new answer, once it is true']
  })
  return words.join(', or ')
}
