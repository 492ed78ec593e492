import { describe, expect, it } from 'vitest'
import { clearanceRecord, selectClearances } from '../../db/queries/clearance.ts'
import { insertPatient } from '../../db/queries/patient.ts'
import { screeningRecord, screeningState, selectFormsOnFile } from '../../db/queries/screening.ts'
import { appendVersion, change, insertRecord, selectRecord } from '../../db/records.ts'
import type { ClearanceBody } from '../../shared/domain/clearance.ts'
import type { ScreeningBody } from '../../shared/domain/screening/screening-body.ts'
import type { ClearanceId, PatientId, ScreeningId } from '../../shared/kernel/ids.ts'
import { choice } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { at, type Clinic, deskId, openClinic, person, planSeries } from './patient-store.ts'

function formOf(patientId: PatientId, change: Partial<ScreeningBody> = {}): ScreeningBody {
  return {
    schema: 'screening/1',
    id: 'screening-1' as ScreeningId,
    patientId,
    form: 'FULL',
    questionnaireVersion: '1.0',
    language: 'en',
    takenOn: '2026-08-03',
    answers: answersOfHealthyPerson('FULL'),
    signature: {
      role: 'PATIENT',
      name: 'Mara Lindqvist',
      relationship: null,
      mark: { kind: 'TYPED', name: 'Mara Lindqvist' },
      imageId: null,
      intentStatement: 'My answers are true.',
      intentTicked: true,
      signedAt: at,
      utcOffsetMin: -300,
    },
    clarifications: [],
    concerns: { bodyImage: false, capacity: false },
    ...change,
  }
}

function clearanceOf(patientId: PatientId): ClearanceBody {
  return {
    schema: 'clearance/1',
    id: 'clearance-1' as ClearanceId,
    patientId,
    seriesId: null,
    findings: [{ questionId: 'SQ-12', rule: 'BLOOD_THINNER_DOAC', scope: 'PATIENT', zones: [], eligibleOn: null }],
    decision: 'CLEARED',
    reason: 'Well controlled.',
    conditions: { maxDepthUm: 500, zonesExcluded: [], zonesAllowed: null, prophylaxis: null, anaestheticPlan: null },
    offLabelNote: null,
    expiresOn: '2026-11-01',
    signature: {
      staffId: deskId,
      printedName: 'Dr Samuel Okafor',
      credential: 'MD',
      licence: null,
      signedAt: at,
      utcOffsetMin: -300,
    },
  }
}

/** A store with a patient and a signed form. */
async function clinicWithForm(): Promise<{ clinic: Clinic; patientId: PatientId }> {
  const clinic = await openClinic()
  const body = person({ family: 'Lindqvist', given: 'Mara' })
  const making = { newId: clinic.newId, at, by: deskId }
  await clinic.write((trx) => insertPatient(trx, { body, ...making }))
  await clinic.write((trx) =>
    insertRecord(trx, screeningRecord, {
      id: 'screening-1',
      body: formOf(body.id),
      state: screeningState({ seriesId: null, handedOverBy: deskId, marked: ['SQ-12'] }),
      reason: 'SIGNED_BY_PATIENT',
      ...making,
      by: null,
    }),
  )
  await clinic.write((trx) =>
    insertRecord(trx, clearanceRecord, { id: 'clearance-1', body: clearanceOf(body.id), reason: 'CLEARED', ...making }),
  )
  return { clinic, patientId: body.id }
}

function append(clinic: Clinic, body: ScreeningBody) {
  return clinic.write((trx) =>
    appendVersion(trx, screeningRecord, {
      id: 'screening-1',
      expectedVersion: 1,
      body,
      newId: clinic.newId,
      at,
      by: deskId,
      reason: 'CLARIFIED',
    }),
  )
}

describe('the store of questionnaires and clearances', () => {
  it('is added to a clinic that has patients already', async () => {
    const { clinic, patientId } = await clinicWithForm()
    const { full, short } = await selectFormsOnFile(clinic.store.db, patientId)
    expect(full).toMatchObject({ screeningId: 'screening-1', isIntact: true, usedForSeriesId: null })
    expect(short).toBe(null)
    expect(await selectClearances(clinic.store.db, patientId)).toMatchObject([{ integrity: 'INTACT' }])
    await clinic.close()
  })

  it('takes a clarification as a new version of the same answers', async () => {
    const { clinic, patientId } = await clinicWithForm()
    const clarification = { questionId: 'SQ-12', text: 'Stopped in May.', by: deskId, at } as const
    await append(clinic, formOf(patientId, { clarifications: [clarification] }))
    expect(await selectRecord(clinic.store.db, screeningRecord, 'screening-1')).toMatchObject({
      number: 2,
      integrity: 'INTACT',
      body: { clarifications: [clarification] },
    })
    await clinic.close()
  })

  it.each([
    ['another answer', { answers: { ...answersOfHealthyPerson('FULL'), ...choice('SQ-01', 'PREGNANT') } }],
    ['no signature', { signature: null }],
    ['another day', { takenOn: '2026-08-02' }],
  ] as const)('refuses a version with %s than the patient signed', async (_what, changed) => {
    const { clinic, patientId } = await clinicWithForm()
    await expect(append(clinic, formOf(patientId, changed))).rejects.toThrow('what was signed stays')
    await clinic.close()
  })

  it.each([
    ['a form is never deleted', "delete from screening where id = 'screening-1'", 'never deleted'],
    ['its day stays', "update screening set taken_on = '2026-08-01' where id = 'screening-1'", 'signed_stays'],
    ['who handed it over stays', "update screening set handed_over_by = 'x' where id = 'screening-1'", 'signed_stays'],
    ['a decision is never changed', "update clearance set expires_on = '2030-01-01'", 'append-only'],
    ['a decision is never deleted', 'delete from clearance', 'append-only'],
    ['the mark for the physician is yes or no', 'update screening set has_open_clear = 2', 'CHECK constraint failed'],
  ])('%s', async (_what, text, complaint) => {
    const { clinic } = await clinicWithForm()
    await expect(clinic.write((trx) => change(trx, text))).rejects.toThrow(complaint)
    await clinic.close()
  })

  it('ties a form to one series and to no other after that', async () => {
    const { clinic, patientId } = await clinicWithForm()
    for (const id of ['series-1', 'series-2']) await planSeries(clinic, patientId, id)
    const tie = (id: string) => clinic.write((trx) => change(trx, `update screening set series_id = '${id}'`))
    await tie('series-1')
    await expect(tie('series-2')).rejects.toThrow('series_stays')
    await clinic.close()
  })

  it('tells a form whose columns were changed from one that is intact', async () => {
    const { clinic, patientId } = await clinicWithForm()
    clinic.store.driver.exec('drop trigger screening_signed_stays')
    clinic.store.driver.exec("update screening set taken_on = '2026-09-01'")
    const { full } = await selectFormsOnFile(clinic.store.db, patientId)
    expect(full?.isIntact).toBe(false)
    await clinic.close()
  })
})
