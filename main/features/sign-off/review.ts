import { selectOrder } from '../../../db/queries/order.ts'
import { selectSeries } from '../../../db/queries/series.ts'
import { type StoredSession, selectSession } from '../../../db/queries/session.ts'
import { selectLastSession } from '../../../db/queries/session-course.ts'
import { licenceText, selectStaff, selectStaffMember } from '../../../db/queries/staff.ts'
import { selectDelegations } from '../../../db/queries/staff-practice.ts'
import { attestations, signOffMeaning } from '../../../shared/domain/sign-off.ts'
import { standsInOn } from '../../../shared/domain/staff-practice.ts'
import type { OrderId } from '../../../shared/kernel/ids.ts'
import type { QueryContext } from '../../app/context.ts'
import { nameOf } from '../../app/session-summary.ts'
import { toWire } from '../../app/to-wire.ts'

/** What the reviewing physician compares the record with, and what their signature would say. */
export async function viewReview({ reader, caller, today }: QueryContext, session: StoredSession) {
  const { patientId, head } = session
  const order = head.order_id === null ? null : await selectOrder(reader, patientId, head.order_id)
  const series = await selectSeries(reader, patientId, head.series_id)
  const members = await selectStaff(reader)
  const signer = await selectStaffMember(reader, caller.staffId)
  const standing = standsInOn(await selectDelegations(reader, today), {
    staffId: caller.staffId,
    physicianId: head.supervising_physician_id,
    on: today,
  })
  if (!series || !signer) throw new Error(`session ${session.sessionId} lost its series or its reader`)
  const meaning = signOffMeaning({
    isAuthor: head.practitioner_id === caller.staffId,
    deviations: head.deviations,
  })
  return toWire({
    order: order && { orderId: order.id as OrderId, isIntact: order.integrity === 'INTACT', body: order.body },
    last: await lastInFull(reader, session, today),
    sessionsPlanned: series.body.sessionsPlanned,
    seriesStatus: series.body.status,
    supervisor: head.supervising_physician_id && nameOf(members, head.supervising_physician_id),
    isOfAnother: head.supervising_physician_id !== caller.staffId,
    standsIn: standing && { fromOn: standing.fromOn, untilOn: standing.untilOn },
    meaning,
    attestation: attestations[meaning],
    signer: {
      printedName: signer.printedName,
      credential: signer.credential,
      boardCertification: signer.boardCertification,
      licence: licenceText(signer, today),
    },
    complications: head.complications,
  })
}

async function lastInFull(reader: QueryContext['reader'], session: StoredSession, today: string) {
  const { patientId, head, sessionId } = session
  const on = head.performed_on ?? today
  const last = await selectLastSession(reader, { patientId, seriesId: head.series_id, on, except: sessionId })
  const record = last && (await selectSession(reader, patientId, last.sessionId))
  return last && record?.body ? { sessionNo: last.sessionNo, performedOn: last.performedOn, body: record.body } : null
}
