import { addDays, addMonths, type CalendarDate } from '../../kernel/time.ts'
import { isRf } from '../device.ts'
import { chosen, dateIn, zonesIn } from './answer.ts'
import {
  decideWait,
  type Firing,
  hasDarkerSkin,
  noFirings,
  type QuestionRules,
  ruleByOption,
  type ScreeningContext,
} from './context.ts'
import type { AskedQuestionId, OptionCode } from './questionnaire.ts'
import type { ScreeningRule } from './rules.ts'

export const decideFiller: QuestionRules = (context) =>
  decideDated(context, 'SQ-31', 'YES', {
    eligibleOn: (date) => addDays(date, context.settings.fillerWaitDays),
    wait: 'FILLER_WAIT',
    unknown: 'FILLER_DATE_UNKNOWN',
  })

export const decideBotulinum: QuestionRules = (context) =>
  decideDated(context, 'SQ-32', 'YES', {
    eligibleOn: (date) => addDays(date, context.settings.botulinumWaitDays),
    wait: 'BOTULINUM_WAIT',
    unknown: 'BOTULINUM_DATE_UNKNOWN',
  })

/** A patient who does not know the kind is judged by the longer wait, but by the physician and not by a STOP. */
export const decideEnergy: QuestionRules = (context) => {
  const { nonAblativeWaitDays, ablativeWaitDays } = context.settings
  const unknown = 'ENERGY_DATE_UNKNOWN'
  const untilAblative = (date: CalendarDate) => addDays(date, ablativeWaitDays)
  const untilNonAblative = (date: CalendarDate) => addDays(date, nonAblativeWaitDays)
  return [
    ...decideDated(context, 'SQ-33', 'ABLATIVE', { eligibleOn: untilAblative, wait: 'ABLATIVE_WAIT', unknown }),
    ...decideDated(context, 'SQ-33', 'NON_ABLATIVE', {
      eligibleOn: untilNonAblative,
      wait: 'NON_ABLATIVE_WAIT',
      unknown,
    }),
    ...decideDated(context, 'SQ-33', 'NOT_SURE', { eligibleOn: untilAblative, wait: 'ENERGY_KIND_UNKNOWN', unknown }),
  ]
}

export const decidePeel: QuestionRules = (context) => {
  const { superficialPeelWaitDays, hairRemovalWaitDays, deepPeelWaitDays } = context.settings
  const unknown = 'PEEL_DATE_UNKNOWN'
  const untilDeep = (date: CalendarDate) => addDays(date, deepPeelWaitDays)
  const untilSuperficial = (date: CalendarDate) => addDays(date, superficialPeelWaitDays)
  const hairRemoval = {
    eligibleOn: (date: CalendarDate) => addDays(date, hairRemovalWaitDays),
    wait: 'HAIR_REMOVAL_WAIT',
    unknown,
  } as const
  return [
    ...decideDated(context, 'SQ-34', 'DEEP_PEEL', { eligibleOn: untilDeep, wait: 'DEEP_PEEL_WAIT', unknown }),
    ...decideDated(context, 'SQ-34', 'PEEL_NOT_SURE', { eligibleOn: untilDeep, wait: 'PEEL_KIND_UNKNOWN', unknown }),
    ...decideDated(context, 'SQ-34', 'SUPERFICIAL_PEEL', {
      eligibleOn: untilSuperficial,
      wait: 'SUPERFICIAL_PEEL_WAIT',
      unknown,
    }),
    ...decideDated(context, 'SQ-34', 'WAXING', hairRemoval),
    ...decideDated(context, 'SQ-34', 'DEPILATORY', hairRemoval),
  ]
}

export const decideSurgery: QuestionRules = (context) =>
  decideDated(context, 'SQ-35', 'YES', {
    eligibleOn: (date) => addMonths(date, context.settings.surgeryWaitMonths),
    wait: 'SURGERY_WAIT',
    unknown: 'SURGERY_DATE_UNKNOWN',
  })

export const decideAnaestheticAllergy = ruleByOption('SQ-36', {
  LIDOCAINE: 'ANAESTHETIC_ALLERGY_LIDOCAINE',
  TETRACAINE: 'ANAESTHETIC_ALLERGY_TETRACAINE',
  PRILOCAINE: 'ANAESTHETIC_ALLERGY_PRILOCAINE',
  OTHER: 'ANAESTHETIC_ALLERGY_OTHER',
})

export const decideOtherAllergy = ruleByOption('SQ-37', {
  METAL: 'METAL_ALLERGY',
  LATEX: 'LATEX_ALLERGY',
  ADHESIVE: 'ADHESIVE_ALLERGY',
  SKINCARE: 'SKINCARE_ALLERGY',
})

export const decidePastReactions: QuestionRules = (context) => {
  const isDarker = hasDarkerSkin(context)
  return ruleByOption('SQ-38', {
    NEEDLING: 'PAST_REACTION_NEEDLING',
    LASER: 'PAST_REACTION_LASER',
    PEEL: 'PAST_REACTION_PEEL',
    PIH: isDarker ? 'PIH_DARKER_SKIN' : 'PIH',
    MELASMA: isDarker ? 'MELASMA_DARKER_SKIN' : 'MELASMA',
  })(context)
}

export const decideImplants: QuestionRules = (context) => {
  const isWithRf = context.deviceType !== null && isRf(context.deviceType)
  const rule = isWithRf ? 'IMPLANT_WITH_RF' : 'IMPLANT_MECHANICAL'
  return ruleByOption('SQ-39', { PACEMAKER: rule, ICD: rule, METAL_IMPLANT: rule })(context)
}

export const decideHomeNeedling: QuestionRules = (context) =>
  decideDated(context, 'SQ-41', 'YES', {
    eligibleOn: (date) => addDays(date, context.settings.homeNeedlingWaitDays),
    wait: 'HOME_NEEDLING_WAIT',
    unknown: 'HOME_NEEDLING_DATE_UNKNOWN',
  })

export const decideTattoo = ruleByOption('SQ-42', { YES: 'TATTOO' })

/** An event whose day is not given counts as soon; one that has passed or lies further off does not. */
export const decideEvent: QuestionRules = ({ answers, today, settings }) => {
  const event = chosen(answers, 'SQ-43', 'EVENT')
  if (!event) return noFirings
  const date = dateIn(event)
  const isSoon = date === null || (date >= today && date <= addDays(today, settings.eventWindowDays))
  return isSoon ? [{ rule: 'EVENT_SOON' }] : noFirings
}

export const decideUnderstanding = ruleByOption('SQ-44', {
  INTERPRETER: 'INTERPRETER_NEEDED',
  CAPACITY: 'CAPACITY_CONCERN',
})

/** The practitioner's own ticks count whichever form was filled in. */
export const decideConcerns: QuestionRules = ({ concerns }) => {
  const firings: Firing[] = []
  if (concerns.bodyImage) firings.push({ rule: 'EXPECTATION_CONCERN' })
  if (concerns.capacity) firings.push({ rule: 'CAPACITY_CONCERN' })
  return firings
}

function decideDated<Id extends AskedQuestionId>(
  { answers, today }: ScreeningContext,
  id: Id,
  option: OptionCode<Id>,
  rules: {
    readonly eligibleOn: (date: CalendarDate) => CalendarDate
    readonly wait: ScreeningRule
    readonly unknown: ScreeningRule
  },
): readonly Firing[] {
  const one = chosen(answers, id, option)
  return one ? decideWait({ date: dateIn(one), today, zones: zonesIn(one), ...rules }) : noFirings
}
