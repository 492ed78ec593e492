import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'
import type { App } from '../app/app.ts'
import type { Connection } from '../app/connection.ts'
import { contentSecurityPolicy } from '../windows/content-security-policy.ts'

// An import would read every export of the module, and one of them is a whole HTTP client.
const { createServer } = process.getBuiltinModule('node:http')

const maxBodyBytes = 1024 * 1024
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
}

export type Preview = {
  readonly server: Server
  readonly port: number
  /** Opens one window: the token in it works once and is exchanged for a cookie. */
  newAddress(): string
  close(): Promise<void>
}

/**
 * The preview's door: the same build over HTTP on 127.0.0.1 only. Who is asking is known from a cookie that a one-time
 * token bought; Host and Origin must be ours, so no other page and no rebound name can speak to it. Never packaged.
 */
export async function servePreview(options: {
  readonly app: App
  readonly rendererFolder: string
  readonly port: number
  /** Only the journeys' host has a clock that can be moved. */
  readonly moveClock?: (now: string) => void
}): Promise<Preview> {
  const { app } = options
  const rendererFolder = resolve(options.rendererFolder)
  const tokens = new Set<string>()
  const connectionByCookie = new Map<string, Connection>()
  let port = options.port

  const server = createServer((request, response) => {
    handle(request, response).catch(() => end(response, 500, ''))
  })
  await new Promise<void>((listening, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', listening)
  })
  const address = server.address()
  if (typeof address === 'object' && address) port = address.port

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    secure(response)
    if (request.headers.host !== `127.0.0.1:${port}`) return end(response, 421, '')
    const { origin } = request.headers
    if (origin !== undefined && origin !== `http://127.0.0.1:${port}`) return end(response, 403, '')
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
    if (request.method === 'GET' && url.pathname === '/' && url.searchParams.has('token'))
      return exchange(url, response)
    const connection = connectionOf(request)
    if (!connection) return end(response, 401, 'Open the address that the program printed; it works once.')
    if (request.method === 'POST' && url.pathname === '/call') {
      // A JSON content type cannot be sent from another site without asking first.
      if (origin === undefined || request.headers['content-type'] !== 'application/json') return end(response, 403, '')
      return call(request, response, connection)
    }
    if (request.method === 'POST' && url.pathname === '/test-clock' && options.moveClock) {
      options.moveClock((await readBody(request)) ?? '')
      return end(response, 204, '')
    }
    if (request.method !== 'GET') return end(response, 405, '')
    if (url.pathname === '/events') return events(request, response, connection)
    if (url.pathname.startsWith('/blob/')) return blob(url, response, connection)
    return asset(url, response)
  }

  function exchange(url: URL, response: ServerResponse): void {
    const token = url.searchParams.get('token') ?? ''
    const known = [...tokens].find((candidate) => sameText(candidate, token))
    if (known === undefined) {
      end(response, 401, 'This address was used already. Start the program again.')
      return
    }
    tokens.delete(known)
    const cookie = randomBytes(24).toString('base64url')
    connectionByCookie.set(cookie, app.connect())
    response.setHeader('set-cookie', `countersign_${port}=${cookie}; HttpOnly; SameSite=Strict; Path=/`)
    response.setHeader('location', '/')
    end(response, 303, '')
  }

  function connectionOf(request: IncomingMessage): Connection | null {
    const cookies = (request.headers.cookie ?? '').split(/;\s*/)
    const mine = cookies.find((cookie) => cookie.startsWith(`countersign_${port}=`))
    return mine ? (connectionByCookie.get(mine.slice(mine.indexOf('=') + 1)) ?? null) : null
  }

  async function call(request: IncomingMessage, response: ServerResponse, connection: Connection): Promise<void> {
    const body = await readBody(request)
    const text =
      body === null ? JSON.stringify({ ok: false, refusal: { code: 'TOO_LARGE' } }) : await app.call(connection, body)
    response.setHeader('content-type', 'application/json; charset=utf-8')
    end(response, 200, text)
  }

  function events(request: IncomingMessage, response: ServerResponse, connection: Connection): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(':\n\n')
    const stop = app.subscribe(connection, (eventText) => response.write(`data: ${eventText}\n\n`))
    request.on('close', stop)
  }

  async function blob(url: URL, response: ServerResponse, connection: Connection): Promise<void> {
    const file = await app.readBlob(connection, url.pathname.slice('/blob/'.length))
    if (!file) return end(response, 404, '')
    response.setHeader('content-type', file.mediaType)
    const kind = url.searchParams.has('save') ? 'attachment' : 'inline'
    response.setHeader('content-disposition', `${kind}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
    response.writeHead(200)
    response.end(file.bytes)
  }

  function asset(url: URL, response: ServerResponse): void {
    const path = assetPath(url.pathname === '/' ? '/index.html' : url.pathname)
    if (path === null) {
      end(response, 404, '')
      return
    }
    response.setHeader('content-type', mediaTypes[extname(path)] ?? 'application/octet-stream')
    if (extname(path) === '.html') response.setHeader('content-security-policy', contentSecurityPolicy)
    response.writeHead(200)
    response.end(readFileSync(path))
  }

  /** A file of the renderer's folder; null for anything else, wherever the path tries to lead. */
  function assetPath(pathname: string): string | null {
    const wanted = decodePath(pathname)
    const path = wanted === null ? null : join(rendererFolder, wanted)
    if (!path?.startsWith(rendererFolder + sep)) return null
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : null
  }

  return {
    server,
    port,
    newAddress() {
      const token = randomBytes(24).toString('base64url')
      tokens.add(token)
      return `http://127.0.0.1:${port}/?token=${token}`
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/**
 * The whole body, or null when it is over 1 MiB: the rest is let go by unread. Ending the connection instead would cut
 * off the refusal too.
 */
function readBody(request: IncomingMessage): Promise<string | null> {
  const { promise, resolve: read, reject } = Promise.withResolvers<string | null>()
  const parts: Buffer[] = []
  let bytes = Number(request.headers['content-length'] ?? 0) > maxBodyBytes ? maxBodyBytes : 0
  request.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes <= maxBodyBytes) parts.push(part)
    else read(null)
  })
  request.on('end', () => read(Buffer.concat(parts).toString('utf8')))
  request.on('close', () => reject(new Error('the request ended early')))
  return promise
}

/** Null for what is no path: broken escapes and NUL. */
function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname)
    return path.includes('\0') ? null : path
  } catch {
    return null
  }
}

function secure(response: ServerResponse): void {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
}

function end(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.statusCode = status
  response.end(text)
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
