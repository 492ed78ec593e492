import { frozenWhen, neverDeleted, onlyMoves } from '../dialects/sqlite.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

export const policy: Migration = {
  id: 20,
  name: 'policy',
  statements: (dialect) => [
    dialect.table(
      'policy',
      `${recordColumns('WITHOUT_PATIENT')},
  state text not null ${oneOf('state', ['DRAFT', 'APPROVED', 'DISCARDED'])},
  effective_from text not null,
  approved_by text references staff (id),
  approved_at text,
  check ((state = 'APPROVED') = (approved_by is not null))`,
    ),
    'create index policy_in_force on policy (state, effective_from)',
    ...dialect.triggers([
      ...neverDeleted('policy'),
      ...onlyMoves('policy', 'state', [
        ['DRAFT', 'APPROVED'],
        ['DRAFT', 'DISCARDED'],
      ]),
      ...frozenWhen('policy', 'approved_stays', "old.state <> 'DRAFT'", [
        'version_id',
        'effective_from',
        'approved_by',
        'approved_at',
      ]),
    ]),
  ],
}
