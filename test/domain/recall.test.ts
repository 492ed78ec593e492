import { describe, expect, test } from 'vitest'
import {
  decideTask,
  foldRoom,
  isSettled,
  type TraceCriteria,
  taskMoves,
  taskStates,
  traceProblem,
  unsettledTasks,
} from '../../shared/domain/recall.ts'
import {
  daysInWords,
  fillLetter,
  firstLetter,
  letterFields,
  unknownLetterFields,
} from '../../shared/domain/recall-letter.ts'
import type { DeviceId } from '../../shared/kernel/ids.ts'
import { lineWith } from './clinical-reference.ts'

describe('the task of telling one patient', () => {
  test('has the states that the reference names', () => {
    expect(lineWith('**Lot recall search:**')).toContain(taskStates.join('/'))
  })

  test.each([
    ['DUE', 'SENT REACHED DECLINED UNREACHABLE'],
    ['SENT', 'REACHED DECLINED UNREACHABLE'],
    ['REACHED', 'DUE'],
    ['DECLINED', 'DUE REACHED'],
    ['UNREACHABLE', 'SENT REACHED DECLINED'],
  ] as const)('goes from %s to %s and nowhere else', (from, expected) => {
    expect(taskMoves(from).join(' ')).toBe(expected)
    for (const to of taskStates) {
      const isAllowed = expected.split(' ').includes(to)
      expect(decideTask(from, to, 'told by phone')).toBe(isAllowed ? null : 'TASK_MOVE_NOT_ALLOWED')
    }
  })

  test.each([
    ['DUE', 'SENT', null],
    ['SENT', 'REACHED', null],
    ['SENT', 'DECLINED', 'NOTE_MISSING'],
    ['DUE', 'UNREACHABLE', 'NOTE_MISSING'],
    ['REACHED', 'DUE', 'NOTE_MISSING'],
  ] as const)('needs words for %s to %s: %s', (from, to, expected) => {
    expect(decideTask(from, to, ' ')).toBe(expected)
  })

  test('is settled once the patient was told, would not be told or could not be found', () => {
    expect(taskStates.filter(isSettled)).toEqual(['REACHED', 'DECLINED', 'UNREACHABLE'])
    expect(unsettledTasks([{ state: 'DUE' }, { state: 'SENT' }, { state: 'REACHED' }])).toBe(2)
  })
})

const anyTime = { from: null, to: null }
const august = { from: '2026-08-01', to: '2026-08-31' }
const nobody = { practitionerId: null, room: null, deviceId: null }

test.each<[string, TraceCriteria, string | null]>([
  ['a lot', { kind: 'LOT', lot: 'MN24-0917B', ...anyTime }, null],
  ['no lot', { kind: 'LOT', lot: ' - ', ...anyTime }, 'LOT_NEEDED'],
  ['no article', { kind: 'PRODUCT', register: 'PRODUCT_LOT', article: ' ', ...anyTime }, 'ARTICLE_NEEDED'],
  ['no code', { kind: 'UDI', code: '', ...anyTime }, 'UDI_NEEDED'],
  ['a device', { kind: 'DEVICE', deviceId: 'd' as DeviceId, ...anyTime }, null],
  [
    'a window that ends before it begins',
    { kind: 'LOT', lot: 'A1', from: '2026-09-01', to: '2026-08-01' },
    'WINDOW_BACKWARDS',
  ],
  ['an exposure to nobody and nothing', { kind: 'EXPOSURE', ...nobody, ...august }, 'EXPOSURE_NEEDED'],
  [
    'an exposure at any time',
    { kind: 'EXPOSURE', ...nobody, room: '2', from: '2026-08-01', to: null },
    'WINDOW_NEEDED',
  ],
  ['an exposure in one room in August', { kind: 'EXPOSURE', ...nobody, room: '2', ...august }, null],
])('%s can be traced or says what is missing', (_, criteria, expected) => {
  expect(traceProblem(criteria)).toBe(expected)
})

test('rooms are the same whatever their spelling', () => {
  expect(foldRoom(' Room  2 ')).toBe('room 2')
  expect(foldRoom('')).toBeNull()
  expect(foldRoom(undefined)).toBeNull()
})

describe('the letter', () => {
  const facts = {
    patient_name: 'Mara Lindqvist',
    clinic_name: 'Alder Row',
    subject: 'cartridge lot MN24-0917B',
    session_dates: '31-Jan-2026',
    urgent_phone: '+1 312 555 0100',
  }
  test('uses every field and leaves none open', () => {
    expect(letterFields.filter((field) => !firstLetter.includes(`{{${field}}}`))).toEqual([])
    expect(fillLetter(firstLetter, facts)).not.toContain('{{')
    expect(fillLetter('{{ patient_name }}: {{nothing}}', facts)).toBe('Mara Lindqvist: {{nothing}}')
  })
  test('says which fields nobody can fill in', () => {
    expect(unknownLetterFields(firstLetter)).toEqual([])
    expect(unknownLetterFields('{{patient_name}} {{risk}} {{ }}')).toEqual(['risk', ''])
  })
  test('names days as a sentence does', () => {
    expect(daysInWords(['2026-02-28', '2026-01-31', '2026-01-31', '2026-03-28'], (day) => day)).toBe(
      '2026-01-31, 2026-02-28 and 2026-03-28',
    )
    expect(daysInWords([], (day) => day)).toBe('')
  })
})
