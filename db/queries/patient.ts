import {
  chartNumberOf,
  isFoundBySearch,
  noAddress,
  type PatientBody,
  patientSchema,
} from '../../shared/domain/patient.ts'
import {
  areLookAlikes,
  type DuplicateReason,
  duplicateBlocks,
  duplicateScore,
  duplicateThreshold,
  type Identity,
  type IdentityFacts,
  identityOf,
} from '../../shared/domain/patient-duplicate.ts'
import { foldChartNumber, patientKeys, reversedDigits, sortNameOf } from '../../shared/domain/patient-name.ts'
import type { PatientId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import {
  appendVersion,
  change,
  insertRecord,
  many,
  one,
  type RecordDefinition,
  type SqlValue,
  type StoredRecord,
  type StoredVersion,
  selectRecord,
  selectVersions,
} from '../records.ts'
import type { PatientTable } from '../tables/patient.ts'

export const patientRecord: RecordDefinition<PatientBody> = {
  kind: 'patient',
  table: 'patient',
  schema: patientSchema,
  patientIdOf: (body) => body.id,
  project: (body) => patientColumns(body),
}

/** The head row's columns that the body says. */
export function patientColumns(body: PatientBody): Readonly<Record<string, SqlValue>> {
  const chartKey = foldChartNumber(body.chartNumber)
  const firstPhone = body.phones[0]?.number
  return {
    chart_number: body.chartNumber,
    chart_key: chartKey,
    chart_digits: chartKey.replace(/^\p{L}+/u, ''),
    sort_name: sortNameOf(body),
    family: body.family,
    given: body.given,
    middle: body.middle,
    preferred: body.preferred,
    former_names:
      body.formerNames.length === 0
        ? null
        : JSON.stringify(body.formerNames.map((name) => [name.family, name.given] as const)),
    born_on: body.bornOn,
    born_text: body.bornText,
    phones: body.phones.length === 0 ? null : JSON.stringify(body.phones.map((phone) => phone.number)),
    phone_tail: firstPhone === undefined ? null : firstPhone.replaceAll(/\D/g, '').slice(-4),
    skin_type: body.fst?.type ?? null,
    allergy_state: body.allergies.state,
    status: body.status.state,
    archive_reason: body.status.state === 'ARCHIVED' ? body.status.reason : null,
    source: body.source.kind,
    import_id: body.source.kind === 'IMPORTED' ? body.source.importId : null,
  }
}

export async function selectPatient(reader: Reader, id: PatientId): Promise<StoredRecord<PatientBody> | null> {
  return selectRecord(reader, patientRecord, id)
}

/** All versions of the chart's head data, oldest first: the name history among it. */
export async function selectPatientVersions(
  reader: Reader,
  id: PatientId,
): Promise<readonly StoredVersion<PatientBody>[]> {
  return selectVersions(reader, patientRecord, id)
}

/** What a list row or the banner's first line needs; without opening the body. */
export type PatientSummary = {
  readonly patientId: PatientId
  readonly version: number
  readonly chartNumber: string
  readonly family: string | null
  readonly given: string | null
  readonly middle: string | null
  readonly preferred: string | null
  readonly bornOn: CalendarDate | null
  readonly bornText: string | null
  readonly phoneTail: string | null
  readonly status: PatientTable['status']
  readonly isLookAlike: boolean
}

type SummaryRow = Pick<
  PatientTable,
  | 'id'
  | 'version'
  | 'chart_number'
  | 'family'
  | 'given'
  | 'middle'
  | 'preferred'
  | 'born_on'
  | 'born_text'
  | 'phone_tail'
  | 'status'
  | 'look_alike'
>

export function rowToSummary(row: SummaryRow): PatientSummary {
  return {
    patientId: row.id,
    version: row.version,
    chartNumber: row.chart_number,
    family: row.family,
    given: row.given,
    middle: row.middle,
    preferred: row.preferred,
    bornOn: row.born_on,
    bornText: row.born_text,
    phoneTail: row.phone_tail,
    status: row.status,
    isLookAlike: row.look_alike === 1,
  }
}

/** Summaries by id, at most 200 ids; unknown ids are left out. */
export async function selectPatientSummaries(
  reader: Reader,
  ids: readonly PatientId[],
): Promise<ReadonlyMap<PatientId, PatientSummary>> {
  const rows = await Promise.all(
    ids.slice(0, 200).map((id) => one<PatientTable>(reader, 'select * from patient where id = ?', [id])),
  )
  return new Map(rows.filter((row) => row !== null).map((row) => [row.id, rowToSummary(row)]))
}

/** The next chart number nobody has; imported numbers may have taken some. */
export async function takeChartNumber(trx: Trx): Promise<string> {
  for (;;) {
    await change(trx, 'update chart_counter set last = last + 1 where id = 1')
    const counter = await one<{ last: number }>(trx, 'select last from chart_counter where id = 1')
    if (counter === null) throw new Error('the store has no chart counter')
    const chartNumber = chartNumberOf(Number(counter.last))
    if (!(await isChartNumberTaken(trx, chartNumber))) return chartNumber
  }
}

/** Whether another chart has this number, compared without case and punctuation. */
export async function isChartNumberTaken(
  reader: Reader,
  chartNumber: string,
  except: PatientId | null = null,
): Promise<boolean> {
  const row = await one<{ id: PatientId }>(reader, 'select id from patient where chart_key = ?', [
    foldChartNumber(chartNumber),
  ])
  return row !== null && row.id !== except
}

type Making = {
  readonly newId: () => string
  readonly at: Instant
  readonly by: StaffId | null
}

/** Registers a patient with keys, blocks and look-alike marks, all in the caller's transaction. */
export async function insertPatient(
  trx: Trx,
  {
    body,
    reason = 'REGISTERED',
    ...making
  }: Making & { readonly body: PatientBody; readonly reason?: 'REGISTERED' | 'IMPORTED' },
): Promise<VersionId> {
  const versionId = await insertRecord(trx, patientRecord, {
    id: body.id,
    body,
    state: { look_alike: 0 },
    reason,
    ...making,
  })
  await writeSearchRows(trx, null, body)
  await markLookAlikes(trx, null, body)
  return versionId
}

/** Saves a new version. Null when somebody saved in between; nothing is written then. */
export async function updatePatient(
  trx: Trx,
  {
    before,
    after,
    expectedVersion,
    reason,
    ...making
  }: Making & {
    readonly before: PatientBody
    readonly after: PatientBody
    readonly expectedVersion: number
    /** EDITED, ARCHIVED, REACTIVATED, MERGED_FROM_IMPORT ...: why this version exists. */
    readonly reason: string
  },
): Promise<VersionId | null> {
  const head = await one<{ version: number }>(trx, 'select version from patient where id = ?', [before.id])
  if (head?.version !== expectedVersion) return null
  const saved = await appendVersion(trx, patientRecord, {
    id: after.id,
    expectedVersion,
    body: after,
    reason,
    ...making,
  })
  if (saved === null) return null
  await writeSearchRows(trx, before, after)
  await markLookAlikes(trx, before, after)
  return saved.versionId
}

/** Sets the marks of two charts and their look-alikes anew, after they were merged or told apart again. */
export async function renewLookAlikes(trx: Trx, bodies: readonly PatientBody[]): Promise<void> {
  for (const body of bodies) {
    if (body.bornOn === null) continue
    for (const row of await bornOn(trx, body.bornOn)) {
      const isMarked = (await alikeAmong(trx, body.bornOn, headIdentity(row), row.id)).length > 0
      if (isMarked !== (row.look_alike === 1))
        await change(trx, 'update patient set look_alike = ? where id = ?', [isMarked ? 1 : 0, row.id])
    }
  }
}

/** Rows by which a patient is found; empty for one that left search. */
export function searchRowsOf(body: PatientBody): {
  readonly keys: readonly (readonly [number, string, string])[]
  readonly phones: readonly string[]
  readonly blocks: readonly string[]
} {
  if (!isFoundBySearch(body.status)) return { keys: [], phones: [], blocks: [] }
  return {
    keys: patientKeys(body).map((key) => [key.role, key.tok, key.rest] as const),
    phones: [...new Set(body.phones.map((phone) => reversedDigits(phone.number)).filter((digits) => digits !== ''))],
    blocks: duplicateBlocks(identityOf(body)),
  }
}

export type DuplicateChart = PatientSummary & {
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

/** Charts that are likely the person described, best first, at most `limit`. Advice: nothing is refused for it. */
export async function selectLikelyDuplicates(
  reader: Reader,
  facts: IdentityFacts,
  {
    except = null,
    limit = 10,
    rest,
  }: {
    readonly except?: PatientId | null
    readonly limit?: number
    /** Called after every block of candidates, so that a long comparison lets others have their turn. */
    readonly rest?: () => Promise<void>
  } = {},
): Promise<readonly DuplicateChart[]> {
  const identity = identityOf(facts)
  const found = new Map<PatientId, DuplicateChart>()
  const seen = new Set<PatientId>(except === null ? [] : [except])
  for (const block of duplicateBlocks(identity)) {
    const rows = await many<{ patient_id: PatientId }>(
      reader,
      'select patient_id from patient_block where block = ? order by patient_id limit 200',
      [block],
    )
    for (const { patient_id: id } of rows) {
      if (seen.has(id)) continue
      seen.add(id)
      const chart = await one<PatientTable & { body: string }>(
        reader,
        'select p.*, v.body from patient p join record_version v on v.id = p.version_id where p.id = ?',
        [id],
      )
      if (chart === null) continue
      const { score, reasons } = duplicateScore(identity, identityOf(bodyOf(chart.body)))
      if (score >= duplicateThreshold) found.set(id, { ...rowToSummary(chart), score, reasons })
    }
    await rest?.()
  }
  return [...found.values()].sort((a, b) => b.score - a.score).slice(0, limit)
}

/** The charts easily mixed up with this one, by name. */
export async function selectLookAlikes(reader: Reader, id: PatientId): Promise<readonly PatientSummary[]> {
  const own = await one<PatientTable>(reader, 'select * from patient where id = ?', [id])
  if (own === null || own.born_on === null || !isSearchable(own)) return []
  const identity = headIdentity(own)
  const rows = await bornOn(reader, own.born_on)
  return rows.filter((row) => row.id !== id && areLookAlikes(identity, headIdentity(row))).map(rowToSummary)
}

/** A body as it was stored by this program; its bytes are checked wherever it is opened or printed. */
export function bodyOf(text: string): PatientBody {
  return JSON.parse(text) as PatientBody
}

async function writeSearchRows(trx: Trx, before: PatientBody | null, after: PatientBody): Promise<void> {
  const none = { keys: [], phones: [], blocks: [] }
  const old = before === null ? none : searchRowsOf(before)
  const now = searchRowsOf(after)
  const id = after.id
  const texts = (rows: readonly (readonly SqlValue[])[]): Set<string> => new Set(rows.map((row) => row.join('\n')))
  const [oldKeys, newKeys] = [texts(old.keys), texts(now.keys)]
  for (const key of old.keys) {
    if (newKeys.has(key.join('\n'))) continue
    const gone = await change(
      trx,
      'delete from patient_key where role = ? and tok = ? and rest = ? and patient_id = ?',
      [...key, id],
    )
    if (gone !== 1) throw new Error(`patient ${id} lost a search key`)
  }
  for (const key of now.keys) {
    if (oldKeys.has(key.join('\n'))) continue
    await change(trx, 'insert into patient_key (role, tok, rest, patient_id) values (?, ?, ?, ?)', [...key, id])
  }
  for (const phone of old.phones) {
    if (now.phones.includes(phone)) continue
    await change(trx, 'delete from patient_phone where digits = ? and patient_id = ?', [phone, id])
  }
  for (const phone of now.phones) {
    if (old.phones.includes(phone)) continue
    await change(trx, 'insert into patient_phone (digits, patient_id) values (?, ?)', [phone, id])
  }
  for (const block of old.blocks) {
    if (now.blocks.includes(block)) continue
    await change(trx, 'delete from patient_block where block = ? and patient_id = ?', [block, id])
  }
  for (const block of now.blocks) {
    if (old.blocks.includes(block)) continue
    await change(trx, 'insert into patient_block (block, patient_id) values (?, ?)', [block, id])
  }
}

/** Sets the mark on this chart and its look-alikes, and takes it from charts that have none left. */
async function markLookAlikes(trx: Trx, before: PatientBody | null, after: PatientBody): Promise<void> {
  const identity = ({ family, given, middle, bornOn: born_on, bornText: born_text }: PatientBody): Identity =>
    headIdentity({ family, given, middle, born_on, born_text })
  const isCounted = after.bornOn !== null && isFoundBySearch(after.status)
  const alike = isCounted && after.bornOn !== null ? await alikeAmong(trx, after.bornOn, identity(after), after.id) : []
  for (const row of alike) {
    if (row.look_alike === 0) await change(trx, 'update patient set look_alike = 1 where id = ?', [row.id])
  }
  await change(trx, 'update patient set look_alike = ? where id = ? and look_alike <> ?', [
    alike.length > 0 ? 1 : 0,
    after.id,
    alike.length > 0 ? 1 : 0,
  ])
  if (before === null || before.bornOn === null) return
  const kept = new Set(alike.map((row) => row.id))
  for (const row of await alikeAmong(trx, before.bornOn, identity(before), after.id)) {
    if (kept.has(row.id) || row.look_alike === 0) continue
    const others = await alikeAmong(trx, before.bornOn, headIdentity(row), row.id)
    if (others.length === 0) await change(trx, 'update patient set look_alike = 0 where id = ?', [row.id])
  }
}

async function alikeAmong(
  reader: Reader,
  born: CalendarDate,
  identity: Identity,
  self: PatientId,
): Promise<readonly PatientTable[]> {
  const rows = await bornOn(reader, born)
  return rows.filter((row) => row.id !== self && areLookAlikes(identity, headIdentity(row)))
}

/**
 * Searchable charts born that day; a stand-in date that half the clinic has is not worth comparing past a thousand. A
 * merged chart is nobody else's look-alike: it is opened as the kept one.
 */
async function bornOn(reader: Reader, date: CalendarDate): Promise<readonly PatientTable[]> {
  const rows = await many<PatientTable>(
    reader,
    `select * from patient where born_on = ?
       and not exists (select 1 from patient_link where merged_id = patient.id and ended_at is null)
       order by id limit 1000`,
    [date],
  )
  return rows.filter(isSearchable)
}

function isSearchable(row: PatientTable): boolean {
  return isFoundBySearch(
    row.archive_reason === null ? { state: 'ACTIVE' } : { state: 'ARCHIVED', reason: row.archive_reason, note: null },
  )
}

function headIdentity(row: Pick<PatientTable, 'family' | 'given' | 'middle' | 'born_on' | 'born_text'>): Identity {
  return identityOf({
    family: row.family,
    given: row.given,
    middle: row.middle,
    preferred: null,
    formerNames: [],
    bornOn: row.born_on,
    bornText: row.born_text,
    address: noAddress,
    phones: [],
  })
}
