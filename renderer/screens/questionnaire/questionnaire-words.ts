import { questionOf, screeningSections } from '../../../shared/domain/screening/questionnaire.ts'
import type {
  QuestionnaireFault,
  QuestionnaireFaultCode,
  WordsPlace,
} from '../../../shared/domain/screening/questionnaire-lint.ts'

/** `SQ-12: the help`; the title of a section by the section's own name. */
export function placeWords(place: WordsPlace): string {
  if (place.kind === 'SECTION') return `Title of “${sectionName(place.section)}”`
  return `${place.questionId}: ${partWords(place.part)}`
}

/** The place inside its question. */
export function partWords(part: string): string {
  if (part === 'WORDING') return 'the question'
  if (part === 'HELP') return 'the help'
  if (part === '?TEXT') return 'the line above the written answer'
  if (part === '?OPTIONS') return 'the line above the choices'
  const [option = '', input, choice] = part.split('.')
  if (input === undefined) return `answer ${codeWords(option)}`
  const asked = `answer ${codeWords(option)}, what is asked then`
  return choice === undefined ? asked : `${asked}, choice ${codeWords(choice)}`
}

/** The field in which these words are typed. */
export function fieldId(place: WordsPlace): string {
  const name = place.kind === 'SECTION' ? place.section : `${place.questionId}-${place.part}`
  return `questionnaire-${name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}`
}

/** The section on whose page these words stand. */
export function sectionOfPlace(place: WordsPlace): string {
  if (place.kind === 'SECTION') return place.section
  const home = screeningSections.find(({ questions }) => questions.some(({ id }) => id === place.questionId))
  return home?.code ?? screeningSections[0].code
}

export function sectionName(section: string): string {
  return screeningSections.find(({ code }) => code === section)?.title ?? section
}

const faultSentences: Readonly<Record<QuestionnaireFaultCode, (limit: number | null) => string>> = {
  QUESTION_MISSING: () => 'This question is not in the text. Every question stays; discard the draft and start again.',
  QUESTION_TWICE: () => 'This question stands in the text twice. Discard the draft and start again.',
  LABEL_MISSING: () => 'The words of this answer are not in the text. Discard the draft and start again.',
  LABEL_UNKNOWN: () => 'No such answer exists. Answers cannot be added. Discard the draft and start again.',
  LABEL_TWICE: () => 'The words of this answer stand in the text twice. Discard the draft and start again.',
  SECTION_MISSING: () => 'This section is not in the text. Discard the draft and start again.',
  SECTION_UNKNOWN: () => 'No such section exists. Discard the draft and start again.',
  EMPTY: () => 'Nothing stands here. Type what the patient reads.',
  TOO_LONG: (limit) => `Longer than ${limit} characters. Say it in fewer words.`,
  SENTENCE_TOO_LONG: (limit) => `A sentence has more than ${limit} words. Make two of it.`,
  SAME_LABEL: () => 'Reads like another answer beside it. The patient could not tell them apart.',
  MEDICINE_WARNING_MISSING: () =>
    'The help must say that a prescribed medicine is never stopped unless its prescriber says so.',
}

export function faultSentence({ code, limit }: Pick<QuestionnaireFault, 'code' | 'limit'>): string {
  return faultSentences[code](limit)
}

function codeWords(code: string): string {
  return `“${code.toLowerCase().replaceAll('_', ' ')}”`
}

/** As staff know it in lists and findings; this name is not part of the text. */
export function shortName(questionId: Parameters<typeof questionOf>[0]): string {
  return questionOf(questionId).short
}
