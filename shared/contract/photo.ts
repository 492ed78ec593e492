import { z } from 'zod'
import { complicationCodes } from '../domain/complication-codes.ts'
import { photoOccasions, photoStates, photoUses, photoViews } from '../domain/photo.ts'
import { sides, zoneCodes } from '../domain/zones.ts'
import { command, query } from './define.ts'
import {
  calendarDate,
  complicationId,
  filledLine,
  instant,
  line,
  nothing,
  patientId,
  photoId,
  sessionId,
} from './scalars.ts'
import { sha256 } from './schemas/photo.ts'

/** A picture on its way in: uploaded in parts before, named by its token. */
const upload = z.uuid()

const place = {
  occasion: z.enum(photoOccasions),
  view: z.enum(photoViews),
  zone: z.enum(zoneCodes).nullable(),
  side: z.enum(sides).nullable(),
  sessionId: sessionId.nullable(),
  complicationId: complicationId.nullable(),
  takenOn: calendarDate,
}

const kept = z.object({
  photoId,
  ...place,
  addedAt: instant,
  addedBy: z.string(),
  widthPx: z.int(),
  heightPx: z.int(),
  bytes: z.int(),
  sha256: z.string(),
  hasOriginal: z.boolean(),
  /** Through the blob route, for this window alone. Null for a voided picture. */
  thumbnailToken: z.string().nullable(),
  voided: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
})

const permissionsNow = z.object({ ownRecord: z.boolean(), staffTeaching: z.boolean(), marketing: z.boolean() })

const pictureRefusals = ['PHOTO_NOT_A_JPEG', 'PHOTO_TOO_LARGE', 'PHOTO_UPLOAD_GONE'] as const

export const photo = {
  /** Every picture of the patient, oldest day first, with what may be done with them now. */
  list: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId }),
    output: z.object({
      photos: z.array(kept),
      /** Null where no consent was ever signed. */
      permissions: permissionsNow.nullable(),
      keepsOriginals: z.boolean(),
      /** What a new picture may belong to, newest first. */
      sessions: z.array(z.object({ sessionId, sessionNo: z.int(), on: calendarDate.nullable() })),
      complications: z.array(
        z.object({ complicationId, code: z.enum(complicationCodes).nullable(), on: calendarDate }),
      ),
      releases: z.array(
        z.object({ photoId, use: z.enum(photoUses), recipient: z.string(), at: instant, by: z.string() }),
      ),
    }),
  }),
  /**
   * The face of each of these people, small, to tell who is at the desk: the newest picture from the front, where the
   * patient allows photos in the own record. Who has none is left out.
   */
  portraits: query({
    // Who meets patients; the manager does not see photos.
    may: 'alerts.read',
    input: z.strictObject({ patientIds: z.array(patientId).max(20) }),
    output: z.object({ portraits: z.array(z.object({ patientId, token: z.string() })) }),
  }),
  /** One picture in full size, by token through the blob route. */
  open: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId, photoId }),
    output: z.object({ token: z.string() }),
    refusals: ['PHOTO_VOIDED', 'PHOTO_DAMAGED'],
  }),
  /** The pictures that a record names: small, and whether each still is what the record signed. */
  ofRecord: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({
      patientId,
      /** With the hash as the record says; null where it names the picture without one. */
      photos: z.array(z.strictObject({ photoId, sha256: sha256.nullable() })).max(200),
    }),
    output: z.object({
      photos: z.array(
        z.object({
          photoId,
          occasion: z.enum(photoOccasions),
          view: z.enum(photoViews),
          zone: z.enum(zoneCodes).nullable(),
          side: z.enum(sides).nullable(),
          takenOn: calendarDate,
          state: z.enum(photoStates),
          /** Only of a picture that still is what it was. */
          thumbnailToken: z.string().nullable(),
        }),
      ),
    }),
  }),
  add: command({
    may: 'photo.write',
    input: z.strictObject({
      patientId,
      ...place,
      image: upload,
      thumbnail: upload,
      /** The file as it came from the camera; kept only where the clinic keeps originals. */
      original: upload.nullable(),
    }),
    output: z.object({ photoId }),
    refusals: [
      ...pictureRefusals,
      'PHOTO_NOT_PERMITTED',
      'PHOTO_ZONE_MISSING',
      'PHOTO_SESSION_MISSING',
      'PHOTO_COMPLICATION_MISSING',
      'PHOTO_DATE_IN_FUTURE',
    ],
  }),
  /** Wrong patient, wrong view: the picture stays, marked, and is shown and counted nowhere else. */
  void: command({
    may: 'photo.write',
    input: z.strictObject({ patientId, photoId, reason: filledLine(500) }),
    output: z.object({}),
    refusals: ['PHOTO_VOIDED'],
  }),
  /** Gives pictures out of the chart for one use, and writes down to whom. Tokens live with this window. */
  release: command({
    may: 'photo.release',
    input: z.strictObject({
      patientId,
      photoIds: z.array(photoId).min(1).max(50),
      use: z.enum(photoUses),
      /** Empty where the patient gets them. */
      recipient: line(200),
    }),
    output: z.object({ files: z.array(z.object({ photoId, token: z.string(), fileName: z.string() })) }),
    refusals: ['PHOTO_USE_NOT_PERMITTED', 'PHOTO_RECIPIENT_MISSING', 'PHOTO_VOIDED'],
  }),
  settings: query({ may: 'self', input: nothing, output: z.object({ keepsOriginals: z.boolean() }) }),
  setSettings: command({
    may: 'clinic.write',
    input: z.strictObject({ keepsOriginals: z.boolean() }),
    output: z.object({}),
  }),
}
