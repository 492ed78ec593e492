import type { Reader } from '../../../db/open.ts'
import { selectComplication } from '../../../db/queries/complication.ts'
import { selectPhoto } from '../../../db/queries/photo.ts'
import type { InputOf } from '../../../shared/contract/define.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { type ComplicationBody, gradeComplication, hasRequiredNotice } from '../../../shared/domain/complication.ts'
import type { PatientId, PhotoId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import type { CommandContext, CommandHandler } from '../../app/context.ts'
import { causesOf, sessionsOf } from './causes.ts'
import { arePhysicians, noticesNow, save, withDeputies } from './save.ts'
import { asksForSameChecks, countOnSessions, scheduleChecks } from './schedule.ts'

type Contract = typeof contract.complication

export const assess: CommandHandler<Contract['assess']> = async (context, input) => {
  const { patientId, complicationId, onsetOn, stableOn, treatmentOrderedBy } = input
  const record = await selectComplication(context.trx, patientId, complicationId)
  if (!record) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  if (record.state === 'CLOSED') return refuse('COMPLICATION_MOVE_NOT_ALLOWED')
  const { today } = context
  if ((onsetOn !== null && onsetOn > today) || (stableOn !== null && stableOn > today)) return refuse('ONSET_IN_FUTURE')
  if (!context.hasRole('physician') && input.seriesDecision !== record.body.seriesDecision)
    return refuse('PHYSICIAN_DECIDES')
  const named = input.notices.map(({ physicianId }) => physicianId)
  const isNewOrder = treatmentOrderedBy !== null && treatmentOrderedBy !== record.body.treatmentOrderedBy
  if (!(await arePhysicians(context, isNewOrder ? [...named, treatmentOrderedBy] : named)))
    return refuse('NOT_A_PHYSICIAN')
  const sessionIds = [...new Set([...record.body.sessionIds, ...input.sessionIds])]
  const sessions = await sessionsOf(context.trx, patientId, sessionIds)
  if (!sessions) return refuse('NOT_FOUND')
  const photoIds = [...new Set(input.photoIds)]
  const added = photoIds.filter((photoId) => !record.body.photoIds.includes(photoId))
  const photos = await photosToName(context.trx, patientId, added)
  if (!photos.ok) return photos
  const isSameSessions = sessionIds.length === record.body.sessionIds.length
  const body = assessedBody(context, record.body, {
    ...input,
    notices: [...(await withDeputies(context, input.notices))],
    photoIds,
    sessionIds,
    ...(isSameSessions ? {} : causesOf(sessions)),
  })
  // A finding that makes it a red flag cannot be saved silently either.
  if (!hasRequiredNotice(body)) return refuse('PHYSICIAN_NOT_NOTIFIED')
  const { version } = input
  const saved = await save(context, record, { body, version, reason: 'ASSESSED', action: 'complication.assess' })
  if (!saved.ok) return saved
  if (!asksForSameChecks(record.body, body)) await scheduleChecks(context, body)
  if (!isSameSessions) await countOnSessions(context, body)
  return saved
}

/** Pictures that a report may begin to name: this patient's, and not marked as entered in error. */
async function photosToName(reader: Reader, patientId: PatientId, photoIds: readonly PhotoId[]) {
  for (const photoId of photoIds) {
    const photo = await selectPhoto(reader, patientId, photoId)
    if (!photo) return refuse('NOT_FOUND')
    if (photo.voided) return refuse('PHOTO_VOIDED')
  }
  return accept(null)
}

/** Today's findings on top of what was found before; a grade with a note of its own is one more of the history. */
function assessedBody(
  context: CommandContext,
  before: ComplicationBody,
  input: InputOf<Contract['assess']> & Partial<Pick<ComplicationBody, 'cartridgeLots' | 'productLots' | 'deviceId'>>,
): ComplicationBody {
  const { patientId: _p, complicationId: _c, version: _v, grade, gradeNote, notices, ...found } = input
  const body: ComplicationBody = {
    ...before,
    ...found,
    physicianNotices: [...before.physicianNotices, ...noticesNow(context, notices)],
  }
  if (grade === null || (grade === before.grade && gradeNote === '')) return body
  return gradeComplication(body, { grade, at: context.now, by: context.caller.staffId, note: gradeNote })
}
