import { appendOnly, frozenWhen, neverDeleted } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The list stands here as it was when this step shipped.
const keyReasons = ['CLINIC', 'FIRST_SIGN_IN', 'RESET']
const keyColumns = ['id', 'staff_id', 'public_key', 'certificate', 'certificate_signature', 'because', 'made_at']

export const signing: Migration = {
  id: 210,
  name: 'signing',
  statements: (dialect) => [
    dialect.table(
      'signing_key',
      `  id text not null primary key,
  staff_id text references staff (id),
  public_key text not null unique,
  certificate text not null,
  certificate_signature text not null,
  because text not null ${oneOf('because', keyReasons)},
  made_at text not null,
  ended_at text,
  check ((because = 'CLINIC') = (staff_id is null))`,
    ),
    'create unique index signing_key_in_use on signing_key (staff_id) where ended_at is null and staff_id is not null',
    "create unique index signing_key_of_clinic on signing_key (because) where because = 'CLINIC' and ended_at is null",
    dialect.table(
      'signing_secret',
      `  key_id text not null primary key references signing_key (id),
  wrapped_by text not null ${oneOf('wrapped_by', ['STORE', 'PASSWORD'])},
  salt text not null,
  cost integer not null,
  block_size integer not null,
  parallelization integer not null,
  nonce text not null,
  sealed text not null,
  tag text not null`,
    ),
    dialect.table(
      'signature_seal',
      `  signature_id text not null primary key references signature (id),
  record_id text not null,
  chain_of text not null,
  chain_no integer not null check (chain_no >= 1),
  statement text not null,
  signature text not null check (length(signature) = 86),
  entry_sha256 text not null check (length(entry_sha256) = 64),
  unique (chain_of, chain_no)`,
    ),
    'create index signature_seal_by_record on signature_seal (record_id)',
    ...dialect.triggers([
      ...neverDeleted('signing_key'),
      ...frozenWhen('signing_key', 'stays', '1 = 1', keyColumns),
      ...frozenWhen('signing_key', 'ends_once', 'old.ended_at is not null', ['ended_at']),
      ...appendOnly('signature_seal'),
    ]),
  ],
}
