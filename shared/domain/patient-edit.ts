import type { CalendarDate } from '../kernel/time.ts'
import {
  type ArchiveReason,
  archiveReasons,
  type FormerName,
  type PatientBody,
  type PatientDetails,
} from './patient.ts'

/** Reasons that a person may give; an undone import archives by itself. */
export const archiveReasonsToChoose = archiveReasons.filter(
  (reason): reason is Exclude<ArchiveReason, 'IMPORT_UNDONE'> => reason !== 'IMPORT_UNDONE',
)

export const reactivateReasons = ['CAME_BACK', 'ARCHIVED_BY_MISTAKE', 'NOT_A_DUPLICATE', 'IMPORT_KEPT'] as const
export type ReactivateReason = (typeof reactivateReasons)[number]

/** What a changed surname or given name means: only a new name leaves the old one in search. */
export const nameChanges = ['NEW_NAME', 'CORRECTION'] as const
export type NameChange = (typeof nameChanges)[number]

/** True where a name that was known is now another one or gone; a name that was missing and is now known is none. */
export function isNameChanged(
  before: Pick<PatientDetails, 'family' | 'given'>,
  after: Pick<PatientDetails, 'family' | 'given'>,
): boolean {
  return (
    (before.family !== null && before.family !== after.family) ||
    (before.given !== null && before.given !== after.given)
  )
}

/** The details as they are kept: with a new name the one before stays among the former names, until today. */
export function withNameHistory(
  before: PatientDetails,
  after: PatientDetails,
  { change, today }: { readonly change: NameChange | null; readonly today: CalendarDate },
): PatientDetails {
  if (change !== 'NEW_NAME' || !isNameChanged(before, after)) return after
  const former: FormerName = {
    family: before.family === after.family ? null : before.family,
    given: before.given === after.given ? null : before.given,
    from: null,
    until: today,
  }
  const isListed = after.formerNames.some((name) => name.family === former.family && name.given === former.given)
  return isListed ? after : { ...after, formerNames: [...after.formerNames, former] }
}

/** What a version of a chart can differ in, in the order in which it is shown. */
export const patientFields = [
  'family',
  'given',
  'middle',
  'preferred',
  'formerNames',
  'bornOn',
  'bornText',
  'sex',
  'gender',
  'phones',
  'email',
  'address',
  'preferredChannel',
  'language',
  'interpreterNeeded',
  'allergies',
  'fst',
  'guardian',
  'emergencyContact',
  'deskNotes',
  'chartNumber',
  'status',
] as const satisfies readonly (keyof PatientBody)[]
export type PatientField = (typeof patientFields)[number]

/** Fields in which two versions differ, in the order of `patientFields`. */
export function changedPatientFields(before: PatientBody, after: PatientBody): readonly PatientField[] {
  return patientFields.filter((field) => !isEqual(before[field], after[field]))
}

/** Equal as JSON values, whatever the order of members: bodies come from canonical text and from forms. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return (
    left.size === right.size && [...left].every(([name, value]) => right.has(name) && isEqual(value, right.get(name)))
  )
}
