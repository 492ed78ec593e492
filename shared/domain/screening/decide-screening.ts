import type { CalendarDate } from '../../kernel/time.ts'
import { type Finding, type Outcome, outcomes } from '../finding.ts'
import { includesZoneSide, type ZoneSide } from '../zones.ts'
import { unansweredQuestions } from './answer.ts'
import type { Firing, QuestionRules, ScreeningContext } from './context.ts'
import type { QuestionId, ScreeningForm } from './question.ts'
import { type AskedQuestionId, questionsOf, screeningQuestions } from './questionnaire.ts'
import { type ScreeningRule, screeningRules } from './rules.ts'
import {
  decideAge,
  decideAutoimmune,
  decideBleedingDisorder,
  decideDiabetes,
  decideGeneralHealth,
  decidePregnancy,
  decideSkinCancer,
  decideUnwell,
} from './rules-health.ts'
import {
  decideBloodThinners,
  decideBruisingAgents,
  decideChemotherapy,
  decideImmunity,
  decideIsotretinoin,
  decidePhotosensitisers,
  decideRadiotherapy,
  decideTopicals,
} from './rules-medicines.ts'
import {
  decideAcne,
  decideEczema,
  decideHerpesHistory,
  decideHerpesNow,
  decideIntactSkin,
  decideKeloid,
  decidePsoriasis,
  decideRosacea,
  decideTan,
} from './rules-skin.ts'
import {
  decideAnaestheticAllergy,
  decideBotulinum,
  decideConcerns,
  decideEnergy,
  decideEvent,
  decideFiller,
  decideHomeNeedling,
  decideImplants,
  decideOtherAllergy,
  decidePastReactions,
  decidePeel,
  decideSurgery,
  decideTattoo,
  decideUnderstanding,
} from './rules-treatments.ts'

export type ScreeningOverall = Outcome | 'NONE'

export type ScreeningDecision = {
  /** Worst first, then in the patient's order; at most one per rule. */
  readonly findings: readonly Finding[]
  readonly overall: ScreeningOverall
  readonly unanswered: readonly AskedQuestionId[]
}

/**
 * Every rule of clinical reference, section 3, on one set of answers. `form` says which questions count: SHORT for a
 * short form by itself, FULL for a full form or for the answers of both (`effectiveAnswers`). Zone findings keep the
 * zones that were ticked, also those outside the plan; `findingsForZones` narrows them.
 */
export function decideScreening({
  form,
  ...context
}: { readonly form: ScreeningForm } & ScreeningContext): ScreeningDecision {
  const firings = [
    ...questionsOf(form).flatMap((question) => rulesByQuestion[question.id](context)),
    ...decideConcerns(context),
  ]
  const byRule = Map.groupBy(firings, (firing) => firing.rule)
  const findings = [...byRule]
    .map(([rule, fired]) => findingOf(rule, fired, context.plannedZones))
    .sort((a, b) => severityOf(a.outcome) - severityOf(b.outcome) || placeOf(a.questionId) - placeOf(b.questionId))
  return { findings, overall: overallOutcome(findings), unanswered: unansweredQuestions(form, context.answers) }
}

/** The worst outcome; NONE where there is no finding. */
export function overallOutcome(findings: readonly Finding[]): ScreeningOverall {
  return outcomes.find((outcome) => findings.some((finding) => finding.outcome === outcome)) ?? 'NONE'
}

/** Findings that matter to these zones: patient-wide ones whole, zone findings cut to the zones they share. */
export function findingsForZones(findings: readonly Finding[], zones: readonly ZoneSide[]): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (finding.scope === 'PATIENT' || finding.zones.length === 0) return [finding]
    const shared = finding.zones.filter((zone) => includesZoneSide(zones, zone))
    return shared.length > 0 ? [{ ...finding, zones: shared }] : []
  })
}

/** One set of rules per question; a question without rules does not compile. */
const rulesByQuestion: Readonly<Record<QuestionId, QuestionRules>> = {
  'SQ-01': decidePregnancy,
  'SQ-02': decideAge,
  'SQ-03': decideGeneralHealth,
  'SQ-10': decideIsotretinoin,
  'SQ-11': decideTopicals,
  'SQ-12': decideBloodThinners,
  'SQ-13': decideBruisingAgents,
  'SQ-14': decidePhotosensitisers,
  'SQ-15': decideImmunity,
  'SQ-16': decideChemotherapy,
  'SQ-17': decideRadiotherapy,
  'SQ-18': decideHerpesNow,
  'SQ-19': decideHerpesHistory,
  'SQ-20': decideAcne,
  'SQ-21': decideIntactSkin,
  'SQ-22': decidePsoriasis,
  'SQ-23': decideEczema,
  'SQ-24': decideRosacea,
  'SQ-25': decideTan,
  'SQ-26': decideKeloid,
  'SQ-27': decideBleedingDisorder,
  'SQ-28': decideAutoimmune,
  'SQ-29': decideDiabetes,
  'SQ-30': decideSkinCancer,
  'SQ-31': decideFiller,
  'SQ-32': decideBotulinum,
  'SQ-33': decideEnergy,
  'SQ-34': decidePeel,
  'SQ-35': decideSurgery,
  'SQ-36': decideAnaestheticAllergy,
  'SQ-37': decideOtherAllergy,
  'SQ-38': decidePastReactions,
  'SQ-39': decideImplants,
  'SQ-40': decideUnwell,
  'SQ-41': decideHomeNeedling,
  'SQ-42': decideTattoo,
  'SQ-43': decideEvent,
  'SQ-44': decideUnderstanding,
}

/** Several answers under one rule become one finding: all their zones, and the latest day any of them lifts. */
function findingOf(rule: ScreeningRule, fired: readonly Firing[], plannedZones: readonly ZoneSide[]): Finding {
  const { questionId, outcome, scope, override } = screeningRules[rule]
  const zones = scope === 'PATIENT' ? [] : zonesOf(fired, plannedZones)
  return {
    questionId,
    outcome,
    // A zone rule that named no zone, with nothing planned yet, holds everywhere.
    scope: zones.length > 0 ? 'ZONES' : 'PATIENT',
    zones,
    override,
    rule,
    eligibleOn: latestDay(fired),
  }
}

function zonesOf(fired: readonly Firing[], plannedZones: readonly ZoneSide[]): readonly ZoneSide[] {
  const named = fired.map(({ zones = [] }) => (zones.length > 0 ? zones : plannedZones))
  if (named.some((zones) => zones.length === 0)) return []
  return [...new Map(named.flat().map((one) => [`${one.zone} ${one.side}`, one])).values()]
}

function latestDay(fired: readonly Firing[]): CalendarDate | null {
  const days = fired.map((firing) => firing.eligibleOn ?? null)
  return days.reduce((latest, day) => (latest === null || day === null ? null : day > latest ? day : latest))
}

function severityOf(outcome: Outcome): number {
  return outcomes.indexOf(outcome)
}

function placeOf(questionId: string): number {
  return screeningQuestions.findIndex((question) => question.id === questionId)
}
