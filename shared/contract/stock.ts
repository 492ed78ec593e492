import { z } from 'zod'
import { deviceStatuses } from '../domain/device.ts'
import { lotStatuses, productKinds } from '../domain/lot.ts'
import { dateStates, stockRegisters } from '../domain/stock-status.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  cartridgeLotId,
  deviceId,
  filledLine,
  instant,
  line,
  nothing,
  productLotId,
  recordVersion,
} from './scalars.ts'
import { cartridgeLotBody, cartridgeLotInput, deviceBody, productLotBody, productLotInput } from './schemas/stock.ts'

/** Everything but status and cleaning log, which have procedures of their own. */
const deviceFacts = deviceBody.omit({ status: true, cleaningLog: true })
const cartridgeLotFacts = cartridgeLotInput.omit({ status: true })
const productLotFacts = productLotInput.omit({ status: true })

const deviceRow = z.object({
  deviceId,
  version: recordVersion,
  body: deviceBody,
  calibration: z.enum(dateStates).nullable(),
})
export type DeviceRow = z.output<typeof deviceRow>

/** `statusToday` is EXPIRED where the date has passed, whatever was stored. */
const lotToday = { statusToday: z.enum(lotStatuses), dateState: z.enum(dateStates) }
const cartridgeLotRow = z.object({ cartridgeLotId, version: recordVersion, body: cartridgeLotBody, ...lotToday })
export type CartridgeLotRow = z.output<typeof cartridgeLotRow>
const productLotRow = z.object({ productLotId, version: recordVersion, body: productLotBody, ...lotToday })
export type ProductLotRow = z.output<typeof productLotRow>

const lotSearch = z.strictObject({
  /** A lot number in any spelling, a maker, a model or a name. Empty: all. */
  text: line(120),
})
const lotText = z.object({
  /** How the text was read as a lot number; null where nothing of it can be one. */
  readAs: z.string().nullable(),
})
const reason = filledLine(500)

export const stock = {
  devices: query({ may: 'stock.read', input: nothing, output: z.object({ devices: z.array(deviceRow) }) }),
  cartridgeLots: query({
    may: 'stock.read',
    input: lotSearch,
    output: lotText.extend({ lots: z.array(cartridgeLotRow) }),
  }),
  productLots: query({
    may: 'stock.read',
    input: lotSearch.extend({ kind: z.enum(productKinds).nullable() }),
    output: lotText.extend({ lots: z.array(productLotRow) }),
  }),
  /** Who changed the status when and why, newest first. */
  statusChanges: query({
    may: 'stock.read',
    input: z.strictObject({ register: z.enum(stockRegisters), id: z.uuid() }),
    output: z.object({
      changes: z.array(
        z.object({ from: z.string(), to: z.string(), reason: z.string(), at: instant, byName: z.string() }),
      ),
    }),
  }),
  addDevice: command({
    may: 'stock.write',
    input: z.strictObject({ facts: deviceFacts }),
    output: z.object({ deviceId }),
    refusals: ['DEVICE_KNOWN'],
  }),
  editDevice: command({
    may: 'stock.write',
    input: z.strictObject({ deviceId, version: recordVersion, facts: deviceFacts }),
    output: z.object({ version: recordVersion }),
    refusals: ['DEVICE_KNOWN'],
  }),
  addCleaning: command({
    may: 'stock.write',
    input: z.strictObject({ deviceId, cleanedOn: calendarDate, note: line(500).nullable() }),
    output: nothing,
    refusals: ['DATE_IN_FUTURE'],
  }),
  addCartridgeLot: command({
    may: 'stock.write',
    input: z.strictObject({ facts: cartridgeLotFacts }),
    output: z.object({ cartridgeLotId }),
    refusals: ['LOT_KNOWN'],
  }),
  editCartridgeLot: command({
    may: 'stock.write',
    input: z.strictObject({ cartridgeLotId, version: recordVersion, facts: cartridgeLotFacts }),
    output: z.object({ version: recordVersion }),
    refusals: ['LOT_KNOWN'],
  }),
  addProductLot: command({
    may: 'stock.write',
    input: z.strictObject({ facts: productLotFacts }),
    output: z.object({ productLotId }),
    refusals: ['LOT_KNOWN'],
  }),
  editProductLot: command({
    may: 'stock.write',
    input: z.strictObject({ productLotId, version: recordVersion, facts: productLotFacts }),
    output: z.object({ version: recordVersion }),
    refusals: ['LOT_KNOWN'],
  }),
  setDeviceStatus: command({
    may: 'stock.write',
    input: z.strictObject({ deviceId, version: recordVersion, status: z.enum(deviceStatuses), reason }),
    output: z.object({ version: recordVersion }),
    refusals: ['STATUS_UNCHANGED'],
  }),
  setCartridgeLotStatus: command({
    may: 'stock.write',
    input: z.strictObject({ cartridgeLotId, version: recordVersion, status: z.enum(lotStatuses), reason }),
    output: z.object({ version: recordVersion }),
    refusals: ['STATUS_UNCHANGED', 'LOT_PAST_DATE'],
  }),
  setProductLotStatus: command({
    may: 'stock.write',
    input: z.strictObject({ productLotId, version: recordVersion, status: z.enum(lotStatuses), reason }),
    output: z.object({ version: recordVersion }),
    refusals: ['STATUS_UNCHANGED', 'LOT_PAST_DATE'],
  }),
}
