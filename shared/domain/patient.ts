import type { ImportId, PatientId, StaffId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'

/** The schema every patient version written today declares; older ones stay readable. */
export const patientSchema = 'patient/1'

export const sexes = ['FEMALE', 'MALE', 'INTERSEX'] as const
export type Sex = (typeof sexes)[number]

export const phoneKinds = ['MOBILE', 'HOME', 'WORK', 'OTHER'] as const
export type PhoneKind = (typeof phoneKinds)[number]

export const contactChannels = ['PHONE', 'SMS', 'EMAIL', 'POST'] as const
export type ContactChannel = (typeof contactChannels)[number]

/** What the screening asks about by name (clinical reference, section 3, SQ-36 and SQ-37), and the rest. */
export const allergyKinds = [
  'ANAESTHETIC',
  'METAL',
  'LATEX',
  'ADHESIVE',
  'SKINCARE',
  'MEDICINE',
  'FOOD',
  'OTHER',
] as const
export type AllergyKind = (typeof allergyKinds)[number]

/** Three-valued, because "no known allergies" and "not asked" are different facts. */
export const allergyStates = ['NOT_ASKED', 'NONE_KNOWN', 'LISTED'] as const
export type AllergyState = (typeof allergyStates)[number]

/** Fitzpatrick skin type (clinical reference, section 1). */
export const skinTypes = ['I', 'II', 'III', 'IV', 'V', 'VI'] as const
export type SkinType = (typeof skinTypes)[number]

export const patientStatuses = ['ACTIVE', 'ARCHIVED'] as const
export type PatientStatus = (typeof patientStatuses)[number]

export const archiveReasons = ['MOVED_AWAY', 'DECEASED', 'DUPLICATE', 'MISTAKE', 'IMPORT_UNDONE', 'OTHER'] as const
export type ArchiveReason = (typeof archiveReasons)[number]

export const patientSources = ['REGISTERED', 'IMPORTED'] as const
export type PatientSource = (typeof patientSources)[number]

/** A name the patient had before. Either part may be unknown, not both; the period may be unknown. */
export type FormerName = {
  readonly family: string | null
  readonly given: string | null
  readonly from: CalendarDate | null
  readonly until: CalendarDate | null
}

export type Phone = { readonly kind: PhoneKind; readonly number: string }

export type Address = {
  readonly line1: string | null
  readonly line2: string | null
  readonly locality: string | null
  readonly postcode: string | null
  readonly region: string | null
}

export type AllergyEntry = {
  readonly substance: string
  readonly reaction: string | null
  readonly kind: AllergyKind
}

export type Allergies =
  | { readonly state: 'NOT_ASKED' }
  | { readonly state: 'NONE_KNOWN'; readonly askedOn: CalendarDate }
  | { readonly state: 'LISTED'; readonly entries: readonly AllergyEntry[] }

export type Guardian = {
  readonly name: string
  readonly relationship: string
  readonly phone: string | null
  /** Which proof of authority was seen, in words; null while none was. */
  readonly proofSeen: string | null
}

export type EmergencyContact = {
  readonly name: string
  readonly relationship: string | null
  readonly phone: string
}

/** Recorded by a clinician, dated, never inferred from ethnicity (clinical reference, section 1). */
export type RecordedSkinType = { readonly type: SkinType; readonly recordedOn: CalendarDate; readonly by: StaffId }

/** What identifies a person: one of `family` and `given` may be unknown, never both. */
export type PatientNames = {
  readonly family: string | null
  readonly given: string | null
  readonly middle: string | null
  readonly preferred: string | null
  readonly formerNames: readonly FormerName[]
}

/** `bornText` keeps a date exactly as it was written where it does not exist; `bornOn` is then null. */
export type Born = { readonly bornOn: CalendarDate | null; readonly bornText: string | null }

/** What the registration form holds, and what an imported row becomes. */
export type PatientDetails = PatientNames &
  Born & {
    readonly sex: Sex | null
    readonly gender: string | null
    readonly phones: readonly Phone[]
    readonly email: string | null
    readonly address: Address
    readonly preferredChannel: ContactChannel | null
    /** BCP 47, e.g. `en` or `pl`; null while not asked. */
    readonly language: string | null
    readonly interpreterNeeded: boolean
    readonly allergies: Allergies
    readonly guardian: Guardian | null
    readonly emergencyContact: EmergencyContact | null
    readonly deskNotes: string | null
  }

/** One version of a patient: the body whose bytes are kept. */
export type PatientBody = PatientDetails & {
  readonly schema: typeof patientSchema
  readonly id: PatientId
  readonly chartNumber: string
  readonly fst: RecordedSkinType | null
  readonly status:
    | { readonly state: 'ACTIVE' }
    | { readonly state: 'ARCHIVED'; readonly reason: ArchiveReason; readonly note: string | null }
  readonly source:
    | { readonly kind: 'REGISTERED' }
    | {
        readonly kind: 'IMPORTED'
        readonly importId: ImportId
        /** Line of the file, the header being line 1. */
        readonly line: number
        /** The identifier the other system used; never compared when duplicates are sought. */
        readonly sourceId: string | null
      }
}

export const noAddress: Address = { line1: null, line2: null, locality: null, postcode: null, region: null }

/** A form nobody has filled in yet. */
export const emptyPatientDetails: PatientDetails = {
  family: null,
  given: null,
  middle: null,
  preferred: null,
  formerNames: [],
  bornOn: null,
  bornText: null,
  sex: null,
  gender: null,
  phones: [],
  email: null,
  address: noAddress,
  preferredChannel: null,
  language: null,
  interpreterNeeded: false,
  allergies: { state: 'NOT_ASKED' },
  guardian: null,
  emergencyContact: null,
  deskNotes: null,
}

export const patientDetailProblems = [
  'NAME_MISSING',
  'BORN_IN_FUTURE',
  'BORN_TOO_LONG_AGO',
  'BORN_TWICE',
  'ALLERGY_LIST_EMPTY',
  'FORMER_NAME_EMPTY',
] as const
export type PatientDetailProblem = (typeof patientDetailProblems)[number]

/**
 * What stands against keeping these details, in the order of the form. A missing birth date is no problem: it is
 * written out as unknown.
 */
export function patientDetailsProblems(
  details: PatientDetails,
  today: CalendarDate,
): readonly { readonly field: keyof PatientDetails; readonly problem: PatientDetailProblem }[] {
  const problems: { field: keyof PatientDetails; problem: PatientDetailProblem }[] = []
  if (details.family === null && details.given === null) problems.push({ field: 'family', problem: 'NAME_MISSING' })
  if (details.formerNames.some((name) => name.family === null && name.given === null)) {
    problems.push({ field: 'formerNames', problem: 'FORMER_NAME_EMPTY' })
  }
  if (details.bornOn !== null && details.bornOn > today) problems.push({ field: 'bornOn', problem: 'BORN_IN_FUTURE' })
  if (details.bornOn !== null && details.bornOn < earliestBirth(today)) {
    problems.push({ field: 'bornOn', problem: 'BORN_TOO_LONG_AGO' })
  }
  if (details.bornOn !== null && details.bornText !== null) problems.push({ field: 'bornText', problem: 'BORN_TWICE' })
  if (details.allergies.state === 'LISTED' && details.allergies.entries.length === 0) {
    problems.push({ field: 'allergies', problem: 'ALLERGY_LIST_EMPTY' })
  }
  return problems
}

/** Whether search still finds the chart: one that should never have been made leaves it, one of a person who left stays. */
export function isFoundBySearch(status: PatientBody['status']): boolean {
  return (
    status.state === 'ACTIVE' ||
    status.reason === 'MOVED_AWAY' ||
    status.reason === 'DECEASED' ||
    status.reason === 'OTHER'
  )
}

/** Nobody has lived past 122; a birth date earlier than 130 years ago is a slip of the pen. */
export function earliestBirth(today: CalendarDate): CalendarDate {
  return `${String(Number(today.slice(0, 4)) - 130).padStart(4, '0')}${today.slice(4)}`
}

/** The number a new chart gets from the store's own counter, e.g. `C10001`: short enough to be read out on the phone. */
export function chartNumberOf(sequence: number): string {
  return `C${String(10_000 + sequence)}`
}
