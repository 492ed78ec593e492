import type { ConsentElement, TemplateFault } from '../../../shared/domain/consent/lint-template.ts'
import type { ConsentPlaceholder } from '../../../shared/domain/consent/template.ts'
import type { BumpReason } from '../../../shared/domain/consent/template-edit.ts'

const elementWords: Readonly<Record<ConsentElement, string>> = {
  PATIENT_AND_DATE: 'who the patient is and the date',
  CONDITION_AND_GOAL: 'what is treated and to what end',
  NATURE_AND_PURPOSE: 'what is done and how deep',
  WHO_TREATS: 'who treats and with which credential',
  NOT_A_PHYSICIAN: 'whether that person is a physician',
  SUPERVISING_PHYSICIAN: 'the responsible physician and how to reach them',
  BENEFITS_WITHOUT_GUARANTEE: 'that no result is promised',
  SESSIONS_AND_OUTCOME: 'how many sessions, how far apart, and the outcome at six months',
  COMMON_BURDENS: 'what usually happens afterwards',
  RISKS: 'what can go wrong, often and rarely',
  RF_RISKS: 'the risks of radiofrequency: burns, loss of fat, nerve damage',
  OFF_LABEL: 'use outside the authorised purpose',
  ALTERNATIVES: 'other choices, and doing nothing',
  ANAESTHETIC_RISKS: 'the risks of the numbing cream',
  DUTIES_BEFORE: 'what the patient tells the clinic before',
  DUTIES_AFTER: 'how the skin is looked after',
  URGENT_SIGNS_AND_CONTACT: 'urgent signs and the number to call',
  RIGHT_TO_ASK_REFUSE_WITHDRAW: 'the right to ask, to say no and to withdraw',
  PRIVACY: 'what happens with the records',
  PHOTO_CHOICES: 'the three photo choices',
  QUESTIONS_ANSWERED: 'the questions asked',
  LANGUAGE_AND_INTERPRETER: 'the language and the interpreter',
  REPRESENTATIVE: 'who signs for a minor',
  SIGNATURES: 'the signatures',
}

/** One fault as a sentence. `lacks` is quoted as it would be typed. */
export function faultSentence(fault: TemplateFault): string {
  switch (fault.code) {
    case 'SECTION_MISSING':
      return 'This section is missing.'
    case 'SECTION_TWICE':
      return 'This section stands here twice.'
    case 'SECTION_EMPTY':
      return 'The heading or the text is empty.'
    case 'UNKNOWN_PLACEHOLDER':
      return `Nothing is known to fill in for {{${fault.name}}}.`
    case 'UNKNOWN_CONDITION':
      return `The condition “${fault.name}” is not known; {{#if off_label}} is.`
    case 'UNBALANCED_CONDITION':
      return 'A condition is opened and not closed, or the other way round.'
    case 'BROKEN_BRACES':
      return 'Double braces are open or stand alone.'
    case 'ELEMENT_MISSING':
      return `Must say ${elementWords[fault.element]}. Not found: ${fault.lacks.map(lackWords).join(', ')}.`
    case 'OUTCOME_NUMBER':
      return `“${fault.text}” reads as a promised result. Say it without a figure.`
    case 'DATES_REVERSED':
      return 'The last day lies before the first.'
    case 'VERSION_INVALID':
      return 'The version number is not valid.'
    case 'LANGUAGE_MISSING':
      return 'The language is not named.'
  }
}

/** `do nothing|no treatment` is one of two words; `[ ] 1` is one box too few. */
function lackWords(lack: string): string {
  const boxes = /^\[ \] (-?\d+)$/.exec(lack)
  if (boxes) return Number(boxes[1]) > 0 ? `${boxes[1]} of the three boxes [ ]` : 'exactly three boxes [ ]'
  if (lack in placeholderWords) return `{{${lack}}}`
  return lack
    .split('|')
    .map((stem) => `“${stem}”`)
    .join(' or ')
}

/** What is filled in for each patient, in the order in which the model text uses it. */
export const placeholderWords: Readonly<Record<ConsentPlaceholder, string>> = {
  patient_name: 'The patient’s name',
  dob: 'Birth date',
  clinic_name: 'The clinic',
  zones: 'The areas',
  goals: 'What it is to help with',
  practitioner_name: 'Who treats',
  practitioner_credential: 'Their credential',
  is_or_is_not: '“is” or “is not” (a physician)',
  physician_name: 'The responsible physician',
  physician_credential: 'Their credential',
  supervision_sentence: 'How the physician is reached',
  dwell: 'Minutes of numbing cream',
  max_depth_mm: 'Greatest depth in mm',
  duration: 'Minutes of needling',
  n_sessions: 'Number of sessions',
  interval: 'Time between sessions',
  off_label_items: 'Uses outside the authorised purpose',
  urgent_phone: 'Number for urgent calls',
  language: 'Language it was read in',
  interpreter_clause: 'The interpreter, if any',
  questions: 'The patient’s questions',
  relationship: 'Signer’s relationship',
  age_of_majority: 'Age of majority',
}

const reasonVerbs: Readonly<Record<BumpReason['code'], string>> = {
  SECTION_ADDED: 'a section was added',
  SECTION_REMOVED: 'a section was taken out',
  PLACEHOLDER_ADDED: 'was added',
  PLACEHOLDER_REMOVED: 'was taken out',
  CONDITION_ADDED: 'was added',
  CONDITION_REMOVED: 'was taken out',
}

export function reasonSentence({ code, name }: BumpReason): string {
  if (code === 'SECTION_ADDED' || code === 'SECTION_REMOVED') return `${reasonVerbs[code]}`
  if (code === 'CONDITION_ADDED' || code === 'CONDITION_REMOVED') return `{{#if ${name}}} ${reasonVerbs[code]}`
  return `{{${name}}} ${reasonVerbs[code]}`
}
