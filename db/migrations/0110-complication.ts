import { frozenWhen, neverDeleted, onlyMoves, refusedInsert, refusedUpdate } from '../dialects/sqlite.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

// The lists stand here as they were when this step shipped.
const states = ['OPEN', 'UNDER_REVIEW', 'MONITORING', 'CLOSED']
const followUpKinds = [
  'DAY_1_MESSAGE',
  'DAY_3_CHECK',
  'DAY_14_CHECK',
  'COMPLICATION_CHECK',
  'REACTION_CHECK',
  'CALL',
  'TAKE_DOWN',
  'OUTCOME_REVIEW',
]
const followUpStates = ['OPEN', 'DONE', 'CANCELLED']

const flag = (column: string) => `${column} integer not null check (${column} in (0, 1))`

export const complication: Migration = {
  id: 110,
  name: 'complication',
  statements: (dialect) => [
    dialect.table(
      'complication',
      `${recordColumns('WITH_PATIENT')},
  code text,
  grade integer check (grade between 1 and 5),
  worst_grade integer check (worst_grade between 1 and 5),
  onset_on text,
  reported_at text not null,
  taken_by text not null references staff (id),
  ${flag('red_flag')},
  ${flag('blocks')},
  ${flag('acknowledged')},
  notified_at text,
  outcome text not null,
  resolved_on text,
  state text not null ${oneOf('state', states)},
  closed_at text,
  unique (patient_id, id),
  check (grade is null or worst_grade >= grade),
  check ((state = 'CLOSED') = (closed_at is not null))`,
    ),
    'create index complication_by_patient on complication (patient_id, reported_at, id)',
    `create index complication_open on complication (red_flag, reported_at, id) where state <> 'CLOSED'`,
    dialect.table(
      'complication_session',
      `  complication_id text not null,
  patient_id text not null,
  session_id text not null,
  primary key (complication_id, session_id),
  foreign key (patient_id, complication_id) references complication (patient_id, id),
  foreign key (patient_id, session_id) references session (patient_id, id)`,
    ),
    'create index complication_session_by_session on complication_session (session_id)',
    dialect.table(
      'complication_zone',
      `  complication_id text not null references complication (id),
  patient_id text not null,
  no integer not null check (no >= 1),
  zone text not null,
  side text not null ${oneOf('side', ['L', 'R', 'M'])},
  site text,
  primary key (complication_id, no)`,
    ),
    'create index complication_zone_by_place on complication_zone (patient_id, zone, side)',
    dialect.table(
      'follow_up',
      `  id text not null primary key,
  version integer not null check (version >= 1),
  patient_id text not null references patient (id),
  kind text not null ${oneOf('kind', followUpKinds)},
  session_id text,
  complication_id text,
  reaction_code text,
  due_on text not null,
  needs_photos integer not null check (needs_photos in (0, 1)),
  owner_id text references staff (id),
  state text not null ${oneOf('state', followUpStates)},
  outcome text,
  done_on text,
  done_by text references staff (id),
  created_at text not null,
  updated_at text not null,
  check ((state = 'DONE') = (done_on is not null)),
  foreign key (patient_id, session_id) references session (patient_id, id),
  foreign key (patient_id, complication_id) references complication (patient_id, id)`,
    ),
    `create index follow_up_due on follow_up (due_on, id) where state = 'OPEN'`,
    'create index follow_up_by_patient on follow_up (patient_id, due_on, id)',
    'create index follow_up_by_complication on follow_up (complication_id, due_on)',
    'create index follow_up_by_session on follow_up (session_id, due_on)',
    ...dialect.triggers([
      ...neverDeleted('complication'),
      ...refusedInsert('complication', 'begins_open', "new.state <> 'OPEN'"),
      ...frozenWhen('complication', 'keeps_its_identity', '1 = 1', [
        'id',
        'patient_id',
        'created_at',
        'reported_at',
        'taken_by',
      ]),
      ...onlyMoves('complication', 'state', [
        ['OPEN', 'UNDER_REVIEW'],
        ['UNDER_REVIEW', 'MONITORING'],
        ['MONITORING', 'CLOSED'],
        ['CLOSED', 'OPEN'],
      ]),
      // Grade 2 and more is closed by a physician's signature over the very version that is closed (section 7).
      ...refusedUpdate(
        'complication',
        'closed_needs_a_physician',
        `new.state = 'CLOSED' and old.state <> 'CLOSED' and new.worst_grade >= 2 and not exists (select 1 from signature
           join staff_grant on staff_grant.staff_id = signature.signer_id and staff_grant.role = 'physician'
             and staff_grant.ended_at is null
           where signature.kind = 'complication' and signature.record_id = new.id and signature.version_id = new.version_id)`,
      ),
      ...frozenWhen('complication', 'closed_stays', "old.state = 'CLOSED' and new.state = 'CLOSED'", [
        'version_id',
        'grade',
        'worst_grade',
        'code',
        'outcome',
        'resolved_on',
      ]),
      ...neverDeleted('complication_session'),
      ...neverDeleted('follow_up'),
      ...frozenWhen('follow_up', 'done_stays', "old.state <> 'OPEN'", [
        'state',
        'outcome',
        'done_on',
        'done_by',
        'due_on',
        'kind',
      ]),
    ]),
  ],
}
