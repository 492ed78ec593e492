import type { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Reader } from '../../db/open.ts'
import { insertPatient, selectLikelyDuplicates, updatePatient } from '../../db/queries/patient.ts'
import { searchPatients } from '../../db/queries/patient-search.ts'
import { PatientVocabulary } from '../../db/queries/patient-vocabulary.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import { patientKeys } from '../../shared/domain/patient-name.ts'
import { parsePatientQuery } from '../../shared/domain/patient-search-query.ts'
import { at, type Clinic, deskId, openClinic, person } from './patient-store.ts'

let clinic: Clinic
const vocabulary = new PatientVocabulary()

const people: readonly Partial<PatientBody>[] = [
  {
    family: 'Walker',
    given: 'Joanna',
    bornOn: '1984-03-14',
    phones: [{ kind: 'MOBILE', number: '(555) 010-0134' }],
    chartNumber: 'C10012',
  },
  { family: 'Walker', given: 'Peter', bornOn: '1990-04-03' },
  { family: 'Walsh', given: 'Jo', bornOn: '1971-12-30' },
  { family: 'Joseph', given: 'Walid', bornOn: '2001-06-02' },
  { family: "O'Brien", given: 'Síle', bornOn: '1965-02-28', phones: [{ kind: 'HOME', number: '+44 20 7946 0134' }] },
  { family: 'García Márquez', given: 'José Luis', bornOn: '1979-05-05' },
  { family: 'Brzęczyszczykiewicz', given: 'Łukasz', bornOn: '1988-08-18' },
  { family: 'Stone', given: 'Margaret', preferred: 'Peggy', bornOn: '1955-09-09' },
  { family: 'Peggott', given: 'Ann', bornOn: '1980-10-10' },
  { family: 'Marsh', given: 'Margaret', bornOn: '1974-12-25' },
  {
    family: 'Adeyemi',
    given: 'Ruth',
    bornOn: '1981-03-04',
    formerNames: [{ family: 'Wallace', given: null, from: null, until: null }],
  },
  { family: 'Petrov', given: 'Ivo', bornOn: '1981-04-03' },
  { family: 'Bello', given: 'Aisha', bornOn: null, bornText: '31/02/1997' },
  { family: null, given: 'Xiadani', bornOn: '1999-01-01' },
]

beforeAll(async () => {
  clinic = await openClinic()
  for (const overrides of people) await register(overrides)
})
afterAll(() => clinic.close())

async function register(overrides: Partial<PatientBody>): Promise<PatientBody> {
  const body = person(overrides)
  await clinic.write((trx) => insertPatient(trx, { body, newId: clinic.newId, at, by: deskId }))
  vocabulary.add(patientKeys(body).map((key) => key.tok))
  return body
}

async function find(text: string) {
  const query = parsePatientQuery(text, { dateOrder: 'MDY', today: '2026-08-03' })
  return searchPatients(clinic.store.db, query, { vocabulary, limit: 8 })
}
async function names(text: string): Promise<readonly string[]> {
  return (await find(text)).map((hit) => [hit.family, hit.given].filter((name) => name !== null).join(', '))
}

describe('people are found by', () => {
  test.each([
    ['w', ['Walker, Joanna', 'Walker, Peter', 'Walsh, Jo', 'Joseph, Walid', 'Adeyemi, Ruth']],
    ['wal jo', ['Walsh, Jo', 'Joseph, Walid', 'Walker, Joanna']],
    ['walker, jo', ['Walker, Joanna']],
    ['jo walker', ['Walker, Joanna']],
    ['wal 84', ['Walker, Joanna']],
    ['wal 8', ['Walker, Joanna', 'Adeyemi, Ruth']],
    ['wal 1984', ['Walker, Joanna']],
    ['14/3/1984', ['Walker, Joanna']],
    ['14 mar 84', ['Walker, Joanna']],
    ['840314', ['Walker, Joanna']],
    ['walker 14 mar 84', ['Walker, Joanna']],
    ['0134', ["O'Brien, Síle", 'Walker, Joanna']],
    ['walker 0134', ['Walker, Joanna']],
    ['(555) 010-0134', ['Walker, Joanna']],
    ['020 7946 0134', ["O'Brien, Síle"]],
    ['c-10012', ['Walker, Joanna']],
    ['10012', ['Walker, Joanna']],
    ['obrien', ["O'Brien, Síle"]],
    ["o'b sile", ["O'Brien, Síle"]],
    ['marquez', ['García Márquez, José Luis']],
    ['jose garcia', ['García Márquez, José Luis']],
    ['lukasz brz', ['Brzęczyszczykiewicz, Łukasz']],
    ['xia', ['Xiadani']],
    ['bello', ['Bello, Aisha']],
    ['1974', ['Marsh, Margaret']],
  ])('%s', async (text, found) => {
    expect(await names(text)).toEqual(found)
  })
})

describe('secondary hits come after exact ones:', () => {
  test('preferred name after surname, nickname last', async () => {
    const hits = await find('pegg')
    expect(hits.map((hit) => [hit.family, hit.match.reasons])).toEqual([
      ['Peggott', ['SURNAME']],
      ['Stone', ['PREFERRED_NAME']],
    ])
    expect(await names('peggy')).toEqual(['Stone, Margaret', 'Marsh, Margaret'])
    expect(await names('peggy stone')).toEqual(['Stone, Margaret'])
  })

  test('a former name', async () => {
    expect((await find('wallace ruth'))[0]?.match.reasons).toEqual(['GIVEN', 'FORMER_NAME'])
  })

  test('the other reading of an ambiguous date', async () => {
    const hits = await find('3/4/1981')
    expect(hits.map((hit) => [hit.family, hit.match.reasons])).toEqual([
      ['Adeyemi', ['BIRTH_DATE']],
      ['Petrov', ['BIRTH_DATE_OTHER_READING']],
    ])
  })
})

describe('a slip is forgiven:', () => {
  test.each([
    ['wlaker', 'Walker, Joanna', 'MISSPELT'],
    ['walkre joanna', 'Walker, Joanna', 'MISSPELT'],
    ['brzeczyszczykiewicz lukazs', 'Brzęczyszczykiewicz, Łukasz', 'MISSPELT'],
    ['petrof', 'Petrov, Ivo', 'MISSPELT'],
    ['adeyeni rhut', 'Adeyemi, Ruth', 'MISSPELT'],
    ['jozef walid', 'Joseph, Walid', 'SOUNDS_ALIKE'],
    ['marsh 75', 'Marsh, Margaret', 'BIRTH_YEAR_OFF_BY_ONE'],
    ['25 dec 1975', 'Marsh, Margaret', 'BIRTH_YEAR_OFF_BY_ONE'],
  ])('%s finds %s', async (text, name, reason) => {
    const hits = await find(text)
    expect(hits.map((hit) => `${hit.family}, ${hit.given}`)).toContain(name)
    expect(hits[0]?.match.reasons).toContain(reason)
  })
})

test.each(['zzyzx', 'walker zzyzx', '9999', 'C99999', '1 jan 1950'])('nobody is found by %s', async (text) => {
  expect(await names(text)).toEqual([])
})

test('the newest words are known to the spelling at once', async () => {
  await find('unheardof')
  await register({ family: 'Featherstonehaugh', given: 'Una', bornOn: '1960-06-06' })
  expect(await names('fetherstonehaugh')).toEqual(['Featherstonehaugh, Una'])
})

describe('an edit moves a chart in search:', () => {
  async function edit(before: PatientBody, changed: Partial<PatientBody>): Promise<void> {
    const after = { ...before, ...changed }
    await clinic.write((trx) =>
      updatePatient(trx, { before, after, expectedVersion: 1, reason: 'EDITED', newId: clinic.newId, at, by: deskId }),
    )
  }

  test('the new name finds it, the old one no longer', async () => {
    const body = await register({ family: 'Quimby', given: 'Tessa', bornOn: '1993-03-03' })
    await edit(body, { family: 'Rowntree' })
    expect([await names('rowntree'), await names('quimby')]).toEqual([['Rowntree, Tessa'], []])
  })

  test('a mistaken chart leaves search, that of a person who moved away stays, behind the others', async () => {
    const mistake = await register({ family: 'Vandersloot', given: 'Ada', bornOn: '1993-03-03' })
    const moved = await register({ family: 'Vandersloot', given: 'Bea', bornOn: '1994-03-03' })
    await register({ family: 'Vandersloot', given: 'Cleo', bornOn: '1995-03-03' })
    await edit(mistake, { status: { state: 'ARCHIVED', reason: 'MISTAKE', note: null } })
    await edit(moved, { status: { state: 'ARCHIVED', reason: 'MOVED_AWAY', note: null } })
    expect(await names('vandersloot')).toEqual(['Vandersloot, Cleo', 'Vandersloot, Bea'])
  })
})

test('no search reads a whole table or sorts outside an index', async () => {
  const texts = new Set<string>()
  const recording = {
    ...clinic.store.db,
    executeQuery: (query: CompiledQuery<unknown>) => {
      texts.add(query.sql)
      return clinic.store.db.executeQuery(query)
    },
  } as unknown as Reader
  for (const typed of ['wal', 'wal jo 84', 'walker 85', 'peggy', 'wlaker jonna', '3/4/1981', '0134', '1974', '10012']) {
    const query = parsePatientQuery(typed, { dateOrder: 'MDY', today: '2026-08-03' })
    await searchPatients(recording, query, { vocabulary: new PatientVocabulary() })
  }
  await selectLikelyDuplicates(recording, person({ family: 'Walker', given: 'Jo', bornOn: '1984-03-14' }))
  const faults = [...texts].flatMap((text) => {
    const parameters = new Array<string>(text.split('?').length - 1).fill('1')
    const plan = clinic.store.driver.prepare(`explain query plan ${text}`).all(...parameters) as { detail: string }[]
    return plan.map((step) => step.detail).filter((step) => /SCAN (?!k\b|\(subquery)|TEMP B-TREE/.test(step))
  })
  expect(texts.size).toBeGreaterThan(10)
  expect(faults).toEqual([])
})
