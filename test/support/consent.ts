import type { ConsentPreparation } from '../../shared/domain/consent/prepare-consent.ts'
import type { ConsentSection } from '../../shared/domain/consent/template.ts'
import type { ConsentId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { password, pin, type Window } from './clinic.ts'
import { stroke, wire } from './screening.ts'

export const modelText = { templateId: 'model-mechanical-en', major: 1, minor: 0 } as const

/** The physician reads and approves the text that the clinic starts with. */
export async function approveModelText(physician: Window): Promise<void> {
  await physician.must('consent.approveTemplate', { ...modelText, reauth: { method: 'PASSWORD', password } })
}

type Sections = readonly ConsentSection[]

/** Writes, approves and publishes the next version of the model text, in force from today. */
export async function publishNextText(
  physician: Window,
  bump: 'MINOR' | 'MAJOR',
  change: (sections: Sections) => Sections = (sections) =>
    sections.map((section) =>
      section.key === 'RIGHTS' ? { ...section, body: `${section.body} I may bring somebody with me.` } : section,
    ),
) {
  const { templates } = await physician.must('consent.templates', {})
  const newest = templates.find(({ templateId }) => templateId === modelText.templateId)
  if (!newest) throw new Error('the model text is not there')
  const from = { templateId: newest.templateId, major: newest.major, minor: newest.minor }
  const { templateId } = await physician.must('consentTemplate.startDraft', { from, as: null })
  const { text, version } = await physician.must('consentTemplate.openDraft', { templateId })
  const saved = await physician.must('consentTemplate.saveDraft', {
    templateId,
    version,
    text: { ...text, bump, sections: wire(change(text.sections)) },
  })
  return physician.must('consentTemplate.publishDraft', {
    templateId,
    version: saved.version,
    reauth: { method: 'PIN', pin },
  })
}

export type Team = { readonly practitionerId: StaffId; readonly physicianId: StaffId }

/** Acne scars of both front cheeks, up to 1.50 mm, four sessions: what the desk enters before the form is shown. */
export async function prepareConsent(
  window: Window,
  patientId: PatientId,
  { practitionerId, physicianId }: Team,
  changes: Partial<ConsentPreparation> = {},
): Promise<{ readonly consentId: ConsentId; readonly version: number }> {
  const { consentId } = await window.must('consent.prepare', { patientId, basedOn: null })
  const { draft } = await window.must('consent.open', { patientId, consentId })
  if (!draft) throw new Error('the form has no draft')
  const preparation = {
    ...draft.preparation,
    zones: [
      { zone: 'CHEEK_ANT', side: 'L', site: null },
      { zone: 'CHEEK_ANT', side: 'R', site: null },
    ],
    indications: ['ACNE_SCAR'],
    maxDepthUm: 1500,
    sessions: 4,
    practitionerId,
    supervisingPhysicianId: physicianId,
    explainedById: practitionerId,
    ...changes,
    signer: { ...draft.preparation.signer, identityDocument: 'DRIVING_LICENCE', ...changes.signer },
  }
  const { version } = await window.must('consent.savePreparation', {
    patientId,
    consentId,
    version: draft.version,
    preparation: wire(preparation),
  })
  return { consentId, version }
}

/** Prepared and shown: the patient may read and sign it. */
export async function presentConsent(
  window: Window,
  patientId: PatientId,
  team: Team,
  changes: Partial<ConsentPreparation> = {},
): Promise<ConsentId> {
  const { consentId, version } = await prepareConsent(window, patientId, team, changes)
  await window.must('consent.present', { patientId, consentId, version })
  return consentId
}

export const noAnswersYet = {
  initials: [] as { section: 'RISKS' | 'OFF_LABEL' | 'PHOTOGRAPHS'; initials: string }[],
  photoPermissions: { ownRecord: false, staffTeaching: false, marketing: false },
  questions: '',
  agreed: false,
  assent: { given: false, note: '' },
}
export type GivenAnswers = typeof noAnswersYet

/** What the patient does with the form: reads, initials, ticks. Gives what a signature needs. */
export async function answerConsent(
  window: Window,
  address: { readonly patientId: PatientId; readonly consentId: ConsentId },
  answers: Partial<GivenAnswers> = {},
): Promise<{ readonly version: number; readonly documentSha256: string }> {
  const form = await window.must('consent.form', address)
  if (form.state !== 'OPEN') throw new Error('the form is closed')
  const initials = form.sections
    .filter((section) => section.initialRequired)
    .map(({ key }) => ({ section: key, initials: 'ML' }))
  const { sha256 } = await window.must('consent.answer', {
    ...address,
    version: form.draftVersion,
    isOpening: true,
    answers: wire({ ...noAnswersYet, initials, agreed: true, ...answers }),
  })
  return { version: form.version, documentSha256: sha256 }
}

/** The whole form, from the first page to the mark. */
export async function signConsent(
  window: Window,
  address: { readonly patientId: PatientId; readonly consentId: ConsentId },
  answers: Partial<GivenAnswers> = {},
): Promise<void> {
  const form = await answerConsent(window, address, answers)
  await window.must('consent.sign', { ...address, ...form, mark: wire(stroke), intentTicked: true })
}

/** A signed consent on file, captured by this window. */
export async function consentOnFile(
  window: Window,
  patientId: PatientId,
  team: Team,
  changes: Partial<ConsentPreparation> = {},
): Promise<ConsentId> {
  const consentId = await presentConsent(window, patientId, team, changes)
  await signConsent(window, { patientId, consentId })
  return consentId
}
