import type { ConsentGap } from '../../shared/domain/consent/prepare-consent.ts'
import type { ConsentSectionKey } from '../../shared/domain/consent/template.ts'
import type { RefusalFact } from '../../shared/kernel/result.ts'
import type { RefusalText } from './refusal-text.ts'

/** What is still missing before a form can be shown, as a list on the screen says it. */
export const consentGapWords: Readonly<Record<ConsentGap, string>> = {
  BIRTH_DATE_UNKNOWN: 'The birth date: complete the chart first',
  TEMPLATE_NOT_APPROVED: 'A text that a physician has approved for this procedure',
  TEMPLATE: 'The text',
  SERIES: 'The course it is for',
  ADDONS: 'Which add-on it is for',
  ZONES: 'The areas',
  SITE: 'Where the single scar is',
  ORBITAL_NOT_ENABLED: 'The eyelids are not enabled in this clinic: take them out',
  INDICATIONS: 'What it is to help with',
  DEPTH: 'The greatest depth',
  DEPTH_OVER_CEILING: 'A depth within the clinic’s ceiling',
  SESSIONS: 'How many sessions',
  INTERVAL: 'How far apart they are',
  DWELL: 'How long the numbing cream stays on',
  DURATION: 'How long the needling takes',
  PRACTITIONER: 'Who treats',
  SUPERVISING_PHYSICIAN: 'The responsible physician',
  EXPLAINED_BY: 'Who explains it',
  LANGUAGE: 'The language it is explained in',
  INTERPRETER: 'An interpreter',
  INTERPRETER_NAME: 'The interpreter’s name and language',
  GUARDIAN_NEEDED: 'A parent or guardian who signs: the patient is a minor',
  GUARDIAN_NOT_NEEDED: 'The patient is of age and signs in person',
  SIGNER_NAME: 'The signer’s name',
  RELATIONSHIP: 'The signer’s relationship to the patient',
  AUTHORITY: 'What showed that the signer may sign',
  IDENTITY_DOCUMENT: 'Which proof of identity was seen',
  MINOR_EXAM: 'The physician who examined the minor, and when',
  CHAPERONE: 'The chaperone',
}

/** Sections of the form by the words a person knows them by. */
const sectionWords: Readonly<Partial<Record<ConsentSectionKey, string>>> = {
  RISKS: 'what can go wrong',
  OFF_LABEL: 'use outside the device’s authorised purpose',
  PHOTOGRAPHS: 'photographs',
}

export const consentTexts: Readonly<Record<string, RefusalText>> = {
  CONSENT_MOVE_NOT_ALLOWED: () =>
    'This form has moved on since you opened it, so nothing was changed. Open it again to see how it stands.',
  CONSENT_ROLE_NOT_ALLOWED: () => 'A signed consent is voided by a physician. Ask the responsible physician.',
  CONSENT_REASON_MISSING: () => 'Write the reason in a few words. Nothing was changed yet.',
  WITHDRAWAL_SCOPE_MISSING: () => 'Choose what is withdrawn. Nothing was changed yet.',
  CONSENT_INCOMPLETE: ({ missing }) =>
    `The form was not shown yet. Still missing: ${listOf(missing, (gap) => gapWord(gap))}.`,
  CONSENT_LANGUAGE_NOT_READY: () =>
    'This version cannot fill a text in that language yet. Use the English text and name an interpreter.',
  CONSENT_VALUES_MISSING: ({ placeholders }) =>
    `The form was not shown: its text needs ${listOf(placeholders, (name) => name.replaceAll('_', ' '))}. Complete the chart, the staff record or the clinic’s details.`,
  CONSENT_TEMPLATE_FAULTY: () =>
    'The text of this form is damaged and was not shown. Choose another version, and tell the practice manager.',
  CONSENT_TEMPLATE_REPLACED: () =>
    'A new version of the text came into force after this form was shown, so it was not signed. Take it back, prepare it again and show the new text.',
  CONSENT_NOT_AGREED: () => 'Not signed yet. Tick that you agree to the treatment, or say no.',
  CONSENT_SIGNATURE_MISSING: () => 'The signature is missing. Sign in the box, or type your name.',
  CONSENT_INTENT_NOT_TICKED: () => 'Tick the sentence under the signature, then sign.',
  CONSENT_DOCUMENT_CHANGED: () =>
    'The text on the screen is not the one that is stored, so nothing was signed. Go back one page and come forward again; if it stays, ask the staff.',
  CONSENT_INITIALS_MISSING: ({ sections }) =>
    `Not signed yet. Initials are missing on: ${listOf(sections, (key) => sectionWord(key))}.`,
  CONSENT_GUARDIAN_NEEDED: () =>
    'The patient is a minor. A parent or guardian signs; take the form back and name them.',
  CONSENT_GUARDIAN_NOT_NEEDED: () =>
    'The patient is of age and signs in person. Take the form back and change the signer.',
  CONSENT_AUTHORITY_MISSING: () =>
    'The signer’s relationship or proof of authority is missing. Take the form back and complete it.',
  CONSENT_ASSENT_MISSING: () => 'Not signed yet. The young person’s own agreement is asked for as well.',
  CONSENT_BIRTH_DATE_UNKNOWN: () =>
    'The birth date is not known, so nobody can say who may sign. Complete the chart and show the form again.',
  CONSENT_INTERPRETER_MISSING: () =>
    'An interpreter is needed and none is named. Take the form back and name the interpreter.',
  CONSENT_SCOPE_EMPTY: () =>
    'The form names no area, aim or depth, so it cannot be signed. Take it back and complete it.',
  CONSENT_NOT_SIGNED: () => 'This works on a signed consent only.',
  CONSENT_STAFF_NOT_ALLOWED: () =>
    'One of these people does not treat here or is no physician. Choose somebody who does, and try again.',
  TEMPLATE_FAULTY: ({ faults }) => `The text lacks something it must have: ${listOf(faults, (fault) => fault)}.`,
  TEMPLATE_ALREADY_APPROVED: () => 'This version is approved already. Nothing was changed.',
}

function gapWord(gap: string): string {
  const known = Object.entries(consentGapWords).find(([code]) => code === gap)?.[1] ?? gap
  return known.charAt(0).toLowerCase() + known.slice(1)
}

function sectionWord(key: string): string {
  return Object.entries(sectionWords).find(([code]) => code === key)?.[1] ?? key.toLowerCase()
}

function listOf(fact: RefusalFact | undefined, word: (text: string) => string): string {
  return Array.isArray(fact) && fact.length > 0 ? fact.map((text) => word(String(text))).join('; ') : 'something'
}
