import type { CalendarDate } from '../../kernel/time.ts'
import type { DeviceType } from '../device.ts'
import { type FitzpatrickType, isPigmentProne, type ZoneSide } from '../zones.ts'
import { chosen, type ScreeningAnswers, zonesIn } from './answer.ts'
import type { AskedQuestionId, OptionCode } from './questionnaire.ts'
import type { ScreeningRule } from './rules.ts'
import type { ScreeningSettings } from './settings.ts'

/** What the practitioner ticks beside the form. It adds findings and never touches an answer. */
export type PractitionerConcerns = {
  /** SQ-43: unrealistic expectation or body-image concern. */
  readonly bodyImage: boolean
  /** SQ-44: doubt about the patient's capacity to decide. */
  readonly capacity: boolean
}

/** A prescriber's written order for an antiviral (note B): the zones it names. The app never suggests a dose. */
export type ProphylaxisOrder = { readonly zones: readonly ZoneSide[] }

/** Everything the rules read besides the form's kind. */
export type ScreeningContext = {
  readonly answers: ScreeningAnswers
  /** Null where the chart has no birth date. */
  readonly bornOn: CalendarDate | null
  readonly today: CalendarDate
  /** Fitzpatrick skin type; null counts as the darker ones until a clinician recorded it. */
  readonly fst: FitzpatrickType | null
  /** Empty while nothing is planned: zone rules without ticked zones then hold for the whole patient. */
  readonly plannedZones: readonly ZoneSide[]
  /** Null while no device is chosen; judged as mechanical, and judged again once it is. */
  readonly deviceType: DeviceType | null
  readonly settings: ScreeningSettings
  readonly prophylaxis: ProphylaxisOrder | null
  readonly concerns: PractitionerConcerns
}

/** A rule that holds. No zones on a zone rule means that none were named: everywhere planned. */
export type Firing = {
  readonly rule: ScreeningRule
  readonly zones?: readonly ZoneSide[]
  readonly eligibleOn?: CalendarDate
}

export type QuestionRules = (context: ScreeningContext) => readonly Firing[]

export const noFirings: readonly Firing[] = []

/** The plain case: an option fires its rule, in the zones ticked with it. */
export function ruleByOption<Id extends AskedQuestionId>(
  id: Id,
  rules: { readonly [Option in OptionCode<Id>]?: ScreeningRule },
): QuestionRules {
  const entries = Object.entries(rules) as readonly (readonly [OptionCode<Id>, ScreeningRule])[]
  return ({ answers }) =>
    entries.flatMap(([option, rule]) => {
      const one = chosen(answers, id, option)
      return one ? [{ rule, zones: zonesIn(one) }] : []
    })
}

/**
 * A rule with a wait: fires `wait` until `eligibleOn(date)` is reached, `unknown` where the date is not known, else
 * nothing.
 */
export function decideWait({
  date,
  today,
  eligibleOn,
  wait,
  unknown,
  zones,
}: {
  readonly date: CalendarDate | null
  readonly today: CalendarDate
  readonly eligibleOn: (date: CalendarDate) => CalendarDate
  readonly wait: ScreeningRule
  readonly unknown: ScreeningRule
  readonly zones?: readonly ZoneSide[]
}): readonly Firing[] {
  const where = zones === undefined ? {} : { zones }
  if (date === null) return [{ rule: unknown, ...where }]
  const first = eligibleOn(date)
  return today < first ? [{ rule: wait, ...where, eligibleOn: first }] : noFirings
}

/** Skin types that darken more easily; an unrecorded type counts among them. */
export function hasDarkerSkin({ fst }: ScreeningContext): boolean {
  return fst === null || isPigmentProne(fst)
}
