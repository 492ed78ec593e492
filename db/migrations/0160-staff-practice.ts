import { appendOnly, frozenWhen, neverDeleted, refusedInsert, refusedUpdate } from '../dialects/sqlite.ts'
import type { Migration } from './migration.ts'

const licence = ['licence_number', 'licence_state', 'licence_level', 'licence_expires_on'] as const
const making = `made_at text not null,
  made_by text not null references staff (id),
  withdrawn_at text,
  withdrawn_by text references staff (id),
  check ((withdrawn_at is null) = (withdrawn_by is null))`

export const staffPractice: Migration = {
  id: 160,
  name: 'staff-practice',
  statements: (dialect) => [
    dialect.table(
      'staff_credential',
      `  staff_id text not null references staff (id),
  version integer not null check (version >= 1),
  printed_name text not null,
  credential text not null,
  board_certification text,
  ${licence.map((name) => `${name} text`).join(',\n  ')},
  made_at text not null,
  made_by text references staff (id),
  primary key (staff_id, version)`,
    ),
    dialect.table(
      'staff_supervision',
      `  id text not null primary key,
  staff_id text not null references staff (id),
  physician_id text not null references staff (id),
  from_on text not null,
  until_on text,
  ${making},
  check (staff_id <> physician_id),
  check (until_on is null or until_on >= from_on)`,
    ),
    'create index staff_supervision_by_staff on staff_supervision (staff_id, from_on)',
    'create index staff_supervision_by_physician on staff_supervision (physician_id, from_on)',
    dialect.table(
      'staff_training',
      `  id text not null primary key,
  staff_id text not null references staff (id),
  manufacturer text not null check (manufacturer <> ''),
  model text not null check (model <> ''),
  certificate text not null check (certificate <> ''),
  completed_on text not null,
  expires_on text,
  withdrawn_reason text,
  ${making},
  check (expires_on is null or expires_on >= completed_on),
  check ((withdrawn_at is null) = (withdrawn_reason is null))`,
    ),
    'create index staff_training_by_staff on staff_training (staff_id, completed_on)',
    dialect.table(
      'staff_delegation',
      `  id text not null primary key,
  physician_id text not null references staff (id),
  deputy_id text not null references staff (id),
  from_on text not null,
  until_on text not null,
  ${making},
  check (physician_id <> deputy_id),
  check (until_on >= from_on)`,
    ),
    'create index staff_delegation_by_physician on staff_delegation (physician_id, from_on)',
    'create index staff_delegation_by_deputy on staff_delegation (deputy_id, from_on)',
    ...dialect.triggers([
      ...appendOnly('staff_credential'),
      // A licence or credential changes only together with the row that keeps it for good.
      ...refusedUpdate(
        'staff',
        'credential_is_kept',
        `(${['credential', ...licence].map((name) => `new.${name} is not old.${name}`).join(' or ')}) and not exists (
           select 1 from staff_credential c where c.staff_id = new.id and c.version = new.version
             and ${['credential', ...licence].map((name) => `c.${name} is new.${name}`).join(' and ')})`,
      ),
      ...['staff_supervision', 'staff_training', 'staff_delegation'].flatMap((table) => [
        ...neverDeleted(table),
        ...frozenWhen(table, 'withdrawn_stays', 'old.withdrawn_at is not null', ['withdrawn_at', 'withdrawn_by']),
      ]),
      ...frozenWhen('staff_supervision', 'link_stays', '1 = 1', ['staff_id', 'physician_id', 'from_on']),
      ...frozenWhen('staff_training', 'certificate_stays', '1 = 1', [
        'staff_id',
        'manufacturer',
        'model',
        'certificate',
        'completed_on',
        'expires_on',
      ]),
      ...frozenWhen('staff_delegation', 'delegation_stays', '1 = 1', ['physician_id', 'deputy_id', 'from_on']),
      // It may end earlier than was said; a longer one is a new one, judged like any other.
      ...['staff_supervision', 'staff_delegation'].flatMap((table) =>
        refusedUpdate(
          table,
          'only_ends_earlier',
          'new.until_on is not old.until_on and (new.until_on is null or (old.until_on is not null and new.until_on > old.until_on))',
        ),
      ),
      ...refusedInsert(
        'staff_supervision',
        'one_supervisor_a_day',
        overlapping('staff_supervision', 'known.staff_id = new.staff_id'),
      ),
      ...refusedInsert(
        'staff_delegation',
        'one_step_to_a_deputy',
        overlapping(
          'staff_delegation',
          'known.physician_id = new.physician_id or known.physician_id = new.deputy_id or known.deputy_id = new.physician_id',
        ),
      ),
    ]),
  ],
}

/** Another row that stands on one of the same days; `whose` is over `known.` and `new.`. */
function overlapping(table: string, whose: string): string {
  return `exists (select 1 from ${table} known where (${whose}) and known.withdrawn_at is null
    and (new.until_on is null or known.from_on <= new.until_on)
    and (known.until_on is null or new.from_on <= known.until_on))`
}
