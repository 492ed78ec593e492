import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeCsv, parseCsv } from '../../main/import/parse-csv.ts'
import { emptyPatientDetails, noAddress, patientDetailsProblems } from '../../shared/domain/patient.ts'
import { identityOf } from '../../shared/domain/patient-duplicate.ts'
import {
  importedDifferences,
  importPlanner,
  type PlannedRow,
  readImportRow,
  withImportedFields,
} from '../../shared/domain/patient-import.ts'
import { mapColumns, mappingProblem } from '../../shared/domain/patient-import-columns.ts'
import { detectColumnDates, readColumnDate } from '../../shared/domain/patient-import-dates.ts'

const today = '2026-08-03'
const folder = new URL('../data/csv-spectrum/', import.meta.url)

describe('a CSV file is read as it was meant', () => {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.replace('.csv', ''))

  test.each(names)('%s', (name) => {
    const text = decodeCsv(readFileSync(new URL(`${name}.csv`, folder)))
    // Line ends are not safe in a repository: the files that are about them get theirs back here.
    const { headers, rows } = parseCsv(name.endsWith('_crlf') ? text.replaceAll(/\r?\n/g, '\r\n') : text)
    const objects = rows.map((row) => Object.fromEntries(headers.map((header, index) => [header, row.cells[index]])))
    expect(objects).toEqual(JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8')))
  })

  test('with semicolons, a byte order mark and blank lines', () => {
    const file = parseCsv('\uFEFFSurname;First name\r\n\r\nMarsh;Helen\r\n;\r\n')
    expect(file).toEqual({
      headers: ['Surname', 'First name'],
      rows: [{ line: 3, cells: ['Marsh', 'Helen'], isBroken: false }],
    })
  })

  test('and counts lines through line breaks in cells', () => {
    const file = parseCsv('name,notes\nMarsh,"two\nlines"\nBrook,none\n')
    expect(file.rows.map((row) => row.line)).toEqual([2, 4])
  })

  test('in the bytes of an older program', () => {
    expect(decodeCsv(Uint8Array.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]))).toBe('Müller')
    expect(decodeCsv(Uint8Array.from([0xff, 0xfe, 0x4d, 0x00]))).toBe('M')
  })

  test('and marks a record with broken quotes', () => {
    const { rows } = parseCsv('a,b\n1,2\n3,"4')
    expect(rows.map((row) => row.isBroken)).toEqual([false, true])
  })
})

describe('columns', () => {
  test.each([
    [
      'rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id',
      [
        'sourceId',
        'given',
        'family',
        'houseNumber',
        'line1',
        'line2',
        'locality',
        'postcode',
        'region',
        'bornOn',
        null,
      ],
    ],
    [
      'MRN,Last Name,First Name,Middle Initial,DOB,Sex,Cell Phone,Home Phone,E-mail,Address 1,Address 2,City,State,Zip Code',
      [
        'chartNumber',
        'family',
        'given',
        'middle',
        'bornOn',
        'sex',
        'mobile',
        'homePhone',
        'email',
        'line1',
        'line2',
        'locality',
        'region',
        'postcode',
      ],
    ],
    ['Patient Name,Birth Date,Phone,SSN,NHS Number', ['fullName', 'bornOn', 'phone', null, null]],
    ['Surname,Last Name', ['family', null]],
  ])('of %s are recognised', (headers, fields) => {
    expect(mapColumns(headers.split(',').map((header) => header.trim()))).toEqual(fields)
  })

  test.each([
    [[], 'NO_COLUMNS'],
    [['bornOn'], 'NO_NAME_COLUMN'],
    [['family', 'family'], 'COLUMN_MAPPED_TWICE'],
    [['family', null, null], null],
  ] as const)('%j have the problem %s', (mapping, problem) => {
    expect(mappingProblem(mapping)).toBe(problem)
  })
})

describe('the date order of a column', () => {
  test.each([
    ['one day above twelve settles it', ['03/04/1984', '25/12/1990', '01/02/1970'], 'DMY', true, 0],
    ['the clinic decides between two orders', ['12/25/1990', '25/12/1990'], 'MDY', false, 1],
    ['most dates win', ['12/25/1990', '12/26/1990', '25/12/1990'], 'MDY', true, 1],
    ['the clinic decides where nothing tells', ['03/04/1984', '05/06/1990', '07/07/1977'], 'MDY', false, 0],
    ['year first', ['19840314', '19900401', '19690931'], 'YMD', true, 0],
    ['months in letters fit any order', ['14 Mar 1984', '25/12/1990'], 'DMY', true, 0],
    ['two-digit years', ['14/03/84', '25/12/90'], 'DMY', true, 0],
  ] as const)('%s', (_, texts, shape, isCertain, contradicting) => {
    expect(detectColumnDates(texts, 'MDY', today)).toMatchObject({ shape, isCertain, contradicting })
  })

  test('is certain of an empty column', () => {
    expect(detectColumnDates(['', 'n/a', '00/00/0000'], 'DMY', today)).toEqual({
      shape: 'DMY',
      isCertain: true,
      contradicting: 0,
      unreadable: 0,
      blank: 3,
    })
  })

  test.each([
    ['25/12/1990', 'DMY', { bornOn: '1990-12-25', bornText: null, notice: null }],
    ['03/04/1984', 'DMY', { bornOn: '1984-04-03', bornText: null, notice: null }],
    ['03/03/1984', 'MDY', { bornOn: '1984-03-03', bornText: null, notice: null }],
    ['12/25/1990', 'DMY', { bornOn: null, bornText: '12/25/1990', notice: 'BORN_OTHER_ORDER' }],
    ['31/02/1990', 'DMY', { bornOn: null, bornText: '31/02/1990', notice: 'BORN_IMPOSSIBLE' }],
    ['19690931', 'YMD', { bornOn: null, bornText: '19690931', notice: 'BORN_IMPOSSIBLE' }],
    ['soon', 'YMD', { bornOn: null, bornText: 'soon', notice: 'BORN_IMPOSSIBLE' }],
    ['', 'YMD', { bornOn: null, bornText: null, notice: 'BORN_MISSING' }],
    ['unknown', 'YMD', { bornOn: null, bornText: null, notice: 'BORN_MISSING' }],
    ['14/03/20', 'DMY', { bornOn: '2020-03-14', bornText: null, notice: 'BORN_CENTURY_GUESSED' }],
    ['14/03/84', 'DMY', { bornOn: '1984-03-14', bornText: null, notice: null }],
  ] as const)('reads %s as %s', (text, shape, born) => {
    expect(readColumnDate(text, shape, today)).toEqual(born)
  })
})

function readRow(cellByHeader: Record<string, string>, line = 2) {
  return readImportRow(
    { line, cells: Object.values(cellByHeader), isBroken: false },
    { mapping: mapColumns(Object.keys(cellByHeader)), dateShape: 'DMY', today },
  )
}

describe('a row of the file', () => {
  test('becomes what a form would hold', () => {
    const read = readRow({
      MRN: 'A-77',
      Surname: ' Marsh ',
      'First name': 'Helen',
      DOB: '25/12/1974',
      Sex: 'F',
      Mobile: '555 010 0177',
      'E-mail': 'helen@marsh.example',
      'Street number': '6',
      Street: 'Mill  Lane',
      City: 'Harbour Vale',
      Zip: '20431',
      Language: 'Polish',
      'Maiden name': 'Stone',
      Notes: 'prefers mornings',
    })
    expect(read).toEqual({
      line: 2,
      refusal: null,
      notices: [],
      candidate: {
        chartNumber: 'A-77',
        sourceId: null,
        details: {
          ...emptyPatientDetails,
          family: 'Marsh',
          given: 'Helen',
          formerNames: [{ family: 'Stone', given: null, from: null, until: null }],
          bornOn: '1974-12-25',
          sex: 'FEMALE',
          phones: [{ kind: 'MOBILE', number: '555 010 0177' }],
          email: 'helen@marsh.example',
          address: { ...noAddress, line1: '6 Mill Lane', locality: 'Harbour Vale', postcode: '20431' },
          language: 'pl',
          deskNotes: 'prefers mornings',
        },
      },
    })
  })

  test.each([
    ['Marsh, Helen', { family: 'Marsh', given: 'Helen' }],
    ['Helen Ann Marsh', { family: 'Marsh', given: 'Helen Ann' }],
    ['Marsh', { family: 'Marsh', given: null }],
  ])('with the name %s in one column is taken apart', (name, names) => {
    expect(readRow({ 'Patient name': name })).toMatchObject({ candidate: { details: names } })
  })

  test('may lack one name and the birth date', () => {
    expect(readRow({ Surname: '', 'First name': 'Helen', DOB: '' })).toMatchObject({
      refusal: null,
      notices: ['ONE_NAME', 'BORN_MISSING'],
    })
  })

  test('keeps an impossible date as text', () => {
    expect(readRow({ Surname: 'Marsh', DOB: '31/02/1974' })).toMatchObject({
      notices: ['ONE_NAME', 'BORN_IMPOSSIBLE'],
      candidate: { details: { bornOn: null, bornText: '31/02/1974' } },
    })
  })

  test('loses nothing that has no place', () => {
    expect(
      readRow({ Surname: 'Marsh', 'First name': 'H', DOB: '', Sex: 'see note', Email: 'none given', Phone: 'n/a' }),
    ).toMatchObject({
      notices: ['BORN_MISSING', 'KEPT_IN_NOTES'],
      candidate: { details: { deskNotes: 'Phone: n/a\nSex: see note\nEmail: none given' } },
    })
  })

  test.each([
    ['NO_NAME', null, { Surname: ' - ', 'First name': '', City: 'Harbour Vale' }],
    ['UNREADABLE_TEXT', 'family', { Surname: 'Ma\u0000rsh' }],
    ['TEXT_TOO_LONG', 'family', { Surname: 'M'.repeat(201) }],
  ])('is refused as %s', (refusal, field, cells) => {
    expect(readRow(cells)).toEqual({ line: 2, refusal, field })
  })

  test('with more cells than columns is refused', () => {
    const row = { line: 9, cells: ['Marsh', 'Helen', 'x'], isBroken: false }
    expect(readImportRow(row, { mapping: ['family', 'given'], dateShape: 'DMY', today })).toEqual({
      line: 9,
      refusal: 'TOO_MANY_CELLS',
      field: null,
    })
  })
})

describe('the verdicts of an import', () => {
  const emptyStore = { sharingBlocks: () => [], hasChartNumber: () => false }

  test('hold the second of two likely duplicates in review', () => {
    const plan = importPlanner(emptyStore)
    const rows = ['Marsh', 'Marhs', 'Petrov'].map((surname, index) =>
      plan(readRow({ Surname: surname, 'First name': 'Helen', DOB: '25/12/1974' }, index + 2)),
    )
    expect(rows.map((row) => [row.line, row.verdict, pairsOf(row)])).toEqual([
      [2, 'NEW', []],
      [3, 'REVIEW', [{ line: 2 }]],
      [4, 'NEW', []],
    ])
  })

  test('hold a row in review against a chart of the store', () => {
    const helen = { ...emptyPatientDetails, family: 'Marsh', given: 'Helen', bornOn: '1974-12-25' }
    const identity = identityOf(helen)
    const chart = { born: identity.born, sharesPhone: false, head: () => identity, whole: () => identity }
    const plan = importPlanner({
      ...emptyStore,
      sharingBlocks: () => [{ known: 'chart of Helen', ...chart }],
    })
    const row = plan(readRow({ Surname: 'Marsh', 'First name': 'Helen', DOB: '25/12/1974' }))
    expect([row.verdict, pairsOf(row)]).toEqual(['REVIEW', [{ known: 'chart of Helen' }]])
  })

  test('give a new number where the chart number is taken, and keep the old one as the other system’s', () => {
    const plan = importPlanner({ ...emptyStore, hasChartNumber: (folded: string) => folded === 'A1' })
    const taken = plan(readRow({ MRN: 'a-1', Surname: 'Marsh' }))
    expect(taken).toMatchObject({
      verdict: 'NEW',
      notices: ['ONE_NAME', 'BORN_MISSING', 'CHART_NUMBER_TAKEN'],
      candidate: { chartNumber: null, sourceId: 'a-1' },
    })
    expect(plan(readRow({ MRN: 'B2', Surname: 'Brook' }, 3))).toMatchObject({ candidate: { chartNumber: 'B2' } })
    expect(plan(readRow({ MRN: 'b-2', Surname: 'Stone' }, 4))).toMatchObject({ candidate: { chartNumber: null } })
  })

  test('account for each of a thousand messy rows', () => {
    const file = parseCsv(readFileSync(new URL('../data/febrl/dataset1.csv', import.meta.url), 'utf8'))
    const mapping = mapColumns(file.headers)
    const column = mapping.indexOf('bornOn')
    const { shape } = detectColumnDates(
      file.rows.map((row) => row.cells[column] ?? ''),
      'MDY',
      today,
    )
    const plan = importPlanner(emptyStore)
    const verdicts = { NEW: 0, REVIEW: 0, REFUSED: 0 }
    for (const row of file.rows) verdicts[plan(readImportRow(row, { mapping, dateShape: shape, today })).verdict]++
    expect(verdicts.NEW + verdicts.REVIEW + verdicts.REFUSED).toBe(1000)
    expect(verdicts.REVIEW).toBeGreaterThanOrEqual(475)
    expect(verdicts.REVIEW).toBeLessThanOrEqual(500)
    expect(verdicts.REFUSED).toBe(0)
  })
})

describe('a held row that is not added', () => {
  const chart = {
    ...emptyPatientDetails,
    family: 'Marsh',
    given: 'Helen',
    bornText: '31/02/1974',
    phones: [{ kind: 'MOBILE' as const, number: '555 010 0177' }],
  }
  const imported = {
    ...emptyPatientDetails,
    family: 'MARSH',
    given: 'Helena',
    bornOn: '1974-02-28',
    phones: [{ kind: 'HOME' as const, number: '555 010 0100' }],
  }

  test('offers the fields that differ', () => {
    expect(importedDifferences(chart, imported)).toEqual(['given', 'bornOn', 'phones'])
  })

  test('changes the chosen fields alone and adds phones', () => {
    expect(withImportedFields(chart, imported, ['bornOn', 'phones'])).toEqual({
      ...chart,
      bornOn: '1974-02-28',
      bornText: null,
      phones: [...chart.phones, ...imported.phones],
    })
  })
})

describe('a registration form', () => {
  test.each([
    [{}, [{ field: 'family', problem: 'NAME_MISSING' }]],
    [{ given: 'Helen' }, []],
    [{ given: 'Helen', bornOn: '2027-01-01' }, [{ field: 'bornOn', problem: 'BORN_IN_FUTURE' }]],
    [{ given: 'Helen', bornOn: '1820-01-01' }, [{ field: 'bornOn', problem: 'BORN_TOO_LONG_AGO' }]],
    [{ given: 'Helen', bornOn: '1974-01-01', bornText: 'x' }, [{ field: 'bornText', problem: 'BORN_TWICE' }]],
    [
      { given: 'Helen', allergies: { state: 'LISTED', entries: [] } },
      [{ field: 'allergies', problem: 'ALLERGY_LIST_EMPTY' }],
    ],
    [
      { given: 'Helen', formerNames: [{ family: null, given: null, from: null, until: null }] },
      [{ field: 'formerNames', problem: 'FORMER_NAME_EMPTY' }],
    ],
  ] as const)('with %j has the problems %j', (details, problems) => {
    expect(patientDetailsProblems({ ...emptyPatientDetails, ...details }, today)).toEqual(problems)
  })
})

function pairsOf(row: PlannedRow<unknown>) {
  return row.verdict === 'REFUSED' ? null : row.pairs.map((pair) => pair.with)
}
