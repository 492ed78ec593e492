import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

export type Step = {
  readonly name: string
  /** What to do when the step fails. */
  readonly advice: string
  readonly run: () => boolean | Promise<boolean>
}

/** Runs the steps in order and stops at the first that fails, with its advice; true when all passed. */
export async function runSteps(title: string, steps: readonly Step[]): Promise<boolean> {
  const started = performance.now()
  for (const { name, advice, run } of steps) {
    console.log(`\n${title}: ${name}`)
    const begun = performance.now()
    if (!(await run())) {
      console.error(`\n${title}: ${name} FAILED after ${seconds(begun)}. ${advice}`)
      return false
    }
    console.log(`${title}: ${name} passed in ${seconds(begun)}`)
  }
  console.log(`\n${title}: all ${steps.length} steps passed in ${seconds(started)}`)
  return true
}

/**
 * Runs a tool of `node_modules` on this Node, by the file its package names as `bin`; no shell and no PATH involved, so
 * it is the same on every system.
 */
export function runTool(packageName: string, args: readonly string[], binName = packageName): boolean {
  const folder = join(root, 'node_modules', ...packageName.split('/'))
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[binName]
  if (bin === undefined) throw new Error(`${packageName} has no program ${binName}`)
  return runNode([join(folder, bin), ...args])
}

export function runNode(args: readonly string[]): boolean {
  // Tools that start Node by name find the one that runs now.
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  const { status } = spawnSync(process.execPath, [...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  })
  return status === 0
}

type Manifest = { readonly bin: string | Readonly<Record<string, string>> }

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
