import type { Reader } from '../../db/open.ts'
import { selectComplication } from '../../db/queries/complication.ts'
import { selectPhotoPermissions } from '../../db/queries/consent.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import {
  insertPhoto,
  insertPhotoRelease,
  selectPhoto,
  selectPhotoComplications,
  selectPhotoReleases,
  selectPhotoSessions,
  selectPhotosOf,
  selectPortraits,
  voidPhoto,
} from '../../db/queries/photo.ts'
import { selectSession } from '../../db/queries/session.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import { change, insertRow, one } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import {
  checkPhotoPlace,
  mayUsePhotos,
  noPhotoPermissions,
  type Photo,
  photoMaxSidePx,
  photoStateOf,
  thumbnailSidePx,
} from '../../shared/domain/photo.ts'
import type { AttachmentId, PatientId, PhotoId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { dateInZone } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'
import { readCleanJpeg } from '../app/jpeg.ts'

const jpegType = 'image/jpeg'
const keepOriginalsFact = 'keep_photo_originals'

export const photoHandlers = {
  list: async (context, { patientId }) => {
    const { reader } = context
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const photos = await selectPhotosOf(reader, patientId)
    const releases = await selectPhotoReleases(reader, patientId)
    const names = new Map((await selectStaff(reader)).map((one) => [one.staffId, one.printedName]))
    context.audit({ action: 'photo.list', subject: 'patient', subjectId: patientId, patientId })
    return accept({
      photos: photos.map(({ patientId: _, imageId, thumbnailId, originalId, addedBy, voided, ...photo }) => ({
        ...photo,
        addedBy: names.get(addedBy) ?? '',
        hasOriginal: originalId !== null,
        thumbnailToken: voided === null ? givePicture(context, { patientId, attachmentId: thumbnailId }) : null,
        voided: voided && { at: voided.at, by: names.get(voided.by) ?? '', reason: voided.reason },
      })),
      permissions: await selectPhotoPermissions(reader, patientId),
      keepsOriginals: await selectKeepsOriginals(reader),
      sessions: [...(await selectPhotoSessions(reader, patientId))],
      complications: (await selectPhotoComplications(reader, patientId)).map(
        ({ complicationId, code, reportedAt }) => ({
          complicationId,
          code,
          on: dateInZone(reportedAt, context.timeZone),
        }),
      ),
      releases: releases.map(({ photoId, use, recipient, releasedAt, releasedBy }) => ({
        photoId,
        use,
        recipient,
        at: releasedAt,
        by: names.get(releasedBy) ?? '',
      })),
    })
  },

  portraits: async (context, { patientIds }) => {
    const portraits = []
    for (const { patientId, thumbnailId } of await selectPortraits(context.reader, patientIds)) {
      const permissions = await selectPhotoPermissions(context.reader, patientId)
      if (permissions?.ownRecord !== true) continue
      portraits.push({ patientId, token: givePicture(context, { patientId, attachmentId: thumbnailId }) })
    }
    return accept({ portraits })
  },

  open: async (context, { patientId, photoId }) => {
    const photo = await selectPhoto(context.reader, patientId, photoId)
    if (!photo) return refuse('NOT_FOUND')
    if (photo.voided) return refuse('PHOTO_VOIDED')
    const picture = await readPicture(context, patientId, photo.imageId)
    if (!picture) return refuse('PHOTO_DAMAGED')
    context.audit({ action: 'photo.open', subject: 'photo', subjectId: photoId, patientId })
    return accept({ token: givePicture(context, { patientId, attachmentId: photo.imageId }) })
  },

  ofRecord: async (context, { patientId, photos }) => {
    const shown = []
    for (const { photoId, sha256: signedSha256 } of photos) {
      const photo = await selectPhoto(context.reader, patientId, photoId)
      if (!photo) return refuse('NOT_FOUND')
      const state = photoStateOf({
        isVoided: photo.voided !== null,
        sha256: (await readPicture(context, patientId, photo.imageId)) ? photo.sha256 : null,
        signedSha256,
      })
      const { occasion, view, zone, side, takenOn, thumbnailId } = photo
      shown.push({
        ...{ photoId, occasion, view, zone, side, takenOn, state },
        thumbnailToken: state === 'INTACT' ? givePicture(context, { patientId, attachmentId: thumbnailId }) : null,
      })
    }
    context.audit({ action: 'photo.ofRecord', subject: 'patient', subjectId: patientId, patientId })
    return accept({ photos: shown })
  },

  add: async (context, { patientId, image, thumbnail, original, ...place }) => {
    const { trx, today, now, caller } = context
    if (!(await selectPatient(trx, patientId))) return refuse('NOT_FOUND')
    const placed = checkPhotoPlace(place, today)
    if (!placed.ok) return placed
    if (place.sessionId && !(await selectSession(trx, patientId, place.sessionId))) return refuse('NOT_FOUND')
    if (place.complicationId && !(await selectComplication(trx, patientId, place.complicationId)))
      return refuse('NOT_FOUND')
    const permissions = await selectPhotoPermissions(trx, patientId)
    if (!permissions?.ownRecord) return refuse('PHOTO_NOT_PERMITTED')

    const picture = takeJpeg(context, image, photoMaxSidePx)
    if (!picture.ok) return picture
    const small = takeJpeg(context, thumbnail, thumbnailSidePx)
    if (!small.ok) return small
    const originalId =
      original !== null && (await selectKeepsOriginals(trx)) ? await keepOriginal(context, patientId, original) : null
    if (originalId === 'GONE') return refuse('PHOTO_UPLOAD_GONE')

    const photoId = context.newId<PhotoId>()
    await insertPhoto(trx, {
      photoId,
      patientId,
      ...place,
      addedAt: now,
      addedBy: caller.staffId,
      imageId: await keepSealed(context, patientId, picture.value.bytes),
      thumbnailId: await keepSealed(context, patientId, small.value.bytes),
      originalId,
      widthPx: picture.value.widthPx,
      heightPx: picture.value.heightPx,
    })
    context.audit({ action: 'photo.add', subject: 'photo', subjectId: photoId, patientId, reason: place.occasion })
    context.touch('photo', 'chart', 'session', 'complication')
    return accept({ photoId })
  },

  void: async (context, { patientId, photoId, reason }) => {
    const photo = await selectPhoto(context.trx, patientId, photoId)
    if (!photo) return refuse('NOT_FOUND')
    const by = context.caller.staffId
    if (!(await voidPhoto(context.trx, { photoId, at: context.now, by, reason }))) return refuse('PHOTO_VOIDED')
    context.audit({ action: 'photo.void', subject: 'photo', subjectId: photoId, patientId })
    context.touch('photo', 'chart', 'session', 'complication')
    return accept({})
  },

  release: async (context, { patientId, photoIds, use, recipient }) => {
    const { trx, now, caller } = context
    const patient = await selectPatient(trx, patientId)
    if (!patient) return refuse('NOT_FOUND')
    const permissions = (await selectPhotoPermissions(trx, patientId)) ?? noPhotoPermissions
    if (!mayUsePhotos(use, permissions)) return refuse('PHOTO_USE_NOT_PERMITTED', { use })
    if (use !== 'PATIENT' && recipient.trim() === '') return refuse('PHOTO_RECIPIENT_MISSING')
    const files: { photoId: PhotoId; token: string; fileName: string }[] = []
    for (const photoId of new Set(photoIds)) {
      const photo = await selectPhoto(trx, patientId, photoId)
      if (!photo) return refuse('NOT_FOUND')
      if (photo.voided) return refuse('PHOTO_VOIDED')
      await insertPhotoRelease(trx, context.newId(), {
        photoId,
        patientId,
        use,
        recipient: recipient.trim(),
        releasedAt: now,
        releasedBy: caller.staffId,
      })
      context.audit({ action: 'photo.release', subject: 'photo', subjectId: photoId, patientId, reason: use })
      const fileName = fileNameOf(patient.body.chartNumber, photo)
      files.push({
        photoId,
        token: givePicture(context, { patientId, attachmentId: photo.imageId, fileName }),
        fileName,
      })
    }
    context.touch('photo')
    return accept({ files })
  },

  settings: async ({ reader }) => accept({ keepsOriginals: await selectKeepsOriginals(reader) }),

  setSettings: async (context, { keepsOriginals }) => {
    const value = String(keepsOriginals)
    const changed = await change(context.trx, 'update store_fact set value = ? where name = ?', [
      value,
      keepOriginalsFact,
    ])
    if (changed === 0) await insertRow(context.trx, 'store_fact', { name: keepOriginalsFact, value })
    context.audit({ action: 'photo.setSettings', subject: 'clinic', reason: keepsOriginals ? 'KEEP' : 'DISCARD' })
    context.touch('photo')
    return accept({})
  },
} satisfies Handlers<typeof contract.photo>

/** Off until the manager turns it on: an original still holds place, time and camera. */
async function selectKeepsOriginals(reader: Reader): Promise<boolean> {
  const row = await one<{ value: string }>(reader, 'select value from store_fact where name = ?', [keepOriginalsFact])
  return row?.value === 'true'
}

/** The uploaded picture, without its metadata; the renderer made it small already, and main does not take its word. */
function takeJpeg(context: CommandContext, token: string, maxSidePx: number) {
  const uploaded = context.services.uploads.take(context.connection.connectionId, token)
  if (uploaded === null) return refuse('PHOTO_UPLOAD_GONE')
  const clean = readCleanJpeg(uploaded)
  if (!clean) return refuse('PHOTO_NOT_A_JPEG')
  if (Math.max(clean.widthPx, clean.heightPx) > maxSidePx) return refuse('PHOTO_TOO_LARGE', { maxSidePx })
  return accept(clean)
}

async function keepOriginal(
  context: CommandContext,
  patientId: PatientId,
  token: string,
): Promise<AttachmentId | 'GONE'> {
  const bytes = context.services.uploads.take(context.connection.connectionId, token)
  return bytes === null ? 'GONE' : keepSealed(context, patientId, bytes, 'application/octet-stream')
}

function keepSealed(
  context: CommandContext,
  patientId: PatientId,
  bytes: Buffer,
  mediaType: string = jpegType,
): Promise<AttachmentId> {
  const { trx, now, caller, services } = context
  return services.storeLife.open.attachments.add(trx, { bytes, mediaType, at: now, by: caller.staffId, patientId })
}

type Given = { readonly patientId: PatientId; readonly attachmentId: AttachmentId; readonly fileName?: string }

/** A token for the sealed picture; it is opened, checked and decrypted when the window asks for it. */
function givePicture(
  context: Pick<QueryContext, 'giveFile' | 'services'> | CommandContext,
  { patientId, attachmentId, fileName = 'photo.jpg' }: Given,
): string {
  const { storeLife } = context.services
  return context.giveFile({
    mediaType: jpegType,
    fileName,
    load: async () => {
      const file = await storeLife.open.attachments.read(storeLife.open.store.db, attachmentId)
      if (!file || file.patientId !== patientId) throw new Error(`attachment ${attachmentId} is not this patient's`)
      return file.bytes
    },
  })
}

/** The bytes where they are what was kept; null where the file is gone, cut or changed. */
async function readPicture(
  { reader, services }: QueryContext,
  patientId: PatientId,
  imageId: AttachmentId,
): Promise<Buffer | null> {
  try {
    const file = await services.storeLife.open.attachments.read(reader, imageId)
    return file?.patientId === patientId ? file.bytes : null
  } catch {
    return null
  }
}

/** Chart number, day and view: a file name is read in places where a name does not belong. */
function fileNameOf(chartNumber: string, { takenOn, view }: Photo): string {
  return `${chartNumber.replaceAll(/[^A-Za-z0-9-]/g, '-')}-${takenOn}-${view.toLowerCase()}.jpg`
}
