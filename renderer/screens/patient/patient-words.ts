import type { ChartFacts } from '../../../shared/contract/patient.ts'
import type {
  AllergyKind,
  AllergyState,
  ArchiveReason,
  ContactChannel,
  PhoneKind,
  Sex,
} from '../../../shared/domain/patient.ts'
import type { NameChange, PatientField, ReactivateReason } from '../../../shared/domain/patient-edit.ts'
import { formatDate } from '../../parts/format.ts'

export const sexWords: Readonly<Record<Sex, string>> = { FEMALE: 'Female', MALE: 'Male', INTERSEX: 'Intersex' }

export const phoneWords: Readonly<Record<PhoneKind, string>> = {
  MOBILE: 'Mobile',
  HOME: 'Home',
  WORK: 'Work',
  OTHER: 'Other',
}

export const channelWords: Readonly<Record<ContactChannel, string>> = {
  PHONE: 'Phone',
  SMS: 'Text message',
  EMAIL: 'E-mail',
  POST: 'Letter',
}

export const allergyStateWords: Readonly<Record<AllergyState, string>> = {
  NOT_ASKED: 'Not asked',
  NONE_KNOWN: 'No known allergies',
  LISTED: 'Listed',
}

export const allergyKindWords: Readonly<Record<AllergyKind, string>> = {
  ANAESTHETIC: 'Local anaesthetic',
  METAL: 'Metal',
  LATEX: 'Latex',
  ADHESIVE: 'Adhesive, tape',
  SKINCARE: 'Skin care',
  MEDICINE: 'Medicine',
  FOOD: 'Food',
  OTHER: 'Other',
}

export const nameChangeWords: Readonly<Record<NameChange, string>> = {
  NEW_NAME: 'A new name',
  CORRECTION: 'A correction',
}

export const archiveWords: Readonly<Record<ArchiveReason, string>> = {
  MOVED_AWAY: 'Moved away',
  DECEASED: 'Deceased',
  DUPLICATE: 'The same person has another chart',
  MISTAKE: 'Registered by mistake',
  IMPORT_UNDONE: 'The import was undone',
  OTHER: 'Another reason',
}

export const reactivateWords: Readonly<Record<ReactivateReason, string>> = {
  CAME_BACK: 'The patient came back',
  ARCHIVED_BY_MISTAKE: 'Archived by mistake',
  NOT_A_DUPLICATE: 'No duplicate after all',
  IMPORT_KEPT: 'Kept although the import was undone',
}

export const fieldWords: Readonly<Record<PatientField, string>> = {
  family: 'Surname',
  given: 'Given name',
  middle: 'Middle names',
  preferred: 'Preferred name',
  formerNames: 'Former names',
  bornOn: 'Birth date',
  bornText: 'Birth date as imported',
  sex: 'Sex',
  gender: 'Gender',
  phones: 'Phones',
  email: 'E-mail',
  address: 'Address',
  preferredChannel: 'Preferred contact',
  language: 'Language',
  interpreterNeeded: 'Interpreter',
  allergies: 'Allergies',
  fst: 'Skin type',
  guardian: 'Guardian',
  emergencyContact: 'Emergency contact',
  deskNotes: 'Desk notes',
  chartNumber: 'Chart number',
  status: 'Status',
}

const versionWords: Readonly<Record<string, string>> = {
  REGISTERED: 'Registered',
  IMPORTED: 'Imported',
  EDITED: 'Edited',
  ARCHIVED: 'Archived',
  ALLERGIES_SET: 'Allergies noted',
  SKIN_TYPE_SET: 'Skin type recorded',
  MERGED_FROM_IMPORT: 'Completed from an import',
  IMPORT_UNDONE: 'Archived: the import was undone',
}

/** Why a version exists. */
export function versionWord(reason: string): string {
  const back = /^REACTIVATED_(.+)$/.exec(reason)?.[1]
  if (back !== undefined && back in reactivateWords)
    return `Active again: ${reactivateWords[back as ReactivateReason].toLowerCase()}`
  return versionWords[reason] ?? 'Changed'
}

/** One field of a version in words; what is empty is written out. */
export function fieldText(field: PatientField, facts: ChartFacts): string {
  const { details, allergies, fst, status, chartNumber } = facts
  switch (field) {
    case 'chartNumber':
      return chartNumber
    case 'status':
      return status.state === 'ACTIVE' ? 'Active' : `Archived: ${archiveWords[status.reason].toLowerCase()}`
    case 'allergies':
      return allergies === null ? 'not shown' : allergyText(allergies)
    case 'fst':
      return fst === null ? 'not recorded' : `${fst.type}, recorded ${formatDate(fst.recordedOn)}`
    case 'formerNames':
      return listed(details.formerNames.map((name) => [name.given, name.family].filter(Boolean).join(' ')))
    case 'bornOn':
      return details.bornOn === null ? 'unknown' : formatDate(details.bornOn)
    case 'sex':
      return details.sex === null ? 'not asked' : sexWords[details.sex]
    case 'phones':
      return listed(details.phones.map((phone) => `${phoneWords[phone.kind]} ${phone.number}`))
    case 'address':
      return listed([
        details.address.line1,
        details.address.line2,
        details.address.postcode,
        details.address.locality,
        details.address.region,
      ])
    case 'preferredChannel':
      return details.preferredChannel === null ? 'not asked' : channelWords[details.preferredChannel]
    case 'interpreterNeeded':
      return details.interpreterNeeded ? 'needed' : 'not needed'
    case 'guardian':
      return details.guardian === null ? 'none' : listed(Object.values(details.guardian))
    case 'emergencyContact':
      return details.emergencyContact === null ? 'none' : listed(Object.values(details.emergencyContact))
    default:
      return details[field] ?? 'none'
  }
}

function allergyText(allergies: NonNullable<ChartFacts['allergies']>): string {
  if (allergies.state === 'NOT_ASKED') return 'not asked'
  if (allergies.state === 'NONE_KNOWN') return `no known allergies, asked ${formatDate(allergies.askedOn)}`
  return listed(
    allergies.entries.map((entry) =>
      entry.reaction === null ? entry.substance : `${entry.substance} (${entry.reaction})`,
    ),
  )
}

function listed(parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(', ') || 'none'
}
