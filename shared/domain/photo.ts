import type { AttachmentId, ComplicationId, PatientId, PhotoId, SessionId, StaffId } from '../kernel/ids.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { CalendarDate, Instant } from '../kernel/time.ts'
import type { PhotoPermissions } from './consent/render-consent.ts'
import type { Side, ZoneCode } from './zones.ts'

/** The five standard views (clinical reference, section 5 `pre_photos`); DETAIL is a close-up of one named zone. */
export const photoViews = ['FRONT', 'L45', 'L90', 'R45', 'R90', 'DETAIL'] as const
export type PhotoView = (typeof photoViews)[number]
export const standardViews = ['FRONT', 'L45', 'L90', 'R45', 'R90'] as const satisfies readonly PhotoView[]
export type StandardView = (typeof standardViews)[number]

/** What the set belongs to. Baseline and outcome are compared with each other (section 9). */
export const photoOccasions = ['BASELINE', 'BEFORE_SESSION', 'AFTER_SESSION', 'COMPLICATION', 'OUTCOME'] as const
export type PhotoOccasion = (typeof photoOccasions)[number]

/** Longest side of a kept picture in pixels; a larger one is made smaller before it is kept. */
export const photoMaxSidePx = 2048
export const thumbnailSidePx = 320

export type Photo = {
  readonly photoId: PhotoId
  readonly patientId: PatientId
  readonly occasion: PhotoOccasion
  readonly view: PhotoView
  /** The zone of a DETAIL, and optionally of another view. */
  readonly zone: ZoneCode | null
  readonly side: Side | null
  readonly sessionId: SessionId | null
  readonly complicationId: ComplicationId | null
  /** The clinic's day on which it was taken; `addedAt` is when it came into the store. */
  readonly takenOn: CalendarDate
  readonly addedAt: Instant
  readonly addedBy: StaffId
  readonly imageId: AttachmentId
  readonly thumbnailId: AttachmentId
  /** Kept only where the clinic's setting says so. */
  readonly originalId: AttachmentId | null
  readonly widthPx: number
  readonly heightPx: number
  readonly bytes: number
  readonly sha256: string
  readonly voided: { readonly at: Instant; readonly by: StaffId; readonly reason: string } | null
}

/** For what a picture leaves the chart. PATIENT is the person's own right of access (45 CFR 164.524). */
export const photoUses = ['PATIENT', 'RECORD', 'TEACHING', 'MARKETING'] as const
export type PhotoUse = (typeof photoUses)[number]

/**
 * Whether pictures may leave the chart for this use. The permissions are those that hold now, after every withdrawal,
 * so that a withdrawal also stops the use of pictures taken before it.
 */
export function mayUsePhotos(use: PhotoUse, permissions: PhotoPermissions): boolean {
  if (use === 'PATIENT') return true
  if (use === 'RECORD') return permissions.ownRecord
  if (use === 'TEACHING') return permissions.ownRecord && permissions.staffTeaching
  return permissions.ownRecord && permissions.marketing
}

export const noPhotoPermissions: PhotoPermissions = { ownRecord: false, staffTeaching: false, marketing: false }

/** The standard views that a set lacks, in the order of the protocol. Voided pictures count as not taken. */
export function missingViews(
  photos: readonly { readonly view: PhotoView; readonly voided: unknown }[],
): readonly PhotoView[] {
  return viewsNotTaken(
    standardViews,
    photos.filter((photo) => photo.voided === null),
  )
}

/** The wanted views of which there is no picture, in the order of the protocol. */
export function viewsNotTaken(
  wanted: readonly PhotoView[],
  photos: readonly { readonly view?: PhotoView | null | undefined }[],
): readonly PhotoView[] {
  const taken = new Set(photos.map((photo) => photo.view))
  return standardViews.filter((view) => wanted.includes(view) && !taken.has(view))
}

/** The views of a plan in the order of the protocol; all five where it names none. */
export function plannedViewsOf(views: readonly PhotoView[]): readonly PhotoView[] {
  const planned = standardViews.filter((view) => views.includes(view))
  return planned.length === 0 ? standardViews : planned
}

/** How the photos of a visit stand, for the marks of the day. */
export const photoStandings = ['NOT_PLANNED', 'DUE', 'LATER', 'COMPLETE'] as const
export type PhotoStanding = (typeof photoStandings)[number]

/**
 * Baseline before session 1, the planned views again before every later one (clinical reference, sections 5 and 9). A
 * baseline may be taken on an earlier day; the set of a session is of its day, so before that day it comes later. A
 * patient who does not allow photos is not waited for.
 */
export function photoStanding({
  wanted,
  isRefused,
  isFirst,
  taken,
  on,
  today,
}: {
  /** Null where the course plans no photos. */
  readonly wanted: readonly PhotoView[] | null
  /** The patient was asked and does not allow photos in the own record. */
  readonly isRefused: boolean
  readonly isFirst: boolean
  /** Pictures of the patient before a session, none of them voided. */
  readonly taken: readonly Pick<Photo, 'occasion' | 'view' | 'takenOn'>[]
  readonly on: CalendarDate
  readonly today: CalendarDate
}): PhotoStanding {
  if (wanted === null) return 'NOT_PLANNED'
  const counted = taken.filter(
    ({ occasion, takenOn }) =>
      (takenOn === on && (occasion === 'BASELINE' || occasion === 'BEFORE_SESSION')) ||
      (isFirst && occasion === 'BASELINE' && takenOn <= on),
  )
  if (viewsNotTaken(plannedViewsOf(wanted), counted).length === 0) return 'COMPLETE'
  if (isRefused) return 'NOT_PLANNED'
  return !isFirst && on > today ? 'LATER' : 'DUE'
}

/** How a picture that a record names stands today, held against the hash that the record signed. */
export const photoStates = ['INTACT', 'CHANGED', 'REMOVED'] as const
export type PhotoState = (typeof photoStates)[number]

/** CHANGED: the kept bytes cannot be opened, or are not those that were signed. REMOVED: marked as entered in error. */
export function photoStateOf(facts: {
  readonly isVoided: boolean
  /** Of the picture's bytes as they lie in the store; null where they are missing or damaged. */
  readonly sha256: string | null
  /** As the record says; null where it names the picture without one. */
  readonly signedSha256: string | null
}): PhotoState {
  if (facts.sha256 === null || (facts.signedSha256 !== null && facts.signedSha256 !== facts.sha256)) return 'CHANGED'
  return facts.isVoided ? 'REMOVED' : 'INTACT'
}

export type PhotoPlace = Pick<Photo, 'occasion' | 'view' | 'zone' | 'side' | 'sessionId' | 'complicationId' | 'takenOn'>

export type PhotoPlaceRefusal =
  | 'PHOTO_ZONE_MISSING'
  | 'PHOTO_SESSION_MISSING'
  | 'PHOTO_COMPLICATION_MISSING'
  | 'PHOTO_DATE_IN_FUTURE'

/**
 * A close-up names its zone; pictures before and after a session name the session, those of a complication the
 * complication; none is taken tomorrow.
 */
export function checkPhotoPlace(place: PhotoPlace, today: CalendarDate): Result<PhotoPlace, PhotoPlaceRefusal> {
  if (place.view === 'DETAIL' && place.zone === null) return refuse('PHOTO_ZONE_MISSING')
  const ofSession = place.occasion === 'BEFORE_SESSION' || place.occasion === 'AFTER_SESSION'
  if (ofSession && place.sessionId === null) return refuse('PHOTO_SESSION_MISSING')
  if (place.occasion === 'COMPLICATION' && place.complicationId === null) return refuse('PHOTO_COMPLICATION_MISSING')
  if (place.takenOn > today) return refuse('PHOTO_DATE_IN_FUTURE')
  return accept(place)
}

/** Two pictures that can lie over each other: the same view, and the same zone where it is a close-up. */
export function isSameView(
  a: Pick<Photo, 'view' | 'zone' | 'side'>,
  b: Pick<Photo, 'view' | 'zone' | 'side'>,
): boolean {
  if (a.view !== b.view) return false
  return a.view !== 'DETAIL' || (a.zone === b.zone && a.side === b.side)
}
