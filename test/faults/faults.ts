import '../../main/ensure-node.ts'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runTool } from '../support/steps.ts'
import { type Fault, faults, faultsIn, notOurs, notOursOfF4 } from './catalogue.ts'
import type { Tally } from './count.ts'
import { pieces } from './pieces.ts'

/**
 * `npm run faults`: every fault of the catalogue, tried as often as it asks, and a table of what held.
 * `-- --only F5,F6` tries these; `--count N` tries each counted one so often; `--share` tries the part that belongs into
 * every `npm test`, without the named tests, which ran there already.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    count: { type: 'string' },
    share: { type: 'boolean', default: false },
  },
})
const only = values.only?.split(',').map((number) => number.trim().toUpperCase())
const isWanted = (fault: string) => only === undefined || only.includes(fault)

type Line = {
  readonly fault: string
  readonly what: string
  readonly tried: number
  readonly held: number
  readonly note: string
}

const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-report-'))
const tallies: Tally[] = []
const notTried: { readonly fault: string; readonly what: string; readonly why: string }[] = []
let named: readonly Line[] = []
try {
  if (!values.share) named = runNamedTests()
  for (const piece of pieces.filter(({ fault }) => isWanted(fault))) {
    const why = piece.whyNot?.() ?? null
    if (why !== null) notTried.push({ fault: piece.fault, what: piece.title, why })
    else tallies.push(...(await piece.run(countFor(piece))))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report()

function countFor({ full, share }: { readonly full: number; readonly share: number }): number {
  if (values.count !== undefined) return Number(values.count)
  return values.share ? share : full
}

/** The tests that bear the number of a fault, with the full counts; gives one line for each fault. */
function runNamedTests(): readonly Line[] {
  const files = Object.entries<Fault>(faults)
    .filter(([number]) => isWanted(number))
    .flatMap(([, fault]) => fault.files.filter((file) => file.endsWith('.test.ts')))
  if (files.length === 0) return []
  const results = join(folder, 'results.json')
  const told = join(folder, 'told.ndjson')
  writeFileSync(told, '')
  process.env['COUNTERSIGN_FAULTS'] = values.count ?? 'FULL'
  process.env['COUNTERSIGN_FAULTS_REPORT'] = told
  const pattern = only === undefined ? 'F\\d' : `\\b(${only.join('|')})\\b`
  runTool('vitest', [
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${results}`,
    '-t',
    pattern,
    ...new Set(files),
  ])
  tallies.push(
    ...readFileSync(told, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Tally),
  )
  return linesOf(JSON.parse(readFileSync(results, 'utf8')) as Results)
}

type Results = {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
    }[]
  }[]
}

function linesOf({ testResults }: Results): readonly Line[] {
  const counts = new Map<string, { tried: number; held: number; notRun: number }>()
  for (const { ancestorTitles, title, status } of testResults.flatMap(({ assertionResults }) => assertionResults))
    for (const fault of new Set([...ancestorTitles, title].flatMap(faultsIn))) {
      const count = counts.get(fault) ?? { tried: 0, held: 0, notRun: 0 }
      if (status === 'passed' || status === 'failed') count.tried += 1
      else count.notRun += 1
      if (status === 'passed') count.held += 1
      counts.set(fault, count)
    }
  return Object.entries<Fault>(faults)
    .filter(([number]) => isWanted(number))
    .flatMap(([fault, { what }]) => {
      const count = counts.get(fault)
      return count && count.tried > 0 ? [{ fault, what, ...count, note: 'named tests' }] : []
    })
}

function report(): void {
  const counted = tallies.map(({ fault, what, tried, held, figures = {} }) => ({
    fault,
    what,
    tried,
    held,
    note: Object.entries(figures)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
  }))
  const lines = [...named, ...counted].sort((one, other) => numberOf(one.fault) - numberOf(other.fault))
  console.log('\nfault   tried    held  what')
  for (const { fault, what, tried, held, note } of lines)
    console.log(
      `${fault.padEnd(5)} ${String(tried).padStart(7)} ${String(held).padStart(7)}  ${what}${note === '' ? '' : ` (${note})`}${held < tried ? '  NOT HELD' : ''}`,
    )
  const elsewhere = Object.entries<Fault>(faults)
    .filter(([number]) => isWanted(number) && !values.share)
    .filter(
      ([number]) => !lines.some(({ fault }) => fault === number) && !notTried.some(({ fault }) => fault === number),
    )
    .map(([fault, { what }]) => ({ fault, what, why: 'no test of it ran here' }))
  const out = Object.entries(notOurs)
    .filter(([fault]) => isWanted(fault))
    .map(([fault, why]) => ({ fault, what: '', why }))
  console.log('\nnot tried')
  for (const { fault, what, why } of [...notTried, ...elsewhere, ...out])
    console.log(`${fault.padEnd(5)} ${what}: ${why}`)
  if (isWanted('F4')) console.log(`F4    ${notOursOfF4}`)

  const sum = (member: 'lost' | 'wrong' | 'plaintext') =>
    tallies.reduce((total, tally) => total + (tally[member] ?? 0), 0)
  const [tried, held] = [
    lines.reduce((all, line) => all + line.tried, 0),
    lines.reduce((all, line) => all + line.held, 0),
  ]
  console.log(`\nacknowledged lost: ${sum('lost')}   wrong data: ${sum('wrong')}   plaintext: ${sum('plaintext')}`)
  // The closing line that a reader of the log looks for.
  console.log(`${held} passed, ${tried - held} failed`)
  const isWhole = held === tried && tried > 0 && sum('lost') + sum('wrong') + sum('plaintext') === 0
  if (!isWhole) process.exitCode = 1
}

function numberOf(fault: string): number {
  return Number(fault.slice(1))
}
