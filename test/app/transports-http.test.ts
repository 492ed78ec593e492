import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { emptyHouse, newClinic, openWindow } from '../support/clinic.ts'
import { openPreview, type TestPreview } from '../support/preview.ts'

const status = JSON.stringify({ name: 'clinic.status', input: {} })

describe('the preview', () => {
  it('listens on this computer alone', async () => {
    const { preview } = await openPreview(await emptyHouse())
    expect(preview.server.address()).toMatchObject({ address: '127.0.0.1', port: preview.port })
    expect(preview.port).toBeGreaterThan(0)
  })

  it('lets in whoever opens its address, once', async () => {
    const { preview, ask } = await openPreview(await emptyHouse())
    const { pathname, search } = new URL(preview.newAddress())
    const first = await ask(pathname + search)
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } })
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^countersign_${preview.port}=[\\w-]{32}; HttpOnly; SameSite=Strict; Path=/$`)),
    ])
    const second = await ask(pathname + search)
    expect(second.status).toBe(401)
    expect(second.headers['set-cookie']).toBeUndefined()
  })

  it('lets in nobody by a guessed token or cookie', async () => {
    const { preview, ask } = await openPreview(await emptyHouse())
    preview.newAddress()
    for (const token of ['', 'x', 'x'.repeat(32), '%00', '__proto__'])
      expect((await ask(`/?token=${token}`)).status).toBe(401)
    for (const cookie of ['', 'countersign=1', `countersign_${preview.port}=`, `countersign_${preview.port}=guessed`])
      expect((await ask('/', { headers: { cookie } })).status).toBe(401)
  })

  it('serves its page with a content security policy and its scripts with their type', async () => {
    const browser = await (await openPreview(await emptyHouse())).openBrowser()
    const page = await browser.get('/')
    expect([page.status, page.headers['content-type'], page.text]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html><title>Countersign</title>',
    ])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await browser.get('/assets/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('gives out no file but those of the page, whatever the path', async () => {
    const browser = await (await openPreview(await emptyHouse())).openBrowser()
    const paths = [
      '/../renderer-secret.txt',
      '/..%2frenderer-secret.txt',
      '/%2e%2e/renderer-secret.txt',
      '/%2e%2e%2frenderer-secret.txt',
      '/assets/../../renderer-secret.txt',
      '/assets/..%2f..%2frenderer-secret.txt',
      '/..%5crenderer-secret.txt',
      '/../renderer-secret.txt%00.html',
      '/index.html%00',
      '/%zz',
      '/%e0%a4%a',
      '//etc/passwd',
      '/etc/passwd',
      '/assets',
      '/assets/',
      '/data/store.db',
      '/missing.js',
    ]
    for (const path of paths) {
      const answer = await browser.get(path)
      expect([path, answer.status, answer.text]).toEqual([path, 404, ''])
    }
  })

  it('asks no browser to keep anything, whatever the answer', async () => {
    const house = await emptyHouse()
    const { ask, openBrowser, origin } = await openPreview(house)
    const browser = await openBrowser()
    const answers = [
      await ask('/'),
      await ask('/?token=x'),
      await ask('/', { headers: { host: 'evil.example' } }),
      await ask('/', { headers: { origin: 'https://evil.example' } }),
      await browser.get('/'),
      await browser.get('/assets/app.js'),
      await browser.get('/missing'),
      await browser.get('/blob/x'),
      await browser.post('/call', status),
      await browser.post('/call', status, { 'content-type': 'text/plain' }),
      await ask('/', { method: 'PUT', headers: { cookie: browser.cookie, origin } }),
    ]
    expect(answers.map((answer) => answer.headers['cache-control'])).toEqual(answers.map(() => 'no-store'))
    expect(new Set(answers.map((answer) => answer.headers['x-content-type-options']))).toEqual(new Set(['nosniff']))
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 421, 403, 200, 200, 404, 404, 200, 403, 405])
  })
})

describe('another page or another name for this computer', () => {
  it('is refused by its Host, its Origin, its content type or its missing cookie', async () => {
    const { ask, openBrowser, preview } = await openPreview(await emptyHouse())
    const { cookie } = await openBrowser()
    const origin = `http://127.0.0.1:${preview.port}`
    const json = 'application/json'
    const call = (headers: Record<string, string>) => ask('/call', { method: 'POST', body: status, headers })
    expect((await call({ cookie, origin, 'content-type': json })).status).toBe(200)
    expect((await call({ origin, 'content-type': json })).status).toBe(401)
    expect((await call({ cookie, 'content-type': json })).status).toBe(403)
    for (const host of ['localhost', `localhost:${preview.port}`, '127.0.0.1', `evil.example:${preview.port}`])
      expect([host, (await call({ cookie, origin, host, 'content-type': json })).status]).toEqual([host, 421])
    for (const other of [
      'null',
      'http://127.0.0.1',
      `http://localhost:${preview.port}`,
      `https://127.0.0.1:${preview.port}`,
      'https://evil.example',
    ])
      expect([other, (await call({ cookie, origin: other, 'content-type': json })).status]).toEqual([other, 403])
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/json; charset=utf-8',
      '',
    ])
      expect([type, (await call({ cookie, origin, 'content-type': type })).status]).toEqual([type, 403])
    expect((await ask('/call', { headers: { cookie } })).status).toBe(404)
  })

  it('cannot read what happens', async () => {
    const { ask } = await openPreview(await emptyHouse())
    expect((await ask('/events')).status).toBe(401)
    expect((await ask('/blob/anything')).status).toBe(401)
  })

  it('cannot move the clock of a clinic: only the journeys` own host has such a thing', async () => {
    const house = await emptyHouse()
    const browser = await (await openPreview(house)).openBrowser()
    expect((await browser.post('/test-clock', '2030-01-01T00:00:00.000Z')).status).toBe(405)
    const moved = await openPreview(house, (now) => house.host.setNow(now))
    const traveller = await moved.openBrowser()
    expect((await traveller.post('/test-clock', '2030-01-01T00:00:00.000Z')).status).toBe(204)
    expect(house.host.now()).toBe('2030-01-01T00:00:00.000Z')
  })
})

describe('a call that is too large', () => {
  const tooLarge = '{"ok":false,"refusal":{"code":"TOO_LARGE"}}'

  it('is refused, and the browser gets to know it', async () => {
    const browser = await (await openPreview(await emptyHouse())).openBrowser()
    const limit = 1024 * 1024
    expect(await browser.call('x'.repeat(limit + 1))).toBe(tooLarge)
    expect(await browser.call('x'.repeat(30 * limit))).toBe(tooLarge)
    expect(JSON.parse(await browser.call('x'.repeat(limit)))).toMatchObject({ refusal: { code: 'INVALID_INPUT' } })
    expect(JSON.parse(await browser.call(status))).toMatchObject({ ok: true })
  })

  it('is refused also when it does not say how large it is', async () => {
    const preview = await openPreview(await emptyHouse())
    const { cookie } = await preview.openBrowser()
    expect(
      await sendInParts(
        preview,
        cookie,
        Array.from({ length: 40 }, () => 'x'.repeat(64 * 1024)),
      ),
    ).toBe(tooLarge)
    expect(JSON.parse(await sendInParts(preview, cookie, [status.slice(0, 10), status.slice(10)]))).toMatchObject({
      ok: true,
    })
  })
})

describe('a file', () => {
  it('is read by its token, in the browser that was given it, until the window is locked', async () => {
    const clinic = await newClinic()
    const preview = await openPreview(clinic)
    const browser = await preview.openBrowser()
    const other = await preview.openBrowser()
    const [first, second] = [...clinic.app.services.connections].slice(-2)
    if (!first || !second || clinic.manager.connection.state.kind !== 'SIGNED_IN')
      throw new Error('two browsers are open')
    first.state = clinic.manager.connection.state
    second.state = clinic.manager.connection.state
    const fileName = 'Größe "1"; final.pdf'
    first.blobs.set('token', async () => ({ mediaType: 'application/pdf', fileName, bytes: Buffer.from('%PDF-1.7') }))

    const shown = await browser.get('/blob/token')
    expect([shown.status, shown.headers['content-type'], shown.text]).toEqual([200, 'application/pdf', '%PDF-1.7'])
    expect(shown.headers['content-disposition']).toBe(`inline; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    expect((await browser.get('/blob/token?save')).headers['content-disposition']).toMatch(/^attachment;/)
    expect(shown.headers['cache-control']).toBe('no-store')

    expect((await other.get('/blob/token')).status).toBe(404)
    for (const path of ['/blob/', '/blob/other', '/blob/token/..', '/blob/__proto__'])
      expect((await browser.get(path)).status).toBe(404)
    await clinic.app.lockAll('OS_LOCK')
    expect((await browser.get('/blob/token')).status).toBe(404)
  })

  it('that is damaged is an error without a word of why', async () => {
    const clinic = await newClinic()
    const browser = await (await openPreview(clinic)).openBrowser()
    const connection = [...clinic.app.services.connections].at(-1)
    if (!connection) throw new Error('a browser is open')
    connection.state = clinic.manager.connection.state
    connection.blobs.set('token', async () => {
      throw new Error('Featherstone')
    })
    expect(await browser.get('/blob/token')).toMatchObject({ status: 500, text: '' })
  })
})

describe('two browsers', () => {
  it('have a sign-in each', async () => {
    const house = await newClinic()
    const preview = await openPreview(house)
    const [one, other] = [await preview.openBrowser(), await preview.openBrowser()]
    const signIn = { signInName: 'greta', password: 'quiet harbour lantern 41' }
    await one.call(JSON.stringify({ name: 'signIn.withPassword', input: signIn }))
    const state = JSON.stringify({ name: 'signIn.state', input: {} })
    expect(JSON.parse(await one.call(state))).toMatchObject({ value: { kind: 'SIGNED_IN' } })
    expect(JSON.parse(await other.call(state))).toMatchObject({ value: { kind: 'SIGNED_OUT' } })
  })

  it('hear what changed, and stop hearing when they leave', async () => {
    const clinic = await newClinic()
    const preview = await openPreview(clinic)
    const { cookie } = await preview.openBrowser()
    const connection = [...clinic.app.services.connections].at(-1)
    const heard: string[] = []
    const asking = request({ host: '127.0.0.1', port: preview.preview.port, path: '/events', headers: { cookie } })
    asking.end()
    asking.on('response', (response) => response.on('data', (part: Buffer) => heard.push(part.toString())))
    await expect.poll(() => heard.length).toBe(1)
    await openWindow(clinic.app).must('signIn.withPassword', {
      signInName: 'greta',
      password: 'quiet harbour lantern 41',
    })
    clinic.app.services.publish(['staff'])
    await expect.poll(() => heard.join('')).toBe(':\n\ndata: {"type":"CHANGED","subjects":["staff"]}\n\n')
    asking.on('error', () => undefined)
    asking.destroy()
    await expect.poll(() => connection?.listeners.size).toBe(0)
  })
})

function sendInParts({ preview, origin }: TestPreview, cookie: string, parts: readonly string[]): Promise<string> {
  return new Promise((answered, reject) => {
    const headers = { cookie, origin, 'content-type': 'application/json' }
    const asking = request(
      { host: '127.0.0.1', port: preview.port, path: '/call', method: 'POST', headers },
      (response) => {
        let text = ''
        response.on('data', (part: Buffer) => {
          text += part.toString()
        })
        response.on('end', () => answered(text))
      },
    )
    asking.on('error', reject)
    for (const part of parts) asking.write(part)
    asking.end()
  })
}
