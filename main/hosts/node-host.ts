import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import log from 'electron-log/node'
import type { Host, HostFolders } from './host.ts'
import { shippedScrypt } from './scrypt-cost.ts'

/** The preview's host: no keychain (so a passphrase opens the store), no OS idle time, folders by typed path. */
export function createNodeHost({
  folders,
  appVersion,
  workers,
  clock = { now: () => new Date().toISOString() },
  scrypt = shippedScrypt,
}: {
  readonly folders: HostFolders
  readonly appVersion: string
  readonly workers: Host['workers']
  readonly clock?: { now(): string }
  readonly scrypt?: Host['scrypt']
}): Host {
  mkdirSync(folders.logs, { recursive: true, mode: 0o700 })
  log.transports.file.resolvePathFn = () => join(folders.logs, 'countersign.log')
  log.transports.console.level = false
  return {
    kind: 'node',
    appVersion,
    folders,
    workers,
    scrypt,
    now: () => clock.now(),
    monotonicMs: () => performance.now(),
    pause: (ms) => pause(ms),
    newId: () => randomUUID(),
    randomBytes: (size) => randomBytes(size),
    keychain: null,
    keychainGap: 'UNAVAILABLE',
    log: ({ level, ...event }) => log[level](JSON.stringify(event)),
    idleMs: () => null,
    chooseFolder: async () => 'UNSUPPORTED',
  }
}
