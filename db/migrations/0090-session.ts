import {
  appendOnly,
  changedOnlyWhile,
  frozenWhen,
  neverDeleted,
  onlyMoves,
  refusedInsert,
  refusedUpdate,
} from '../dialects/sqlite.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const states = ['DRAFT', 'SUBMITTED', 'RETURNED', 'SIGNED', 'VOIDED', 'CANCELLED']
const dispositions = ['ACCEPTED', 'COUNSELLED', 'INCIDENT', 'REPORTED']
const sides = ['L', 'R', 'M']
const productUses = ['SKIN_PREP', 'ANAESTHETIC', 'ADDON', 'DURING', 'AFTER']

const flag = (column: string) => `${column} integer not null check (${column} in (0, 1))`
const count = (column: string) => `${column} integer not null check (${column} >= 0)`

const ofSession = `patient_id text not null,
  session_id text not null`
const toSession = 'foreign key (patient_id, session_id) references session (patient_id, id)'

export const session: Migration = {
  id: 90,
  name: 'session',
  statements: (dialect) => [
    dialect.table(
      'session',
      `${recordColumns('WITH_PATIENT')},
  series_id text not null,
  session_no integer not null check (session_no >= 1),
  practitioner_id text not null references staff (id),
  ${flag('author_is_physician')},
  supervising_physician_id text references staff (id),
  order_id text,
  consent_id text,
  device_id text references device (id),
  ${flag('is_rf')},
  policy_version_id text references record_version (id),
  ${flag('record_only')},
  ${flag('is_started')},
  gate_passed_at text,
  started_at text,
  ended_at text,
  performed_on text,
  room_key text,
  ${count('zones')},
  max_depth_um integer,
  ${count('deviations')},
  ${count('warnings')},
  ${count('red_flags')},
  ${flag('late_entry')},
  ${count('complications')},
  state text not null ${oneOf('state', states)},
  ${count('submissions')},
  ${count('returns')},
  queue_group integer not null check (queue_group between 0 and 2),
  ${flag('sign_off_required')},
  submitted_at text,
  due_at text,
  escalate_at text,
  signed_at text,
  signed_by text references staff (id),
  voided_at text,
  voided_by text references staff (id),
  void_reason text,
  correct_session_id text,
  unique (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, order_id) references treatment_order (patient_id, id),
  foreign key (patient_id, consent_id) references consent (patient_id, id),
  check (state <> 'CANCELLED' or is_started = 0),
  check (state not in ('SUBMITTED', 'RETURNED', 'SIGNED', 'VOIDED') or is_started = 1),
  check (gate_passed_at is null or (is_started = 1 and record_only = 0)),
  check (gate_passed_at is null or policy_version_id is not null or author_is_physician = 1),
  check (record_only = 0 or is_started = 1),
  check (state not in ('SUBMITTED', 'RETURNED', 'SIGNED') or (submitted_at is not null and performed_on is not null)),
  check ((submitted_at is null) = (due_at is null)),
  check ((submitted_at is null) = (escalate_at is null)),
  check ((signed_at is null) = (signed_by is null)),
  check (sign_off_required = 1 or state <> 'SUBMITTED'
    or (queue_group = 2 and deviations = 0 and warnings = 0 and red_flags = 0 and complications = 0)),
  check (state <> 'SIGNED' or signed_at is not null),
  check (signed_at is null or state in ('SIGNED', 'VOIDED')),
  check ((state = 'VOIDED') = (voided_at is not null)),
  check ((voided_at is null) = (voided_by is null)),
  check ((voided_at is null) = (void_reason is null))`,
    ),
    `create unique index session_no_in_series on session (series_id, session_no) where state <> 'VOIDED' and state <> 'CANCELLED'`,
    'create index session_by_patient on session (patient_id, created_at, id)',
    // The chart's timeline reads its newest lines alone, however many visits lie behind them.
    'create index session_told on session (patient_id, (coalesce(started_at, created_at)), id)',
    `create index session_unfinished on session (patient_id, created_at, id)
      where state in ('DRAFT', 'SUBMITTED', 'RETURNED')`,
    `create index session_done on session (patient_id, performed_on, id, series_id, order_id)
      where is_started = 1 and state not in ('VOIDED', 'CANCELLED')`,
    'create index session_by_series on session (series_id, performed_on)',
    'create index session_by_order on session (order_id)',
    'create index session_by_day on session (performed_on, id)',
    `create index session_queue on session (queue_group, due_at, id, practitioner_id, sign_off_required) where state = 'SUBMITTED'`,
    `create index session_queue_of on session (supervising_physician_id, queue_group, due_at, id) where state = 'SUBMITTED'`,
    `create index session_open_work on session (practitioner_id, updated_at, id) where state in ('DRAFT', 'RETURNED')`,
    // An opening is what the audit says about it; by this index the queue can ask for it.
    `create index audit_entry_session_opened on audit_entry (version_id, actor_id) where action = 'session.open'`,
    dialect.table(
      'session_zone',
      `  ${ofSession},
  no integer not null check (no >= 1),
  zone text not null,
  side text not null ${oneOf('side', sides)},
  site text,
  indication text not null,
  depth_um integer not null check (depth_um > 0),
  technique text not null,
  passes integer not null check (passes >= 1),
  cartridge text not null,
  primary key (session_id, no),
  ${toSession}`,
    ),
    'create index session_zone_by_place on session_zone (patient_id, zone, side)',
    dialect.table(
      'session_cartridge',
      `  ${ofSession},
  no integer not null check (no >= 1),
  label text not null,
  cartridge_lot_id text references cartridge_lot (id),
  lot_raw text not null,
  lot_normalised text not null,
  ${flag('lot_legible')},
  serial text,
  cartridge_key text,
  expires_on text,
  primary key (session_id, no),
  ${toSession}`,
    ),
    'create index session_cartridge_by_lot on session_cartridge (lot_normalised, session_id)',
    'create index session_cartridge_by_key on session_cartridge (cartridge_key, session_id)',
    'create index session_cartridge_by_register on session_cartridge (cartridge_lot_id, session_id)',
    dialect.table(
      'session_product',
      `  ${ofSession},
  no integer not null check (no >= 1),
  used_as text not null ${oneOf('used_as', productUses)},
  product_lot_id text references product_lot (id),
  name text not null,
  lot_raw text,
  lot_normalised text,
  ${flag('lot_legible')},
  primary key (session_id, no),
  ${toSession}`,
    ),
    'create index session_product_by_lot on session_product (lot_normalised, session_id)',
    'create index session_product_by_register on session_product (product_lot_id, session_id)',
    dialect.table(
      'session_return',
      `  id text not null primary key,
  ${ofSession},
  no integer not null check (no >= 1),
  version_id text not null references record_version (id),
  reason text not null check (reason <> ''),
  pointers text not null,
  due_at text not null,
  returned_by text not null references staff (id),
  returned_at text not null,
  takeover_reason text,
  replies text,
  replied_at text,
  reply_version_id text references record_version (id),
  unique (session_id, no),
  ${toSession},
  check ((replies is null) = (replied_at is null)),
  check ((replies is null) = (reply_version_id is null))`,
    ),
    dialect.table(
      'session_disposition',
      `  id text not null primary key,
  ${ofSession},
  version_id text not null references record_version (id),
  deviation_id text not null,
  disposition text not null ${oneOf('disposition', dispositions)},
  note text not null,
  decided_by text not null references staff (id),
  decided_at text not null,
  unique (version_id, deviation_id),
  ${toSession}`,
    ),
    'create index session_disposition_by_session on session_disposition (session_id)',
    dialect.table(
      'session_interval_clearance',
      `  id text not null primary key,
  ${ofSession},
  reason text not null check (reason <> ''),
  cleared_by text not null references staff (id),
  cleared_at text not null,
  ${toSession}`,
    ),
    'create index session_interval_clearance_by_session on session_interval_clearance (session_id)',
    ...dialect.triggers([
      ...neverDeleted('session'),
      ...refusedInsert('session', 'begins_as_draft', "new.state <> 'DRAFT'"),
      ...frozenWhen('session', 'keeps_its_identity', '1 = 1', [
        'id',
        'patient_id',
        'created_at',
        'series_id',
        'practitioner_id',
        'author_is_physician',
      ]),
      ...onlyMoves('session', 'state', [
        ['DRAFT', 'SUBMITTED'],
        ['DRAFT', 'SIGNED'],
        ['DRAFT', 'CANCELLED'],
        ['DRAFT', 'VOIDED'],
        ['SUBMITTED', 'DRAFT'],
        ['SUBMITTED', 'RETURNED'],
        ['SUBMITTED', 'SIGNED'],
        ['SUBMITTED', 'VOIDED'],
        ['RETURNED', 'SUBMITTED'],
        ['RETURNED', 'VOIDED'],
        ['SIGNED', 'VOIDED'],
      ]),
      // What is submitted belongs to the reviewer: the author changes it only as a new version after return or recall.
      ...frozenWhen('session', 'submitted_stays', "old.state = 'SUBMITTED'", [
        ...fromBody,
        'submissions',
        'submitted_at',
      ]),
      // A report that comes later asks for a signature that nobody had to give; from then on a deadline runs.
      ...frozenWhen('session', 'deadline_stays', `old.state = 'SUBMITTED' and not ${becomesRequired}`, [
        'due_at',
        'escalate_at',
        'sign_off_required',
      ]),
      ...frozenWhen('session', 'signed_stays', "old.state = 'SIGNED'", [
        ...fromBody,
        ...submission,
        'signed_at',
        'signed_by',
      ]),
      ...frozenWhen('session', 'closed_stays', "old.state in ('VOIDED', 'CANCELLED')", [
        ...fromBody,
        ...submission,
        'signed_at',
        'signed_by',
        'voided_at',
        'voided_by',
        'void_reason',
        'correct_session_id',
      ]),
      ...refusedUpdate('session', 'start_is_not_undone', 'old.is_started = 1 and new.is_started = 0'),
      ...refusedUpdate(
        'session',
        'start_needs_an_approved_policy',
        `old.gate_passed_at is null and new.gate_passed_at is not null and new.author_is_physician = 0
           and not exists (select 1 from policy where policy.version_id = new.policy_version_id and policy.state = 'APPROVED')`,
      ),
      ...refusedUpdate(
        'session',
        'submitted_needs_its_author',
        `new.state = 'SUBMITTED' and old.state <> 'SUBMITTED' and not exists (select 1 from signature
           where signature.kind = 'session' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.meaning = 'AUTHOR' and signature.signer_id = new.practitioner_id)`,
      ),
      ...refusedUpdate(
        'session',
        'recalled_after_a_physician_opened_it',
        `old.state = 'SUBMITTED' and new.state = 'DRAFT' and exists (select 1 from audit_entry
           where audit_entry.action = 'session.open' and audit_entry.version_id = old.version_id
             and audit_entry.outcome = 'DONE' and audit_entry.actor_id <> old.practitioner_id
             and audit_entry.roles like '%physician%')`,
      ),
      ...refusedUpdate(
        'session',
        'signed_needs_a_second_person',
        `new.state = 'SIGNED' and old.state <> 'SIGNED' and ${unsigned}`,
      ),
      ...['session_zone', 'session_cartridge', 'session_product'].flatMap((table) =>
        changedOnlyWhile(table, {
          parent: 'session',
          column: 'session_id',
          condition: "session.state in ('DRAFT', 'RETURNED')",
        }),
      ),
      ...neverDeleted('session_return'),
      ...frozenWhen('session_return', 'said_stays', '1 = 1', [
        'id',
        'patient_id',
        'session_id',
        'no',
        'version_id',
        'reason',
        'pointers',
        'due_at',
        'returned_by',
        'returned_at',
        'takeover_reason',
      ]),
      ...frozenWhen('session_return', 'reply_stays', 'old.replies is not null', [
        'replies',
        'replied_at',
        'reply_version_id',
      ]),
      ...appendOnly('session_disposition'),
      ...appendOnly('session_interval_clearance'),
    ]),
  ],
}

/** Columns that repeat what the version says. */
const fromBody = [
  'version_id',
  'session_no',
  'supervising_physician_id',
  'order_id',
  'consent_id',
  'device_id',
  'is_rf',
  'policy_version_id',
  'record_only',
  'is_started',
  'gate_passed_at',
  'started_at',
  'ended_at',
  'performed_on',
  'room_key',
  'zones',
  'max_depth_um',
  'deviations',
  'warnings',
  'red_flags',
  'late_entry',
]
const becomesRequired = '(old.sign_off_required = 0 and new.sign_off_required = 1)'
const submission = ['submissions', 'submitted_at', 'due_at', 'escalate_at', 'sign_off_required']

/**
 * True where nobody who may has signed this very version: a physician other than the author, or the author alone where
 * both the session and the person are a physician's (clinical reference, section 8).
 */
const unsigned = `not exists (select 1 from signature
           join staff_grant on staff_grant.staff_id = signature.signer_id and staff_grant.role = 'physician'
             and staff_grant.ended_at is null
           where signature.kind = 'session' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.signer_id = new.signed_by
             and ((old.state = 'SUBMITTED' and signature.signer_id <> new.practitioner_id
                   and signature.meaning in ('REVIEWED_AND_APPROVED', 'REVIEWED_WITH_DEVIATIONS'))
               or (old.state = 'DRAFT' and new.author_is_physician = 1 and signature.signer_id = new.practitioner_id
                   and signature.meaning = 'AUTHOR_PHYSICIAN')))`
