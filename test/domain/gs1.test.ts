import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hasRightCheckDigit, lotOfText, readStockCode } from '../../shared/domain/gs1.ts'
import { gs1ShapeByIdentifier } from '../../shared/domain/gs1-identifiers.ts'

const today = '2026-08-03'
const gs = '\u001d'

/** The published dictionary as rows of identifier, whether its length is predefined, and its components. */
function dictionaryRows() {
  const text = readFileSync(new URL('../data/gs1/gs1-syntax-dictionary.txt', import.meta.url), 'utf8')
  return text.split('\n').flatMap((line) => {
    const words = (line.split('#')[0] ?? '').trim().split(/\s+/)
    const [range = '', ...rest] = words
    if (!/^\d/.test(range)) return []
    const flags = /^\[?[NXYZ][\d.]/.test(rest[0] ?? '') ? '' : (rest[0] ?? '')
    const components = rest.flatMap((word) => {
      const [, optional, letter, upTo, length] = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?(?:,|$)/.exec(word) ?? []
      if (letter === undefined) return []
      const max = Number(length)
      return [{ digitsOnly: letter === 'N', min: optional === '[' ? 0 : upTo ? 1 : max, max }]
    })
    const [first = '', last = first] = range.split('-')
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => ({
      identifier: String(Number(first) + index).padStart(first.length, '0'),
      shape: { isPredefined: flags.includes('*'), components },
    }))
  })
}

describe('the table of GS1 identifiers', () => {
  test('is the published dictionary, row by row', () => {
    const rows = dictionaryRows()
    expect(rows.length).toBeGreaterThan(400)
    expect([...gs1ShapeByIdentifier.keys()].sort()).toEqual(rows.map(({ identifier }) => identifier).sort())
    for (const { identifier, shape } of rows)
      expect([identifier, gs1ShapeByIdentifier.get(identifier)]).toEqual([identifier, shape])
  })

  test('reads a shortest and a longest value of every identifier, with what follows it', () => {
    for (const { identifier, shape } of dictionaryRows()) {
      if (['01', '10', '11', '17', '21'].includes(identifier)) continue
      for (const end of ['min', 'max'] as const) {
        const value = shape.components.map((part) => '1'.repeat(part[end])).join('')
        const scanned = `]d2${identifier}${value}${shape.isPredefined ? '' : gs}10MN24-0917B`
        expect([identifier, readStockCode(scanned, today)]).toMatchObject([
          identifier,
          { kind: 'GS1', lotRaw: 'MN24-0917B', others: [[identifier, value]], warnings: [] },
        ])
      }
    }
  })
})

const whole = {
  kind: 'GS1',
  gtin: '00851234007019',
  lotRaw: 'MN24-0917B',
  expiresOn: '2027-09-30',
  madeOn: null,
  serial: null,
  others: [],
  warnings: [],
} as const

describe('a label', () => {
  test.each([
    ['scanned from a data matrix', `]d20100851234007019172709301 0MN24-0917B`.replace(' ', ''), {}],
    ['scanned without a prefix', '01008512340070191727093010MN24-0917B', {}],
    ['scanned with a leading separator', `${gs}01008512340070191727093010MN24-0917B`, {}],
    ['with serial after the lot', `01008512340070191727093010MN24-0917B${gs}21A-77`, { serial: 'A-77' }],
    ['with the separator as its sign', `01008512340070191727093010MN24-0917B\u241d21A-77`, { serial: 'A-77' }],
    ['with the lot before the expiry', `010085123400701910MN24-0917B${gs}17270930`, {}],
    ['typed with its brackets', '(01)00851234007019(17)270930(10)MN24-0917B', {}],
    ['typed with brackets and a bracket in the lot', '(01)00851234007019(17)270930(10)MN(9)', { lotRaw: 'MN(9)' }],
    ['with the day of manufacture', '(01)00851234007019(11)260701(17)270930(10)MN24-0917B', { madeOn: '2026-07-01' }],
    [
      'that ends on no day: the last of the month',
      '(01)00851234007019(17)280200(10)MN24-0917B',
      { expiresOn: '2028-02-29' },
    ],
    ['from before the turn of the century', '(01)00851234007019(17)990930(10)MN24-0917B', { expiresOn: '1999-09-30' }],
    ['that ends in fifty years', '(01)00851234007019(17)760930(10)MN24-0917B', { expiresOn: '2076-09-30' }],
    [
      'whose check digit is wrong is kept',
      '(01)00851234007012(17)270930(10)MN24-0917B',
      { gtin: '00851234007012', warnings: ['CHECK_DIGIT_WRONG'] },
    ],
    [
      'with a day that does not exist',
      '(01)00851234007019(17)270931(10)MN24-0917B',
      { expiresOn: null, warnings: ['DATE_IMPOSSIBLE'] },
    ],
    [
      'with a month that does not exist',
      '(01)00851234007019(17)271330(10)MN24-0917B',
      { expiresOn: null, warnings: ['DATE_IMPOSSIBLE'] },
    ],
    [
      'with a lot that is too long',
      `(01)00851234007019(17)270930(10)${'9'.repeat(21)}`,
      { lotRaw: '9'.repeat(21), warnings: ['PART_UNREADABLE'] },
    ],
    [
      'with a part nobody knows',
      `01008512340070191727093010MN24-0917B${gs}0912345`,
      { others: [['', '0912345']], warnings: ['PART_UNREADABLE'] },
    ],
    [
      'cut short',
      '(01)008512340070(10)MN24-0917B',
      { gtin: '008512340070', expiresOn: null, warnings: ['PART_UNREADABLE'] },
    ],
    ['of the lot alone', '(10)MN240917B', { gtin: null, lotRaw: 'MN240917B', expiresOn: null }],
    ['with a count', `01008512340070193010${gs}10MN24-0917B`, { expiresOn: null, others: [['30', '10']] }],
  ])('%s', (_, typed, expected) => {
    expect(readStockCode(typed, today)).toEqual({ ...whole, ...expected })
  })

  test.each([['MN24-0917B'], ['0100851234'], ['24 0917'], [''], ['(LOT) 7'], ['(09)123'], ['0017']])(
    '%j is text and no code',
    (typed) => {
      expect(readStockCode(typed, today)).toEqual({ kind: 'PLAIN', text: typed })
    },
  )

  test.each([['+H123PRODNO1Q'], ['+$$3270930MN240917B'], ['+A99912345/$$520001510X3']])(
    '%s is recognised as HIBCC where it names a maker',
    (typed) => {
      const kind = /^\+[A-Z]/.test(typed) ? 'HIBCC' : 'PLAIN'
      expect(readStockCode(typed, today)).toEqual({ kind, text: typed })
    },
  )

  test('gives its lot to a search, and a typed lot is one already', () => {
    expect(lotOfText('(01)00851234007019(10)MN24-0917B', today)).toBe('MN24-0917B')
    expect(lotOfText(' mn24 0917b ', today)).toBe('mn24 0917b')
    expect(lotOfText('(01)00851234007019', today)).toBe('')
  })
})

test.each([
  ['00851234007019', true],
  ['00851234007012', false],
  ['09506000134352', true],
])('the check digit of %s is right: %s', (gtin, isRight) => {
  expect(hasRightCheckDigit(gtin)).toBe(isRight)
})
