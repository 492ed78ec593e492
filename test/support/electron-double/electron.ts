/**
 * The main-process half of a behaving double of Electron's API: what the shell uses, with the order of events, the
 * refusals and the defaults that Electron 45 documents. The machine around it is the process that started this one.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { holdInstanceLock } from './instance-lock.ts'
import type { InvokeAsk, MachineFacts, MachineRequests, MainEvent, MainFacts, MainRequests, Message } from './wire.ts'
import { Wire } from './wire.ts'

const machine = JSON.parse(process.env['COUNTERSIGN_ELECTRON_DOUBLE'] ?? 'null') as MachineFacts
Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true })

const post = (message: Message) => process.send?.(message)
const tell = (event: MainEvent) => post({ kind: 'EVENT', event })

/** What an Electron event hands to its listeners so that they can stop the default. */
class Preventable {
  defaultPrevented = false
  preventDefault = () => {
    this.defaultPrevented = true
  }
}

class AppDouble extends EventEmitter {
  readonly isPackaged = machine.isPackaged
  readonly name = 'Countersign'
  readonly #paths = new Map<string, string>([['userData', machine.userData]])
  readonly #ready: Promise<void>
  #isReady = false
  #isQuitting = false

  constructor() {
    super()
    // Electron is ready some time after the entry has run, never while it runs.
    this.#ready = new Promise((settle) => {
      setImmediate(() => {
        this.#isReady = true
        this.emit('ready')
        settle()
      })
    })
  }

  isReady(): boolean {
    return this.#isReady
  }
  whenReady(): Promise<void> {
    return this.#ready
  }
  getVersion(): string {
    return machine.appVersion
  }
  getAppPath(): string {
    return machine.appFolder
  }
  getPath(name: string): string {
    return this.#paths.get(name) ?? join(machine.userData, name)
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }
  requestSingleInstanceLock(): boolean {
    return holdInstanceLock(this.getPath('userData'), (argv) =>
      this.emit('second-instance', new Preventable(), argv, ''),
    )
  }
  quit(): void {
    if (this.#isQuitting) return
    const event = new Preventable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#isQuitting = true
    for (const window of windows.values()) window.destroy()
    this.emit('will-quit', new Preventable())
    this.emit('quit', new Preventable(), 0)
    this.exit(0)
  }
  exit(code = 0): void {
    process.exitCode = code
    setImmediate(() => process.exit(code))
  }
  relaunch(options: { args?: string[] } = {}): void {
    tell({ type: 'RELAUNCH', args: options.args ?? [] })
  }
  windowGone(): void {
    if (windows.size === 0 && !this.#isQuitting) this.emit('window-all-closed')
  }
}

const appDouble = new AppDouble()

class SessionDouble extends EventEmitter {
  readonly partition: string
  readonly handlerByScheme = new Map<string, (request: Request) => Response | Promise<Response>>()
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  beforeRequest: ((details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void) | null = null

  constructor(partition: string) {
    super()
    this.partition = partition
  }

  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
      if (this.handlerByScheme.has(scheme)) throw new Error(`the scheme ${scheme} is already handled`)
      this.handlerByScheme.set(scheme, handler)
    },
  }
  readonly webRequest = {
    onBeforeRequest: (listener: SessionDouble['beforeRequest']) => {
      this.beforeRequest = listener
    },
  }
  setPermissionRequestHandler(handler: SessionDouble['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: SessionDouble['permissionCheck']): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setSpellCheckerEnabled(): void {}
}

const sessionByPartition = new Map<string, SessionDouble>()
function sessionOf(partition: string): SessionDouble {
  const known = sessionByPartition.get(partition)
  if (known !== undefined) return known
  const made = new SessionDouble(partition)
  sessionByPartition.set(partition, made)
  return made
}

type FrameDouble = { url: string; parent: FrameDouble | null }

class WebContentsDouble extends EventEmitter {
  readonly id: number
  readonly session: SessionDouble
  readonly mainFrame: FrameDouble = { url: '', parent: null }
  windowOpenHandler: (details: { url: string }) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' })
  #isDestroyed = false

  constructor(id: number, session: SessionDouble) {
    super()
    this.id = id
    this.session = session
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  getURL(): string {
    return this.mainFrame.url
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    tell({ type: 'SENT', windowId: this.id, channel, args: structuredClone(args) })
  }
  setWindowOpenHandler(handler: WebContentsDouble['windowOpenHandler']): void {
    this.windowOpenHandler = handler
  }
  reload(): void {
    void wire.ask('reload', { windowId: this.id })
  }
  destroyed(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
  }
}

const windows = new Map<number, BrowserWindowDouble>()

class BrowserWindowDouble extends EventEmitter {
  static getAllWindows(): BrowserWindowDouble[] {
    return [...windows.values()]
  }

  readonly id: number
  readonly options: Electron.BrowserWindowConstructorOptions
  readonly webContents: WebContentsDouble
  isShown: boolean
  focusCount = 0
  #isMinimized = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (!appDouble.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.id = windows.size + 1
    this.options = options
    this.isShown = options.show ?? true
    const given = options.webPreferences?.session as SessionDouble | undefined
    this.webContents = new WebContentsDouble(this.id, given ?? sessionOf(options.webPreferences?.partition ?? ''))
    windows.set(this.id, this)
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url
    const { width = 800, height = 600, webPreferences } = this.options
    await wire.ask('load', { windowId: this.id, url, preload: webPreferences?.preload ?? '', width, height })
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }
  isDestroyed(): boolean {
    return !windows.has(this.id)
  }
  isMinimized(): boolean {
    return this.#isMinimized
  }
  minimize(): void {
    this.#isMinimized = true
  }
  restore(): void {
    this.#isMinimized = false
  }
  show(): void {
    this.isShown = true
  }
  focus(): void {
    this.focusCount += 1
  }
  close(): void {
    const event = new Preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    if (!windows.delete(this.id)) return
    this.webContents.destroyed()
    this.emit('closed')
    void wire.ask('closed', { windowId: this.id })
    appDouble.windowGone()
  }
}

type IpcEvent = { sender: WebContentsDouble; senderFrame: FrameDouble; processId: number; frameId: number }
const channelHandlers = new Map<string, (event: IpcEvent, ...args: unknown[]) => unknown>()

const ipcMainDouble = {
  handle(channel: string, handler: (event: IpcEvent, ...args: unknown[]) => unknown): void {
    if (channelHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    channelHandlers.set(channel, handler)
  },
  removeHandler(channel: string): void {
    channelHandlers.delete(channel)
  },
}

const registeredSchemes: { scheme: string; privileges: Record<string, boolean> }[] = []

const protocolDouble = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (appDouble.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    registeredSchemes.push(
      ...schemes.map(({ scheme, privileges }) => ({
        scheme,
        privileges: { ...(privileges as Record<string, boolean>) },
      })),
    )
  },
}

const keychainKey = Buffer.from(machine.keychain.keyHex, 'hex')

const safeStorageDouble = {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return appDouble.isReady()
  },
  getSelectedStorageBackend(): MachineFacts['keychain']['backend'] {
    return appDouble.isReady() ? machine.keychain.backend : 'unknown'
  },
  async encryptStringAsync(plainText: string): Promise<Buffer> {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', keychainKey, iv)
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from('v12'), iv, cipher.getAuthTag(), sealed])
  },
  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    if (encrypted.subarray(0, 3).toString() !== 'v12') throw new Error('Error while decrypting the ciphertext')
    const decipher = createDecipheriv('aes-256-gcm', keychainKey, encrypted.subarray(3, 15))
    decipher.setAuthTag(encrypted.subarray(15, 31))
    const result = Buffer.concat([decipher.update(encrypted.subarray(31)), decipher.final()]).toString('utf8')
    return { result, shouldReEncrypt: false }
  },
}

class PowerMonitorDouble extends EventEmitter {
  idleSeconds = 0
  getSystemIdleTime(): number {
    return this.idleSeconds
  }
}
const powerMonitorDouble = new PowerMonitorDouble()

const dialogDouble = {
  async showOpenDialog(...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    const { title = '' } = args.at(-1) as Electron.OpenDialogOptions
    const folder = await wire.ask('chooseFolder', { title })
    return { canceled: folder === null, filePaths: folder === null ? [] : [folder] }
  },
  showErrorBox(title: string, content: string): void {
    tell({ type: 'ERROR_BOX', title, content })
  },
}

type MenuTemplate = Electron.MenuItemConstructorOptions[]
let applicationMenu: MenuTemplate = []

const MenuDouble = {
  buildFromTemplate: (template: MenuTemplate) => template,
  setApplicationMenu(template: MenuTemplate): void {
    applicationMenu = template
  },
}

function allMenuItems(template: MenuTemplate): MenuTemplate {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allMenuItems(item.submenu) : [])])
}

const crashReporterDouble = {
  start: () => tell({ type: 'CRASH_REPORTER' }),
}

const wire = new Wire<MachineRequests, MainRequests>(post, {
  facts: () => mainFacts(),
  fetch: async ({ url, method }) => {
    const handler = anyWindow().webContents.session.handlerByScheme.get(new URL(url).protocol.slice(0, -1))
    if (handler === undefined) throw new Error(`nothing serves ${url}`)
    const response = await handler(new Request(url, { method }))
    return {
      status: response.status,
      headers: [...response.headers],
      body: new Uint8Array(await response.arrayBuffer()),
    }
  },
  invoke: (ask) => invoke(ask),
  navigate: ({ windowId, url, isMainFrame }) => {
    const { webContents } = windowOf(windowId)
    const prevented = [...(isMainFrame ? ['will-navigate'] : []), 'will-frame-navigate'].some((name) =>
      isPrevented(webContents, name, { url, isMainFrame }),
    )
    if (!prevented && isMainFrame) webContents.mainFrame.url = url
    return prevented ? 'PREVENTED' : 'ALLOWED'
  },
  openWindow: ({ windowId, url }) => windowOf(windowId).webContents.windowOpenHandler({ url }).action,
  load: ({ windowId, url }) => {
    const { beforeRequest } = windowOf(windowId).webContents.session
    if (beforeRequest === null) return 'ALLOWED'
    return new Promise((settle) => beforeRequest({ url }, ({ cancel }) => settle(cancel ? 'CANCELLED' : 'ALLOWED')))
  },
  download: ({ windowId, url }) => {
    const { session } = windowOf(windowId).webContents
    const event = new Preventable()
    session.emit('will-download', event, { getURL: () => url })
    return event.defaultPrevented ? 'PREVENTED' : 'ALLOWED'
  },
  attachWebview: ({ windowId }) =>
    isPrevented(windowOf(windowId).webContents, 'will-attach-webview', {}) ? 'PREVENTED' : 'ALLOWED',
  permission: async ({ windowId, permission, at, mediaTypes = [] }) => {
    const { webContents } = windowOf(windowId)
    if (at !== undefined) webContents.mainFrame.url = at
    const { permissionRequest, permissionCheck } = webContents.session
    const contents = webContents as unknown as Electron.WebContents
    // Electron grants whatever no handler refuses.
    const requested = await new Promise<boolean>((settle) => {
      if (permissionRequest === null) settle(true)
      else
        permissionRequest(contents, permission as 'media', settle, {
          mediaTypes,
        } as Electron.MediaAccessPermissionRequest)
    })
    const checked =
      permissionCheck === null ||
      permissionCheck(contents, permission as 'media', webContents.mainFrame.url, {
        isMainFrame: true,
        mediaType: mediaTypes[0] ?? 'unknown',
      } as never)
    return { requested, checked }
  },
  power: (event) => {
    powerMonitorDouble.emit(event)
    return null
  },
  idle: ({ seconds }) => {
    powerMonitorDouble.idleSeconds = seconds
    return null
  },
  clickMenu: ({ id }) => {
    const item = allMenuItems(applicationMenu).find((candidate) => candidate.id === id)
    if (item?.click === undefined) throw new Error(`the menu has no ${id}`)
    item.click({} as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent)
    return null
  },
  rendererGone: ({ windowId }) => {
    windowOf(windowId).webContents.emit('render-process-gone', new Preventable(), { reason: 'crashed', exitCode: 5 })
    return null
  },
  closeWindow: ({ windowId }) => {
    windowOf(windowId).close()
    return null
  },
  quit: () => {
    appDouble.quit()
    return null
  },
})

function mainFacts(): MainFacts {
  return {
    schemes: registeredSchemes,
    windows: [...windows.values()].map(({ id, options, isShown, focusCount, webContents }) => {
      const { webPreferences = {}, ...others } = options
      const { session: _session, ...preferences } = webPreferences
      return {
        id,
        options: others as Record<string, unknown>,
        webPreferences: { ...preferences, partition: webContents.session.partition },
        isShown,
        focusCount,
      }
    }),
    channels: [...channelHandlers.keys()],
    menu: allMenuItems(applicationMenu).map((item) => item.role ?? item.id ?? item.label ?? item.type ?? ''),
  }
}

async function invoke({ windowId, channel, args, frame }: InvokeAsk): Promise<unknown> {
  const handler = channelHandlers.get(channel)
  const failure = (reason: string) => new Error(`Error invoking remote method '${channel}': ${reason}`)
  if (handler === undefined) throw failure(`Error: No handler registered for '${channel}'`)
  const { webContents } = windowOf(windowId)
  const senderFrame: FrameDouble = { url: frame.url, parent: frame.isMainFrame ? null : webContents.mainFrame }
  try {
    return await handler({ sender: webContents, senderFrame, processId: 1, frameId: 1 }, ...args)
  } catch (error) {
    throw failure(String(error))
  }
}

function isPrevented(contents: WebContentsDouble, name: string, facts: Record<string, unknown>): boolean {
  const event = Object.assign(new Preventable(), facts)
  contents.emit(name, event, facts['url'])
  return event.defaultPrevented
}

function windowOf(id: number): BrowserWindowDouble {
  const window = windows.get(id)
  if (window === undefined) throw new Error(`there is no window ${id}`)
  return window
}

function anyWindow(): BrowserWindowDouble {
  return windowOf([...windows.keys()][0] ?? 0)
}

process.on('message', (message: Message) => wire.receive(message))
process.on('disconnect', () => process.exit(1))
void appDouble.whenReady().then(() => tell({ type: 'READY' }))

type Main = typeof import('electron')
/** Typed as the part of Electron that the shell uses; the compiler compares every signature with electron.d.ts. */
export const app = appDouble satisfies Pick<
  Main['app'],
  | 'exit'
  | 'getAppPath'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'relaunch'
  | 'requestSingleInstanceLock'
  | 'whenReady'
>
export const safeStorage = safeStorageDouble satisfies Pick<
  Main['safeStorage'],
  'decryptStringAsync' | 'encryptStringAsync' | 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable'
>
export const powerMonitor = powerMonitorDouble satisfies Pick<Main['powerMonitor'], 'getSystemIdleTime'>
export const protocol = protocolDouble satisfies Pick<Main['protocol'], 'registerSchemesAsPrivileged'>
export const dialog = dialogDouble satisfies Pick<Main['dialog'], 'showErrorBox' | 'showOpenDialog'>
export const nativeTheme = { shouldUseDarkColors: false } satisfies Pick<Main['nativeTheme'], 'shouldUseDarkColors'>
export const session = { fromPartition: sessionOf }
export const ipcMain = ipcMainDouble
export const crashReporter = crashReporterDouble
export { BrowserWindowDouble as BrowserWindow, MenuDouble as Menu }
