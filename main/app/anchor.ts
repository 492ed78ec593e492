import { createHmac } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditHead } from '../../db/copy-manifest.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import { syncFolder } from './keyring.ts'

/**
 * The audit's end as it was at a moment, kept beside the store: a store whose end was cut off, or that an older one took
 * the place of, can no longer reach it. The sum over it is made with the store's audit key, so that nobody else writes one.
 */
export type Anchor = {
  readonly v: 1
  readonly storeId: string
  /** Rises with each restore and each acceptance of missing entries. */
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly time: Instant
  readonly hmac: string
}

export type AnchorFacts = Omit<Anchor, 'v' | 'hmac'>

export type KeptAnchor =
  | { readonly kind: 'KEPT'; readonly anchor: Anchor }
  /** No file: none was written yet, or somebody took it away; the store itself knows which. */
  | { readonly kind: 'NONE' }
  /** A file that this store's key did not write. */
  | { readonly kind: 'UNREADABLE' }

/** Writes the anchor of `folder`, synced; the one before stays as `.bak`. Throws where the disk takes none. */
export function writeAnchor(folder: string, facts: AnchorFacts, auditKey: Buffer): Anchor {
  const unsealed = { v: 1 as const, ...facts }
  const anchor: Anchor = { ...unsealed, hmac: sumOf(unsealed, auditKey) }
  const path = anchorPath(folder)
  const handle = openSync(`${path}.part`, 'w', 0o600)
  try {
    writeFileSync(handle, JSON.stringify(anchor, null, 2))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  if (existsSync(path)) renameSync(path, `${path}.bak`)
  renameSync(`${path}.part`, path)
  syncFolder(folder)
  return anchor
}

/** The later of the two that this store's key wrote: the program may end between the two renames. */
export function readAnchor(folder: string, storeId: string, auditKey: Buffer): KeptAnchor {
  const paths = [anchorPath(folder), `${anchorPath(folder)}.bak`].filter((path) => existsSync(path))
  const own = paths.map((path) => readOwn(path, storeId, auditKey)).filter((anchor) => anchor !== null)
  const [latest] = own.toSorted((a, b) => b.epoch - a.epoch || b.seq - a.seq)
  if (latest) return { kind: 'KEPT', anchor: latest }
  return { kind: paths.length === 0 ? 'NONE' : 'UNREADABLE' }
}

/** What an event names: `120:hash`. */
export function headText(head: AuditHead | null): string {
  return head === null ? 'UNREADABLE' : `${head.seq}:${head.hash}`
}

export function anchorPath(folder: string): string {
  return join(folder, 'anchor.json')
}

function readOwn(path: string, storeId: string, auditKey: Buffer): Anchor | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!isAnchor(parsed) || parsed.storeId !== storeId) return null
    const { hmac, ...unsealed } = parsed
    return hmac === sumOf(unsealed, auditKey) ? parsed : null
  } catch {
    return null
  }
}

function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== 'object' || value === null) return false
  const parts: Readonly<Record<string, unknown>> = { ...value }
  const isCount = (name: string) => Number.isSafeInteger(parts[name]) && Number(parts[name]) >= 0
  const isText = (name: string) => typeof parts[name] === 'string'
  return parts['v'] === 1 && ['epoch', 'seq'].every(isCount) && ['storeId', 'hash', 'time', 'hmac'].every(isText)
}

/** Begins unlike the hash of a row, so that the sum over a row can never pass for an anchor's. */
function sumOf(unsealed: Omit<Anchor, 'hmac'>, auditKey: Buffer): string {
  return createHmac('sha256', auditKey)
    .update(`countersign|anchor/v1|${canonicalJson(unsealed)}`, 'utf8')
    .digest('hex')
}
