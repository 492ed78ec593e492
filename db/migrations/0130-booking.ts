import { frozenWhen, neverDeleted, onlyMoves } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const services = ['SESSION', 'MAINTENANCE', 'CONSULTATION', 'FOLLOW_UP_CHECK', 'OUTCOME_REVIEW', 'OTHER']
const absenceReasons = ['HOLIDAY', 'ILLNESS', 'TRAINING', 'OTHER']
const dayParts = ['ANY', 'MORNING', 'AFTERNOON']
const waitingStates = ['WAITING', 'BOOKED', 'LEFT']

export const booking: Migration = {
  id: 130,
  name: 'booking',
  statements: (dialect) => [
    dialect.table(
      'booking_setting',
      `  id integer not null primary key check (id = 1),
  version integer not null check (version >= 1),
  talk_min integer not null check (talk_min between 5 and 480),
  late_cancel_hours integer not null check (late_cancel_hours between 0 and 720),
  reminder_days text not null,
  updated_at text not null,
  updated_by text not null references staff (id)`,
    ),
    dialect.table(
      'working_span',
      `  id text not null primary key,
  staff_id text references staff (id),
  weekday integer not null check (weekday between 1 and 7),
  from_time text not null,
  until_time text not null,
  check (until_time > from_time)`,
    ),
    'create index working_span_by_staff on working_span (staff_id, weekday)',
    dialect.table(
      'absence',
      `  id text not null primary key,
  staff_id text references staff (id),
  from_on text not null,
  until_on text not null,
  reason text not null ${oneOf('reason', absenceReasons)},
  created_at text not null,
  created_by text not null references staff (id),
  taken_back_at text,
  taken_back_by text references staff (id),
  check (until_on >= from_on),
  check ((taken_back_at is null) = (taken_back_by is null))`,
    ),
    'create index absence_by_day on absence (until_on, from_on)',
    dialect.table(
      'waiting_entry',
      `  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  created_at text not null,
  created_by text not null references staff (id),
  updated_at text not null,
  service text not null ${oneOf('service', services)},
  series_id text,
  length_min integer not null check (length_min between 5 and 480),
  practitioner_id text references staff (id),
  day_part text not null ${oneOf('day_part', dayParts)},
  from_on text not null,
  until_on text,
  note text,
  state text not null ${oneOf('state', waitingStates)},
  visit_id text,
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, visit_id) references visit (patient_id, id),
  check ((state = 'BOOKED') = (visit_id is not null)),
  check (until_on is null or until_on >= from_on)`,
    ),
    'create index waiting_entry_by_state on waiting_entry (state, created_at)',
    'create index waiting_entry_by_patient on waiting_entry (patient_id)',
    ...dialect.triggers([
      ...neverDeleted('absence'),
      ...frozenWhen('absence', 'stays_as_entered', '1 = 1', ['id', 'staff_id', 'from_on', 'until_on', 'created_by']),
      ...neverDeleted('waiting_entry'),
      ...frozenWhen('waiting_entry', 'stays_with_its_patient', '1 = 1', [
        'id',
        'patient_id',
        'created_at',
        'created_by',
      ]),
      ...onlyMoves('waiting_entry', 'state', [
        ['WAITING', 'BOOKED'],
        ['WAITING', 'LEFT'],
      ]),
    ]),
  ],
}
