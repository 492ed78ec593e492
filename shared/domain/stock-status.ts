import type { CalendarDate } from '../kernel/time.ts'
import type { DeviceStatus } from './device.ts'
import { isExpired, type LotStatus } from './lot.ts'

export const stockRegisters = ['DEVICE', 'CARTRIDGE_LOT', 'PRODUCT_LOT'] as const
export type StockRegister = (typeof stockRegisters)[number]

/**
 * What a person may set. A lot past its date cannot be made available again; that a recall was withdrawn, or a
 * quarantine was a mistake, is a change like any other and keeps its reason (clinical reference, section 4).
 */
export function mayMoveLot(
  lot: { readonly status: LotStatus; readonly expiresOn: CalendarDate },
  to: LotStatus,
  on: CalendarDate,
): boolean {
  if (to === lot.status) return false
  return to !== 'AVAILABLE' || !isExpired(lot.expiresOn, on)
}

export function mayMoveDevice(from: DeviceStatus, to: DeviceStatus): boolean {
  return from !== to
}

export const dateStates = ['IN_DATE', 'ENDS_SOON', 'PAST'] as const
export type DateState = (typeof dateStates)[number]

/** How a date up to and including which something is good stands to `on`; `soonDays` is when a clinic wants to know. */
export function dateState(lastDay: CalendarDate, on: CalendarDate, soonFrom: CalendarDate): DateState {
  if (on > lastDay) return 'PAST'
  return lastDay <= soonFrom ? 'ENDS_SOON' : 'IN_DATE'
}
