import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Route,
} from '@playwright/test'
import { chromiumArguments, findChromium } from '../ensure-chromium.ts'
import { type Machine, type MachineOptions, newKeychain, startMachine } from './machine.ts'
import { preloadScript } from './preload-script.ts'

/** Chromium knows no `app:`; this address stands for it, secure as Electron's privileges make the real one. */
const standInOrigin = 'https://countersign.app.invalid'
const appOrigin = 'app://countersign'
const root = fileURLToPath(new URL('../../..', import.meta.url))

export type LaunchOptions = {
  /** The clinic's folder, handed over as `--data=DIR`. */
  readonly dataDir: string
  readonly args?: readonly string[]
  readonly isPackaged?: boolean
  /** Give the same one to a second launch on the same folder, as the same computer would. */
  readonly keychain?: MachineOptions['keychain']
  /** Folder that "choose a folder" answers; null cancels. */
  readonly chosenFolder?: () => string | null
  /** Locale, time zone, colour scheme and the like of the screen. */
  readonly contextOptions?: BrowserContextOptions
  /** Chromium to use; one is started (and closed with the program) when none is given. */
  readonly browser?: Browser
}

export type LaunchedApp = {
  /** The program's only window. */
  readonly page: Page
  readonly context: BrowserContext
  readonly machine: Machine
  readonly keychain: NonNullable<MachineOptions['keychain']>
  /** Quits as a person does and waits until the store is closed; answers the exit code. */
  close(): Promise<number | null>
}

/**
 * Starts the built program (`npm run build` first) on the Electron double: the real `out/main/main.js` in a process of
 * its own, the real `out/preload/preload.cjs` inside Chromium, which stands in for the renderer process.
 */
export async function launchOnElectronDouble(options: LaunchOptions): Promise<LaunchedApp> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium; run test/support/ensure-chromium.ts')
  const browser = options.browser ?? (await chromium.launch({ executablePath, args: chromiumArguments }))
  const keychain = options.keychain ?? newKeychain()
  const context = await browser.newContext({
    ...options.contextOptions,
    serviceWorkers: 'block',
    acceptDownloads: true,
  })
  const opened = Promise.withResolvers<Page>()
  let shown: Screen | null = null

  const machine = startMachine({
    entry: join(root, 'out', 'main', 'main.js'),
    appFolder: root,
    userData: options.dataDir,
    args: [`--data=${options.dataDir}`, ...(options.args ?? [])],
    isPackaged: options.isPackaged ?? true,
    keychain,
    screen: {
      load: async ({ url, preload, width, height }) => {
        shown ??= await openScreen({ context, machine, preload, size: { width, height } })
        await shown.go(url)
        opened.resolve(shown.page)
        return null
      },
      reload: async () => {
        await shown?.reload()
        return null
      },
      closed: async () => {
        await shown?.page.close()
        return null
      },
      chooseFolder: () => options.chosenFolder?.() ?? null,
    },
  })
  machine.onEvent((event) => {
    if (event.type === 'SENT') shown?.deliver(event.channel, event.args)
  })

  const page = await Promise.race([opened.promise, machine.ended.then(() => failedStart(machine))])
  return {
    page,
    context,
    machine,
    keychain,
    async close() {
      const code = await machine.quit()
      await context.close()
      if (options.browser === undefined) await browser.close()
      return code
    },
  }
}

function failedStart(machine: Machine): never {
  throw new Error(`the program ended before it opened a window:\n${machine.output()}`)
}

type Screen = {
  readonly page: Page
  go(url: string): Promise<void>
  reload(): Promise<void>
  deliver(channel: string, args: readonly unknown[]): void
}

type ScreenParts = {
  readonly context: BrowserContext
  readonly machine: Machine
  readonly preload: string
  readonly size: { readonly width: number; readonly height: number }
}

async function openScreen({ context, machine, preload, size }: ScreenParts): Promise<Screen> {
  const page = await context.newPage()
  await page.setViewportSize(size)
  const outbox = new Outbox()
  // What the browser process itself navigates to raises no will-navigate; what the page starts does.
  let ownNavigation: string | null = null

  await page.exposeBinding('__electronInvoke', (source, channel: string, args: readonly unknown[]) =>
    machine.invoke(channel, args, { url: toApp(source.frame.url()), isMainFrame: source.frame === page.mainFrame() }),
  )
  await page.exposeBinding('__electronNext', (_source, isFirst: boolean) => outbox.next(isFirst))
  await page.addInitScript({ content: preloadScript(readFileSync(preload, 'utf8'), standInOrigin) })

  // A popup is closed as soon as its opener's window-open handler has been asked; it loads nothing until then.
  await context.route('**/*', (route) => route.abort('aborted'))
  await page.route('**/*', async (route) => {
    const request = route.request()
    const url = toApp(request.url())
    const isNavigation = request.isNavigationRequest()
    const isMainFrame = isNavigation && request.frame() === page.mainFrame()
    if (isNavigation && url !== ownNavigation) {
      const verdict = await machine.ask('navigate', { windowId: 1, url, isMainFrame })
      if (verdict === 'PREVENTED') return route.abort('aborted')
    }
    if (isMainFrame) ownNavigation = null
    const loading = await machine.ask('load', { windowId: 1, url })
    if (loading === 'CANCELLED') return route.abort('blockedbyclient')
    return answerRoute(route, machine, url)
  })
  context.on('page', (popup) => void refusePopup(popup, machine))
  page.on('download', (download) => {
    void machine.ask('download', { windowId: 1, url: toApp(download.url()) }).then((verdict) => {
      if (verdict === 'PREVENTED') void download.cancel()
    })
  })
  page.on('crash', () => void machine.ask('rendererGone', { windowId: 1 }))

  return {
    page,
    async go(url) {
      ownNavigation = url
      await page.goto(toStandIn(url))
    },
    async reload() {
      ownNavigation = toApp(page.url())
      await page.reload()
    },
    deliver: (channel, args) => outbox.put({ channel, args }),
  }
}

async function answerRoute(route: Route, machine: Machine, url: string): Promise<void> {
  if (!url.startsWith(`${appOrigin}/`)) return route.abort('failed')
  const { status, headers, body } = await machine.ask('fetch', { url, method: route.request().method() })
  await route.fulfill({ status, headers: Object.fromEntries(headers), body: Buffer.from(body) })
}

/** Electron asks before a window exists; Chromium opens it first, so what is denied is closed again. */
async function refusePopup(popup: Page, machine: Machine): Promise<void> {
  if ((await popup.opener()) === null) return
  const action = await machine.ask('openWindow', { windowId: 1, url: toApp(popup.url()) })
  if (action === 'deny') await popup.close()
}

function toApp(url: string): string {
  return url.startsWith(`${standInOrigin}/`) ? `${appOrigin}${url.slice(standInOrigin.length)}` : url
}

function toStandIn(url: string): string {
  return url.startsWith(`${appOrigin}/`) ? `${standInOrigin}${url.slice(appOrigin.length)}` : url
}

type Sent = { readonly channel: string; readonly args: readonly unknown[] }

/** Messages on their way to the page that is loaded now; the page fetches them one by one. */
class Outbox {
  #queue: Sent[] = []
  #waiting: ((sent: Sent) => void) | null = null

  put(sent: Sent): void {
    const settle = this.#waiting
    this.#waiting = null
    if (settle === null) this.#queue.push(sent)
    else settle(sent)
  }

  /** A page that asks for the first time was loaded just now: what was meant for its predecessor is dropped. */
  next(isFirst: boolean): Promise<Sent> {
    if (isFirst) this.#queue = []
    const ready = this.#queue.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    return new Promise((settle) => {
      this.#waiting = settle
    })
  }
}
