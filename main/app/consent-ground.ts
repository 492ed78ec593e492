import type { Reader } from '../../db/open.ts'
import {
  type ConsentDraft,
  type ConsentFile,
  consentDraftKind,
  consentSettingsOf,
  selectConsentFile,
} from '../../db/queries/consent.ts'
import { type StoredTemplate, selectTemplatesInForce } from '../../db/queries/consent-template.ts'
import { type Draft, selectDraft } from '../../db/queries/draft.ts'
import { selectActiveOrders } from '../../db/queries/order.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { selectFormsOnFile } from '../../db/queries/screening.ts'
import { selectSeriesOf } from '../../db/queries/series.ts'
import { type StaffMember, selectStaff } from '../../db/queries/staff.ts'
import type { PrintedStaff } from '../../shared/domain/consent/consent.ts'
import { type ConsentSettings, consentStateOn } from '../../shared/domain/consent/consent-validity.ts'
import { offLabelOf } from '../../shared/domain/consent/fill-consent.ts'
import { formWordsFor } from '../../shared/domain/consent/form-words.ts'
import {
  type ConsentPreparation,
  consentPreparationGaps,
  type PreparationFacts,
} from '../../shared/domain/consent/prepare-consent.ts'
import type { OrderBody } from '../../shared/domain/order.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import { type PolicyBody, shippedPolicy } from '../../shared/domain/policy.ts'
import type { Answer } from '../../shared/domain/screening/answer.ts'
import type { SeriesBody, SeriesStatus } from '../../shared/domain/series.ts'
import type { ConsentId, PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import { ageOn, type CalendarDate } from '../../shared/kernel/time.ts'

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
    isGuardianRequired: settings.isGuardianRequired,
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
  const needsGuardian = isMinor && settings.isGuardianRequired
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
      role: needsGuardian ? 'GUARDIAN' : 'PATIENT',
      name: needsGuardian ? (patient.guardian?.name ?? '') : '',
      relationship: needsGuardian ? (patient.guardian?.relationship ?? '') : '',
      proofOfAuthority: needsGuardian ? (patient.guardian?.proofSeen ?? '') : '',
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

export function gapsOf(ground: ConsentGround, preparation: ConsentPreparation) {
  return [...consentPreparationGaps(preparation, factsOf(ground))]
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

function asksInterpreter(answer: Answer | undefined): boolean {
  return answer?.kind === 'MULTI' && answer.chosen.some(({ option }) => option === 'INTERPRETER')
}

function deepest(depths: readonly (number | null)[] = []): number | null {
  const known = depths.filter((depthUm) => depthUm !== null)
  return known.length === 0 ? null : Math.max(...known)
}
