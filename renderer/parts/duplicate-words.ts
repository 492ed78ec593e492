import type { DuplicateReason } from '../../shared/domain/patient-duplicate.ts'

/** What speaks for one person in two charts. */
export const duplicateWords: Readonly<Record<DuplicateReason, string>> = {
  SAME_NAME: 'same name',
  NAMES_SWAPPED: 'names the other way round',
  SIMILAR_NAME: 'similar name',
  SAME_BIRTH_DATE: 'same birth date',
  SIMILAR_BIRTH_DATE: 'birth date nearly the same',
  SAME_ADDRESS: 'same address',
  SIMILAR_ADDRESS: 'similar address',
  SAME_PHONE: 'same phone',
}
