import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'

const folder = new URL('../data/jcs/', import.meta.url)

test.for(['arrays', 'french', 'structures', 'unicode', 'values', 'weird'])(
  'writes the published sample "%s" byte for byte',
  (name) => {
    const input: unknown = JSON.parse(readFileSync(new URL(`${name}.input.json`, folder), 'utf8'))
    const expected = readFileSync(new URL(`${name}.outhex.txt`, folder), 'utf8').replaceAll(/\s/g, '')
    expect(Buffer.from(canonicalJson(input), 'utf8').toString('hex')).toBe(expected)
  },
)

test.for([
  [0, '0'],
  [-0, '0'],
  [1e21, '1e+21'],
  [1e-7, '1e-7'],
  [0.1 + 0.2, '0.30000000000000004'],
  [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  [5e-324, '5e-324'],
  [333333333.3333332, '333333333.3333332'],
] as const)('writes the number %s as %s', ([number, text]) => {
  expect(canonicalJson(number)).toBe(text)
})

test.for([
  ['nothing', undefined],
  ['nothing in a member', { a: undefined }],
  ['nothing in a list', [1, undefined]],
  ['a hole in a list', Object.assign([], { 0: 1, 2: 3 })],
  ['not a number', Number.NaN],
  ['infinity', [Number.POSITIVE_INFINITY]],
  ['half of a surrogate pair', '\ud800'],
  ['half of a surrogate pair as a key', { '\udc00': 1 }],
  ['a date', new Date(0)],
  ['a map', new Map([['a', 1]])],
  ['bytes', Buffer.from('a')],
  ['a function', () => 1],
  ['a symbol', Symbol('a')],
  ['a big integer', 10n],
] as const)('refuses %s instead of leaving it out', ([, value]) => {
  expect(() => canonicalJson(value)).toThrow('canonical JSON')
})

it('says the same of the same value whatever the order of its members, and the value comes back from it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(canonicalJson(turned(value))).toBe(text)
    }),
  )
})

it('orders keys by UTF-16 units, not by characters', () => {
  expect(canonicalJson({ '\u{1f600}': 1, '\ufb33': 2, b: 3, a: 4 })).toBe('{"a":4,"b":3,"\u{1f600}":1,"\ufb33":2}')
})

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  )
}
