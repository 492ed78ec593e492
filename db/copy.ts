import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { applicationId, openDriver } from './open.ts'

export type CopyReport = {
  /** The folder that now holds `store.db`, `keyring.json` and `files/`. */
  readonly folder: string
  readonly bytes: number
  readonly sha256: string
  readonly patients: number
  readonly auditRows: number
  /** Attachments whose sealed file was already gone from the records folder, and so is not in the copy either. */
  readonly missingFiles: number
}

/**
 * A verified copy of the open store: `VACUUM INTO` a name of its own, reopened with the key, checked page by page and
 * key by key, synced, and only then given its final name; the keyring and the sealed files lie beside it. Whatever
 * fails, all of the half-made copy is removed and older copies stay. `db.backup()` would leave an empty file here, and a plain
 * file copy of a store in use is broken.
 */
export function copyStore(
  { storePath, key, folder }: { storePath: string; key: Buffer; folder: string },
  onPhase: (phase: string) => void,
): CopyReport {
  const isNewFolder = !existsSync(folder)
  if (!isNewFolder && readdirSync(folder).length > 0) throw new CopyFault('FOLDER_NOT_EMPTY')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const part = join(folder, `.part-${randomUUID()}`)
  try {
    refuseWithoutRoom(storePath, folder)
    onPhase('COPYING')
    const source = openDriver({ path: storePath, key, busyTimeoutMs: 5000, cacheMb: 16 })
    try {
      source.prepare('vacuum into ?').run(part)
    } finally {
      source.close()
    }
    onPhase('CHECKING')
    const { fileNames, ...counts } = verifyCopy(part, key)
    syncFile(part)
    const copied = copyBeside(storePath, folder)
    const missingFiles = fileNames.filter((name) => !copied.has(name)).length
    const target = join(folder, 'store.db')
    renameSync(part, target)
    syncFolder(folder)
    return { folder, bytes: statSync(target).size, sha256: sha256OfFile(target), ...counts, missingFiles }
  } catch (error) {
    // The folder was empty, so whatever lies in it now is of this copy.
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
    if (isNewFolder) rmdirSync(folder)
    throw error
  }
}

export class CopyFault extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

function refuseWithoutRoom(storePath: string, folder: string): void {
  const room = statfsSync(folder)
  if (room.bavail * room.bsize < statSync(storePath).size * 1.2) throw new CopyFault('NO_ROOM')
}

type Verified = { readonly patients: number; readonly auditRows: number; readonly fileNames: readonly string[] }

function verifyCopy(path: string, key: Buffer): Verified {
  if (statSync(path).size === 0) throw new CopyFault('COPY_EMPTY')
  const copy = openDriver({ path, key, cacheMb: 16 })
  try {
    if (copy.pragma('application_id', { simple: true }) !== applicationId) throw new CopyFault('COPY_FOREIGN')
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw new CopyFault('COPY_DAMAGED')
    const orphans = copy.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) throw new CopyFault('COPY_DAMAGED')
    const count = (table: string): number =>
      Number((copy.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n)
    const hasPatients =
      copy.prepare("select 1 from sqlite_master where type = 'table' and name = 'patient'").get() !== undefined
    const files = copy.prepare('select file_name from attachment order by file_name').all() as { file_name: string }[]
    const verified = {
      patients: hasPatients ? count('patient') : 0,
      auditRows: count('audit_entry'),
      fileNames: files.map((file) => file.file_name),
    }
    // Back to a single file that opens from read-only media.
    copy.pragma('journal_mode=DELETE')
    return verified
  } finally {
    copy.close()
  }
}

/** Names of the sealed files that were copied. */
function copyBeside(storePath: string, folder: string): ReadonlySet<string> {
  const from = join(storePath, '..')
  const keyring = join(from, 'keyring.json')
  if (existsSync(keyring)) {
    copyFileSync(keyring, join(folder, 'keyring.json'))
    syncFile(join(folder, 'keyring.json'))
  }
  const files = join(from, 'files')
  if (!existsSync(files)) return new Set()
  const names = readdirSync(files).filter((file) => !file.endsWith('.part'))
  mkdirSync(join(folder, 'files'), { recursive: true, mode: 0o700 })
  for (const name of names) {
    const target = join(folder, 'files', basename(name))
    copyFileSync(join(files, name), target)
    syncFile(target)
  }
  syncFolder(join(folder, 'files'))
  return new Set(names)
}

/** In parts: a store may be larger than one buffer can be. */
function sha256OfFile(path: string): string {
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

function syncFolder(folder: string): void {
  // Windows cannot open a folder for syncing; its rename is durable by itself.
  if (process.platform !== 'win32') sync(folder, 'r')
}

function syncFile(path: string): void {
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
