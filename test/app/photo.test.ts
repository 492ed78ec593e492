import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { newClinic, type TestClinic, type Window } from '../support/clinic.ts'
import { approveModelText, presentConsent, signConsent } from '../support/consent.ts'
import { auditOf } from '../support/course.ts'
import { cameraSegments, tinyJpeg } from '../support/jpeg.ts'
import { patientOnFile } from '../support/screening.ts'

async function studio(photoPermissions = { ownRecord: true, staffTeaching: false, marketing: true }) {
  const clinic = await newClinic()
  const physician = await clinic.hire(['physician'])
  const aesthetician = await clinic.hire(['aesthetician'])
  await approveModelText(physician.window)
  const patientId = await patientOnFile(clinic)
  const team = { practitionerId: aesthetician.staffId, physicianId: physician.staffId }
  const consentId = await presentConsent(aesthetician.window, patientId, team)
  await signConsent(aesthetician.window, { patientId, consentId }, { photoPermissions })
  return { clinic, physician: physician.window, window: aesthetician.window, patientId, consentId }
}

async function send(window: Window, bytes: Buffer): Promise<string> {
  const { token } = await window.must('file.begin', {})
  await window.must('file.append', { token, base64: bytes.toString('base64') })
  return token
}

const baseline = {
  occasion: 'BASELINE',
  view: 'FRONT',
  zone: null,
  side: null,
  sessionId: null,
  complicationId: null,
  takenOn: '2026-08-03',
  original: null,
} as const

async function photoInput(window: Window, patientId: PatientId, changes: Record<string, unknown> = {}) {
  return {
    patientId,
    ...baseline,
    image: await send(window, tinyJpeg({}, { extra: cameraSegments })),
    thumbnail: await send(window, tinyJpeg({ widthPx: 320, heightPx: 240 })),
    ...changes,
  }
}

async function addPhoto(window: Window, patientId: PatientId, changes: Record<string, unknown> = {}) {
  return (await window.must('photo.add', await photoInput(window, patientId, changes))).photoId
}

async function blob(clinic: TestClinic, window: Window, token: string): Promise<Buffer | null> {
  return (await clinic.app.readBlob(window.connection, token))?.bytes ?? null
}

describe('the face by which a patient is known', () => {
  it('is the newest picture from the front, for the desk too, as long as the patient allows photos', async () => {
    const { clinic, physician, window, patientId, consentId } = await studio()
    const desk = (await clinic.hire(['frontDesk'])).window
    const portraits = async () =>
      (await desk.must('photo.portraits', { patientIds: [patientId, clinic.host.newId() as PatientId] })).portraits
    expect(await portraits()).toEqual([])
    await addPhoto(window, patientId, { view: 'L90' })
    expect(await portraits()).toEqual([])
    await addPhoto(window, patientId)
    const later = { thumbnail: await send(window, tinyJpeg({ widthPx: 300, heightPx: 300 })), occasion: 'OUTCOME' }
    clinic.host.advanceMinutes(1)
    const newest = await addPhoto(window, patientId, later)
    const [face] = await portraits()
    expect(face?.patientId).toBe(patientId)
    expect(await blob(clinic, desk, face?.token ?? '')).toEqual(tinyJpeg({ widthPx: 300, heightPx: 300 }))
    await physician.must('photo.void', { patientId, photoId: newest, reason: 'blurred' })
    expect(await portraits()).toHaveLength(1)
    const taken = { by: 'Mara Lindqvist', how: 'VERBAL', scopes: ['PHOTO_OWN_RECORD'], note: '' } as const
    await desk.must('consent.withdraw', { patientId, consentId, ...taken, scopes: [...taken.scopes] })
    expect(await portraits()).toEqual([])
    expect(await clinic.manager.code('photo.portraits', { patientIds: [patientId] })).toBe('DENIED')
    expect(await desk.code('photo.portraits', { patientIds: ['nobody'] })).toBe('INVALID_INPUT')
  })
})

describe('photos of a patient', () => {
  it('are kept without their metadata, with size and time, and read back by who may read charts', async () => {
    const { clinic, physician, window, patientId } = await studio()
    const photoId = await addPhoto(window, patientId)
    const { photos, permissions } = await physician.must('photo.list', { patientId })
    expect(photos).toMatchObject([
      {
        photoId,
        occasion: 'BASELINE',
        view: 'FRONT',
        widthPx: 640,
        heightPx: 480,
        bytes: tinyJpeg().length,
        addedAt: '2026-08-03T15:42:00.000Z',
        hasOriginal: false,
        voided: null,
      },
    ])
    expect(permissions).toEqual({ ownRecord: true, staffTeaching: false, marketing: true })
    const { token } = await physician.must('photo.open', { patientId, photoId })
    expect(await blob(clinic, physician, token)).toEqual(tinyJpeg())
    expect(await blob(clinic, physician, photos[0]?.thumbnailToken ?? '')).toEqual(
      tinyJpeg({ widthPx: 320, heightPx: 240 }),
    )
    // A token is one window's own.
    expect(await blob(clinic, window, token)).toBeNull()
    expect(await auditOf(clinic, photoId)).toEqual([
      'photo.add aesthetician DONE BASELINE',
      'photo.open physician DONE',
    ])
    expect(await auditOf(clinic, patientId)).toContain('photo.list physician DONE')
  })

  it('are not for the desk or the manager', async () => {
    const { clinic, window, patientId } = await studio()
    const photoId = await addPhoto(window, patientId)
    const desk = (await clinic.hire(['frontDesk'])).window
    for (const other of [desk, clinic.manager]) {
      expect(await other.code('photo.list', { patientId })).toBe('DENIED')
      expect(await other.code('photo.open', { patientId, photoId })).toBe('DENIED')
      expect(await other.code('photo.add', await photoInput(window, patientId))).toBe('DENIED')
      expect(await other.code('photo.void', { patientId, photoId, reason: 'x' })).toBe('DENIED')
      const release = { patientId, photoIds: [photoId], use: 'PATIENT', recipient: '' }
      expect(await other.code('photo.release', release)).toBe('DENIED')
    }
  })

  it('are taken only with the patient’s own permission', async () => {
    const { window, patientId } = await studio({ ownRecord: false, staffTeaching: false, marketing: false })
    expect(await window.code('photo.add', await photoInput(window, patientId))).toBe('PHOTO_NOT_PERMITTED')
  })

  it('are not taken of somebody who signed no consent', async () => {
    const clinic = await newClinic()
    const { window } = await clinic.hire(['aesthetician'])
    const patientId = await patientOnFile(clinic)
    expect(await window.code('photo.add', await photoInput(window, patientId))).toBe('PHOTO_NOT_PERMITTED')
  })

  it.each([
    ['no picture', { image: tinyJpeg().subarray(0, 40) }, 'PHOTO_NOT_A_JPEG'],
    ['a picture larger than is kept', { image: tinyJpeg({ widthPx: 2049 }) }, 'PHOTO_TOO_LARGE'],
    ['a small picture that is not small', { thumbnail: tinyJpeg({ widthPx: 321 }) }, 'PHOTO_TOO_LARGE'],
  ])('refuse %s', async (_what, files, expected) => {
    const { window, patientId } = await studio()
    const sent: Record<string, string> = {}
    for (const [name, bytes] of Object.entries(files)) sent[name] = await send(window, bytes)
    expect(await window.code('photo.add', await photoInput(window, patientId, sent))).toBe(expected)
  })

  it.each([
    ['a view that does not exist', { view: 'BACK' }, 'INVALID_INPUT'],
    ['a close-up without a zone', { view: 'DETAIL' }, 'PHOTO_ZONE_MISSING'],
    ['tomorrow', { takenOn: '2026-08-04' }, 'PHOTO_DATE_IN_FUTURE'],
    ['a set of no session', { occasion: 'AFTER_SESSION' }, 'PHOTO_SESSION_MISSING'],
    ['an upload that is gone', { image: '00000000-0000-4000-8000-000000000000' }, 'PHOTO_UPLOAD_GONE'],
    [
      'a session that is not this patient’s',
      { occasion: 'AFTER_SESSION', sessionId: '00000000-0000-4000-8000-000000000000' },
      'NOT_FOUND',
    ],
  ])('refuse %s', async (_what, changes, expected) => {
    const { window, patientId } = await studio()
    expect(await window.code('photo.add', await photoInput(window, patientId, changes))).toBe(expected)
  })

  it('are marked as entered in error once, and then neither opened nor given out', async () => {
    const { clinic, window, patientId } = await studio()
    const photoId = await addPhoto(window, patientId)
    await window.must('photo.void', { patientId, photoId, reason: 'another patient' })
    expect(await window.code('photo.void', { patientId, photoId, reason: 'again' })).toBe('PHOTO_VOIDED')
    expect(await window.code('photo.open', { patientId, photoId })).toBe('PHOTO_VOIDED')
    const release = { patientId, photoIds: [photoId], use: 'PATIENT', recipient: '' }
    expect(await window.code('photo.release', release)).toBe('PHOTO_VOIDED')
    const { photos } = await window.must('photo.list', { patientId })
    expect(photos[0]).toMatchObject({ thumbnailToken: null, voided: { reason: 'another patient' } })
    expect(await auditOf(clinic, photoId)).toContain('photo.void aesthetician DONE')
  })

  it('are not reached through another patient', async () => {
    const { clinic, window, patientId } = await studio()
    const photoId = await addPhoto(window, patientId)
    const other = await patientOnFile(clinic, { given: 'Eva' })
    expect(await window.code('photo.open', { patientId: other, photoId })).toBe('NOT_FOUND')
    expect(await window.code('photo.void', { patientId: other, photoId, reason: 'x' })).toBe('NOT_FOUND')
    const release = { patientId: other, photoIds: [photoId], use: 'PATIENT', recipient: '' }
    expect(await window.code('photo.release', release)).toBe('NOT_FOUND')
  })

  it('whose file was changed outside the program are not shown', async () => {
    const { clinic, window, patientId } = await studio()
    const photoId = await addPhoto(window, patientId)
    const folder = join(clinic.folder, 'data', 'files')
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    expect(await window.code('photo.open', { patientId, photoId })).toBe('PHOTO_DAMAGED')
  })
})

describe('giving photos out', () => {
  it('follows what the patient allows, each time writing down to whom', async () => {
    const { clinic, window, patientId } = await studio()
    const photoId = await addPhoto(window, patientId)
    const give = (use: string, recipient: string) => ({ patientId, photoIds: [photoId], use, recipient })
    expect(await window.code('photo.release', give('TEACHING', 'staff meeting'))).toBe('PHOTO_USE_NOT_PERMITTED')
    expect(await window.code('photo.release', give('MARKETING', ' '))).toBe('PHOTO_RECIPIENT_MISSING')
    const { files } = await window.must('photo.release', {
      patientId,
      photoIds: [photoId],
      use: 'MARKETING',
      recipient: 'the clinic’s website',
    })
    expect(files[0]?.fileName).toMatch(/^S-[0-9a-f]{8}-2026-08-03-front\.jpg$/)
    expect(await blob(clinic, window, files[0]?.token ?? '')).toEqual(tinyJpeg())
    const { releases } = await window.must('photo.list', { patientId })
    expect(releases).toMatchObject([{ photoId, use: 'MARKETING', recipient: 'the clinic’s website' }])
    expect(await auditOf(clinic, photoId)).toContain('photo.release aesthetician DONE MARKETING')
  })

  it('stops for pictures of the past once the permission is withdrawn', async () => {
    const { window, patientId, consentId } = await studio()
    const photoId = await addPhoto(window, patientId)
    await window.must('consent.withdraw', {
      patientId,
      consentId,
      by: 'Mara Lindqvist',
      how: 'VERBAL',
      scopes: ['PHOTO_MARKETING'],
      note: '',
    })
    const give = (use: string) => ({ patientId, photoIds: [photoId], use, recipient: 'the website' })
    expect(await window.code('photo.release', give('MARKETING'))).toBe('PHOTO_USE_NOT_PERMITTED')
    expect(await window.code('photo.release', give('RECORD'))).toBe('ok')
    expect(await window.code('photo.release', give('PATIENT'))).toBe('ok')
  })
})

describe('original files', () => {
  it('are kept only where the manager says so', async () => {
    const { clinic, window, patientId } = await studio()
    const original = tinyJpeg({ widthPx: 4000, heightPx: 3000 }, { extra: cameraSegments })
    await addPhoto(window, patientId, { original: await send(window, original) })
    expect(await window.code('photo.setSettings', { keepsOriginals: true })).toBe('DENIED')
    await clinic.manager.must('photo.setSettings', { keepsOriginals: true })
    expect(await window.must('photo.settings', {})).toEqual({ keepsOriginals: true })
    clinic.host.advanceMinutes(1)
    await addPhoto(window, patientId, { view: 'L45', original: await send(window, original) })
    const { photos } = await window.must('photo.list', { patientId })
    expect(photos.map((photo) => photo.hasOriginal)).toEqual([false, true])
    expect(await clinic.manager.code('photo.setSettings', { keepsOriginals: 'yes' })).toBe('INVALID_INPUT')
  })
})
