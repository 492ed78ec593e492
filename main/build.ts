import './ensure-node.ts'
import { cpSync, existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { fontFiles } from './print/fonts.ts'
import { writeVerifier } from './verifier/write-verifier.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampPath = join(root, 'out', 'built-from.json')

const steps = [
  { name: 'renderer', config: 'renderer/vite.config.ts' },
  { name: 'main', config: 'main/vite.config.ts' },
  { name: 'preload', config: 'main/vite.preload.config.ts' },
  { name: 'serve', config: 'main/vite.serve.config.ts' },
] as const

/** Builds all outputs and the verifier below `out/` and prints their sizes. */
export async function buildAll(): Promise<void> {
  const started = performance.now()
  for (const { name, config } of steps) {
    await build({ configFile: join(root, config), configLoader: 'native', logLevel: 'warn' })
    if (name === 'renderer') listRendererFiles()
    if (name === 'main' || name === 'serve') copyFonts(name)
    console.log(`build: ${name.padEnd(8)} ${describeSize(join(root, 'out', name))}`)
  }
  writeVerifier(join(root, 'out', 'countersign-verify.mjs'))
  writeFileSync(stampPath, sourceStamp())
  console.log(`build: done in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** True when `out/` was built from exactly the sources that lie here now. */
export function isBuilt(): boolean {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === sourceStamp()
}

/** Printed records embed these; they lie beside the bundle because the PDF library reads files. */
function copyFonts(output: string): void {
  for (const path of Object.values(fontFiles))
    cpSync(join(root, 'node_modules/@expo-google-fonts/noto-sans', path), join(root, 'out', output, 'fonts', path))
}

/** What the shell and the preview may serve: the list is the whole truth about paths, see windows/renderer-files.ts. */
function listRendererFiles(): void {
  const folder = join(root, 'out', 'renderer')
  const paths = filesBelow(folder).map((path) => path.split(sep).join('/'))
  writeFileSync(join(folder, 'files.json'), `${JSON.stringify(paths.toSorted(), null, 2)}\n`)
}

function describeSize(folder: string): string {
  const sizes = filesBelow(folder).map((path) => statSync(join(folder, path)).size)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return `${(total / 1024).toFixed(0)} kB in ${sizes.length} files`
}

function filesBelow(folder: string): string[] {
  return globSync('**/*', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile())
}

/** Time and size of every file that the bundles can contain; cheap, and enough to notice an edit or a checkout. */
function sourceStamp(): string {
  const sources = globSync('{main,renderer,shared,db}/**/*', { cwd: root }).filter(
    (path) => !path.endsWith('.tsbuildinfo'),
  )
  const facts = [...sources, 'package-lock.json'].toSorted().map((path) => {
    const { mtimeMs, size } = statSync(join(root, path))
    return `${path} ${mtimeMs} ${size}`
  })
  return `${facts.join('\n')}\n`
}

if (import.meta.main) await buildAll()
