import type { Reader } from '../../db/open.ts'
import type { ConsentDraft, ConsentFile } from '../../db/queries/consent.ts'
import { type StoredTemplate, selectCurrentMajor } from '../../db/queries/consent-template.ts'
import { selectCopiesGiven } from '../../db/queries/copy-given.ts'
import type { Draft } from '../../db/queries/draft.ts'
import type { StaffMember } from '../../db/queries/staff.ts'
import type { ListedConsent, OpenedConsent } from '../../shared/contract/consent.ts'
import { photoPermissionsAfter } from '../../shared/domain/consent/consent.ts'
import {
  type ConsentNeed,
  type ConsentSettings,
  consentValidity,
} from '../../shared/domain/consent/consent-validity.ts'
import { type ConsentAnswers, stressedPhrases } from '../../shared/domain/consent/fill-consent.ts'
import type { TemplateFault } from '../../shared/domain/consent/lint-template.ts'
import type { ConsentPreparation } from '../../shared/domain/consent/prepare-consent.ts'
import type { RenderedConsent } from '../../shared/domain/consent/render-consent.ts'
import type { ConsentTemplate } from '../../shared/domain/consent/template.ts'
import type { ConsentId } from '../../shared/kernel/ids.ts'
import { addMonths, type CalendarDate } from '../../shared/kernel/time.ts'
import { type ConsentGround, factsOf, stateOn } from './consent-ground.ts'

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
  const given = await selectCopiesGiven(reader, file.patientId)
  const copies = given.filter(({ kind, recordId }) => kind === 'CONSENT' && recordId === file.consentId)
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
    copies: copies.map(({ givenAt, method, recipient, givenBy }) => ({
      at: givenAt,
      method,
      recipient,
      givenBy: nameOf(ground.staff, givenBy),
    })),
    voided: file.voided && { ...file.voided, by: nameOf(ground.staff, file.voided.by) },
    problems: await standingProblems(reader, file, ground),
  }
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
