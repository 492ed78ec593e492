import { describe, expect, test } from 'vitest'
import { askedQuestionIds, questionOf, screeningSteps } from '../../shared/domain/screening/questionnaire.ts'
import {
  compareQuestionnaires,
  questionnaireDraftFrom,
  questionnaireFrom,
  questionnaireInForce,
  questionnaireProblems,
  suggestQuestionnaireBump,
} from '../../shared/domain/screening/questionnaire-edit.ts'
import { lintQuestionnaire, wordsLimits } from '../../shared/domain/screening/questionnaire-lint.ts'
import {
  labelKeysOf,
  type QuestionnaireText,
  type QuestionnaireWords,
  type QuestionWords,
  questionnaireVersionOf,
  shippedWords,
  wordedQuestion,
  wordedSteps,
} from '../../shared/domain/screening/questionnaire-text.ts'
import { formNeeded, type SignedForm } from '../../shared/domain/screening/screening-facts.ts'

const shipped = shippedWords()
const first: QuestionnaireText = { major: 1, minor: 0, language: 'en', effectiveFrom: '2026-01-01', ...shipped }

function changed(questionId: string, change: (words: QuestionWords) => QuestionWords): QuestionnaireWords {
  return {
    ...shipped,
    questions: shipped.questions.map((words) => (words.questionId === questionId ? change(words) : words)),
  }
}

const relabelled = (questionId: string, key: string, text: string) =>
  changed(questionId, (words) => ({
    ...words,
    labels: words.labels.map((label) => (label.key === key ? { key, text } : label)),
  }))

const faultsOf = (text: QuestionnaireWords) =>
  lintQuestionnaire(text).map(({ code, place }) =>
    place.kind === 'SECTION' ? `${code} ${place.section}` : `${code} ${place.questionId} ${place.part}`,
  )

describe('a text of the questionnaire', () => {
  test('as shipped words every question that is asked, and changes nothing of it', () => {
    expect(shipped.questions.map(({ questionId }) => questionId)).toEqual(askedQuestionIds)
    for (const id of askedQuestionIds) expect(wordedQuestion(id, shipped)).toEqual(questionOf(id))
    expect(wordedSteps('SHORT', shipped)).toEqual(screeningSteps('SHORT'))
  })

  test('has a key for each answer, for what an answer asks and for each choice in it', () => {
    expect(labelKeysOf('SQ-22').slice(0, 6)).toEqual([
      'NONE',
      'MILD',
      'MILD.ACTIVE',
      'MILD.ACTIVE.YES',
      'MILD.ACTIVE.NO',
      'MILD.WHERE',
    ])
    expect(labelKeysOf('SQ-43').slice(0, 3)).toEqual(['?TEXT', '?OPTIONS', 'NO_EVENT'])
  })

  test('puts its words where the patient reads them and leaves codes and kinds of answer alone', () => {
    const words = relabelled('SQ-19', 'YES.FREQUENCY.ONCE', 'One single time')
    const question = wordedQuestion('SQ-19', words)
    const frequency = question.kind === 'COMPUTED' ? null : question.options[1]?.inputs[0]
    expect(frequency).toMatchObject({ kind: 'SELECT', name: 'FREQUENCY' })
    expect(frequency?.kind === 'SELECT' && frequency.options[0]).toEqual({ code: 'ONCE', label: 'One single time' })
    expect(
      wordedQuestion(
        'SQ-12',
        changed('SQ-12', (one) => ({ ...one, help: '' })),
      ).help,
    ).toBeNull()
  })

  test('is named in signed forms by major and minor', () => {
    expect(questionnaireVersionOf('2.13')).toEqual({ major: 2, minor: 13 })
    expect(() => questionnaireVersionOf('')).toThrow('names no version')
  })
})

describe('the lint', () => {
  test('finds nothing in the wording that is shipped', () => {
    expect(lintQuestionnaire(shipped)).toEqual([])
  })

  const long = 'word '.repeat(wordsLimits.sentenceWords + 1).trim()
  test.each<[string, QuestionnaireWords, string]>([
    [
      'a question that was taken out',
      { ...shipped, questions: shipped.questions.filter(({ questionId }) => questionId !== 'SQ-27') },
      'QUESTION_MISSING SQ-27 WORDING',
    ],
    [
      'a question that stands there twice',
      { ...shipped, questions: [...shipped.questions, ...shipped.questions.slice(0, 1)] },
      'QUESTION_TWICE SQ-01 WORDING',
    ],
    [
      'an answer without words',
      changed('SQ-27', (words) => ({ ...words, labels: words.labels.slice(1) })),
      `LABEL_MISSING SQ-27 ${labelKeysOf('SQ-27')[0]}`,
    ],
    [
      'an answer that the program does not know',
      changed('SQ-27', (words) => ({ ...words, labels: [...words.labels, { key: 'PERHAPS', text: 'Perhaps' }] })),
      'LABEL_UNKNOWN SQ-27 PERHAPS',
    ],
    [
      'the words of one answer twice',
      changed('SQ-16', (words) => ({ ...words, labels: [...words.labels, { key: 'NOW', text: 'Today' }] })),
      'LABEL_TWICE SQ-16 NOW',
    ],
    [
      'two answers that read alike',
      relabelled('SQ-01', 'POSSIBLE', ' yes, I am pregnant'),
      'SAME_LABEL SQ-01 POSSIBLE',
    ],
    ['an empty answer', relabelled('SQ-01', 'NO', ' '), 'EMPTY SQ-01 NO'],
    ['an empty question', changed('SQ-01', (words) => ({ ...words, wording: '' })), 'EMPTY SQ-01 WORDING'],
    [
      'a question too long to take in',
      changed('SQ-01', (words) => ({ ...words, wording: 'Short. '.repeat(40) })),
      'TOO_LONG SQ-01 WORDING',
    ],
    [
      'a sentence too long to follow',
      changed('SQ-01', (words) => ({ ...words, help: long })),
      'SENTENCE_TOO_LONG SQ-01 HELP',
    ],
    [
      'blood thinners without the warning not to stop them',
      changed('SQ-12', (words) => ({ ...words, help: 'Please stop taking it three days before.' })),
      'MEDICINE_WARNING_MISSING SQ-12 HELP',
    ],
    [
      'a page without a title',
      {
        ...shipped,
        sections: shipped.sections.map((one) => ({ ...one, title: one.section === 'SKIN' ? '' : one.title })),
      },
      'EMPTY SKIN',
    ],
    [
      'a page that was taken out',
      { ...shipped, sections: shipped.sections.filter(({ section }) => section !== 'SKIN') },
      'SECTION_MISSING SKIN',
    ],
    [
      'a page that the program does not know',
      { ...shipped, sections: [...shipped.sections, { section: 'SPORT', title: 'Sport' }] },
      'SECTION_UNKNOWN SPORT',
    ],
  ])('finds %s', (_says, text, fault) => {
    expect(faultsOf(text)).toEqual([fault])
  })
})

describe('the next version', () => {
  const today = '2026-08-03'
  const draft = questionnaireDraftFrom(first, today)

  test('starts as the newest one with the next minor number, from today', () => {
    expect(draft).toEqual({ ...shipped, bump: 'MINOR', effectiveFrom: today })
    expect(questionnaireFrom(draft, first)).toMatchObject({ major: 1, minor: 1, language: 'en', effectiveFrom: today })
    expect(questionnaireFrom({ ...draft, bump: 'MAJOR' }, first)).toMatchObject({ major: 2, minor: 0 })
    expect(questionnaireDraftFrom({ ...first, effectiveFrom: '2026-09-01' }, today).effectiveFrom).toBe('2026-09-01')
  })

  const worded = { ...draft, ...relabelled('SQ-27', 'NO', 'No, none that I know of') }
  test.each([
    ['nothing new', draft, first, ['UNCHANGED']],
    ['new words from today', worded, first, []],
    ['new words from yesterday', { ...worded, effectiveFrom: '2026-08-02' }, first, ['STARTS_IN_THE_PAST']],
    ['new words before the newest', worded, { ...first, effectiveFrom: '2026-09-01' }, ['STARTS_BEFORE_NEWEST']],
  ])('with %s', (_says, text, newest, problems) => {
    expect(questionnaireProblems(text, { newest, today })).toEqual(problems)
  })

  test.each([
    [
      'a smoothed question',
      changed('SQ-01', (one) => ({ ...one, wording: `${one.wording} Please tell us.` })),
      'MINOR',
    ],
    ['another line of help', changed('SQ-01', (one) => ({ ...one, help: 'Ask us about it.' })), 'MINOR'],
    ['another question', changed('SQ-01', (one) => ({ ...one, wording: 'Do you smoke?' })), 'MAJOR'],
    ['an answer that says something else', relabelled('SQ-10', 'PAST', 'Only as a cream'), 'MAJOR'],
  ])('with %s is advised as its kind', (_says, after, bump) => {
    const advice = suggestQuestionnaireBump(compareQuestionnaires(shipped, after))
    expect([advice.bump, advice.because.length > 0]).toEqual([bump, bump === 'MAJOR'])
  })

  test('is asked from its first day on, the newest of several first', () => {
    const next = { ...first, minor: 1, effectiveFrom: '2026-09-01' }
    const major = { ...first, major: 2, effectiveFrom: '2026-09-01' }
    const on = (day: string) => questionnaireInForce([major, first, next], day)
    expect([on('2025-12-31'), on('2026-08-31'), on('2026-09-01')]).toEqual([null, first, major])
  })
})

describe('a form that was asked in an older text', () => {
  const form = (askedAgainFrom: string | null) =>
    ({
      body: { takenOn: '2026-08-03' },
      askedAgainFrom,
      usedForSeriesId: null,
      isCourseOver: false,
      isIntact: true,
    }) as unknown as SignedForm
  const settings = { fullFormValidMonths: 12 }

  test.each([
    ['stays good under new wording', null, '2026-09-01', 'SHORT'],
    ['stays good until a text begins that asks something else', '2026-09-02', '2026-09-01', 'SHORT'],
    ['is answered again in full from that day on', '2026-09-01', '2026-09-01', 'FULL'],
  ] as const)('%s', (_says, askedAgainFrom, today, needed) => {
    const forms = { full: form(askedAgainFrom), short: null }
    expect(formNeeded({ forms, today, seriesId: null, settings })).toBe(needed)
  })
})
