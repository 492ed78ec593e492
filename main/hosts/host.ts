import type { KeychainGap } from '../../shared/domain/keychain.ts'
import type { Instant } from '../../shared/kernel/time.ts'

/**
 * Everything the application needs from the machine it runs on, injected once at start. Three hosts exist: Electron,
 * plain Node (the preview and journeys) and memory (tests with a set clock).
 */
export interface Host {
  readonly kind: 'electron' | 'node' | 'memory'
  readonly appVersion: string
  readonly folders: HostFolders
  /** Where worker entries lie (`file:` URL ending in `/`) and how their names end: `.ts` from source, `.js` when built. */
  readonly workers: { readonly base: URL; readonly ending: '.ts' | '.js' }
  /** scrypt cost of new password and PIN hashes; tests lower it. */
  readonly scrypt: { readonly cost: number; readonly blockSize: number; readonly parallelization: number }
  /** The wall clock. The only source of time in the product. */
  now(): Instant
  /** Milliseconds of a clock that only moves forward; its zero is arbitrary. */
  monotonicMs(): number
  /** Settles after so many milliseconds of that clock. */
  pause(ms: number): Promise<void>
  /** A fresh random identifier (UUID v4 text). */
  newId(): string
  randomBytes(size: number): Buffer
  /** The operating system's keychain, or null where there is none to trust. */
  readonly keychain: Keychain | null
  /** Why there is none; null where there is one. */
  readonly keychainGap: KeychainGap | null
  /** Event name, ids and numbers only; never a patient's data. */
  log(event: LogEvent): void
  /** Tests look at a bug itself; hosts of real clinics have no such thing, since its message may hold a person's words. */
  showBug?(error: unknown): void
  /** Milliseconds since the last input of any kind on this machine, or null where the machine cannot tell. */
  idleMs(): number | null
  /** Asks the person for a folder; null when cancelled, `UNSUPPORTED` where only typing a path is possible. */
  chooseFolder(title: string): Promise<string | null | 'UNSUPPORTED'>
}

export type HostFolders = {
  /** Holds `store.db`, `keyring.json` and `files/`. */
  readonly data: string
  /** Scratch space; the sample clinic lives below it. Nothing of a real clinic is ever written here. */
  readonly scratch: string
  readonly logs: string
}

export interface Keychain {
  /** Name of the backend that keeps the key, e.g. `dpapi`, `keychain`, `gnome_libsecret`. */
  readonly backend: string
  wrap(secret: Buffer): Promise<string>
  /** Throws when the keychain no longer opens what it wrapped. */
  unwrap(wrapped: string): Promise<{ readonly secret: Buffer; readonly shouldWrapAgain: boolean }>
}

export type LogEvent = {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly [fact: string]: string | number | boolean | null
}
