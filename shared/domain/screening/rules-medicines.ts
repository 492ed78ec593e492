import { addDays, addMonths } from '../../kernel/time.ts'
import { chosen, dateIn, selectionIn, zonesIn } from './answer.ts'
import { decideWait, type Firing, noFirings, type QuestionRules, ruleByOption } from './context.ts'

/** Note A: current users stop unless the physician lifts it; inside the wait the physician decides. */
export const decideIsotretinoin: QuestionRules = ({ answers, today, settings }) => {
  if (chosen(answers, 'SQ-10', 'NOW')) return [{ rule: 'ISOTRETINOIN_NOW' }]
  const past = chosen(answers, 'SQ-10', 'PAST')
  if (!past) return noFirings
  const waiting = decideWait({
    date: dateIn(past),
    today,
    eligibleOn: (date) => addMonths(date, settings.isotretinoinWaitMonths),
    wait: 'ISOTRETINOIN_WAIT',
    unknown: 'ISOTRETINOIN_DATE_UNKNOWN',
  })
  return waiting.length > 0 ? waiting : [{ rule: 'ISOTRETINOIN_PAST' }]
}

/**
 * A calendar date cannot tell 23 hours from 25, so the form asks for the last 24 hours by name; a date of today counts
 * as that too.
 */
export const decideTopicals: QuestionRules = ({ answers, today, settings }) => {
  const firings: Firing[] = []
  const lastDay = chosen(answers, 'SQ-11', 'LAST_24H')
  if (lastDay) firings.push({ rule: 'TOPICAL_LAST_24H', zones: zonesIn(lastDay), eligibleOn: addDays(today, 1) })
  const irritated = chosen(answers, 'SQ-11', 'IRRITATED')
  if (irritated) firings.push({ rule: 'TOPICAL_SKIN_IRRITATED', zones: zonesIn(irritated) })
  for (const product of ['RETINOID', 'HYDROQUINONE', 'BENZOYL_PEROXIDE', 'ACIDS'] as const) {
    const used = chosen(answers, 'SQ-11', product)
    if (!used) continue
    const date = dateIn(used)
    const zones = zonesIn(used)
    if (date !== null && date >= today) {
      firings.push({ rule: 'TOPICAL_LAST_24H', zones, eligibleOn: addDays(date, 1) })
      continue
    }
    firings.push(
      ...decideWait({
        date,
        today,
        eligibleOn: (day) => addDays(day, settings.topicalWaitDays),
        wait: 'TOPICAL_WAIT',
        unknown: 'TOPICAL_DATE_UNKNOWN',
        zones,
      }),
    )
  }
  return firings
}

export const decideBloodThinners = ruleByOption('SQ-12', {
  WARFARIN: 'BLOOD_THINNER_WARFARIN',
  DOAC: 'BLOOD_THINNER_DOAC',
  HEPARIN: 'BLOOD_THINNER_HEPARIN',
  CLOPIDOGREL: 'BLOOD_THINNER_CLOPIDOGREL',
  OTHER: 'BLOOD_THINNER_OTHER',
})

/** A prescribed medicine has no wait: nobody is told to stop it. */
export const decideBruisingAgents: QuestionRules = ({ answers, today, settings }) =>
  (['ASPIRIN', 'NSAID', 'FISH_OIL', 'VITAMIN_E', 'GINKGO'] as const).flatMap((agent): readonly Firing[] => {
    const taken = chosen(answers, 'SQ-13', agent)
    if (!taken) return noFirings
    const date = dateIn(taken)
    const isPrescribed = selectionIn(taken, 'PRESCRIBED') === 'YES'
    const firings = decideWait({
      date: date === null && isPrescribed ? today : date,
      today,
      eligibleOn: (day) => addDays(day, settings.bruisingAgentWaitDays),
      wait: 'BRUISING_AGENT',
      unknown: 'BRUISING_AGENT_DATE_UNKNOWN',
    })
    return isPrescribed && firings.length > 0 ? [{ rule: 'BRUISING_AGENT_PRESCRIBED' }] : firings
  })

export const decidePhotosensitisers = ruleByOption('SQ-14', { YES: 'PHOTOSENSITISING_MEDICINE' })

export const decideImmunity = ruleByOption('SQ-15', {
  IMMUNOSUPPRESSANT: 'IMMUNE_IMMUNOSUPPRESSANT',
  BIOLOGIC: 'IMMUNE_BIOLOGIC',
  LONG_TERM_STEROID: 'IMMUNE_LONG_TERM_STEROID',
  HIV_LOW_COUNT: 'IMMUNE_HIV_LOW_COUNT',
  TRANSPLANT: 'IMMUNE_TRANSPLANT',
})

export const decideChemotherapy: QuestionRules = ({ answers, today, settings }) => {
  if (chosen(answers, 'SQ-16', 'NOW')) return [{ rule: 'CHEMOTHERAPY_NOW' }]
  const past = chosen(answers, 'SQ-16', 'PAST')
  if (!past) return noFirings
  return decideWait({
    date: dateIn(past),
    today,
    eligibleOn: (date) => addMonths(date, settings.chemotherapyWaitMonths),
    wait: 'CHEMOTHERAPY_WAIT',
    unknown: 'CHEMOTHERAPY_DATE_UNKNOWN',
  })
}

export const decideRadiotherapy: QuestionRules = ({ answers, today, settings }) => {
  const had = chosen(answers, 'SQ-17', 'YES')
  if (!had) return noFirings
  const zones = zonesIn(had)
  const waiting = decideWait({
    date: dateIn(had),
    today,
    eligibleOn: (date) => addMonths(date, settings.radiotherapyWaitMonths),
    wait: 'RADIOTHERAPY_WAIT',
    unknown: 'RADIOTHERAPY_DATE_UNKNOWN',
    zones,
  })
  return waiting.length > 0 ? waiting : [{ rule: 'RADIOTHERAPY_EVER', zones }]
}
