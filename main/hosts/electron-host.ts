import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, dialog, powerMonitor, safeStorage } from 'electron'
import { probeCrypto } from './crypto-probe.ts'
import type { Host } from './host.ts'
import { openLog } from './log-file.ts'
import { openKeychain } from './safe-storage-keychain.ts'
import { shippedScrypt } from './scrypt-cost.ts'

/** The machine as Electron shows it. To be made once, after `ready` (the keychain exists only then). */
export async function createElectronHost({ dataFolder }: { readonly dataFolder: string | null }): Promise<Host> {
  const folders = {
    data: dataFolder ?? join(app.getPath('userData'), 'records'),
    scratch: join(app.getPath('userData'), 'scratch'),
    logs: join(app.getPath('userData'), 'logs'),
  }
  const now = () => new Date().toISOString()
  probeCrypto()
  return {
    kind: 'electron',
    appVersion: app.getVersion(),
    folders,
    workers: { base: pathToFileURL(join(app.getAppPath(), 'out', 'main', 'workers', '/')), ending: '.js' },
    scrypt: shippedScrypt,
    now,
    monotonicMs: () => performance.now(),
    pause: (ms) => pause(ms),
    newId: () => randomUUID(),
    randomBytes: (size) => randomBytes(size),
    ...(await openKeychain(safeStorage, process.platform)),
    log: openLog(folders.logs, { now, alsoOnConsole: !app.isPackaged }),
    idleMs: () => powerMonitor.getSystemIdleTime() * 1000,
    chooseFolder,
  }
}

async function chooseFolder(title: string): Promise<string | null> {
  const options = { title, properties: ['openDirectory' as const, 'createDirectory' as const] }
  const parent = BrowserWindow.getAllWindows()[0]
  const answer = await (parent === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options))
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}
