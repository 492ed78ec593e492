import { appendOnly, frozenWhen, neverDeleted } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const deviceTypes = ['PEN', 'ROLLER', 'STAMP', 'RF_PEN']
const deviceStatuses = ['ACTIVE', 'QUARANTINED', 'RETIRED']
const speedUnits = ['HZ', 'RPM', 'LEVEL']
const lotStatuses = ['AVAILABLE', 'QUARANTINED', 'RECALLED', 'EXPIRED']
const productKinds = ['ANAESTHETIC', 'GLIDE_GEL', 'SERUM', 'ANTISEPTIC', 'POST_CARE']
const productClasses = ['RESTORATIVE', 'NEUTRAL', 'ACTIVE_AVOID']
const registers = ['DEVICE', 'CARTRIDGE_LOT', 'PRODUCT_LOT']

const rowColumns = `  id text not null primary key,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  created_by text not null references staff (id)`

export const stock: Migration = {
  id: 70,
  name: 'stock',
  statements: (dialect) => [
    dialect.table(
      'device',
      `${rowColumns},
  manufacturer text not null,
  model text not null,
  type text not null ${oneOf('type', deviceTypes)},
  udi_di text,
  serial text not null,
  serial_key text not null unique,
  clearance_number text,
  max_depth_um integer not null check (max_depth_um >= 100),
  depth_step_um integer not null check (depth_step_um >= 1),
  speed_unit text ${oneOf('speed_unit', speedUnits)},
  speed_range text,
  labelled_indications text,
  labelled_min_age_years integer,
  labelled_fst text not null,
  calibration_due_on text,
  status text not null ${oneOf('status', deviceStatuses)},
  check ((speed_unit is null) = (speed_range is null))`,
    ),
    'create index device_by_status on device (status, manufacturer, model)',
    dialect.table(
      'device_cleaning',
      `  id text not null primary key,
  device_id text not null references device (id),
  cleaned_on text not null,
  cleaned_by text not null,
  note text,
  created_at text not null,
  created_by text not null references staff (id)`,
    ),
    'create index device_cleaning_by_device on device_cleaning (device_id, cleaned_on)',
    dialect.table(
      'cartridge_lot',
      `${rowColumns},
  manufacturer text not null,
  model text not null,
  udi_di text,
  lot_raw text not null,
  lot_normalised text not null,
  article_key text not null,
  expires_on text not null,
  needle_count integer not null check (needle_count >= 1),
  needle_gauge integer,
  max_length_um integer not null check (max_length_um >= 100),
  sterile_method text,
  received_quantity integer not null check (received_quantity >= 0),
  received_on text not null,
  supplier text,
  status text not null ${oneOf('status', lotStatuses)},
  unique (lot_normalised, article_key)`,
    ),
    'create index cartridge_lot_by_expiry on cartridge_lot (status, expires_on)',
    dialect.table(
      'product_lot',
      `${rowColumns},
  kind text not null ${oneOf('kind', productKinds)},
  name text not null,
  product_class text not null ${oneOf('product_class', productClasses)},
  ingredients_of_concern text not null,
  agents text not null,
  lot_raw text not null,
  lot_normalised text not null,
  article_key text not null,
  expires_on text not null,
  opened_on text,
  status text not null ${oneOf('status', lotStatuses)},
  unique (lot_normalised, article_key)`,
    ),
    'create index product_lot_by_expiry on product_lot (status, expires_on)',
    dialect.table(
      'stock_status_change',
      `  id text not null primary key,
  register text not null ${oneOf('register', registers)},
  subject_id text not null,
  from_status text not null,
  to_status text not null,
  reason text not null check (reason <> ''),
  changed_at text not null,
  changed_by text not null references staff (id),
  check (from_status <> to_status)`,
    ),
    'create index stock_status_change_by_subject on stock_status_change (subject_id, changed_at)',
    ...dialect.triggers([
      ...neverDeleted('device'),
      ...frozenWhen('device', 'keeps_its_identity', '1 = 1', ['id', 'created_at', 'created_by']),
      ...appendOnly('device_cleaning'),
      ...neverDeleted('cartridge_lot'),
      ...frozenWhen('cartridge_lot', 'keeps_its_identity', '1 = 1', ['id', 'created_at', 'created_by']),
      ...neverDeleted('product_lot'),
      ...frozenWhen('product_lot', 'keeps_its_identity', '1 = 1', ['id', 'created_at', 'created_by']),
      ...appendOnly('stock_status_change'),
    ]),
  ],
}
