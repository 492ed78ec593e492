import { frozenWhen, neverDeleted, onlyMoves, refusedInsert, refusedUpdate } from '../dialects/sqlite.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const seriesStatuses = ['PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'ENDED_EARLY', 'MAINTENANCE']
const deviceTypes = ['PEN', 'ROLLER', 'STAMP', 'RF_PEN']
const orderStates = ['SIGNED', 'SUPERSEDED', 'REVOKED']

const namesForeignCourse =
  'new.series_id is not null and not exists (select 1 from series where series.id = new.series_id and series.patient_id = new.patient_id)'

export const order: Migration = {
  id: 60,
  name: 'order',
  statements: (dialect) => [
    dialect.table(
      'series',
      `${recordColumns('WITH_PATIENT')},
  status text not null ${oneOf('status', seriesStatuses)},
  sessions_planned integer not null check (sessions_planned between 1 and 12),
  interval_months integer not null check (interval_months between 1 and 12),
  photo_views text check (photo_views <> ''),
  unique (patient_id, id)`,
    ),
    'create index series_by_status on series (status, patient_id)',
    dialect.table(
      'treatment_order',
      `${recordColumns('WITH_PATIENT')},
  series_id text,
  examined_on text not null,
  expires_on text not null,
  device_type text not null ${oneOf('device_type', deviceTypes)},
  sessions integer not null check (sessions >= 1),
  signed_by text not null references staff (id),
  signed_at text not null,
  state text not null ${oneOf('state', orderStates)},
  superseded_by text,
  ended_by text references staff (id),
  ended_at text,
  ended_reason text,
  unique (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, superseded_by) references treatment_order (patient_id, id),
  check ((state = 'SIGNED') = (ended_at is null)),
  check ((ended_at is null) = (ended_by is null)),
  check ((state = 'SUPERSEDED') = (superseded_by is not null)),
  check ((state = 'REVOKED') = (ended_reason is not null))`,
    ),
    'create index treatment_order_by_patient on treatment_order (patient_id, state, expires_on)',
    'create index treatment_order_by_expiry on treatment_order (state, expires_on)',
    ...dialect.triggers([
      // Tables of earlier steps that name a course; later ones say it by a foreign key.
      ...['screening', 'clearance', 'consent'].flatMap((table) =>
        refusedInsert(table, 'names_its_own_course', namesForeignCourse),
      ),
      ...refusedUpdate('screening', 'keeps_its_own_course', namesForeignCourse),
      ...neverDeleted('series'),
      ...frozenWhen('series', 'stays_with_its_patient', '1 = 1', ['id', 'patient_id', 'created_at']),
      ...neverDeleted('treatment_order'),
      ...onlyMoves('treatment_order', 'state', [
        ['SIGNED', 'SUPERSEDED'],
        ['SIGNED', 'REVOKED'],
      ]),
      ...frozenWhen('treatment_order', 'signed_stays', '1 = 1', [
        'id',
        'patient_id',
        'version_id',
        'created_at',
        'series_id',
        'examined_on',
        'expires_on',
        'device_type',
        'sessions',
        'signed_by',
        'signed_at',
      ]),
      ...frozenWhen('treatment_order', 'ended_stays_ended', "old.state <> 'SIGNED'", [
        'superseded_by',
        'ended_by',
        'ended_at',
        'ended_reason',
      ]),
    ]),
  ],
}
