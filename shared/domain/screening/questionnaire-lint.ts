import { type AskedQuestionId, askedQuestionIds, screeningSections } from './questionnaire.ts'
import { labelKeysOf, type QuestionnaireWords, type QuestionWords } from './questionnaire-text.ts'

export const questionnaireFaultCodes = [
  'QUESTION_MISSING',
  'QUESTION_TWICE',
  'LABEL_MISSING',
  'LABEL_UNKNOWN',
  'LABEL_TWICE',
  'SECTION_MISSING',
  'SECTION_UNKNOWN',
  'EMPTY',
  'TOO_LONG',
  'SENTENCE_TOO_LONG',
  'SAME_LABEL',
  'MEDICINE_WARNING_MISSING',
] as const
export type QuestionnaireFaultCode = (typeof questionnaireFaultCodes)[number]

/** Which words: the title of a section, or of a question `WORDING`, `HELP` or the label with this key. */
export type WordsPlace =
  | { readonly kind: 'SECTION'; readonly section: string }
  | { readonly kind: 'QUESTION'; readonly questionId: AskedQuestionId; readonly part: string }

/** One thing that keeps a text from being published. `limit` is the most that is allowed, where one is passed. */
export type QuestionnaireFault = {
  readonly code: QuestionnaireFaultCode
  readonly place: WordsPlace
  readonly limit: number | null
}

/** What a person reads on a tablet without getting lost. Lengths in characters, sentences in words. */
export const wordsLimits = { title: 60, wording: 200, help: 240, label: 120, sentenceWords: 25 } as const

/** Questions whose help must say that a prescribed medicine is never stopped for this (clinical reference, SQ-12). */
const medicineWarnings: readonly AskedQuestionId[] = ['SQ-12', 'SQ-13']

/**
 * Every fault of a text; none means that it may be put before the physician. All questions stand in it with exactly the
 * labels that their answers have: codes and kinds of answer are permanent, whatever the words.
 */
export function lintQuestionnaire(text: QuestionnaireWords): readonly QuestionnaireFault[] {
  return [...sectionFaults(text), ...askedQuestionIds.flatMap((id) => questionFaults(text, id))]
}

function sectionFaults({ sections }: QuestionnaireWords): readonly QuestionnaireFault[] {
  const known: readonly string[] = screeningSections.map(({ code }) => code)
  const fault = (code: QuestionnaireFaultCode, section: string, limit: number | null = null) => ({
    code,
    place: { kind: 'SECTION' as const, section },
    limit,
  })
  return [
    ...known
      .filter((code) => !sections.some(({ section }) => section === code))
      .map((code) => fault('SECTION_MISSING', code)),
    ...sections.flatMap(({ section, title }) => {
      if (!known.includes(section)) return [fault('SECTION_UNKNOWN', section)]
      if (title.trim() === '') return [fault('EMPTY', section)]
      return title.length > wordsLimits.title ? [fault('TOO_LONG', section, wordsLimits.title)] : []
    }),
  ]
}

function questionFaults(text: QuestionnaireWords, id: AskedQuestionId): readonly QuestionnaireFault[] {
  const [words, ...others] = text.questions.filter(({ questionId }) => questionId === id)
  if (!words) return [faultAt(id, 'WORDING', 'QUESTION_MISSING')]
  if (others.length > 0) return [faultAt(id, 'WORDING', 'QUESTION_TWICE')]
  const isUnsafe = medicineWarnings.includes(id) && !warnsAgainstStopping(words.help)
  return [
    ...wordsFaults(id, 'WORDING', words.wording, wordsLimits.wording),
    ...(words.help === '' ? [] : wordsFaults(id, 'HELP', words.help, wordsLimits.help)),
    ...(isUnsafe ? [faultAt(id, 'HELP', 'MEDICINE_WARNING_MISSING')] : []),
    ...labelFaults(id, words),
  ]
}

function labelFaults(id: AskedQuestionId, { labels }: QuestionWords): readonly QuestionnaireFault[] {
  const known = labelKeysOf(id)
  const missing = known.filter((key) => !labels.some((label) => label.key === key))
  return [
    ...missing.map((key) => faultAt(id, key, 'LABEL_MISSING')),
    ...labels.flatMap(({ key, text }, index): readonly QuestionnaireFault[] => {
      if (!known.includes(key)) return [faultAt(id, key, 'LABEL_UNKNOWN')]
      const before = labels.slice(0, index)
      if (before.some((label) => label.key === key)) return [faultAt(id, key, 'LABEL_TWICE')]
      const isAlike = before.some((label) => isBeside(label.key, key) && sameWords(label.text, text))
      return isAlike ? [faultAt(id, key, 'SAME_LABEL')] : wordsFaults(id, key, text, wordsLimits.label)
    }),
  ]
}

function wordsFaults(id: AskedQuestionId, part: string, text: string, most: number): readonly QuestionnaireFault[] {
  if (text.trim() === '') return [faultAt(id, part, 'EMPTY')]
  if (text.length > most) return [faultAt(id, part, 'TOO_LONG', most)]
  const isLong = text.split(/[.?!:;]+\s/u).some((sentence) => wordCount(sentence) > wordsLimits.sentenceWords)
  return isLong ? [faultAt(id, part, 'SENTENCE_TOO_LONG', wordsLimits.sentenceWords)] : []
}

function faultAt(
  questionId: AskedQuestionId,
  part: string,
  code: QuestionnaireFaultCode,
  limit: number | null = null,
): QuestionnaireFault {
  return { code, place: { kind: 'QUESTION', questionId, part }, limit }
}

/** Read in English; for another language the approving physician's reading stands in. */
function warnsAgainstStopping(help: string): boolean {
  return /\b(?:never|not)\b[^.]*\bstop/iu.test(help) && /\bprescri/iu.test(help)
}

/** Two labels between which the patient chooses: options of one question, or choices of one input. */
function isBeside(one: string, other: string): boolean {
  return parentOf(one) === parentOf(other) && !one.startsWith('?') && !other.startsWith('?')
}

function parentOf(key: string): string {
  return key.split('.').slice(0, -1).join('.')
}

function sameWords(one: string, other: string): boolean {
  return one.trim() !== '' && one.trim().toLowerCase() === other.trim().toLowerCase()
}

function wordCount(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/u).length
}
