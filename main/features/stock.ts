import {
  insertCartridgeLot,
  insertCleaning,
  insertDevice,
  insertProductLot,
  moveStockStatus,
  type StockSave,
  selectCartridgeLot,
  selectCartridgeLots,
  selectDevice,
  selectDevices,
  selectProductLot,
  selectProductLots,
  selectStatusChanges,
  updateCartridgeLot,
  updateDevice,
  updateProductLot,
} from '../../db/queries/stock.ts'
import type { contract } from '../../shared/contract/index.ts'
import { cartridgeLotBody, deviceBody, productLotBody } from '../../shared/contract/schemas/stock.ts'
import { type LotStatus, lotStatusOn, normaliseLot } from '../../shared/domain/lot.ts'
import { dateState, mayMoveDevice, mayMoveLot, type StockRegister } from '../../shared/domain/stock-status.ts'
import type { CartridgeLotId, DeviceId, ProductLotId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addDays, type CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'

type StockContract = typeof contract.stock

/** A clinic wants to hear of an expiry while there is time to order. */
const soonDays = 30

export const stockHandlers = {
  devices: async ({ reader, today }) =>
    accept({
      devices: (await selectDevices(reader)).map(({ deviceId, version, body }) => ({
        deviceId,
        version,
        body: deviceBody.parse(body),
        calibration: body.calibrationDueOn === null ? null : dateStateOn(body.calibrationDueOn, today),
      })),
    }),

  cartridgeLots: async ({ reader, today }, { text }) =>
    accept({
      readAs: normaliseLot(text) || null,
      lots: (await selectCartridgeLots(reader, { text })).map(({ cartridgeLotId, version, body }) => ({
        cartridgeLotId,
        version,
        body: cartridgeLotBody.parse(body),
        statusToday: lotStatusOn(body, today),
        dateState: dateStateOn(body.expiresOn, today),
      })),
    }),

  productLots: async ({ reader, today }, { text, kind }) =>
    accept({
      readAs: normaliseLot(text) || null,
      lots: (await selectProductLots(reader, { text, kind })).map(({ productLotId, version, body }) => ({
        productLotId,
        version,
        body: productLotBody.parse(body),
        statusToday: lotStatusOn(body, today),
        dateState: dateStateOn(body.expiresOn, today),
      })),
    }),

  statusChanges: async ({ reader }, { id }) =>
    accept({
      changes: (await selectStatusChanges(reader, id)).map((change) => ({
        from: change.from_status,
        to: change.to_status,
        reason: change.reason,
        at: change.changed_at,
        byName: change.changed_by_name,
      })),
    }),

  addDevice: async (context, { facts }) => {
    const deviceId = context.newId<DeviceId>()
    const body = { ...facts, cleaningLog: [], status: 'ACTIVE' as const }
    if (!(await insertDevice(context.trx, { ...making(context, deviceId), body }))) return refuse('DEVICE_KNOWN')
    noteChange(context, 'stock.addDevice', 'device', deviceId)
    return accept({ deviceId })
  },

  editDevice: async (context, { deviceId, version, facts }) => {
    const device = await selectDevice(context.trx, deviceId)
    if (!device) return refuse('NOT_FOUND')
    const body = { ...device.body, ...facts }
    const saved = await updateDevice(context.trx, { id: deviceId, version, at: context.now, body })
    if (saved !== 'SAVED') return refuse(saved === 'CONFLICT' ? 'CONFLICT' : 'DEVICE_KNOWN')
    noteChange(context, 'stock.editDevice', 'device', deviceId)
    return accept({ version: version + 1 })
  },

  addCleaning: async (context, { deviceId, cleanedOn, note }) => {
    if (!(await selectDevice(context.trx, deviceId))) return refuse('NOT_FOUND')
    if (cleanedOn > context.today) return refuse('DATE_IN_FUTURE')
    const cleaning = { cleanedOn, by: context.caller.printedName, note }
    await insertCleaning(context.trx, { ...making(context, context.newId<string>()), deviceId, cleaning })
    noteChange(context, 'stock.addCleaning', 'device', deviceId)
    return accept({})
  },

  addCartridgeLot: async (context, { facts }) => {
    const cartridgeLotId = context.newId<CartridgeLotId>()
    const body = { ...facts, lotNormalised: normaliseLot(facts.lotRaw), status: 'AVAILABLE' as const }
    if (!(await insertCartridgeLot(context.trx, { ...making(context, cartridgeLotId), body })))
      return refuse('LOT_KNOWN')
    noteChange(context, 'stock.addCartridgeLot', 'cartridge_lot', cartridgeLotId)
    return accept({ cartridgeLotId })
  },

  editCartridgeLot: async (context, { cartridgeLotId, version, facts }) => {
    const lot = await selectCartridgeLot(context.trx, cartridgeLotId)
    if (!lot) return refuse('NOT_FOUND')
    const body = { ...lot.body, ...facts, lotNormalised: normaliseLot(facts.lotRaw) }
    const saved = await updateCartridgeLot(context.trx, { id: cartridgeLotId, version, at: context.now, body })
    return lotSaved(context, saved, {
      action: 'stock.editCartridgeLot',
      subject: 'cartridge_lot',
      id: cartridgeLotId,
      version,
    })
  },

  addProductLot: async (context, { facts }) => {
    const productLotId = context.newId<ProductLotId>()
    const body = { ...facts, lotNormalised: normaliseLot(facts.lotRaw), status: 'AVAILABLE' as const }
    if (!(await insertProductLot(context.trx, { ...making(context, productLotId), body }))) return refuse('LOT_KNOWN')
    noteChange(context, 'stock.addProductLot', 'product_lot', productLotId)
    return accept({ productLotId })
  },

  editProductLot: async (context, { productLotId, version, facts }) => {
    const lot = await selectProductLot(context.trx, productLotId)
    if (!lot) return refuse('NOT_FOUND')
    const body = { ...lot.body, ...facts, lotNormalised: normaliseLot(facts.lotRaw) }
    const saved = await updateProductLot(context.trx, { id: productLotId, version, at: context.now, body })
    return lotSaved(context, saved, {
      action: 'stock.editProductLot',
      subject: 'product_lot',
      id: productLotId,
      version,
    })
  },

  setDeviceStatus: async (context, { deviceId, version, status, reason }) => {
    const device = await selectDevice(context.trx, deviceId)
    if (!device) return refuse('NOT_FOUND')
    if (!mayMoveDevice(device.body.status, status)) return refuse('STATUS_UNCHANGED')
    return moveStatus(context, {
      register: 'DEVICE',
      id: deviceId,
      version,
      from: device.body.status,
      to: status,
      reason,
    })
  },

  setCartridgeLotStatus: async (context, { cartridgeLotId, version, status, reason }) => {
    const lot = await selectCartridgeLot(context.trx, cartridgeLotId)
    if (!lot) return refuse('NOT_FOUND')
    if (!mayMoveLot(lot.body, status, context.today)) return refuseLotMove(lot.body.status, status)
    return moveStatus(context, {
      register: 'CARTRIDGE_LOT',
      id: cartridgeLotId,
      version,
      from: lot.body.status,
      to: status,
      reason,
    })
  },

  setProductLotStatus: async (context, { productLotId, version, status, reason }) => {
    const lot = await selectProductLot(context.trx, productLotId)
    if (!lot) return refuse('NOT_FOUND')
    if (!mayMoveLot(lot.body, status, context.today)) return refuseLotMove(lot.body.status, status)
    return moveStatus(context, {
      register: 'PRODUCT_LOT',
      id: productLotId,
      version,
      from: lot.body.status,
      to: status,
      reason,
    })
  },
} satisfies Handlers<StockContract>

const subjectByRegister = {
  DEVICE: 'device',
  CARTRIDGE_LOT: 'cartridge_lot',
  PRODUCT_LOT: 'product_lot',
} as const satisfies Record<StockRegister, string>

async function moveStatus(
  context: CommandContext,
  change: {
    readonly register: StockRegister
    readonly id: string
    readonly version: number
    readonly from: string
    readonly to: string
    readonly reason: string
  },
) {
  const moved = await moveStockStatus(context.trx, {
    ...change,
    changeId: context.newId<string>(),
    at: context.now,
    by: context.caller.staffId,
  })
  if (!moved) return refuse('CONFLICT')
  noteChange(context, 'stock.setStatus', subjectByRegister[change.register], change.id, change.to)
  return accept({ version: change.version + 1 })
}

function refuseLotMove(from: LotStatus, to: LotStatus) {
  return refuse(from === to ? 'STATUS_UNCHANGED' : 'LOT_PAST_DATE')
}

function lotSaved(
  context: CommandContext,
  saved: StockSave,
  { action, subject, id, version }: { action: string; subject: string; id: string; version: number },
) {
  if (saved !== 'SAVED') return refuse(saved === 'CONFLICT' ? 'CONFLICT' : 'LOT_KNOWN')
  noteChange(context, action, subject, id)
  return accept({ version: version + 1 })
}

function noteChange(
  context: CommandContext,
  action: string,
  subject: string,
  subjectId: string,
  reason: string | null = null,
) {
  context.audit({ action, subject, subjectId, reason })
  context.touch('stock', 'session', 'today')
}

function making<Id extends string>(context: CommandContext, id: Id) {
  return { id, at: context.now, by: context.caller.staffId }
}

function dateStateOn(lastDay: CalendarDate, today: CalendarDate) {
  return dateState(lastDay, today, addDays(today, soonDays))
}
