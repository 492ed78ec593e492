import { statSync } from 'node:fs'
import type { RecordKind } from '../shared/domain/record-kinds.ts'
import { chainHash, chainMac } from './audit/chain.ts'
import { verifyAudit } from './audit/verify.ts'
import { CopyFault } from './copy-fault.ts'
import type { AuditHead } from './copy-manifest.ts'
import { migrations } from './migrations/index.ts'
import { OpenError, openStore, type Reader, type Store } from './open.ts'
import { many, one } from './records.ts'
import { selectSignatures } from './signatures.ts'
import type { AuditEntryTable } from './tables/core.ts'

export type StoreKeys = { readonly store: Buffer; readonly manifest: Buffer; readonly audit: Buffer }

/** What stands in a store file that was found whole. */
export type CheckedStore = {
  readonly storeId: string
  readonly userVersion: number
  readonly epoch: number
  readonly counts: Readonly<Record<string, number>>
  readonly auditHead: AuditHead
  readonly signaturesChecked: number
  /** Sealed files that its rows name. */
  readonly fileNames: readonly string[]
}

export type CheckOptions = {
  readonly keys: StoreKeys
  readonly storeId: string
  /** Follows the audit from its first row; otherwise its last row alone is proved. */
  readonly isWholeChain: boolean
}

/** Records whose signatures are checked anew: in every check (trust design, 4.6), and where a restore is proved. */
const sampleOfRecords = { quick: 20, whole: 1000 } as const

/**
 * Opens a store file that nobody else uses and proves it: size, mark, store, version, every page, every reference, the
 * audit's end (or all of it) and a sample of signatures. Leaves it as one file that opens from read-only media. Throws
 * `CopyFault` with the first thing that is wrong.
 */
export async function checkStoreFile(path: string, options: CheckOptions): Promise<CheckedStore> {
  if (statSync(path).size === 0) throw new CopyFault('COPY_EMPTY')
  const store = openCopy(path, options.keys.store)
  try {
    const { driver } = store
    const userVersion = Number(driver.pragma('user_version', { simple: true }))
    if (userVersion === 0) throw new CopyFault('COPY_FOREIGN')
    if (userVersion > newestVersion()) throw new CopyFault('COPY_NEWER')
    if (driver.pragma('integrity_check', { simple: true }) !== 'ok') throw new CopyFault('COPY_DAMAGED')
    const facts = await readFacts(store)
    if (facts.storeId !== options.storeId) throw new CopyFault('COPY_OTHER_STORE')
    const orphans = driver.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) throw new CopyFault('COPY_DAMAGED')
    const checked = {
      ...facts,
      userVersion,
      counts: countRows(store),
      auditHead: await checkAudit(store, options),
      signaturesChecked: await checkSignatures(store, options.isWholeChain),
      fileNames: await selectFileNames(store),
    }
    driver.pragma('wal_checkpoint(TRUNCATE)')
    driver.pragma('journal_mode=DELETE')
    return checked
  } catch (error) {
    // A page whose check sum does not fit shows only when it is read.
    if (error instanceof Error && 'code' in error && /^SQLITE_(?:CORRUPT|NOTADB|IOERR)/.test(String(error.code)))
      throw new CopyFault('COPY_DAMAGED')
    throw error
  } finally {
    store.driver.close()
  }
}

/** The newest step of the schema that this program knows. */
export function newestVersion(): number {
  return migrations.at(-1)?.id ?? 0
}

/**
 * Tables of which no row may ever go, and that hold fewer rows than `before`. A table that a later version no longer has
 * is not among them, and others (drafts, kept replies) shrink by design.
 */
export function shrunkTables(
  lasting: readonly string[],
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): readonly string[] {
  return lasting.filter((table) => (after[table] ?? 0) < (before[table] ?? 0))
}

/** The audit's last row; of an empty audit the place before its first. */
export async function selectAuditHead(store: { readonly db: Reader }): Promise<AuditHead> {
  const head = await one<AuditHead>(store.db, 'select seq, hash from audit_entry order by seq desc limit 1')
  return head ?? { seq: 0, hash: '' }
}

function openCopy(path: string, key: Buffer): Store {
  try {
    return openStore({ path, key, cacheMb: 16 })
  } catch (error) {
    if (!(error instanceof OpenError)) throw error
    const isForeign = error.fault === 'FOREIGN' || error.fault === 'PLAINTEXT' || error.fault === 'NOT_A_FILE'
    throw new CopyFault(isForeign ? 'COPY_FOREIGN' : 'COPY_DAMAGED')
  }
}

async function readFacts(store: Store): Promise<{ readonly storeId: string; readonly epoch: number }> {
  const rows = await many<{ name: string; value: string }>(
    store.db,
    "select name, value from store_fact where name in ('store_id', 'epoch') order by name",
  )
  const valueByName = new Map(rows.map(({ name, value }) => [name, value]))
  return { storeId: valueByName.get('store_id') ?? '', epoch: Number(valueByName.get('epoch') ?? 0) }
}

export function countRows({ driver }: Pick<Store, 'driver'>): Readonly<Record<string, number>> {
  const tables = driver
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by name",
    )
    .all() as { name: string }[]
  // Names from the store's own catalogue, quoted like identifiers.
  const count = (name: string) =>
    Number((driver.prepare(`select count(*) as n from "${name.replaceAll('"', '""')}"`).get() as { n: number }).n)
  return Object.fromEntries(tables.map(({ name }) => [name, count(name)]))
}

async function checkAudit(store: Store, { keys, isWholeChain }: CheckOptions): Promise<AuditHead> {
  const last = await one<AuditEntryTable>(store.db, 'select * from audit_entry order by seq desc limit 1')
  if (!last) return { seq: 0, hash: '' }
  const isLastSound = last.hash === chainHash(last.prev_hash, last) && last.mac === chainMac(keys.audit, last.hash)
  if (!isLastSound) throw new CopyFault('COPY_CHAIN_BROKEN')
  if (isWholeChain && (await verifyAudit(store.db, keys.audit)).state !== 'INTACT')
    throw new CopyFault('COPY_CHAIN_BROKEN')
  return { seq: last.seq, hash: last.hash }
}

/** Bytes, keys, what was built on and the place in the chain: as when the record is opened. */
async function checkSignatures({ db }: Store, isWhole: boolean): Promise<number> {
  const records = await many<{ kind: RecordKind; record_id: string }>(
    db,
    `select kind, record_id from (select distinct kind, record_id from signature) order by random()
       limit ${isWhole ? sampleOfRecords.whole : sampleOfRecords.quick}`,
  )
  let checked = 0
  for (const { kind, record_id } of records) {
    const signatures = await selectSignatures(db, kind, record_id)
    if (signatures.some(({ integrity }) => integrity !== 'INTACT')) throw new CopyFault('COPY_SIGNATURES_BROKEN')
    checked += signatures.length
  }
  return checked
}

async function selectFileNames(store: Store): Promise<readonly string[]> {
  const rows = await many<{ file_name: string }>(store.db, 'select file_name from attachment order by file_name')
  return rows.map((row) => row.file_name)
}
