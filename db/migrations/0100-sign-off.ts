import { appendOnly, frozenWhen, neverDeleted, onlyMoves, refusedInsert, refusedUpdate } from '../dialects/sqlite.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

// The lists stand here as they were when this step shipped.
const meanings = ['REVIEWED_AND_APPROVED', 'REVIEWED_WITH_DEVIATIONS', 'AUTHOR_PHYSICIAN']
const decisions = ['PROCEED', 'MODIFY', 'HOLD', 'STOP']
const signedKinds = ['SESSION', 'ADDENDUM']
const amendedKinds = ['SESSION', 'COMPLICATION', 'CONSENT', 'SCREENING']
const addendumStates = ['DRAFT', 'SUBMITTED', 'RETURNED', 'SIGNED']

export const signOff: Migration = {
  id: 100,
  name: 'sign-off',
  statements: (dialect) => [
    dialect.table(
      'sign_off',
      `${recordColumns('WITH_PATIENT')},
  record_kind text not null ${oneOf('record_kind', signedKinds)},
  record_id text not null,
  record_version_id text not null references record_version (id),
  signer_id text not null references staff (id),
  meaning text not null ${oneOf('meaning', meanings)},
  decision text not null ${oneOf('decision', decisions)},
  signed_at text not null,
  batch_id text,
  unique (patient_id, id),
  unique (record_version_id)`,
    ),
    'create index sign_off_by_record on sign_off (record_kind, record_id)',
    'create index sign_off_by_patient on sign_off (patient_id, signed_at)',
    'create index sign_off_by_signer on sign_off (signer_id, signed_at)',
    dialect.table(
      'addendum',
      `${recordColumns('WITH_PATIENT')},
  amends_kind text not null ${oneOf('amends_kind', amendedKinds)},
  amends_id text not null,
  amends_version_id text not null references record_version (id),
  author_id text not null references staff (id),
  author_is_physician integer not null check (author_is_physician in (0, 1)),
  supervising_physician_id text references staff (id),
  acceptance_of text references staff (id) check (acceptance_of <> author_id),
  written_at text not null,
  state text not null ${oneOf('state', addendumStates)},
  submitted_at text,
  due_at text,
  escalate_at text,
  signed_at text,
  signed_by text references staff (id),
  unique (patient_id, id),
  check ((signed_at is null) = (signed_by is null)),
  check ((state = 'SIGNED') = (signed_at is not null)),
  check (state = 'DRAFT' or submitted_at is not null)`,
    ),
    'create index addendum_by_record on addendum (amends_kind, amends_id, written_at)',
    'create index addendum_by_patient on addendum (patient_id, written_at)',
    `create index addendum_queue on addendum (due_at, id) where state = 'SUBMITTED'`,
    `create index addendum_open_work on addendum (author_id, updated_at) where state in ('DRAFT', 'RETURNED')`,
    dialect.table(
      'addendum_return',
      `  id text not null primary key,
  patient_id text not null,
  addendum_id text not null,
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
  unique (addendum_id, no),
  foreign key (patient_id, addendum_id) references addendum (patient_id, id),
  check ((replies is null) = (replied_at is null)),
  check ((replies is null) = (reply_version_id is null))`,
    ),
    ...dialect.triggers([
      ...appendOnly('sign_off'),
      ...neverDeleted('addendum_return'),
      ...frozenWhen('addendum_return', 'said_stays', '1 = 1', [
        'id',
        'patient_id',
        'addendum_id',
        'no',
        'version_id',
        'reason',
        'pointers',
        'due_at',
        'returned_by',
        'returned_at',
        'takeover_reason',
      ]),
      ...frozenWhen('addendum_return', 'reply_stays', 'old.replies is not null', [
        'replies',
        'replied_at',
        'reply_version_id',
      ]),
      ...neverDeleted('addendum'),
      ...refusedInsert('addendum', 'begins_as_draft', "new.state <> 'DRAFT'"),
      ...frozenWhen('addendum', 'keeps_its_identity', '1 = 1', [
        'id',
        'patient_id',
        'created_at',
        'amends_kind',
        'amends_id',
        'amends_version_id',
        'author_id',
        'author_is_physician',
      ]),
      ...onlyMoves('addendum', 'state', [
        ['DRAFT', 'SUBMITTED'],
        ['DRAFT', 'SIGNED'],
        ['SUBMITTED', 'RETURNED'],
        ['SUBMITTED', 'SIGNED'],
        ['RETURNED', 'SUBMITTED'],
      ]),
      ...frozenWhen('addendum', 'submitted_stays', "old.state in ('SUBMITTED', 'SIGNED')", [
        'version_id',
        'written_at',
        'submitted_at',
      ]),
      ...frozenWhen('addendum', 'signed_stays', "old.state = 'SIGNED'", [
        'signed_at',
        'signed_by',
        'due_at',
        'escalate_at',
      ]),
      ...refusedUpdate(
        'addendum',
        'submitted_needs_its_author',
        `new.state = 'SUBMITTED' and old.state <> 'SUBMITTED' and not exists (select 1 from signature
           where signature.kind = 'addendum' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.meaning = 'AUTHOR' and signature.signer_id = new.author_id)`,
      ),
      ...refusedUpdate(
        'addendum',
        'returned_needs_a_reason',
        `new.state = 'RETURNED' and old.state <> 'RETURNED' and not exists (select 1 from addendum_return
           where addendum_return.addendum_id = new.id and addendum_return.version_id = new.version_id
             and addendum_return.replies is null)`,
      ),
      // A second person, unless a physician wrote it: then the author's one signature is enough.
      ...refusedUpdate(
        'addendum',
        'signed_needs_a_physician',
        `new.state = 'SIGNED' and old.state <> 'SIGNED' and not exists (select 1 from signature
           join staff_grant on staff_grant.staff_id = signature.signer_id and staff_grant.role = 'physician'
             and staff_grant.ended_at is null
           where signature.kind = 'addendum' and signature.record_id = new.id and signature.version_id = new.version_id
             and signature.signer_id = new.signed_by
             and ((old.state = 'SUBMITTED' and signature.signer_id <> new.author_id)
               or (old.state = 'DRAFT' and new.author_is_physician = 1
                 and new.acceptance_of is null and signature.signer_id = new.author_id)))`,
      ),
    ]),
  ],
}
