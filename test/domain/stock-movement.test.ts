import { describe, expect, test } from 'vitest'
import { isLegibleLot } from '../../shared/domain/lot.ts'
import { decideMovement, movementOfStatus, overdrawnLots, piecesLeft } from '../../shared/domain/stock-movement.ts'

const count = { received: 40, used: 28, discarded: 2 }

describe('pieces of a lot', () => {
  test('are what came in less what was used and thrown away, and go below nothing where records say so', () => {
    expect(piecesLeft(count)).toBe(10)
    expect(piecesLeft({ received: 1, used: 3, discarded: 0 })).toBe(-2)
  })

  test.each([
    ['a receipt', 'RECEIVED', 20, '', null],
    ['a receipt of nothing', 'RECEIVED', 0, '', 'PIECES_MISSING'],
    ['a receipt of less than nothing', 'RECEIVED', -1, '', 'PIECES_MISSING'],
    ['what is left thrown away', 'DISCARDED', 10, 'box fell', null],
    ['more than is left thrown away', 'DISCARDED', 11, 'box fell', 'MORE_THAN_LEFT'],
    ['thrown away without a reason', 'DISCARDED', 1, ' ', 'REASON_MISSING'],
    ['a count that found more', 'CORRECTED', 3, 'counted', null],
    ['a count that found fewer', 'CORRECTED', -10, 'counted', null],
    ['a count below what was used', 'CORRECTED', -11, 'counted', 'MORE_THAN_LEFT'],
    ['a correction without a reason', 'CORRECTED', 1, '', 'REASON_MISSING'],
  ] as const)('%s', (_, kind, pieces, reason, expected) => {
    expect(decideMovement({ kind, pieces, reason }, count)).toBe(expected)
  })

  test.each([
    ['AVAILABLE', 'QUARANTINED', 'QUARANTINED'],
    ['AVAILABLE', 'RECALLED', 'QUARANTINED'],
    ['QUARANTINED', 'RECALLED', null],
    ['EXPIRED', 'RECALLED', null],
    ['AVAILABLE', 'EXPIRED', 'EXPIRED'],
    ['RECALLED', 'AVAILABLE', 'RELEASED'],
  ] as const)('go with the status from %s to %s: %s', (from, to, expected) => {
    expect(movementOfStatus(from, to)).toBe(expected)
  })

  test('are not there for a session that takes more than are left', () => {
    const lots = [
      { lot: 'A', taken: 10, count },
      { lot: 'B', taken: 11, count },
    ]
    expect(overdrawnLots(lots).map(({ lot }) => lot)).toEqual(['B'])
  })
})

describe('a lot', () => {
  test.each(['MN24-0917B', '7', 'X7', 'NA-1', 'A0', 'none-4'])('%j can be told from another', (raw) => {
    expect(isLegibleLot(raw)).toBe(true)
  })
  test.each([
    null,
    '',
    ' - ',
    '?',
    'MN24-09??',
    'illegible',
    'n/a',
    'N.A.',
    'xxx',
    'Unknown',
    'no lot',
    'not readable',
    '000',
  ])('%j tells nothing', (raw) => {
    expect(isLegibleLot(raw)).toBe(false)
  })
})
