import type { ImportLineWire, PreviewRow } from '../../../shared/contract/patient-import.ts'
import type { PatientDetails } from '../../../shared/domain/patient.ts'
import type { DuplicateReason } from '../../../shared/domain/patient-duplicate.ts'
import type { ImportNotice, ImportRefusal, ImportVerdict } from '../../../shared/domain/patient-import.ts'
import type { ImportField, MappingProblem } from '../../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape } from '../../../shared/domain/patient-import-dates.ts'
import { formatDate, formatNameWithoutPreferred } from '../../parts/format.ts'

export const columnWords: Readonly<Record<ImportField, string>> = {
  chartNumber: 'Chart number',
  sourceId: 'Number in the other system',
  family: 'Surname',
  given: 'Given name',
  middle: 'Middle names',
  fullName: 'Whole name',
  preferred: 'Preferred name',
  formerFamily: 'Former surname',
  bornOn: 'Birth date',
  sex: 'Sex',
  gender: 'Gender',
  mobile: 'Mobile phone',
  homePhone: 'Home phone',
  workPhone: 'Work phone',
  phone: 'Phone',
  email: 'E-mail',
  houseNumber: 'House number',
  line1: 'Address',
  line2: 'Address, second line',
  locality: 'Town',
  postcode: 'Postcode',
  region: 'State or region',
  language: 'Language',
  emergencyName: 'Emergency contact',
  emergencyRelationship: 'Emergency contact, relationship',
  emergencyPhone: 'Emergency contact, phone',
  notes: 'Notes',
}

export const shapeWords: Readonly<Record<ColumnDateShape, string>> = {
  DMY: 'day first',
  MDY: 'month first',
  YMD: 'year first',
}

export const problemWords: Readonly<Record<MappingProblem | 'NO_ROWS', string>> = {
  NO_NAME_COLUMN:
    'No column is read as a name. Choose which column holds the surname, the given name or the whole name.',
  COLUMN_MAPPED_TWICE: 'Two columns are read as the same thing. Leave one of them out.',
  NO_COLUMNS: 'No columns were found. The first line of the file has to name them.',
  NO_ROWS: 'The file names its columns and has no row below them.',
}

export const verdictWords: Readonly<Record<ImportVerdict, string>> = {
  NEW: 'New patient',
  REVIEW: 'Held: may be known',
  REFUSED: 'Refused',
}

const refusalWords: Readonly<Record<ImportRefusal, string>> = {
  NO_NAME: 'no name in this row',
  TOO_MANY_CELLS: 'more cells than columns',
  BROKEN_QUOTES: 'a quotation mark is not closed',
  TEXT_TOO_LONG: 'text too long',
  UNREADABLE_TEXT: 'characters that cannot be read',
}

const noticeWords: Readonly<Record<ImportNotice, string>> = {
  BORN_MISSING: 'no birth date',
  BORN_IMPOSSIBLE: 'birth date does not exist, kept as text',
  BORN_OTHER_ORDER: 'birth date only fits another order, kept as text',
  BORN_CENTURY_GUESSED: 'century of the birth date is a guess',
  ONE_NAME: 'only one name',
  KEPT_IN_NOTES: 'what had no place is in the desk notes',
  CHART_NUMBER_TAKEN: 'chart number is taken, a new one is given',
}

const pairWords: Readonly<Record<DuplicateReason, string>> = {
  SAME_NAME: 'same name',
  NAMES_SWAPPED: 'names the other way round',
  SIMILAR_NAME: 'similar name',
  SAME_BIRTH_DATE: 'same birth date',
  SIMILAR_BIRTH_DATE: 'birth date nearly the same',
  SAME_ADDRESS: 'same address',
  SIMILAR_ADDRESS: 'similar address',
  SAME_PHONE: 'same phone',
}

export function refusalText(refusal: ImportRefusal, field: ImportField | null): string {
  return field === null ? refusalWords[refusal] : `${refusalWords[refusal]} (${columnWords[field].toLowerCase()})`
}

export function noticesText(notices: readonly ImportNotice[]): string {
  return notices.map((notice) => noticeWords[notice]).join('; ')
}

export function reasonsText(reasons: readonly DuplicateReason[]): string {
  return reasons.map((reason) => pairWords[reason]).join(', ')
}

/** Why the row is what it is: `like line 2: same name`, `no name in this row`, notices. */
export function rowText(row: PreviewRow): string {
  const parts: string[] = []
  if (row.refusal !== null) parts.push(refusalText(row.refusal, row.refusedField))
  if (row.pair !== null) {
    const { patient, line, reasons } = row.pair
    const whom = patient
      ? `${formatNameWithoutPreferred({ familyName: patient.family, givenName: patient.given })}, ${patient.chartNumber}`
      : `line ${line ?? '?'}`
    parts.push(`like ${whom}: ${reasonsText(reasons)}`)
  }
  if (row.notices.length > 0) parts.push(noticesText(row.notices))
  return parts.join('; ')
}

/** The birth date of a row, or what stood in its place. */
export function bornText(row: Pick<ImportLineWire, 'bornOn' | 'bornText'>): string {
  if (row.bornOn !== null) return formatDate(row.bornOn)
  return row.bornText === null ? 'unknown' : `“${row.bornText}”`
}

export type ComparedField = Exclude<keyof PatientDetails, 'allergies'>

export const comparedWords: Readonly<Record<ComparedField, string>> = {
  family: 'Surname',
  given: 'Given name',
  middle: 'Middle names',
  preferred: 'Preferred name',
  formerNames: 'Former names',
  bornOn: 'Birth date',
  bornText: 'Birth date as written',
  sex: 'Sex',
  gender: 'Gender',
  phones: 'Phones',
  email: 'E-mail',
  address: 'Address',
  preferredChannel: 'Preferred contact',
  language: 'Language',
  interpreterNeeded: 'Interpreter',
  guardian: 'Guardian',
  emergencyContact: 'Emergency contact',
  deskNotes: 'Desk notes',
}

type Details = Omit<PatientDetails, 'allergies'>

/** One field in words; empty where it says nothing. */
export function comparedText(field: ComparedField, details: Details): string {
  const value = details[field]
  if (value === null || value === false) return ''
  if (value === true) return 'needed'
  if (field === 'bornOn') return details.bornOn === null ? '' : formatDate(details.bornOn)
  if (field === 'phones') return details.phones.map((phone) => phone.number).join(', ')
  if (field === 'formerNames')
    return details.formerNames.map((name) => [name.given, name.family].filter(Boolean).join(' ')).join(', ')
  if (typeof value === 'string')
    return value.length > 0 && value === value.toUpperCase() && field === 'sex' ? sexWord(value) : value
  return Object.values(value).filter(Boolean).join(', ')
}

function sexWord(value: string): string {
  return value.charAt(0) + value.slice(1).toLowerCase()
}
