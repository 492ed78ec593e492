import type { PhotoOccasion, PhotoView } from '../../shared/domain/photo.ts'
import type { ComplicationId, PatientId, PhotoId, SessionId } from '../../shared/kernel/ids.ts'
import { type DrawnFace, drawnFace } from './drawn-face.ts'
import type { Must, SampleHouse } from './house.ts'
import type { StaffKey } from './people.ts'

/** Skin that photos show better at every visit; the three are told apart at a glance. */
export const looks = {
  Aisha: { skin: [118, 80, 62], marks: 0.7, redness: 0.25 },
  Giulia: { skin: [205, 160, 134], marks: 0.9, redness: 0.55 },
} as const satisfies Readonly<Record<string, Omit<DrawnFace, 'view'>>>

type Place = {
  readonly patientId: PatientId
  readonly occasion: PhotoOccasion
  readonly sessionId?: SessionId
  readonly complicationId?: ComplicationId
}

/** Keeps one drawn picture per view, of this day, as the photo screen does it. */
export async function takePhotos(
  house: SampleHouse,
  who: StaffKey,
  { patientId, occasion, sessionId, complicationId }: Place,
  { views, ...look }: Omit<DrawnFace, 'view'> & { readonly views: readonly PhotoView[] },
): Promise<readonly PhotoId[]> {
  const must = await house.as(who)
  const taken: PhotoId[] = []
  for (const view of views) {
    const { image, thumbnail } = drawnFace({ ...look, view })
    const { photoId } = await must('photo.add', {
      patientId,
      occasion,
      view,
      ...(view === 'DETAIL' ? { zone: 'CHIN', side: 'M' } : { zone: null, side: null }),
      sessionId: sessionId ?? null,
      complicationId: complicationId ?? null,
      takenOn: house.today,
      image: await send(must, image),
      thumbnail: await send(must, thumbnail),
      original: null,
    })
    taken.push(photoId)
  }
  return taken
}

async function send(must: Must, bytes: Buffer): Promise<string> {
  const { token } = await must('file.begin', {})
  await must('file.append', { token, base64: bytes.toString('base64') })
  return token
}
