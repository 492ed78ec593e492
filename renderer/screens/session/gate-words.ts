import type { GateFailureCode } from '../../../shared/domain/deviation.ts'
import { isScreeningRule } from '../../../shared/domain/screening/rules.ts'
import type { GateFailure, LiftAction, Lifter } from '../../../shared/domain/start-gate-facts.ts'
import { indications } from '../../../shared/domain/zones.ts'
import { formatDate, formatMm, formatMmUnit } from '../../parts/format.ts'
import { ruleSentences } from '../../parts/rule-sentences.ts'
import { addonWords, deviceTypeWords, indicationWords, seriesStatusWords } from '../../parts/treatment-words.ts'
import { zoneSideName } from '../../parts/zone-names.ts'
import { factText } from '../../refusals/refusal-text.ts'
import { limitSourceWords, supervisionWords } from './session-words.ts'

/** What a failed condition is about; a deviation has the same facts. */
export type Failed = Pick<GateFailure, 'code' | 'zone' | 'side' | 'site' | 'ref' | 'facts'>

/** What is not in order, as one sentence without its lift. */
export function failureSentence(failed: Failed): string {
  return sentences[failed.code](failed)
}

/** What lifts it and who does, as one sentence. */
export function liftSentence({ liftedBy, eligibleOn }: Pick<GateFailure, 'liftedBy' | 'eligibleOn'>): string {
  const date = eligibleOn === null ? '' : ` From ${formatDate(eligibleOn)} on, time alone lifts it.`
  return `${lifts[liftedBy.action]}${date}`
}

export const lifterWords: Readonly<Record<Lifter, string>> = {
  PATIENT: 'Patient',
  PRACTITIONER: 'You',
  PHYSICIAN: 'Physician',
  MANAGER: 'Practice manager',
  NOBODY: 'Nobody but time',
}

const lifts: Readonly<Record<LiftAction, string>> = {
  CHECK_IDENTITY: 'Ask two identifiers and tick them.',
  RECORD_SKIN_TYPE: 'Enter the skin type you see.',
  PLAN_ZONES: 'Plan at least one zone.',
  CHANGE_PLAN: 'Change the plan.',
  REMOVE_ZONE: 'Take the zone out of the plan.',
  LOWER_DEPTH: 'Plan a lower depth.',
  NAME_SITE: 'Name the scar.',
  SCREEN_IN_FULL: 'The patient answers the full questionnaire.',
  SCREEN_TODAY: 'The patient answers today’s short questionnaire.',
  OVERRIDE_STOP: 'A physician can lift it in writing, or the answer changes.',
  WAIT: 'Nobody can lift it; it has to be over first.',
  CLEAR_FINDING: 'A physician clears it in writing.',
  MEET_CONDITION: 'Meet the condition of the clearance.',
  PUBLISH_CONSENT_TEXT: 'The clinic writes a consent text of this kind, and a physician approves it.',
  SIGN_CONSENT: 'The patient signs a consent that covers it.',
  ACKNOWLEDGE_CHANGE: 'The patient acknowledges it with one line under the consent.',
  COMPLETE_CHART: 'Complete the chart.',
  ASK_STILL_AGREES: 'Ask whether the patient still agrees, and tick it.',
  WRITE_ORDER: 'A physician signs an order that covers it.',
  RELEASE_COMPLICATION: 'A physician lifts the block.',
  RESUME_SERIES: 'A physician resumes the course.',
  CLEAR_INTERVAL: 'A physician allows the short interval.',
  SIGN_PREVIOUS_SESSION: 'The physician signs the session before.',
  APPROVE_POLICY: 'A physician approves the clinic’s policy.',
  CHANGE_PRACTITIONER: 'Somebody whom the policy permits treats, or the policy changes.',
  RENEW_LICENCE: 'The practice manager enters the renewed licence.',
  RECORD_TRAINING: 'The practice manager enters your training certificate, or you choose another device.',
  NAME_SUPERVISOR: 'Name a physician with a valid licence.',
  BE_PRESENT: 'The physician is present as the policy asks.',
  CHOOSE_DEVICE: 'Choose a device that is in use and allowed.',
  OPEN_CARTRIDGE: 'Open a sealed cartridge that is in date.',
  COMPLETE_CARTRIDGE: 'Enter lot, expiry and seal of the cartridge.',
  CHANGE_PRODUCT: 'Use another product.',
  ORDER_ADDON: 'A physician orders the add-on.',
}

const sentences: Readonly<Record<GateFailureCode, (failed: Failed) => string>> = {
  IDENTITY_NOT_CHECKED: ({ facts }) =>
    `Identity is not checked: ${factText(facts['seen'])} of ${factText(facts['needed'])} identifiers.`,
  SKIN_TYPE_MISSING: () => 'No skin type is recorded.',
  NOTHING_PLANNED: () => 'Nothing is planned yet.',
  SCREENING_FULL_MISSING: () => 'There is no full questionnaire for this course.',
  SCREENING_FULL_OUT_OF_DATE: ({ facts }) =>
    `The full questionnaire of ${dateOf(facts['fullAnsweredOn'])} is out of date.`,
  SCREENING_SHORT_NOT_TODAY: () => 'Today’s questionnaire is not answered.',
  SCREENING_STOP: (failed) => `Stop: ${ruleSentence(failed)}`,
  CLEARANCE_MISSING: (failed) => `To be cleared: ${ruleSentence(failed)}`,
  CLEARANCE_EXPIRED: ({ facts }) => `The clearance ended on ${dateOf(facts['expiresOn'])}.`,
  CLEARANCE_CONDITION_UNMET: ({ facts }) => `A condition of the clearance is not met: ${factText(facts['condition'])}.`,
  CLEARANCE_ZONE_EXCLUDED: (failed) => `${placeOf(failed)} is outside the clearance.`,
  CONSENT_TEXT_MISSING: ({ facts }) => missingText(facts['procedure']),
  CONSENT_MISSING: () => 'There is no signed consent.',
  CONSENT_NOT_VALID: ({ facts }) => consentSentence(String(facts['problem'])),
  CONSENT_PROCEDURE_NOT_COVERED: ({ facts }) =>
    facts['procedure'] === 'RF'
      ? 'The consent does not cover radiofrequency needling.'
      : 'The consent covers another procedure.',
  CONSENT_ZONE_NOT_COVERED: (failed) => `The consent does not name ${placeOf(failed)}.`,
  CONSENT_INDICATION_NOT_COVERED: ({ facts }) => `The consent does not name: ${indicationOf(facts['indication'])}.`,
  STILL_AGREES_NOT_ASKED: () => 'Nobody has asked whether the patient still agrees today.',
  ORDER_MISSING: () => 'There is no treatment order.',
  ORDER_NOT_ACTIVE: ({ facts }) => orderSentence(String(facts['state']), facts['expiresOn']),
  ORDER_NO_SESSIONS_LEFT: ({ facts }) => `The order’s ${factText(facts['ordered'])} sessions are used up.`,
  ORDER_ZONE_NOT_COVERED: (failed) => `The order does not name ${placeOf(failed)}.`,
  ORDER_DEVICE_TYPE_DIFFERS: ({ facts }) =>
    `The order is for another kind of device: ${deviceOf(facts['ordered'])}, not ${deviceOf(facts['chosen'])}.`,
  COMPLICATION_BLOCKS_ZONE: (failed) =>
    failed.zone === null
      ? 'An open complication keeps the next session away.'
      : `An open complication keeps ${placeOf(failed)} out of treatment.`,
  SERIES_NOT_OPEN: ({ facts }) => `The course is not open: ${seriesOf(facts['status'])}.`,
  INTERVAL_TOO_SHORT: ({ facts }) =>
    `The last session was ${factText(facts['days'])} days ago; under ${factText(facts['neededDays'])} a physician decides.`,
  PREVIOUS_SESSION_UNSIGNED: () => 'The session before is not signed yet.',
  POLICY_MISSING: () => 'No physician has approved a policy, so nobody but a physician may treat.',
  PRACTITIONER_NOT_PERMITTED: () => 'The policy does not permit you to needle.',
  LICENCE_MISSING: () => 'Your licence is not entered.',
  LICENCE_EXPIRED: ({ facts }) => `Your licence ended on ${dateOf(facts['expiredOn'])}.`,
  RF_NOT_PERMITTED: () => 'The policy does not permit you to use radiofrequency.',
  ZONE_NOT_PERMITTED: (failed) => `The policy keeps ${placeOf(failed)} for others.`,
  ZONE_NOT_PLANNABLE: (failed) => `${placeOf(failed)} is not enabled in this clinic.`,
  ZONE_SITE_MISSING: () => 'A single scar has no name yet.',
  ZONE_SIDE_IMPOSSIBLE: (failed) => `${placeOf(failed)} does not exist.`,
  ZONE_PLANNED_TWICE: (failed) => `${placeOf(failed)} is planned twice.`,
  DEPTH_IMPOSSIBLE: (failed) => `${placeOf(failed)}: ${impossibleDepth(failed)}`,
  DEPTH_OVER_LIMIT: (failed) => `${placeOf(failed)}: ${overLimit(failed)}`,
  SUPERVISOR_MISSING: () => 'No supervising physician is named.',
  SUPERVISOR_NOT_QUALIFIED: () => 'The supervising physician named has no valid licence or is you.',
  SUPERVISION_INSUFFICIENT: ({ facts }) => supervisionSentence(facts['required'], facts['confirmed']),
  DEVICE_MISSING: () => 'No device is chosen.',
  DEVICE_QUARANTINED: ({ facts }) => `Device ${factText(facts['serial'])} is in quarantine.`,
  DEVICE_RETIRED: ({ facts }) => `Device ${factText(facts['serial'])} is retired.`,
  DEVICE_TRAINING_MISSING: ({ facts }) => trainingSentence(facts),
  CARTRIDGE_MISSING: () => 'No cartridge is opened.',
  CARTRIDGE_EXPIRED: (failed) => `${cartridgeOf(failed)} has expired.`,
  CARTRIDGE_RECALLED: (failed) => `${cartridgeOf(failed)} is recalled.`,
  CARTRIDGE_QUARANTINED: (failed) => `${cartridgeOf(failed)} is in quarantine.`,
  CARTRIDGE_SEAL_BROKEN: (failed) => `${cartridgeOf(failed)} has a broken seal.`,
  CARTRIDGE_ALREADY_USED: (failed) => `${cartridgeOf(failed)} was used at another visit.`,
  CARTRIDGE_DETAILS_MISSING: ({ ref }) => `Cartridge ${ref ?? ''} is not fully entered.`,
  PRODUCT_ALLERGY: ({ facts }) =>
    `${factText(facts['product'])} contains ${factText(facts['substance'])}, which this patient must not get.`,
  ACTIVE_PRODUCT_BLOCKED: ({ facts }) =>
    `${factText(facts['product'])} is an active product, which the policy keeps off needled skin.`,
  ADDON_NOT_ORDERED: ({ facts }) => `The order does not name the add-on ${addonOf(facts['addon'])}.`,
  ADDON_NOT_CONSENTED: ({ facts }) => `The consent has no clause for the add-on ${addonOf(facts['addon'])}.`,
}

function missingText(procedure: unknown): string {
  return procedure === 'RF'
    ? 'The clinic has no approved consent text for radiofrequency needling.'
    : 'The clinic has no approved consent text for add-ons.'
}

function placeOf({ zone, side, site }: Failed): string {
  if (zone === null || side === null) return 'The whole patient'
  return [zoneSideName({ zone, side }), site ?? ''].filter((part) => part !== '').join(', ')
}

function ruleSentence({ facts }: Failed): string {
  const rule = String(facts['rule'])
  return isScreeningRule(rule) ? ruleSentences[rule] : rule
}

function overLimit({ facts }: Failed): string {
  const { depthUm, limitUm, decidedBy } = facts
  const source = limitSourceWords[String(decidedBy) as keyof typeof limitSourceWords] ?? 'limit'
  return `${formatMm(Number(depthUm))} mm is over the limit of ${formatMmUnit(Number(limitUm))} (${source}).`
}

function impossibleDepth({ facts }: Failed): string {
  const { depthUm, refusal, boundUm } = facts
  const set = formatMm(Number(depthUm))
  const bound = formatMmUnit(Number(boundUm))
  if (refusal === 'DEPTH_BELOW_MINIMUM') return `${set} mm is no depth; the least is ${bound}.`
  if (refusal === 'DEPTH_OVER_DEVICE_MAX') return `${set} mm is more than the device can do (${bound}).`
  return `${set} mm is more than any needle of this kind (${bound}).`
}

function supervisionSentence(required: unknown, confirmed: unknown): string {
  const words = (mode: unknown) => (supervisionWords[mode as keyof typeof supervisionWords] ?? 'unknown').toLowerCase()
  return confirmed === null || confirmed === undefined
    ? `Supervision is not confirmed; this depth asks for: ${words(required)}.`
    : `Supervision is ${words(confirmed)}; this depth asks for: ${words(required)}.`
}

const consentProblems: Readonly<Record<string, string>> = {
  NOT_SIGNED: 'The consent is not signed.',
  WITHDRAWN: 'The consent is withdrawn.',
  TOO_OLD: 'The consent is too old.',
  NEW_MAJOR_VERSION: 'The consent text has changed since it was signed.',
  OTHER_SERIES: 'The consent is for another course.',
  NEW_CLEAR_FINDING: 'Since the consent the patient answered something a physician must clear.',
  NEW_DIAGNOSIS_OR_MEDICINE: 'Since the consent there is a new diagnosis or medicine.',
  COMPLICATION_SINCE: 'Since the consent there was a complication.',
  BIRTH_DATE_UNKNOWN: 'The birth date is not known, so nobody can say who may consent.',
  GUARDIAN_NEEDED: 'A parent or guardian has to sign.',
  GUARDIAN_CONSENT_EXPIRED: 'The patient is of age now and has to sign in person.',
  GUARDIAN_CHANGED: 'The guardian on the chart is not the one who signed.',
  LANGUAGE_DIFFERS: 'The consent was explained in another language.',
  STAFF_CHANGED: 'The consent names another practitioner or physician.',
}

function consentSentence(problem: string): string {
  return consentProblems[problem] ?? 'The consent does not carry this session.'
}

function orderSentence(state: string, expiresOn: unknown): string {
  if (state === 'UNSIGNED') return 'The treatment order is not signed.'
  if (state === 'NOT_YET') return 'The treatment order begins later.'
  if (state === 'EXAM_OUT_OF_DATE') return 'The examination behind the order is out of date.'
  return `The treatment order ended on ${dateOf(expiresOn)}.`
}

function dateOf(value: unknown): string {
  return typeof value === 'string' ? formatDate(value) : 'an unknown day'
}

function cartridgeOf({ ref, facts }: Failed): string {
  return `Cartridge ${ref ?? ''}, lot ${factText(facts['lot']) || 'unknown'},`
}

function indicationOf(value: unknown): string {
  const known = indications.find((one) => one === value)
  return known ? indicationWords[known].toLowerCase() : String(value)
}

function deviceOf(value: unknown): string {
  return (deviceTypeWords[value as keyof typeof deviceTypeWords] ?? 'unknown').toLowerCase()
}

function seriesOf(value: unknown): string {
  return (seriesStatusWords[value as keyof typeof seriesStatusWords] ?? 'unknown').toLowerCase()
}

function addonOf(value: unknown): string {
  return (addonWords[value as keyof typeof addonWords] ?? String(value)).toLowerCase()
}

/** Also for the warning of a clinic that does not block on it. */
export function trainingSentence({ standing, model }: Readonly<Record<string, unknown>>): string {
  const device = typeof model === 'string' ? model : 'this device'
  return standing === 'EXPIRED'
    ? `Your training certificate for ${device} has ended.`
    : `There is no training certificate for ${device}.`
}
