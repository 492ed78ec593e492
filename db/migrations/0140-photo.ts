import { appendOnly, changedOnlyWhile, frozenWhen, neverDeleted, refusedInsert } from '../dialects/sqlite.ts'
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
    // What a submitted session says of its photos: which pictures, and by their hash what they show.
    dialect.table(
      'session_photo',
      `  patient_id text not null,
  session_id text not null,
  no integer not null check (no >= 1),
  moment text not null ${oneOf('moment', ['BEFORE', 'AFTER'])},
  photo_id text not null,
  view_code text not null ${oneOf('view_code', views)},
  sha256 text not null check (length(sha256) = 64),
  primary key (session_id, no),
  foreign key (patient_id, session_id) references session (patient_id, id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)`,
    ),
    'create index session_photo_by_photo on session_photo (photo_id, session_id)',
    dialect.table(
      'complication_photo',
      `  complication_id text not null,
  patient_id text not null,
  photo_id text not null,
  primary key (complication_id, photo_id),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)`,
    ),
    'create index complication_photo_by_photo on complication_photo (photo_id)',
    ...dialect.triggers([
      ...refusedInsert(
        'session_photo',
        'was_removed',
        'exists (select 1 from photo where photo.id = new.photo_id and photo.voided_at is not null)',
      ),
      ...refusedInsert(
        'session_photo',
        'is_of_another_day',
        `not exists (select 1 from photo join session on session.id = new.session_id
           where photo.id = new.photo_id and photo.taken_on = session.performed_on)`,
      ),
      ...refusedInsert(
        'session_photo',
        'is_another_picture',
        `not exists (select 1 from photo join attachment on attachment.id = photo.image_id
           where photo.id = new.photo_id and photo.view_code = new.view_code and attachment.sha256 = new.sha256)`,
      ),
      ...changedOnlyWhile('session_photo', {
        parent: 'session',
        column: 'session_id',
        condition: "session.state in ('DRAFT', 'RETURNED')",
      }),
      ...refusedInsert(
        'complication_photo',
        'was_removed',
        'exists (select 1 from photo where photo.id = new.photo_id and photo.voided_at is not null)',
      ),
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
