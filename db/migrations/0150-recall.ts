import {
  appendOnly,
  changedOnlyWhile,
  frozenWhen,
  keepsCount,
  neverDeleted,
  onlyMoves,
  refusedInsert,
  refusedUpdate,
} from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const kinds = ['LOT', 'PRODUCT', 'UDI', 'DEVICE', 'EXPOSURE']
const sources = ['MANUFACTURER', 'AUTHORITY', 'CLINIC']
const findings = ['TRACED', 'NOT_RULED_OUT']
const taskStates = ['DUE', 'SENT', 'REACHED', 'DECLINED', 'UNREACHABLE']
const channels = ['PHONE', 'SMS', 'EMAIL', 'POST', 'IN_PERSON']
const registers = ['DEVICE', 'CARTRIDGE_LOT', 'PRODUCT_LOT']

export const recall: Migration = {
  id: 150,
  name: 'recall',
  statements: (dialect) => [
    dialect.table(
      'recall',
      `  id text not null primary key,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  opened_by text not null references staff (id),
  title text not null check (title <> ''),
  source text not null ${oneOf('source', sources)},
  notice text,
  kind text not null ${oneOf('kind', kinds)},
  criteria text not null,
  subject text not null check (subject <> ''),
  letter text not null check (letter <> ''),
  state text not null ${oneOf('state', ['OPEN', 'CLOSED'])},
  closed_at text,
  closed_by text references staff (id),
  closing_note text,
  check ((state = 'CLOSED') = (closed_at is not null)),
  check ((closed_at is null) = (closed_by is null)),
  check ((closed_at is null) = (closing_note is null))`,
    ),
    'create index recall_by_state on recall (state, created_at, id)',
    dialect.table(
      'recall_session',
      `  recall_id text not null references recall (id),
  session_id text not null,
  patient_id text not null,
  finding text not null ${oneOf('finding', findings)},
  reason text not null,
  detail text,
  found_at text not null,
  primary key (recall_id, session_id),
  foreign key (patient_id, session_id) references session (patient_id, id)`,
    ),
    'create index recall_session_by_patient on recall_session (recall_id, patient_id)',
    dialect.table(
      'recall_stock',
      `  recall_id text not null references recall (id),
  register text not null ${oneOf('register', registers)},
  subject_id text not null,
  status_before text not null,
  status_after text not null,
  pieces integer,
  set_at text not null,
  primary key (recall_id, subject_id)`,
    ),
    dialect.table(
      'recall_task',
      `  id text not null primary key,
  recall_id text not null references recall (id),
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  finding text not null ${oneOf('finding', findings)},
  state text not null ${oneOf('state', taskStates)},
  created_at text not null,
  updated_at text not null,
  unique (recall_id, patient_id)`,
    ),
    `create index recall_task_open on recall_task (recall_id, state) where state in ('DUE', 'SENT')`,
    'create index recall_task_by_patient on recall_task (patient_id)',
    dialect.table(
      'recall_step',
      `  id text not null primary key,
  recall_id text not null references recall (id),
  task_id text not null references recall_task (id),
  no integer not null check (no >= 1),
  from_state text not null ${oneOf('from_state', taskStates)},
  to_state text not null ${oneOf('to_state', taskStates)},
  channel text ${oneOf('channel', channels)},
  note text not null,
  done_at text not null,
  done_by text not null references staff (id),
  unique (task_id, no),
  check (from_state <> to_state),
  check (note <> '' or to_state not in ('DECLINED', 'UNREACHABLE', 'DUE'))`,
    ),
    'create index recall_step_by_recall on recall_step (recall_id, task_id, no)',
    // By these a trace finds its sessions without reading the others.
    'create index session_by_device on session (device_id, performed_on)',
    'create index session_by_practitioner on session (practitioner_id, performed_on)',
    'create index session_by_room on session (room_key, performed_on)',
    'create index session_cartridge_illegible on session_cartridge (session_id) where lot_legible = 0',
    'create index session_product_by_name on session_product (lower(name), session_id)',
    'create index session_product_illegible on session_product (lower(name), session_id) where lot_legible = 0',
    ...dialect.triggers([
      ...neverDeleted('recall'),
      ...refusedInsert('recall', 'begins_open', "new.state <> 'OPEN'"),
      ...frozenWhen('recall', 'keeps_its_identity', '1 = 1', ['id', 'created_at', 'opened_by', 'kind', 'criteria']),
      ...onlyMoves('recall', 'state', [['OPEN', 'CLOSED']]),
      ...refusedUpdate(
        'recall',
        'closed_with_open_tasks',
        `new.state = 'CLOSED' and old.state <> 'CLOSED' and exists (select 1 from recall_task
           where recall_task.recall_id = new.id and recall_task.state in ('DUE', 'SENT'))`,
      ),
      ...frozenWhen('recall', 'closed_stays', "old.state = 'CLOSED'", [
        'title',
        'source',
        'notice',
        'letter',
        'closed_at',
        'closed_by',
        'closing_note',
      ]),
      ...appendOnly('recall_session'),
      ...appendOnly('recall_stock'),
      ...appendOnly('recall_step'),
      ...neverDeleted('recall_task'),
      ...frozenWhen('recall_task', 'keeps_its_identity', '1 = 1', ['id', 'recall_id', 'patient_id', 'created_at']),
      ...changedOnlyWhile('recall_task', { parent: 'recall', column: 'recall_id', condition: "recall.state = 'OPEN'" }),
      ...onlyMoves('recall_task', 'state', [
        ['DUE', 'SENT'],
        ['DUE', 'REACHED'],
        ['DUE', 'DECLINED'],
        ['DUE', 'UNREACHABLE'],
        ['SENT', 'REACHED'],
        ['SENT', 'DECLINED'],
        ['SENT', 'UNREACHABLE'],
        ['UNREACHABLE', 'SENT'],
        ['UNREACHABLE', 'REACHED'],
        ['UNREACHABLE', 'DECLINED'],
        ['REACHED', 'DUE'],
        ['DECLINED', 'DUE'],
        ['DECLINED', 'REACHED'],
      ]),
      ...refusedUpdate(
        'recall_task',
        'state_needs_its_step',
        `new.state is not old.state and not exists (select 1 from recall_step where recall_step.task_id = new.id
           and recall_step.to_state = new.state and recall_step.done_at = new.updated_at)`,
      ),
      ...countedUses,
      ...startLocks,
    ]),
  ],
}

const isCounted = (row: string) => `${row}.is_started = 1 and ${row}.state not in ('VOIDED', 'CANCELLED')`
const sessionOf = (row: string) =>
  `exists (select 1 from session where session.id = ${row}.session_id and ${isCounted('session')})`

/** A piece counts as used from the start of its session on, and no longer once that was entered in error. */
const countedUses = [
  ...keepsCount('session_cartridge', 'is_used', {
    event: 'insert',
    condition: `new.cartridge_lot_id is not null and ${sessionOf('new')}`,
    statement: 'update cartridge_lot set used_quantity = used_quantity + 1 where id = new.cartridge_lot_id',
  }),
  ...keepsCount('session_cartridge', 'is_used_no_more', {
    event: 'delete',
    condition: `old.cartridge_lot_id is not null and ${sessionOf('old')}`,
    statement: 'update cartridge_lot set used_quantity = used_quantity - 1 where id = old.cartridge_lot_id',
  }),
  ...keepsCount('session', 'uses_its_cartridges', {
    event: 'update',
    condition: `(${isCounted('old')}) <> (${isCounted('new')})`,
    statement: `update cartridge_lot set used_quantity = used_quantity + (case when ${isCounted('new')} then 1 else -1 end)
       * (select count(*) from session_cartridge where session_id = new.id and cartridge_lot_id = cartridge_lot.id)
     where id in (select cartridge_lot_id from session_cartridge where session_id = new.id)`,
  }),
]

const passesTheGate = 'old.gate_passed_at is null and new.gate_passed_at is not null'

/**
 * Second lock of the start: no piece that the register does not have, no cartridge of another visit. What really happened
 * is still written down, as an entry that passed no gate (clinical reference, five ideas, 1).
 */
const startLocks = [
  ...refusedUpdate(
    'session',
    'lot_is_used_up',
    `${passesTheGate} and exists (select 1 from cartridge_lot where id in (select cartridge_lot_id from session_cartridge
       where session_id = new.id) and received_quantity - discarded_quantity - used_quantity
         < (select count(*) from session_cartridge where session_id = new.id and cartridge_lot_id = cartridge_lot.id))`,
  ),
  ...refusedUpdate(
    'session',
    'cartridge_of_another_visit',
    `${passesTheGate} and exists (select 1 from session_cartridge own
       join session_cartridge other on other.cartridge_key = own.cartridge_key and other.session_id <> own.session_id
       join session visit on visit.id = other.session_id and ${isCounted('visit')}
       where own.session_id = new.id and own.cartridge_key is not null)`,
  ),
]
