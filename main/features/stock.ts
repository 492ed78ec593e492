import type { Reader } from '../../db/open.ts'
import {
  insertCartridgeLot,
  insertCleaning,
  insertDevice,
  insertMovement,
  insertProductLot,
  moveStockStatus,
  type StockSave,
  saveExpirySoonDays,
  selectCartridgeLot,
  selectCartridgeLots,
  selectCount,
  selectDevice,
  selectDevices,
  selectExpirySoonDays,
  selectMovements,
  selectProductLot,
  selectProductLots,
  selectStatusChanges,
  selectUsesByDay,
  updateCartridgeLot,
  updateDevice,
  updateProductLot,
} from '../../db/queries/stock.ts'
import type { contract } from '../../shared/contract/index.ts'
import { cartridgeLotBody, deviceBody, productLotBody } from '../../shared/contract/schemas/stock.ts'
import { lotOfText } from '../../shared/domain/gs1.ts'
import { type LotStatus, lotStatusOn, normaliseLot } from '../../shared/domain/lot.ts'
import { decideMovement, piecesLeft } from '../../shared/domain/stock-movement.ts'
import { dateState, mayMoveDevice, mayMoveLot, type StockRegister } from '../../shared/domain/stock-status.ts'
import type { CartridgeLotId, DeviceId, ProductLotId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addDays, type CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'

type StockContract = typeof contract.stock

export const stockHandlers = {
  devices: async ({ reader, today }) => {
    const soonFrom = await soonFromOf(reader, today)
    return accept({
      devices: (await selectDevices(reader)).map(({ deviceId, version, body }) => ({
        deviceId,
        version,
        body: deviceBody.parse(body),
        calibration: body.calibrationDueOn === null ? null : dateState(body.calibrationDueOn, today, soonFrom),
      })),
    })
  },

  cartridgeLots: async ({ reader, today }, { text: typed }) => {
    const text = lotOfText(typed, today)
    const soonFrom = await soonFromOf(reader, today)
    return accept({
      readAs: normaliseLot(text) || null,
      lots: (await selectCartridgeLots(reader, { text })).map(({ cartridgeLotId, version, body, count }) => ({
        cartridgeLotId,
        version,
        body: cartridgeLotBody.parse(body),
        statusToday: lotStatusOn(body, today),
        dateState: dateState(body.expiresOn, today, soonFrom),
        count: { ...count, left: piecesLeft(count) },
      })),
    })
  },

  productLots: async ({ reader, today }, { text: typed, kind }) => {
    const text = lotOfText(typed, today)
    const soonFrom = await soonFromOf(reader, today)
    return accept({
      readAs: normaliseLot(text) || null,
      lots: (await selectProductLots(reader, { text, kind })).map(({ productLotId, version, body, count }) => ({
        productLotId,
        version,
        body: productLotBody.parse(body),
        statusToday: lotStatusOn(body, today),
        dateState: dateState(body.expiresOn, today, soonFrom),
        count: { ...count, left: piecesLeft(count) },
      })),
    })
  },

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

  movements: async ({ reader }, { register, id }) =>
    accept({
      movements: (await selectMovements(reader, id)).map(({ kind, pieces, reason, moved_at, moved_by_name }) => ({
        kind,
        pieces,
        reason,
        at: moved_at,
        byName: moved_by_name,
      })),
      uses: register === 'CARTRIDGE_LOT' ? [...(await selectUsesByDay(reader, id as CartridgeLotId))] : [],
    }),

  noteMovement: async (context, { register, id, kind, pieces, reason }) => {
    const { trx } = context
    const count = await selectCount(trx, register, id)
    if (!count) return refuse('NOT_FOUND')
    const problem = decideMovement({ kind, pieces, reason }, count)
    if (problem) return refuse(problem, { left: piecesLeft(count) })
    const movement = { kind, pieces, reason: reason.trim() || null }
    await insertMovement(trx, { ...making(context, context.newId<string>()), register, subjectId: id, movement })
    noteChange(context, 'stock.noteMovement', subjectByRegister[register], id, kind)
    const after = await selectCount(trx, register, id)
    return accept({ left: after ? piecesLeft(after) : 0 })
  },

  settings: async ({ reader }) => accept({ expirySoonDays: await selectExpirySoonDays(reader) }),

  setSettings: async (context, { expirySoonDays }) => {
    await saveExpirySoonDays(context.trx, expirySoonDays)
    context.audit({ action: 'stock.setSettings', subject: 'clinic' })
    context.touch('stock', 'today')
    return accept({})
  },

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

/** The first day that counts as soon, as the clinic set it. */
async function soonFromOf(reader: Reader, today: CalendarDate): Promise<CalendarDate> {
  return addDays(today, await selectExpirySoonDays(reader))
}
