import { frozenWhen, neverDeleted, onlyMoves } from '../dialects/sqlite.ts'
import { type Migration, oneOf } from './migration.ts'

export const sessionPreset: Migration = {
  id: 180,
  name: 'session-preset',
  statements: (dialect) => [
    dialect.table(
      'session_preset',
      `  id text not null primary key,
  version integer not null check (version >= 1),
  state text not null ${oneOf('state', ['IN_USE', 'RETIRED'])},
  name text not null check (name <> ''),
  name_key text not null check (name_key <> ''),
  zones text not null check (zones <> '[]'),
  created_at text not null,
  created_by text not null references staff (id),
  updated_at text not null,
  updated_by text not null references staff (id)`,
    ),
    // Two presets in use never share a name; a retired one gives its name free.
    "create unique index session_preset_name on session_preset (name_key) where state = 'IN_USE'",
    ...dialect.triggers([
      ...neverDeleted('session_preset'),
      ...onlyMoves('session_preset', 'state', [['IN_USE', 'RETIRED']]),
      ...frozenWhen('session_preset', 'retired_stays', "old.state = 'RETIRED'", [
        'version',
        'state',
        'name',
        'zones',
        'updated_at',
      ]),
    ]),
  ],
}
