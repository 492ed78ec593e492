import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, session } from 'electron'
import type { Host } from '../hosts/host.ts'

/** The page's own `--canvas`, so that nothing flashes before its first picture. */
const canvas = { light: '#f4f4f2', dark: '#101216' } as const

/** The only place where a window is made. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Countersign',
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light,
    webPreferences: {
      preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
      // A session in memory: no cache, cookie or storage of the page ever reaches the disk.
      session: session.fromPartition('countersign'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}

/** What a second start of the program does to the first. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

type CrashActions = { readonly lock: () => Promise<void>; readonly log: Host['log'] }

/** A page whose process died comes back locked: whoever sits there now need not be who was signed in. */
export function reloadAfterCrash(window: BrowserWindow, { lock, log }: CrashActions): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    log({ level: 'error', event: 'WINDOW_GONE', reason: details.reason, exitCode: details.exitCode })
    if (details.reason === 'clean-exit') return
    void lock().finally(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
  })
}
