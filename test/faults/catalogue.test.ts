import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type Fault, faults, faultsIn, notOurs, titlesIn } from './catalogue.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const known: readonly (readonly [string, Fault])[] = Object.entries(faults)

/** Faults whose tests are still being written. */
const awaited = new Set<string>('F27 F28 F29 F30 F31 F32 F48'.split(' '))

it('names every fault from F1 to F49 once: as ours, or with the reason why it cannot be', () => {
  const numbers = [...Object.keys(faults), ...Object.keys(notOurs)]
  const all = Array.from({ length: 49 }, (_, index) => `F${index + 1}`)
  expect(numbers.sort()).toEqual(all.sort())
  expect(Object.values(notOurs).filter((reason) => reason.length < 40)).toEqual([])
})

it('finds for every fault a test with its number in each file that is said to hold one', () => {
  const missing = known
    .filter(([number]) => !awaited.has(number))
    .flatMap(([number, { files }]) =>
      files.filter((file) => !numbersIn(file).has(number)).map((file) => [number, file]),
    )
  expect(missing).toEqual([])
})

it('knows every number that a title bears', () => {
  const files = globSync('test/{domain,db,app,screens,faults,journeys}/**/*.{test.ts,test.tsx,journey.ts}', {
    cwd: root,
  })
  const unknown = files.flatMap((file) =>
    [...numbersIn(file)].filter((number) => !Object.hasOwn(faults, number)).map((number) => [number, file]),
  )
  expect(unknown).toEqual([])
})

it('reads numbers from titles of every shape', () => {
  const source = `
    describe('F41 a copy', () => {})
    it("F6, F8 damaged", () => {})
    test.for([0, [2]])(
      'F42 after step %i', () => {})
    test.for(Object.keys(x).map((y) => [y]))(\`F7 \${x} and F9\`, () => {})
    const piece = { title: 'F5 power cut' }
    it('a line with F1 in it', () => {})`
  expect(titlesIn(source).map(faultsIn)).toEqual([['F41'], ['F6', 'F8'], ['F42'], ['F7'], ['F5'], []])
})

function numbersIn(file: string): ReadonlySet<string> {
  const path = `${root}/${file}`
  return new Set(existsSync(path) ? titlesIn(readFileSync(path, 'utf8')).flatMap(faultsIn) : [])
}
