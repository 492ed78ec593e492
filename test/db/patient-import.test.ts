import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertPatient, selectPatient } from '../../db/queries/patient.ts'
import { ImportStoppedError, importLookup, insertImport } from '../../db/queries/patient-import.ts'
import {
  insertHeldPatient,
  refuseHeldRow,
  selectImport,
  selectImportLine,
  selectImportLines,
  selectImports,
  undoImport,
} from '../../db/queries/patient-import-review.ts'
import { searchPatients } from '../../db/queries/patient-search.ts'
import { PatientVocabulary } from '../../db/queries/patient-vocabulary.ts'
import { insertRow, many, one } from '../../db/records.ts'
import { planImport } from '../../main/import/plan-import.ts'
import { importedDifferences } from '../../shared/domain/patient-import.ts'
import { parsePatientQuery } from '../../shared/domain/patient-search-query.ts'
import type { ImportId, PatientId } from '../../shared/kernel/ids.ts'
import { at, type Clinic, deskId, openClinic, person } from './patient-store.ts'

const today = '2026-08-03'
const importId = 'import-1' as ImportId
const silent = { progress: () => {}, stopAsked: () => false }
const list = `MRN,Surname,First name,DOB,Mobile
A1,Marsh,Helen,25/12/1974,555 010 0177
A2,Marhs,Helen,25/12/1974,
A3,Petrov,Ivo,31/02/1980,555 010 0155
A4,,,,
a-1,Brook,Lena,01/02/1988,555 010 0122
,Kowalczyk,Ana,19/07/1994,
,Kowalczyk,Eva,19/07/1994,
`

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

function plan(text: string) {
  const planned = planImport<PatientId>(
    text,
    { mapping: null, dateShape: null, clinicOrder: 'MDY', today },
    importLookup(clinic.store.driver),
    silent,
  )
  if (planned === 'STOPPED' || planned.problem !== null) throw new Error('the list was not planned')
  return planned
}

function commit(text: string, { id = importId, stopAsked = (): boolean => false } = {}) {
  const { rows, mapping, dateShape } = plan(text)
  return clinic.write((trx) =>
    insertImport(
      trx,
      clinic.store.driver,
      {
        importId: id,
        fileName: 'list.csv',
        fileSha256: '0'.repeat(64),
        mapping,
        dateShape,
        rows,
        newId: clinic.newId,
        at,
        by: deskId,
      },
      { progress: () => {}, stopAsked },
    ),
  )
}

async function names(text: string): Promise<readonly string[]> {
  const query = parsePatientQuery(text, { dateOrder: 'MDY', today })
  const hits = await searchPatients(clinic.store.db, query, { vocabulary: new PatientVocabulary() })
  return hits.map((hit) => `${hit.family}, ${hit.given}`)
}

async function patientOf(line: number): Promise<PatientId> {
  const row = await selectImportLine(clinic.store.db, importId, line)
  if (row === null || row.patientId === null) throw new Error(`line ${line} has no patient`)
  return row.patientId
}

describe('an import', () => {
  test('accounts for every row', async () => {
    expect(await commit(list)).toEqual({ added: 5, held: 1, refused: 1 })
    expect(await selectImport(clinic.store.db, importId)).toMatchObject({
      rowCount: 7,
      addedCount: 5,
      heldCount: 1,
      notAddedCount: 0,
      refusedCount: 1,
      status: 'COMMITTED',
    })
    expect(await selectImportLines(clinic.store.db, importId, { outcome: 'REFUSED', after: 0 })).toMatchObject([
      { line: 5, refusal: 'NO_NAME' },
    ])
  })

  test('makes whole charts that open intact', async () => {
    await commit(list)
    const ivo = await selectPatient(clinic.store.db, await patientOf(4))
    expect(ivo).toMatchObject({
      integrity: 'INTACT',
      reason: 'IMPORTED',
      body: {
        chartNumber: 'A3',
        family: 'Petrov',
        bornOn: null,
        bornText: '31/02/1980',
        source: { kind: 'IMPORTED', importId, line: 4, sourceId: null },
      },
    })
  })

  test('can be searched like registered people', async () => {
    await commit(list)
    expect([await names('marsh helen'), await names('0155'), await names('1 feb 88'), await names('a3')]).toEqual([
      ['Marsh, Helen'],
      ['Petrov, Ivo'],
      ['Brook, Lena'],
      ['Petrov, Ivo'],
    ])
  })

  test('gives a number of its own where the chart number is taken', async () => {
    await commit(list)
    const lena = await selectPatient(clinic.store.db, await patientOf(6))
    expect(lena?.body).toMatchObject({ chartNumber: 'C10001', source: { sourceId: 'a-1' } })
  })

  test('marks look-alikes among its rows and in the store', async () => {
    const maria = person({ family: 'Brook', given: 'Maria', bornOn: '1988-02-01' })
    await clinic.write((trx) => insertPatient(trx, { body: maria, newId: clinic.newId, at, by: deskId }))
    await commit(list)
    const marked = await many<{ given: string }>(
      clinic.store.db,
      'select given from patient where look_alike = 1 order by given',
    )
    expect(marked.map((row) => row.given)).toEqual(['Ana', 'Eva', 'Lena', 'Maria'])
  })

  test('brought twice holds every person in review', async () => {
    await commit(list)
    const again = await commit(list, { id: 'import-2' as ImportId })
    expect(again).toEqual({ added: 0, held: 6, refused: 1 })
    expect((await selectImports(clinic.store.db)).map((one) => one.importId)).toEqual(['import-2', 'import-1'])
  })

  test('that is stopped leaves nothing', async () => {
    let asked = 0
    await expect(commit(list, { stopAsked: () => ++asked > 1 })).rejects.toThrow(ImportStoppedError)
    expect(
      await one(clinic.store.db, 'select (select count(*) from patient) + (select count(*) from patient_import) as n'),
    ).toEqual({ n: 0 })
  })

  test('of a thousand messy rows accounts for each and finds five people by fragments', async () => {
    const counts = await commit(readFileSync(new URL('../data/febrl/dataset1.csv', import.meta.url), 'utf8'))
    expect(counts.added + counts.held + counts.refused).toBe(1000)
    expect(counts.held).toBeGreaterThanOrEqual(475)
    const found = await Promise.all(
      ['berry lach', 'sonder dea', 'wal 9 dec 1908', 'harrington kay', 'kilby jos'].map((text) => names(text)),
    )
    expect(found.map((one) => one[0])).toEqual([
      'berry, lachlan',
      'sondergeld, deakin',
      'waller, null',
      'harrington, kayla',
      'kilby, josephine',
    ])
  })
})

describe('a held row', () => {
  test('shows what it says, the chart it may be, why, and what differs', async () => {
    await commit(list)
    const [held] = await selectImportLines(clinic.store.db, importId, { outcome: 'HELD', after: 0 })
    const helen = await patientOf(2)
    expect(held).toMatchObject({
      line: 3,
      candidate: { chartNumber: 'A2', details: { family: 'Marhs' } },
      pairs: [{ patient: { patientId: helen, family: 'Marsh' }, reasons: ['SIMILAR_NAME', 'SAME_BIRTH_DATE'] }],
    })
    const chart = await selectPatient(clinic.store.db, helen)
    if (chart === null || held?.candidate == null) throw new Error('nothing to compare')
    expect(importedDifferences(chart.body, held.candidate.details)).toEqual(['family'])
  })

  test('kept beside the other becomes a patient, once', async () => {
    await commit(list)
    const keep = () =>
      clinic.write((trx) => insertHeldPatient(trx, { importId, line: 3, at, by: deskId, newId: clinic.newId }))
    expect(await keep()).toMatchObject({ chartNumber: 'A2', family: 'Marhs' })
    expect(await keep()).toBeNull()
    expect(await names('marhs')).toEqual(['Marhs, Helen', 'Marsh, Helen'])
    expect(await selectImport(clinic.store.db, importId)).toMatchObject({ addedCount: 6, heldCount: 0 })
  })

  test('not added stays in the list of the import and makes no patient', async () => {
    await commit(list)
    const deciding = { importId, line: 3, at, by: deskId }
    expect(await clinic.write((trx) => refuseHeldRow(trx, deciding))).toBe(true)
    expect(await clinic.write((trx) => refuseHeldRow(trx, deciding))).toBe(false)
    expect(await selectImport(clinic.store.db, importId)).toMatchObject({
      addedCount: 5,
      heldCount: 0,
      notAddedCount: 1,
    })
  })

  test('that may be another held row points at its chart once that one is kept', async () => {
    await commit(
      'Surname,First name,DOB,Mobile\nAdeyemi,Ruth,03/04/1981,555 010 0100\nAdeyemi,Rut,03/04/1981,555 010 0100\nAdeyemy,Ruth,03/04/1981,555 010 0100\n',
    )
    const otherLines = async () =>
      (await selectImportLine(clinic.store.db, importId, 4))?.pairs
        .map((pair) => pair.otherLine ?? pair.patient?.given)
        .sort()
    expect(await otherLines()).toEqual([3, 'Ruth'])
    await clinic.write((trx) => insertHeldPatient(trx, { importId, line: 3, at, by: deskId, newId: clinic.newId }))
    expect(await otherLines()).toEqual(['Rut', 'Ruth'])
  })
})

describe('an import that is undone', () => {
  function undo() {
    return clinic.write((trx) => undoImport(trx, { importId, at, by: deskId, newId: clinic.newId, tools: silent }))
  }

  test('archives its patients, which leave search, and lists those that something refers to', async () => {
    await commit(list)
    const helen = await patientOf(2)
    await clinic.write((trx) =>
      insertRow(trx, 'draft', {
        id: 'draft-1',
        kind: 'session',
        patient_id: helen,
        owner_id: deskId,
        version: 1,
        body: '{}',
        created_at: at,
        updated_at: at,
      }),
    )
    expect(await undo()).toMatchObject({ archived: 4, kept: [{ patientId: helen }] })
    expect([await names('petrov'), await names('marsh')]).toEqual([[], ['Marsh, Helen']])
    expect(await selectImport(clinic.store.db, importId)).toMatchObject({
      status: 'UNDONE',
      heldCount: 0,
      notAddedCount: 1,
    })
  })

  test('keeps every chart, as an archived version', async () => {
    await commit(list)
    const ivo = await patientOf(4)
    await undo()
    expect(await selectPatient(clinic.store.db, ivo)).toMatchObject({
      number: 2,
      integrity: 'INTACT',
      body: { status: { state: 'ARCHIVED', reason: 'IMPORT_UNDONE' } },
    })
  })

  test('is not undone twice', async () => {
    await commit(list)
    await undo()
    expect(await undo()).toBeNull()
  })
})

describe('a list that cannot be planned', () => {
  test.each([
    ['', 'NO_COLUMNS'],
    ['City,Phone\nHarbour Vale,555 010 0100\n', 'NO_NAME_COLUMN'],
    ['Surname,First name\n', 'NO_ROWS'],
  ])('%j says why', (text, problem) => {
    const choices = { mapping: null, dateShape: null, clinicOrder: 'MDY', today } as const
    expect(planImport<PatientId>(text, choices, importLookup(clinic.store.driver), silent)).toMatchObject({ problem })
  })
})
