import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CopyOptions } from '../../db/copy.ts'
import type { StoreKeys } from '../../db/copy-check.ts'
import type { Store } from '../../db/open.ts'
import { one } from '../../db/records.ts'
import type { BackupReason } from '../../shared/domain/backup.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Host } from '../hosts/host.ts'
import { type Keyring, readKeyrings, subKey, travellingKeyring } from './keyring.ts'
import { runWorker } from './workers.ts'

/** Keys as a worker takes them: hex, since messages between threads know no emptied buffers. */
export type WorkerKeys = { readonly [Name in keyof StoreKeys]: string }

export function workerKeys(key: Buffer): WorkerKeys {
  return {
    store: key.toString('hex'),
    manifest: subKey(key, 'manifest/v1').toString('hex'),
    audit: subKey(key, 'audit-hmac/v1').toString('hex'),
  }
}

export function keysOfWorker(keys: WorkerKeys): StoreKeys {
  const bytes = (hex: string) => Buffer.from(hex, 'hex')
  return { store: bytes(keys.store), manifest: bytes(keys.manifest), audit: bytes(keys.audit) }
}

export type CopyWork = Omit<CopyOptions, 'keys'> & { readonly keys: WorkerKeys }

/** `countersign-copy-2026-08-03-154200`: sorts by time and tells nothing of the clinic. */
export function copyName(at: Instant): string {
  return `countersign-copy-${at.slice(0, 19).replaceAll(':', '').replace('T', '-')}`
}

type WorkFacts = {
  readonly at: Instant
  readonly run: { readonly target: string; readonly reason: BackupReason }
  readonly folder: string
  readonly key: Buffer
  readonly timeZone: string
  readonly storeId: string
}

export function copyWork(host: Host, { at, run, folder, key, timeZone, storeId }: WorkFacts): CopyWork {
  return {
    storePath: join(folder, 'store.db'),
    storeId,
    keys: workerKeys(key),
    target: run.target,
    name: copyName(at),
    reason: run.reason,
    at,
    timeZone,
    appVersion: host.appVersion,
    keyring: keyringToTravel(folder),
  }
}

/** The keyring that goes with a copy; null where nothing but this computer could open it. */
export function keyringToTravel(folder: string): CopyWork['keyring'] {
  const keyrings = readKeyrings(join(folder, 'keyring.json'))
  if (keyrings === null || keyrings === 'KEYRING_DAMAGED') return null
  const travelling = keyrings.map(travellingKeyring).find((keyring) => keyring !== null)
  if (!travelling) return null
  return { text: JSON.stringify(travelling, null, 2), kinds: travelling.slots.map((slot) => slot.kind) }
}

/**
 * An older store is copied before its missing steps; the copies lie beside it, since no plan can be read yet. Gives the
 * copy's name.
 */
export async function copyBeforeMigration(host: Host, store: Store, keyring: Keyring, key: Buffer): Promise<string> {
  const folder = join(store.path, '..')
  const target = ownCopiesFolder(folder)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const zone = await one<{ value: string }>(store.db, "select value from store_fact where name = 'time_zone'")
  const work = copyWork(host, {
    at: host.now(),
    run: { target, reason: 'BEFORE_MIGRATION' },
    folder,
    key,
    timeZone: zone?.value ?? 'UTC',
    storeId: keyring.storeId,
  })
  await runWorker(host, 'copy', work)
  return work.name
}

/** Beside the records: for copies that belong to a change of the records themselves. */
export function ownCopiesFolder(folder: string): string {
  return join(folder, 'copies')
}
