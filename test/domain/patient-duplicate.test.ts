import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../main/import/parse-csv.ts'
import { noAddress } from '../../shared/domain/patient.ts'
import {
  areLookAlikes,
  duplicateBlocks,
  duplicateScore,
  type IdentityFacts,
  identityOf,
  isLikelyDuplicate,
  reachByBirth,
  reachWithoutAddress,
} from '../../shared/domain/patient-duplicate.ts'
import { duplicateFinder, readImportRow } from '../../shared/domain/patient-import.ts'
import { mapColumns } from '../../shared/domain/patient-import-columns.ts'

const ana: IdentityFacts = {
  family: 'Kowalczyk',
  given: 'Ana',
  middle: null,
  preferred: null,
  formerNames: [],
  bornOn: '1994-07-19',
  bornText: null,
  address: { line1: '12 Linden Street', line2: null, locality: 'Harbour Vale', postcode: '20431', region: 'NY' },
  phones: [{ number: '555 010 0199' }],
}
const unlike: IdentityFacts = { ...ana, address: noAddress, phones: [] }

function compare(a: Partial<IdentityFacts>, b: Partial<IdentityFacts>, base = ana) {
  return duplicateScore(identityOf({ ...base, ...a }), identityOf({ ...base, ...b }))
}
function isAdvised(a: Partial<IdentityFacts>, b: Partial<IdentityFacts>, base = ana): boolean {
  return isLikelyDuplicate(identityOf({ ...base, ...a }), identityOf({ ...base, ...b }))
}

describe('advises two charts as one person', () => {
  test.each<[string, Partial<IdentityFacts>, IdentityFacts]>([
    ['when all is equal', {}, ana],
    ['when name and birth date are equal', {}, unlike],
    ['when the surname is misspelt', { family: 'Kowalzcyk' }, unlike],
    ['when the surname sounds alike', { family: 'Kovalchik' }, unlike],
    ['when given name and surname are swapped', { family: 'Ana', given: 'Kowalczyk' }, unlike],
    ['when day and month are swapped', { bornOn: '1994-07-09' }, ana],
    ['when a digit of the birth date is wrong', { bornOn: '1994-07-18' }, unlike],
    ['when one birth date is missing and the address is equal', { bornOn: null }, ana],
    [
      'when the surname changed and the old one is known',
      {
        family: 'Brook',
        formerNames: [{ family: 'Kowalczyk', given: null, from: null, until: null }],
      },
      ana,
    ],
    [
      'when the street is in the second line',
      {
        address: { ...ana.address, line1: null, line2: '12 Linden St' },
      },
      ana,
    ],
  ])('%s', (_, changed, base) => {
    expect(isAdvised({}, changed, base)).toBe(true)
  })

  test('when one chart has the nickname', () => {
    expect(isAdvised({ given: 'Margaret' }, { given: 'Peggy' }, unlike)).toBe(true)
  })

  test('and says what speaks for it', () => {
    expect(compare({}, { family: 'Kowalzcyk', bornOn: '1994-07-18' }).reasons).toEqual([
      'SIMILAR_NAME',
      'SIMILAR_BIRTH_DATE',
      'SAME_ADDRESS',
      'SAME_PHONE',
    ])
  })

  test('twins too, because advice is no wall', () => {
    expect(isAdvised({}, { given: 'Eva' })).toBe(true)
  })
})

describe('does not advise', () => {
  test.each<[string, Partial<IdentityFacts>, IdentityFacts]>([
    ['a husband and wife in one home', { given: 'Piotr', bornOn: '1988-02-03' }, ana],
    ['two people of one name born in other years', { bornOn: '1961-11-30' }, unlike],
    ['two people of one surname and birth date', { given: 'Beatrice' }, unlike],
    ['two strangers of one birth date', { family: 'Marsh', given: 'Helen' }, unlike],
    ['two people of one name without anything else', { bornOn: null }, unlike],
  ])('%s', (_, changed, base) => {
    expect(isAdvised({}, changed, base)).toBe(false)
  })
})

describe('the look-alike mark', () => {
  test.each<[string, boolean, Partial<IdentityFacts>]>([
    ['stands on twins', true, { given: 'Eva' }],
    ['stands where surname and birth date are equal', true, { given: 'Beatrice', address: noAddress }],
    ['stands where the name sounds alike and the birth date is equal', true, { family: 'Kovalchik', given: 'Anna' }],
    ['does not stand on another birth date', false, { bornOn: '1994-07-18' }],
    ['does not stand on another surname', false, { family: 'Marsh' }],
    ['does not stand where the birth date is unknown', false, { bornOn: null }],
  ])('%s', (_, expected, changed) => {
    expect(areLookAlikes(identityOf(ana), identityOf({ ...ana, ...changed }))).toBe(expected)
  })

  test('does not stand on two charts without a birth date', () => {
    const unknown = identityOf({ ...ana, bornOn: null })
    expect(areLookAlikes(unknown, unknown)).toBe(false)
  })
})

test('a likely duplicate shares a block with its chart', () => {
  const blocks = new Set(duplicateBlocks(identityOf(unlike)))
  const misspelt = duplicateBlocks(identityOf({ ...unlike, family: 'Kovalchik', bornOn: '1994-09-17' }))
  expect(misspelt.some((block) => blocks.has(block))).toBe(true)
})

describe('on a thousand messy rows of five hundred people', () => {
  const file = parseCsv(readFileSync(new URL('../data/febrl/dataset1.csv', import.meta.url), 'utf8'))
  const mapping = mapColumns(file.headers)
  const people = file.rows.map((row) => row.cells[0]?.split('-')[1])
  const details = file.rows.map((row) => {
    const read = readImportRow(row, { mapping, dateShape: 'YMD', today: '2026-08-03' })
    if (read.refusal !== null) throw new Error(`row ${row.line} is refused`)
    return read.candidate.details
  })
  const identities = details.map(identityOf)

  test('finds at least 90 of 100 true pairs and is right in at least 99 of 100', () => {
    const finder = duplicateFinder<number>()
    const truePairs = 500
    let right = 0
    let wrong = 0
    identities.forEach((identity, index) => {
      for (const { known } of finder.find(identity)) {
        if (people[known] === people[index]) right++
        else wrong++
      }
      finder.add(index, identity)
    })
    expect(right / truePairs).toBeGreaterThanOrEqual(0.95)
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.99)
  })

  test('passes over no advised pair before the rest of the chart is read', () => {
    const finder = duplicateFinder<number>()
    identities.forEach((identity, index) => {
      for (const { known, score } of finder.find(identity)) {
        const chart = identityOf({ ...(details[known] ?? unlike), address: noAddress })
        const sharesPhone = chart.phones.some((phone) => identity.phones.includes(phone))
        expect(reachByBirth(identity, { born: chart.born, sharesPhone })).toBeGreaterThanOrEqual(score)
        expect(reachWithoutAddress(identity, chart)).toBeGreaterThanOrEqual(score)
      }
      finder.add(index, identity)
    })
  })

  test('never reads the identity number or the record number', () => {
    expect(file.headers.filter((_, column) => mapping[column] === null)).toEqual(['soc_sec_id'])
    const secrets = new Set(file.rows.flatMap((row) => [row.cells[0]?.trim(), row.cells.at(-1)?.trim()]))
    expect(
      JSON.stringify(identities)
        .match(/[\w-]+/g)
        ?.filter((word) => secrets.has(word)),
    ).toEqual([])
  })
})
