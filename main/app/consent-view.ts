import type { Reader } from '../../db/open.ts'
import {
  type ConsentDraft,
  type ConsentFile,
  consentDraftKind,
  consentSettingsOf,
  selectConsentFile,
} from '../../db/queries/consent.ts'
import { type StoredTemplate, selectCurrentMajor, selectTemplatesInForce } from '../../db/queries/consent-template.ts'
import { type Draft, selectDraft } from '../../db/queries/draft.ts'
import { selectActiveOrders } from '../../db/queries/order.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectFormsOnFile } from '../../db/queries/screening.ts'
import { selectSeriesOf } from '../../db/queries/series.ts'
import { type StaffMember, selectStaff } from '../../db/queries/staff.ts'
import type { ListedConsent, OpenedConsent } from '../../shared/contract/consent.ts'
import { type PrintedStaff, photoPermissionsAfter } from '../../shared/domain/consent/consent.ts'
import {
  type ConsentNeed,
  type ConsentSettings,
  consentStateOn,
  consentValidity,
} from '../../shared/domain/consent/consent-validity.ts'
import { type ConsentAnswers, offLabelOf, stressedPhrases } from '../../shared/domain/consent/fill-consent.ts'
import { formWordsFor } from '../../shared/domain/consent/form-words.ts'
import type { TemplateFault } from '../../shared/domain/consent/lint-template.ts'
import {
  type ConsentPreparation,
  consentPreparationGaps,
  type PreparationFacts,
} from '../../shared/domain/consent/prepare-consent.ts'
import type { RenderedConsent } from '../../shared/domain/consent/render-consent.ts'
import type { ConsentTemplate } from '../../shared/domain/consent/template.ts'
import type { OrderBody } from '../../shared/domain/order.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { Answer } from '../../shared/domain/screening/answer.ts'
import type { SeriesBody, SeriesStatus } from '../../shared/domain/series.ts'
import type { ConsentId, PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import { addMonths, ageOn, type CalendarDate } from '../../shared/kernel/time.ts'

export type ConsentAddress = { readonly patientId: PatientId; readonly consentId: ConsentId }

/** A form wherever it stands: only prepared, shown, or signed. Null: not there, or another patient's. */
export type FoundConsent = {
  readonly file: ConsentFile | null
  readonly draft: Draft<ConsentDraft> | null
}

export async function findConsent(reader: Reader, address: ConsentAddress): Promise<FoundConsent | null> {
  const file = await selectConsentFile(reader, address)
  const draft = await selectDraft<ConsentDraft>(reader, consentDraftKind, address.consentId)
  const own = draft?.patientId === address.patientId ? draft : null
  return file === null && own === null ? null : { file, draft: own }
}

/** What a consent is judged by on a day. */
export type ConsentGround = {
  readonly patient: PatientBody
  readonly policy: PolicyBody
  readonly settings: ConsentSettings
  readonly staff: readonly StaffMember[]
  readonly templates: readonly StoredTemplate[]
  /** Courses that are not over, newest first. */
  readonly courses: readonly { readonly seriesId: SeriesId; readonly body: SeriesBody }[]
  /** Orders in force, newest signature first. */
  readonly orders: readonly OrderBody[]
  /** The chart says so, or the patient's own answer to SQ-44. */
  readonly needsInterpreter: boolean
  readonly today: CalendarDate
}

/** Statuses in which a course still goes on; the others are over. */
const goingOn: readonly SeriesStatus[] = ['PLANNED', 'ACTIVE', 'ON_HOLD', 'MAINTENANCE']

export async function readGround(reader: Reader, patient: PatientBody, today: CalendarDate): Promise<ConsentGround> {
  const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
  const series = await selectSeriesOf(reader, patient.id)
  const orders = await selectActiveOrders(reader, patient.id, today, policy)
  const understanding = (await selectFormsOnFile(reader, patient.id)).full?.body.answers['SQ-44']
  return {
    patient,
    policy,
    settings: consentSettingsOf(policy),
    staff: await selectStaff(reader),
    templates: await selectTemplatesInForce(reader, today),
    courses: series
      .filter(({ body }) => goingOn.includes(body.status))
      // The id of a series record is a series' id.
      .map(({ id, body }) => ({ seriesId: id as SeriesId, body })),
    orders: orders.map(({ body }) => body),
    needsInterpreter: patient.interpreterNeeded || asksInterpreter(understanding),
    today,
  }
}

export function factsOf({
  patient,
  policy,
  settings,
  staff,
  templates,
  courses,
  needsInterpreter,
  today,
}: ConsentGround): PreparationFacts {
  const treating = staff.filter((member) => member.status === 'ACTIVE' && isTreating(member))
  return {
    bornOn: patient.bornOn,
    today,
    ageOfMajority: settings.ageOfMajority,
    ceilingUm: policy.ceilingDepthUm,
    isOrbitalEnabled: policy.orbitalEnabled,
    needsInterpreter,
    templates: templates.map(({ template }) => template),
    practitionerIds: treating.map(({ staffId }) => staffId),
    physicianIds: treating.filter(isPhysician).map(({ staffId }) => staffId),
    seriesIds: courses.map(({ seriesId }) => seriesId),
  }
}

/** A form nobody has touched: what the chart, the order, the policy and the person at the desk already say. */
export function blankPreparation(ground: ConsentGround, preparedBy: StaffMember | null): ConsentPreparation {
  const { patient, policy, templates, today, settings } = ground
  const { physicianIds } = factsOf(ground)
  const isMinor = patient.bornOn !== null && ageOn(patient.bornOn, today) < settings.ageOfMajority
  const template = templates.find(({ template: text }) => text.procedure === 'MECHANICAL')?.template ?? null
  const treating = preparedBy && isTreating(preparedBy) ? preparedBy.staffId : null
  const course = ground.courses.length === 1 ? (ground.courses[0] ?? null) : null
  const order = ground.orders.find(({ seriesId }) => seriesId === (course?.seriesId ?? null)) ?? null
  const plan = order ?? course?.body ?? null
  return {
    templateId: template?.templateId ?? null,
    procedure: 'MECHANICAL',
    seriesId: course?.seriesId ?? null,
    addons: order?.addons ?? [],
    zones: (plan?.zones ?? []).map(({ zone, side, site }) => ({ zone, side, site })),
    indications: order?.indications ?? course?.body.goals ?? [],
    maxDepthUm: deepest(order?.zones.map((zone) => zone.maxDepthUm) ?? course?.body.zones.map((zone) => zone.depthUm)),
    sessions: order?.sessions ?? course?.body.sessionsPlanned ?? policy.settings.seriesDefaultSessions,
    intervalMonths: plan?.intervalMonths ?? policy.settings.seriesIntervalMonths,
    dwellMin: policy.settings.needlingDefaultMin,
    durationMin: policy.settings.needlingDefaultMin,
    practitionerId: treating,
    supervisingPhysicianId: physicianIds.length === 1 ? (physicianIds[0] ?? null) : null,
    explainedById: treating,
    language: patient.language ?? template?.language ?? 'en',
    interpreter: null,
    signer: {
      role: isMinor ? 'GUARDIAN' : 'PATIENT',
      name: isMinor ? (patient.guardian?.name ?? '') : '',
      relationship: isMinor ? (patient.guardian?.relationship ?? '') : '',
      proofOfAuthority: isMinor ? (patient.guardian?.proofSeen ?? '') : '',
      identityDocument: null,
    },
    minor: isMinor ? { physicianId: null, examinedOn: null, chaperoneName: '', chaperoneRelation: '' } : null,
  }
}

/** The off-label items of a preparation as the form will print them; empty while they cannot be named. */
export function offLabelPreview(ground: ConsentGround, preparation: ConsentPreparation): readonly string[] {
  const { bornOn } = ground.patient
  const template = ground.templates.find((stored) => stored.template.templateId === preparation.templateId)?.template
  const words = template ? formWordsFor(template.language) : null
  if (bornOn === null || words === null) return []
  const age = ageOn(bornOn, ground.today)
  return words.offLabel(offLabelOf(preparation, age), preparation.zones, age)
}

export function fileToListed(
  file: ConsentFile,
  ground: Pick<ConsentGround, 'patient' | 'settings' | 'staff' | 'today'>,
): ListedConsent {
  const { body } = file
  return {
    consentId: file.consentId,
    state: stateOn(file, ground),
    procedure: body.scope.procedure,
    seriesId: body.seriesId,
    zones: body.scope.zones.map((zone) => ({ ...zone })),
    maxDepthUm: body.scope.maxDepthUm,
    sessions: body.scope.sessions,
    template: { templateId: body.template.templateId, major: body.template.major, minor: body.template.minor },
    startedAt: file.createdAt,
    signedAt: body.signature?.signedAt ?? null,
    signedOn: file.signedOn,
    signerName: body.signature?.name ?? null,
    lapsesOn: lapsesOn(file, ground.settings),
    photoPermissions: body.signature === null ? null : photoPermissionsAfter(body.photoPermissions, file.withdrawals),
    withdrawals: withdrawalsToWire(file, ground.staff),
    isIntact: file.integrity === 'INTACT',
  }
}

export function draftToListed(draft: Draft<ConsentDraft>): ListedConsent {
  const { preparation } = draft.body
  return {
    // The draft's id is the one that the consent will have.
    consentId: draft.id as ConsentId,
    state: 'DRAFT',
    procedure: preparation.procedure,
    seriesId: preparation.seriesId,
    zones: preparation.zones.map((zone) => ({ ...zone })),
    maxDepthUm: preparation.maxDepthUm,
    sessions: preparation.sessions,
    template: null,
    startedAt: draft.createdAt,
    signedAt: null,
    signedOn: null,
    signerName: null,
    lapsesOn: null,
    photoPermissions: null,
    withdrawals: [],
    isIntact: true,
  }
}

export async function recordToOpened(
  reader: Reader,
  file: ConsentFile,
  ground: ConsentGround,
): Promise<NonNullable<OpenedConsent['record']>> {
  const { body } = file
  return {
    // The bytes were made from a parsed body; the contract parses them again on the way out.
    body: body as NonNullable<OpenedConsent['record']>['body'],
    versionNumber: file.versionNumber,
    sha256: file.recordSha256,
    integrity: file.integrity,
    signedOn: file.signedOn,
    lapsesOn: lapsesOn(file, ground.settings),
    photoPermissionsNow: photoPermissionsAfter(body.photoPermissions, file.withdrawals),
    withdrawals: withdrawalsToWire(file, ground.staff),
    reacknowledgements: file.reacknowledgements.map((line) => ({
      by: line.by,
      at: line.at,
      practitioner: nameOf(ground.staff, line.practitionerId),
      supervisingPhysician: nameOf(ground.staff, line.supervisingPhysicianId),
      takenBy: nameOf(ground.staff, line.takenBy),
    })),
    copies: file.copies.map(({ at, method, givenBy }) => ({ at, method, givenBy: nameOf(ground.staff, givenBy) })),
    voided: file.voided && { ...file.voided, by: nameOf(ground.staff, file.voided.by) },
    problems: await standingProblems(reader, file, ground),
  }
}

export function gapsOf(ground: ConsentGround, preparation: ConsentPreparation) {
  return [...consentPreparationGaps(preparation, factsOf(ground))]
}

export function factsToWire(ground: ConsentGround): NonNullable<OpenedConsent['draft']>['facts'] {
  const facts = factsOf(ground)
  return {
    ...facts,
    templates: ground.templates.map(({ template: { templateId, major, minor, language, procedure } }) => ({
      templateId,
      major,
      minor,
      language,
      procedure,
    })),
    practitionerIds: [...facts.practitionerIds],
    physicianIds: [...facts.physicianIds],
    seriesIds: [...facts.seriesIds],
    courses: ground.courses.map(({ seriesId, body }) => ({
      seriesId,
      goals: [...body.goals],
      sessionsPlanned: body.sessionsPlanned,
      status: body.status,
    })),
  }
}

/** Sections as the patient reads them, with what the template stresses and asks initials for. */
export function formToWire(rendered: RenderedConsent, template: Pick<ConsentTemplate, 'sections'>) {
  return rendered.sections.map(({ key, heading, body }) => {
    const source = template.sections.find((section) => section.key === key)
    return {
      key,
      heading,
      body,
      stressed: [...stressedPhrases(source?.body ?? '')],
      initialRequired: source?.initialRequired ?? false,
    }
  })
}

export function stateOn(file: ConsentFile, ground: Pick<ConsentGround, 'patient' | 'settings' | 'today'>) {
  return consentStateOn({
    consent: file,
    bornOn: ground.patient.bornOn,
    today: ground.today,
    settings: ground.settings,
  })
}

export function printedStaff({ staffId, printedName, credential }: StaffMember): PrintedStaff {
  return { staffId, name: printedName, credential }
}

export function isPhysician({ roles }: Pick<StaffMember, 'roles'>): boolean {
  return roles.includes('physician')
}

export function isTreating({ roles }: Pick<StaffMember, 'roles'>): boolean {
  return roles.includes('aesthetician') || roles.includes('physician')
}

export function personNames({ family, given, preferred }: PatientBody) {
  return { familyName: family, givenName: given, preferredName: preferred }
}

/** As a person reads their own name. */
export function spokenName({ family, given }: PatientBody): string {
  return [given, family].filter((part) => part !== null).join(' ')
}

export function preparationToWire(preparation: ConsentPreparation) {
  return {
    ...preparation,
    addons: [...preparation.addons],
    zones: preparation.zones.map((zone) => ({ ...zone })),
    indications: [...preparation.indications],
  }
}

export function answersToWire({ initials, photoPermissions, questions, agreed, assent }: ConsentAnswers) {
  return {
    initials: initials.map(({ section, initials: letters }) => ({ section, initials: letters })),
    photoPermissions,
    questions,
    agreed,
    assent,
  }
}

/** The languages in which this procedure's text is in force, each by its own name. */
export function languagesFor(ground: ConsentGround, current: ConsentTemplate) {
  const tags = new Set([current.language])
  for (const { template } of ground.templates) if (template.procedure === current.procedure) tags.add(template.language)
  return [...tags].map((code) => ({
    code,
    name: new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code,
  }))
}

export function templateToWire(
  { template, sha256, publishedAt, publishedBy, approvedAt, isIntact }: StoredTemplate,
  staff: readonly StaffMember[],
  inForce: readonly StoredTemplate[],
) {
  const nameOf = (staffId: string | null) => staff.find((member) => member.staffId === staffId)?.printedName ?? null
  const { templateId, major, minor, language, procedure, jurisdiction, effectiveFrom, approvedBy } = template
  return {
    templateId,
    major,
    minor,
    language,
    procedure,
    jurisdiction,
    effectiveFrom,
    sha256,
    publishedAt,
    publishedBy: nameOf(publishedBy),
    approvedAt,
    approvedBy: nameOf(approvedBy),
    isInForce: inForce.some((stored) => stored.sha256 === sha256),
    isIntact,
  }
}

export function templateName({
  templateId,
  major,
  minor,
}: Pick<ConsentTemplate, 'templateId' | 'major' | 'minor'>): string {
  return `${templateId} ${major}.${minor}`
}

/** `ELEMENT_MISSING RISKS: infection`: a code, where, and what. */
export function faultText(fault: TemplateFault): string {
  const where = 'section' in fault ? fault.section : 'element' in fault ? fault.element : ''
  const what =
    'lacks' in fault ? fault.lacks.join(', ') : 'name' in fault ? fault.name : 'text' in fault ? fault.text : ''
  return [fault.code, where, what].filter((part) => part !== '').join(' ')
}

function asksInterpreter(answer: Answer | undefined): boolean {
  return answer?.kind === 'MULTI' && answer.chosen.some(({ option }) => option === 'INTERPRETER')
}

function deepest(depths: readonly (number | null)[] = []): number | null {
  const known = depths.filter((depthUm) => depthUm !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function lapsesOn({ signedOn }: ConsentFile, { maxAgeMonths }: ConsentSettings): CalendarDate | null {
  return signedOn === null ? null : addMonths(signedOn, maxAgeMonths)
}

function withdrawalsToWire(file: ConsentFile, staff: readonly StaffMember[]) {
  return file.withdrawals.map(({ by, at, how, scopes, takenBy, note }) => ({
    by,
    at,
    how,
    scopes: [...scopes],
    takenBy: nameOf(staff, takenBy),
    note,
  }))
}

/** Judged against a plan that asks for exactly what was consented to: what is left stands against any session. */
async function standingProblems(reader: Reader, file: ConsentFile, ground: ConsentGround): Promise<string[]> {
  const { body } = file
  if (body.signature === null || file.state === 'VOIDED' || file.state === 'SUPERSEDED') return []
  const named = file.reacknowledgements.at(-1)
  const { templateId, major } = body.template
  const need: ConsentNeed = {
    seriesId: body.seriesId,
    zones: body.scope.zones,
    indications: body.scope.indications,
    maxDepthUm: body.scope.maxDepthUm,
    procedure: body.scope.procedure,
    addons: body.scope.addons,
    practitionerId: named?.practitionerId ?? body.practitioner.staffId,
    supervisingPhysicianId: named?.supervisingPhysicianId ?? body.supervisingPhysician.staffId,
    currentMajor: (await selectCurrentMajor(reader, { templateId, today: ground.today })) ?? major,
    bornOn: ground.patient.bornOn,
    guardianName: ground.patient.guardian?.name ?? null,
    language: ground.patient.language ?? body.language,
    hasNewClearFinding: false,
    hasNewDiagnosisOrMedicine: false,
    complicationsSince: [],
    agreesToday: null,
  }
  const { today, settings } = ground
  return consentValidity({ consent: file, need, today, settings }).problems.map(({ code }) => code)
}

function nameOf(staff: readonly StaffMember[], staffId: string): string {
  return staff.find((member) => member.staffId === staffId)?.printedName ?? 'Unknown person'
}
