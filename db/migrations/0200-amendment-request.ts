import { frozenWhen, neverDeleted, onlyMoves, refusedInsert } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

// The lists stand here as they were when this step shipped.
const states = ['OPEN', 'ACCEPTED', 'DENIED']
const recordKinds = ['SESSION', 'COMPLICATION', 'CONSENT', 'SCREENING']

/** What somebody said stands with its time and its author, or not at all. */
const said = (text: string, at: string, by: string) =>
  `check ((${text} is null) = (${at} is null) and (${text} is null) = (${by} is null) and ${text} <> '')`

export const amendmentRequest: Migration = {
  id: 200,
  name: 'amendment-request',
  statements: (dialect) => [
    dialect.table(
      'amendment_request',
      `  id text not null primary key,
  patient_id text not null references patient (id),
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  taken_by text not null references staff (id),
  requested_by text not null check (requested_by <> ''),
  requested_on text not null,
  wish text not null check (wish <> ''),
  due_on text not null check (due_on > requested_on),
  follow_up_id text not null references follow_up (id),
  state text not null ${oneOf('state', states)},
  extended_at text,
  extended_by text references staff (id),
  extension_reason text,
  decided_at text,
  decided_by text references staff (id),
  record_kind text ${oneOf('record_kind', recordKinds)},
  record_id text,
  addendum_id text,
  denial_grounds text,
  denial_reason text,
  disagreement text,
  disagreement_at text,
  disagreement_by text references staff (id),
  rebuttal text,
  rebuttal_at text,
  rebuttal_by text references staff (id),
  unique (patient_id, id),
  unique (follow_up_id),
  unique (addendum_id),
  ${said('extension_reason', 'extended_at', 'extended_by')},
  ${said('disagreement', 'disagreement_at', 'disagreement_by')},
  ${said('rebuttal', 'rebuttal_at', 'rebuttal_by')},
  check ((state = 'OPEN') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((record_kind is null) = (record_id is null)),
  check ((state = 'ACCEPTED') = (addendum_id is not null)),
  check (addendum_id is null or record_id is not null),
  check ((state = 'DENIED') = (denial_reason is not null)),
  check ((denial_reason is null) = (denial_grounds is null)),
  check (denial_reason <> '' and denial_grounds <> ''),
  check (disagreement is null or state = 'DENIED'),
  check (rebuttal is null or disagreement is not null)`,
    ),
    'create index amendment_request_by_patient on amendment_request (patient_id, requested_on, id)',
    'create index amendment_request_by_record on amendment_request (record_kind, record_id) where record_id is not null',
    ...dialect.triggers([
      ...neverDeleted('amendment_request'),
      ...refusedInsert('amendment_request', 'begins_open', "new.state <> 'OPEN'"),
      ...frozenWhen('amendment_request', 'keeps_what_was_asked', '1 = 1', [
        'id',
        'patient_id',
        'created_at',
        'taken_by',
        'requested_by',
        'requested_on',
        'wish',
        'follow_up_id',
      ]),
      ...frozenWhen('amendment_request', 'extended_once', 'old.extended_at is not null', [
        'due_on',
        'extended_at',
        'extended_by',
        'extension_reason',
      ]),
      ...onlyMoves('amendment_request', 'state', [
        ['OPEN', 'ACCEPTED'],
        ['OPEN', 'DENIED'],
      ]),
      ...frozenWhen('amendment_request', 'denial_stays', "old.state = 'DENIED'", [
        'due_on',
        'extended_at',
        'decided_at',
        'decided_by',
        'record_kind',
        'record_id',
        'denial_grounds',
        'denial_reason',
      ]),
      ...frozenWhen('amendment_request', 'statement_stays', 'old.disagreement is not null', [
        'disagreement',
        'disagreement_at',
        'disagreement_by',
      ]),
      ...frozenWhen('amendment_request', 'rebuttal_stays', 'old.rebuttal is not null', [
        'rebuttal',
        'rebuttal_at',
        'rebuttal_by',
      ]),
    ]),
  ],
}
