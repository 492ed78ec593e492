import type { TriedVisit } from '../../../shared/contract/policy.ts'
import type { SupervisionMode } from '../../../shared/domain/policy.ts'
import { formatMm, formatMmUnit } from '../../parts/format.ts'
import { ruleSentence } from '../../parts/rule-sentences.ts'
import { zoneSideName } from '../../parts/zone-names.ts'
import { levelTexts } from './policy-words.ts'

type Reason = TriedVisit['reasons'][number]

/** What the start of a booked session fails by, as one sentence. */
export function reasonSentence(reason: Reason): string {
  return (sentences[reason.code] ?? otherReason)(reason)
}

/** Said where a reason stands in the chart and the reader may not see charts. */
export const chartReasonSentence = 'A reason that stands in the chart; a physician sees it here.'

const sentences: Readonly<Partial<Record<Reason['code'], (reason: Reason) => string>>> = {
  POLICY_MISSING: () => 'No approved policy lets anybody but a physician treat.',
  PRACTITIONER_NOT_PERMITTED: ({ facts }) => {
    const level = levelTexts[facts['licenceLevel'] as keyof typeof levelTexts]
    return level === undefined
      ? 'The practitioner may not needle.'
      : `The practitioner may not needle (licence level: ${level.toLowerCase()}).`
  },
  RF_NOT_PERMITTED: () => 'The practitioner may not use radiofrequency, which is ordered.',
  ZONE_NOT_PERMITTED: (reason) => `${placeOf(reason, 'A planned zone')} is kept from the practitioner.`,
  ZONE_NOT_PLANNABLE: (reason) => `${placeOf(reason, 'A planned zone')} cannot be planned in this clinic.`,
  DEPTH_OVER_LIMIT: (reason) => {
    const { depthUm, limitUm } = reason.facts
    const over = `over the limit of ${formatMmUnit(Number(limitUm))}`
    return typeof depthUm === 'number'
      ? `${placeOf(reason, 'A zone')}: ${formatMm(depthUm)} mm is planned, ${over}.`
      : `A planned depth is ${over}.`
  },
  SUPERVISION_INSUFFICIENT: ({ facts }) =>
    `The planned depth asks for more supervision: ${modeOf(facts['required'])}. Until now: ${modeOf(facts['confirmed'])}.`,
  ORDER_MISSING: () => 'There is no treatment order, and one is required.',
  ORDER_NOT_ACTIVE: ({ facts }) =>
    facts['state'] === 'EXAM_OUT_OF_DATE'
      ? 'The examination behind the treatment order is out of date on that day.'
      : 'The treatment order is not in date on that day.',
  INTERVAL_TOO_SHORT: ({ facts }) => {
    const needed = `under ${Number(facts['neededDays'])} days a physician decides.`
    return typeof facts['days'] === 'number'
      ? `The session before is ${facts['days']} days earlier; ${needed}`
      : `The session before is too near; ${needed}`
  },
  PREVIOUS_SESSION_UNSIGNED: () => 'The session before is not signed yet.',
  SCREENING_FULL_OUT_OF_DATE: () => 'The full questionnaire is out of date on that day.',
  SCREENING_STOP: ({ facts }) => `Stop: ${ruleSentence(String(facts['rule']))}`,
  CLEARANCE_MISSING: ({ facts }) => `To be cleared by a physician: ${ruleSentence(String(facts['rule']))}`,
  CLEARANCE_EXPIRED: () => 'A clearance is out of date on that day.',
  CONSENT_NOT_VALID: ({ facts }) => consentSentences[String(facts['problem'])] ?? 'The consent does not stand.',
}

const consentSentences: Readonly<Record<string, string>> = {
  TOO_OLD: 'The consent is too old on that day.',
  GUARDIAN_NEEDED: 'A parent or guardian has to sign the consent.',
  GUARDIAN_CONSENT_EXPIRED: 'The patient counts as of age and has to sign the consent in person.',
}

function otherReason(): string {
  return 'A condition of the start gate is not met.'
}

function placeOf({ zone, side, site }: Reason, unknown: string): string {
  if (zone === null || side === null) return unknown
  return [zoneSideName({ zone, side }), site ?? ''].filter((part) => part !== '').join(', ')
}

const modeWords: Readonly<Record<SupervisionMode, string>> = {
  ON_SITE: 'a physician on site',
  IMMEDIATE: 'a physician within 15 minutes',
  AVAILABLE: 'a physician by phone or video',
  NONE: 'none',
}

function modeOf(mode: unknown): string {
  return modeWords[mode as SupervisionMode] ?? 'unknown'
}
