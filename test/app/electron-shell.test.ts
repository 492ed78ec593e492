import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contentSecurityPolicyParts } from '../support/electron-double/content-security-policy.ts'
import { newKeychain } from '../support/electron-double/machine.ts'
import { openSharedShell, openShell, setUpClinic, temporaryFolder } from '../support/electron-double/shell-fixture.ts'

const windowId = 1
const shared = openSharedShell({ isPackaged: true })

test('the window runs a sandboxed page that keeps nothing on disk and knows no Node', async () => {
  const { machine } = shared
  const { windows } = await machine.ask('facts', null)
  expect(windows).toHaveLength(1)
  expect(windows[0]?.webPreferences).toEqual({
    preload: expect.stringMatching(/out.preload.preload\.cjs$/),
    // No `persist:` in front: Electron keeps such a session in memory.
    partition: 'countersign',
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
    devTools: false,
  })
})

test('the window is shown when its page is ready', async () => {
  const { machine } = shared
  await expect.poll(async () => (await machine.ask('facts', null)).windows[0]?.isShown).toBe(true)
})

test('developer tools and reload exist only in an unpackaged run', async () => {
  const packaged = await shared.machine.ask('facts', null)
  const unpackaged = await (await openShell({ isPackaged: false })).machine.ask('facts', null)
  expect(packaged.menu).not.toContain('reload')
  expect(packaged.menu).not.toContain('toggleDevTools')
  expect(unpackaged.menu).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
  expect(unpackaged.windows[0]?.webPreferences['devTools']).toBe(true)
})

test('the app scheme is standard and secure, without fetch and without CORS', async () => {
  const { machine } = shared
  const { schemes } = await machine.ask('facts', null)
  expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }])
})

test('one channel answers calls, and crash reports are never switched on', async () => {
  const { machine } = shared
  expect((await machine.ask('facts', null)).channels).toEqual(['countersign:call'])
  expect(machine.events.filter((event) => event.type === 'CRASH_REPORTER')).toEqual([])
})

test('the page is served with its content security policy and is never cached', async () => {
  const { machine } = shared
  const page = await machine.ask('fetch', { url: 'app://countersign/', method: 'GET' })
  const headers = new Map(page.headers)
  expect(page.status).toBe(200)
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(contentSecurityPolicyParts(headers)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'frame-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  })
})

test('only files that the build lists are served, however their path is spelled', async () => {
  const { machine } = shared
  const statusByAddress = {
    'app://countersign/assets/app.js': 200,
    'app://countersign/assets/../index.html': 200,
    'app://countersign/assets/not-listed.js': 404,
    'app://countersign/files.json': 404,
    'app://countersign/../store.db': 404,
    'app://countersign/%2e%2e/store.db': 404,
    'app://countersign/..%2fstore.db': 404,
    'app://countersign/..%5c..%5cstore.db': 404,
    'app://countersign/%252e%252e/store.db': 404,
    'app://countersign//etc/passwd': 404,
    'app://countersign/%00': 404,
    'app://countersign/%': 404,
    'app://countersign/index.html%00.js': 404,
    'app://elsewhere/index.html': 404,
    'app://countersign/blob/0123456789abcdef0123': 404,
    'app://countersign/blob/../../store.db': 404,
  }
  const answered: Record<string, number> = {}
  for (const url of Object.keys(statusByAddress)) {
    answered[url] = (await machine.ask('fetch', { url, method: 'GET' })).status
  }
  expect(answered).toEqual(statusByAddress)
})

test('nothing but GET is answered', async () => {
  const { machine } = shared
  expect((await machine.ask('fetch', { url: 'app://countersign/', method: 'POST' })).status).toBe(404)
})

test('every permission is refused when requested and when checked', async () => {
  const { machine } = shared
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fileSystem',
    'openExternal',
    'usb',
  ]) {
    expect(await machine.ask('permission', { windowId, permission })).toEqual({ requested: false, checked: false })
  }
})

test('the camera, and nothing else, is granted while the photos of a patient are on the screen', async () => {
  const { machine } = shared
  const photos = 'app://countersign/#/patients/0b5d8a2e-9d0f-4a53-9c26-7f0a3c1f2d11/photos'
  const asked = [
    [photos, ['video'], true],
    [photos, ['audio'], false],
    [photos, ['video', 'audio'], false],
    [photos, [], false],
    [`${photos}?session=0b5d8a2e-9d0f-4a53-9c26-7f0a3c1f2d11&moment=before`, ['video'], true],
    [`${photos}/more`, ['video'], false],
    ['app://countersign/#/today', ['video'], false],
    [`https://example.com/${photos.slice(photos.indexOf('#'))}`, ['video'], false],
  ] as const
  for (const [at, mediaTypes, isGranted] of asked) {
    const { requested } = await machine.ask('permission', { windowId, permission: 'media', at, mediaTypes })
    expect([at, mediaTypes, requested]).toEqual([at, mediaTypes, isGranted])
  }
  const elsewhere = { windowId, permission: 'geolocation', at: photos }
  expect(await machine.ask('permission', elsewhere)).toEqual({ requested: false, checked: false })
  expect((await machine.ask('permission', { windowId, permission: 'media', mediaTypes: ['video'] })).checked).toBe(true)
  await machine.ask('permission', { windowId, permission: 'media', at: 'app://countersign/' })
})

test('the page may not navigate to a place outside the program', async () => {
  const { machine } = shared
  const places = [
    'https://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app://elsewhere/',
    'app://countersign.example/',
    'app://countersign/assets/app.js',
    'app://countersign/blob/0123456789abcdef0123',
    'not an address',
  ]
  for (const url of places) {
    expect([url, await machine.ask('navigate', { windowId, url, isMainFrame: true })]).toEqual([url, 'PREVENTED'])
  }
})

test('a frame inside the page is none of ours, whatever it loads', async () => {
  const { machine } = shared
  const url = 'app://countersign/'
  expect(await machine.ask('navigate', { windowId, url, isMainFrame: false })).toBe('PREVENTED')
})

test('the page may load itself again, and save a file', async () => {
  const { machine } = shared
  const saved = 'app://countersign/blob/0123456789abcdef0123?save'
  expect(await machine.ask('navigate', { windowId, url: 'app://countersign/', isMainFrame: true })).toBe('ALLOWED')
  expect(await machine.ask('navigate', { windowId, url: saved, isMainFrame: true })).toBe('ALLOWED')
})

test('no further window opens, whatever its address', async () => {
  const { machine } = shared
  for (const url of ['https://example.com/', 'about:blank', 'file:///etc/passwd', 'app://countersign/']) {
    expect(await machine.ask('openWindow', { windowId, url })).toBe('deny')
  }
})

test('no web view is attached', async () => {
  const { machine } = shared
  expect(await machine.ask('attachWebview', { windowId })).toBe('PREVENTED')
})

test('the page reaches no network and no file', async () => {
  const { machine } = shared
  for (const url of ['https://example.com/x.png', 'http://127.0.0.1/', 'file:///etc/passwd', 'ws://127.0.0.1/']) {
    expect(await machine.ask('load', { windowId, url })).toBe('CANCELLED')
  }
  expect(await machine.ask('load', { windowId, url: 'app://countersign/assets/app.js' })).toBe('ALLOWED')
})

test('only files that a procedure handed out are downloaded', async () => {
  const { machine } = shared
  const offered = 'app://countersign/blob/0123456789abcdef0123?save'
  expect(await machine.ask('download', { windowId, url: offered })).toBe('ALLOWED')
  expect(await machine.ask('download', { windowId, url: 'app://countersign/index.html' })).toBe('PREVENTED')
  expect(await machine.ask('download', { windowId, url: 'data:text/html,x' })).toBe('PREVENTED')
})

test('a second start on the same folder brings the first window forward and ends', async () => {
  const first = await openShell()
  const second = await openShell({ userData: first.userData })
  expect(await second.machine.ended).toBe(0)
  await expect.poll(async () => (await first.machine.ask('facts', null)).windows[0]?.focusCount).toBe(1)
})

test('another data folder is another program', async () => {
  const first = await openShell({ args: [`--data=${temporaryFolder()}`] })
  const second = await openShell({ args: [`--data=${temporaryFolder()}`], userData: first.userData })
  expect((await second.machine.ask('facts', null)).windows).toHaveLength(1)
})

test('closing the window closes the store and ends the program', async () => {
  const shell = await openShell()
  await setUpClinic(shell)
  await shell.machine.ask('closeWindow', { windowId })
  expect(await shell.machine.ended).toBe(0)
  // SQLite removes the write-ahead log only when the last connection was closed in order.
  expect(readdirSync(join(shell.userData, 'records')).filter((name) => name.startsWith('store.db'))).toEqual([
    'store.db',
  ])
})

test('a clinic whose key lies in the keychain opens again without a passphrase', async () => {
  const keychain = newKeychain('gnome_libsecret')
  const first = await openShell({ keychain })
  await setUpClinic(first)
  await first.machine.quit()
  const again = await openShell({ keychain, userData: first.userData })
  expect(await again.call('clinic.status', {})).toMatchObject({ ok: true, value: { store: { state: 'OPEN' } } })
})

test('a key is never left with a keychain that only looks like one', async () => {
  const { call } = await openShell({ keychain: newKeychain('basic_text') })
  expect(await call('clinic.status', {})).toMatchObject({ ok: true, value: { passphraseRequired: true } })
})

test('a page that died is written down and loaded again', async () => {
  const { machine, userData } = await openShell()
  await machine.ask('rendererGone', { windowId })
  const log = () => readFileSync(join(userData, 'logs', 'countersign.log'), 'utf8')
  await expect.poll(log).toContain('"event":"WINDOW_GONE","reason":"crashed","exitCode":5')
})
