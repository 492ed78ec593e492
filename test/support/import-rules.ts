import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))
const layers = ['main', 'shared', 'db', 'renderer', 'test']

type RuleSet = {
  readonly forbidden: readonly { readonly name: string; readonly comment?: string }[]
  readonly options: ICruiseOptions
}
const ruleSet = createRequire(import.meta.url)('./dependency-cruiser.cjs') as RuleSet

/** For each rule one file that breaks it, with what it imports. A net that nothing was ever caught in is no net. */
const plants: readonly { readonly rule: string; readonly file: string; readonly imports: string }[] = [
  { rule: 'no-circular', file: 'db/circle-a.ts', imports: './circle-b.ts' },
  { rule: 'domain-is-pure', file: 'shared/domain/with-zod.ts', imports: 'zod' },
  { rule: 'domain-is-pure', file: 'shared/domain/with-random.ts', imports: 'node:crypto' },
  { rule: 'domain-is-pure', file: 'shared/domain/with-contract.ts', imports: '../contract/plain.ts' },
  { rule: 'kernel-stands-alone', file: 'shared/kernel/with-domain.ts', imports: '../domain/plain.ts' },
  { rule: 'shared-runs-anywhere', file: 'shared/contract/with-node.ts', imports: 'node:fs' },
  { rule: 'shared-runs-anywhere', file: 'shared/rpc/with-db.ts', imports: '../../db/plain.ts' },
  { rule: 'electron-only-at-the-edge', file: 'main/app/with-electron.ts', imports: 'electron' },
  { rule: 'electron-only-at-the-edge', file: 'main/hosts/with-electron-log.ts', imports: 'electron-log/main' },
  { rule: 'driver-only-in-open', file: 'db/queries/with-driver.ts', imports: 'better-sqlite3' },
  { rule: 'db-knows-no-contract', file: 'db/with-contract.ts', imports: '../shared/contract/plain.ts' },
  { rule: 'features-do-not-know-each-other', file: 'main/features/patient.ts', imports: './session.ts' },
  { rule: 'application-knows-no-host', file: 'main/features/with-host.ts', imports: '../hosts/node-host.ts' },
  { rule: 'screens-do-not-know-each-other', file: 'renderer/screens/today/Today.tsx', imports: '../chart/Chart.tsx' },
  { rule: 'renderer-has-no-node', file: 'renderer/parts/WithDb.tsx', imports: '../../db/plain.ts' },
  { rule: 'renderer-has-no-node', file: 'renderer/parts/WithStore.tsx', imports: 'kysely' },
  { rule: 'renderer-has-no-node-modules-of-node', file: 'renderer/parts/WithFs.tsx', imports: 'node:fs' },
  { rule: 'preview-host-not-in-electron', file: 'main/main.ts', imports: './on-the-way.ts' },
  { rule: 'processes-start-in-two-places', file: 'main/app/with-process.ts', imports: 'node:child_process' },
  { rule: 'nothing-imports-test', file: 'main/app/with-test.ts', imports: '../../test/plain.ts' },
]

/** What the planted files lean on; none of it breaks a rule. */
const bystanders: readonly { readonly file: string; readonly imports: string | null }[] = [
  { file: 'db/circle-b.ts', imports: './circle-a.ts' },
  { file: 'db/plain.ts', imports: null },
  { file: 'db/open.ts', imports: 'better-sqlite3' },
  { file: 'shared/contract/plain.ts', imports: 'zod' },
  { file: 'shared/domain/plain.ts', imports: null },
  { file: 'main/features/session.ts', imports: null },
  { file: 'main/features/index.ts', imports: './session.ts' },
  { file: 'main/hosts/node-host.ts', imports: 'electron-log/node' },
  { file: 'main/hosts/electron-host.ts', imports: 'electron' },
  { file: 'main/on-the-way.ts', imports: './hosts/node-host.ts' },
  { file: 'main/open-browser.ts', imports: 'node:child_process' },
  { file: 'renderer/screens/chart/Chart.tsx', imports: '../../../shared/domain/plain.ts' },
  { file: 'test/plain.ts', imports: '../db/plain.ts' },
]

/** Judges the imports of the project; false (after printing each) when one runs against the rules. */
export async function checkImportRules(): Promise<boolean> {
  const proven = await proveRules()
  const { violations, seen } = await judge(root, layers)
  for (const { rule, from, to } of violations) {
    console.error(`imports: ${from} -> ${to}\n  breaks ${rule}: ${commentOf(rule)}`)
  }
  // A parser that reads no TypeScript finds no violation either.
  if (seen < 50) console.error(`imports: only ${seen} files were read; the parser does not see the project`)
  return proven && violations.length === 0 && seen >= 50
}

/** Plants every violation in a scratch tree; false when a rule lets its own pass or strikes an innocent file. */
async function proveRules(): Promise<boolean> {
  const folder = join(root, '.cache', 'planted')
  rmSync(folder, { recursive: true, force: true })
  for (const { file, imports } of [...plants, ...bystanders]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    const line = imports === null ? '' : `import * as found from '${imports}'\nexport const used = found\n`
    writeFileSync(join(folder, file), `${line}export const name = '${file}'\n`)
  }
  const { violations } = await judge(folder, layers)
  rmSync(folder, { recursive: true, force: true })

  const caught = new Set(violations.map(({ rule, from }) => `${rule} by ${from}`))
  const missed = plants.filter(({ rule, file }) => !caught.has(`${rule} by ${file}`))
  const planted = new Set([...plants.map(({ rule, file }) => `${rule} by ${file}`), 'no-circular by db/circle-b.ts'])
  const innocent = [...caught].filter((hit) => !planted.has(hit))
  const unproven = ruleSet.forbidden.filter(({ name }) => plants.every(({ rule }) => rule !== name))
  for (const { rule, file, imports } of missed) console.error(`imports: rule ${rule} missed ${file} -> ${imports}`)
  for (const hit of innocent) console.error(`imports: an innocent planted file was struck: ${hit}`)
  for (const { name } of unproven) console.error(`imports: rule ${name} has no planted violation`)
  return missed.length + innocent.length + unproven.length === 0
}

type Violation = { readonly rule: string; readonly from: string; readonly to: string }

async function judge(
  baseDir: string,
  folders: readonly string[],
): Promise<{ readonly violations: readonly Violation[]; readonly seen: number }> {
  const { forbidden, options } = ruleSet
  const { output } = await cruise([...folders], {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden } as NonNullable<ICruiseOptions['ruleSet']>,
  })
  const { summary, modules } = output as ICruiseResult
  return {
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    seen: modules.filter(({ source }) => layers.some((layer) => source.startsWith(`${layer}/`))).length,
  }
}

function commentOf(rule: string): string {
  return ruleSet.forbidden.find(({ name }) => name === rule)?.comment ?? ''
}

if (import.meta.main) process.exitCode = (await checkImportRules()) ? 0 : 1
