import { mkdirSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Preview, servePreview } from '../../main/transports/http.ts'
import type { TestHouse } from './clinic.ts'

export type HttpAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

type Asking = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export type TestPreview = {
  readonly preview: Preview
  readonly origin: string
  readonly rendererFolder: string
  /** Exactly what is given: no cookie, no Origin, no tidied path. */
  ask(path: string, asking?: Asking): Promise<HttpAnswer>
  /** One browser: opens an address and keeps its cookie. */
  openBrowser(): Promise<Browser>
}

export type Browser = {
  readonly cookie: string
  get(path: string): Promise<HttpAnswer>
  post(path: string, body: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>
  /** The text of the envelope. */
  call(requestText: string): Promise<string>
}

/** The application of `house` behind loopback HTTP on a free port, with a renderer of two files. */
export async function openPreview(house: TestHouse, moveClock?: (now: string) => void): Promise<TestPreview> {
  const rendererFolder = join(house.folder, 'renderer')
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true })
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>Countersign</title>')
  writeFileSync(join(rendererFolder, 'assets', 'app.js'), 'export {}')
  writeFileSync(join(house.folder, 'renderer-secret.txt'), 'not for the page')
  const preview = await servePreview({ app: house.app, rendererFolder, port: 0, ...(moveClock ? { moveClock } : {}) })
  onTestFinished(() => preview.close())
  const origin = `http://127.0.0.1:${preview.port}`

  const ask: TestPreview['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((answered, reject) => {
      const asking = request({ host: '127.0.0.1', port: preview.port, path, method, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          answered({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(parts).toString('utf8'),
          }),
        )
      })
      asking.on('error', reject)
      asking.end(body)
    })

  return {
    preview,
    origin,
    rendererFolder,
    ask,
    async openBrowser() {
      const address = new URL(preview.newAddress())
      const first = await ask(`${address.pathname}${address.search}`)
      const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
      const post: Browser['post'] = (path, body, headers = {}) =>
        ask(path, { method: 'POST', body, headers: { cookie, origin, 'content-type': 'application/json', ...headers } })
      return {
        cookie,
        get: (path) => ask(path, { headers: { cookie } }),
        post,
        call: async (requestText) => (await post('/call', requestText)).text,
      }
    },
  }
}
