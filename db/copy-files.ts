import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { CopyFault } from './copy-fault.ts'
import type { CopiedFile } from './copy-manifest.ts'

/** An earlier copy whose files may be kept instead of written again. */
export type EarlierFiles = { readonly folder: string; readonly files: readonly CopiedFile[] }

/**
 * Copies the sealed files `names` from one folder into another. A sealed file never changes, so one that an earlier copy
 * holds with the hash it was recorded with is linked, not written again; where its bytes differ by now, or the disk knows
 * no links, it is written anew. Every file is read back.
 */
export function copySealedFiles(
  { from, to, names, earlier }: { from: string; to: string; names: readonly string[]; earlier: EarlierFiles | null },
  onFile: (done: number) => void,
): { readonly files: readonly CopiedFile[]; readonly linked: number; readonly missing: number } {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const earlierByName = new Map(earlier?.files.map((file) => [file.name, file]))
  const files: CopiedFile[] = []
  let linked = 0
  let missing = 0
  for (const [index, name] of names.entries()) {
    const target = join(to, name)
    const known = earlierByName.get(name)
    if (earlier && known && canLink(join(earlier.folder, name), known, target)) {
      linked += 1
      files.push(known)
    } else if (existsSync(join(from, name))) files.push(copySealedFile(join(from, name), name, target))
    else missing += 1
    onFile(index + 1)
  }
  syncFolder(to)
  return { files, linked, missing }
}

function canLink(source: string, known: CopiedFile, target: string): boolean {
  if (!existsSync(source) || statSync(source).size !== known.bytes || sha256OfFile(source) !== known.sha256)
    return false
  try {
    linkSync(source, target)
    return true
  } catch {
    // A disk without links, or one that holds as many of this file as it can: the file is written like a new one.
    return false
  }
}

function copySealedFile(source: string, name: string, target: string): CopiedFile {
  copyFileSync(source, target, constants.COPYFILE_EXCL)
  syncFile(target)
  const sha256 = sha256OfFile(target)
  if (sha256 !== sha256OfFile(source)) throw new CopyFault('COPY_FILE_ALTERED')
  return { name, bytes: statSync(target).size, sha256 }
}

/** In parts: a store may be larger than one buffer can be. */
export function sha256OfFile(path: string): string {
  const hash = createHash('sha256')
  const part = Buffer.alloc(1024 * 1024)
  const handle = openSync(path, 'r')
  try {
    for (let read = readSync(handle, part); read > 0; read = readSync(handle, part)) hash.update(part.subarray(0, read))
    return hash.digest('hex')
  } finally {
    closeSync(handle)
  }
}

export function syncFolder(folder: string): void {
  // Windows cannot open a folder for syncing; its rename is durable by itself.
  if (process.platform !== 'win32') sync(folder, 'r')
}

export function syncFile(path: string): void {
  // Windows syncs only what was opened for writing.
  sync(path, 'r+')
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
