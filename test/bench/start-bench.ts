import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../support/steps.ts'
import { type Line, median, ms, runRounds, timed } from './measure.ts'

const rounds = 5

/** From nothing to the first screen, against a Node that does nothing. */
export async function startLines(runFolder: string, random: () => number): Promise<readonly Line[]> {
  const serve = join(root, 'out', 'serve', 'serve.js')
  const main = join(root, 'out', 'main')
  if (!existsSync(serve) || !existsSync(main)) {
    console.error('start and bundle size are left out: run "npm run build" first')
    return []
  }
  const times = await runRounds(
    [
      { name: 'product', round: () => timed(1, () => startUntilAnswered(runFolder, serve, false)) },
      { name: 'answered', round: () => timed(1, () => startUntilAnswered(runFolder, serve, true)) },
      {
        name: 'floor',
        round: () => timed(1, () => startUntil(runFolder, ['-e', 'process.stdout.write("ready")'], /ready/)),
      },
    ],
    { rounds, random },
  )
  const floor = times.get('floor') ?? []
  const line = (operation: string, product: readonly (readonly number[])[], target: number | null): Line => ({
    operation,
    floor: ms(median(floor.map(median))),
    product: ms(median(product.map(median))),
    ratios: product.map((one, round) => median(one) / median(floor[round] ?? [])),
    unit: 'x',
    target,
  })
  return [
    line('start to first screen (out/serve)', times.get('product') ?? [], 3),
    line('start to the first call that is answered', times.get('answered') ?? [], null),
    {
      operation: 'main bundle executed at the start',
      floor: '',
      product: '',
      ratios: [executedBytes(join(main, 'main.js')) / 1e6],
      unit: 'MB',
      target: 1.2,
    },
  ]
}

/** The bytes of the entry and of everything that it imports before its first line runs. */
function executedBytes(entry: string): number {
  const seen = new Set<string>()
  const read = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const imports = readFileSync(path, 'utf8').matchAll(
      /(?:^|[;}\n])\s*import\s*(?:[^'"()]*?from\s*)?["'](\.[^"']+)["']/g,
    )
    for (const [, target = ''] of imports) read(join(dirname(path), target))
  }
  read(entry)
  return [...seen].reduce((sum, path) => sum + statSync(path).size, 0)
}

/** Until the window's page is there; with `asks`, until the first thing it asks is answered as well. */
async function startUntilAnswered(runFolder: string, serve: string, asks: boolean): Promise<void> {
  const data = mkdtempSync(join(runFolder, 'start-'))
  await startUntil(runFolder, [serve, '--data', data, '--no-open'], /https?:\S+/, async (address) => {
    // The printed address gives the window its cookie and leads to the first screen.
    const door = await fetch(address, { redirect: 'manual' })
    const cookie = door.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ')
    const reply = await fetch(new URL(door.headers.get('location') ?? '/', address), { headers: { cookie } })
    if (!reply.ok || !(await reply.text()).includes('<script')) throw new Error(`no first screen: ${reply.status}`)
    if (!asks) return
    const { origin } = new URL(address)
    const answer = await fetch(new URL('/call', address), {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'clinic.status', input: {} }),
    })
    if (!(await answer.text()).startsWith('{"ok":true')) throw new Error(`no answer: ${answer.status}`)
  })
}

/** Starts Node and waits until it has written that; then asks `after`, and ends the process. */
async function startUntil(
  runFolder: string,
  args: readonly string[],
  wanted: RegExp,
  after: (found: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: runFolder, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const found = await new Promise<string>((resolve, reject) => {
      let text = ''
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
        const match = wanted.exec(text)
        if (match) resolve(match[0])
      })
      child.on('exit', (code) => reject(new Error(`it ended with ${code}`)))
      child.on('error', reject)
    })
    await after(found)
  } finally {
    child.kill()
  }
}
