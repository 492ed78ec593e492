import { appendOnly, frozenInVersions, frozenWhen, neverDeleted } from '../dialects/sqlite.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

export const screening: Migration = {
  id: 40,
  name: 'screening',
  statements: (dialect) => [
    dialect.table(
      'screening',
      `${recordColumns('WITH_PATIENT')},
  form text not null ${oneOf('form', ['FULL', 'SHORT'])},
  taken_on text not null,
  questionnaire_major integer not null check (questionnaire_major >= 1),
  signed_at text not null,
  series_id text,
  handed_over_by text not null references staff (id),
  marked text not null,
  has_open_clear integer not null check (has_open_clear in (0, 1)),
  unique (patient_id, id)`,
    ),
    'create index screening_by_form on screening (patient_id, form, created_at)',
    'create index screening_by_time on screening (patient_id, created_at, id)',
    'create index screening_asked on screening (signed_at, id) where has_open_clear = 1',
    dialect.table(
      'clearance',
      `${recordColumns('WITH_PATIENT')},
  series_id text,
  decision text not null ${oneOf('decision', ['CLEARED', 'REFUSED'])},
  expires_on text not null,
  max_depth_um integer check (max_depth_um > 0),
  decided_by text not null references staff (id),
  decided_at text not null,
  unique (patient_id, id)`,
    ),
    'create index clearance_by_time on clearance (patient_id, created_at, id)',
    ...dialect.triggers([
      ...neverDeleted('screening'),
      ...frozenWhen('screening', 'signed_stays', 'old.signed_at is not null', [
        'id',
        'patient_id',
        'created_at',
        'form',
        'taken_on',
        'questionnaire_major',
        'signed_at',
        'handed_over_by',
        'marked',
      ]),
      ...frozenWhen('screening', 'series_stays', 'old.series_id is not null', ['series_id']),
      // Staff add clarifications and ticks as versions of their own; what the patient signed is in every one of them.
      ...frozenInVersions('screening', ['answers', 'signature', 'form', 'takenOn', 'language', 'questionnaireVersion']),
      ...appendOnly('clearance'),
    ]),
  ],
}
