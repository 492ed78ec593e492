import type { DeviceStatus, DeviceType, SpeedUnit } from '../../shared/domain/device.ts'
import type { LotStatus, ProductClass, ProductKind } from '../../shared/domain/lot.ts'
import type { StockMovementKind } from '../../shared/domain/stock-movement.ts'
import type { StockRegister } from '../../shared/domain/stock-status.ts'
import type { CartridgeLotId, DeviceId, ProductLotId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

interface StockRow {
  version: number
  created_at: Instant
  updated_at: Instant
  created_by: StaffId
}

export interface DeviceTable extends StockRow {
  id: DeviceId
  manufacturer: string
  model: string
  type: DeviceType
  udi_di: string | null
  serial: string
  /** Manufacturer and serial number, folded: one device stands in the register once. */
  serial_key: string
  clearance_number: string | null
  max_depth_um: number
  depth_step_um: number
  speed_unit: SpeedUnit | null
  /** JSON `[from, to]` in the unit beside it. */
  speed_range: string | null
  labelled_indications: string | null
  labelled_min_age_years: number | null
  /** JSON array of skin types. */
  labelled_fst: string
  calibration_due_on: CalendarDate | null
  status: DeviceStatus
}

export interface DeviceCleaningTable {
  id: string
  device_id: DeviceId
  cleaned_on: CalendarDate
  cleaned_by: string
  note: string | null
  created_at: Instant
  created_by: StaffId
}

export interface CartridgeLotTable extends StockRow {
  id: CartridgeLotId
  manufacturer: string
  model: string
  udi_di: string | null
  lot_raw: string
  lot_normalised: string
  /** Manufacturer and model, folded: a lot number means something only together with what it is a lot of. */
  article_key: string
  expires_on: CalendarDate
  needle_count: number
  needle_gauge: number | null
  max_length_um: number
  sterile_method: string | null
  /** Kept by the store: the sum of receipts and corrections in `stock_movement`. */
  received_quantity: number
  /** Kept by the store: pieces that started sessions name; sessions entered in error do not count. */
  used_quantity: number
  /** Kept by the store, as the first. */
  discarded_quantity: number
  received_on: CalendarDate
  supplier: string | null
  status: LotStatus
}

export interface ProductLotTable extends StockRow {
  id: ProductLotId
  kind: ProductKind
  name: string
  product_class: ProductClass
  /** JSON array of names. */
  ingredients_of_concern: string
  /** JSON array of `{agent, percent}`. */
  agents: string
  lot_raw: string
  lot_normalised: string
  article_key: string
  expires_on: CalendarDate
  opened_on: CalendarDate | null
  /** Packs, kept by the store from `stock_movement`. */
  received_quantity: number
  discarded_quantity: number
  status: LotStatus
}

/** Why a device or lot was taken out of use, or put back: one row per change, never altered. */
export interface StockStatusChangeTable {
  id: string
  register: StockRegister
  subject_id: string
  from_status: string
  to_status: string
  reason: string
  changed_at: Instant
  changed_by: StaffId
}

/** What came in, was thrown away, set aside or counted anew: one row per movement, never altered. */
export interface StockMovementTable {
  id: string
  register: Exclude<StockRegister, 'DEVICE'>
  subject_id: string
  kind: StockMovementKind
  /** Below nothing only where a count found fewer. */
  pieces: number
  reason: string | null
  moved_at: Instant
  moved_by: StaffId
}

export type StockTables = {
  stock_movement: StockMovementTable
  device: DeviceTable
  device_cleaning: DeviceCleaningTable
  cartridge_lot: CartridgeLotTable
  product_lot: ProductLotTable
  stock_status_change: StockStatusChangeTable
}
