import { describe, expect, it } from 'vitest'
import { insertPatient } from '../../db/queries/patient.ts'
import { insertVisit, moveVisit, selectDay, selectVisit } from '../../db/queries/visit.ts'
import { change } from '../../db/records.ts'
import type { VisitId } from '../../shared/kernel/ids.ts'
import { addStaff, newStore, storeNow } from '../support/store.ts'
import { person } from './patient-store.ts'

const visitId = 'visit-1' as VisitId
const plan = {
  onDate: '2026-08-03',
  atTime: '11:15',
  service: 'SESSION',
  serviceNote: 'cheeks',
  practitionerId: null,
  room: null,
} as const

async function storeWithVisit() {
  const store = await newStore()
  const by = await addStaff(store)
  const body = person({ family: 'Lindqvist', given: 'Mara' })
  let made = 0
  await store.write(async (trx) => {
    await insertPatient(trx, { body, newId: () => `made-${++made}`, at: storeNow, by })
    await insertVisit(trx, { ...plan, visitId, patientId: body.id, at: storeNow, by })
  })
  return { ...store, patientId: body.id }
}

describe('a visit in the store', () => {
  it('reads back in its day’s list', async () => {
    const { store, patientId } = await storeWithVisit()
    const [line] = await selectDay(store.db, { on: '2026-08-03' })
    expect(line).toMatchObject({
      visit: { ...plan, visitId, status: 'EXPECTED' },
      patient: { patientId, family: 'Lindqvist' },
    })
    expect(await selectDay(store.db, { on: '2026-08-04' })).toEqual([])
  })

  it('says when the patient came and left, and forgets an arrival that was a mistake', async () => {
    const { store, write, patientId } = await storeWithVisit()
    const step = async (to: 'HERE' | 'DONE' | 'EXPECTED') => {
      const visit = await selectVisit(store.db, patientId, visitId)
      if (!visit) throw new Error('the visit is gone')
      const { version } = visit
      await write((trx) => moveVisit(trx, { visitId, version, at: storeNow, visit, to, room: null, reason: null }))
      return selectVisit(store.db, patientId, visitId)
    }
    expect(await step('HERE')).toMatchObject({ status: 'HERE', arrivedAt: storeNow, leftAt: null })
    expect(await step('DONE')).toMatchObject({ status: 'DONE', arrivedAt: storeNow, leftAt: storeNow })
    await step('HERE')
    expect(await step('EXPECTED')).toMatchObject({ status: 'EXPECTED', arrivedAt: null, leftAt: null })
  })

  it.each([
    ["update visit set status = 'CANCELLED'", /CHECK/],
    ["update visit set status = 'HERE'", /CHECK/],
    ["update visit set patient_id = 'other'", /stays_with_its_patient/],
    ['delete from visit', /never deleted/],
  ])('refuses %s', async (text, message) => {
    const { write } = await storeWithVisit()
    await expect(write((trx) => change(trx, text))).rejects.toThrow(message)
  })
})
