import type { RefusalText } from './refusal-text.ts'

export const photoTexts: Readonly<Record<string, RefusalText>> = {
  PHOTO_NOT_A_JPEG: () =>
    'This file is not a photo the program can read. Nothing was kept; choose a JPEG or PNG picture.',
  PHOTO_TOO_LARGE: () => 'This photo is larger than the chart keeps. Nothing was kept; choose the file again.',
  PHOTO_UPLOAD_GONE: () => 'The photo did not arrive whole. Nothing was kept; choose the file again.',
  PHOTO_NOT_PERMITTED: () =>
    'The patient has not agreed to photos for their own record, or has withdrawn it. Nothing was kept; the consent has its own choice for it.',
  PHOTO_USE_NOT_PERMITTED: () =>
    'The patient has not agreed to this use of photos, or has withdrawn it. Nothing was given out.',
  PHOTO_RECIPIENT_MISSING: () => 'Write down who gets the photos. Nothing was given out.',
  PHOTO_VOIDED: () => 'This photo was marked as entered in error, so it is neither shown nor given out.',
  PHOTO_DAMAGED: () =>
    'The file of this photo is missing or was changed outside the program. It is not shown; the last copy of the records may still hold it.',
  PHOTO_ZONE_MISSING: () => 'A close-up names its zone. Choose the zone, then keep the photo.',
  PHOTO_SESSION_MISSING: () => 'A photo before or after a session names the session. Choose it, then keep the photo.',
  PHOTO_COMPLICATION_MISSING: () => 'A photo of a complication names the complication. Choose it, then keep the photo.',
  PHOTO_DATE_IN_FUTURE: () =>
    'This day has not come yet. Nothing was kept; enter the day on which the photo was taken.',
}
