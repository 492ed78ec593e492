import { questionIds } from '../../shared/domain/screening/question.ts'
import { questionOf } from '../../shared/domain/screening/questionnaire.ts'
import type { RefusalFact } from '../../shared/kernel/result.ts'
import type { RefusalText } from './refusal-text.ts'

export const screeningTexts: Readonly<Record<string, RefusalText>> = {
  SCREENING_PATIENT_ARCHIVED: () =>
    'This chart is archived, so no form was started. Take the chart back into use first.',
  PATIENT_MODE_NEEDED: () =>
    'Only the patient answers and signs. Hand the screen over; a staff PIN brings it back afterwards.',
  SCREENING_ALREADY_SIGNED: () =>
    'This form is signed and stays as it is. Start a new one if an answer has changed, or add a clarification.',
  SCREENING_NOT_SIGNED: () =>
    'The patient has not signed this form yet, so there is nothing to add to. Hand the screen over first.',
  SCREENING_QUESTION_NOT_ASKED: () => 'This form does not ask that question. Open the form that does.',
  SCREENING_UNANSWERED: ({ questions }) =>
    `Not signed yet: ${listOf(questions, shortQuestion)} still open. Go back, answer, and sign again.`,
  SCREENING_ANSWER_FAULT: ({ questions }) => `Not signed yet. Please look again at: ${listOf(questions, faultText)}.`,
  SCREENING_GUARDIAN_NEEDED: () => 'A parent, guardian or representative signs for a minor. Choose who signs.',
  SCREENING_INTENT_NOT_TICKED: () => 'Tick the sentence under the signature, then sign.',
  SCREENING_SIGNER_MISSING: () => 'Type the full name of the person who signs.',
  SCREENING_MARK_MISSING: () => 'The signature is missing. Sign in the box, or type the name.',
}

function listOf(fact: RefusalFact | undefined, word: (text: string) => string): string {
  return Array.isArray(fact) ? fact.map((text) => word(String(text))).join('; ') : 'a question'
}

function shortQuestion(id: string): string {
  const known = questionIds.find((one) => one === id)
  return known ? questionOf(known).short : id
}

/** `SQ-10 DATE_IN_FUTURE`. */
function faultText(text: string): string {
  const [id = '', problem = ''] = text.split(' ')
  const word =
    problem === 'DATE_IN_FUTURE'
      ? 'the date is after today'
      : problem === 'DATE_BEFORE_BIRTH'
        ? 'the date is before the birth date'
        : 'the answer does not fit'
  return `${shortQuestion(id)} (${word})`
}
