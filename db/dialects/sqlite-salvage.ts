import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { selectAuditHead } from '../copy-check.ts'
import { CopyFault } from '../copy-fault.ts'
import { copySealedFiles } from '../copy-files.ts'
import type { AuditHead } from '../copy-manifest.ts'
import { codeOf, isDamage, OpenError, openDriver, openStore, type Store } from '../open.ts'

type Driver = Store['driver']

export type SalvagedTable = {
  readonly name: string
  readonly read: number
  /** Null where not even an index tells how many there were. */
  readonly lost: number | null
}

/** What could be read of a damaged store. */
export type SalvageReport = {
  readonly tables: readonly SalvagedTable[]
  /** Signed versions whose bytes are those of their hash and their signature, and those whose are not. */
  readonly signaturesSound: number
  readonly signaturesBroken: number
  /** Rows whose parent could not be read. */
  readonly orphans: number
  readonly files: number
  readonly missingFiles: number
  readonly auditHead: AuditHead
  readonly epoch: number
}

export type SalvageOptions = {
  /** The folder of the damaged records; it is only read. */
  readonly from: string
  /** A folder that is made anew; the salvaged store and its files are in it afterwards. */
  readonly to: string
  readonly key: Buffer
}

/**
 * Copies every row that the engine still vouches for into a new store of the same schema, around the pages that it refuses.
 * Rows come over byte for byte, so hashes, seals and the audit's chain tell afterwards what is missing. Throws `CopyFault`
 * NOTHING_READABLE where not even the list of tables can be read.
 */
export async function salvageStore(
  { from, to, key }: SalvageOptions,
  onTable: (done: number, total: number) => void,
): Promise<SalvageReport> {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(join(to, 'source'), { recursive: true, mode: 0o700 })
  try {
    for (const name of ['store.db', 'store.db-wal'])
      if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, 'source', name))
    const source = openSource(join(to, 'source', 'store.db'), key)
    const target = openStore({ path: join(to, 'store.db'), key, create: true })
    try {
      const tables = copyTables(source, target.driver, onTable)
      const files = copyFiles(target.driver, from, to)
      return { tables, ...countSignatures(target.driver), ...files, ...(await readEnd(target)) }
    } finally {
      source.close()
      await target.close()
    }
  } catch (error) {
    rmSync(to, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(join(to, 'source'), { recursive: true, force: true })
  }
}

function openSource(path: string, key: Buffer): Driver {
  try {
    return openDriver({ path, key, cacheMb: 16 })
  } catch (error) {
    if (error instanceof OpenError || isDamage(error)) throw new CopyFault('NOTHING_READABLE')
    throw error
  }
}

type SchemaRow = { readonly type: string; readonly name: string; readonly sql: string | null }

function copyTables(
  source: Driver,
  target: Driver,
  onTable: (done: number, total: number) => void,
): readonly SalvagedTable[] {
  const schema = readSchema(source)
  const tables = schema.filter(({ type }) => type === 'table')
  target.pragma('foreign_keys=OFF')
  target.exec('begin immediate')
  for (const { sql } of tables) target.exec(sql ?? '')
  const salvaged = tables.map(({ name }, index) => {
    onTable(index, tables.length)
    return copyRows(source, target, name)
  })
  // After the rows: triggers would count and refuse what was counted and accepted when it was written.
  for (const { type, sql } of schema) if (type !== 'table') target.exec(sql ?? '')
  target.pragma(`user_version=${Number(source.pragma('user_version', { simple: true }))}`)
  target.exec('commit')
  return salvaged
}

function readSchema(source: Driver): readonly SchemaRow[] {
  try {
    const all = source.prepare('select type, name, sql from sqlite_master order by rowid').all() as SchemaRow[]
    return all.filter(({ name, sql }) => sql !== null && !name.startsWith('sqlite_'))
  } catch (error) {
    if (isDamage(error)) throw new CopyFault('NOTHING_READABLE')
    throw error
  }
}

function copyRows(source: Driver, target: Driver, table: string): SalvagedTable {
  const columns = source.pragma(`table_info(${quote(table)})`) as { name: string; pk: number }[]
  const names = columns.map(({ name }) => quote(name)).join(', ')
  const insert = target.prepare(
    `insert or ignore into ${quote(table)} (${names}) values (${columns.map(() => '?').join(', ')})`,
  )
  let read = 0
  const keep = (row: readonly unknown[]) => {
    read += insert.run(...row).changes
  }
  const isWhole = hasRowNumbers(source, table)
    ? readByNumber(source, table, names, keep)
    : readFromBothEnds(source, table, names, columns, keep)
  if (isWhole) return { name: table, read, lost: 0 }
  const expected = countRows(source, table)
  return { name: table, read, lost: expected === null ? null : Math.max(0, expected - read) }
}

function hasRowNumbers(source: Driver, table: string): boolean {
  try {
    source.prepare(`select rowid from ${quote(table)} limit 1`)
    return true
  } catch (error) {
    if (codeOf(error) === 'SQLITE_ERROR') return false
    throw error
  }
}

type Keep = (row: readonly unknown[]) => void
const furthest = 2 ** 40

/** From number to number; where a page is refused, on behind it: how far is found by doubling, then by halving. */
function readByNumber(source: Driver, table: string, names: string, keep: Keep): boolean {
  const rows = source.prepare(`select rowid, ${names} from ${quote(table)} where rowid > ? order by rowid`).raw()
  const next = source.prepare(`select rowid from ${quote(table)} where rowid > ? order by rowid limit 1`).pluck()
  const isReadable = (after: number) => !refuses(() => next.get(after))
  let last = 0
  let isWhole = true
  for (;;) {
    const stopped = refuses(() => {
      for (const row of rows.iterate(last) as IterableIterator<[number, ...unknown[]]>) {
        keep(row.slice(1))
        last = row[0]
      }
    })
    if (!stopped) return isWhole
    isWhole = false
    let step = 1
    while (step < furthest && !isReadable(last + step)) step *= 2
    if (step >= furthest) return false
    let unreadable = last + Math.floor(step / 2)
    let readable = last + step
    while (readable - unreadable > 1) {
      const middle = Math.floor((readable + unreadable) / 2)
      if (isReadable(middle)) readable = middle
      else unreadable = middle
    }
    last = readable
  }
}

/** Tables that are kept by their key alone: forwards until a page is refused, then backwards to the same place. */
function readFromBothEnds(
  source: Driver,
  table: string,
  names: string,
  columns: readonly { readonly name: string; readonly pk: number }[],
  keep: Keep,
): boolean {
  const key = [...columns].filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  const read = (direction: 'asc' | 'desc') => {
    const order = key.map(({ name }) => `${quote(name)} ${direction}`).join(', ')
    const rows = source.prepare(`select ${names} from ${quote(table)} order by ${order}`).raw()
    return !refuses(() => {
      for (const row of rows.iterate() as IterableIterator<unknown[]>) keep(row)
    })
  }
  if (read('asc')) return true
  read('desc')
  return false
}

/** Through the table or, where that is refused, through the smallest index; null where neither can be read. */
function countRows(source: Driver, table: string): number | null {
  for (const by of ['', ' not indexed']) {
    let count: number | null = null
    if (
      !refuses(() => {
        count = Number(
          source
            .prepare(`select count(*) from ${quote(table)}${by}`)
            .pluck()
            .get(),
        )
      })
    )
      return count
  }
  return null
}

function refuses(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch (error) {
    if (isDamage(error)) return true
    throw error
  }
}

function copyFiles(
  target: Driver,
  from: string,
  to: string,
): { readonly files: number; readonly missingFiles: number } {
  const rows = target.prepare('select file_name from attachment order by file_name').pluck().all() as string[]
  const { files, missing } = copySealedFiles(
    { from: join(from, 'files'), to: join(to, 'files'), names: rows, earlier: null },
    () => undefined,
  )
  return { files: files.length, missingFiles: missing }
}

function countSignatures(target: Driver): Pick<SalvageReport, 'signaturesSound' | 'signaturesBroken' | 'orphans'> {
  const rows = target.prepare(
    `select s.sha256 as signed, v.sha256 as kept, v.body from signature s left join record_version v on v.id = s.version_id`,
  )
  let signaturesSound = 0
  let signaturesBroken = 0
  for (const row of rows.iterate() as IterableIterator<{ signed: string; kept: string | null; body: string | null }>) {
    const actual = createHash('sha256')
      .update(row.body ?? '', 'utf8')
      .digest('hex')
    if (actual === row.kept && actual === row.signed) signaturesSound += 1
    else signaturesBroken += 1
  }
  const orphans = target.pragma('foreign_key_check') as unknown[]
  return { signaturesSound, signaturesBroken, orphans: orphans.length }
}

async function readEnd(target: Store): Promise<{ readonly auditHead: AuditHead; readonly epoch: number }> {
  const epoch = target.driver.prepare("select value from store_fact where name = 'epoch'").pluck().get()
  const storeId = target.driver.prepare("select value from store_fact where name = 'store_id'").pluck().get()
  if (storeId === undefined) throw new CopyFault('NOTHING_READABLE')
  return { auditHead: await selectAuditHead(target), epoch: Number(epoch ?? 0) }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
