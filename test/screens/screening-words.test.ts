import { describe, expect, it } from 'vitest'
import { answerLines, answerSentence, isRemarkable } from '../../renderer/parts/answer-words.ts'
import { ruleSentence, ruleSentences } from '../../renderer/parts/rule-sentences.ts'
import { clearanceProblemTexts } from '../../renderer/refusals/clearance.ts'
import { sentenceFor } from '../../renderer/refusals/index.ts'
import {
  type AskedQuestion,
  inputOf,
  isAsked,
  touchOption,
  withInput,
} from '../../renderer/screens/screening/answer-edit.ts'
import { clearance } from '../../shared/contract/clearance.ts'
import type { ProcedureDefinition } from '../../shared/contract/define.ts'
import { patientMode } from '../../shared/contract/patient-mode.ts'
import { screening } from '../../shared/contract/screening.ts'
import { clearanceProblems } from '../../shared/domain/clearance.ts'
import type { Answer } from '../../shared/domain/screening/answer.ts'
import { type AskedQuestionId, askedQuestionIds, questionOf } from '../../shared/domain/screening/questionnaire.ts'
import { screeningRuleCodes } from '../../shared/domain/screening/rules.ts'
import { choice, hbA1c, hopes, multi, on, select, text, where } from '../domain/screening-answers.ts'

function asked(id: AskedQuestionId): AskedQuestion {
  const question = questionOf(id)
  if (!isAsked(question)) throw new Error(`${id} is not asked`)
  return question
}

function optionOf(id: AskedQuestionId, code: string) {
  const option = asked(id).options.find((one) => one.code === code)
  if (!option) throw new Error(`${id} has no ${code}`)
  return option
}

/** The patient touches these options one after the other. */
function touch(id: AskedQuestionId, codes: readonly string[], looseText = ''): Answer | undefined {
  return codes.reduce<Answer | undefined>(
    (answer, code) => touchOption(asked(id), answer, optionOf(id, code), looseText),
    undefined,
  )
}

describe('the sentences staff read', () => {
  it('has one plain sentence for every rule of the questionnaire, and no two alike', () => {
    expect(Object.keys(ruleSentences).sort()).toEqual([...screeningRuleCodes].sort())
    const sentences = Object.values(ruleSentences)
    expect(new Set(sentences).size).toBe(sentences.length)
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^!]{12,}\.$/)
  })

  it('never advises to stop a prescribed blood thinner', () => {
    const thinners = screeningRuleCodes.filter((code) => code.startsWith('BLOOD_THINNER'))
    expect(thinners).toHaveLength(5)
    for (const code of thinners) expect(ruleSentences[code]).toContain('Never stop a prescribed medicine')
  })

  it('names a rule of another version by its code', () => {
    expect(ruleSentence('SOMETHING_NEW')).toBe('Rule SOMETHING_NEW of another version.')
  })

  it('has a sentence for everything these procedures may refuse', () => {
    const procedures: readonly ProcedureDefinition[] = [
      ...Object.values(screening),
      ...Object.values(clearance),
      ...Object.values(patientMode),
    ]
    for (const code of procedures.flatMap((procedure) => procedure.refusals))
      expect(sentenceFor({ code }), code).toMatch(/\.$/)
    expect(Object.keys(clearanceProblemTexts).sort()).toEqual([...clearanceProblems].sort())
  })

  it('says which answer keeps a form from being signed', () => {
    const facts = { questions: ['SQ-10 DATE_IN_FUTURE', 'SQ-31 DATE_BEFORE_BIRTH'] }
    expect(sentenceFor({ code: 'SCREENING_ANSWER_FAULT', facts })).toBe(
      'Not signed yet. Please look again at: Isotretinoin (Accutane etc.): now or ever? (the date is after today); Filler in the area? (the date is before the birth date).',
    )
    expect(sentenceFor({ code: 'SCREENING_UNANSWERED', facts: { questions: ['SQ-29'] } })).toContain(
      'Diabetes; last HbA1c; slow healing? still open',
    )
  })
})

describe('an answer while it is given', () => {
  it('keeps one choice, and what was entered beside it', () => {
    const yes = withInput(touch('SQ-31', ['YES']) as Answer, 'YES', 'ON', { kind: 'DATE', name: 'ON', date: null })
    expect(yes).toEqual(choice('SQ-31', 'YES', on(null))['SQ-31'])
    expect(touchOption(asked('SQ-31'), yes, optionOf('SQ-31', 'YES'), '')).toEqual(yes)
    expect(touchOption(asked('SQ-31'), yes, optionOf('SQ-31', 'NO'), '')).toEqual(choice('SQ-31', 'NO')['SQ-31'])
    expect(inputOf(yes, 'YES', 'ON')).toEqual(on(null))
    expect(withInput(yes, 'YES', 'ON', null)).toEqual(choice('SQ-31', 'YES')['SQ-31'])
  })

  it.each([
    [
      ['LUPUS', 'VITILIGO'],
      ['LUPUS', 'VITILIGO'],
    ],
    [['LUPUS', 'NONE'], ['NONE']],
    [['NONE', 'LUPUS'], ['LUPUS']],
    [['LUPUS', 'VITILIGO', 'LUPUS'], ['VITILIGO']],
  ] as const)('ticks %j as %j: none of these stands alone', (touched, ticked) => {
    expect(touch('SQ-28', touched)).toEqual(multi('SQ-28', ...ticked.map((code) => [code] as const))['SQ-28'])
  })

  it('is open again when the last tick is taken back', () => {
    expect(touch('SQ-28', ['LUPUS', 'LUPUS'])).toBe(undefined)
  })

  it('takes over the words typed before the question under them was answered', () => {
    expect(touch('SQ-43', ['NO_EVENT'], 'Softer scars')).toEqual(hopes('NO_EVENT')['SQ-43'])
  })
})

describe('an answer in words', () => {
  it.each([
    ['SQ-10', choice('SQ-10', 'PAST', on('2026-03-02')), 'Yes, in the past, 02-Mar-2026'],
    ['SQ-10', choice('SQ-10', 'PAST', on(null)), 'Yes, in the past, date not known'],
    [
      'SQ-31',
      choice('SQ-31', 'YES', where('CHEEK_ANT.L', 'CHEEK_ANT.R')),
      'Yes, Cheek, front, patient’s right; Cheek, front, patient’s left',
    ],
    [
      'SQ-29',
      choice('SQ-29', 'YES', hbA1c(71), select('SLOW_HEALING', 'NO')),
      'Yes, HbA1c 7.1 %, Do your wounds heal slowly? No',
    ],
    [
      'SQ-12',
      multi('SQ-12', ['DOAC'], ['OTHER', text('ticagrelor')]),
      'Apixaban, rivaroxaban, dabigatran or edoxaban (Eliquis, Xarelto); Another blood thinner, “ticagrelor”',
    ],
    ['SQ-43', hopes('NO_EVENT'), '“Softer scars”; Do you have an important event in the next 7 days? No'],
  ] as const)('%s reads as staff would say it', (id, answers, words) => {
    const answer = answers[id]
    if (!answer) throw new Error('no answer')
    expect(answerSentence(asked(id), answer)).toBe(words)
  })

  it('shows an option of another questionnaire by its code', () => {
    const answer: Answer = { kind: 'CHOICE', chosen: { option: 'SOMETIMES', inputs: [] } }
    expect(answerLines(asked('SQ-10'), answer)).toEqual([{ option: 'SOMETIMES', label: 'SOMETIMES', details: [] }])
  })

  it('puts every plain no aside and nothing else', () => {
    const loud = askedQuestionIds.flatMap((id) =>
      asked(id)
        .options.filter((option) => isRemarkable(questionOf(id), touchOption(asked(id), undefined, option, '')))
        .map((option) => `${id} ${option.code}`),
    )
    const quiet = askedQuestionIds.flatMap((id) =>
      asked(id)
        .options.map((option) => `${id} ${option.code}`)
        .filter((key) => !loud.includes(key)),
    )
    expect(quiet.filter((key) => !/ (NO|NEVER|NONE|NOT_APPLICABLE)$/.test(key))).toEqual([])
    expect(loud.filter((key) => / (NO|NEVER|NONE)$/.test(key))).toEqual([])
  })
})
