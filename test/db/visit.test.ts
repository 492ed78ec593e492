import { describe, expect, it } from 'vitest'
import { insertPatient } from '../../db/queries/patient.ts'
import { insertVisit, moveVisit, selectDay, selectVisit, updateVisitPlan } from '../../db/queries/visit.ts'
import { change } from '../../db/records.ts'
import type { PatientId, VisitId } from '../../shared/kernel/ids.ts'
import { addStaff, newStore, storeNow } from '../support/store.ts'
import { person } from './patient-store.ts'

const visitId = 'visit-1' as VisitId
const plan = {
  onDate: '2026-08-03',
  atTime: '11:15',
  untilTime: '12:30',
  seriesId: null,
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

  const row = {
    ...plan,
    at: storeNow,
    visitId: 'visit-2' as VisitId,
  }

  async function twoPatients() {
    const own = await storeWithVisit()
    const lena = await addStaff(own, 'lena')
    const other = person({ family: 'Ferreira', given: 'Tomas', id: 'patient-2' as PatientId, chartNumber: 'A-000202' })
    let made = 100
    await own.write((trx) => insertPatient(trx, { body: other, newId: () => `made-${++made}`, at: storeNow, by: lena }))
    return { ...own, by: lena, lena, otherId: other.id }
  }

  it.each([
    ['the same patient', { isSame: true, sharesPerson: false, sharesRoom: false }],
    ['the same practitioner', { isSame: false, sharesPerson: true, sharesRoom: false }],
    ['the same room', { isSame: false, sharesPerson: false, sharesRoom: true }],
  ])('refuses a second booking of %s in that time, also by a move and by taking a line back', async (_, given) => {
    const { store, write, patientId, otherId, by, lena } = await twoPatients()
    const whose = given.isSame ? patientId : otherId
    const shared = { practitionerId: given.sharesPerson ? lena : null, room: given.sharesRoom ? '1' : null }
    await write((trx) => updateVisitPlan(trx, { visitId, version: 1, at: storeNow, plan: { ...plan, ...shared } }))
    const second = { ...row, ...shared, patientId: whose, by }
    const late = { atTime: '12:29', untilTime: '13:00' }
    await expect(write((trx) => insertVisit(trx, { ...second, ...late }))).rejects.toThrow(/double_booked/)
    const after = { atTime: '12:30', untilTime: '13:00' }
    await write((trx) => insertVisit(trx, { ...second, ...after }))
    const plan2 = { ...plan, ...shared, ...late }
    await expect(
      write((trx) => updateVisitPlan(trx, { visitId: row.visitId, version: 1, at: storeNow, plan: plan2 })),
    ).rejects.toThrow(/double_booked/)
    const visit = await selectVisit(store.db, patientId, visitId)
    if (!visit) throw new Error('the visit is gone')
    const move = { visitId, at: storeNow, visit, room: visit.room }
    await write((trx) => moveVisit(trx, { ...move, version: 2, to: 'CANCELLED', reason: 'CLINIC' }))
    await write((trx) => updateVisitPlan(trx, { visitId: row.visitId, version: 1, at: storeNow, plan: plan2 }))
    await expect(write((trx) => moveVisit(trx, { ...move, version: 3, to: 'EXPECTED', reason: null }))).rejects.toThrow(
      /double_booked/,
    )
  })

  it('keeps an arrival as it happened, whatever else is planned for that room', async () => {
    const { store, write, otherId, by, patientId } = await twoPatients()
    await write((trx) => insertVisit(trx, { ...row, patientId: otherId, by, room: '4' }))
    const visit = await selectVisit(store.db, patientId, visitId)
    if (!visit) throw new Error('the visit is gone')
    const into = { visitId, version: 1, at: storeNow, visit, to: 'HERE', room: '4', reason: null } as const
    expect(await write((trx) => moveVisit(trx, into))).toBe(true)
  })
})
