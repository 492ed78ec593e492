import { constants, copyFileSync, existsSync, mkdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type CheckedStore, checkStoreFile, newestVersion, type StoreKeys } from './copy-check.ts'
import { CopyFault } from './copy-fault.ts'
import { sha256OfFile, syncFile, syncFolder } from './copy-files.ts'
import { isManifestAuthentic, type Manifest, readManifest } from './copy-manifest.ts'

export type RestorePhase = 'COPYING' | 'FILES' | 'CHECKING'
export type OnRestorePhase = (phase: RestorePhase, done: number, total: number | null) => void

/** The log files that SQLite would replay into a store beside which it finds them. */
const logNames = ['store.db-wal', 'store.db-shm', 'store.db-journal'] as const

/**
 * What a copy's own files say against it before anything is opened: its manifest, its size, its store, its version, logs
 * beside it. `storeId` null where there is no clinic yet. Throws `CopyFault`.
 */
export function readTrustedManifest(folder: string, keys: StoreKeys, storeId: string | null): Manifest {
  const path = join(folder, 'store.db')
  const facts = statSync(path, { throwIfNoEntry: false })
  if (!facts?.isFile()) throw new CopyFault('COPY_MISSING')
  if (facts.size === 0) throw new CopyFault('COPY_EMPTY')
  if (logNames.some((name) => existsSync(join(folder, name)))) throw new CopyFault('COPY_LOG_BESIDE')
  const manifest = readManifest(folder)
  if (!manifest) throw new CopyFault('COPY_NO_MANIFEST')
  if (storeId !== null && manifest.storeId !== storeId) throw new CopyFault('COPY_OTHER_STORE')
  if (!isManifestAuthentic(manifest, keys.manifest)) throw new CopyFault('COPY_MANIFEST_ALTERED')
  if (manifest.userVersion > newestVersion()) throw new CopyFault('COPY_NEWER')
  if (facts.size !== manifest.store.bytes) throw new CopyFault('COPY_CUT')
  return manifest
}

/**
 * Copies one copy's store and files into the empty place `to` and proves them there: hash of every file, everything that
 * `checkStoreFile` asks, the whole audit, and that rows and the audit's end are what the manifest says. The copy itself is
 * only read; a log beside it is never taken along. On a fault `to` is removed. The drill and the restore are this same act.
 */
export async function takeCopy(
  { from, to, keys, storeId }: { from: string; to: string; keys: StoreKeys; storeId: string | null },
  onPhase: OnRestorePhase,
): Promise<{ readonly manifest: Manifest; readonly checked: CheckedStore }> {
  const manifest = readTrustedManifest(from, keys, storeId)
  rmSync(to, { recursive: true, force: true })
  try {
    refuseWithoutRoom(manifest, join(to, '..'))
    mkdirSync(join(to, 'files'), { recursive: true, mode: 0o700 })
    onPhase('COPYING', 0, null)
    takeFile(join(from, 'store.db'), join(to, 'store.db'), manifest.store.sha256, 'COPY_ALTERED')
    for (const [index, file] of manifest.files.entries()) {
      const source = join(from, 'files', file.name)
      if (!existsSync(source)) throw new CopyFault('COPY_FILES_MISSING')
      takeFile(source, join(to, 'files', file.name), file.sha256, 'COPY_FILE_ALTERED')
      onPhase('FILES', index + 1, manifest.files.length)
    }
    onPhase('CHECKING', 0, null)
    const checked = await checkStoreFile(join(to, 'store.db'), {
      keys,
      storeId: manifest.storeId,
      isWholeChain: true,
    })
    refuseDifference(manifest, checked)
    syncFile(join(to, 'store.db'))
    syncFolder(join(to, 'files'))
    syncFolder(to)
    return { manifest, checked }
  } catch (error) {
    rmSync(to, { recursive: true, force: true })
    throw error
  }
}

function refuseDifference(manifest: Manifest, checked: CheckedStore): void {
  const tables = [...new Set([...Object.keys(manifest.counts), ...Object.keys(checked.counts)])]
  if (tables.some((table) => manifest.counts[table] !== checked.counts[table])) throw new CopyFault('COPY_ROWS_MISSING')
  const { auditHead, userVersion } = checked
  if (auditHead.seq !== manifest.auditHead.seq || auditHead.hash !== manifest.auditHead.hash)
    throw new CopyFault('COPY_HEAD')
  if (userVersion !== manifest.userVersion) throw new CopyFault('COPY_ALTERED')
  const copied = new Set(manifest.files.map((file) => file.name))
  const missing = checked.fileNames.filter((name) => !copied.has(name)).length
  if (missing > manifest.missingFiles) throw new CopyFault('COPY_FILES_MISSING')
}

function takeFile(from: string, to: string, sha256: string, fault: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL)
  if (sha256OfFile(to) !== sha256) throw new CopyFault(fault)
  syncFile(to)
}

function refuseWithoutRoom(manifest: Manifest, folder: string): void {
  const room = statfsSync(folder)
  const files = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
  if (room.bavail * room.bsize < (manifest.store.bytes + files) * 1.1) throw new CopyFault('NO_ROOM_HERE')
}
