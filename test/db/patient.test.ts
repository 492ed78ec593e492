import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  insertPatient,
  isChartNumberTaken,
  selectLikelyDuplicates,
  selectLookAlikes,
  selectPatient,
  selectPatientSummaries,
  selectPatientVersions,
  takeChartNumber,
  updatePatient,
} from '../../db/queries/patient.ts'
import { many } from '../../db/records.ts'
import { patientBody } from '../../shared/contract/schemas/patient.ts'
import { noAddress, type PatientBody } from '../../shared/domain/patient.ts'
import { at, type Clinic, deskId, openClinic, person } from './patient-store.ts'

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

async function register(overrides: Partial<PatientBody>): Promise<PatientBody> {
  const body = person(overrides)
  await clinic.write((trx) => insertPatient(trx, { body, newId: clinic.newId, at, by: deskId }))
  return body
}
function save(before: PatientBody, changed: Partial<PatientBody>, expectedVersion = 1) {
  const after = { ...before, ...changed }
  return clinic.write((trx) =>
    updatePatient(trx, { before, after, expectedVersion, reason: 'EDITED', newId: clinic.newId, at, by: deskId }),
  )
}
async function lookAlikeMarks(): Promise<Record<string, number>> {
  const rows = await many<{ given: string; look_alike: number }>(
    clinic.store.db,
    'select given, look_alike from patient order by given',
  )
  return Object.fromEntries(rows.map((row) => [row.given, row.look_alike]))
}

const ana = {
  family: 'Kowalczyk',
  given: 'Ana',
  bornOn: '1994-07-19',
  address: { ...noAddress, line1: '12 Linden Street', postcode: '20431' },
  phones: [{ kind: 'MOBILE', number: '555 010 0199' }],
} satisfies Partial<PatientBody>

test('a registered patient is read back whole, with columns that say what the body says', async () => {
  const body = await register({
    ...ana,
    middle: 'Maria',
    preferred: 'Anka',
    formerNames: [{ family: 'Nowak', given: null, from: null, until: '2019-05-01' }],
    allergies: { state: 'LISTED', entries: [{ substance: 'nickel', reaction: 'rash', kind: 'METAL' }] },
  })
  const record = await selectPatient(clinic.store.db, body.id)
  expect(record).toMatchObject({ body, version: 1, integrity: 'INTACT', reason: 'REGISTERED', madeBy: deskId })
  expect(record?.head).toMatchObject({
    chart_key: body.chartNumber,
    phone_tail: '0199',
    former_names: '[["Nowak",null]]',
  })
})

test('a column that was changed behind the body is seen', async () => {
  const { id } = await register(ana)
  clinic.store.driver.prepare('update patient set born_on = ? where id = ?').run('1990-01-01', id)
  expect((await selectPatient(clinic.store.db, id))?.integrity).toBe('COLUMNS_CHANGED')
})

test('a stored body meets the contract of its schema', () => {
  const body = person({
    ...ana,
    id: '0b0f4a8c-6a52-4c4e-9a57-6a5f2f2f0001' as PatientBody['id'],
    fst: { type: 'III', recordedOn: '2026-08-03', by: '0b0f4a8c-6a52-4c4e-9a57-6a5f2f2f0002' as never },
  })
  expect(patientBody.parse(JSON.parse(JSON.stringify(body)))).toEqual(body)
})

test('a name change is a new version and the old name stays readable', async () => {
  const body = await register(ana)
  expect(await save(body, { family: 'Nowak' })).not.toBeNull()
  const versions = await selectPatientVersions(clinic.store.db, body.id)
  expect(versions.map((version) => [version.number, version.body.family])).toEqual([
    [1, 'Kowalczyk'],
    [2, 'Nowak'],
  ])
})

test('a second save on the same version is refused and writes nothing', async () => {
  const body = await register(ana)
  await save(body, { family: 'Nowak' })
  expect(await save(body, { family: 'Wrong' }, 1)).toBeNull()
  expect((await selectPatient(clinic.store.db, body.id))?.body.family).toBe('Nowak')
  expect(await selectPatientVersions(clinic.store.db, body.id)).toHaveLength(2)
})

test('a patient is never deleted', async () => {
  await register(ana)
  expect(() => clinic.store.driver.exec('delete from patient')).toThrow('never deleted')
})

describe('chart numbers', () => {
  test('are given in order and skip what an import brought', async () => {
    await register({ ...ana, chartNumber: 'c-10002' })
    const numbers = await clinic.write(async (trx) => [await takeChartNumber(trx), await takeChartNumber(trx)])
    expect(numbers).toEqual(['C10001', 'C10003'])
  })

  test('are unique without case and punctuation', async () => {
    const body = await register({ ...ana, chartNumber: 'AB-7' })
    expect(await isChartNumberTaken(clinic.store.db, 'ab 7')).toBe(true)
    expect(await isChartNumberTaken(clinic.store.db, 'ab 7', body.id)).toBe(false)
    await expect(register({ ...ana, chartNumber: 'ab7' })).rejects.toThrow('UNIQUE')
  })
})

describe('look-alike marks', () => {
  test('stand on both twins, and on nobody else', async () => {
    await register(ana)
    await register({ ...ana, given: 'Eva' })
    await register({ ...ana, given: 'Zofia', bornOn: '1991-01-01' })
    expect(await lookAlikeMarks()).toEqual({ Ana: 1, Eva: 1, Zofia: 0 })
  })

  test('name the other chart', async () => {
    const { id } = await register(ana)
    await register({ ...ana, given: 'Eva' })
    expect((await selectLookAlikes(clinic.store.db, id)).map((chart) => chart.given)).toEqual(['Eva'])
  })

  test('go from both when one birth date is corrected', async () => {
    await register(ana)
    const eva = await register({ ...ana, given: 'Eva' })
    await save(eva, { bornOn: '1994-07-20' })
    expect(await lookAlikeMarks()).toEqual({ Ana: 0, Eva: 0 })
  })

  test('stay where a third chart is still alike', async () => {
    await register(ana)
    await register({ ...ana, given: 'Ewa' })
    const eva = await register({ ...ana, given: 'Eva' })
    await save(eva, { bornOn: '1994-07-20' })
    expect(await lookAlikeMarks()).toEqual({ Ana: 1, Eva: 0, Ewa: 1 })
  })

  test('go when the other chart was a mistake', async () => {
    await register(ana)
    const eva = await register({ ...ana, given: 'Eva' })
    await save(eva, { status: { state: 'ARCHIVED', reason: 'MISTAKE', note: null } })
    expect(await lookAlikeMarks()).toEqual({ Ana: 0, Eva: 0 })
  })
})

describe('duplicate advice at registration', () => {
  test('names the chart, the reasons and nobody else', async () => {
    const { id } = await register(ana)
    await register({ ...ana, given: 'Piotr', bornOn: '1988-02-03' })
    const facts = person({ ...ana, family: 'Kowalzcyk', phones: [] })
    expect(await selectLikelyDuplicates(clinic.store.db, facts)).toMatchObject([
      { patientId: id, reasons: ['SIMILAR_NAME', 'SAME_BIRTH_DATE', 'SIMILAR_ADDRESS'] },
    ])
  })

  test('leaves out the chart that is being edited', async () => {
    const body = await register(ana)
    expect(await selectLikelyDuplicates(clinic.store.db, body, { except: body.id })).toEqual([])
  })

  test('follows an edit', async () => {
    const body = await register({ ...ana, phones: [], address: noAddress })
    await save(body, { family: 'Brook', given: 'Lena', bornOn: '1980-01-01' })
    expect(await selectLikelyDuplicates(clinic.store.db, person(ana))).toEqual([])
    const lena = person({ family: 'Brook', given: 'Lena', bornOn: '1980-01-01' })
    expect(await selectLikelyDuplicates(clinic.store.db, lena)).toHaveLength(1)
  })
})

test('summaries are read by id and leave out what does not exist', async () => {
  const { id } = await register(ana)
  const summaries = await selectPatientSummaries(clinic.store.db, [id, 'patient-none' as PatientBody['id']])
  expect([...summaries.values()]).toMatchObject([{ patientId: id, family: 'Kowalczyk', isLookAlike: false }])
})
