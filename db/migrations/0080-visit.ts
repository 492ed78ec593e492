import { frozenWhen, neverDeleted } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const services = ['SESSION', 'MAINTENANCE', 'CONSULTATION', 'FOLLOW_UP_CHECK', 'OUTCOME_REVIEW', 'OTHER']
const statuses = ['EXPECTED', 'HERE', 'IN_ROOM', 'DONE', 'CANCELLED']
const cancelReasons = ['PATIENT', 'CLINIC', 'NO_SHOW', 'MISTAKE']

export const visit: Migration = {
  id: 80,
  name: 'visit',
  statements: (dialect) => [
    dialect.table(
      'visit',
      `  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  created_at text not null,
  created_by text not null references staff (id),
  updated_at text not null,
  on_date text not null,
  at_time text not null,
  service text not null ${oneOf('service', services)},
  service_note text,
  practitioner_id text references staff (id),
  room text,
  status text not null ${oneOf('status', statuses)},
  arrived_at text,
  left_at text,
  cancelled_at text,
  cancel_reason text ${oneOf('cancel_reason', cancelReasons)},
  unique (patient_id, id),
  check ((status = 'CANCELLED') = (cancel_reason is not null)),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  check ((status in ('EXPECTED', 'CANCELLED')) or arrived_at is not null),
  check ((status = 'DONE') = (left_at is not null))`,
    ),
    'create index visit_by_day on visit (on_date, at_time, id)',
    'create index visit_by_patient on visit (patient_id, on_date)',
    ...dialect.triggers([
      ...neverDeleted('visit'),
      ...frozenWhen('visit', 'stays_with_its_patient', '1 = 1', ['id', 'patient_id', 'created_at', 'created_by']),
    ]),
  ],
}
