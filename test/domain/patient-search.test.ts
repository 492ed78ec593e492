import { describe, expect, test } from 'vitest'
import { readBirthDate, readBirthYear } from '../../shared/domain/patient-birth-date.ts'
import { compareMatches, matchPatient, type SearchCandidate } from '../../shared/domain/patient-search-match.ts'
import { parsePatientQuery, registrationDraft } from '../../shared/domain/patient-search-query.ts'

const today = '2026-08-03'
const american = { dateOrder: 'MDY', today } as const
const british = { dateOrder: 'DMY', today } as const

describe('a birth date is read from', () => {
  test.each([
    ['14/3/1984', ['1984-03-14']],
    ['3/14/1984', ['1984-03-14']],
    ['14.3.84', ['1984-03-14']],
    ['14-03-1984', ['1984-03-14']],
    ['1984-03-14', ['1984-03-14']],
    ['1984/3/14', ['1984-03-14']],
    ['14 mar 84', ['1984-03-14']],
    ['14-Mar-1984', ['1984-03-14']],
    ['14mar84', ['1984-03-14']],
    ['14th March 1984', ['1984-03-14']],
    ['March 14, 1984', ['1984-03-14']],
    ['1984 mar 14', ['1984-03-14']],
    ['840314', ['1984-03-14']],
    ['19840314', ['1984-03-14']],
    ['14031984', ['1984-03-14']],
    ['1984-03-14T00:00:00', ['1984-03-14']],
    ['3/4/1984', ['1984-03-04', '1984-04-03']],
    ['3/4/24', ['2024-03-04', '2024-04-03', '1924-03-04', '1924-04-03']],
    ['31/2/1984', []],
    ['14/3/2031', []],
    ['14/3/1784', []],
    ['walker', []],
    ['', []],
  ])('%s as %j', (text, dates) => {
    expect(readBirthDate(text, 'MDY', today).map((reading) => reading.date)).toEqual(dates)
  })

  test('an ambiguous date in the order of the clinic first', () => {
    expect(readBirthDate('3/4/1984', 'DMY', today).map((reading) => reading.date)).toEqual(['1984-04-03', '1984-03-04'])
  })

  test('two digits of a year as the latest that has come', () => {
    expect([readBirthYear('84', today), readBirthYear('20', today), readBirthYear('1984', today)]).toEqual([
      [1984],
      [2020, 1920],
      [1984],
    ])
  })
})

describe('what is typed into the search box', () => {
  test.each([
    ['wal jo', ['wal', 'jo'], 0],
    ['walker, jo', ['walker', 'jo'], 1],
    ['garcia marquez, jose', ['garcia', 'marquez', 'jose'], 2],
    ['jo walker', ['jo', 'walker'], 0],
    ["O'Brien-Łuk", ['obrien', 'luk'], 0],
    ['walker,', ['walker'], 0],
    ['w', ['w'], 0],
    ['mar jan', ['mar', 'jan'], 0],
  ])('%s is names', (text, nameTokens, surnameTokenCount) => {
    expect(parsePatientQuery(text, american)).toMatchObject({ nameTokens, surnameTokenCount, numbers: [] })
  })

  test('wal 84 is a name and a birth year', () => {
    const query = parsePatientQuery('wal 84', american)
    expect([query.nameTokens, query.numbers.map((number) => number.years)]).toEqual([['wal'], [[1984]]])
  })

  test.each(['14/3/1984', '14 mar 84', '840314', 'mar 14 1984', '14 3 1984'])('%s is a birth date', (text) => {
    const query = parsePatientQuery(text, american)
    expect(query).toMatchObject({ nameTokens: [], numbers: [{ bornOn: '1984-03-14', otherBornOn: [] }] })
  })

  test.each(['walker 14/3/1984', '14 mar 84 walker', 'walker, 840314'])('%s is a name and a birth date', (text) => {
    expect(parsePatientQuery(text, american)).toMatchObject({
      nameTokens: ['walker'],
      numbers: [{ bornOn: '1984-03-14' }],
    })
  })

  test('an ambiguous date says how it was read and what else it may be', () => {
    expect(parsePatientQuery('3/4/1984', british).numbers).toMatchObject([
      { text: '3/4/1984', bornOn: '1984-04-03', otherBornOn: ['1984-03-04'] },
    ])
  })

  test('a date that does not exist is named, not taken for a name', () => {
    expect(parsePatientQuery('walker 31/2/1984', american)).toMatchObject({
      nameTokens: ['walker'],
      unreadableDates: ['31/2/1984'],
    })
  })

  test.each([
    ['555 010 0134', '5550100134'],
    ['(555) 010-0134', '5550100134'],
    ['+1 555.010.0134', '15550100134'],
    ['010-0134', '0100134'],
    ['0134', '0134'],
  ])('%s is a phone tail', (text, phoneDigits) => {
    expect(parsePatientQuery(text, american).numbers).toMatchObject([{ phoneDigits, bornOn: null }])
  })

  test.each([
    ['C10012', 'C10012'],
    ['c-10012', 'C10012'],
    ['rec-223-org', 'REC223ORG'],
    ['10012', '10012'],
  ])('%s may be a chart number', (text, chartNumber) => {
    expect(parsePatientQuery(text, american)).toMatchObject({ nameTokens: [], numbers: [{ chartNumber }] })
  })

  test.each(['', 'w', 'wa', '8', '84', '14/', '14/3', '14/3/', '14/3/1', 'C1', 'wal 8', 'wal 555'])(
    '"%s" is too short to say nobody',
    (text) => {
      expect(parsePatientQuery(text, american).isTooShort).toBe(true)
    },
  )

  test.each(['wal', 'wu 84', 'li na', '0134', '14/3/84', 'C10012'])('"%s" is long enough', (text) => {
    expect(parsePatientQuery(text, american).isTooShort).toBe(false)
  })

  test('never fails on any text', () => {
    for (const text of ['\u0000', '\uD800', '((((', '1/1/1/1/1', "'", ',,,', '9'.repeat(500), 'a'.repeat(500)]) {
      expect(() => parsePatientQuery(text, american)).not.toThrow()
    }
  })

  test.each([
    ['walker, jo 14/3/1984', { family: 'Walker', given: 'Jo', bornOn: '1984-03-14', phone: null }],
    ['jo anne walker', { family: 'Walker', given: 'Jo Anne', bornOn: null, phone: null }],
    ["O'Brien", { family: "O'Brien", given: null, bornOn: null, phone: null }],
    ['lindqvist 555 010 0134', { family: 'Lindqvist', given: null, bornOn: null, phone: '555 010 0134' }],
  ])('%s is carried over to registration', (text, draft) => {
    expect(registrationDraft(text, american)).toEqual(draft)
  })
})

const jo: SearchCandidate = {
  chartNumber: 'C10012',
  family: 'Walker',
  given: 'Joanna',
  middle: null,
  preferred: null,
  formerNames: [],
  bornOn: '1984-03-14',
  phones: ['+1 (555) 010-0134'],
}

function judge(text: string, candidate: SearchCandidate = jo) {
  return matchPatient(parsePatientQuery(text, american), candidate)
}

describe('a patient is found', () => {
  test.each([
    ['wal', ['SURNAME']],
    ['wal jo', ['SURNAME', 'GIVEN']],
    ['walker, jo', ['SURNAME', 'GIVEN']],
    ['jo wal', ['SURNAME', 'GIVEN']],
    ['wal 84', ['SURNAME', 'BIRTH_YEAR']],
    ['wal 8', ['SURNAME', 'BIRTH_YEAR']],
    ['wal 1', ['SURNAME', 'BIRTH_YEAR']],
    ['wal 198', ['SURNAME', 'BIRTH_YEAR']],
    ['wal 85', ['SURNAME', 'BIRTH_YEAR_OFF_BY_ONE']],
    ['14 mar 84', ['BIRTH_DATE']],
    ['840314', ['BIRTH_DATE']],
    ['0134', ['PHONE']],
    ['555 010 0134', ['PHONE']],
    ['c-10012', ['CHART_NUMBER']],
    ['10012', ['CHART_NUMBER']],
    ['wlaker', ['MISSPELT']],
    ['walkre jo', ['GIVEN', 'MISSPELT']],
  ])('by %s because of %j', (text, reasons) => {
    expect(judge(text)?.reasons).toEqual(reasons)
  })

  test.each(['wel', 'wal peter', 'wal 70', '15 mar 84', '0135', 'walker walker'])('not by %s', (text) => {
    expect(judge(text)).toBeNull()
  })

  test('by the other reading of an ambiguous date, after those of the first', () => {
    const asRead = judge('3/4/1984', { ...jo, bornOn: '1984-03-04' })
    const other = judge('3/4/1984', { ...jo, bornOn: '1984-04-03' })
    expect(other?.reasons).toEqual(['BIRTH_DATE_OTHER_READING'])
    expect(asRead?.rank).toBeLessThan(other?.rank ?? 0)
  })

  test('by preferred, former and nickname, by sound and by a slip, always behind every exact hit', () => {
    const formerNames = [{ family: 'Peggott', given: null, from: null, until: null }]
    const rows: readonly (readonly [string, SearchCandidate])[] = [
      ['surname', { ...jo, family: 'Peggy' }],
      ['surname begins', { ...jo, family: 'Peggyson' }],
      ['given', { ...jo, given: 'Peggy' }],
      ['preferred', { ...jo, preferred: 'Peggy' }],
      ['nickname', { ...jo, given: 'Margaret' }],
      ['slip', { ...jo, family: 'Pegsy' }],
    ]
    const found = rows
      .toReversed()
      .flatMap(([name, candidate]) => {
        const match = judge('peggy', candidate)
        return match === null ? [] : [{ name, match, candidate }]
      })
      .sort(compareMatches)
    expect(found.map((row) => row.name)).toEqual([
      'surname',
      'surname begins',
      'given',
      'preferred',
      'nickname',
      'slip',
    ])
    expect(judge('peggott', { ...jo, formerNames })?.reasons).toEqual(['FORMER_NAME'])
  })

  test('with the letters to underline', () => {
    expect(judge("o'bri weis", { ...jo, family: "O'Brien-Weiß", given: 'Ann' })?.ranges).toEqual([
      { field: 'family', index: 0, start: 0, end: 5 },
      { field: 'family', index: 0, start: 8, end: 12 },
    ])
  })

  test('with the letters of a former name', () => {
    const formerNames = [{ family: 'Stone', given: 'Jo', from: null, until: null }]
    expect(judge('sto', { ...jo, formerNames })?.ranges).toEqual([{ field: 'former', index: 0, start: 0, end: 3 }])
  })
})
