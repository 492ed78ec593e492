import '../../main/ensure-node.ts'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Driver from 'better-sqlite3'
import { pendingMigrations } from '../../db/migrations/migrate.ts'
import { openStore } from '../../db/open.ts'
import { addDays } from '../../shared/kernel/time.ts'
import { byPassword } from '../support/session.ts'
import { root } from '../support/steps.ts'
import { ClinicBench } from './clinic-bench.ts'
import type { Floor } from './floor.ts'
import { importList, listOfPeople, type Probe } from './import-bench.ts'
import {
  isOver,
  type Line,
  median,
  ms,
  printTable,
  quantile,
  runRounds,
  timed,
  timedRead,
  type Variant,
} from './measure.ts'
import { eventLoopLines, sealLines, switchLines } from './overhead-bench.ts'
import { seededRandom } from './people.ts'
import { auditLines, copyLines, printLines } from './slow-bench.ts'
import { startLines } from './start-bench.ts'

/**
 * Patients of the clinics; other numbers may be given to try something out, one alone leaves growth out. `--only` keeps
 * the lines whose name holds that text.
 */
const { values: flags, positionals } = parseArgs({
  options: { only: { type: 'string', default: '' } },
  allowPositionals: true,
})
const sizes = positionals.length > 0 ? positionals.map(Number) : [20_000, 200_000]
const [small = 0, big = small] = sizes
const isWanted = (name: string) => name.includes(flags.only)
const rounds = 5
const slowRounds = 5
const listRows = 20_000

type Times = ReadonlyMap<string, readonly (readonly number[])[]>
/** One operation of the table: its calls, the floor's calls, and what may come out. */
type Operation = {
  readonly name: string
  readonly product: (clinic: ClinicBench) => Promise<readonly number[]>
  readonly floor: (clinic: ClinicBench) => Promise<readonly number[]>
  /** Null where speed.md names no number. */
  readonly p50: number | null
  readonly p95?: number
  readonly growth: number | null
}

const allOperations: readonly Operation[] = [
  search('search: name prefix', ({ typed }) => typed.prefix, { p50: 8, p95: 20, growth: 0.35 }),
  search('search: date, phone, chart', ({ typed }) => typed.number, { p50: 4, growth: 0.25 }),
  search('search: given + surname', ({ typed }) => typed.fullName, { p50: 12, p95: 20, growth: 0.35 }),
  search('search: misspelt', ({ typed }) => typed.misspelt.map(({ text }) => text), { p50: 20, growth: 0.35 }),
  {
    name: 'chart: open (audited, FULL)',
    product: (clinic) =>
      timed(20, (at) => clinic.call(clinic.aes, 'chart.open', { patientId: chartOf(clinic, at) }, randomUUID())),
    floor: (clinic) => timed(20, (at) => clinic.floor.openChart(chartOf(clinic, at))),
    p50: 2.5,
    growth: 0.5,
  },
  {
    name: 'chart: newest 20 lines',
    product: (clinic) => timedRead(20, (at) => clinic.call(clinic.aes, 'chart.timeline', newest(chartOf(clinic, at)))),
    floor: (clinic) => timedRead(20, (at) => clinic.floor.timeline(chartOf(clinic, at))),
    p50: 2.5,
    growth: 0.5,
  },
  {
    name: 'chart: session list',
    product: (clinic) =>
      timedRead(20, (at) => clinic.call(clinic.aes, 'session.list', { patientId: chartOf(clinic, at) })),
    floor: (clinic) => timedRead(20, (at) => clinic.floor.sessions(chartOf(clinic, at), 500)),
    p50: 2.5,
    growth: 0.5,
  },
  {
    name: 'chart of 500 visits: open',
    product: (clinic) =>
      timed(8, () => clinic.call(clinic.aes, 'chart.open', { patientId: clinic.facts.longChart }, randomUUID())),
    floor: (clinic) => timed(8, () => clinic.floor.openChart(clinic.facts.longChart)),
    p50: 2,
    growth: null,
  },
  {
    name: 'chart of 500 visits: newest 20',
    product: (clinic) => timedRead(8, () => clinic.call(clinic.aes, 'chart.timeline', newest(clinic.facts.longChart))),
    floor: (clinic) => timedRead(8, () => clinic.floor.timeline(clinic.facts.longChart)),
    p50: 2,
    growth: null,
  },
  {
    name: 'sign-off queue, page of 50',
    product: (clinic) => timedRead(8, () => clinic.call(clinic.phy, 'signOff.queue', { after: null })),
    floor: (clinic) => timedRead(8, () => clinic.floor.queuePage()),
    p50: 3,
    growth: 0.1,
  },
  {
    name: 'recall by lot, 31 days: both lists (audited)',
    product: (clinic) =>
      timed(8, () => clinic.call(clinic.aes, 'recall.search', { criteria: recalled(clinic) }, randomUUID())),
    floor: (clinic) => timed(8, () => clinic.floor.recallByLot(recalled(clinic))),
    p50: 10,
    growth: 0.1,
  },
  {
    name: 'report: supervision of a year',
    product: (clinic) => timedRead(5, () => clinic.call(clinic.phy, 'report.supervision', lastYear(clinic))),
    floor: (clinic) => timedRead(5, () => clinic.floor.supervisionReport(lastYear(clinic))),
    p50: 10,
    growth: 0.1,
  },
  {
    name: 'report: safety of a year',
    product: (clinic) => timedRead(5, () => clinic.call(clinic.phy, 'report.safety', lastYear(clinic))),
    floor: (clinic) => timedRead(5, () => clinic.floor.safetyReport(lastYear(clinic))),
    p50: 10,
    growth: 0.1,
  },
  {
    name: 'report: outcomes of a year',
    product: (clinic) => timedRead(5, () => clinic.call(clinic.phy, 'report.outcomes', lastYear(clinic))),
    floor: (clinic) => timedRead(5, () => clinic.floor.outcomeReport(lastYear(clinic))),
    p50: 10,
    growth: 0.1,
  },
  {
    name: 'patient list: deep page of 50, floor is the second page',
    product: (clinic) => listing(clinic, 0.9),
    floor: (clinic) => listing(clinic, 0),
    p50: 1.5,
    growth: 0,
  },
  submitting({ name: 'submit session, FULL; floor commits once', proves: false }),
  submitting({ name: 'submit session, FULL; floor commits as often', proves: true }),
  {
    // Of a floor to a floor: what signature and audit row add to the same rows without them.
    name: 'signature and audit row of a submission',
    product: (clinic) => atFloor(clinic, (id, rows) => clinic.floor.submit(id, rows)),
    floor: (clinic) => atFloor(clinic, (id, rows) => clinic.floor.submitUntold(id, rows)),
    p50: null,
    growth: null,
  },
  {
    name: 'signature and audit row of a countersignature',
    product: (clinic) => signedOff(clinic, true),
    floor: (clinic) => signedOff(clinic, false),
    p50: null,
    growth: null,
  },
  {
    name: 'countersign session, FULL; floor commits as often',
    product: (clinic) =>
      timed(12, () => {
        const input = { ...clinic.nextWaiting(), ...approval, reauth: byPassword }
        return clinic.call(clinic.phy, 'signOff.sign', input, randomUUID())
      }),
    floor: (clinic) => {
      const ids = waitingIds(clinic)
      return timed(12, (at) => {
        clinic.floor.provedIdentity()
        clinic.floor.signOff(ids[at] ?? '')
      })
    },
    p50: 3,
    growth: 0.1,
  },
  {
    name: 'open store + key + migrate check',
    product: ({ facts, pristine }) =>
      timed(3, () => {
        const store = openStore({ path: pristine.encrypted, key: Buffer.from(facts.key, 'hex') })
        if (pendingMigrations(store).length > 0) throw new Error('the generated store is old')
        store.driver.close()
      }),
    floor: ({ pristine }) =>
      timed(3, () => {
        const driver = new Driver(pristine.plain)
        driver.pragma('journal_mode=WAL')
        driver.prepare('select count(*) from sqlite_master').get()
        driver.close()
      }),
    p50: 3,
    growth: 0,
  },
]

const operations = allOperations.filter(({ name }) => isWanted(name))

function search(
  name: string,
  texts: (clinic: ClinicBench) => readonly string[],
  targets: Pick<Operation, 'p50' | 'p95' | 'growth'>,
): Operation {
  return {
    name,
    product: (clinic) => {
      const typed = texts(clinic)
      return timedRead(Math.min(typed.length, 60), (at) =>
        clinic.call(clinic.desk, 'patientSearch.find', { text: typed[at] }),
      )
    },
    floor: (clinic) => {
      const ids = clinic.someIds
      return timedRead(60, (at) =>
        clinic.floor.patientsById(Array.from({ length: 20 }, (_, i) => ids[(at + i * 7) % ids.length] ?? '')),
      )
    },
    ...targets,
  }
}

/**
 * A submission proves identity first, and each try at a password goes to the disk before it is looked at and is taken
 * back after it: three commits, two of them of one small row. The one floor writes the submission alone; the other
 * commits as often as the product must.
 */
function submitting({ name, proves }: { readonly name: string; readonly proves: boolean }): Operation {
  return {
    name,
    product: (clinic) =>
      timed(12, () => {
        const input = { ...clinic.nextDraft(), replies: [], dispositions: [], reauth: byPassword }
        return clinic.call(clinic.aes, 'session.submit', input, randomUUID())
      }),
    floor: (clinic) =>
      atFloor(clinic, (id, rows) => {
        if (proves) clinic.floor.provedIdentity()
        clinic.floor.submit(id, rows)
      }),
    p50: 3,
    growth: 0.1,
  }
}

function atFloor(clinic: ClinicBench, write: (id: string, rows: ReturnType<Floor['submissionOf']>) => void) {
  const ids = waitingIds(clinic)
  const rows = ids.map((id) => clinic.floor.submissionOf(id))
  return timed(12, (at) => write(ids[at] ?? '', rows[at] ?? []))
}

function signedOff(clinic: ClinicBench, isTold: boolean) {
  const ids = waitingIds(clinic)
  return timed(12, (at) => clinic.floor.signOff(ids[at] ?? '', isTold))
}

function waitingIds({ floor }: ClinicBench): readonly string[] {
  return floor
    .all("select id from session where state = 'SUBMITTED' order by due_at, id limit 12")
    .map(({ id }) => String(id))
}

const approval = {
  supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
  patientSeen: false,
  dispositions: [],
  decision: 'PROCEED',
  comment: '',
  takeoverReason: null,
}

/** The page of the patient list that begins behind this share of the alphabet; the very first one counts as well. */
function listing(clinic: ClinicBench, share: number) {
  const { floor, facts } = clinic
  const [row] = floor.all(
    "select sort_name, id from patient where status = 'ACTIVE' order by sort_name, id limit 1 offset ?",
    Math.floor(facts.patients * share),
  )
  const after = { sortName: String(row?.['sort_name']), patientId: String(row?.['id']) }
  const page = { status: 'ACTIVE', after, limit: 50 }
  return timedRead(20, () => clinic.call(clinic.desk, 'patient.list', page))
}

/** The one lot of every generated session, in a month that holds about a hundred of them. */
function recalled({ facts }: ClinicBench) {
  const day = facts.now.slice(0, 10)
  return { kind: 'LOT', lot: 'mn24 0917b', from: addDays(day, -60), to: addDays(day, -30) } as const
}

/** What takes main longest of all that a person may ask for. */
function busyCalls(clinic: ClinicBench) {
  const period = lastYear(clinic)
  return [
    { name: 'report.supervision', window: clinic.phy, input: period },
    { name: 'report.safety', window: clinic.phy, input: period },
    { name: 'report.outcomes', window: clinic.phy, input: period },
    { name: 'recall.search', window: clinic.aes, input: { criteria: recalled(clinic) } },
    { name: 'chart.open', window: clinic.aes, input: { patientId: clinic.facts.longChart } },
  ]
}

function lastYear({ facts }: ClinicBench) {
  const day = facts.now.slice(0, 10)
  return { from: addDays(day, -364), to: day }
}

const newest = (patientId: string) => ({ patientId, filter: 'ALL', before: null })

function chartOf({ facts }: ClinicBench, at: number) {
  const id = facts.charts[(at * 37) % facts.charts.length]
  if (!id) throw new Error('the clinic has no charts')
  return id
}

const begun = performance.now()
const runFolder = join(root, '.cache', 'bench', `run-${process.pid}`)
mkdirSync(runFolder, { recursive: true })
const random = seededRandom(Number(process.env['BENCH_SEED'] ?? 1))
const note = (text: string) => console.error(`[${((performance.now() - begun) / 1000).toFixed(0)} s] ${text}`)
const clinics: ClinicBench[] = []
try {
  for (const size of sizes) {
    note(`opening the clinic of ${size} patients (made once into .cache/bench)`)
    clinics.push(await ClinicBench.open(size, runFolder))
    note(`its store was made in ${((clinics.at(-1)?.facts.madeInMs ?? 0) / 1000).toFixed(0)} s`)
  }
  const variants: readonly Variant[] = operations.flatMap(({ name, product, floor }) =>
    clinics.flatMap((clinic) => [
      { name: `${name}|product|${clinic.facts.patients}`, round: () => product(clinic) },
      { name: `${name}|floor|${clinic.facts.patients}`, round: () => floor(clinic) },
    ]),
  )
  const times = await runRounds(variants, { rounds, random })
  note('reads and saves are measured')
  console.log(
    `Ratios to the floor of the same run: ${rounds} rounds (${slowRounds} where slow), shuffled; OVER means that the lower quartile is over the target.`,
  )
  console.log(
    'Reads: the best of three tries, floor and product alike. Floor: the same driver and pages without the cipher, raw prepared statements. The SQLite shell is not needed: its .import is stood in for by the driver.',
  )
  const shown: Line[] = []
  const show = (lines: readonly Line[]) => {
    if (lines.length === 0) return
    shown.push(...lines)
    console.log('')
    printTable(lines)
  }
  // A part is shown as soon as it is measured: on a busy machine the whole takes its time.
  show(operations.flatMap((operation) => linesOf(operation, times)))
  if (isWanted('chart of 500')) show(longChartLines(times))
  if (isWanted('search: one slip')) for (const clinic of clinics) show([await spellingLine(clinic)])
  if (isWanted('start')) show(await startLines(runFolder, random))
  if (isWanted('signatures checked')) for (const clinic of clinics.slice(0, 1)) show(await sealLines(clinic))
  if (isWanted('change of person')) for (const clinic of clinics.slice(0, 1)) show(await switchLines(clinic))
  if (isWanted('event loop'))
    for (const clinic of clinics.slice(-1)) show(await eventLoopLines(clinic, busyCalls(clinic)))
  if (isWanted('audit')) for (const clinic of clinics.slice(0, 1)) show(await auditLines(clinic))
  if (isWanted('print')) for (const clinic of clinics.slice(0, 1)) show(await printLines(clinic))
  if (isWanted('import')) show(await importLines())
  if (isWanted('copy')) for (const clinic of clinics.slice(0, 1)) show(await copyLines(clinic, runFolder))
  console.log(`\n${shown.filter(isOver).length} of ${shown.length} lines are OVER.`)
} finally {
  for (const clinic of clinics) await clinic.close()
  rmSync(runFolder, { recursive: true, force: true })
  note('done')
}

function linesOf({ name, p50, p95, growth }: Operation, times: Times): readonly Line[] {
  const of = (kind: 'product' | 'floor', size: number) => times.get(`${name}|${kind}|${size}`) ?? []
  const lines: Line[] = sizes.flatMap((size) => {
    const [floor, product] = [of('floor', size), of('product', size)]
    const line = (label: string, share: number, target: number | null): Line => ({
      operation: `${name}${label}, ${size / 1000}k`,
      floor: ms(median(floor.map((one) => quantile(one, 0.5)))),
      product: ms(median(product.map((one) => quantile(one, share)))),
      ratios: product.map((one, round) => quantile(one, share) / quantile(floor[round] ?? [], 0.5)),
      unit: 'x',
      target,
    })
    return p95 === undefined ? [line('', 0.5, p50)] : [line(' p50', 0.5, p50), line(' p95', 0.95, p95)]
  })
  const exponents = of('product', big).map(
    (one, round) => Math.log10(median(one) / median(of('product', small)[round] ?? [])) / Math.log10(big / small),
  )
  // Noise alone moves an exponent by about a tenth.
  const target = growth === null ? null : Math.max(growth, 0.1)
  return growth === null || sizes.length < 2
    ? lines
    : [...lines, { operation: `${name}: growth`, floor: '', product: '', ratios: exponents, unit: '', target }]
}

/** A chart of 500 visits against an ordinary one of the same clinic. */
function longChartLines(times: Times): readonly Line[] {
  return sizes.map((size) => {
    const ordinary = times.get(`chart: newest 20 lines|product|${size}`) ?? []
    const long = times.get(`chart of 500 visits: newest 20|product|${size}`) ?? []
    return {
      operation: `newest 20 of 500 : of a normal chart, ${size / 1000}k`,
      floor: ms(median(ordinary.map(median))),
      product: ms(median(long.map(median))),
      ratios: long.map((one, round) => median(one) / median(ordinary[round] ?? [])),
      unit: 'x',
      target: 1.5,
    }
  })
}

/** Whether one slip in the surname still finds a person of that name among the hits. */
async function spellingLine(clinic: ClinicBench): Promise<Line> {
  let found = 0
  for (const { text, person } of clinic.typed.misspelt) {
    const reply = JSON.parse(await clinic.call(clinic.desk, 'patientSearch.find', { text })) as {
      value: { hits: { family: string | null; given: string | null }[] }
    }
    if (reply.value.hits.some(({ family, given }) => family === person.family && given === person.given)) found++
  }
  return {
    operation: `search: one slip found, ${clinic.facts.patients / 1000}k`,
    floor: '',
    product: `${found} of ${clinic.typed.misspelt.length}`,
    ratios: [(found / clinic.typed.misspelt.length) * 100],
    unit: '%',
    target: 97,
    isFloor: true,
  }
}

/** Into the bigger clinic: what a row costs grows with the clinic, if with anything. */
async function importLines(): Promise<readonly Line[]> {
  const clinic = clinics.at(-1)
  if (!clinic) throw new Error('no clinic is open')
  const probes: Probe[] = []
  const listOf = (round: number) => listOfPeople(listRows, round + 100 + clinic.facts.patients)
  const times = await runRounds(
    [
      {
        name: 'product',
        round: async (round) => {
          const { totalMs, probe } = await importList(clinic, listOf(round))
          if (round >= 0) probes.push(probe)
          return [totalMs]
        },
      },
      {
        name: 'floor',
        round: (round) => {
          const text = listOf(round)
          return timed(1, () => clinic.floor.importList(text))
        },
      },
    ],
    { rounds: slowRounds, random },
  )
  const [floor, product] = [times.get('floor') ?? [], times.get('product') ?? []]
  const rate = (all: readonly (readonly number[])[]) =>
    `${Math.round((listRows * 1000) / median(all.map(median)))} rows/s`
  return [
    {
      operation: `import ${listRows} rows, read + commit, ${clinic.facts.patients / 1000}k`,
      floor: rate(floor),
      product: rate(product),
      ratios: product.map((one, round) => median(one) / median(floor[round] ?? [])),
      unit: 'x',
      target: 20,
    },
    {
      operation: 'event loop during an import: longest turn (CPU)',
      floor: '',
      product: `late by ${ms(Math.max(...probes.map(({ latestMs }) => latestMs)))}`,
      ratios: probes.map(({ longestTurnMs }) => longestTurnMs),
      unit: 'ms',
      target: 50,
    },
  ]
}
