import type { ComplicationCode } from '../../shared/domain/complication-codes.ts'
import type { Photo, PhotoUse } from '../../shared/domain/photo.ts'
import type { AttachmentId, ComplicationId, PatientId, PhotoId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { PhotoReleaseTable, PhotoTable } from '../tables/photo.ts'
import { patientsIn, type VisitScope } from './visit-scope.ts'

type PhotoRow = PhotoTable & { readonly bytes: number; readonly sha256: string }

const photoColumns = `select p.*, a.bytes as bytes, a.sha256 as sha256 from photo p join attachment a on a.id = p.image_id`

/** Every picture of the patient, the oldest day first, at most 2,000; voided ones too. */
export async function selectPhotosOf(reader: Reader, patientId: PatientId): Promise<readonly Photo[]> {
  const rows = await many<PhotoRow>(
    reader,
    `${photoColumns} where p.patient_id = ? order by p.taken_on, p.added_at, p.id limit 2000`,
    [patientId],
  )
  return rows.map(rowToPhoto)
}

/** Every picture of the patient that was taken on this day, in the order it came in; voided ones too. */
export async function selectPhotosOn(
  reader: Reader,
  patientId: PatientId,
  on: CalendarDate,
): Promise<readonly Photo[]> {
  const rows = await many<PhotoRow>(
    reader,
    `${photoColumns} where p.patient_id = ? and p.taken_on = ? order by p.added_at, p.id limit 200`,
    [patientId, on],
  )
  return rows.map(rowToPhoto)
}

export type PhotoBefore = Pick<Photo, 'patientId' | 'occasion' | 'view' | 'takenOn'>

/** What was taken before sessions, of every patient in `scope`: the marks of the day. Voided pictures are left out. */
export async function selectPhotosBeforeIn(reader: Reader, scope: VisitScope): Promise<readonly PhotoBefore[]> {
  const { sql, values } = patientsIn(scope)
  const rows = await many<Pick<PhotoTable, 'patient_id' | 'occasion' | 'view_code' | 'taken_on'>>(
    reader,
    `select patient_id, occasion, view_code, taken_on from photo
       where ${sql} and occasion in ('BASELINE', 'BEFORE_SESSION') and voided_at is null
       order by patient_id, taken_on desc, id limit 20000`,
    values,
  )
  return rows.map((row) => ({
    patientId: row.patient_id,
    occasion: row.occasion,
    view: row.view_code,
    takenOn: row.taken_on,
  }))
}

/** The newest picture from the front of each of these people, at most 20 of them; skin findings show nobody's face. */
export async function selectPortraits(
  reader: Reader,
  patientIds: readonly PatientId[],
): Promise<readonly { readonly patientId: PatientId; readonly thumbnailId: AttachmentId }[]> {
  const portraits = []
  for (const patientId of patientIds) {
    const row = await one<Pick<PhotoTable, 'thumbnail_id'>>(
      reader,
      `select thumbnail_id from photo
         where patient_id = ? and view_code = 'FRONT' and occasion <> 'COMPLICATION' and voided_at is null
         order by taken_on desc, added_at desc, id desc limit 1`,
      [patientId],
    )
    if (row) portraits.push({ patientId, thumbnailId: row.thumbnail_id })
  }
  return portraits
}

/** The picture, where it is this patient's. */
export async function selectPhoto(reader: Reader, patientId: PatientId, photoId: PhotoId): Promise<Photo | null> {
  const row = await one<PhotoRow>(reader, `${photoColumns} where p.id = ? and p.patient_id = ?`, [photoId, patientId])
  return row ? rowToPhoto(row) : null
}

export async function insertPhoto(trx: Trx, photo: Omit<Photo, 'bytes' | 'sha256' | 'voided'>): Promise<void> {
  await insertRow(trx, 'photo', {
    id: photo.photoId,
    patient_id: photo.patientId,
    occasion: photo.occasion,
    view_code: photo.view,
    zone: photo.zone,
    side: photo.side,
    session_id: photo.sessionId,
    complication_id: photo.complicationId,
    taken_on: photo.takenOn,
    added_at: photo.addedAt,
    added_by: photo.addedBy,
    image_id: photo.imageId,
    thumbnail_id: photo.thumbnailId,
    original_id: photo.originalId,
    width_px: photo.widthPx,
    height_px: photo.heightPx,
    voided_at: null,
    voided_by: null,
    void_reason: null,
  })
}

/** False where it was voided already. */
export async function voidPhoto(
  trx: Trx,
  { photoId, at, by, reason }: { photoId: PhotoId; at: Instant; by: StaffId; reason: string },
): Promise<boolean> {
  const changed = await change(
    trx,
    'update photo set voided_at = ?, voided_by = ?, void_reason = ? where id = ? and voided_at is null',
    [at, by, reason, photoId],
  )
  return changed === 1
}

export type PhotoRelease = {
  readonly photoId: PhotoId
  readonly patientId: PatientId
  readonly use: PhotoUse
  readonly recipient: string
  readonly releasedAt: Instant
  readonly releasedBy: StaffId
}

export async function insertPhotoRelease(trx: Trx, id: string, release: PhotoRelease): Promise<void> {
  await insertRow(trx, 'photo_release', {
    id,
    photo_id: release.photoId,
    patient_id: release.patientId,
    use_code: release.use,
    recipient: release.recipient,
    released_at: release.releasedAt,
    released_by: release.releasedBy,
  })
}

/** Pictures of this patient that left the chart, newest first, at most 500. */
export async function selectPhotoReleases(reader: Reader, patientId: PatientId): Promise<readonly PhotoRelease[]> {
  const rows = await many<PhotoReleaseTable>(
    reader,
    'select * from photo_release where patient_id = ? order by released_at desc, id limit 500',
    [patientId],
  )
  return rows.map((row) => ({
    photoId: row.photo_id,
    patientId: row.patient_id,
    use: row.use_code,
    recipient: row.recipient,
    releasedAt: row.released_at,
    releasedBy: row.released_by,
  }))
}

/** Sessions that a new picture may belong to, newest first, at most 60. */
export async function selectPhotoSessions(reader: Reader, patientId: PatientId): Promise<readonly PhotoSession[]> {
  const rows = await many<{ id: SessionId; session_no: number; performed_on: CalendarDate | null }>(
    reader,
    `select id, session_no, performed_on from session
       where patient_id = ? and state not in ('VOIDED', 'CANCELLED') order by created_at desc, id limit 60`,
    [patientId],
  )
  return rows.map((row) => ({ sessionId: row.id, sessionNo: row.session_no, on: row.performed_on }))
}

export type PhotoSession = {
  readonly sessionId: SessionId
  readonly sessionNo: number
  readonly on: CalendarDate | null
}

/** Reports that a new picture may belong to, newest first, at most 60. */
export async function selectPhotoComplications(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly PhotoComplication[]> {
  const rows = await many<{ id: ComplicationId; code: ComplicationCode | null; reported_at: Instant }>(
    reader,
    'select id, code, reported_at from complication where patient_id = ? order by reported_at desc, id limit 60',
    [patientId],
  )
  return rows.map((row) => ({ complicationId: row.id, code: row.code, reportedAt: row.reported_at }))
}

export type PhotoComplication = {
  readonly complicationId: ComplicationId
  readonly code: ComplicationCode | null
  readonly reportedAt: Instant
}

function rowToPhoto(row: PhotoRow): Photo {
  return {
    photoId: row.id,
    patientId: row.patient_id,
    occasion: row.occasion,
    view: row.view_code,
    zone: row.zone,
    side: row.side,
    sessionId: row.session_id,
    complicationId: row.complication_id,
    takenOn: row.taken_on,
    addedAt: row.added_at,
    addedBy: row.added_by,
    imageId: row.image_id,
    thumbnailId: row.thumbnail_id,
    originalId: row.original_id,
    widthPx: row.width_px,
    heightPx: row.height_px,
    bytes: row.bytes,
    sha256: row.sha256,
    voided:
      row.voided_at === null || row.voided_by === null || row.void_reason === null
        ? null
        : { at: row.voided_at, by: row.voided_by, reason: row.void_reason },
  }
}
