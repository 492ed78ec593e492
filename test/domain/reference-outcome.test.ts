import { expect, test } from 'vitest'
import { outcomeScales } from '../../shared/domain/outcome-scales.ts'
import { lineWith } from './clinical-reference.ts'

const cell = (name: string) => lineWith(`| ${name}`).split('|')[2]?.trim() ?? ''

test('the GAIS has the five levels of the reference, 1 the best', () => {
  const levels = cell('GAIS, physician').split('[')[0]?.split('/') ?? []
  const words = levels.map((level) => level.replace(/\(.*\)/u, '').trim())
  expect(outcomeScales.GAIS.levels.map(({ level, label }) => `${level} ${label}`)).toEqual(words)
})

test('the qualitative scale of Goodman and Baron has its grades, and 0 for none', () => {
  const grades = cell('Goodman & Baron qualitative').split('[')[0]?.split('/') ?? []
  const words = grades.map((grade) => grade.trim().split(':')[0])
  const { levels } = outcomeScales.GB_QUAL
  expect(levels.slice(1).map(({ level, label }) => `${level} ${label.split(':')[0]?.toLowerCase()}`)).toEqual(words)
  expect(levels[0]).toEqual({ level: 0, label: 'None' })
})

test('the bounds of the other scales are those of the reference', () => {
  expect(cell('Goodman & Baron quantitative')).toContain(`${outcomeScales.GB_QUANT.from}-${outcomeScales.GB_QUANT.to}`)
  const { GLOGAU, VSS, MMASI } = outcomeScales
  const parts = VSS.parts.map(({ name, to }) => `${name.toLowerCase()} 0-${to}`).join(', ')
  expect(cell('Glogau photoageing')).toContain(`I-IV; ${VSS.from}-${VSS.to} (${parts}); ${MMASI.from}-${MMASI.to}`)
  expect([GLOGAU.from, GLOGAU.to]).toEqual([1, 4])
  const { SATISFACTION, PAIN_NRS } = outcomeScales
  const says = cell('Patient satisfaction')
  expect(says).toContain(`${SATISFACTION.from} very dissatisfied - ${SATISFACTION.to} very satisfied`)
  expect(says).toContain(`${PAIN_NRS.from}-${PAIN_NRS.to}; days`)
})
