import { z } from 'zod'
import type { DeviceBody, DeviceSnapshot } from '../../domain/device.ts'
import { deviceStatuses, deviceTypes, speedUnits } from '../../domain/device.ts'
import type { CartridgeLotBody, ProductLotBody } from '../../domain/lot.ts'
import { anaestheticAgents, lotStatuses, normaliseLot, productClasses, productKinds } from '../../domain/lot.ts'
import { fitzpatrickTypes } from '../../domain/zones.ts'
import { calendarDate, deviceId, filledLine, line } from '../scalars.ts'
import type { SameType } from './same-type.ts'

/** A depth or needle length in micrometres; far above any device, so that only typing errors of the wire are refused. */
export const lengthUm = z.int().min(0).max(100_000)

/** What a field for typing and scanning holds; the separator of GS1 travels as its visible sign. */
export const scannedText = line(200)

/** The lot as typed. Its search spelling must not be empty. */
export const lotRaw = filledLine(60).refine((text) => normaliseLot(text) !== '', 'a lot needs a letter or digit')

const speedRange = z
  .strictObject({ unit: z.enum(speedUnits), from: z.number().min(0).max(100_000), to: z.number().min(0).max(100_000) })
  .refine(({ from, to }) => from <= to, 'the range begins above its end')

const deviceFacts = {
  manufacturer: filledLine(120),
  model: filledLine(120),
  type: z.enum(deviceTypes),
  udiDi: filledLine(60).nullable(),
  serial: filledLine(60),
  clearanceNumber: filledLine(30).nullable(),
  maxDepthUm: lengthUm.min(100),
  depthStepUm: lengthUm.min(1),
  speed: speedRange.nullable(),
}

export const deviceSnapshot = z.strictObject({ deviceId, ...deviceFacts }) satisfies z.ZodType<DeviceSnapshot>

export const deviceBody = z.strictObject({
  ...deviceFacts,
  labelledIndications: filledLine(500).nullable(),
  labelledMinAgeYears: z.int().min(0).max(120).nullable(),
  labelledFst: z.array(z.enum(fitzpatrickTypes)).max(fitzpatrickTypes.length),
  calibrationDueOn: calendarDate.nullable(),
  cleaningLog: z
    .array(z.strictObject({ cleanedOn: calendarDate, by: filledLine(120), note: line(500).nullable() }))
    .max(2000),
  status: z.enum(deviceStatuses),
}) satisfies z.ZodType<DeviceBody>
true satisfies SameType<z.infer<typeof deviceBody>, DeviceBody>

/** Send these in; the search spelling of the lot is made by `normaliseLot` and never typed. */
export const cartridgeLotInput = z.strictObject({
  manufacturer: filledLine(120),
  model: filledLine(120),
  udiDi: filledLine(60).nullable(),
  lotRaw,
  expiresOn: calendarDate,
  needleCount: z.int().min(1).max(1000),
  needleGauge: z.int().min(1).max(60).nullable(),
  maxLengthUm: lengthUm.min(100),
  sterileMethod: filledLine(120).nullable(),
  receivedQuantity: z.int().min(0).max(100_000),
  receivedOn: calendarDate,
  supplier: filledLine(120).nullable(),
  status: z.enum(lotStatuses),
})
export const cartridgeLotBody = cartridgeLotInput.extend({
  lotNormalised: filledLine(60),
}) satisfies z.ZodType<CartridgeLotBody>
true satisfies SameType<z.infer<typeof cartridgeLotBody>, CartridgeLotBody>

export const agentStrength = z.strictObject({ agent: z.enum(anaestheticAgents), percent: z.number().min(0).max(100) })

export const productLotInput = z.strictObject({
  kind: z.enum(productKinds),
  name: filledLine(120),
  productClass: z.enum(productClasses),
  ingredientsOfConcern: z.array(filledLine(80)).max(50),
  agents: z.array(agentStrength).max(10),
  lotRaw,
  expiresOn: calendarDate,
  openedOn: calendarDate.nullable(),
  status: z.enum(lotStatuses),
})
export const productLotBody = productLotInput.extend({
  lotNormalised: filledLine(60),
}) satisfies z.ZodType<ProductLotBody>
true satisfies SameType<z.infer<typeof productLotBody>, ProductLotBody>
