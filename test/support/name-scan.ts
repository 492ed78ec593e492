import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join, relative } from 'node:path'

const chunkBytes = 1024 * 1024
const encodings = [
  { encoding: 'UTF-8', encode: (text: string) => Buffer.from(text, 'utf8') },
  { encoding: 'UTF-16LE', encode: (text: string) => Buffer.from(text, 'utf16le') },
  { encoding: 'UTF-16BE', encode: (text: string) => Buffer.from(text, 'utf16le').swap16() },
] as const

/**
 * `path: name (encoding)` for each file below the folder, hidden ones too, that holds one of the names, in its path or its
 * bytes, in capitals or not. Names are plain ASCII letters. Chunks overlap, so that no name hides on a border.
 */
export function filesThatName(folder: string, names: readonly string[], chunk = chunkBytes): readonly string[] {
  const wanted = names.flatMap((name) =>
    encodings.map(({ encoding, encode }) => ({
      label: `${name} (${encoding})`,
      bytes: encode(name.toLowerCase()).toString('latin1'),
    })),
  )
  return filesBelow(folder).flatMap((path) => [
    ...names.filter((name) => path.toLowerCase().includes(name.toLowerCase())).map((name) => `${path}: ${name} (path)`),
    ...labelsIn(join(folder, path), wanted, chunk).map((label) => `${path}: ${label}`),
  ])
}

/** Every regular file below the folder, hidden ones too, sorted. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

type Wanted = { readonly label: string; readonly bytes: string }

function labelsIn(path: string, wanted: readonly Wanted[], chunk: number): readonly string[] {
  const overlap = Math.max(...wanted.map(({ bytes }) => bytes.length)) - 1
  const found = new Set<string>()
  const buffer = Buffer.alloc(chunk)
  const file = openSync(path, 'r')
  try {
    let rest = ''
    for (;;) {
      const read = readSync(file, buffer, 0, chunk, null)
      if (read === 0) break
      // One letter per byte: capitals of ASCII fall together, everything else keeps its place.
      const text = rest + buffer.toString('latin1', 0, read).toLowerCase()
      for (const { label, bytes } of wanted) if (text.includes(bytes)) found.add(label)
      rest = text.slice(-overlap)
    }
  } finally {
    closeSync(file)
  }
  return [...found]
}
