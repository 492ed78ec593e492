import { z } from 'zod'
import { photoOccasions, photoViews } from '../../domain/photo.ts'
import type { TakenPhoto } from '../../domain/session-photo-record.ts'
import type { PhotoChoice } from '../../domain/session-photos.ts'
import { calendarDate, photoId, sessionId } from '../scalars.ts'
import type { SameType } from './same-type.ts'

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/u)

/** A picture as a signed record names it. */
export const takenPhoto = z.strictObject({
  photoId,
  view: z.enum(photoViews),
  sha256,
}) satisfies z.ZodType<TakenPhoto>
true satisfies SameType<z.infer<typeof takenPhoto>, TakenPhoto>

/** A picture that a session could name. */
export const photoChoice = takenPhoto.extend({
  occasion: z.enum(photoOccasions),
  sessionId: sessionId.nullable(),
  takenOn: calendarDate,
  isVoided: z.boolean(),
  isWithdrawn: z.boolean(),
}) satisfies z.ZodType<PhotoChoice>
true satisfies SameType<z.infer<typeof photoChoice>, PhotoChoice>
