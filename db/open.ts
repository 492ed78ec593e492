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
    throw fault ? new OpenError(fault) : error
  }
}

function faultOf(code: string): OpenFault | null {
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return 'LOCKED_BY_OTHER'
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) return 'WRONG_KEY_OR_DAMAGED'
  return /^SQLITE_(?:CANTOPEN|READONLY|IOERR|PERM|AUTH)/.test(code) ? 'UNREADABLE' : null
}

function refuseWrongFile(path: string): void {
  if (!existsSync(path)) throw new OpenError('MISSING')
  const facts = statSync(path)
  if (!facts.isFile()) throw new OpenError('NOT_A_FILE')
  if (facts.size === 0) throw new OpenError('EMPTY_FILE')
  const head = Buffer.alloc(16)
  let handle: number
  try {
    handle = openSync(path, 'r')
  } catch {
    throw new OpenError('UNREADABLE')
  }
  try {
    readSync(handle, head, 0, 16, 0)
  } finally {
    closeSync(handle)
  }
  if (head.toString('latin1').startsWith('SQLite format 3')) throw new OpenError('PLAINTEXT')
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
