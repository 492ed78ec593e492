import { appendOnly, frozenWhen, neverDeleted, refusedInsert, refusedUpdate } from '../dialects/sqlite.ts'
import { type Migration, oneOf, recordColumns } from './migration.ts'

// The lists stand here as they were when this step shipped: a later list comes with a later step.
const occasions = ['BASELINE', 'OUTCOME']
const clinicianScales = ['GAIS', 'GB_QUAL', 'GB_QUANT', 'GLOGAU', 'VSS', 'MMASI']
const patientScales = ['GAIS', 'SATISFACTION', 'WOULD_REPEAT', 'PAIN_NRS', 'DOWNTIME_DAYS']
const hows = ['IN_PERSON', 'PHONE', 'ON_PAPER']
/** Scale, its version and its bounds in tenths: clinical reference, section 9. */
const bounds: readonly (readonly [scale: string, version: string, from: number, to: number])[] = [
  ['GAIS', '5_BEST_1', 10, 50],
  ['GB_QUAL', '2006', 0, 40],
  ['GB_QUANT', '2006', 0, 840],
  ['GLOGAU', '1996', 10, 40],
  ['VSS', '1990', 0, 130],
  ['MMASI', '2011', 0, 240],
  ['SATISFACTION', 'CLINIC_1', 10, 50],
  ['WOULD_REPEAT', 'CLINIC_1', 0, 10],
  ['PAIN_NRS', '0_TO_10', 0, 100],
  ['DOWNTIME_DAYS', 'DAYS', 0, 3650],
]

/** A level lies inside the scale it names, whatever the program above believes. */
const isOnScale = (scales: readonly string[]) =>
  bounds
    .filter(([scale]) => scales.includes(scale))
    .map(
      ([scale, version, from, to]) =>
        `(scale = '${scale}' and scale_version = '${version}' and level_tenths between ${from} and ${to})`,
    )
    .join(' or ')

export const outcome: Migration = {
  id: 190,
  name: 'outcome',
  statements: (dialect) => [
    dialect.table(
      'outcome',
      `${recordColumns('WITH_PATIENT')},
  series_id text not null,
  occasion text not null ${oneOf('occasion', occasions)},
  rated_on text not null,
  rater_id text not null references staff (id),
  indications text not null,
  baseline_id text,
  baseline_version_id text references record_version (id),
  is_comparable integer check (is_comparable in (0, 1)),
  follow_up_id text references follow_up (id),
  unique (patient_id, id),
  foreign key (patient_id, series_id) references series (patient_id, id),
  foreign key (patient_id, baseline_id) references outcome (patient_id, id),
  check ((occasion = 'OUTCOME') = (is_comparable is not null)),
  check (occasion = 'OUTCOME' or (baseline_id is null and follow_up_id is null)),
  check ((baseline_id is null) = (baseline_version_id is null)),
  check (is_comparable is null or is_comparable = 0 or baseline_id is not null)`,
    ),
    'create index outcome_by_series on outcome (series_id, occasion, rated_on, id)',
    'create index outcome_by_patient on outcome (patient_id, rated_on, id)',
    'create index outcome_by_day on outcome (occasion, rated_on, id)',
    'create index outcome_by_follow_up on outcome (follow_up_id)',
    dialect.table(
      'outcome_score',
      `  outcome_id text not null references outcome (id),
  version_id text not null references record_version (id),
  scale text not null ${oneOf('scale', clinicianScales)},
  scale_version text not null,
  level_tenths integer not null,
  primary key (version_id, scale),
  check (${isOnScale(clinicianScales)})`,
    ),
    dialect.table(
      'outcome_photo',
      `  outcome_id text not null,
  version_id text not null references record_version (id),
  patient_id text not null,
  photo_id text not null,
  primary key (version_id, photo_id),
  foreign key (patient_id, outcome_id) references outcome (patient_id, id),
  foreign key (patient_id, photo_id) references photo (patient_id, id)`,
    ),
    dialect.table(
      'patient_score',
      `  id text not null primary key,
  patient_id text not null references patient (id),
  series_id text not null,
  reported_on text not null,
  how text not null ${oneOf('how', hows)},
  entered_by text not null references staff (id),
  entered_at text not null,
  foreign key (patient_id, series_id) references series (patient_id, id)`,
    ),
    'create index patient_score_by_series on patient_score (series_id, reported_on, entered_at, id)',
    dialect.table(
      'patient_score_level',
      `  patient_score_id text not null references patient_score (id),
  scale text not null ${oneOf('scale', patientScales)},
  scale_version text not null,
  level_tenths integer not null,
  primary key (patient_score_id, scale),
  check (${isOnScale(patientScales)})`,
    ),
    ...dialect.triggers([
      ...neverDeleted('outcome'),
      ...frozenWhen('outcome', 'stays_what_it_was', '1 = 1', [
        'id',
        'patient_id',
        'created_at',
        'series_id',
        'occasion',
        'rated_on',
        'rater_id',
        'baseline_id',
        'baseline_version_id',
        'follow_up_id',
      ]),
      // What an outcome is compared with is a baseline of the same course.
      ...refusedInsert(
        'outcome',
        'compared_with_its_baseline',
        `new.baseline_id is not null and not exists (select 1 from outcome earlier where earlier.id = new.baseline_id
           and earlier.series_id = new.series_id and earlier.occasion = 'BASELINE')`,
      ),
      ...appendOnly('outcome_score'),
      ...appendOnly('outcome_photo'),
      ...appendOnly('patient_score'),
      ...appendOnly('patient_score_level'),
      // A review is reached by rating it; the worklist closes it only for who declines or cannot be reached.
      ...refusedUpdate(
        'follow_up',
        'review_needs_its_rating',
        `new.kind = 'OUTCOME_REVIEW' and new.state = 'DONE' and old.state <> 'DONE' and new.result = 'REACHED'
           and not exists (select 1 from outcome where outcome.follow_up_id = new.id)`,
      ),
    ]),
  ],
}
