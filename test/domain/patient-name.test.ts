import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nicknamesOf, relatedGivenNames } from '../../shared/domain/nicknames.ts'
import type { PatientNames } from '../../shared/domain/patient.ts'
import {
  foldChartNumber,
  locatedTokens,
  normaliseName,
  patientKeys,
  reversedDigits,
} from '../../shared/domain/patient-name.ts'

const nobody: PatientNames = { family: null, given: null, middle: null, preferred: null, formerNames: [] }

describe('folding a name', () => {
  test.each([
    ["O'Brien", 'obrien'],
    ['O’Brien', 'obrien'],
    ['D‘Angelo', 'dangelo'],
    ['Łukasz Brzęczyszczykiewicz', 'lukasz brzeczyszczykiewicz'],
    ['Søren Kierkegård', 'soren kierkegard'],
    ['Strauß', 'strauss'],
    ['Æthelred Œuvre', 'aethelred oeuvre'],
    ['Þórður Guðmundsson', 'thordur gudmundsson'],
    ['García-Márquez', 'garcia marquez'],
    ['  Anna   Maria ', 'anna maria'],
    ['Đặng Thị', 'dang thi'],
    ['İpek Işık', 'ipek isik'],
    ['Jr.', 'jr'],
    ['Ольга', 'ольга'],
    ['Müller', 'muller'],
    ['王小明', '王小明'],
    ['Ｗａｌｋｅｒ', 'walker'],
    ['---', ''],
  ])('reads %s as %s', (written, folded) => {
    expect(normaliseName(written)).toBe(folded)
  })

  test('gives the same for composed and decomposed letters', () => {
    expect(normaliseName('Zoë Renée'.normalize('NFD'))).toBe(normaliseName('Zoë Renée'.normalize('NFC')))
  })

  test('knows where each letter stands in what was written', () => {
    expect(locatedTokens("O'Brien-Weiß")).toEqual([
      { token: 'obrien', origins: [0, 2, 3, 4, 5, 6, 7] },
      { token: 'weiss', origins: [8, 9, 10, 11, 11, 12] },
    ])
  })
})

describe('search keys', () => {
  test('hold one row per word with the other words and the birth date', () => {
    const keys = patientKeys({ ...nobody, family: 'García Márquez', given: 'José', bornOn: '1984-03-14' })
    expect(keys).toEqual([
      { role: 0, tok: 'garcia', rest: ' marquez jose 19840314' },
      { role: 0, tok: 'marquez', rest: ' garcia jose 19840314' },
      { role: 1, tok: 'jose', rest: ' garcia marquez 19840314' },
    ])
  })

  test('keep preferred and former names out of the exact rows', () => {
    const keys = patientKeys({
      ...nobody,
      family: 'Walker',
      given: 'Margaret',
      preferred: 'Peggy',
      formerNames: [{ family: 'Stone', given: null, from: null, until: null }],
      bornOn: null,
    })
    expect(keys).toEqual([
      { role: 0, tok: 'walker', rest: ' margaret' },
      { role: 1, tok: 'margaret', rest: ' walker' },
      { role: 2, tok: 'peggy', rest: ' walker margaret stone' },
      { role: 3, tok: 'stone', rest: ' walker margaret peggy' },
    ])
  })

  test('hold a word said twice once', () => {
    expect(patientKeys({ ...nobody, family: 'Kim Kim', given: null, bornOn: null })).toEqual([
      { role: 0, tok: 'kim', rest: ' kim' },
    ])
  })
})

test('a chart number is compared without case and punctuation', () => {
  expect(foldChartNumber(' c-100 12')).toBe('C10012')
})

test('a phone tail is the beginning of its digits read backwards', () => {
  expect(reversedDigits('+1 (555) 010-0134')).toBe('43100105551')
})

describe('nicknames', () => {
  test('lead from the name to the nickname and back', () => {
    expect(nicknamesOf('margaret')).toContain('peggy')
    expect(relatedGivenNames('peggy')).toContain('margaret')
    expect(relatedGivenNames('qwerty')).toEqual([])
  })

  test('are all of the published list', () => {
    const rows = readFileSync(new URL('../data/nicknames/names.csv', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const missing = rows.filter((row) => {
      const [name = '', , nickname = ''] = row.trim().split(',')
      return !nicknamesOf(normaliseName(name).replaceAll(' ', '')).includes(normaliseName(nickname).replaceAll(' ', ''))
    })
    expect(missing).toEqual([])
  })
})
