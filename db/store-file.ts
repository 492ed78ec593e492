import { accessSync, constants, existsSync, lstatSync, realpathSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Store } from './open.ts'

/** Which file a name stands for: the same device and the same number are the same file, whatever it is called. */
export type FileIdentity = { readonly device: bigint; readonly number: bigint }

/** Null where nothing bears that name. */
export function identityOf(path: string): FileIdentity | null {
  const facts = statSync(path, { bigint: true, throwIfNoEntry: false })
  return facts ? { device: facts.dev, number: facts.ino } : null
}

/** False once another file, or none, lies under the name of an open store: what is written then reaches nobody. */
export function isStillAt(path: string, opened: FileIdentity): boolean {
  const now = identityOf(path)
  return now?.device === opened.device && now.number === opened.number
}

/** Whether this process may change the store and its folder, asked of the system and not tried. */
export function isWritable(path: string): boolean {
  return [path, `${path}-wal`, dirname(path)].every((name) => {
    if (!existsSync(name)) return true
    try {
      accessSync(name, constants.W_OK)
      return true
    } catch {
      return false
    }
  })
}

/** A store whose file ends before its last page: cut off, though its first pages open. Without a log alone can it be told. */
export function isCutShort({ driver, path }: Pick<Store, 'driver' | 'path'>): boolean {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })
  if (log && log.size > 0) return false
  const pages = Number(driver.pragma('page_count', { simple: true }))
  return statSync(path).size < pages * Number(driver.pragma('page_size', { simple: true }))
}

export type PlaceFault = 'NETWORK_DRIVE' | 'LINKED_STORE'

/** What the system says of a place; tests say it themselves. */
export type PlaceFacts = {
  readonly platform: NodeJS.Platform
  /** The folder without links, as the system spells it. */
  readonly realFolder: string
  /** The file system's own number on Linux (`statfs`), 0 where it is not known. */
  readonly fileSystem: number
  /** Null where there is no store yet. */
  readonly store: { readonly isLink: boolean; readonly names: number } | null
}

/** Numbers of file systems that lie on another computer (Linux `statfs(2)`). */
const networkFileSystems: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB 2
  0x5346414f, // AFS
  0x73757245, // Coda
  0x00c36400, // Ceph
])

/**
 * Where a store must not lie: on another computer, whose locks and flushes cannot be relied on, or under two names, each of
 * which would have a log of its own. Null where nothing speaks against the place.
 */
export function placeFault({ platform, realFolder, fileSystem, store }: PlaceFacts): PlaceFault | null {
  if (store && (store.isLink || store.names > 1)) return 'LINKED_STORE'
  const isShare = platform === 'win32' && /^\\\\(?:\?\\UNC\\)?[^?.\\]/.test(realFolder)
  return isShare || networkFileSystems.has(fileSystem) ? 'NETWORK_DRIVE' : null
}

export function placeFacts(folder: string): PlaceFacts {
  const there = existingPart(folder)
  const facts = lstatSync(join(folder, 'store.db'), { throwIfNoEntry: false })
  return {
    platform: process.platform,
    realFolder: realpathSync.native(there),
    // Signed on some systems.
    fileSystem: process.platform === 'linux' ? statfsSync(there).type >>> 0 : 0,
    store: facts ? { isLink: facts.isSymbolicLink(), names: facts.isFile() ? facts.nlink : 1 } : null,
  }
}

/** The name of a service that carries the files of this folder to other computers by itself, or null. */
export function cloudFolderOf(folder: string): string | null {
  const names = ['OneDrive', 'Dropbox', 'Google Drive', 'GoogleDrive', 'iCloud Drive', 'Nextcloud', 'ownCloud']
  const parts = folder.split(/[\\/]/).map((part) => part.toLowerCase())
  const isOf = (name: string, part: string) =>
    part === name || part.startsWith(`${name} `) || part.startsWith(`${name}-`)
  if (parts.includes('mobile documents')) return 'iCloud Drive'
  return names.find((name) => parts.some((part) => isOf(name.toLowerCase(), part))) ?? null
}

function existingPart(folder: string): string {
  const whole = resolve(folder)
  if (existsSync(whole) || dirname(whole) === whole) return whole
  return existingPart(dirname(whole))
}
