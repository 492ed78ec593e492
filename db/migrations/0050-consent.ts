import { modelConsentTemplate } from '../../shared/domain/consent/model-text.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import { appendOnly, frozenWhen, neverDeleted, onlyMoves } from '../dialects/sqlite.ts'
import { sha256Of } from '../records.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const states = ['DRAFT', 'PRESENTED', 'SIGNED', 'SUPERSEDED', 'EXPIRED', 'WITHDRAWN', 'VOIDED']
const procedures = ['MECHANICAL', 'RF', 'ADDON']

const ofConsent = `patient_id text not null,
  consent_id text not null`
const toConsent = 'foreign key (patient_id, consent_id) references consent (patient_id, id)'

export const consent: Migration = {
  id: 50,
  name: 'consent',
  statements: (dialect) => [
    dialect.table(
      'consent_template',
      `  template_id text not null,
  major integer not null check (major >= 1),
  minor integer not null check (minor >= 0),
  language text not null,
  procedure text not null ${oneOf('procedure', procedures)},
  jurisdiction text not null,
  effective_from text not null,
  body text not null,
  sha256 text not null,
  published_at text not null,
  published_by text references staff (id),
  approved_at text,
  approved_by text references staff (id),
  primary key (template_id, major, minor),
  check ((approved_at is null) = (approved_by is null))`,
    ),
    modelTextRow(),
    dialect.table(
      'consent',
      `${recordColumns('WITH_PATIENT')},
  series_id text,
  template_id text not null,
  template_major integer not null,
  template_minor integer not null,
  procedure text not null ${oneOf('procedure', procedures)},
  max_depth_um integer not null check (max_depth_um >= 0),
  document_sha256 text not null,
  signer_role text ${oneOf('signer_role', ['PATIENT', 'GUARDIAN', 'REPRESENTATIVE'])},
  signed_at text,
  signed_on text,
  state text not null ${oneOf('state', states)},
  voided_at text,
  voided_by text references staff (id),
  void_reason text,
  unique (patient_id, id),
  foreign key (template_id, template_major, template_minor) references consent_template (template_id, major, minor),
  check ((signed_at is null) = (signed_on is null)),
  check (state in ('DRAFT', 'PRESENTED', 'VOIDED') or signed_at is not null),
  check (state not in ('DRAFT', 'PRESENTED') or signed_at is null),
  check ((state = 'VOIDED') = (voided_at is not null)),
  check ((voided_at is null) = (void_reason is null))`,
    ),
    'create index consent_by_patient on consent (patient_id, state, signed_at)',
    dialect.table(
      'consent_withdrawal',
      `  id text not null primary key,
  ${ofConsent},
  at text not null,
  said_by text not null,
  how text not null ${oneOf('how', ['VERBAL', 'WRITTEN'])},
  scopes text not null,
  taken_by text not null references staff (id),
  note text not null,
  ${toConsent}`,
    ),
    'create index consent_withdrawal_by_consent on consent_withdrawal (consent_id, at)',
    'create index consent_withdrawal_by_time on consent_withdrawal (at)',
    dialect.table(
      'consent_reacknowledgement',
      `  id text not null primary key,
  ${ofConsent},
  at text not null,
  said_by text not null,
  practitioner_id text not null references staff (id),
  supervising_physician_id text not null references staff (id),
  taken_by text not null references staff (id),
  ${toConsent}`,
    ),
    'create index consent_reacknowledgement_by_consent on consent_reacknowledgement (consent_id, at)',
    ...dialect.triggers([
      ...neverDeleted('consent_template'),
      ...frozenWhen('consent_template', 'published_stays', '1 = 1', templateColumns),
      ...frozenWhen('consent_template', 'approved_stays', 'old.approved_at is not null', [
        'approved_at',
        'approved_by',
      ]),
      ...neverDeleted('consent'),
      ...frozenWhen('consent', 'owner_stays', '1 = 1', ['id', 'patient_id', 'created_at']),
      ...frozenWhen('consent', 'signed_stays', "old.state not in ('DRAFT', 'PRESENTED')", signedColumns),
      ...frozenWhen('consent', 'void_stays', 'old.voided_at is not null', ['voided_at', 'voided_by', 'void_reason']),
      ...onlyMoves('consent', 'state', [
        ['DRAFT', 'PRESENTED'],
        ['DRAFT', 'VOIDED'],
        ['PRESENTED', 'DRAFT'],
        ['PRESENTED', 'SIGNED'],
        ['PRESENTED', 'VOIDED'],
        ['SIGNED', 'SUPERSEDED'],
        ['SIGNED', 'EXPIRED'],
        ['SIGNED', 'WITHDRAWN'],
        ['SIGNED', 'VOIDED'],
        ['SUPERSEDED', 'WITHDRAWN'],
        ['SUPERSEDED', 'VOIDED'],
        ['EXPIRED', 'WITHDRAWN'],
        ['EXPIRED', 'VOIDED'],
        ['WITHDRAWN', 'VOIDED'],
      ]),
      ...appendOnly('consent_withdrawal'),
      ...appendOnly('consent_reacknowledgement'),
    ]),
  ],
}

const templateColumns = [
  'template_id',
  'major',
  'minor',
  'language',
  'procedure',
  'jurisdiction',
  'effective_from',
  'body',
  'sha256',
  'published_at',
  'published_by',
]

const signedColumns = [
  'version_id',
  'series_id',
  'template_id',
  'template_major',
  'template_minor',
  'procedure',
  'max_depth_um',
  'document_sha256',
  'signer_role',
  'signed_at',
  'signed_on',
]

/** The model text v1.0, which no physician has approved yet. Its words are permanent: others come as another version. */
function modelTextRow(): string {
  const template = modelConsentTemplate('2026-01-01')
  const body = canonicalJson(template)
  const columns = {
    template_id: template.templateId,
    major: template.major,
    minor: template.minor,
    language: template.language,
    procedure: template.procedure,
    jurisdiction: template.jurisdiction,
    effective_from: template.effectiveFrom,
    body,
    sha256: sha256Of(body),
    published_at: '2026-01-01T00:00:00.000Z',
  }
  const values = Object.values(columns).map((value) => (typeof value === 'number' ? value : quoted(value)))
  return `insert into consent_template (${Object.keys(columns).join(', ')}) values (${values.join(', ')})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
