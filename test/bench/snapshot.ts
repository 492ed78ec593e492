import { createHash } from 'node:crypto'
import type { Store } from '../../db/open.ts'
import { entrySha256, type Sealer } from '../../db/signing/seal.ts'
import { type SignedStatement, signedText } from '../../shared/domain/signed-statement.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'

type Driver = Store['driver']
type Cell = string | number | null | Buffer
export type Row = { readonly table: string; readonly cells: Readonly<Record<string, Cell>> }

/** Rows of one record and everything that belongs to it, and the ids that are its own. */
export type Snapshot = { readonly rows: readonly Row[]; readonly ids: ReadonlySet<string> }

/** Not copied: the chain, replies, and what stands for the clinic or for the patient's own first page. */
const leftOut =
  /^(?:sqlite_|audit_entry$|command_reply$|migration$|store_fact$|staff|signing_|policy$|patient|chart_counter$|consent_template$|device|cartridge_lot$|product_lot$)/

/** Follows references to `rootId` until nothing new is found. */
export function takeSnapshot(driver: Driver, rootId: string): Snapshot {
  const tables = (
    driver.prepare("select name from sqlite_master where type = 'table' order by rowid").all() as { name: string }[]
  ).flatMap(({ name }) => (leftOut.test(name) ? [] : [name]))
  const ids = new Set([rootId])
  const taken = new Map<string, Row>()
  for (let found = -1; found !== taken.size; ) {
    found = taken.size
    for (const table of tables) {
      const rows = driver.prepare(`select * from ${table}`).all() as Record<string, Cell>[]
      for (const cells of rows) {
        if (cells['kind'] === 'patient' && table === 'record_version') continue
        if (!Object.values(cells).some((cell) => typeof cell === 'string' && ids.has(cell))) continue
        taken.set(`${table} ${JSON.stringify(cells)}`, { table, cells })
        if (typeof cells['id'] === 'string') ids.add(cells['id'])
      }
    }
  }
  return { rows: [...taken.values()], ids }
}

export type Copying = {
  readonly newId: () => string
  /** Ids that become something known; the others get new ones. */
  readonly known?: Readonly<Record<string, string>>
  /** Texts that are put in the place of others, whole words of letters, digits and hyphens. */
  readonly words?: Readonly<Record<string, string>>
  /** Last changes to a row's columns. */
  readonly change?: (row: Row) => Readonly<Record<string, Cell>>
}

/**
 * Writes copies of snapshots with ids of their own; hashes of changed bodies are made anew, and so are the seals, by the
 * keys that made the first ones. Triggers must be off.
 */
export function snapshotWriter(driver: Driver, sealers: readonly Sealer[]) {
  const seal = chainedSeals(sealers)
  const statements = new Map<string, ReturnType<Driver['prepare']>>()
  return ({ rows, ids }: Snapshot, { newId, known = {}, words = {}, change = () => ({}) }: Copying) => {
    // A part of a course names the rest of it: what is known is put in its place too.
    const idMap = new Map([...Object.entries(known), ...[...ids].map((id) => [id, known[id] ?? newId()] as const)])
    const shaMap = new Map<string, string>()
    const renew = (text: string) => {
      let renewed = text.replaceAll(
        /[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
        (word) => idMap.get(word) ?? shaMap.get(word) ?? word,
      )
      for (const [from, to] of Object.entries(words)) renewed = renewed.replaceAll(from, to)
      return renewed
    }
    const byTime = [...rows].sort((a, b) => rankOf(a) - rankOf(b))
    for (const row of byTime) {
      const cells: Record<string, Cell> = {}
      for (const [name, cell] of Object.entries(row.cells)) cells[name] = typeof cell === 'string' ? renew(cell) : cell
      Object.assign(cells, change({ table: row.table, cells }))
      // The sealed file itself is not copied: nothing that is measured opens one.
      if (row.table === 'attachment') cells['file_name'] = `${String(cells['id'])}.bin`
      if (row.table === 'record_version') {
        const sha256 = createHash('sha256').update(String(cells['body']), 'utf8').digest('hex')
        shaMap.set(String(row.cells['sha256']), sha256)
        cells['sha256'] = sha256
      }
      if (row.table === 'signature_seal') Object.assign(cells, seal(cells))
      const names = Object.keys(cells)
      const text = `insert into ${row.table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
      const statement = statements.get(text) ?? driver.prepare(text)
      statements.set(text, statement)
      statement.run(...Object.values(cells))
    }
    return idMap
  }
}

/** Versions before what names their hashes, and the links of a chain in their order. */
function rankOf({ table, cells }: Row): number {
  if (table === 'record_version') return -1
  return table === 'signature_seal' ? Number(cells['chain_no']) : 0
}

/** Puts each statement at the end of its new chart's chain and signs it again. */
function chainedSeals(sealers: readonly Sealer[]) {
  const ends = new Map<string, { readonly no: number; readonly entry: string }>()
  return (cells: Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>> => {
    const chainOf = String(cells['chain_of'])
    const end = ends.get(chainOf)
    const no = (end?.no ?? 0) + 1
    const written = JSON.parse(String(cells['statement'])) as SignedStatement
    const chain = { patientId: chainOf as PatientId, no, previous: end?.entry ?? null }
    const statement: SignedStatement = { ...written, chain }
    const sealer = sealers.find(({ keyId }) => keyId === statement.keyId)
    if (!sealer) throw new Error('a seal of an unknown key')
    const text = canonicalJson(statement)
    const signature = sealer.sign(signedText(statement))
    const entry = entrySha256(text, signature)
    ends.set(chainOf, { no, entry })
    return { chain_no: no, statement: text, signature, entry_sha256: entry }
  }
}
