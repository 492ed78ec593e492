import { describe, expect, it, test } from 'vitest'
import {
  askedRecoveryGroups,
  isRecoveryGroup,
  printedRecoveryCode,
  readRecoveryCode,
  recoveryCodeBytes,
  recoveryCodeOf,
  recoveryGroups,
  recoveryGroupsOf,
} from '../../shared/domain/recovery-code.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const counted = recoveryCodeOf(Uint8Array.from({ length: 20 }, (_, at) => at * 13))
const printed = printedRecoveryCode(counted)

describe('a recovery code', () => {
  it('is 160 bits as 32 characters in eight groups of four, and a check character', () => {
    expect(recoveryCodeBytes).toBe(20)
    expect(recoveryCodeOf(new Uint8Array(20))).toBe('0'.repeat(32))
    expect(recoveryCodeOf(new Uint8Array(20).fill(255))).toBe('Z'.repeat(32))
    expect(recoveryCodeOf(Uint8Array.from([...new Uint8Array(19), 1]))).toBe(`${'0'.repeat(31)}1`)
    expect(recoveryGroupsOf(counted)).toHaveLength(8)
    expect(printed).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]$/)
    expect(() => recoveryCodeOf(new Uint8Array(19))).toThrow('20 bytes')
  })

  const sameCode: readonly (readonly [what: string, typed: (text: string) => string])[] = [
    ['as printed', (text) => text],
    ['in small letters', (text) => text.toLowerCase()],
    ['without dashes', (text) => text.replaceAll('-', '')],
    ['with blanks for dashes', (text) => text.replaceAll('-', ' ')],
    ['with long dashes, as a word processor makes them', (text) => text.replaceAll('-', ' – ')],
    ['with a line break in it', (text) => text.replace('-', '\n')],
    ['with O for 0', (text) => text.replaceAll('0', 'O')],
    ['with o for 0', (text) => text.replaceAll('0', 'o')],
    ['with I for 1', (text) => text.replaceAll('1', 'I')],
    ['with l for 1', (text) => text.replaceAll('1', 'l')],
    ['with blanks around it', (text) => `  ${text} `],
    ['in full-width signs', (text) => text.replaceAll('4', '４')],
  ]
  test.for(sameCode)('is read %s', ([, typed]) => {
    expect(readRecoveryCode(typed(printed))).toEqual({ kind: 'CODE', code: counted })
  })

  const others: readonly (readonly [what: string, kind: string, typed: string])[] = [
    ['one character short', 'OTHER', printed.slice(0, -1)],
    ['one character long', 'OTHER', `${printed}0`],
    ['empty', 'OTHER', ''],
    ['a passphrase', 'OTHER', 'seven grey herons stand still'],
    ['with a U, which no code has', 'OTHER', printed.replace(/^./, 'U')],
    ['with a sign of no alphabet', 'OTHER', printed.replace(/^./, '*')],
    ['with another check character', 'MISTYPED', `${printed.slice(0, -1)}${printed.endsWith('7') ? '8' : '7'}`],
  ]
  test.for(others)('is told apart from one that is %s', ([, kind, typed]) => {
    expect(readRecoveryCode(typed).kind).toBe(kind)
  })

  it('finds every single wrong character, wherever it stands', () => {
    const whole = printed.replaceAll('-', '')
    for (let place = 0; place < whole.length; place += 1)
      for (const sign of alphabet)
        if (sign !== whole[place])
          expect([
            place,
            sign,
            readRecoveryCode(`${whole.slice(0, place)}${sign}${whole.slice(place + 1)}`).kind,
          ]).toEqual([place, sign, 'MISTYPED'])
  })

  it('finds any two neighbours that changed places, but 0 beside Z', () => {
    const filler = '5'.repeat(30)
    for (const one of alphabet)
      for (const other of alphabet) {
        const whole = printedRecoveryCode(`${one}${other}${filler}`).replaceAll('-', '')
        const swapped = `${other}${one}${whole.slice(2)}`
        const isSame = one === other || [one, other].sort().join('') === '0Z'
        expect([one, other, readRecoveryCode(swapped).kind]).toEqual([one, other, isSame ? 'CODE' : 'MISTYPED'])
      }
  })

  it('asks for two different groups, and every pair can be asked', () => {
    const pairs = new Set<string>()
    for (let first = 0; first < 256; first += 1)
      for (let second = 0; second < 256; second += 1) {
        const [one, other] = askedRecoveryGroups(Uint8Array.of(first, second))
        expect(one >= 1 && one < other && other <= recoveryGroups).toBe(true)
        pairs.add(`${one} ${other}`)
      }
    expect(pairs.size).toBe(28)
  })

  it('knows a group that is typed back, and no other', () => {
    const groups = recoveryGroupsOf(counted)
    groups.forEach((group, at) => {
      expect(isRecoveryGroup(counted, at + 1, ` ${group.toLowerCase()} `)).toBe(true)
      expect(isRecoveryGroup(counted, ((at + 1) % 8) + 1, group)).toBe(false)
    })
    expect(isRecoveryGroup(counted, 9, '')).toBe(false)
    expect(isRecoveryGroup(counted, 1, '')).toBe(false)
  })
})
