import { addDays, addMonths, ageOn, type CalendarDate } from '../../kernel/time.ts'
import { chosen, dateIn, percentIn, selectionIn } from './answer.ts'
import { type Firing, noFirings, type QuestionRules, ruleByOption } from './context.ts'

export const decidePregnancy = ruleByOption('SQ-01', {
  PREGNANT: 'PREGNANT',
  POSSIBLE: 'POSSIBLY_PREGNANT',
  NURSING: 'NURSING',
})

/** Minors need a guardian and clearance, and like all under 22 the off-label caution [F3]. */
export const decideAge: QuestionRules = ({ bornOn, today, settings }) => {
  if (bornOn === null) return [{ rule: 'AGE_UNKNOWN' }]
  const firings: Firing[] = []
  const age = ageOn(bornOn, today)
  if (age < settings.minAge) firings.push({ rule: 'UNDER_AGE', eligibleOn: dayOfAge(bornOn, settings.minAge) })
  if (age < settings.authorisedFromAge) {
    firings.push({ rule: 'OUTSIDE_AUTHORISED_AGE', eligibleOn: dayOfAge(bornOn, settings.authorisedFromAge) })
  }
  return firings
}

export const decideGeneralHealth = ruleByOption('SQ-03', {
  HEART: 'HEART_DISEASE',
  LUNG: 'LUNG_DISEASE',
  KIDNEY: 'KIDNEY_DISEASE',
  LIVER: 'LIVER_DISEASE',
  UNSTABLE_HEART: 'HEART_UNSTABLE',
  UNSTABLE: 'DISEASE_UNSTABLE',
})

export const decideUnwell = ruleByOption('SQ-40', { UNWELL: 'UNWELL', FAINTING: 'FAINTING' })

export const decideBleedingDisorder = ruleByOption('SQ-27', { YES: 'BLEEDING_DISORDER' })

export const decideAutoimmune = ruleByOption('SQ-28', {
  LUPUS: 'AUTOIMMUNE_LUPUS',
  SCLERODERMA: 'AUTOIMMUNE_SCLERODERMA',
  VITILIGO: 'AUTOIMMUNE_VITILIGO',
  LICHEN_PLANUS: 'AUTOIMMUNE_LICHEN_PLANUS',
  OTHER: 'AUTOIMMUNE_OTHER',
})

/** A value without its date says nothing about today, so it counts as unknown. */
export const decideDiabetes: QuestionRules = ({ answers, settings }) => {
  const diabetes = chosen(answers, 'SQ-29', 'YES')
  if (!diabetes) return noFirings
  const firings: Firing[] = []
  const hbA1cTenths = percentIn(diabetes, 'HBA1C')
  if (hbA1cTenths === null || dateIn(diabetes) === null) firings.push({ rule: 'DIABETES_HBA1C_UNKNOWN' })
  if (hbA1cTenths !== null && hbA1cTenths > settings.hbA1cLimitTenths) firings.push({ rule: 'DIABETES_HBA1C_HIGH' })
  if (selectionIn(diabetes, 'SLOW_HEALING') === 'YES') firings.push({ rule: 'DIABETES_SLOW_HEALING' })
  return firings.length > 0 ? firings : [{ rule: 'DIABETES' }]
}

export const decideSkinCancer = ruleByOption('SQ-30', {
  SKIN_CANCER: 'SKIN_CANCER',
  SUSPICIOUS_MOLE: 'SUSPICIOUS_MOLE',
  ACTINIC_KERATOSIS: 'ACTINIC_KERATOSIS',
  PAST_CANCER: 'PAST_SKIN_CANCER',
})

/** First day on which someone is `years` old, by the same count as `ageOn`. */
function dayOfAge(bornOn: CalendarDate, years: number): CalendarDate {
  const day = addMonths(bornOn, years * 12)
  return ageOn(bornOn, day) < years ? addDays(day, 1) : day
}
