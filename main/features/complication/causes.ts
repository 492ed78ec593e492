import type { Reader } from '../../../db/open.ts'
import { type StoredSession, selectSession } from '../../../db/queries/session.ts'
import type { ComplicationBody } from '../../../shared/domain/complication.ts'
import type { SessionBody } from '../../../shared/domain/session.ts'
import type { PatientId, SessionId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'

/** The sessions a report names, in its order; null where one of them is not this patient's. */
export async function sessionsOf(
  reader: Reader,
  patientId: PatientId,
  sessionIds: readonly SessionId[],
): Promise<readonly StoredSession[] | null> {
  const sessions: StoredSession[] = []
  for (const sessionId of sessionIds) {
    const session = await selectSession(reader, patientId, sessionId)
    if (!session) return null
    sessions.push(session)
  }
  return sessions
}

type Causes = Pick<ComplicationBody, 'cartridgeLots' | 'productLots' | 'deviceId'>

/** Lots of the registers and device, as the sessions recorded them; each once. */
export function causesOf(sessions: readonly StoredSession[]): Causes {
  const bodies = sessions.flatMap(({ body }) => (body === null ? [] : [body]))
  const cartridgeLots = new Map<string, ComplicationBody['cartridgeLots'][number]>()
  const productLots = new Map<string, ComplicationBody['productLots'][number]>()
  for (const body of bodies) {
    for (const { cartridgeLotId, lotRaw } of body.cartridgeUses)
      if (cartridgeLotId) cartridgeLots.set(cartridgeLotId, { lotId: cartridgeLotId, lotNumber: lotRaw })
    for (const { productLotId, lotRaw } of productsOf(body))
      if (productLotId && lotRaw) productLots.set(productLotId, { lotId: productLotId, lotNumber: lotRaw })
  }
  return {
    cartridgeLots: [...cartridgeLots.values()],
    productLots: [...productLots.values()],
    deviceId: bodies[0]?.deviceId ?? null,
  }
}

/** Everything that was put on the skin. */
export function productsOf({ skinPrep, anaesthetic, postProducts, addons }: SessionBody) {
  return [
    skinPrep,
    ...(anaesthetic.kind === 'APPLIED' ? [anaesthetic] : []),
    ...(postProducts.kind === 'APPLIED' ? postProducts.products : []),
    ...addons,
  ]
}

/** Day 0 of the report: the first of its sessions. */
export function firstDayOf(sessions: readonly StoredSession[]): CalendarDate | null {
  return sessions.flatMap(({ head }) => head.performed_on ?? []).sort()[0] ?? null
}

export async function firstSessionDay(reader: Reader, body: ComplicationBody): Promise<CalendarDate | null> {
  return firstDayOf((await sessionsOf(reader, body.patientId, body.sessionIds)) ?? [])
}
