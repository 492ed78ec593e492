import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync,
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
}

/**
 * A verified copy of the open store: `VACUUM INTO` a name of its own, reopened with the key, checked page by page and
 * key by key, synced, and only then given its final name; the keyring and the sealed files lie beside it. Whatever
 * fails, the half-made copy is removed and older copies stay. `db.backup()` would leave an empty file here, and a plain
 * file copy of a store in use is broken.
 */
export function copyStore(
  { storePath, key, folder }: { storePath: string; key: Buffer; folder: string },
  onPhase: (phase: string) => void,
): CopyReport {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new CopyFault('FOLDER_NOT_EMPTY')
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
    const counts = verifyCopy(part, key)
    syncFile(part)
    copyBeside(storePath, folder)
    const target = join(folder, 'store.db')
    renameSync(part, target)
    const bytes = readFileSync(target)
    syncFile(folder)
    return { folder, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), ...counts }
  } catch (error) {
    rmSync(part, { force: true })
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

function verifyCopy(path: string, key: Buffer): { patients: number; auditRows: number } {
  if (statSync(path).size === 0) throw new CopyFault('COPY_EMPTY')
  const copy = openDriver({ path, key, cacheMb: 16 })
  try {
    if (copy.pragma('application_id', { simple: true }) !== applicationId) throw new CopyFault('COPY_FOREIGN')
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw new CopyFault('COPY_DAMAGED')
    const orphans = copy.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) throw new CopyFault('COPY_DAMAGED')
    const count = (table: string): number => Number((copy.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n)
    const hasPatients = copy.prepare("select 1 from sqlite_master where type = 'table' and name = 'patient'").get() !== undefined
    const counts = { patients: hasPatients ? count('patient') : 0, auditRows: count('audit_entry') }
    // Back to a single file that opens from read-only media.
    copy.pragma('journal_mode=DELETE')
    return counts
  } finally {
    copy.close()
  }
}

function copyBeside(storePath: string, folder: string): void {
  const from = join(storePath, '..')
  const keyring = join(from, 'keyring.json')
  if (existsSync(keyring)) {
    copyFileSync(keyring, join(folder, 'keyring.json'))
    syncFile(join(folder, 'keyring.json'))
  }
  const files = join(from, 'files')
  if (!existsSync(files)) return
  mkdirSync(join(folder, 'files'), { recursive: true })
  for (const name of readdirSync(files).filter((file) => !file.endsWith('.part'))) {
    const target = join(folder, 'files', basename(name))
    copyFileSync(join(files, name), target)
    syncFile(target)
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
