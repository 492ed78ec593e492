import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import Driver from 'better-sqlite3'
import { Kysely, type ReferenceExpression, SqliteDialect, type Transaction } from 'kysely'
import type { Database } from './schema.ts'
import { runStraight, type Statements } from './straight-statements.ts'

/** Reads only: what a query handler gets. */
export type Reader = Pick<Kysely<Database>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn' | 'dynamic' | 'executeQuery'>
/** The one open transaction: what a command handler gets. It is a reader too. */
export type Trx = Transaction<Database>
export type { ReferenceExpression }

export type Store = {
  readonly db: Kysely<Database>
  readonly path: string
  /** Total changes and file identity are read from the same handle. */
  readonly driver: Driver.Database
  close(): Promise<void>
}

/** "CSGN": marks the file as a Countersign store; a foreign SQLite file is refused. */
export const applicationId = 0x4353474e

export type OpenFault =
  | 'MISSING'
  | 'EMPTY_FILE'
  | 'NOT_A_FILE'
  | 'PLAINTEXT'
  | 'WRONG_KEY_OR_DAMAGED'
  | 'FOREIGN'
  | 'LOCKED_BY_OTHER'
  | 'UNREADABLE'
  /** The key fits, but pages are not what was written, or are gone. */
  | 'DAMAGED'

/** The store could not be opened; nothing was written and nothing replaced. */
export class OpenError extends Error {
  readonly fault: OpenFault
  constructor(fault: OpenFault) {
    super(`store not opened: ${fault}`)
    this.fault = fault
  }
}

export type OpenOptions = {
  readonly path: string
  /** 32 raw bytes. The buffer is not kept. */
  readonly key: Buffer
  /** Only set-up makes a store, and only where no file is. */
  readonly create?: boolean
  /** 0 on main's connection (a wait there would freeze the window), 5,000 in workers. */
  readonly busyTimeoutMs?: number
  readonly cacheMb?: number
}

/**
 * Opens the encrypted store: AES-256 + HMAC-SHA-512 in SQLCipher 4 format, so that the clinic's data can be read without
 * this program. Every setting that matters is read back; an unreadable file is never replaced by an empty one.
 */
export function openStore(options: OpenOptions): Store {
  const driver = openDriver(options)
  const statements = new StatementCache(driver)
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: statements.asDatabase() }) })
  runStraight(db, statements)
  let closed = false
  return {
    db,
    path: options.path,
    driver,
    async close() {
      if (closed) return
      closed = true
      if (!driver.open) return
      try {
        driver.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        driver.close()
      }
    },
  }
}

/** The bare keyed connection: for workers, backups and the bench's own statements. */
export function openDriver({
  path,
  key,
  create = false,
  busyTimeoutMs = 0,
  cacheMb = 64,
}: OpenOptions): Driver.Database {
  if (key.length !== 32) throw new Error('a store key has 32 bytes')
  if (create) {
    if (existsSync(path)) throw new OpenError('UNREADABLE')
  } else refuseWrongFile(path)
  let driver: Driver.Database
  try {
    driver = new Driver(path, { fileMustExist: !create, timeout: busyTimeoutMs })
  } catch {
    throw new OpenError('UNREADABLE')
  }
  try {
    driver.pragma("cipher='sqlcipher'")
    driver.pragma('legacy=4')
    const text = Buffer.from(`raw:${key.toString('hex')}`)
    driver.key(text)
    text.fill(0)
    driver.prepare('select count(*) from sqlite_master').get()
    // Before the settings, some of which would be written into a file that is not ours.
    if (!create && driver.pragma('application_id', { simple: true }) !== applicationId) throw new OpenError('FOREIGN')
    setAndCheck(driver, cacheMb)
    if (create) driver.pragma(`application_id=${applicationId}`)
    return driver
  } catch (error) {
    driver.close()
    const fault = faultOf(codeOf(error))
    if (fault === 'WRONG_KEY_OR_DAMAGED' && isPlaintext(path)) throw new OpenError('PLAINTEXT')
    throw fault ? new OpenError(fault) : error
  }
}

/**
 * Holds the empty file at `path` for this program alone until it is released or its process ends, however it ends. Throws
 * `OpenError` LOCKED_BY_OTHER where another program holds it, under whichever user of the computer.
 */
export function holdLock(path: string): { release(): void } {
  let driver: Driver.Database | null = null
  try {
    driver = new Driver(path, { timeout: 0 })
    driver.pragma('journal_mode=MEMORY')
    // A file that only its owner may write still tells a reader that it is held.
    driver.prepare('select count(*) from sqlite_master').get()
    driver.pragma('locking_mode=EXCLUSIVE')
    driver.exec('begin exclusive; commit')
    const held = driver
    return { release: () => held.close() }
  } catch (error) {
    driver?.close()
    throw new OpenError(faultOf(codeOf(error)) === 'LOCKED_BY_OTHER' ? 'LOCKED_BY_OTHER' : 'UNREADABLE')
  }
}

function faultOf(code: string): OpenFault | null {
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return 'LOCKED_BY_OTHER'
  if (code.startsWith('SQLITE_NOTADB')) return 'WRONG_KEY_OR_DAMAGED'
  if (code.startsWith('SQLITE_CORRUPT')) return 'DAMAGED'
  return /^SQLITE_(?:CANTOPEN|READONLY|IOERR|PERM|AUTH)/.test(code) ? 'UNREADABLE' : null
}

function refuseWrongFile(path: string): void {
  if (!existsSync(path)) throw new OpenError('MISSING')
  const facts = statSync(path)
  if (!facts.isFile()) throw new OpenError('NOT_A_FILE')
  if (facts.size === 0) throw new OpenError('EMPTY_FILE')
}

/**
 * Asked only after the engine refused the file and let go of it: on POSIX, closing any handle of a store that this process
 * has open drops the engine's own locks on it.
 */
function isPlaintext(path: string): boolean {
  const head = Buffer.alloc(16)
  const handle = openSync(path, 'r')
  try {
    readSync(handle, head, 0, 16, 0)
  } finally {
    closeSync(handle)
  }
  return head.toString('latin1').startsWith('SQLite format 3')
}

const settings: readonly (readonly [name: string, set: string, expected: string | number])[] = [
  ['temp_store', 'MEMORY', 2],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['fullfsync', '1', 1],
  ['checkpoint_fullfsync', '1', 1],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['journal_size_limit', '16777216', 16_777_216],
]

function setAndCheck(driver: Driver.Database, cacheMb: number): void {
  for (const [name, value, expected] of settings) {
    driver.pragma(`${name}=${value}`)
    const actual = driver.pragma(name, { simple: true })
    if (actual !== expected) throw new Error(`store setting ${name} is ${String(actual)}, not ${String(expected)}`)
  }
  driver.pragma(`cache_size=${-cacheMb * 1024}`)
}

/** The SQLite result code of a driver error, or the empty string. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** The engine met pages that are not what it wrote: a check sum that does not fit, or a page that is gone. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB|IOERR_SHORT_READ)/.test(codeOf(error))
}

type PreparedStatement = Pick<Driver.Statement, 'reader' | 'all' | 'run' | 'iterate'>

/**
 * Kysely prepares on every call, which costs more than most of our reads. This keeps the newest 256 statements by text.
 * It also turns Kysely's plain `begin` into `begin immediate`: a deferred transaction that later writes is refused at
 * once when another process wrote in between, whatever the timeout says. And its `rollback` does nothing where SQLite
 * rolled back by itself (full disk, I/O error): a second one would fail and hide why.
 */
class StatementCache implements Statements {
  readonly #driver: Driver.Database
  readonly #statements = new Map<string, Driver.Statement>()

  constructor(driver: Driver.Database) {
    this.#driver = driver
  }

  asDatabase(): { close: () => void; prepare: (text: string) => PreparedStatement } {
    return {
      close: () => this.#driver.close(),
      prepare: (text) => (text === 'rollback' && !this.inTransaction ? nothingToRollBack : this.prepare(text)),
    }
  }

  get inTransaction(): boolean {
    return this.#driver.inTransaction
  }

  prepare(text: string): Driver.Statement {
    const wanted = text === 'begin' ? 'begin immediate' : text
    const known = this.#statements.get(wanted)
    if (known) {
      this.#statements.delete(wanted)
      this.#statements.set(wanted, known)
      return known
    }
    const made = this.#driver.prepare(wanted)
    this.#statements.set(wanted, made)
    if (this.#statements.size > 256) {
      const oldest = this.#statements.keys().next().value
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    return made
  }
}

const nothingToRollBack: PreparedStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
}
