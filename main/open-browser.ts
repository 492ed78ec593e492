import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export type BrowserOutcome = 'OPENED' | 'NO_DISPLAY' | 'NO_BROWSER'

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const macPrograms = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/**
 * Opens an address in the system's Chromium, Chrome or Edge as a window without tabs. Private mode, so that neither
 * history nor cache nor storage of a person's browser profile learns about the clinic.
 */
export function openInBrowser(url: string): BrowserOutcome {
  if (!hasDisplay()) return 'NO_DISPLAY'
  const program = findBrowser()
  if (program === null) return 'NO_BROWSER'
  const isEdge = /edge/i.test(program)
  const browser = spawn(program, [`--app=${url}`, isEdge ? '--inprivate' : '--incognito', '--no-first-run'], {
    detached: true,
    stdio: 'ignore',
  })
  browser.on('error', () => console.error(`The browser did not start. Open ${url} yourself.`))
  browser.unref()
  return 'OPENED'
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

function findBrowser(): string | null {
  return browserPlaces().find(canExecute) ?? null
}

function browserPlaces(): string[] {
  if (process.platform === 'darwin') return macPrograms
  if (process.platform === 'win32') {
    const folders = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    return folders.flatMap((folder) => (folder === undefined ? [] : windowsPrograms.map((name) => join(folder, name))))
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function canExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
