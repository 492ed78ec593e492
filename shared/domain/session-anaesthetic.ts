import { minutesBetween } from '../kernel/time.ts'
import type { ClinicSettings } from './policy.ts'
import type { DraftAnaesthetic, DraftOf, SessionWarningCode } from './session.ts'
import type { Findings, HardProblem, Problem } from './session-problem.ts'
import type { ZoneSide } from './zones.ts'
import { zoneFacts } from './zones.ts'

/** Dwell, strength, occlusion and area of the numbing product (clinical reference, section 5, anaesthetic row). */
export function anaestheticFindings(
  anaesthetic: DraftAnaesthetic | null | undefined,
  settings: ClinicSettings,
): Findings {
  if (anaesthetic?.kind !== 'APPLIED') return { hard: [], soft: [] }
  const { onAt, offAt, agents, area, isOccluded, orderId } = anaesthetic
  const hard: HardProblem[] = []
  const soft: Problem<SessionWarningCode>[] = []
  if (onAt && offAt) {
    const minutes = minutesBetween(onAt, offAt)
    const problem = { path: 'anaesthetic.offAt', facts: { minutes } }
    const phase = dwellPhase(minutes, settings)
    if (minutes < 0) hard.push({ code: 'ANAESTHETIC_OFF_BEFORE_ON', ...problem })
    else if (phase === 'SHORT') soft.push({ code: 'ANAESTHETIC_DWELL_SHORT', ...problem })
    else if (phase === 'LONG') soft.push({ code: 'ANAESTHETIC_DWELL_LONG', ...problem })
  }
  if (onAt && !offAt) soft.push({ code: 'ANAESTHETIC_OFF_TIME_MISSING', path: 'anaesthetic.offAt', facts: {} })
  for (const [index, { agent, percent }] of (agents ?? []).entries()) {
    if (orderId || agent !== 'LIDOCAINE' || (percent ?? 0) <= settings.lidocaineOtcMaxPercent) continue
    const facts = { percent: percent ?? null, maxPercent: settings.lidocaineOtcMaxPercent }
    soft.push({ code: 'LIDOCAINE_STRONG', path: `anaesthetic.agents[${index}].percent`, facts })
  }
  if (isOccluded === true) soft.push({ code: 'ANAESTHETIC_OCCLUDED', path: 'anaesthetic.isOccluded', facts: {} })
  if (isLargerThanFaceAndNeck(area ?? [])) {
    soft.push({ code: 'ANAESTHETIC_AREA_LARGE', path: 'anaesthetic.area', facts: {} })
  }
  return { hard, soft }
}

export type TimePhase = 'SHORT' | 'USUAL' | 'LONG'

/** How long the cream has been on against the clinic's usual dwell (clinical reference, section 5). */
export function dwellPhase(
  minutes: number,
  { dwellWarnUnderMin, dwellWarnOverMin }: Pick<ClinicSettings, 'dwellWarnUnderMin' | 'dwellWarnOverMin'>,
): TimePhase {
  if (minutes < dwellWarnUnderMin) return 'SHORT'
  return minutes > dwellWarnOverMin ? 'LONG' : 'USUAL'
}

/** A trunk or thigh zone is as large by itself; otherwise face or neck together with any zone of the body. */
function isLargerThanFaceAndNeck(area: readonly DraftOf<ZoneSide>[]): boolean {
  const zones = area.flatMap(({ zone }) => (zone ? [zoneFacts(zone)] : []))
  const hasFaceOrNeck = zones.some(({ region }) => region === 'FACE' || region === 'NECK')
  return zones.some(({ isLarge, region }) => isLarge || (hasFaceOrNeck && region === 'BODY'))
}
