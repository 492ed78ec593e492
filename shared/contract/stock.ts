import { z } from 'zod'
import { deviceStatuses } from '../domain/device.ts'
import { lotStatuses, productKinds } from '../domain/lot.ts'
import { notedMovementKinds, stockMovementKinds } from '../domain/stock-movement.ts'
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
import {
  cartridgeLotBody,
  cartridgeLotInput,
  deviceBody,
  productLotBody,
  productLotInput,
  scannedText,
} from './schemas/stock.ts'

/** Everything but status and cleaning log, which have procedures of their own. */
const deviceFacts = deviceBody.omit({ status: true, cleaningLog: true })
const cartridgeLotFacts = cartridgeLotInput.omit({ status: true })
/** What came in later, or was counted anew, is a movement of its own. */
const editedCartridgeLotFacts = cartridgeLotFacts.omit({ receivedQuantity: true })
const productLotFacts = productLotInput.omit({ status: true })

const deviceRow = z.object({
  deviceId,
  version: recordVersion,
  body: deviceBody,
  calibration: z.enum(dateStates).nullable(),
})
export type DeviceRow = z.output<typeof deviceRow>

/** `statusToday` is EXPIRED where the date has passed, whatever was stored. */
const lotToday = {
  statusToday: z.enum(lotStatuses),
  dateState: z.enum(dateStates),
  count: z.object({ received: z.int(), used: z.int(), discarded: z.int(), left: z.int() }),
}
const cartridgeLotRow = z.object({ cartridgeLotId, version: recordVersion, body: cartridgeLotBody, ...lotToday })
export type CartridgeLotRow = z.output<typeof cartridgeLotRow>
const productLotRow = z.object({ productLotId, version: recordVersion, body: productLotBody, ...lotToday })
export type ProductLotRow = z.output<typeof productLotRow>

const lotSearch = z.strictObject({
  /** A lot number in any spelling, a scanned label, a maker, a model or a name. Empty: all. */
  text: scannedText,
})
const lotText = z.object({
  /** How the text was read as a lot number; null where nothing of it can be one. */
  readAs: z.string().nullable(),
})
const reason = filledLine(500)
const lotRegisters = ['CARTRIDGE_LOT', 'PRODUCT_LOT'] as const
const stockSettings = z.strictObject({
  /** From so many days before its end a lot or a calibration is shown as ending soon. */
  expirySoonDays: z.int().min(1).max(365),
})

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
  /** What came in, went out, was set aside or counted anew, newest first; uses are told by the sessions themselves. */
  movements: query({
    may: 'stock.read',
    input: z.strictObject({ register: z.enum(lotRegisters), id: z.uuid() }),
    output: z.object({
      movements: z.array(
        z.object({
          kind: z.enum(stockMovementKinds),
          pieces: z.int(),
          reason: z.string().nullable(),
          at: instant,
          byName: z.string(),
        }),
      ),
      /** By the day of the session; null where it is not entered yet. */
      uses: z.array(z.object({ on: calendarDate.nullable(), pieces: z.int() })),
    }),
  }),
  noteMovement: command({
    may: 'stock.write',
    input: z.strictObject({
      register: z.enum(lotRegisters),
      id: z.uuid(),
      kind: z.enum(notedMovementKinds),
      /** Below nothing only for a correction downwards. */
      pieces: z.int().min(-100_000).max(100_000),
      reason: line(500),
    }),
    output: z.object({ left: z.int() }),
    refusals: ['PIECES_MISSING', 'MORE_THAN_LEFT', 'REASON_MISSING'],
  }),
  settings: query({ may: 'stock.read', input: nothing, output: stockSettings }),
  setSettings: command({ may: 'clinic.write', input: stockSettings, output: nothing }),
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
    input: z.strictObject({ cartridgeLotId, version: recordVersion, facts: editedCartridgeLotFacts }),
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
