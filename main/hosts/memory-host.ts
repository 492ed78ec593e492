import { randomBytes, randomUUID } from 'node:crypto'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Host, HostFolders, Keychain, LogEvent } from './host.ts'

/** A host whose clock stands until it is moved: for tests and for building the sample clinic. Never in a package's way. */
export type MemoryHost = Host & {
  setNow(now: Instant): void
  advanceMinutes(minutes: number): void
  readonly logged: readonly LogEvent[]
}

export function createMemoryHost(options: {
  readonly folders: HostFolders
  readonly now: Instant
  readonly keychain?: Keychain | null
  readonly workers?: Host['workers']
}): MemoryHost {
  let nowMs = Date.parse(options.now)
  let monotonicMs = 0
  let pauses: readonly { readonly endMs: number; readonly end: () => void }[] = []
  const logged: LogEvent[] = []
  return {
    kind: 'memory',
    appVersion: '0.1.0',
    folders: options.folders,
    workers: options.workers ?? { base: new URL('../workers/', import.meta.url), ending: '.ts' },
    // Cheap on purpose; one test pins the cost that is shipped.
    scrypt: { cost: 16, blockSize: 8, parallelization: 1 },
    now: () => new Date(nowMs).toISOString(),
    // Moves a little with each look, so that waits end and time never stands still for a loop.
    monotonicMs: () => (monotonicMs += 1),
    pause: (ms) =>
      new Promise((end) => {
        pauses = [...pauses, { endMs: monotonicMs + ms, end }]
      }),
    newId: () => randomUUID(),
    randomBytes: (size) => randomBytes(size),
    keychain: options.keychain ?? null,
    keychainGap: options.keychain ? null : 'UNAVAILABLE',
    log: (event) => {
      logged.push(event)
    },
    showBug: (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    },
    idleMs: () => null,
    chooseFolder: async () => 'UNSUPPORTED',
    setNow: (now) => {
      nowMs = Date.parse(now)
    },
    advanceMinutes: (minutes) => {
      nowMs += minutes * 60_000
      monotonicMs += minutes * 60_000
      const over = pauses.filter(({ endMs }) => endMs <= monotonicMs)
      pauses = pauses.filter((one) => !over.includes(one))
      for (const { end } of over) end()
    },
    logged,
  }
}
