import './ensure-node.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildAll, isBuilt } from './build.ts'

const fetchLimitMs = 10_000
const root = fileURLToPath(new URL('..', import.meta.url))
const usage = `npm start -- [flags]
  --preview    serve to a browser on this computer even where Electron is there
  --no-open    preview: print the address instead of opening a browser
  --port N     preview: listen on this port instead of a free one
  --data DIR   keep the records in this folder
  --sample     open a sample clinic (invented people) in a scratch folder`

const flags = readFlags()
if (!isBuilt()) await buildAll()
process.exitCode = await run(flags.preview ? null : await findElectron())

type Flags = {
  readonly preview: boolean
  readonly 'no-open': boolean
  readonly sample: boolean
  readonly port?: string | undefined
  readonly data?: string | undefined
}

function readFlags(): Flags {
  try {
    const { values } = parseArgs({
      options: {
        preview: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        sample: { type: 'boolean', default: false },
        port: { type: 'string' },
        data: { type: 'string' },
      },
    })
    return { ...values, ...(values.data === undefined ? {} : { data: resolve(values.data) }) }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

/** Runs Electron, or the preview where there is none, until it ends; answers its exit code. */
function run(electron: string | null): Promise<number> {
  const shared = [...(flags.data === undefined ? [] : [`--data=${flags.data}`]), ...(flags.sample ? ['--sample'] : [])]
  if (electron !== null) return untilEnd(spawn(electron, [root, ...shared], { stdio: 'inherit' }))
  const preview = [
    ...(flags['no-open'] ? ['--no-open'] : []),
    ...(flags.port === undefined ? [] : [`--port=${flags.port}`]),
  ]
  const serve = join(root, 'out', 'serve', 'serve.js')
  return untilEnd(spawn(process.execPath, [serve, ...preview, ...shared], { stdio: 'inherit' }))
}

function untilEnd(child: ChildProcess): Promise<number> {
  // Ctrl-C reaches the child through the terminal as well, where a second one changes nothing; a signal sent to this
  // process alone would not. Either way this process ends after its child, which closes the store first.
  process.on('SIGINT', () => child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => settle(code ?? 1))
  })
}

/** Path of Electron's binary; fetched once, for at most ten seconds, when npm brought only its launcher. */
async function findElectron(): Promise<string | null> {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const present = electronBinary(folder)
  if (present !== null) return present
  const isFetched = await fetchElectron(join(folder, 'install.js'))
  const fetched = isFetched ? electronBinary(folder) : null
  if (fetched === null) {
    console.log(
      'Electron is not on this computer and could not be fetched (try: npx install-electron); serving the same program to the browser.',
    )
  }
  return fetched
}

function electronBinary(folder: string): string | null {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(pathFile, 'utf8'),
  )
  return existsSync(binary) ? binary : null
}

function fetchElectron(installer: string): Promise<boolean> {
  const child = spawn(process.execPath, [installer], { stdio: 'ignore', timeout: fetchLimitMs, killSignal: 'SIGKILL' })
  return new Promise((settle) => {
    child.on('error', () => settle(false))
    child.on('exit', (code) => settle(code === 0))
  })
}
