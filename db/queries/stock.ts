import type { DeviceBody, DeviceCleaning } from '../../shared/domain/device.ts'
import {
  type AgentStrength,
  type CartridgeLotBody,
  type LotStatus,
  normaliseLot,
  type ProductKind,
  type ProductLotBody,
} from '../../shared/domain/lot.ts'
import {
  movementOfStatus,
  piecesLeft,
  type StockCount,
  type StockMovementKind,
} from '../../shared/domain/stock-movement.ts'
import type { StockRegister } from '../../shared/domain/stock-status.ts'
import type { FitzpatrickType } from '../../shared/domain/zones.ts'
import type { CartridgeLotId, DeviceId, ProductLotId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { type Columns, change, insertRow, many, one } from '../records.ts'
import type {
  CartridgeLotTable,
  DeviceCleaningTable,
  DeviceTable,
  ProductLotTable,
  StockMovementTable,
  StockStatusChangeTable,
} from '../tables/stock.ts'

export type Device = { readonly deviceId: DeviceId; readonly version: number; readonly body: DeviceBody }
export type CartridgeLot = {
  readonly cartridgeLotId: CartridgeLotId
  readonly version: number
  readonly body: CartridgeLotBody
  readonly count: StockCount
}
export type ProductLot = {
  readonly productLotId: ProductLotId
  readonly version: number
  readonly body: ProductLotBody
  /** Packs; `used` is 0, because one pack serves many sessions. */
  readonly count: StockCount
}

/** Every device, those in use first, then by maker and model; at most 500. */
export async function selectDevices(reader: Reader): Promise<readonly Device[]> {
  const rows = await many<DeviceTable>(
    reader,
    `select * from device order by case status when 'ACTIVE' then 0 when 'QUARANTINED' then 1 else 2 end,
       manufacturer, model, serial, id limit 500`,
  )
  const cleanings = await many<DeviceCleaningTable>(
    reader,
    'select * from device_cleaning order by cleaned_on desc, created_at desc, id desc limit 5000',
  )
  return rows.map((row) =>
    rowToDevice(
      row,
      cleanings.filter((cleaning) => cleaning.device_id === row.id),
    ),
  )
}

export async function selectDevice(reader: Reader, deviceId: DeviceId): Promise<Device | null> {
  const row = await one<DeviceTable>(reader, 'select * from device where id = ?', [deviceId])
  if (!row) return null
  const cleanings = await many<DeviceCleaningTable>(
    reader,
    'select * from device_cleaning where device_id = ? order by cleaned_on desc, created_at desc, id desc limit 2000',
    [deviceId],
  )
  return rowToDevice(row, cleanings)
}

export type LotFilter = {
  /** As typed: compared in the normalised spelling, and with maker, model or name. Empty: every lot. */
  readonly text?: string
  readonly limit?: number
}

/** Cartridge lots, usable ones first by expiry; at most `limit` (500). */
export async function selectCartridgeLots(reader: Reader, { text = '', limit = 500 }: LotFilter = {}) {
  const rows = await many<CartridgeLotTable>(
    reader,
    `select * from cartridge_lot where (? = '' or lot_normalised like ? escape '!' or article_key like ? escape '!')
       order by case status when 'AVAILABLE' then 0 else 1 end, expires_on, lot_normalised, id limit ${limit}`,
    likeParameters(text),
  )
  return rows.map(rowToCartridgeLot)
}

export async function selectCartridgeLot(reader: Reader, id: CartridgeLotId): Promise<CartridgeLot | null> {
  const row = await one<CartridgeLotTable>(reader, 'select * from cartridge_lot where id = ?', [id])
  return row ? rowToCartridgeLot(row) : null
}

/** Lots with this number in any spelling (several makers may use one number). `raw` as typed or scanned. */
export async function selectCartridgeLotsByNumber(reader: Reader, raw: string): Promise<readonly CartridgeLot[]> {
  const rows = await many<CartridgeLotTable>(
    reader,
    'select * from cartridge_lot where lot_normalised = ? order by expires_on desc, id limit 50',
    [normaliseLot(raw)],
  )
  return rows.map(rowToCartridgeLot)
}

/** Product lots, usable ones first by kind and expiry; at most `limit` (500). */
export async function selectProductLots(
  reader: Reader,
  { text = '', kind = null, limit = 500 }: LotFilter & { readonly kind?: ProductKind | null } = {},
): Promise<readonly ProductLot[]> {
  const rows = await many<ProductLotTable>(
    reader,
    `select * from product_lot where (? = '' or lot_normalised like ? escape '!' or article_key like ? escape '!')
         and (? is null or kind = ?)
       order by case status when 'AVAILABLE' then 0 else 1 end, kind, expires_on, name, id limit ${limit}`,
    [...likeParameters(text), kind, kind],
  )
  return rows.map(rowToProductLot)
}

export async function selectProductLot(reader: Reader, id: ProductLotId): Promise<ProductLot | null> {
  const row = await one<ProductLotTable>(reader, 'select * from product_lot where id = ?', [id])
  return row ? rowToProductLot(row) : null
}

/** Lots with this number in any spelling. */
export async function selectProductLotsByNumber(reader: Reader, raw: string): Promise<readonly ProductLot[]> {
  const rows = await many<ProductLotTable>(
    reader,
    'select * from product_lot where lot_normalised = ? order by expires_on desc, id limit 50',
    [normaliseLot(raw)],
  )
  return rows.map(rowToProductLot)
}

type Making<Id> = { readonly id: Id; readonly at: Instant; readonly by: StaffId }

/** Writes the device without its cleaning log, which has rows of its own. False where the serial is known already. */
export async function insertDevice(
  trx: Trx,
  { id, at, by, body }: Making<DeviceId> & { readonly body: DeviceBody },
): Promise<boolean> {
  const columns = deviceColumns(body)
  if (await one(trx, 'select 1 as found from device where serial_key = ?', [columns.serial_key])) return false
  await insertRow(trx, 'device', { ...newRow({ id, at, by }), ...columns, status: body.status })
  return true
}

export async function insertCleaning(
  trx: Trx,
  {
    id,
    at,
    by,
    deviceId,
    cleaning,
  }: Making<string> & { readonly deviceId: DeviceId; readonly cleaning: DeviceCleaning },
): Promise<void> {
  await insertRow(trx, 'device_cleaning', {
    id,
    device_id: deviceId,
    cleaned_on: cleaning.cleanedOn,
    cleaned_by: cleaning.by,
    note: cleaning.note,
    created_at: at,
    created_by: by,
  })
}

/** With its first receipt, which bears the lot's own id. False where this lot of this article is known already. */
export async function insertCartridgeLot(
  trx: Trx,
  { id, at, by, body }: Making<CartridgeLotId> & { readonly body: CartridgeLotBody },
): Promise<boolean> {
  const columns = cartridgeLotColumns(body)
  if (await findLot(trx, 'cartridge_lot', columns)) return false
  const nothingYet = { received_quantity: 0, used_quantity: 0, discarded_quantity: 0 }
  await insertRow(trx, 'cartridge_lot', { ...newRow({ id, at, by }), ...columns, ...nothingYet, status: body.status })
  if (body.receivedQuantity > 0) {
    const receipt = { kind: 'RECEIVED', pieces: body.receivedQuantity, reason: null } as const
    await insertMovement(trx, { id, at, by, register: 'CARTRIDGE_LOT', subjectId: id, movement: receipt })
  }
  return true
}

export type Movement = {
  readonly kind: StockMovementKind
  /** Whole pieces; below nothing only for a correction downwards. */
  readonly pieces: number
  readonly reason: string | null
}

/** One movement; the store keeps the counts of its lot in step. */
export async function insertMovement(
  trx: Trx,
  {
    id,
    at,
    by,
    register,
    subjectId,
    movement,
  }: Making<string> & {
    readonly register: StockMovementTable['register']
    readonly subjectId: string
    readonly movement: Movement
  },
): Promise<void> {
  const { kind, pieces, reason } = movement
  const row = { id, register, subject_id: subjectId, kind, pieces, reason, moved_at: at, moved_by: by }
  await insertRow(trx, 'stock_movement', row)
}

export type StoredMovement = StockMovementTable & { readonly moved_by_name: string }

/** Newest first, at most 100. */
export function selectMovements(reader: Reader, subjectId: string): Promise<readonly StoredMovement[]> {
  return many<StoredMovement>(
    reader,
    `select m.*, s.printed_name as moved_by_name from stock_movement m join staff s on s.id = m.moved_by
       where m.subject_id = ? order by m.moved_at desc, m.id limit 100`,
    [subjectId],
  )
}

/** Days on which sessions used pieces of this lot, with how many, newest first, at most 100. */
export async function selectUsesByDay(
  reader: Reader,
  lotId: CartridgeLotId,
): Promise<readonly { readonly on: CalendarDate | null; readonly pieces: number }[]> {
  const rows = await many<{ performed_on: CalendarDate | null; pieces: number }>(
    reader,
    `select s.performed_on, count(*) as pieces from session_cartridge c join session s on s.id = c.session_id
       where c.cartridge_lot_id = ? and s.is_started = 1 and s.state not in ('VOIDED', 'CANCELLED')
       group by s.performed_on order by s.performed_on desc limit 100`,
    [lotId],
  )
  return rows.map((row) => ({ on: row.performed_on, pieces: Number(row.pieces) }))
}

/** The lots this session's cartridges come from, with how many pieces it takes of each. */
export async function selectLotsOfSession(
  reader: Reader,
  sessionId: SessionId,
): Promise<readonly { readonly lotRaw: string; readonly taken: number; readonly count: StockCount }[]> {
  const rows = await many<CartridgeLotTable & { taken: number }>(
    reader,
    `select l.*, count(*) as taken from session_cartridge c join cartridge_lot l on l.id = c.cartridge_lot_id
       where c.session_id = ? group by l.id order by l.id limit 50`,
    [sessionId],
  )
  return rows.map((row) => ({ lotRaw: row.lot_raw, taken: Number(row.taken), count: countOf(row) }))
}

/** How many days before its end a date is shown as ending soon; what the clinic set, or thirty days. */
export async function selectExpirySoonDays(reader: Reader): Promise<number> {
  const row = await one<{ value: string }>(reader, "select value from store_fact where name = 'expiry_soon_days'")
  return row === null ? shippedExpirySoonDays : Number(row.value)
}
const shippedExpirySoonDays = 30

export async function saveExpirySoonDays(trx: Trx, days: number): Promise<void> {
  const name = 'expiry_soon_days'
  const changed = await change(trx, 'update store_fact set value = ? where name = ?', [String(days), name])
  if (changed === 0) await insertRow(trx, 'store_fact', { name, value: String(days) })
}

/** False where this lot of this article is known already. */
export async function insertProductLot(
  trx: Trx,
  { id, at, by, body }: Making<ProductLotId> & { readonly body: ProductLotBody },
): Promise<boolean> {
  const columns = productLotColumns(body)
  if (await findLot(trx, 'product_lot', columns)) return false
  const nothingYet = { received_quantity: 0, discarded_quantity: 0 }
  await insertRow(trx, 'product_lot', { ...newRow({ id, at, by }), ...columns, ...nothingYet, status: body.status })
  return true
}

export type StockSave = 'SAVED' | 'CONFLICT' | 'KNOWN_ALREADY'

/** Everything but status and cleaning log. */
export async function updateDevice(
  trx: Trx,
  {
    id,
    version,
    at,
    body,
  }: { readonly id: DeviceId; readonly version: number; readonly at: Instant; readonly body: DeviceBody },
): Promise<StockSave> {
  const columns = deviceColumns(body)
  const other = await one<{ id: string }>(trx, 'select id from device where serial_key = ?', [columns.serial_key])
  if (other && other.id !== id) return 'KNOWN_ALREADY'
  return updateRow(trx, 'device', { id, version, at, columns })
}

export async function updateCartridgeLot(
  trx: Trx,
  {
    id,
    version,
    at,
    body,
  }: { readonly id: CartridgeLotId; readonly version: number; readonly at: Instant; readonly body: CartridgeLotBody },
): Promise<StockSave> {
  const columns = cartridgeLotColumns(body)
  const other = await findLot(trx, 'cartridge_lot', columns)
  if (other && other.id !== id) return 'KNOWN_ALREADY'
  return updateRow(trx, 'cartridge_lot', { id, version, at, columns })
}

export async function updateProductLot(
  trx: Trx,
  {
    id,
    version,
    at,
    body,
  }: { readonly id: ProductLotId; readonly version: number; readonly at: Instant; readonly body: ProductLotBody },
): Promise<StockSave> {
  const columns = productLotColumns(body)
  const other = await findLot(trx, 'product_lot', columns)
  if (other && other.id !== id) return 'KNOWN_ALREADY'
  return updateRow(trx, 'product_lot', { id, version, at, columns })
}

const tableByRegister = {
  DEVICE: 'device',
  CARTRIDGE_LOT: 'cartridge_lot',
  PRODUCT_LOT: 'product_lot',
} as const satisfies Record<StockRegister, string>

/** Moves the status and keeps why. False when somebody saved in between. */
export async function moveStockStatus(
  trx: Trx,
  input: {
    readonly changeId: string
    readonly register: StockRegister
    readonly id: string
    readonly version: number
    readonly from: string
    readonly to: string
    readonly reason: string
    readonly at: Instant
    readonly by: StaffId
  },
): Promise<boolean> {
  const { register, id, version, from, to, at } = input
  const moved = await change(
    trx,
    `update ${tableByRegister[register]} set status = ?, updated_at = ?, version = version + 1 where id = ? and version = ?`,
    [to, at, id, version],
  )
  if (moved !== 1) return false
  if (register !== 'DEVICE') await noteMovedPieces(trx, { ...input, register })
  await insertRow(trx, 'stock_status_change', {
    id: input.changeId,
    register,
    subject_id: id,
    from_status: from,
    to_status: to,
    reason: input.reason,
    changed_at: at,
    changed_by: input.by,
  })
  return true
}

/** The pieces that the change puts out of reach or back; none where nothing is counted of the lot. */
async function noteMovedPieces(
  trx: Trx,
  {
    changeId,
    register,
    id,
    from,
    to,
    reason,
    at,
    by,
  }: Omit<Parameters<typeof moveStockStatus>[1], 'register'> & { readonly register: StockMovementTable['register'] },
): Promise<void> {
  const kind = movementOfStatus(from as LotStatus, to as LotStatus)
  const count = kind && (await selectCount(trx, register, id))
  if (!kind || !count || count.received === 0) return
  const pieces = Math.max(0, piecesLeft(count))
  await insertMovement(trx, { id: changeId, at, by, register, subjectId: id, movement: { kind, pieces, reason } })
}

/** How many pieces of a lot came in, were used and thrown away; null where there is no such lot. */
export async function selectCount(
  reader: Reader,
  register: StockMovementTable['register'],
  id: string,
): Promise<StockCount | null> {
  if (register === 'CARTRIDGE_LOT') return (await selectCartridgeLot(reader, id as CartridgeLotId))?.count ?? null
  return (await selectProductLot(reader, id as ProductLotId))?.count ?? null
}

export type StatusChange = StockStatusChangeTable & { readonly changed_by_name: string }

/** Newest first, at most 50. */
export function selectStatusChanges(reader: Reader, subjectId: string): Promise<readonly StatusChange[]> {
  return many<StatusChange>(
    reader,
    `select c.*, s.printed_name as changed_by_name from stock_status_change c join staff s on s.id = c.changed_by
       where c.subject_id = ? order by c.changed_at desc, c.id limit 50`,
    [subjectId],
  )
}

/** Lots a clinic could still reach for that end on or before `until`, and those past their date, by register. */
export async function countExpiringLots(
  reader: Reader,
  { on, until }: { readonly on: CalendarDate; readonly until: CalendarDate },
): Promise<{ readonly past: number; readonly soon: number }> {
  const row = await one<{ past: number | null; soon: number | null }>(
    reader,
    `select sum(case when expires_on < ? then 1 else 0 end) as past, sum(case when expires_on >= ? then 1 else 0 end) as soon from (
       select expires_on from cartridge_lot where status = 'AVAILABLE' and expires_on <= ?
       union all select expires_on from product_lot where status = 'AVAILABLE' and expires_on <= ?) lots`,
    [on, on, until, until],
  )
  return { past: Number(row?.past ?? 0), soon: Number(row?.soon ?? 0) }
}

function rowToDevice(row: DeviceTable, cleanings: readonly DeviceCleaningTable[]): Device {
  const range = row.speed_range === null ? null : (JSON.parse(row.speed_range) as readonly [number, number])
  return {
    deviceId: row.id,
    version: row.version,
    body: {
      manufacturer: row.manufacturer,
      model: row.model,
      type: row.type,
      udiDi: row.udi_di,
      serial: row.serial,
      clearanceNumber: row.clearance_number,
      maxDepthUm: row.max_depth_um,
      depthStepUm: row.depth_step_um,
      speed: row.speed_unit === null || range === null ? null : { unit: row.speed_unit, from: range[0], to: range[1] },
      labelledIndications: row.labelled_indications,
      labelledMinAgeYears: row.labelled_min_age_years,
      // Written by `deviceColumns` from a closed list.
      labelledFst: JSON.parse(row.labelled_fst) as readonly FitzpatrickType[],
      calibrationDueOn: row.calibration_due_on,
      cleaningLog: cleanings.map(({ cleaned_on: cleanedOn, cleaned_by: by, note }) => ({ cleanedOn, by, note })),
      status: row.status,
    },
  }
}

function deviceColumns(body: DeviceBody) {
  return {
    manufacturer: body.manufacturer,
    model: body.model,
    type: body.type,
    udi_di: body.udiDi,
    serial: body.serial,
    serial_key: foldKey(body.manufacturer, body.serial),
    clearance_number: body.clearanceNumber,
    max_depth_um: body.maxDepthUm,
    depth_step_um: body.depthStepUm,
    speed_unit: body.speed?.unit ?? null,
    speed_range: body.speed === null ? null : JSON.stringify([body.speed.from, body.speed.to]),
    labelled_indications: body.labelledIndications,
    labelled_min_age_years: body.labelledMinAgeYears,
    labelled_fst: JSON.stringify(body.labelledFst),
    calibration_due_on: body.calibrationDueOn,
  }
}

function rowToCartridgeLot(row: CartridgeLotTable): CartridgeLot {
  return {
    cartridgeLotId: row.id,
    version: row.version,
    body: {
      manufacturer: row.manufacturer,
      model: row.model,
      udiDi: row.udi_di,
      lotRaw: row.lot_raw,
      lotNormalised: row.lot_normalised,
      expiresOn: row.expires_on,
      needleCount: row.needle_count,
      needleGauge: row.needle_gauge,
      maxLengthUm: row.max_length_um,
      sterileMethod: row.sterile_method,
      receivedQuantity: row.received_quantity,
      receivedOn: row.received_on,
      supplier: row.supplier,
      status: row.status,
    },
    count: countOf(row),
  }
}

function countOf(row: CartridgeLotTable): StockCount {
  return { received: row.received_quantity, used: row.used_quantity, discarded: row.discarded_quantity }
}

function cartridgeLotColumns(body: CartridgeLotBody) {
  return {
    manufacturer: body.manufacturer,
    model: body.model,
    udi_di: body.udiDi,
    lot_raw: body.lotRaw,
    lot_normalised: body.lotNormalised,
    article_key: foldKey(body.manufacturer, body.model),
    expires_on: body.expiresOn,
    needle_count: body.needleCount,
    needle_gauge: body.needleGauge,
    max_length_um: body.maxLengthUm,
    sterile_method: body.sterileMethod,
    received_on: body.receivedOn,
    supplier: body.supplier,
  }
}

function rowToProductLot(row: ProductLotTable): ProductLot {
  return {
    productLotId: row.id,
    version: row.version,
    body: {
      kind: row.kind,
      name: row.name,
      productClass: row.product_class,
      // Written by `productLotColumns` from parsed values.
      ingredientsOfConcern: JSON.parse(row.ingredients_of_concern) as readonly string[],
      agents: JSON.parse(row.agents) as readonly AgentStrength[],
      lotRaw: row.lot_raw,
      lotNormalised: row.lot_normalised,
      expiresOn: row.expires_on,
      openedOn: row.opened_on,
      status: row.status,
    },
    count: { received: row.received_quantity, used: 0, discarded: row.discarded_quantity },
  }
}

function productLotColumns(body: ProductLotBody) {
  return {
    kind: body.kind,
    name: body.name,
    product_class: body.productClass,
    ingredients_of_concern: JSON.stringify(body.ingredientsOfConcern),
    agents: JSON.stringify(body.agents),
    lot_raw: body.lotRaw,
    lot_normalised: body.lotNormalised,
    article_key: foldKey(body.name),
    expires_on: body.expiresOn,
    opened_on: body.openedOn,
  }
}

function newRow({ id, at, by }: Making<string>) {
  return { id, version: 1, created_at: at, updated_at: at, created_by: by }
}

function findLot(
  reader: Reader,
  table: 'cartridge_lot' | 'product_lot',
  { lot_normalised, article_key }: { readonly lot_normalised: string; readonly article_key: string },
): Promise<{ id: string } | null> {
  return one<{ id: string }>(reader, `select id from ${table} where lot_normalised = ? and article_key = ?`, [
    lot_normalised,
    article_key,
  ])
}

async function updateRow(
  trx: Trx,
  table: string,
  {
    id,
    version,
    at,
    columns,
  }: { readonly id: string; readonly version: number; readonly at: Instant; readonly columns: Columns },
): Promise<StockSave> {
  const names = Object.keys(columns)
  const changed = await change(
    trx,
    `update ${table} set ${names.map((name) => `${name} = ?, `).join('')}updated_at = ?, version = version + 1 where id = ? and version = ?`,
    [...Object.values(columns), at, id, version],
  )
  return changed === 1 ? 'SAVED' : 'CONFLICT'
}

/** Case, accents' spelling and spacing do not make another article. Parts: maker and model, or a product's name. */
export function foldKey(...parts: readonly string[]): string {
  return parts.map((part) => part.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()).join('|')
}

function likeParameters(text: string): readonly [string, string, string] {
  const lot = normaliseLot(text)
  return [lot, `%${escapeLike(lot)}%`, `%${escapeLike(foldKey(text))}%`]
}

function escapeLike(text: string): string {
  return text.replaceAll(/[!%_]/g, (mark) => `!${mark}`)
}
