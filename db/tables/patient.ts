import type {
  AllergyState,
  ArchiveReason,
  PatientSource,
  PatientStatus,
  SkinType,
} from '../../shared/domain/patient.ts'
import type { ImportRefusal, ImportVerdict } from '../../shared/domain/patient-import.ts'
import type { ImportField } from '../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape } from '../../shared/domain/patient-import-dates.ts'
import type { KeyRole } from '../../shared/domain/patient-name.ts'
import type { ImportId, PatientId, StaffId, VersionId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** What lists, search and the banner read without opening the body; a projection of the newest version. */
export interface PatientTable {
  id: PatientId
  /** The same as `id`: a patient belongs to itself, as its records belong to it. */
  patient_id: PatientId
  version: number
  version_id: VersionId
  created_at: Instant
  updated_at: Instant
  chart_number: string
  /** Folded chart number, unique. */
  chart_key: string
  /** Folded chart number without its leading letters: people read out the digits. */
  chart_digits: string
  /** Folded surname and given name: the order of lists. */
  sort_name: string
  family: string | null
  given: string | null
  middle: string | null
  preferred: string | null
  /** JSON array of `[family, given]`, null where there is none. */
  former_names: string | null
  born_on: CalendarDate | null
  born_text: string | null
  /** JSON array of phone numbers as written, null where there is none. */
  phones: string | null
  /** Last four digits of the first phone. */
  phone_tail: string | null
  skin_type: SkinType | null
  allergy_state: AllergyState
  status: PatientStatus
  archive_reason: ArchiveReason | null
  source: PatientSource
  import_id: ImportId | null
  /** 1 while another chart is easily mixed up with this one (NAME_ALERT). No body carries it. */
  look_alike: number
}

/** One row per word of a name, in the order in which search reads them. */
export interface PatientKeyTable {
  role: KeyRole
  tok: string
  /** The other words and the birth date, each with a leading space. */
  rest: string
  patient_id: PatientId
}

export interface PatientPhoneTable {
  /** Digits, last one first. */
  digits: string
  patient_id: PatientId
}

/** Likely duplicates share a block. */
export interface PatientBlockTable {
  block: string
  patient_id: PatientId
}

/** One row: the last chart number that this store gave out. */
export interface ChartCounterTable {
  id: number
  last: number
}

export interface PatientImportTable {
  id: ImportId
  version: number
  file_name: string
  file_sha256: string
  /** JSON array of fields, one per column. */
  mapping: string
  date_shape: ColumnDateShape
  row_count: number
  new_count: number
  review_count: number
  refused_count: number
  status: 'COMMITTED' | 'UNDONE'
  committed_at: Instant
  committed_by: StaffId
  undone_at: Instant | null
  undone_by: StaffId | null
}

/** Every row of the file and what became of it: patients + held + not added + refused = rows. */
export interface PatientImportRowTable {
  import_id: ImportId
  line: number
  verdict: ImportVerdict
  /** ADDED and KEPT_BOTH have a patient; HELD waits for a person; NOT_ADDED was decided; REFUSED never was one. */
  outcome: 'ADDED' | 'HELD' | 'KEPT_BOTH' | 'NOT_ADDED' | 'REFUSED'
  patient_id: PatientId | null
  refusal: ImportRefusal | null
  refused_field: ImportField | null
  /** JSON array of notices. */
  notices: string
  /** JSON of the candidate while the row is HELD, so that a later decision needs no file. */
  candidate: string | null
  decided_at: Instant | null
  decided_by: StaffId | null
}

/** Why a row is held: the chart, or the other row of the file, that it may be. */
export interface PatientImportPairTable {
  import_id: ImportId
  line: number
  /** 1 is the likeliest. */
  place: number
  patient_id: PatientId | null
  /** Set where the other row is itself held and so has no chart yet. */
  other_line: number | null
  /** Tenths of a point. */
  score: number
  /** JSON array of reasons. */
  reasons: string
}

export type PatientTables = {
  patient: PatientTable
  patient_key: PatientKeyTable
  patient_phone: PatientPhoneTable
  patient_block: PatientBlockTable
  chart_counter: ChartCounterTable
  patient_import: PatientImportTable
  patient_import_row: PatientImportRowTable
  patient_import_pair: PatientImportPairTable
}
