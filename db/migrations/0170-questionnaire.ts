import { shippedWords } from '../../shared/domain/screening/questionnaire-text.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import { appendOnly } from '../dialects/sqlite.ts'
import { sha256Of } from '../records.ts'
import type { Migration } from './migration.ts'

export const questionnaire: Migration = {
  id: 170,
  name: 'questionnaire',
  statements: (dialect) => [
    dialect.table(
      'questionnaire_text',
      `  major integer not null check (major >= 1),
  minor integer not null check (minor >= 0),
  language text not null,
  effective_from text not null,
  body text not null,
  sha256 text not null,
  published_at text not null,
  published_by text references staff (id),
  primary key (major, minor),
  check (published_by is not null or (major = 1 and minor = 0))`,
    ),
    shippedTextRow(),
    ...dialect.triggers(appendOnly('questionnaire_text')),
  ],
}

/** The wording 1.0. It is permanent: other words come as another version. */
function shippedTextRow(): string {
  const text = { major: 1, minor: 0, language: 'en', effectiveFrom: '2026-01-01', ...shippedWords() }
  const body = canonicalJson(text)
  const values = [1, 0, 'en', text.effectiveFrom, body, sha256Of(body), '2026-01-01T00:00:00.000Z'].map((value) =>
    typeof value === 'number' ? value : quoted(value),
  )
  return `insert into questionnaire_text (major, minor, language, effective_from, body, sha256, published_at)
     values (${values.join(', ')})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
