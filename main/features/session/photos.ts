import type { Reader } from '../../../db/open.ts'
import { selectPhotoPermissions } from '../../../db/queries/consent.ts'
import { selectPhoto, selectPhotosOn } from '../../../db/queries/photo.ts'
import { selectSeries } from '../../../db/queries/series.ts'
import type { StoredSession } from '../../../db/queries/session.ts'
import type { Photo } from '../../../shared/domain/photo.ts'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import type { DraftPhotos } from '../../../shared/domain/session-photo-record.ts'
import { type PhotoDesk, photoMoments, photosNamedIn, photoViewsOf } from '../../../shared/domain/session-photos.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'

/** The pictures of the session's day and those that its draft names, and the views its course asks for. */
export async function loadPhotoDesk(
  reader: Reader,
  { session, draft, on }: { readonly session: StoredSession; readonly draft: SessionDraft; readonly on: CalendarDate },
): Promise<PhotoDesk> {
  const { patientId, body, head } = session
  const photos = new Map((await selectPhotosOn(reader, patientId, on)).map((photo) => [photo.photoId, photo]))
  for (const { photoId } of photosNamedIn(draft)) {
    if (!photoId || photos.has(photoId)) continue
    const named = await selectPhoto(reader, patientId, photoId)
    if (named) photos.set(photoId, named)
  }
  const mayKeep = (await selectPhotoPermissions(reader, patientId))?.ownRecord === true
  const submitted = new Set(body === null ? [] : photosNamedIn(body).map(({ photoId }) => photoId))
  const series = await selectSeries(reader, patientId, head.series_id)
  if (!series) throw new Error(`session ${session.sessionId} lost its series`)
  return {
    photoViews: photoViewsOf(series.body),
    photoChoices: [...photos.values()].map((photo) => ({
      photoId: photo.photoId,
      view: photo.view,
      sha256: photo.sha256,
      occasion: photo.occasion,
      sessionId: photo.sessionId,
      takenOn: photo.takenOn,
      isVoided: photo.voided !== null,
      isWithdrawn: !mayKeep && !submitted.has(photo.photoId),
    })),
  }
}

/** The draft with view and hash of its photos as the store has them; null where one is not this patient's. */
export async function withStoredPhotos(
  reader: Reader,
  patientId: PatientId,
  draft: SessionDraft,
): Promise<SessionDraft | null> {
  const known = new Map<string, Photo>()
  for (const { photoId } of photosNamedIn(draft)) {
    const photo = photoId ? await selectPhoto(reader, patientId, photoId) : null
    if (!photo) return null
    known.set(photo.photoId, photo)
  }
  if (known.size === 0) return draft
  const filled: Partial<Record<(typeof photoMoments)[number], DraftPhotos>> = {}
  for (const moment of photoMoments) {
    const answer = draft[moment]
    if (answer?.kind !== 'TAKEN') continue
    const photos = (answer.photos ?? []).flatMap(({ photoId }) => {
      const photo = known.get(photoId ?? '')
      return photo ? [{ photoId: photo.photoId, view: photo.view, sha256: photo.sha256 }] : []
    })
    filled[moment] = { ...answer, photos }
  }
  return { ...draft, ...filled }
}
