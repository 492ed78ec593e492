import type { SeriesId, StaffId } from '../../kernel/ids.ts'
import { ageOn, type CalendarDate } from '../../kernel/time.ts'
import { type Indication, requiresSite, type ZonePlace } from '../zones.ts'
import type { ConsentBody, IdentityDocument, Interpreter, SignerRole } from './consent.ts'
import type { ConsentProcedure } from './template.ts'

/** What staff set before the form is shown. Unfinished fields are null or empty: the draft is kept as it stands. */
export type ConsentPreparation = {
  /** The template in force that will be filled; null while none is chosen. */
  readonly templateId: string | null
  readonly procedure: ConsentProcedure
  readonly seriesId: SeriesId | null
  /** Asked for by a form of the kind ADDON alone; other texts have no clause for them. */
  readonly addons: readonly string[]
  readonly zones: readonly ZonePlace[]
  readonly indications: readonly Indication[]
  /** Deepest setting the patient agrees to, micrometres. */
  readonly maxDepthUm: number | null
  readonly sessions: number | null
  readonly intervalMonths: number | null
  /** Minutes the numbing cream stays on. */
  readonly dwellMin: number | null
  /** Minutes the needling takes. */
  readonly durationMin: number | null
  readonly practitionerId: StaffId | null
  readonly supervisingPhysicianId: StaffId | null
  readonly explainedById: StaffId | null
  /** BCP 47 of the language in which it is explained. */
  readonly language: string
  readonly interpreter: Interpreter | null
  readonly signer: {
    readonly role: SignerRole
    /** Empty where the patient signs: the chart's name is printed. */
    readonly name: string
    readonly relationship: string
    readonly proofOfAuthority: string
    readonly identityDocument: IdentityDocument | null
  }
  /** What a minor's form needs beside the guardian; null for an adult. */
  readonly minor: {
    readonly physicianId: StaffId | null
    readonly examinedOn: CalendarDate | null
    readonly chaperoneName: string
    readonly chaperoneRelation: string
  } | null
}

/** What the preparation is held against: the chart, the policy, and who works here. */
export type PreparationFacts = {
  readonly bornOn: CalendarDate | null
  readonly today: CalendarDate
  readonly ageOfMajority: number
  readonly isGuardianRequired: boolean
  readonly ceilingUm: number
  readonly isOrbitalEnabled: boolean
  /** The chart says so, or the patient said so in the screening (SQ-44). */
  readonly needsInterpreter: boolean
  readonly templates: readonly {
    readonly templateId: string
    readonly language: string
    readonly procedure: ConsentProcedure
  }[]
  readonly practitionerIds: readonly StaffId[]
  readonly physicianIds: readonly StaffId[]
  /** Courses of the patient that are not over. Where there are any, a consent is for one of them. */
  readonly seriesIds: readonly SeriesId[]
}

/** What is still missing before the form can be shown, in the order of the screen. */
export const consentGaps = [
  'BIRTH_DATE_UNKNOWN',
  'TEMPLATE_NOT_APPROVED',
  'TEMPLATE',
  'SERIES',
  'ADDONS',
  'ZONES',
  'SITE',
  'ORBITAL_NOT_ENABLED',
  'INDICATIONS',
  'DEPTH',
  'DEPTH_OVER_CEILING',
  'SESSIONS',
  'INTERVAL',
  'DWELL',
  'DURATION',
  'PRACTITIONER',
  'SUPERVISING_PHYSICIAN',
  'EXPLAINED_BY',
  'LANGUAGE',
  'INTERPRETER',
  'INTERPRETER_NAME',
  'GUARDIAN_NEEDED',
  'GUARDIAN_NOT_NEEDED',
  'SIGNER_NAME',
  'RELATIONSHIP',
  'AUTHORITY',
  'IDENTITY_DOCUMENT',
  'MINOR_EXAM',
  'CHAPERONE',
] as const
export type ConsentGap = (typeof consentGaps)[number]

/** Names everything that stands against showing the form; an empty list means it can be presented. */
export function consentPreparationGaps(
  preparation: ConsentPreparation,
  facts: PreparationFacts,
): readonly ConsentGap[] {
  const gaps = new Set<ConsentGap>([
    ...templateGaps(preparation, facts),
    ...scopeGaps(preparation, facts),
    ...staffGaps(preparation, facts),
    ...languageGaps(preparation, facts),
    ...signerGaps(preparation, facts),
  ])
  return consentGaps.filter((gap) => gaps.has(gap))
}

/** Under the clinic's age of majority today; false where the birth date is unknown, which is a gap of its own. */
export function isMinorOn({
  bornOn,
  today,
  ageOfMajority,
}: Pick<PreparationFacts, 'bornOn' | 'today' | 'ageOfMajority'>): boolean {
  return bornOn !== null && ageOn(bornOn, today) < ageOfMajority
}

/** A new form that asks for the same as an earlier one; who signs and who was seen is always asked again. */
export function preparationAfter(earlier: ConsentBody, blank: ConsentPreparation): ConsentPreparation {
  return {
    ...blank,
    procedure: earlier.scope.procedure,
    seriesId: earlier.seriesId,
    addons: earlier.scope.addons,
    zones: earlier.scope.zones,
    indications: earlier.scope.indications,
    maxDepthUm: earlier.scope.maxDepthUm,
    sessions: earlier.scope.sessions,
    practitionerId: earlier.practitioner.staffId,
    supervisingPhysicianId: earlier.supervisingPhysician.staffId,
  }
}

function templateGaps(
  { templateId, procedure }: ConsentPreparation,
  { templates }: PreparationFacts,
): readonly ConsentGap[] {
  const fitting = templates.filter((template) => template.procedure === procedure)
  if (fitting.length === 0) return ['TEMPLATE_NOT_APPROVED']
  return fitting.some((template) => template.templateId === templateId) ? [] : ['TEMPLATE']
}

function scopeGaps(preparation: ConsentPreparation, facts: PreparationFacts): readonly ConsentGap[] {
  const { seriesId, zones, indications, maxDepthUm, sessions, intervalMonths, dwellMin, durationMin } = preparation
  const gaps: ConsentGap[] = []
  const isOfCourse = seriesId === null ? facts.seriesIds.length === 0 : facts.seriesIds.includes(seriesId)
  if (!isOfCourse) gaps.push('SERIES')
  if (preparation.procedure === 'ADDON' && preparation.addons.length === 0) gaps.push('ADDONS')
  if (zones.length === 0) gaps.push('ZONES')
  if (zones.some(({ zone, site }) => requiresSite(zone) && (site ?? '').trim() === '')) gaps.push('SITE')
  if (!facts.isOrbitalEnabled && zones.some(({ zone }) => zone === 'ORBITAL')) gaps.push('ORBITAL_NOT_ENABLED')
  if (indications.length === 0) gaps.push('INDICATIONS')
  if (maxDepthUm === null || maxDepthUm <= 0) gaps.push('DEPTH')
  else if (maxDepthUm > facts.ceilingUm) gaps.push('DEPTH_OVER_CEILING')
  if (sessions === null || sessions < 1) gaps.push('SESSIONS')
  if (intervalMonths === null || intervalMonths < 1) gaps.push('INTERVAL')
  if (dwellMin === null) gaps.push('DWELL')
  if (durationMin === null || durationMin < 1) gaps.push('DURATION')
  return gaps
}

function staffGaps(preparation: ConsentPreparation, facts: PreparationFacts): readonly ConsentGap[] {
  const { practitionerId, supervisingPhysicianId, explainedById } = preparation
  const gaps: ConsentGap[] = []
  if (practitionerId === null || !facts.practitionerIds.includes(practitionerId)) gaps.push('PRACTITIONER')
  if (supervisingPhysicianId === null || !facts.physicianIds.includes(supervisingPhysicianId)) {
    gaps.push('SUPERVISING_PHYSICIAN')
  }
  // The conversation is a clinical one: the desk may witness it, not hold it.
  if (explainedById === null || !facts.practitionerIds.includes(explainedById)) gaps.push('EXPLAINED_BY')
  return gaps
}

function languageGaps(
  { language, interpreter, templateId }: ConsentPreparation,
  { templates, needsInterpreter }: PreparationFacts,
): readonly ConsentGap[] {
  if (language.trim() === '') return ['LANGUAGE']
  const form = templates.find((template) => template.templateId === templateId)
  const isForeign = form !== undefined && form.language.split('-')[0] !== language.split('-')[0]
  if (interpreter === null) return needsInterpreter || isForeign ? ['INTERPRETER'] : []
  return interpreter.name.trim() === '' || interpreter.language.trim() === '' ? ['INTERPRETER_NAME'] : []
}

function signerGaps({ signer, minor }: ConsentPreparation, facts: PreparationFacts): readonly ConsentGap[] {
  const gaps: ConsentGap[] = []
  if (facts.bornOn === null) gaps.push('BIRTH_DATE_UNKNOWN')
  const isMinor = isMinorOn(facts)
  if (isMinor && facts.isGuardianRequired && signer.role === 'PATIENT') gaps.push('GUARDIAN_NEEDED')
  if (!isMinor && facts.bornOn !== null && signer.role === 'GUARDIAN') gaps.push('GUARDIAN_NOT_NEEDED')
  if (signer.role !== 'PATIENT') {
    if (signer.name.trim() === '') gaps.push('SIGNER_NAME')
    if (signer.relationship.trim() === '') gaps.push('RELATIONSHIP')
    if (signer.proofOfAuthority.trim() === '') gaps.push('AUTHORITY')
  }
  if (signer.identityDocument === null) gaps.push('IDENTITY_DOCUMENT')
  if (!isMinor) return gaps
  const { physicianId = null, examinedOn = null, chaperoneName = '' } = minor ?? {}
  if (physicianId === null || !facts.physicianIds.includes(physicianId) || examinedOn === null) gaps.push('MINOR_EXAM')
  else if (examinedOn > facts.today) gaps.push('MINOR_EXAM')
  if (chaperoneName.trim() === '') gaps.push('CHAPERONE')
  return gaps
}
