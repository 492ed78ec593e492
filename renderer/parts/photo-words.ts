import type { PhotoOccasion, PhotoState, PhotoUse, PhotoView } from '../../shared/domain/photo.ts'
import type { SeriesBody } from '../../shared/domain/series.ts'

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

/** `The photo L45`: as the sentences of a record name one picture. */
export function photoName(view: unknown): string {
  const known = Object.entries(viewWords).find(([code]) => code === view)
  return known ? `The photo ${known[1]}` : 'A photo'
}

/** `Missing: L45, R90`. */
export function missingViewWords(views: readonly string[]): string {
  const words: Readonly<Record<string, string>> = viewWords
  return `Missing: ${views.map((view) => words[view] ?? view).join(', ')}`
}

/** What became of a picture that a record names. */
export const photoStateWords: Readonly<Record<PhotoState, string>> = {
  INTACT: 'As it was signed',
  CHANGED: 'Broken: not the picture that was signed',
  REMOVED: 'Entered in error since',
}

export const photoPlanWords: Readonly<Record<SeriesBody['photos'], string>> = {
  TAKEN: 'Taken here',
  DECLINED: 'Declined',
  KEPT_ELSEWHERE: 'Kept elsewhere',
}

/** `Taken here before every session: Front, L45`. */
export function photoPlanText({ photos, photoViews }: Pick<SeriesBody, 'photos' | 'photoViews'>): string {
  if (photos !== 'TAKEN') return photoPlanWords[photos]
  return `${photoPlanWords.TAKEN} before every session: ${photoViews.map((view) => viewWords[view]).join(', ')}`
}
