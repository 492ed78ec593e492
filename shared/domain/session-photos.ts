import type { PhotoId, SessionId } from '../kernel/ids.ts'
import type { CalendarDate } from '../kernel/time.ts'
import { type PhotoOccasion, type PhotoView, photoViews, plannedViewsOf, viewsNotTaken } from './photo.ts'
import type { SeriesBody } from './series.ts'
import type { DraftOf, SessionDraft } from './session.ts'
import type { DraftPhotos, PhotoRecord, TakenPhoto } from './session-photo-record.ts'
import type { Findings, HardProblem } from './session-problem.ts'

export const photoMoments = ['prePhotos', 'postPhotos'] as const
export type PhotoMoment = (typeof photoMoments)[number]

/** A picture that a session could name: of its day, or named in its draft. */
export type PhotoChoice = TakenPhoto & {
  readonly occasion: PhotoOccasion
  readonly sessionId: SessionId | null
  readonly takenOn: CalendarDate
  readonly isVoided: boolean
  /** The patient took back the permission for the own record, and no submitted version names the picture yet. */
  readonly isWithdrawn: boolean
}

/** What the check of a session's photos reads besides the draft. */
export type PhotoDesk = {
  readonly photoChoices: readonly PhotoChoice[]
  /** The views that the course plans. */
  readonly photoViews: readonly PhotoView[]
}

/**
 * The pictures of this moment that may be named, in the order of the protocol: of the day, of no other session, neither
 * removed nor taken back.
 */
export function photosToName(
  moment: PhotoMoment,
  choices: readonly PhotoChoice[],
  { sessionId, on }: { readonly sessionId: SessionId; readonly on: CalendarDate },
): readonly PhotoChoice[] {
  const occasions: readonly PhotoOccasion[] =
    moment === 'prePhotos' ? ['BASELINE', 'BEFORE_SESSION'] : ['AFTER_SESSION']
  return choices
    .filter(
      (choice) =>
        occasions.includes(choice.occasion) &&
        (choice.sessionId === null || choice.sessionId === sessionId) &&
        choice.takenOn === on &&
        !choice.isVoided &&
        !choice.isWithdrawn,
    )
    .toSorted((a, b) => photoViews.indexOf(a.view) - photoViews.indexOf(b.view))
}

/** Paths of what is open in the answer; `photos` where pictures were taken and none is named. */
export function missingOfPhotos(path: string, answer: DraftPhotos | null | undefined): readonly string[] {
  if (!answer) return [path]
  if (!answer.kind) return [`${path}.kind`]
  if (answer.kind === 'TAKEN') return (answer.photos ?? []).length === 0 ? [`${path}.photos`] : []
  return answer.reason?.trim() ? [] : [`${path}.reason`]
}

/**
 * Refuses pictures that are not this patient's, were removed, taken back or taken on another day; a view of the plan
 * that is missing is a warning that names it.
 */
export function photoFindings(draft: SessionDraft, desk: PhotoDesk & { readonly on: CalendarDate }): Findings {
  const answered = photoMoments.flatMap((path) => {
    const answer = draft[path]
    return answer?.kind === 'TAKEN' ? [{ path, photos: answer.photos ?? [] }] : []
  })
  return {
    hard: answered.flatMap(({ path, photos }) =>
      photos.flatMap(({ photoId }) => refusedPhoto(path, photoId ?? null, desk)),
    ),
    soft: answered.flatMap(({ path, photos }) => {
      const views = viewsNotTaken(desk.photoViews, photos)
      return photos.length > 0 && views.length > 0
        ? [{ code: 'PHOTO_VIEW_MISSING' as const, path, facts: { views: [...views] } }]
        : []
    }),
  }
}

function refusedPhoto(
  path: PhotoMoment,
  photoId: PhotoId | null,
  { photoChoices, on }: PhotoDesk & { readonly on: CalendarDate },
): readonly HardProblem[] {
  const choice = photoChoices.find((one) => one.photoId === photoId)
  const facts = { view: choice?.view ?? null }
  if (!choice) return [{ code: 'PHOTO_NOT_OF_PATIENT', path, facts }]
  if (choice.isVoided) return [{ code: 'PHOTO_REMOVED', path, facts }]
  if (choice.takenOn !== on) return [{ code: 'PHOTO_NOT_OF_DAY', path, facts }]
  return choice.isWithdrawn ? [{ code: 'PHOTO_PERMISSION_WITHDRAWN', path, facts }] : []
}

/** The answer to sign, from a draft that passed its check and whose pictures main has read from the store. */
export function closePhotos({ kind, reason, photos }: DraftPhotos): PhotoRecord {
  if (!kind) throw new Error('a checked session answers for its photos')
  if (kind !== 'TAKEN') return { kind, reason: reason ?? '' }
  return {
    kind,
    photos: (photos ?? []).map(({ photoId, view, sha256 }) => {
      if (!photoId || !view || !sha256) throw new Error('a photo of a checked session is not read from the store')
      return { photoId, view, sha256 }
    }),
  }
}

/** Every picture that the draft or record names, before and after. */
export function photosNamedIn(session: {
  readonly prePhotos?: DraftPhotos | PhotoRecord | null | undefined
  readonly postPhotos?: DraftPhotos | PhotoRecord | null | undefined
}): readonly DraftOf<TakenPhoto>[] {
  return photoMoments.flatMap((moment) => {
    const answer: DraftPhotos | null | undefined = session[moment]
    return answer?.kind === 'TAKEN' ? (answer.photos ?? []) : []
  })
}

/** The views asked for at every session of a course; the protocol's five where the course plans none. */
export function photoViewsOf(series: Pick<SeriesBody, 'photos' | 'photoViews'>): readonly PhotoView[] {
  return plannedViewsOf(series.photos === 'TAKEN' ? series.photoViews : [])
}
