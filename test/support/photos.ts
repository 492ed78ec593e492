import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { PatientId, PhotoId } from '../../shared/kernel/ids.ts'
import type { Window } from './clinic.ts'
import { presentConsent, signConsent } from './consent.ts'
import { tinyJpeg } from './jpeg.ts'
import { type SessionClinic, sessionClinic } from './session.ts'

type Place = Omit<InputOf<(typeof contract)['photo']['add']>, 'patientId' | 'image' | 'thumbnail' | 'original'>

/** A clinic ready to treat, whose patient allows photos in the own record. */
export async function photoClinic() {
  const clinic = await sessionClinic({ consent: 'NONE' })
  const consentId = await allowPhotosOf(clinic, clinic.patientId, clinic.seriesId)
  return { ...clinic, consentId }
}

/** A signed consent that lets photos into the own record. */
export async function allowPhotosOf(
  { aes, aesId, phyId }: SessionClinic,
  patientId: PatientId,
  seriesId: SessionClinic['seriesId'] | null,
) {
  const team = { practitionerId: aesId, physicianId: phyId }
  const consentId = await presentConsent(aes, patientId, team, { seriesId })
  const photoPermissions = { ownRecord: true, staffTeaching: false, marketing: false }
  await signConsent(aes, { patientId, consentId }, { photoPermissions })
  return consentId
}

async function send(window: Window, bytes: Buffer): Promise<string> {
  const { token } = await window.must('file.begin', {})
  await window.must('file.append', { token, base64: bytes.toString('base64') })
  return token
}

/** One small picture, of the clinic's day and the baseline unless said otherwise. */
export async function keepPhoto(window: Window, patientId: PatientId, change: Partial<Place> = {}): Promise<PhotoId> {
  const place: Place = {
    occasion: 'BASELINE',
    view: 'FRONT',
    zone: null,
    side: null,
    sessionId: null,
    complicationId: null,
    takenOn: '2026-08-03',
    ...change,
  }
  const image = await send(window, tinyJpeg())
  const thumbnail = await send(window, tinyJpeg({ widthPx: 320, heightPx: 240 }))
  const { photoId } = await window.must('photo.add', { patientId, ...place, image, thumbnail, original: null })
  return photoId
}
