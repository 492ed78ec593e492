import type { DeviceId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'
import type { ConsentProcedure } from './consent/template.ts'
import type { FitzpatrickType } from './zones.ts'

export const deviceTypes = ['PEN', 'ROLLER', 'STAMP', 'RF_PEN'] as const
export type DeviceType = (typeof deviceTypes)[number]

export const deviceStatuses = ['ACTIVE', 'QUARANTINED', 'RETIRED'] as const
export type DeviceStatus = (typeof deviceStatuses)[number]

export const speedUnits = ['HZ', 'RPM', 'LEVEL'] as const
export type SpeedUnit = (typeof speedUnits)[number]

export type SpeedRange = { readonly unit: SpeedUnit; readonly from: number; readonly to: number }

/** Clinical reference, section 4, register table. Lengths in micrometres. */
export type DeviceBody = {
  readonly manufacturer: string
  readonly model: string
  readonly type: DeviceType
  readonly udiDi: string | null
  readonly serial: string
  /** 510(k) or De Novo number. */
  readonly clearanceNumber: string | null
  readonly maxDepthUm: number
  readonly depthStepUm: number
  /** Null for a roller or stamp, which has no motor. */
  readonly speed: SpeedRange | null
  readonly labelledIndications: string | null
  readonly labelledMinAgeYears: number | null
  /** Empty where the label names no skin type. */
  readonly labelledFst: readonly FitzpatrickType[]
  readonly calibrationDueOn: CalendarDate | null
  readonly cleaningLog: readonly DeviceCleaning[]
  readonly status: DeviceStatus
}
export type DeviceCleaning = { readonly cleanedOn: CalendarDate; readonly by: string; readonly note: string | null }

/** The device as it stood on the day, kept inside the signed session. */
export type DeviceSnapshot = Pick<
  DeviceBody,
  'manufacturer' | 'model' | 'type' | 'udiDi' | 'serial' | 'clearanceNumber' | 'maxDepthUm' | 'depthStepUm' | 'speed'
> & { readonly deviceId: DeviceId }

export type DeviceFacts = DeviceSnapshot & Pick<DeviceBody, 'status' | 'calibrationDueOn'>

export function snapshotDevice(deviceId: DeviceId, device: Omit<DeviceSnapshot, 'deviceId'>): DeviceSnapshot {
  const { manufacturer, model, type, udiDi, serial, clearanceNumber, maxDepthUm, depthStepUm, speed } = device
  return { deviceId, manufacturer, model, type, udiDi, serial, clearanceNumber, maxDepthUm, depthStepUm, speed }
}

/** RF needling is another procedure under law, consent and risk, never logged as plain microneedling. */
export function isRf(type: DeviceType): boolean {
  return type === 'RF_PEN'
}

/** The device alone says which procedure it was: nobody chooses it, so RF cannot be written down as mechanical. */
export function procedureOf(type: DeviceType): Exclude<ConsentProcedure, 'ADDON'> {
  return isRf(type) ? 'RF' : 'MECHANICAL'
}

export type DeviceVerdict = {
  readonly blocks: readonly ('DEVICE_QUARANTINED' | 'DEVICE_RETIRED')[]
  readonly cautions: readonly 'DEVICE_CALIBRATION_OVERDUE'[]
}

/** Quarantine and retirement stop a start (clinical reference, section 5); an overdue calibration is shown. */
export function mayUseDevice(device: Pick<DeviceBody, 'status' | 'calibrationDueOn'>, on: CalendarDate): DeviceVerdict {
  return {
    blocks:
      device.status === 'QUARANTINED' ? ['DEVICE_QUARANTINED'] : device.status === 'RETIRED' ? ['DEVICE_RETIRED'] : [],
    cautions: device.calibrationDueOn !== null && on > device.calibrationDueOn ? ['DEVICE_CALIBRATION_OVERDUE'] : [],
  }
}
