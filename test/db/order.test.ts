import { describe, expect, it } from 'vitest'
import { orderRecord, selectActiveOrders, selectOrder } from '../../db/queries/order.ts'
import { insertPatient } from '../../db/queries/patient.ts'
import { selectSeries, seriesRecord } from '../../db/queries/series.ts'
import { appendVersion, change, insertRecord, moveHead } from '../../db/records.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import type { SeriesBody } from '../../shared/domain/series.ts'
import type { OrderId, PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import { orderWith } from '../domain/given-session.ts'
import { addStaff, dropTriggers, newStore, storeNow } from '../support/store.ts'
import { person } from './patient-store.ts'

const orderId = 'order-1' as OrderId
const seriesId = 'series-1' as SeriesId

function seriesOf(patientId: PatientId): SeriesBody {
  return {
    schema: 'series/1',
    patientId,
    goals: ['ACNE_SCAR'],
    goalText: '',
    zones: [],
    sessionsPlanned: 4,
    intervalMonths: 1,
    photos: 'DECLINED',
    photoViews: [],
    status: 'PLANNED',
    statusReason: null,
    maintenanceMonths: null,
  }
}

/** A store with a patient, a course and an order that a physician signed for it. */
async function storeWithOrder() {
  const store = await newStore()
  const by = await addStaff(store)
  const { id: patientId, ...rest } = person({ family: 'Lindqvist', given: 'Mara' })
  let made = 0
  const newId = () => `made-${++made}`
  const making = { newId, at: storeNow, by, reason: 'SIGNED' }
  const signed = orderWith({ patientId, seriesId })
  const body = { ...signed, signature: signed.signature && { ...signed.signature, staffId: by } }
  await store.write(async (trx) => {
    await insertPatient(trx, { body: { id: patientId, ...rest }, newId, at: storeNow, by })
    await insertRecord(trx, seriesRecord, { id: seriesId, body: seriesOf(patientId), ...making })
    await insertRecord(trx, orderRecord, { id: orderId, body, state: { state: 'SIGNED' }, ...making })
  })
  const tryTo = (text: string, values: readonly (string | number)[] = []) =>
    store
      .write((trx) => change(trx, text, values))
      .then(
        () => 'done',
        (error: Error) => error.message,
      )
  return { ...store, by, patientId, body, making, tryTo }
}

describe('a signed order in the store', () => {
  it('reads back as it was signed, for its own patient alone', async () => {
    const { store, patientId, body } = await storeWithOrder()
    expect(await selectOrder(store.db, patientId, orderId)).toMatchObject({ body, integrity: 'INTACT', version: 1 })
    expect(await selectOrder(store.db, 'somebody else' as PatientId, orderId)).toBeNull()
    const policy = shippedPolicy('2026-01-01')
    expect((await selectActiveOrders(store.db, patientId, '2026-02-28', policy)).map(({ id }) => id)).toEqual([orderId])
    expect(await selectActiveOrders(store.db, patientId, '2027-01-21', policy)).toEqual([])
  })

  it.each([
    ['version_id', 'made-2'],
    ['expires_on', '2030-01-01'],
    ['sessions', 12],
    ['signed_at', '2026-01-01T00:00:00.000Z'],
    ['device_type', 'RF_PEN'],
    ['series_id', 'series-2'],
  ])('never changes its %s', async (column, value) => {
    const { tryTo } = await storeWithOrder()
    expect(await tryTo(`update treatment_order set ${column} = ?`, [value])).toBe('treatment_order: signed_stays')
  })

  it('ends once, by a successor or by a reason, and never begins anew', async () => {
    const { tryTo, by } = await storeWithOrder()
    const revoke = "update treatment_order set state = 'REVOKED', ended_by = ?, ended_at = ?, ended_reason = ?"
    expect(
      await tryTo("update treatment_order set state = 'REVOKED', ended_by = ?, ended_at = ?", [by, storeNow]),
    ).toMatch(/CHECK/)
    expect(await tryTo(revoke, [by, storeNow, 'new anticoagulant'])).toBe('done')
    expect(
      await tryTo("update treatment_order set state = 'SIGNED', ended_by = null, ended_at = null, ended_reason = null"),
    ).toMatch(/illegal state|ended_stays/)
    expect(await tryTo("update treatment_order set ended_reason = 'other'")).toBe('treatment_order: ended_stays_ended')
    expect(await tryTo('delete from treatment_order')).toBe('treatment_order is never deleted')
  })

  it('cannot be tied to another patient’s course', async () => {
    const { write, making, body } = await storeWithOrder()
    const foreign = { ...body, seriesId: 'series of somebody else' as SeriesId }
    const added = write((trx) =>
      insertRecord(trx, orderRecord, { id: 'order-2', body: foreign, state: { state: 'SIGNED' }, ...making }),
    )
    await expect(added).rejects.toThrow(/FOREIGN KEY/)
  })

  it('shows a column that somebody changed behind the program’s back, and carries no session then', async () => {
    const house = await storeWithOrder()
    dropTriggers(house)
    await house.tryTo('update treatment_order set sessions = 12')
    const { store, patientId } = house
    expect((await selectOrder(store.db, patientId, orderId))?.integrity).toBe('COLUMNS_CHANGED')
    expect(await selectActiveOrders(store.db, patientId, '2026-02-28', shippedPolicy('2026-01-01'))).toEqual([])
  })
})

describe('a course in the store', () => {
  it('keeps every version and stays with its patient', async () => {
    const { store, write, patientId, making, tryTo } = await storeWithOrder()
    const held: SeriesBody = { ...seriesOf(patientId), status: 'ON_HOLD', statusReason: 'darker patches' }
    await write((trx) => appendVersion(trx, seriesRecord, { id: seriesId, expectedVersion: 1, body: held, ...making }))
    expect(await selectSeries(store.db, patientId, seriesId)).toMatchObject({
      number: 2,
      head: { status: 'ON_HOLD' },
      integrity: 'INTACT',
    })
    expect(await write((trx) => moveHead(trx, 'series', seriesId, 1, { status: 'ACTIVE' }))).toBe(false)
    expect(await tryTo("update series set patient_id = 'other'")).toBe('series: stays_with_its_patient')
    expect(await tryTo('update series set sessions_planned = 13')).toMatch(/CHECK/)
    expect(await tryTo('delete from series')).toBe('series is never deleted')
  })
})
