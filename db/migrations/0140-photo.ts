import { appendOnly, frozenWhen, neverDeleted } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const occasions = ['BASELINE', 'BEFORE_SESSION', 'AFTER_SESSION', 'COMPLICATION', 'OUTCOME']
const views = ['FRONT', 'L45', 'L90', 'R45', 'R90', 'DETAIL']
const uses = ['PATIENT', 'RECORD', 'TEACHING', 'MARKETING']

/** A picture never changes; it can only be marked as entered in error, once. */
const fixedColumns = [
  'id',
  'patient_id',
  'occasion',
  'view_code',
  'zone',
  'side',
  'session_id',
  'complication_id',
  'taken_on',
  'added_at',
  'added_by',
  'image_id',
  'thumbnail_id',
  'original_id',
  'width_px',
  'height_px',
]

export const photo: Migration = {
  id: 140,
  name: 'photo',
  statements: (dialect) => [
    dialect.table(
      'photo',
      `  id text not null primary key,
  patient_id text not null references patient (id),
  occasion text not null ${oneOf('occasion', occasions)},
  view_code text not null ${oneOf('view_code', views)},
  zone text,
  side text,
  session_id text,
  complication_id text,
  taken_on text not null,
  added_at text not null,
  added_by text not null references staff (id),
  image_id text not null references attachment (id),
  thumbnail_id text not null references attachment (id),
  original_id text references attachment (id),
  width_px integer not null check (width_px between 1 and 2048),
  height_px integer not null check (height_px between 1 and 2048),
  voided_at text,
  voided_by text references staff (id),
  void_reason text,
  unique (patient_id, id),
  foreign key (patient_id, session_id) references session (patient_id, id),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  check ((view_code <> 'DETAIL') or zone is not null),
  check ((occasion not in ('BEFORE_SESSION', 'AFTER_SESSION')) or session_id is not null),
  check ((occasion <> 'COMPLICATION') or complication_id is not null),
  check ((voided_at is null) = (voided_by is null)),
  check ((voided_at is null) = (void_reason is null))`,
    ),
    'create index photo_by_patient on photo (patient_id, taken_on)',
    'create index photo_by_session on photo (session_id)',
    'create index photo_by_complication on photo (complication_id)',
    dialect.table(
      'photo_release',
      `  id text not null primary key,
  photo_id text not null,
  patient_id text not null,
  use_code text not null ${oneOf('use_code', uses)},
  recipient text not null,
  released_at text not null,
  released_by text not null references staff (id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)`,
    ),
    'create index photo_release_by_patient on photo_release (patient_id, released_at)',
    ...dialect.triggers([
      ...neverDeleted('photo'),
      ...frozenWhen('photo', 'never_changes', '1 = 1', fixedColumns),
      ...frozenWhen('photo', 'voided_stays_voided', 'old.voided_at is not null', [
        'voided_at',
        'voided_by',
        'void_reason',
      ]),
      ...appendOnly('photo_release'),
    ]),
  ],
}
