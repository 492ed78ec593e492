import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { outcomes } from '../../shared/domain/finding.ts'
import { questionIds } from '../../shared/domain/screening/question.ts'
import { questionOf, questionsOf } from '../../shared/domain/screening/questionnaire.ts'
import { type ScreeningRuleFacts, screeningRules } from '../../shared/domain/screening/rules.ts'
import { defaultScreeningSettings as settings } from '../../shared/domain/screening/settings.ts'

const reference = readFileSync(new URL('../../docs/clinical-reference.md', import.meta.url), 'utf8')
const section = reference.slice(reference.indexOf('\n## 3.'), reference.indexOf('\n## 4.'))

const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| SQ-'))
  .map((line) => {
    const [id = '', text = '', type = '', rule = '', wait = '', source = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    return { id, text, type, rule, wait, source }
  })

/** SQ-23 says "as SQ-22". */
function ruleTextOf(row: (typeof rows)[number]): string {
  const same = /^as (SQ-\d\d)$/u.exec(row.rule)
  return same ? (rows.find((other) => other.id === same[1])?.rule ?? '') : row.rule
}

function rulesOf(id: string): readonly ScreeningRuleFacts[] {
  return Object.values(screeningRules).filter((rule) => rule.questionId === id)
}

/** Outcomes that no word in the row names: an unknown date is CLEAR by the general rule, an interpreter is a note. */
function isImplied(id: string, outcome: string): boolean {
  const question = questionIds.find((one) => one === id)
  if (!question) return false
  const asked = questionOf(question)
  const asksDate =
    asked.kind === 'COMPUTED' || asked.options.some((option) => option.inputs.some((input) => input.kind === 'DATE'))
  return (outcome === 'CLEAR' && asksDate) || (outcome === 'INFO' && id === 'SQ-44')
}

describe('the shipped questionnaire and the clinical reference, section 3', () => {
  test('hold the same questions', () => {
    expect(rows.map((row) => row.id)).toEqual([...questionIds])
  })

  test('name the same short form', () => {
    const words = /short "anything changed\?" form \(SQ-([^)]*)\)/u.exec(section)?.[1] ?? ''
    const ids = words.split(', ').flatMap((part) => {
      const [from = '', to = from] = part.split('-')
      return questionIds.filter((id) => Number(id.slice(3)) >= Number(from) && Number(id.slice(3)) <= Number(to))
    })
    expect(ids).toEqual(
      questionsOf('SHORT')
        .map((question) => question.id)
        .sort(),
    )
  })

  test.each(rows.map((row) => [row.id, row] as const))('%s has the outcomes of its row and no others', (id, row) => {
    const named = outcomes.filter((outcome) => new RegExp(`\\b${outcome}\\b`, 'u').test(ruleTextOf(row)))
    const shipped = outcomes.filter((outcome) => rulesOf(id).some((rule) => rule.outcome === outcome))
    expect(shipped.filter((outcome) => !isImplied(id, outcome) || named.includes(outcome))).toEqual(named)
  })

  test.each(rows.map((row) => [row.id, row] as const))('%s has the scopes and overrides of its row', (id, row) => {
    const written = [...ruleTextOf(row).matchAll(/\b(STOP|CLEAR)\b[^;()]*\(([^)]*)\)/gu)].map(
      ([, outcome, inside = '']) => {
        const [scope = '', override = ''] = inside.split(', ')
        const lifted = outcome === 'CLEAR' || override === 'phys' ? 'PHYSICIAN' : 'NONE'
        return [outcome, scope === 'G' ? 'PATIENT' : 'ZONES', lifted].join(' ')
      },
    )
    const shipped = rulesOf(id).map((rule) => [rule.outcome, rule.scope, rule.override].join(' '))
    const stops = shipped.filter((one) => one.startsWith('STOP'))
    // "prophylaxis decision" and the like explain a CLEAR without giving its scope.
    const scoped = written.filter((one) => one.startsWith('STOP') || /CLEAR \((G|Z)\)/u.test(ruleTextOf(row)))
    expect(scoped.filter((one) => !shipped.includes(one))).toEqual([])
    expect(stops.filter((one) => !written.includes(one))).toEqual([])
  })

  test('agree on which rows the device labelling contraindicates', () => {
    const labelled = new Set(Object.values(screeningRules).flatMap((rule) => (rule.labelled ? [rule.questionId] : [])))
    expect([...labelled].sort()).toEqual(rows.filter((row) => row.source.includes('[M1]')).map((row) => row.id))
  })

  test.each([
    ['SQ-10', [settings.isotretinoinWaitMonths, 'mo']],
    ['SQ-11', [settings.topicalWaitDays, 'd']],
    ['SQ-13', [settings.bruisingAgentWaitDays, 'd']],
    ['SQ-16', [settings.chemotherapyWaitMonths, 'mo']],
    ['SQ-17', [settings.radiotherapyWaitMonths, 'mo']],
    ['SQ-18', [settings.herpesWaitDays, 'd']],
    ['SQ-25', [settings.tanWaitDays, 'd']],
    ['SQ-31', [settings.fillerWaitDays, 'd']],
    ['SQ-32', [settings.botulinumWaitDays, 'd']],
    ['SQ-33', [`${settings.nonAblativeWaitDays}/${settings.ablativeWaitDays}`, 'd']],
    [
      'SQ-34',
      [`${settings.superficialPeelWaitDays}/${settings.hairRemovalWaitDays}/${settings.deepPeelWaitDays}`, 'd'],
    ],
    ['SQ-35', [settings.surgeryWaitMonths, 'mo']],
    ['SQ-41', [settings.homeNeedlingWaitDays, 'd']],
  ] as const)('%s waits as long as its row says', (id, [number, unit]) => {
    expect(rows.find((row) => row.id === id)?.wait).toMatch(new RegExp(`(^|-)${number} ${unit}\\b`, 'u'))
  })
})
