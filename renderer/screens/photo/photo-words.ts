import type { PhotoOccasion, PhotoUse, PhotoView } from '../../../shared/domain/photo.ts'

export const viewWords: Readonly<Record<PhotoView, string>> = {
  FRONT: 'Front',
  L45: 'L45',
  L90: 'L90',
  R45: 'R45',
  R90: 'R90',
  DETAIL: 'Close-up',
}

/** Said in full where there is room. L and R are the patient's. */
export const viewSentences: Readonly<Record<PhotoView, string>> = {
  FRONT: 'from the front',
  L45: 'from the left, half turned',
  L90: 'in left profile',
  R45: 'from the right, half turned',
  R90: 'in right profile',
  DETAIL: 'as a close-up of one zone',
}

export const occasionWords: Readonly<Record<PhotoOccasion, string>> = {
  BASELINE: 'Baseline',
  BEFORE_SESSION: 'Before a session',
  AFTER_SESSION: 'After a session',
  COMPLICATION: 'Complication',
  OUTCOME: 'Outcome review',
}

export const useWords: Readonly<Record<PhotoUse, string>> = {
  PATIENT: 'The patient’s own copy',
  RECORD: 'With the record, to another clinician',
  TEACHING: 'Staff teaching',
  MARKETING: 'Website or advertising',
}

/** 1.2 MB, 340 kB: how large a kept picture is. */
export function sizeWords(bytes: number): string {
  return bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`
}
