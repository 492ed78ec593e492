import type { PhotoOccasion, PhotoUse, PhotoView } from '../../shared/domain/photo.ts'
import type { Side, ZoneCode } from '../../shared/domain/zones.ts'
import type { AttachmentId, ComplicationId, PatientId, PhotoId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate, Instant } from '../../shared/kernel/time.ts'

/** One picture of the patient. The pictures themselves are sealed attachments. */
export interface PhotoTable {
  id: PhotoId
  patient_id: PatientId
  occasion: PhotoOccasion
  /** `view` itself is a word of the language. */
  view_code: PhotoView
  zone: ZoneCode | null
  side: Side | null
  session_id: SessionId | null
  complication_id: ComplicationId | null
  taken_on: CalendarDate
  added_at: Instant
  added_by: StaffId
  image_id: AttachmentId
  thumbnail_id: AttachmentId
  original_id: AttachmentId | null
  width_px: number
  height_px: number
  voided_at: Instant | null
  voided_by: StaffId | null
  void_reason: string | null
}

/** Pictures that left the chart: for what, to whom, when. */
export interface PhotoReleaseTable {
  id: string
  photo_id: PhotoId
  patient_id: PatientId
  use_code: PhotoUse
  recipient: string
  released_at: Instant
  released_by: StaffId
}

/** What a submitted session says of its photos; the body decides. */
export interface SessionPhotoTable {
  patient_id: PatientId
  session_id: SessionId
  no: number
  moment: 'BEFORE' | 'AFTER'
  photo_id: PhotoId
  view_code: PhotoView
  sha256: string
}

/** Pictures that a report names. */
export interface ComplicationPhotoTable {
  complication_id: ComplicationId
  patient_id: PatientId
  photo_id: PhotoId
}

export type PhotoTables = {
  photo: PhotoTable
  photo_release: PhotoReleaseTable
  session_photo: SessionPhotoTable
  complication_photo: ComplicationPhotoTable
}
