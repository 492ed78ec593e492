import type { CalendarDate } from '../../kernel/time.ts'
import { compareWords, type TextPiece } from '../consent/template-edit-diff.ts'
import { compareTemplateVersions, nextTemplateVersion, type TemplateBump } from '../consent/template-version.ts'
import type { WordsPlace } from './questionnaire-lint.ts'
import type { QuestionnaireText, QuestionnaireWords } from './questionnaire-text.ts'

/** A text that is being written; there is one draft at a time. MINOR = wording, MAJOR = everybody answers again. */
export type QuestionnaireDraft = QuestionnaireWords & {
  readonly bump: TemplateBump
  readonly effectiveFrom: CalendarDate
}

export function questionnaireDraftFrom(newest: QuestionnaireText, today: CalendarDate): QuestionnaireDraft {
  const { sections, questions, effectiveFrom } = newest
  return { sections, questions, bump: 'MINOR', effectiveFrom: effectiveFrom > today ? effectiveFrom : today }
}

/** The text that the draft would be published as. */
export function questionnaireFrom(draft: QuestionnaireDraft, newest: QuestionnaireText): QuestionnaireText {
  const { sections, questions, effectiveFrom, bump } = draft
  return { ...nextTemplateVersion(newest, bump), language: newest.language, effectiveFrom, sections, questions }
}

export const questionnaireDraftProblems = ['STARTS_IN_THE_PAST', 'STARTS_BEFORE_NEWEST', 'UNCHANGED'] as const
export type QuestionnaireDraftProblem = (typeof questionnaireDraftProblems)[number]

/** What keeps a draft from being published beside its lint: it starts too early, or says nothing new. */
export function questionnaireProblems(
  draft: QuestionnaireDraft,
  { newest, today }: { readonly newest: QuestionnaireText; readonly today: CalendarDate },
): readonly QuestionnaireDraftProblem[] {
  const problems: QuestionnaireDraftProblem[] = []
  if (draft.effectiveFrom < today) problems.push('STARTS_IN_THE_PAST')
  if (draft.effectiveFrom < newest.effectiveFrom) problems.push('STARTS_BEFORE_NEWEST')
  if (compareQuestionnaires(newest, draft).length === 0) problems.push('UNCHANGED')
  return problems
}

/** The text in force on a day: the newest whose first day has come; null where none has. */
export function questionnaireInForce<Text extends Pick<QuestionnaireText, 'major' | 'minor' | 'effectiveFrom'>>(
  texts: readonly Text[],
  on: CalendarDate,
): Text | null {
  return texts
    .filter(({ effectiveFrom }) => effectiveFrom <= on)
    .reduce<Text | null>((best, one) => (best === null || compareTemplateVersions(best, one) < 0 ? one : best), null)
}

export type WordsChange = {
  readonly place: WordsPlace
  readonly pieces: readonly TextPiece[]
  /** True where less than half of the earlier words are left, so that something else may be asked. */
  readonly isRewritten: boolean
}

/** Every title, question, help and label that reads differently, in the patient's order; what was taken out comes last. */
export function compareQuestionnaires(before: QuestionnaireWords, after: QuestionnaireWords): readonly WordsChange[] {
  const was = new Map(linesOf(before).map((line) => [placeKey(line.place), line]))
  const is = linesOf(after)
  const kept = new Set(is.map(({ place }) => placeKey(place)))
  const gone = [...was].filter(([key]) => !kept.has(key)).map(([, { place }]) => ({ place, text: '' }))
  return [...is, ...gone].flatMap(({ place, text }): readonly WordsChange[] => {
    const earlier = was.get(placeKey(place))?.text ?? ''
    if (earlier === text && kept.has(placeKey(place))) return []
    const pieces = compareWords(earlier, text)
    return [{ place, pieces, isRewritten: isRewritten(place, pieces) }]
  })
}

/**
 * Advice, as for consents: MAJOR where a question or an answer was mostly rewritten, because old answers may then stand
 * under a question that nobody put; MINOR where words were only smoothed. The approving physician chooses.
 */
export function suggestQuestionnaireBump(changes: readonly WordsChange[]): {
  readonly bump: TemplateBump
  readonly because: readonly WordsPlace[]
} {
  const because = changes.filter((change) => change.isRewritten).map(({ place }) => place)
  return { bump: because.length > 0 ? 'MAJOR' : 'MINOR', because }
}

export function placeKey(place: WordsPlace): string {
  return place.kind === 'SECTION' ? `section ${place.section}` : `${place.questionId} ${place.part}`
}

/** A title or a line of help changes no answer's meaning. */
function isRewritten(place: WordsPlace, pieces: readonly TextPiece[]): boolean {
  if (place.kind === 'SECTION' || place.part === 'HELP') return false
  const lengthOf = (kind: TextPiece['kind']) =>
    pieces.reduce((sum, piece) => sum + (piece.kind === kind ? piece.text.length : 0), 0)
  const kept = lengthOf('SAME')
  return kept < (kept + lengthOf('REMOVED')) / 2
}

type Line = { readonly place: WordsPlace; readonly text: string }

function linesOf({ sections, questions }: QuestionnaireWords): readonly Line[] {
  return [
    ...sections.map(({ section, title }): Line => ({ place: { kind: 'SECTION', section }, text: title })),
    ...questions.flatMap(({ questionId, wording, help, labels }): readonly Line[] => [
      { place: { kind: 'QUESTION', questionId, part: 'WORDING' }, text: wording },
      { place: { kind: 'QUESTION', questionId, part: 'HELP' }, text: help },
      ...labels.map(({ key, text }): Line => ({ place: { kind: 'QUESTION', questionId, part: key }, text })),
    ]),
  ]
}
