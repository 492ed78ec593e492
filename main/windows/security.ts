import { protocol, type Session, type WebContents } from 'electron'
import type { Blob } from '../app/app.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { type RendererFiles, readRendererFile } from './renderer-files.ts'

const scheme = 'app'
const host = 'countersign'
export const startAddress = `${scheme}://${host}/`

const answerHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/** Must run before Electron is ready. No fetch and no CORS: everything but scripts, styles and images goes by IPC. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }])
}

type Sources = {
  readonly files: RendererFiles
  readonly readBlob: (token: string) => Promise<Blob | null>
}

/** Serves the renderer build and, under `blob/<token>`, files that a procedure handed out. Nothing else exists. */
export function serveAppScheme(session: Session, sources: Sources): void {
  session.protocol.handle(scheme, (request) => answer(request, sources))
}

/** Whether an address is a page of this program; the check that senders and navigation share. */
export function isOurs(address: string): boolean {
  // Not `origin`: for schemes of one's own the WHATWG URL parser answers the text "null".
  const url = URL.parse(address)
  return url !== null && url.protocol === `${scheme}:` && url.host === host
}

/** The camera is the one thing a page may ask for, and only while it shows the photos of a patient. */
function isPhotoScreen(contents: Pick<WebContents, 'getURL'>): boolean {
  const address = contents.getURL()
  return isOurs(address) && /^#\/patients\/[0-9a-f-]{36}\/photos(\?[^/#]*)?$/.test(URL.parse(address)?.hash ?? '')
}

/** Permissions, navigation, windows, embedded pages, the network, downloads: denied here once for every case. */
export function refuseEverythingElse(contents: WebContents): void {
  const { session } = contents
  session.setPermissionRequestHandler((asking, permission, decide, details) => {
    const { mediaTypes = [] } = 'mediaTypes' in details ? details : {}
    decide(permission === 'media' && mediaTypes.length === 1 && mediaTypes[0] === 'video' && isPhotoScreen(asking))
  })
  session.setPermissionCheckHandler((asking, permission, _origin, { mediaType }) => {
    return permission === 'media' && mediaType === 'video' && asking !== null && isPhotoScreen(asking)
  })
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null))
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayLoad(details.url) }))
  session.on('will-download', (event, item) => {
    if (!isBlobAddress(item.getURL())) event.preventDefault()
  })

  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (details) => {
    if (!mayNavigateTo(details.url)) details.preventDefault()
  })
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !mayNavigateTo(details.url)) details.preventDefault()
  })
  contents.on('will-redirect', (details) => details.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

async function answer(request: Request, sources: Sources): Promise<Response> {
  if (request.method !== 'GET' || !isOurs(request.url)) return notFound()
  const path = readPath(request.url)
  if (path === null) return notFound()
  const token = blobToken(path)
  if (token !== null) return answerBlob(await sources.readBlob(token), isToBeSaved(request.url))
  const file = await readRendererFile(sources.files, path)
  if (file === null) return notFound()
  return new Response(new Uint8Array(file.bytes), { headers: { ...answerHeaders, 'Content-Type': file.mediaType } })
}

function answerBlob(blob: Blob | null, isSaved: boolean): Response {
  if (blob === null) return notFound()
  const disposition = isSaved ? 'attachment' : 'inline'
  return new Response(new Uint8Array(blob.bytes), {
    headers: {
      ...answerHeaders,
      'Content-Type': blob.mediaType,
      'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeFileName(blob.fileName)}`,
    },
  })
}

function notFound(): Response {
  return new Response('', { status: 404, headers: answerHeaders })
}

/** The path without its first slash; null when it is not plain decoded text. */
function readPath(address: string): string | null {
  try {
    return decodeURIComponent(new URL(address).pathname.slice(1))
  } catch {
    return null
  }
}

function blobToken(path: string): string | null {
  return /^blob\/([A-Za-z0-9_-]{16,128})$/.exec(path)?.[1] ?? null
}

/** `?save`: the page wants the file in the person's folder instead of showing it. */
function isToBeSaved(address: string): boolean {
  return new URL(address).searchParams.has('save')
}

/** The start page again, or a file to be saved, which leaves the page standing. Everything else would replace it. */
function mayNavigateTo(address: string): boolean {
  const path = isOurs(address) ? readPath(address) : null
  if (path === '' || path === 'index.html') return true
  return isBlobAddress(address) && isToBeSaved(address)
}

function isBlobAddress(address: string): boolean {
  const path = isOurs(address) ? readPath(address) : null
  return path !== null && blobToken(path) !== null
}

/** The program itself, object URLs made by its page, and the developer tools of an unpackaged run. */
function mayLoad(address: string): boolean {
  return isOurs(address) || address.startsWith(`blob:${startAddress}`) || /^(data|devtools):/.test(address)
}

/** RFC 8187 `ext-value`: what encodeURIComponent leaves alone but the grammar does not allow is encoded too. */
function encodeFileName(fileName: string): string {
  return encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
