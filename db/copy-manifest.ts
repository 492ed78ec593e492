import { createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type BackupReason, backupReasons } from '../shared/domain/backup.ts'
import { canonicalJson } from '../shared/kernel/canonical-json.ts'
import type { Instant } from '../shared/kernel/time.ts'

/** The audit's last row at one moment. */
export type AuditHead = { readonly seq: number; readonly hash: string }

export type CopiedFile = { readonly name: string; readonly bytes: number; readonly sha256: string }

/**
 * What a copy says of itself, in `manifest.json` beside it. The HMAC is made with a key that comes from the store's own,
 * so nobody without that key can write one, and a copy whose manifest fits was verified when it was made.
 */
export type Manifest = {
  readonly v: 1
  readonly storeId: string
  readonly madeAt: Instant
  readonly reason: BackupReason
  readonly appVersion: string
  /** The newest migration that the store had. */
  readonly userVersion: number
  /** Counts the restores before this copy; after one, fewer rows than in an earlier copy are no loss. */
  readonly epoch: number
  readonly store: { readonly bytes: number; readonly sha256: string }
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>
  readonly auditHead: AuditHead
  readonly signaturesChecked: number
  readonly files: readonly CopiedFile[]
  /** Sealed files that were already gone from the records when the copy was made. */
  readonly missingFiles: number
  /** Kinds of slot in the keyring beside it: what opens this copy on another computer. */
  readonly opensWith: readonly string[]
  readonly hmac: string
}

export const manifestName = 'manifest.json'

export function sealManifest(manifest: Omit<Manifest, 'hmac'>, key: Buffer): Manifest {
  return { ...manifest, hmac: hmacOf(manifest, key) }
}

export function isManifestAuthentic({ hmac, ...manifest }: Manifest, key: Buffer): boolean {
  const expected = Buffer.from(hmacOf(manifest, key), 'hex')
  const actual = Buffer.from(hmac, 'hex')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

function hmacOf(manifest: Omit<Manifest, 'hmac'>, key: Buffer): string {
  // Plain numbers, texts and lists: the canonical text is the same whoever writes it.
  return createHmac('sha256', key)
    .update('countersign/manifest/v1\n', 'utf8')
    .update(canonicalJson(JSON.parse(JSON.stringify(manifest))), 'utf8')
    .digest('hex')
}

export function writeManifest(folder: string, manifest: Manifest): void {
  const handle = openSync(join(folder, manifestName), 'wx', 0o600)
  try {
    writeFileSync(handle, `${JSON.stringify(manifest, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** What lies there may come from anywhere, so it is not read past this. */
const largestManifestBytes = 256 * 1024 * 1024

/** Null where `folder` has none, or one that is not a manifest. It proves nothing until `isManifestAuthentic`. */
export function readManifest(folder: string): Manifest | null {
  const path = join(folder, manifestName)
  try {
    const facts = statSync(path)
    if (!facts.isFile() || facts.size > largestManifestBytes) return null
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isManifest(parsed) ? parsed : null
  } catch {
    return null
  }
}

export type FoundCopy = { readonly folder: string; readonly name: string; readonly manifest: Manifest | null }

/**
 * The copies in `folder`, the newest first: each of its folders that has a manifest or a store, and `folder` itself where
 * it is one. Nothing in it is opened.
 */
export function findCopies(folder: string): readonly FoundCopy[] {
  if (!existsSync(folder)) return []
  if (isCopy(folder)) return [foundCopy(folder)]
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name))
    .filter(isCopy)
  return below.map(foundCopy).sort((a, b) => (madeAtOf(a) < madeAtOf(b) ? 1 : -1))
}

function isCopy(folder: string): boolean {
  return existsSync(join(folder, manifestName)) || existsSync(join(folder, 'store.db'))
}

function foundCopy(folder: string): FoundCopy {
  return { folder, name: basename(folder) || basename(dirname(folder)), manifest: readManifest(folder) }
}

function madeAtOf({ manifest }: FoundCopy): string {
  return manifest?.madeAt ?? ''
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false
  const parts: Readonly<Record<string, unknown>> = { ...value }
  return (
    parts['v'] === 1 &&
    ['storeId', 'madeAt', 'appVersion', 'hmac'].every((name) => typeof parts[name] === 'string') &&
    ['userVersion', 'epoch', 'signaturesChecked', 'missingFiles'].every((name) => Number.isSafeInteger(parts[name])) &&
    !Number.isNaN(Date.parse(String(parts['madeAt']))) &&
    backupReasons.some((reason) => reason === parts['reason']) &&
    hasMembers(parts['store'], { bytes: 'number', sha256: 'string' }) &&
    hasMembers(parts['auditHead'], { seq: 'number', hash: 'string' }) &&
    typeof parts['counts'] === 'object' &&
    parts['counts'] !== null &&
    Object.values(parts['counts']).every(Number.isSafeInteger) &&
    Array.isArray(parts['opensWith']) &&
    Array.isArray(parts['files']) &&
    parts['files'].every(isCopiedFile)
  )
}

function isCopiedFile(value: unknown): boolean {
  if (!hasMembers(value, { name: 'string', bytes: 'number', sha256: 'string' })) return false
  // A name from a file of unknown origin becomes part of a path.
  return /^[0-9A-Za-z_-]+$/.test(String((value as CopiedFile).name))
}

function hasMembers(value: unknown, types: Readonly<Record<string, string>>): boolean {
  if (typeof value !== 'object' || value === null) return false
  const parts: Readonly<Record<string, unknown>> = { ...value }
  return Object.entries(types).every(([name, type]) => typeof parts[name] === type)
}
