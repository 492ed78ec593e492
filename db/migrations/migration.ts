import type { StoreDialect } from '../dialects/dialect.ts'

/** One numbered step, in tens. Shipped steps are never edited; there is no way down. */
export type Migration = {
  readonly id: number
  readonly name: string
  /** Statements in order, for the given engine. */
  statements(dialect: StoreDialect): readonly string[]
}

/** Columns that every head row of a versioned record begins with. */
export function recordColumns(patient: 'WITH_PATIENT' | 'WITHOUT_PATIENT'): string {
  return [
    '  id text not null primary key',
    ...(patient === 'WITH_PATIENT' ? ['  patient_id text not null references patient (id)'] : []),
    '  version integer not null check (version >= 1)',
    '  version_id text not null references record_version (id)',
    '  created_at text not null',
    '  updated_at text not null',
  ].join(',\n')
}

/** A CHECK for a closed list; the same `as const` list feeds zod and the type. */
export function oneOf(column: string, values: readonly string[]): string {
  return `check (${column} in (${values.map((value) => `'${value}'`).join(', ')}))`
}
