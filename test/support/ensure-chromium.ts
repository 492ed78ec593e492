import '../../main/ensure-node.ts'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Chromium that is told to leave the network alone; without a sandbox only where root runs it, as Chromium demands. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** The browser that journeys run in: `CHROMIUM_PATH`, or the system's. Null when there is none. */
export function findChromium(): string | null {
  const given = process.env['CHROMIUM_PATH']
  if (given !== undefined && given !== '') return given
  return places.find((place) => existsSync(place)) ?? null
}

/** Installs Debian's Chromium where this process may; otherwise says what to install. True when one is there. */
export function ensureChromium(): boolean {
  if (findChromium() !== null) return true
  const mayInstall = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (mayInstall) {
    console.log('chromium: not found, installing it with apt-get')
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const run = (...args: string[]) =>
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment })
    run('update', '-qq')
    run('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core')
    if (findChromium() !== null) return true
  }
  console.error(
    'The journeys need Chromium, Chrome or Edge. Debian and Ubuntu: "sudo apt-get install chromium". ' +
      'Elsewhere install one of them, or set CHROMIUM_PATH to its program, and run this again.',
  )
  return false
}

if (import.meta.main && !ensureChromium()) process.exit(1)
