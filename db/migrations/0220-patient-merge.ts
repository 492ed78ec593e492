import { appendOnly, frozenWhen, neverDeleted, refusedInsert } from '../dialects/sqlite.ts'
import type { Migration } from './migration.ts'

/** Every table whose new rows belong to the kept chart. */
const newRecords = [
  'screening',
  'clearance',
  'consent',
  'treatment_order',
  'series',
  'session',
  'visit',
  'waiting_entry',
  'complication',
  'photo',
]

const isMerged = (column: string) =>
  `exists (select 1 from patient_link where merged_id = ${column} and ended_at is null)`

export const patientMerge: Migration = {
  id: 220,
  name: 'patient-merge',
  statements: (dialect) => [
    dialect.table(
      'patient_link',
      `  id text not null primary key,
  merged_id text not null references patient (id),
  kept_id text not null references patient (id),
  merged_at text not null,
  merged_on text not null,
  merged_by text not null references staff (id),
  reason text not null check (reason <> ''),
  ended_at text,
  ended_by text references staff (id),
  end_reason text,
  check (merged_id <> kept_id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null)),
  check (ended_at >= merged_at),
  check (end_reason <> '')`,
    ),
    'create unique index patient_link_one_standing on patient_link (merged_id) where ended_at is null',
    'create index patient_link_by_merged on patient_link (merged_id, merged_at)',
    'create index patient_link_by_kept on patient_link (kept_id, merged_at)',
    // Two charts that look like one person's, as they were when they were compared; derived, and written anew at will.
    dialect.table(
      'duplicate_pair',
      `  low_id text not null references patient (id),
  high_id text not null references patient (id),
  low_facts text not null,
  high_facts text not null,
  score integer not null,
  reasons text not null,
  found_at text not null,
  primary key (low_id, high_id),
  check (low_id < high_id)`,
      { clustered: true },
    ),
    'create index duplicate_pair_by_score on duplicate_pair (score, low_id, high_id)',
    'create index duplicate_pair_by_high on duplicate_pair (high_id, low_id)',
    dialect.table(
      'duplicate_compared',
      `  patient_id text not null primary key references patient (id),
  version integer not null check (version >= 1)`,
      { clustered: true },
    ),
    dialect.table(
      'duplicate_verdict',
      `  id text not null primary key,
  low_id text not null references patient (id),
  high_id text not null references patient (id),
  low_facts text not null,
  high_facts text not null,
  reason text not null check (reason <> ''),
  decided_at text not null,
  decided_by text not null references staff (id),
  check (low_id < high_id)`,
    ),
    'create index duplicate_verdict_by_pair on duplicate_verdict (low_id, high_id)',
    ...dialect.triggers([
      ...neverDeleted('patient_link'),
      ...appendOnly('duplicate_verdict'),
      ...frozenWhen('patient_link', 'keeps_what_was_merged', '1 = 1', [
        'id',
        'merged_id',
        'kept_id',
        'merged_at',
        'merged_on',
        'merged_by',
        'reason',
      ]),
      ...frozenWhen('patient_link', 'ends_once', 'old.ended_at is not null', ['ended_at', 'ended_by', 'end_reason']),
      ...refusedInsert('patient_link', 'begins_standing', 'new.ended_at is not null'),
      ...refusedInsert(
        'patient_link',
        'no_chain',
        `${isMerged('new.kept_id')} or exists (select 1 from patient_link where kept_id = new.merged_id and ended_at is null)`,
      ),
      ...newRecords.flatMap((table) => refusedInsert(table, 'not_in_a_merged_chart', isMerged('new.patient_id'))),
      ...refusedInsert(
        'record_version',
        'patient_stays_while_merged',
        `new.kind = 'patient' and ${isMerged('new.record_id')}`,
      ),
    ]),
  ],
}
