import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { answerFaults, answerProblem, unansweredQuestions } from '../../shared/domain/screening/answer.ts'
import { decideScreening } from '../../shared/domain/screening/decide-screening.ts'
import { changedAnswers, effectiveAnswers, isFormInDate } from '../../shared/domain/screening/effective-answers.ts'
import { blockedAgents, blockedProducts, blockedSubstances } from '../../shared/domain/screening/product-blocks.ts'
import { questionIds } from '../../shared/domain/screening/question.ts'
import {
  askedIdsOf,
  questionnaireVersion,
  screeningQuestions,
  screeningSections,
  screeningSteps,
} from '../../shared/domain/screening/questionnaire.ts'
import type { ScreeningSignature } from '../../shared/domain/screening/screening-body.ts'
import { defaultScreeningSettings } from '../../shared/domain/screening/settings.ts'
import { maySignScreening } from '../../shared/domain/screening/sign-screening.ts'
import type { SeriesId } from '../../shared/kernel/ids.ts'
import { choice, hopes, multi, on, ordinaryDay, select, text, told, where } from './screening-answers.ts'
import { answersOfHealthyPerson } from './screening-healthy.ts'

const healthy = answersOfHealthyPerson('FULL')

describe('the form', () => {
  test('asks every question once', () => {
    expect(screeningQuestions.map((question) => question.id).sort()).toEqual([...questionIds])
    expect(screeningSections.flatMap((section) => section.questions.map((question) => question.id))).toEqual(
      screeningQuestions.map((question) => question.id),
    )
  })

  test('has nine steps, seven when short, and never shows the computed age', () => {
    expect(screeningSteps('FULL')).toHaveLength(9)
    expect(screeningSteps('SHORT')).toHaveLength(7)
    expect(screeningSteps('FULL').flatMap((step) => step.questions.map((question) => question.id))).not.toContain(
      'SQ-02',
    )
    expect(screeningSteps('SHORT').flatMap((step) => step.questions.map((question) => question.id))).toEqual(
      askedIdsOf('SHORT'),
    )
  })

  test('gives every option of a question its own code and every input its own name', () => {
    const twice = screeningQuestions.flatMap((question) => {
      if (question.kind === 'COMPUTED') return []
      const codes = question.options.map((option) => option.code)
      const names = question.options.flatMap((option) => {
        const all = option.inputs.map((input) => input.name)
        return new Set(all).size === all.length ? [] : [`${question.id} ${option.code}`]
      })
      return new Set(codes).size === codes.length ? names : [question.id, ...names]
    })
    expect(twice).toEqual([])
  })

  test('keeps the wording that patients sign under its version', () => {
    const sha256 = createHash('sha256').update(JSON.stringify(screeningSections)).digest('hex')
    // A new wording is a new questionnaire version, because signed forms name the version they showed.
    expect([questionnaireVersion, sha256]).toEqual([
      '1.0',
      '9c548626d3ed4826f26d916bc7cea6ee4c48355ffd7a17dd5eca225ad4c29475',
    ])
  })

  test('finds nothing in a healthy adult', () => {
    expect(decideScreening({ ...ordinaryDay, form: 'FULL', answers: healthy })).toEqual({
      findings: [],
      overall: 'NONE',
      unanswered: [],
    })
  })

  test('lists the questions still open in the order of the form', () => {
    const { 'SQ-40': _unwell, 'SQ-12': _thinners, ...answers } = healthy
    expect(unansweredQuestions('FULL', answers)).toEqual(['SQ-40', 'SQ-12'])
    expect(decideScreening({ ...ordinaryDay, form: 'SHORT', answers }).unanswered).toEqual(['SQ-40', 'SQ-12'])
  })

  test('does not judge in a short form what only the full one asks', () => {
    const answers = { ...answersOfHealthyPerson('SHORT'), ...choice('SQ-27', 'YES') }
    expect(decideScreening({ ...ordinaryDay, form: 'SHORT', bornOn: '2010-01-01', answers }).overall).toBe('NONE')
  })
})

describe('an answer', () => {
  test.each([
    ['fits', choice('SQ-10', 'PAST', on('2026-01-01')), null],
    [
      'of another kind is refused',
      { 'SQ-10': { kind: 'MULTI', chosen: [{ option: 'NOW', inputs: [] }] } },
      'WRONG_KIND',
    ],
    [
      'with an unknown option is refused',
      { 'SQ-10': { kind: 'CHOICE', chosen: { option: 'MAYBE', inputs: [] } } },
      'UNKNOWN_OPTION',
    ],
    ['with an input its option does not ask is refused', choice('SQ-10', 'NOW', on('2026-01-01')), 'UNKNOWN_INPUT'],
    ['with an input twice is refused', choice('SQ-10', 'PAST', on(null), on(null)), 'INPUT_TWICE'],
  ] as const)('%s', (_says, answers, problem) => {
    const answer = answers['SQ-10']
    expect(answer && answerProblem('SQ-10', answer)).toBe(problem)
  })

  test.each([
    ['none of these beside another', multi('SQ-12', ['NONE'], ['DOAC']), 'STANDS_ALONE'],
    ['the same option twice', multi('SQ-12', ['DOAC'], ['DOAC']), 'OPTION_TWICE'],
    ['no option at all', multi('SQ-12'), 'NOTHING_CHOSEN'],
  ] as const)('with %s is refused', (_says, answers, problem) => {
    const answer = answers['SQ-12']
    expect(answer && answerProblem('SQ-12', answer)).toBe(problem)
  })

  test('with a zone twice or an unknown selection is refused', () => {
    const faults = answerFaults({
      form: 'FULL',
      answers: {
        ...choice('SQ-21', 'YES', where('CHIN.M', 'CHIN.M')),
        ...choice('SQ-19', 'YES', select('FREQUENCY', 'DAILY')),
      },
      bornOn: null,
      today: '2026-06-02',
    })
    expect(faults).toEqual([
      { questionId: 'SQ-19', problem: 'UNKNOWN_SELECTION' },
      { questionId: 'SQ-21', problem: 'ZONE_TWICE' },
    ])
  })

  test('is refused when its day lies in the future, before birth, or outside the form', () => {
    const faults = answerFaults({
      form: 'SHORT',
      answers: {
        ...choice('SQ-31', 'YES', on('2026-06-03')),
        ...choice('SQ-32', 'YES', on('1989-01-01')),
        ...choice('SQ-27', 'NO'),
      },
      bornOn: '1990-03-14',
      today: '2026-06-02',
    })
    expect(faults).toEqual([
      { questionId: 'SQ-27', problem: 'NOT_IN_FORM' },
      { questionId: 'SQ-31', problem: 'DATE_IN_FUTURE' },
      { questionId: 'SQ-32', problem: 'DATE_BEFORE_BIRTH' },
    ])
  })

  test('may name a coming event', () => {
    const answers = hopes('EVENT', on('2026-06-05'))
    expect(answerFaults({ form: 'FULL', answers, bornOn: null, today: '2026-06-02' })).toEqual([])
  })
})

describe('a short form on top of a full one', () => {
  const full = { ...healthy, ...choice('SQ-27', 'YES'), ...choice('SQ-20', 'SEVERE') }

  test("replaces today's questions and keeps the others", () => {
    const answers = effectiveAnswers(full, { ...answersOfHealthyPerson('SHORT'), ...choice('SQ-01', 'PREGNANT') })
    const { findings, unanswered } = decideScreening({ ...ordinaryDay, form: 'FULL', answers })
    expect(findings.map(told)).toEqual(['STOP/PHYSICIAN PREGNANT', 'STOP/PHYSICIAN BLEEDING_DISORDER'])
    expect(unanswered).toEqual([])
  })

  test('leaves a question open that was not answered today, whatever the full form said', () => {
    const { 'SQ-20': _acne, ...short } = answersOfHealthyPerson('SHORT')
    expect(
      decideScreening({ ...ordinaryDay, form: 'FULL', answers: effectiveAnswers(full, short) }).unanswered,
    ).toEqual(['SQ-20'])
  })

  test('is not needed on the day of the full form', () => {
    expect(effectiveAnswers(full, null)).toEqual(full)
  })

  test('shows what changed, not the order of ticks', () => {
    const before = {
      ...multi('SQ-12', ['DOAC'], ['HEPARIN']),
      ...choice('SQ-21', 'YES', where('CHIN.M', 'FOREHEAD.M')),
    }
    const after = {
      ...multi('SQ-12', ['HEPARIN'], ['DOAC']),
      ...choice('SQ-21', 'YES', where('FOREHEAD.M', 'CHIN.M')),
      ...choice('SQ-10', 'PAST', on('2026-03-02')),
    }
    expect(changedAnswers(before, after)).toEqual([{ questionId: 'SQ-10', before: null, after: after['SQ-10'] }])
    const changed = changedAnswers(after, { ...after, ...choice('SQ-10', 'PAST', on('2026-04-02')) })
    expect(changed.map((one) => one.questionId)).toEqual(['SQ-10'])
  })
})

describe('a full form', () => {
  const [face, body] = ['series-face', 'series-body'] as unknown as readonly [SeriesId, SeriesId]
  const form = { takenOn: '2025-06-02', validMonths: 12, seriesId: face, usedForSeriesId: null }

  test.each([
    ['is in date on the day 12 months end', '2026-06-02', null, true],
    ['is out of date the day after', '2026-06-03', null, false],
    ['is not in date before it was taken', '2025-06-01', null, false],
    ['stays in date for the series it was used for', '2026-01-10', face, true],
    ['does not serve a second series', '2026-01-10', body, false],
  ] as const)('%s', (_says, today, usedForSeriesId, expected) => {
    expect(isFormInDate({ ...form, today, usedForSeriesId })).toBe(expected)
  })
})

describe('recorded allergies', () => {
  test('name the agents and products the start gate blocks', () => {
    const answers = {
      ...multi('SQ-36', ['LIDOCAINE'], ['OTHER', text('articaine')]),
      ...multi('SQ-37', ['LATEX'], ['SKINCARE', text('fragrance')]),
    }
    expect(blockedAgents(answers)).toEqual({ agents: ['LIDOCAINE'], other: { kind: 'NAMED', text: 'articaine' } })
    expect(blockedProducts(answers)).toEqual([
      { allergen: 'LATEX', named: null },
      { allergen: 'SKINCARE', named: 'fragrance' },
    ])
    expect(blockedSubstances(answers)).toEqual(['LIDOCAINE', 'articaine', 'OTHER', 'LATEX', 'SKINCARE', 'fragrance'])
  })

  test('to an agent nobody can name block every anaesthetic', () => {
    expect(blockedSubstances(multi('SQ-36', ['OTHER']))).toEqual(
      expect.arrayContaining(['LIDOCAINE', 'TETRACAINE', 'PRILOCAINE', 'BENZOCAINE', 'OTHER']),
    )
  })

  test('block nothing where there are none', () => {
    expect(blockedSubstances(healthy)).toEqual([])
  })
})

describe('signing a form', () => {
  const signature: ScreeningSignature = {
    role: 'PATIENT',
    name: 'Tomas Ferreira',
    relationship: null,
    mark: { kind: 'TYPED', name: 'Tomas Ferreira' },
    imageId: null,
    intentStatement: 'My answers are true. I sign them here.',
    intentTicked: true,
    signedAt: '2026-06-02T15:00:00.000Z',
    utcOffsetMin: -360,
  }
  const whole = {
    form: 'FULL',
    answers: healthy,
    bornOn: '1990-03-14',
    today: '2026-06-02',
    signature,
    settings: defaultScreeningSettings,
  } as const

  test('is accepted for a whole form', () => {
    expect(maySignScreening(whole)).toEqual({ ok: true, value: null })
  })

  test('is accepted of a minor alone where the clinic asks for no guardian', () => {
    const settings = { ...defaultScreeningSettings, isGuardianRequired: false }
    expect(maySignScreening({ ...whole, bornOn: '2009-01-01', settings })).toEqual({ ok: true, value: null })
  })

  test.each([
    ['with a question open', { answers: answersOfHealthyPerson('SHORT') }, 'SCREENING_UNANSWERED'],
    [
      'with a day in the future',
      { answers: { ...healthy, ...choice('SQ-31', 'YES', on('2027-01-01')) } },
      'SCREENING_ANSWER_FAULT',
    ],
    ['by a minor alone', { bornOn: '2009-01-01' }, 'SCREENING_GUARDIAN_NEEDED'],
    ['without intent', { signature: { ...signature, intentTicked: false } }, 'SCREENING_INTENT_NOT_TICKED'],
    ['without a name', { signature: { ...signature, name: ' ' } }, 'SCREENING_SIGNER_MISSING'],
    [
      'with a dot',
      { signature: { ...signature, mark: { kind: 'STROKES', strokes: [[{ x: 1, y: 1, atMs: 0 }]] } as const } },
      'SCREENING_MARK_MISSING',
    ],
  ] as const)('is refused %s', (_says, change, code) => {
    expect(maySignScreening({ ...whole, ...change })).toMatchObject({ ok: false, refusal: { code } })
  })
})
