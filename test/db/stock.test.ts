import { describe, expect, it } from 'vitest'
import {
  countExpiringLots,
  insertCartridgeLot,
  insertCleaning,
  insertDevice,
  insertProductLot,
  moveStockStatus,
  selectCartridgeLotsByNumber,
  selectDevice,
  selectProductLotsByNumber,
} from '../../db/queries/stock.ts'
import { change } from '../../db/records.ts'
import type { DeviceBody } from '../../shared/domain/device.ts'
import type { CartridgeLotBody, ProductLotBody } from '../../shared/domain/lot.ts'
import type { CartridgeLotId, DeviceId, ProductLotId } from '../../shared/kernel/ids.ts'
import { addStaff, newStore, storeNow } from '../support/store.ts'

const roller: DeviceBody = {
  manufacturer: 'Corvane',
  model: 'Roll 1',
  type: 'ROLLER',
  udiDi: null,
  serial: 'R-7',
  clearanceNumber: null,
  maxDepthUm: 1500,
  depthStepUm: 250,
  speed: null,
  labelledIndications: null,
  labelledMinAgeYears: null,
  labelledFst: [],
  calibrationDueOn: null,
  cleaningLog: [],
  status: 'ACTIVE',
}
const lot: CartridgeLotBody = {
  manufacturer: 'Corvane',
  model: 'Tip 14',
  udiDi: null,
  lotRaw: 'MN24-0917B',
  lotNormalised: 'MN240917B',
  expiresOn: '2026-08-20',
  needleCount: 14,
  needleGauge: 32,
  maxLengthUm: 2500,
  sterileMethod: 'gamma',
  receivedQuantity: 40,
  receivedOn: '2026-07-01',
  supplier: null,
  status: 'AVAILABLE',
}
const serum: ProductLotBody = {
  kind: 'SERUM',
  name: 'HA serum',
  productClass: 'RESTORATIVE',
  ingredientsOfConcern: ['phenoxyethanol'],
  agents: [],
  lotRaw: 'HA-9',
  lotNormalised: 'HA9',
  expiresOn: '2026-08-01',
  openedOn: null,
  status: 'AVAILABLE',
}

/** A store with one device, one cartridge lot and one product lot in its registers. */
async function storeWithStock() {
  const store = await newStore()
  const making = { at: storeNow, by: await addStaff(store) }
  await store.write(async (trx) => {
    await insertDevice(trx, { id: 'device-1' as DeviceId, body: roller, ...making })
    await insertCartridgeLot(trx, { id: 'lot-1' as CartridgeLotId, body: lot, ...making })
    await insertProductLot(trx, { id: 'product-1' as ProductLotId, body: serum, ...making })
  })
  const tryTo = (text: string) =>
    store
      .write((trx) => change(trx, text))
      .then(
        () => 'done',
        (error: Error) => error.message,
      )
  return { ...store, making, tryTo }
}

describe('the registers in the store', () => {
  it('give back what was entered', async () => {
    const { store, write, making } = await storeWithStock()
    const cleaning = { cleanedOn: '2026-08-03', by: 'Lena Brook', note: 'after session' }
    await write((trx) => insertCleaning(trx, { id: 'c-1', deviceId: 'device-1' as DeviceId, cleaning, ...making }))
    expect((await selectDevice(store.db, 'device-1' as DeviceId))?.body).toEqual({ ...roller, cleaningLog: [cleaning] })
    expect((await selectCartridgeLotsByNumber(store.db, '(10)mn24 0917b')).map(({ body }) => body)).toEqual([lot])
    expect((await selectProductLotsByNumber(store.db, 'ha 9')).map(({ body }) => body)).toEqual([serum])
  })

  it('hold one article’s lot once and may hold the same number of another article', async () => {
    const { write, making } = await storeWithStock()
    const add = (body: CartridgeLotBody) =>
      write((trx) => insertCartridgeLot(trx, { id: `lot-${body.model}` as CartridgeLotId, body, ...making }))
    expect(await add({ ...lot, model: ' tip  14' })).toBe(false)
    expect(await add({ ...lot, model: 'Tip 36' })).toBe(true)
  })

  it('tell how many lots are over and how many will be soon', async () => {
    const { store } = await storeWithStock()
    expect(await countExpiringLots(store.db, { on: '2026-08-03', until: '2026-09-02' })).toEqual({ past: 1, soon: 1 })
  })

  it('keep why a status changed, and nothing is deleted or rewritten', async () => {
    const { write, making, tryTo } = await storeWithStock()
    const move = {
      changeId: 's-1',
      register: 'CARTRIDGE_LOT',
      id: 'lot-1',
      from: 'AVAILABLE',
      to: 'RECALLED',
      reason: 'letter',
      ...making,
    } as const
    expect(await write((trx) => moveStockStatus(trx, { ...move, version: 2 }))).toBe(false)
    expect(await write((trx) => moveStockStatus(trx, { ...move, version: 1 }))).toBe(true)
    for (const [text, message] of [
      ["update stock_status_change set reason = 'none'", 'stock_status_change is append-only'],
      ['delete from stock_status_change', 'stock_status_change is append-only'],
      ['delete from device', 'device is never deleted'],
      ['delete from cartridge_lot', 'cartridge_lot is never deleted'],
      ['delete from product_lot', 'product_lot is never deleted'],
      ["update device set id = 'device-2'", 'device: keeps_its_identity'],
      ["update cartridge_lot set created_at = 'then'", 'cartridge_lot: keeps_its_identity'],
      ["update cartridge_lot set status = 'LOST'", expect.stringMatching(/CHECK/)],
      ['update device set max_depth_um = 0', expect.stringMatching(/CHECK/)],
    ] as const)
      expect(await tryTo(text)).toEqual(message)
  })
})
