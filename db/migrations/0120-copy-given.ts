import { appendOnly } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The lists stand here as they were when this step shipped.
const kinds = ['SESSION', 'CONSENT']
const methods = ['PAPER', 'EMAIL', 'PORTAL', 'DECLINED']

export const copyGiven: Migration = {
  id: 120,
  name: 'copy-given',
  statements: (dialect) => [
    dialect.table(
      'copy_given',
      `  id text not null primary key,
  patient_id text not null references patient (id),
  record_kind text not null ${oneOf('record_kind', kinds)},
  record_id text not null,
  version_id text not null references record_version (id),
  method text not null ${oneOf('method', methods)},
  recipient text not null,
  given_at text not null,
  given_by text not null references staff (id)`,
    ),
    'create index copy_given_by_patient on copy_given (patient_id, given_at)',
    'create index copy_given_by_record on copy_given (record_kind, record_id)',
    dialect.table(
      'packet_given',
      `  id text not null primary key,
  patient_id text not null references patient (id),
  recipient text not null check (recipient <> ''),
  purpose text not null check (purpose <> ''),
  signatures integer not null check (signatures >= 0),
  sha256 text not null check (length(sha256) = 64),
  given_at text not null,
  given_by text not null references staff (id)`,
    ),
    'create index packet_given_by_patient on packet_given (patient_id, given_at)',
    ...dialect.triggers([...appendOnly('copy_given'), ...appendOnly('packet_given')]),
  ],
}
