import type { SeriesId, StaffId } from '../../kernel/ids.ts'
import { addDays, addMonths, ageOn, type CalendarDate } from '../../kernel/time.ts'
import { type Indication, includesPlace, type ZonePlace } from '../zones.ts'
import type { ConsentBody, ConsentReacknowledgement, ConsentWithdrawal } from './consent.ts'
import type { ConsentState } from './consent-state.ts'
import type { ConsentProcedure } from './template.ts'

/** Settings of the clinic; the shipped defaults are **CC** (clinical reference, section 6). */
export type ConsentSettings = {
  /** A signed consent lapses after this many calendar months; shipped 12. */
  readonly maxAgeMonths: number
  /** 18 in most states, 19 in AL and NE, 21 in MS. */
  readonly ageOfMajority: number
  /** False where state law lets a minor consent alone; assent and the physician's exam are asked for all the same. */
  readonly isGuardianRequired: boolean
}

/** One reason why a consent does not carry the plan. `consentRemedies` says what lifts it. */
export type ConsentProblem =
  | { readonly code: 'NOT_SIGNED'; readonly state: ConsentState }
  | { readonly code: 'WITHDRAWN'; readonly by: string | null }
  | { readonly code: 'TOO_OLD'; readonly lapsedOn: CalendarDate }
  | { readonly code: 'NEW_MAJOR_VERSION'; readonly signed: number; readonly current: number }
  | { readonly code: 'OTHER_SERIES' }
  | { readonly code: 'ZONE_NOT_COVERED'; readonly zones: readonly ZonePlace[] }
  | { readonly code: 'INDICATION_NOT_COVERED'; readonly indications: readonly Indication[] }
  | { readonly code: 'DEPTH_NOT_COVERED'; readonly plannedUm: number; readonly consentedUm: number }
  | { readonly code: 'PROCEDURE_NOT_COVERED'; readonly planned: ConsentProcedure; readonly consented: ConsentProcedure }
  | { readonly code: 'ADDON_NOT_COVERED'; readonly addons: readonly string[] }
  | { readonly code: 'NEW_CLEAR_FINDING' }
  | { readonly code: 'NEW_DIAGNOSIS_OR_MEDICINE' }
  | { readonly code: 'COMPLICATION_SINCE'; readonly complications: readonly string[] }
  | { readonly code: 'BIRTH_DATE_UNKNOWN' }
  | { readonly code: 'GUARDIAN_NEEDED' }
  | { readonly code: 'GUARDIAN_CONSENT_EXPIRED'; readonly majorityOn: CalendarDate }
  | { readonly code: 'GUARDIAN_CHANGED' }
  | { readonly code: 'LANGUAGE_DIFFERS'; readonly signed: string; readonly needed: string }
  | { readonly code: 'STAFF_CHANGED'; readonly practitioner: boolean; readonly supervisingPhysician: boolean }
  | { readonly code: 'NOT_AGREED_TODAY' }
export type ConsentProblemCode = ConsentProblem['code']

/** RETAKE = a whole new consent; REACKNOWLEDGE = one signed line; ASK_TODAY = the tick before each session. */
export type ConsentRemedy = 'RETAKE' | 'REACKNOWLEDGE' | 'ASK_TODAY' | 'COMPLETE_RECORD'

export const consentRemedies: Readonly<Record<ConsentProblemCode, ConsentRemedy>> = {
  NOT_SIGNED: 'RETAKE',
  WITHDRAWN: 'RETAKE',
  TOO_OLD: 'RETAKE',
  NEW_MAJOR_VERSION: 'RETAKE',
  OTHER_SERIES: 'RETAKE',
  ZONE_NOT_COVERED: 'RETAKE',
  INDICATION_NOT_COVERED: 'RETAKE',
  DEPTH_NOT_COVERED: 'RETAKE',
  PROCEDURE_NOT_COVERED: 'RETAKE',
  ADDON_NOT_COVERED: 'RETAKE',
  NEW_CLEAR_FINDING: 'RETAKE',
  NEW_DIAGNOSIS_OR_MEDICINE: 'RETAKE',
  COMPLICATION_SINCE: 'RETAKE',
  BIRTH_DATE_UNKNOWN: 'COMPLETE_RECORD',
  GUARDIAN_NEEDED: 'RETAKE',
  GUARDIAN_CONSENT_EXPIRED: 'RETAKE',
  GUARDIAN_CHANGED: 'RETAKE',
  LANGUAGE_DIFFERS: 'RETAKE',
  STAFF_CHANGED: 'REACKNOWLEDGE',
  NOT_AGREED_TODAY: 'ASK_TODAY',
}

/** A consent as the store holds it: the signed body and the rows that came after it. */
export type ConsentOnFile = {
  readonly body: ConsentBody
  readonly state: ConsentState
  /** The clinic's calendar date of the signature; null while unsigned. */
  readonly signedOn: CalendarDate | null
  /** Oldest first. */
  readonly withdrawals: readonly ConsentWithdrawal[]
  /** Oldest first. */
  readonly reacknowledgements: readonly ConsentReacknowledgement[]
}

/** What is about to be done, and what is known about the patient since the signature. */
export type ConsentNeed = {
  readonly seriesId: SeriesId | null
  readonly zones: readonly ZonePlace[]
  readonly indications: readonly Indication[]
  /** Deepest planned depth. */
  readonly maxDepthUm: number
  readonly procedure: ConsentProcedure
  readonly addons: readonly string[]
  readonly practitionerId: StaffId
  readonly supervisingPhysicianId: StaffId
  /** Major version in force for this procedure and language. */
  readonly currentMajor: number
  readonly bornOn: CalendarDate | null
  /** Name of the guardian on the patient's record; null where there is none. */
  readonly guardianName: string | null
  /** BCP 47 of the language the patient is spoken to. */
  readonly language: string
  /** A screening outcome CLEAR that was not there when the form was signed. */
  readonly hasNewClearFinding: boolean
  readonly hasNewDiagnosisOrMedicine: boolean
  /** Codes of complications since the signature that need a new consent (`needsNewConsent`). */
  readonly complicationsSince: readonly string[]
  /** "Still agrees today": null where it is not asked yet, as while booking. */
  readonly agreesToday: boolean | null
}

/**
 * Judges a consent against a plan and names every problem, not only the first. `state` is the state as of `today`:
 * a form still stored as SIGNED reads EXPIRED once its time is over or a guardian's minor has come of age.
 * Re-take rules: clinical reference, section 6.
 */
export function consentValidity({
  consent,
  need,
  today,
  settings,
}: {
  readonly consent: ConsentOnFile
  readonly need: ConsentNeed
  readonly today: CalendarDate
  readonly settings: ConsentSettings
}): { readonly valid: boolean; readonly state: ConsentState; readonly problems: readonly ConsentProblem[] } {
  const problems = [
    ...standingProblems(consent),
    ...ageProblems({ consent, today, settings }),
    ...signerProblems({ consent, need, today, settings }),
    ...coverProblems(consent.body, need),
    ...changeProblems(consent, need),
  ]
  return {
    valid: problems.length === 0,
    state: consentStateOn({ consent, bornOn: need.bornOn, today, settings }),
    problems,
  }
}

/** The state as of `today`; nothing needs to run at midnight for a consent to lapse. */
export function consentStateOn({
  consent,
  bornOn,
  today,
  settings,
}: {
  readonly consent: ConsentOnFile
  readonly bornOn: CalendarDate | null
  readonly today: CalendarDate
  readonly settings: ConsentSettings
}): ConsentState {
  if (consent.state !== 'SIGNED') return consent.state
  if (ageProblems({ consent, today, settings }).length > 0) return 'EXPIRED'
  const isOfAge = bornOn !== null && ageOn(bornOn, today) >= settings.ageOfMajority
  return isOfAge && consent.body.signature?.role === 'GUARDIAN' ? 'EXPIRED' : 'SIGNED'
}

/** A guardian's right to be told ends with the patient's majority (clinical reference, section 11, scenario 3). */
export function mayInformGuardian({
  bornOn,
  today,
  ageOfMajority,
}: {
  readonly bornOn: CalendarDate | null
  readonly today: CalendarDate
  readonly ageOfMajority: number
}): boolean {
  return bornOn !== null && ageOn(bornOn, today) < ageOfMajority
}

/** First day on which the person is of age; someone born on 29 Feb comes of age on 1 Mar of a common year. */
export function majorityOn(bornOn: CalendarDate, ageOfMajority: number): CalendarDate {
  const birthday = addMonths(bornOn, ageOfMajority * 12)
  return ageOn(bornOn, birthday) < ageOfMajority ? addDays(birthday, 1) : birthday
}

function standingProblems(consent: ConsentOnFile): readonly ConsentProblem[] {
  const endings = consent.withdrawals.filter(({ scopes }) => scopes.includes('ALL') || scopes.includes('SERIES'))
  if (consent.state === 'WITHDRAWN' || endings.length > 0) {
    return [{ code: 'WITHDRAWN', by: endings[0]?.by ?? null }]
  }
  const isActive = consent.state === 'SIGNED' && consent.body.signature !== null && consent.signedOn !== null
  return isActive ? [] : [{ code: 'NOT_SIGNED', state: consent.state }]
}

function ageProblems({
  consent,
  today,
  settings,
}: {
  readonly consent: ConsentOnFile
  readonly today: CalendarDate
  readonly settings: ConsentSettings
}): readonly ConsentProblem[] {
  if (consent.signedOn === null) return []
  // "More than 12 months old": the anniversary itself is still good.
  const lapsedOn = addMonths(consent.signedOn, settings.maxAgeMonths)
  return today > lapsedOn ? [{ code: 'TOO_OLD', lapsedOn }] : []
}

function signerProblems({
  consent,
  need,
  today,
  settings,
}: {
  readonly consent: ConsentOnFile
  readonly need: ConsentNeed
  readonly today: CalendarDate
  readonly settings: ConsentSettings
}): readonly ConsentProblem[] {
  const { signature } = consent.body
  if (signature === null) return []
  if (need.bornOn === null) return [{ code: 'BIRTH_DATE_UNKNOWN' }]
  const isMinor = ageOn(need.bornOn, today) < settings.ageOfMajority
  if (isMinor && settings.isGuardianRequired && signature.role === 'PATIENT') return [{ code: 'GUARDIAN_NEEDED' }]
  if (signature.role !== 'GUARDIAN') return []
  if (!isMinor) {
    return [{ code: 'GUARDIAN_CONSENT_EXPIRED', majorityOn: majorityOn(need.bornOn, settings.ageOfMajority) }]
  }
  return need.guardianName === signature.name ? [] : [{ code: 'GUARDIAN_CHANGED' }]
}

function coverProblems(body: ConsentBody, need: ConsentNeed): readonly ConsentProblem[] {
  const { scope } = body
  const problems: ConsentProblem[] = []
  if (body.seriesId !== need.seriesId) problems.push({ code: 'OTHER_SERIES' })
  if (body.template.major < need.currentMajor) {
    problems.push({ code: 'NEW_MAJOR_VERSION', signed: body.template.major, current: need.currentMajor })
  }
  if (scope.procedure !== need.procedure) {
    problems.push({ code: 'PROCEDURE_NOT_COVERED', planned: need.procedure, consented: scope.procedure })
  }
  const addons = need.addons.filter((addon) => !scope.addons.includes(addon))
  if (addons.length > 0) problems.push({ code: 'ADDON_NOT_COVERED', addons })
  const zones = need.zones.filter((zone) => !includesPlace(scope.zones, zone))
  if (zones.length > 0) problems.push({ code: 'ZONE_NOT_COVERED', zones })
  const indications = need.indications.filter((indication) => !scope.indications.includes(indication))
  if (indications.length > 0) problems.push({ code: 'INDICATION_NOT_COVERED', indications })
  if (need.maxDepthUm > scope.maxDepthUm) {
    problems.push({ code: 'DEPTH_NOT_COVERED', plannedUm: need.maxDepthUm, consentedUm: scope.maxDepthUm })
  }
  return problems
}

function changeProblems(consent: ConsentOnFile, need: ConsentNeed): readonly ConsentProblem[] {
  const problems: ConsentProblem[] = []
  if (need.hasNewClearFinding) problems.push({ code: 'NEW_CLEAR_FINDING' })
  if (need.hasNewDiagnosisOrMedicine) problems.push({ code: 'NEW_DIAGNOSIS_OR_MEDICINE' })
  if (need.complicationsSince.length > 0) {
    problems.push({ code: 'COMPLICATION_SINCE', complications: need.complicationsSince })
  }
  const understoodIn = consent.body.interpreter?.language ?? consent.body.language
  if (primaryLanguage(understoodIn) !== primaryLanguage(need.language)) {
    problems.push({ code: 'LANGUAGE_DIFFERS', signed: understoodIn, needed: need.language })
  }
  // Only the latest line counts: it says who treats and supervises from then on.
  const named = consent.reacknowledgements.at(-1) ?? {
    practitionerId: consent.body.practitioner.staffId,
    supervisingPhysicianId: consent.body.supervisingPhysician.staffId,
  }
  const practitioner = named.practitionerId !== need.practitionerId
  const supervisingPhysician = named.supervisingPhysicianId !== need.supervisingPhysicianId
  if (practitioner || supervisingPhysician) problems.push({ code: 'STAFF_CHANGED', practitioner, supervisingPhysician })
  if (need.agreesToday === false) problems.push({ code: 'NOT_AGREED_TODAY' })
  return problems
}

/** `en-US` and `en-GB` are understood alike. */
function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? tag
}
