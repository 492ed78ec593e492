import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { screeningAnswers } from '../../shared/contract/schemas/screening.ts'
import { type ClearanceBody, clearedFindingOf, mayClear, uncleared } from '../../shared/domain/clearance.ts'
import { type Finding, outcomes } from '../../shared/domain/finding.ts'
import type { Answer, ChosenOption, InputValue, ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import { answerProblem } from '../../shared/domain/screening/answer.ts'
import { decideScreening, findingsForZones, overallOutcome } from '../../shared/domain/screening/decide-screening.ts'
import { changedAnswers, effectiveAnswers } from '../../shared/domain/screening/effective-answers.ts'
import type { Question, QuestionInput, QuestionOption } from '../../shared/domain/screening/question.ts'
import {
  type AskedQuestionId,
  askedIdsOf,
  askedQuestionIds,
  questionOf,
} from '../../shared/domain/screening/questionnaire.ts'
import { fitzpatrickTypes, type ZoneSide, zoneCodes, zoneFacts } from '../../shared/domain/zones.ts'
import type { ClearanceId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { addDays } from '../../shared/kernel/time.ts'
import { ordinaryDay } from './screening-answers.ts'

const everyPlace: readonly ZoneSide[] = zoneCodes.flatMap((zone) =>
  zoneFacts(zone).sides.map((side) => ({ zone, side })),
)
const zones = fc.subarray([...everyPlace], { maxLength: 6 })
const date = fc.option(fc.integer({ min: -500, max: 20 }).map((days) => addDays('2026-06-02', days)))

function inputValue(input: QuestionInput): fc.Arbitrary<InputValue> {
  const { name } = input
  switch (input.kind) {
    case 'DATE':
      return date.map((day): InputValue => ({ kind: 'DATE', name, date: day }))
    case 'ZONES':
      return zones.map((marked): InputValue => ({ kind: 'ZONES', name, zones: marked }))
    case 'TEXT':
      return fc.constantFrom('', 'something').map((words): InputValue => ({ kind: 'TEXT', name, text: words }))
    case 'PERCENT':
      return fc
        .option(fc.integer({ min: 40, max: 140 }))
        .map((tenths): InputValue => ({ kind: 'PERCENT', name, tenths }))
    case 'DEPTH':
      return fc
        .option(fc.integer({ min: 100, max: 3000 }))
        .map((depthUm): InputValue => ({ kind: 'DEPTH', name, depthUm }))
    case 'SELECT':
      return fc.constantFrom(...input.options).map(({ code }): InputValue => ({ kind: 'SELECT', name, option: code }))
  }
}

function chosenOption(option: QuestionOption): fc.Arbitrary<ChosenOption> {
  return fc
    .tuple(...option.inputs.map((input) => fc.option(inputValue(input))))
    .map((values) => ({ option: option.code, inputs: values.filter((value) => value !== null) }))
}

function answerTo(question: Question): fc.Arbitrary<Answer> {
  if (question.kind === 'COMPUTED') throw new Error('the age is not asked')
  const one = fc.constantFrom(...question.options).chain(chosenOption)
  if (question.kind === 'CHOICE') return one.map((chosen): Answer => ({ kind: 'CHOICE', chosen }))
  if (question.kind === 'TEXT') return one.map((chosen): Answer => ({ kind: 'TEXT', text: 'smoother skin', chosen }))
  const none = question.options.filter((option) => option.exclusive)
  const others = question.options.filter((option) => !option.exclusive)
  return fc
    .oneof(fc.constant(none), fc.subarray(others, { minLength: 1 }))
    .chain((options) => fc.tuple(...options.map(chosenOption)))
    .map((chosen): Answer => ({ kind: 'MULTI', chosen }))
}

const someAnswers: fc.Arbitrary<ScreeningAnswers> = fc
  .tuple(...askedQuestionIds.map((id) => fc.tuple(fc.constant(id), fc.option(answerTo(questionOf(id))))))
  .map((pairs) => Object.fromEntries(pairs.filter((pair): pair is [AskedQuestionId, Answer] => pair[1] !== null)))

const context = fc.record({
  bornOn: fc.option(fc.constantFrom('1960-01-31', '2004-02-29', '2006-08-08', '2012-12-12')),
  fst: fc.option(fc.constantFrom(...fitzpatrickTypes)),
  plannedZones: zones,
  deviceType: fc.option(fc.constantFrom('PEN', 'ROLLER', 'STAMP', 'RF_PEN')),
  prophylaxis: fc.option(fc.record({ zones: fc.subarray([...everyPlace], { minLength: 1, maxLength: 3 }) })),
  concerns: fc.record({ bodyImage: fc.boolean(), capacity: fc.boolean() }),
})

function clearanceOf(findings: readonly Finding[]): ClearanceBody {
  return {
    schema: 'clearance/1',
    id: 'clearance-1' as ClearanceId,
    patientId: 'patient-1' as PatientId,
    seriesId: null,
    findings: findings.map(clearedFindingOf),
    decision: 'CLEARED',
    reason: 'Seen and examined.',
    conditions: { maxDepthUm: null, zonesExcluded: [], zonesAllowed: null, prophylaxis: null, anaestheticPlan: null },
    offLabelNote: null,
    expiresOn: '2026-08-31',
    signature: {
      staffId: 'staff-1' as StaffId,
      printedName: 'Dr Ada Okafor',
      credential: 'MD',
      licence: null,
      signedAt: '2026-06-02T15:00:00.000Z',
      utcOffsetMin: 0,
    },
  }
}

describe('whatever a patient answers', () => {
  test('the overall result is the worst finding, and each finding is whole', () => {
    fc.assert(
      fc.property(someAnswers, context, (answers, given) => {
        const { findings, overall } = decideScreening({ ...ordinaryDay, ...given, form: 'FULL', answers })
        const ranks = findings.map((finding) => outcomes.indexOf(finding.outcome))
        expect(overall).toBe(ranks.length === 0 ? 'NONE' : outcomes[Math.min(...ranks)])
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
        expect(new Set(findings.map((finding) => finding.rule)).size).toBe(findings.length)
        for (const finding of findings) {
          expect(finding.zones.length > 0).toBe(finding.scope === 'ZONES')
          if (finding.eligibleOn !== null) expect(finding.eligibleOn > ordinaryDay.today).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('its shape passes the form and the wire unchanged', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        for (const id of askedQuestionIds) {
          const answer = answers[id]
          if (answer) expect(answerProblem(id, answer)).toBeNull()
        }
        expect(screeningAnswers.parse(answers)).toEqual(answers)
      }),
      { numRuns: 100 },
    )
  })

  test('fewer zones never make the result worse', () => {
    fc.assert(
      fc.property(someAnswers, context, zones, (answers, given, some) => {
        const { findings, overall } = decideScreening({ ...ordinaryDay, ...given, form: 'FULL', answers })
        const narrowed = overallOutcome(findingsForZones(findings, some))
        const rank = (outcome: typeof overall) => (outcome === 'NONE' ? outcomes.length : outcomes.indexOf(outcome))
        expect(rank(narrowed)).toBeGreaterThanOrEqual(rank(overall))
      }),
      { numRuns: 100 },
    )
  })

  test('a physician who clears all there is leaves exactly the STOPs that nobody may lift', () => {
    fc.assert(
      fc.property(someAnswers, context, (answers, given) => {
        const { findings } = decideScreening({ ...ordinaryDay, ...given, form: 'FULL', answers })
        const left = uncleared(findings, [clearanceOf(findings)], ordinaryDay.today).map((open) => open.finding)
        expect(left).toEqual(findings.filter((finding) => finding.outcome === 'STOP' && !mayClear(finding)))
      }),
      { numRuns: 100 },
    )
  })

  test("a short form leaves nothing of the full form's answers to its own questions", () => {
    fc.assert(
      fc.property(someAnswers, someAnswers, (full, today) => {
        const short = Object.fromEntries(
          askedIdsOf('SHORT').flatMap((id) => (today[id] === undefined ? [] : [[id, today[id]] as const])),
        )
        const effective = effectiveAnswers(full, short)
        expect(changedAnswers(effective, short)).toEqual([])
        for (const id of askedQuestionIds) {
          expect(effective[id]).toBe(askedIdsOf('SHORT').includes(id) ? today[id] : full[id])
        }
      }),
      { numRuns: 100 },
    )
  })
})
