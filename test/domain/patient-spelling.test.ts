import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  lettersOf,
  mayBeWithin,
  soundOf,
  spellingDistance,
  spellingLimit,
  spellingMatcher,
} from '../../shared/domain/spelling.ts'

/** The textbook table, as the measure for the bit-parallel form. */
function tableDistance(a: string, b: string): number[][] {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1)
      const row = table[i]
      if (row) row[j] = least
    }
  }
  return table
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 })

describe('slips of spelling', () => {
  test.each([
    ['walker', 'walker', 0],
    ['walekr', 'walker', 1],
    ['wlker', 'walker', 1],
    ['walkerr', 'walker', 1],
    ['wolker', 'walker', 1],
    ['kowalzcyk', 'kowalczyk', 1],
    ['kowalsik', 'kowalczyk', 3],
    ['ca', 'abc', 3],
  ])('count %s for %s as %i', (typed, meant, slips) => {
    expect(spellingDistance(typed, meant, 5)).toBe(slips)
  })

  test('are those of the textbook table for any two words, up to the limit', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 4 }), (a, b, limit) => {
        const expected = Math.min(tableDistance(a, b)[a.length]?.[b.length] ?? 0, limit + 1)
        expect(spellingDistance(a, b, limit)).toBe(expected)
      }),
    )
  })

  test('of a beginning are the fewest over all beginnings of the word', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 4 }), (a, b, limit) => {
        const expected = Math.min(...(tableDistance(a, b)[a.length] ?? [0]), limit + 1)
        expect(spellingMatcher(a).prefixDistance(b, limit)).toBe(expected)
      }),
    )
  })

  test('are never missed by the comparison of letters that goes before', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 3 }), (a, b, limit) => {
        const isClose = spellingDistance(a, b, limit) <= limit
        expect(isClose && !mayBeWithin(lettersOf(a), lettersOf(b), limit)).toBe(false)
      }),
    )
  })

  test('may be one in a short name and two in a longer one', () => {
    expect([spellingLimit('smith'), spellingLimit('walker')]).toEqual([1, 2])
  })
})

describe('names that sound alike', () => {
  test.each([
    ['stephen', 'steven'],
    ['catherine', 'kathryn'],
    ['kowalczyk', 'kovalcik'],
    ['schmidt', 'schmit'],
    ['philip', 'filip'],
    ['macdonald', 'mcdonald'],
    ['reid', 'read'],
    ['jansen', 'janssen'],
  ])('%s and %s agree', (a, b) => {
    expect(soundOf(a)).toBe(soundOf(b))
  })

  test.each([
    ['walker', 'weaver'],
    ['anna', 'eva'],
    ['marsh', 'petrov'],
    ['banana', 'bana'],
  ])('%s and %s do not', (a, b) => {
    expect(soundOf(a)).not.toBe(soundOf(b))
  })
})
