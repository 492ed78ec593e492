import type { PhotoId } from '../kernel/ids.ts'
import type { PhotoView } from './photo.ts'

/** How the question for the photos is answered (clinical reference, section 5, `pre_photos` and `post_photos`). */
export const photoAnswers = ['TAKEN', 'DECLINED', 'KEPT_ELSEWHERE'] as const
export type PhotoAnswer = (typeof photoAnswers)[number]

/** A kept picture as a session names it; by the hash of its bytes the signature covers the picture itself. */
export type TakenPhoto = { readonly photoId: PhotoId; readonly view: PhotoView; readonly sha256: string }

export type PhotoRecord =
  | { readonly kind: 'TAKEN'; readonly photos: readonly TakenPhoto[] }
  | { readonly kind: Exclude<PhotoAnswer, 'TAKEN'>; readonly reason: string }

type DraftTaken = { readonly [Key in keyof TakenPhoto]?: TakenPhoto[Key] | null | undefined }

export type DraftPhotos = {
  readonly kind?: PhotoAnswer | null | undefined
  readonly reason?: string | null | undefined
  readonly photos?: readonly DraftTaken[] | null | undefined
}
