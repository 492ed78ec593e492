import { app, powerMonitor } from 'electron'
import type { App } from './app/app.ts'
import { createApp } from './app/create-app.ts'
import { createElectronHost } from './hosts/electron-host.ts'
import { answerCalls } from './transports/ipc.ts'
import { warmUp } from './warm-up.ts'
import { leaveCleanly, relaunchAfterCrash, relaunchesUntilClosed } from './windows/ending.ts'
import { installMenu } from './windows/menu.ts'
import { readRendererFiles } from './windows/renderer-files.ts'
import { refuseEverythingElse, registerAppScheme, serveAppScheme, startAddress } from './windows/security.ts'
import { placeUserData, readStartOptions } from './windows/start-options.ts'
import { createWindow, focusWindow, reloadAfterCrash } from './windows/window.ts'

const tickMs = 1000

// Nothing may be awaited before this line and the lock: both have to happen before Electron is ready.
registerAppScheme()
const options = readStartOptions(process.argv)
placeUserData(options)

if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

async function start(): Promise<void> {
  const host = await createElectronHost(options)
  let running: App | null = null
  relaunchAfterCrash(host, () => running?.checkpoint())
  const application = await createApp({
    host,
    staysClosed: options.relaunched >= relaunchesUntilClosed,
    buildSample: async (folder) => (await import('./sample.ts')).buildSample(folder, host),
    startWithSample: options.sample,
  })
  running = application
  const connection = application.connect()

  const window = createWindow()
  const files = readRendererFiles()
  refuseEverythingElse(window.webContents)
  serveAppScheme(window.webContents.session, { files, readBlob: (token) => application.readBlob(connection, token) })
  answerCalls({ application, connection, contents: window.webContents, log: host.log })
  installMenu({ lock: () => void application.lockAll('PERSON') })
  reloadAfterCrash(window, { lock: () => application.lockAll('OS_LOCK'), log: host.log })

  app.on('second-instance', () => focusWindow(window))
  powerMonitor.on('lock-screen', () => void application.lockAll('OS_LOCK'))
  powerMonitor.on('user-did-resign-active', () => void application.lockAll('OS_LOCK'))
  powerMonitor.on('suspend', () => void application.lockAll('SUSPEND'))
  powerMonitor.on('shutdown', () => app.quit())
  app.on('window-all-closed', () => app.quit())

  const ticking = setInterval(() => void application.tick(), tickMs)
  leaveCleanly(host, async () => {
    clearInterval(ticking)
    await application.close()
  })
  await window.loadURL(startAddress)
  warmUp()
}
