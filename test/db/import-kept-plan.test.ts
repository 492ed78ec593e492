import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertPatient, updatePatient } from '../../db/queries/patient.ts'
import { importLookup, patientRevision } from '../../db/queries/patient-import.ts'
import { keepPlan, planStillValid } from '../../main/import/kept-plan.ts'
import { planImport } from '../../main/import/plan-import.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { at, type Clinic, deskId, openClinic, person } from './patient-store.ts'

const today = '2026-08-03'
const list = `MRN,Surname,First name,DOB,Mobile
A1,Marsh,Helen,25/12/1974,555 010 0177
A2,Marhs,Helen,25/12/1974,
A3,Petrov,Ivo,31/02/1980,555 010 0155
A4,,,,
,Kowalczyk,Ana,19/07/1994,
`

let clinic: Clinic
let known: PatientBody
beforeEach(async () => {
  clinic = await openClinic()
  known = person({ family: 'Kowalczyk', given: 'Ana', bornOn: '1994-07-19' })
  await add(known)
})
afterEach(() => clinic.close())

const add = (body: PatientBody) =>
  clinic.write((trx) => insertPatient(trx, { body, newId: clinic.newId, at, by: deskId }))

function preview() {
  const { driver } = clinic.store
  const revision = patientRevision(driver)
  const choices = { mapping: null, dateShape: null, clinicOrder: 'MDY', today } as const
  const silent = { progress: () => {}, stopAsked: () => false }
  const plan = planImport<PatientId>(list, choices, importLookup(driver), silent)
  if (plan === 'STOPPED' || plan.problem !== null) throw new Error('the list was not planned')
  const { mapping, dateShape, rows } = plan
  return { plan, kept: keepPlan({ revision, today, mapping, dateShape, rows }) }
}

describe('the verdicts of a preview', () => {
  test('are written as they were shown while no chart has changed', () => {
    const { plan, kept } = preview()
    expect(plan.counts).toEqual({ NEW: 2, REVIEW: 2, REFUSED: 1 })
    expect(planStillValid(kept, { driver: clinic.store.driver, today })).toEqual({
      problem: null,
      mapping: plan.mapping,
      dateShape: plan.dateShape,
      rows: plan.rows,
    })
  })

  test('are made anew once somebody was registered', async () => {
    const { kept } = preview()
    await add(person({ family: 'Petrov', given: 'Ivo' }))
    expect(planStillValid(kept, { driver: clinic.store.driver, today })).toBeNull()
  })

  test('are made anew once a chart was changed, in the same moment too', async () => {
    const { kept } = preview()
    const after = { ...known, family: 'Petrov' }
    const change = { before: known, after, expectedVersion: 1, reason: 'EDITED', newId: clinic.newId, at, by: deskId }
    await clinic.write((trx) => updatePatient(trx, change))
    expect(planStillValid(kept, { driver: clinic.store.driver, today })).toBeNull()
  })

  test('are made anew on another day', () => {
    const { kept } = preview()
    expect(planStillValid(kept, { driver: clinic.store.driver, today: '2026-08-04' })).toBeNull()
  })
})

test('the count that tells of changed charts is read from an index alone', () => {
  const steps = clinic.store.driver
    .prepare("explain query plan select count(*) from record_version where kind = 'patient'")
    .all() as { readonly detail: string }[]
  expect(steps.map(({ detail }) => detail).join()).toMatch(/SEARCH .* COVERING INDEX/)
})
