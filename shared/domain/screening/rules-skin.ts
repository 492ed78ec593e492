import { addDays } from '../../kernel/time.ts'
import { includesZoneSide, type ZoneSide } from '../zones.ts'
import { chosen, dateIn, selectionIn, zonesIn } from './answer.ts'
import { decideWait, type Firing, hasDarkerSkin, noFirings, type QuestionRules, ruleByOption } from './context.ts'
import { isInReachOfColdSore, wholeFace } from './facial-zones.ts'
import type { ScreeningRule } from './rules.ts'

/** A cold sore anywhere on the face stops the whole face until healed and the wait is over. */
export const decideHerpesNow: QuestionRules = ({ answers, today, plannedZones, settings }) => {
  const now = chosen(answers, 'SQ-18', 'YES')
  if (now) return [{ rule: 'HERPES_NOW', zones: spreadOverFace(zonesIn(now), plannedZones) }]
  const healed = chosen(answers, 'SQ-18', 'HEALED')
  if (!healed) return noFirings
  return decideWait({
    date: dateIn(healed),
    today,
    eligibleOn: (date) => addDays(date, settings.herpesWaitDays),
    wait: 'HERPES_WAIT',
    unknown: 'HERPES_DATE_UNKNOWN',
    zones: spreadOverFace(zonesIn(healed), plannedZones),
  })
}

/**
 * A history needs the physician's prophylaxis decision once a facial zone is planned. Where prophylaxis is ordered, only
 * a clear "yes, started" lets the zones of the order go ahead; no answer counts as not started.
 */
export const decideHerpesHistory: QuestionRules = ({ answers, plannedZones, prophylaxis }) => {
  const firings: Firing[] = []
  const history = chosen(answers, 'SQ-19', 'YES')
  const planned = plannedZones.filter(isInReachOfColdSore)
  if (history && (planned.length > 0 || plannedZones.length === 0)) {
    firings.push({ rule: 'HERPES_HISTORY', zones: planned })
  }
  const isStarted = history !== null && selectionIn(history, 'ANTIVIRAL_STARTED') === 'YES'
  if (prophylaxis && !isStarted) firings.push({ rule: 'ANTIVIRAL_NOT_STARTED', zones: prophylaxis.zones })
  return firings
}

export const decideAcne = ruleByOption('SQ-20', {
  FEW: 'ACNE_FEW',
  MODERATE: 'ACNE_MODERATE',
  SEVERE: 'ACNE_SEVERE',
})

export const decideIntactSkin = ruleByOption('SQ-21', { YES: 'SKIN_NOT_INTACT' })

export const decidePsoriasis = decideGraded('SQ-22', {
  active: 'PSORIASIS_ACTIVE',
  MILD: 'PSORIASIS_MILD',
  MODERATE: 'PSORIASIS_MODERATE',
  SEVERE: 'PSORIASIS_SEVERE',
})

export const decideEczema = decideGraded('SQ-23', {
  active: 'ECZEMA_ACTIVE',
  MILD: 'ECZEMA_MILD',
  MODERATE: 'ECZEMA_MODERATE',
  SEVERE: 'ECZEMA_SEVERE',
})

export const decideRosacea = ruleByOption('SQ-24', { ROSACEA: 'ROSACEA_ACTIVE', TELANGIECTASIA: 'TELANGIECTASIA' })

export const decideTan: QuestionRules = (context) => {
  const { answers, today, settings } = context
  const firings: Firing[] = []
  const sunburn = chosen(answers, 'SQ-25', 'SUNBURN')
  if (sunburn) firings.push({ rule: 'SUNBURN', zones: zonesIn(sunburn) })
  for (const source of ['TAN', 'SUNBED', 'SELF_TANNER'] as const) {
    const tanned = chosen(answers, 'SQ-25', source)
    if (!tanned) continue
    firings.push(
      ...decideWait({
        date: dateIn(tanned),
        today,
        eligibleOn: (date) => addDays(date, settings.tanWaitDays),
        wait: hasDarkerSkin(context) ? 'TAN_WAIT_DARKER_SKIN' : 'TAN_WAIT',
        unknown: 'TAN_DATE_UNKNOWN',
        zones: zonesIn(tanned),
      }),
    )
  }
  return firings
}

/** Stops the planned zones that carry one; a keloid anywhere else, or in the family, is the physician's decision. */
export const decideKeloid: QuestionRules = ({ answers, plannedZones }) => {
  const firings: Firing[] = []
  const marked = chosen(answers, 'SQ-26', 'IN_ZONES')
  if (marked) {
    const ticked = zonesIn(marked)
    const inPlan = plannedZones.length === 0 ? ticked : ticked.filter((zone) => includesZoneSide(plannedZones, zone))
    if (ticked.length === 0 || inPlan.length > 0) firings.push({ rule: 'KELOID_IN_ZONE', zones: inPlan })
    if (inPlan.length < ticked.length) firings.push({ rule: 'KELOID_ELSEWHERE' })
  }
  if (chosen(answers, 'SQ-26', 'ELSEWHERE')) firings.push({ rule: 'KELOID_ELSEWHERE' })
  if (chosen(answers, 'SQ-26', 'FAMILY')) firings.push({ rule: 'KELOID_FAMILY' })
  return firings
}

/** SQ-22 and SQ-23: active skin stops its zones; the grade speaks for the whole patient. */
function decideGraded(
  id: 'SQ-22' | 'SQ-23',
  rules: Readonly<Record<'active' | 'MILD' | 'MODERATE' | 'SEVERE', ScreeningRule>>,
): QuestionRules {
  return ({ answers }) =>
    (['MILD', 'MODERATE', 'SEVERE'] as const).flatMap((grade): readonly Firing[] => {
      const graded = chosen(answers, id, grade)
      if (!graded) return noFirings
      const zones = zonesIn(graded)
      const isActive = selectionIn(graded, 'ACTIVE') === 'YES' || zones.length > 0
      return [...(isActive ? [{ rule: rules.active, zones }] : []), { rule: rules[grade] }]
    })
}

function spreadOverFace(ticked: readonly ZoneSide[], planned: readonly ZoneSide[]): readonly ZoneSide[] {
  const zones = ticked.length > 0 ? ticked : planned
  if (!zones.some(isInReachOfColdSore)) return zones
  return [...zones.filter((zone) => !includesZoneSide(wholeFace, zone)), ...wholeFace]
}
