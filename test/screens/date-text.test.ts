import { describe, expect, test } from 'vitest'
import { readDateText } from '../../renderer/parts/date-text.ts'

const today = '2026-08-03'

describe('a date typed into a field', () => {
  test.each([
    ['3/4/1984', '1984-03-04', '1984-04-03'],
    ['14/3/1984', '1984-03-14', null],
    ['14 mar 84', '1984-03-14', null],
    ['March 14, 1984', '1984-03-14', null],
    ['1984-03-14', '1984-03-14', null],
    ['19840314', '1984-03-14', null],
  ])('reads the birth date %s month first', (text, date, other) => {
    expect(readDateText(text, { kind: 'birth', order: 'MDY', today })).toEqual({ date, other })
  })

  test.each([
    ['3/4/27', '2027-04-03', '2027-03-04'],
    ['31.3.2027', '2027-03-31', null],
    ['31 Mar 27', '2027-03-31', null],
    ['14 sep', '2026-09-14', null],
    ['14/9', '2026-09-14', null],
    ['2 jan', '2027-01-02', null],
    ['2027-03-31', '2027-03-31', null],
    ['20270331', '2027-03-31', null],
    ['today', '2026-08-03', null],
    ['tomorrow', '2026-08-04', null],
    ['yesterday', '2026-08-02', null],
    ['+14', '2026-08-17', null],
    ['-3', '2026-07-31', null],
    ['6w', '2026-09-14', null],
    ['3 months', '2026-11-03', null],
    ['1y', '2027-08-03', null],
  ])('reads %s day first, future or past', (text, date, other) => {
    expect(readDateText(text, { kind: 'any', order: 'DMY', today })).toEqual({ date, other })
  })

  test.each(['', '   ', '31/2/2026', 'soon', '14', '32 mar 2026', '1/2/3/4'])('reads no date in "%s"', (text) => {
    expect(readDateText(text, { kind: 'any', order: 'DMY', today })).toBeNull()
  })

  test('takes no birth date from the future', () => {
    expect(readDateText('2027-01-01', { kind: 'birth', order: 'MDY', today })).toBeNull()
  })
})
