import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app } from 'electron'

/** Paths of the built renderer as the page asks for them (`assets/x.js`), each with its place on disk. */
export type RendererFiles = ReadonlyMap<string, string>

const mediaTypeByEnding: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
}

/**
 * The list that the build wrote beside the renderer. Only what it names can be served: a path is looked up, never
 * joined, so no spelling of `..` reaches the disk.
 */
export function readRendererFiles(): RendererFiles {
  const folder = join(app.getAppPath(), 'out', 'renderer')
  const listed: unknown = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8'))
  if (!Array.isArray(listed)) throw new Error('the renderer build has no list of its files')
  return new Map(listed.filter(isText).map((path) => [path, join(folder, ...path.split('/'))]))
}

/** Content and media type of one renderer file; null when the build does not know the path. */
export async function readRendererFile(
  files: RendererFiles,
  path: string,
): Promise<{ readonly mediaType: string; readonly bytes: Buffer } | null> {
  const place = files.get(path === '' ? 'index.html' : path)
  if (place === undefined) return null
  const ending = place.slice(place.lastIndexOf('.') + 1)
  return { mediaType: mediaTypeByEnding[ending] ?? 'application/octet-stream', bytes: await readFile(place) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
