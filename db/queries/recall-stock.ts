import type { TracedRegister } from '../../shared/domain/recall.ts'
import { piecesLeft } from '../../shared/domain/stock-movement.ts'
import type { StockRegister } from '../../shared/domain/stock-status.ts'
import type { DeviceId } from '../../shared/kernel/ids.ts'
import type { Reader } from '../open.ts'
import { many, one } from '../records.ts'
import type { CartridgeLotTable, DeviceTable, ProductLotTable } from '../tables/stock.ts'

/** One row of the registers that a recall is about. */
export type StockLine = {
  readonly register: StockRegister
  readonly id: string
  /** Maker and model, or the product's name. */
  readonly article: string
  /** Lot or serial number, as printed. */
  readonly number: string
  readonly status: string
  readonly version: number
  /** What should still lie there; null for a device and for products whose packs nobody counts. */
  readonly pieces: number | null
}

/** Every lot with this number, of whatever article; `lot` is normalised. */
export async function selectLinesByLot(reader: Reader, lot: string): Promise<readonly StockLine[]> {
  const cartridges = await many<CartridgeLotTable>(
    reader,
    'select * from cartridge_lot where lot_normalised = ? order by id limit 200',
    [lot],
  )
  const products = await many<ProductLotTable>(
    reader,
    'select * from product_lot where lot_normalised = ? order by id limit 200',
    [lot],
  )
  return [...cartridges.map(cartridgeLine), ...products.map(productLine)]
}

/** Every lot of one article; `articleKey` is folded. */
export async function selectLinesByArticle(
  reader: Reader,
  register: TracedRegister,
  articleKey: string,
): Promise<readonly StockLine[]> {
  const ofArticle = (table: string) =>
    `select * from ${table} where article_key = ? order by expires_on desc, id limit 1000`
  if (register === 'CARTRIDGE_LOT')
    return (await many<CartridgeLotTable>(reader, ofArticle('cartridge_lot'), [articleKey])).map(cartridgeLine)
  return (await many<ProductLotTable>(reader, ofArticle('product_lot'), [articleKey])).map(productLine)
}

/** Every cartridge lot and device whose label bears this device identifier. */
export async function selectLinesByUdi(reader: Reader, deviceIdentifier: string): Promise<readonly StockLine[]> {
  const wanted = foldUdi(deviceIdentifier)
  const isMeant = (row: { readonly udi_di: string | null }) => row.udi_di !== null && foldUdi(row.udi_di) === wanted
  const cartridges = await many<CartridgeLotTable>(
    reader,
    'select * from cartridge_lot where udi_di is not null order by id limit 5000',
  )
  const devices = await many<DeviceTable>(
    reader,
    'select * from device where udi_di is not null order by id limit 5000',
  )
  return [...cartridges.filter(isMeant).map(cartridgeLine), ...devices.filter(isMeant).map(deviceLine)]
}

export async function selectLineOfDevice(reader: Reader, id: DeviceId): Promise<StockLine | null> {
  const row = await one<DeviceTable>(reader, 'select * from device where id = ?', [id])
  return row && deviceLine(row)
}

/** The line as it stands now; null where there is no such row. */
export async function selectLine(reader: Reader, register: StockRegister, id: string): Promise<StockLine | null> {
  if (register === 'DEVICE') return selectLineOfDevice(reader, id as DeviceId)
  if (register === 'CARTRIDGE_LOT') {
    const row = await one<CartridgeLotTable>(reader, 'select * from cartridge_lot where id = ?', [id])
    return row && cartridgeLine(row)
  }
  const row = await one<ProductLotTable>(reader, 'select * from product_lot where id = ?', [id])
  return row && productLine(row)
}

function cartridgeLine(row: CartridgeLotTable): StockLine {
  const { received_quantity: received, used_quantity: used, discarded_quantity: discarded } = row
  return {
    register: 'CARTRIDGE_LOT',
    id: row.id,
    article: `${row.manufacturer} ${row.model}`,
    number: row.lot_raw,
    status: row.status,
    version: row.version,
    pieces: piecesLeft({ received, used, discarded }),
  }
}

function productLine(row: ProductLotTable): StockLine {
  const { received_quantity: received, discarded_quantity: discarded } = row
  return {
    register: 'PRODUCT_LOT',
    id: row.id,
    article: row.name,
    number: row.lot_raw,
    status: row.status,
    version: row.version,
    pieces: received === 0 ? null : piecesLeft({ received, used: 0, discarded }),
  }
}

function deviceLine(row: DeviceTable): StockLine {
  return {
    register: 'DEVICE',
    id: row.id,
    article: `${row.manufacturer} ${row.model}`,
    number: row.serial,
    status: row.status,
    version: row.version,
    pieces: null,
  }
}

/** A GTIN is the same with and without its leading zeros, brackets and spaces. */
function foldUdi(text: string): string {
  const bare = text
    .replace(/^\(01\)/, '')
    .replaceAll(/[\s-]/g, '')
    .toUpperCase()
  return /^\d+$/.test(bare) ? bare.replace(/^0+/, '') : bare
}
