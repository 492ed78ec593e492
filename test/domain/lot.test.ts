import { describe, expect, test } from 'vitest'
import { mayUseDevice, snapshotDevice } from '../../shared/domain/device.ts'
import type { CartridgeFacts } from '../../shared/domain/lot.ts'
import { blockedSubstancesOf, isExpired, lotStatusOn, mayUseCartridge, normaliseLot } from '../../shared/domain/lot.ts'
import { cartridge, gateFacts, ids } from './given-session.ts'

describe('lot spelling', () => {
  test.each([
    ['MN24-0917B'],
    ['mn24 0917b'],
    ['(10)MN240917B'],
    [' (10) mn24-0917b '],
    ['MN24\u20130917B'],
    ['MN24\u00a00917B'],
  ])('%j is found as MN240917B', (raw) => {
    expect(normaliseLot(raw)).toBe('MN240917B')
  })

  test.each([
    ['A(10)7', 'A(10)7'],
    ['10MN', '10MN'],
    ['--', ''],
  ])('%j keeps what belongs to the lot: %j', (raw, expected) => {
    expect(normaliseLot(raw)).toBe(expected)
  })
})

describe('a cartridge', () => {
  test.each<[string, Partial<CartridgeFacts>, readonly string[]]>([
    ['in date, sealed and unused may be used', {}, []],
    ['may be used on its expiry date', { expiresOn: '2026-02-28' }, []],
    ['may not be used the day after', { expiresOn: '2026-02-27' }, ['CARTRIDGE_EXPIRED']],
    ['marked expired may not be used', { status: 'EXPIRED' }, ['CARTRIDGE_EXPIRED']],
    ['of a recalled lot may not be used', { status: 'RECALLED' }, ['CARTRIDGE_RECALLED']],
    ['of a quarantined lot may not be used', { status: 'QUARANTINED' }, ['CARTRIDGE_QUARANTINED']],
    ['with a broken seal may not be used', { sealIntact: false }, ['CARTRIDGE_SEAL_BROKEN']],
    ['used on another visit may not be used', { isUsedOnAnotherVisit: true }, ['CARTRIDGE_ALREADY_USED']],
    ['without lot is incomplete', { lotRaw: '', lotNormalised: '' }, ['CARTRIDGE_DETAILS_MISSING']],
    ['without expiry is incomplete', { expiresOn: null }, ['CARTRIDGE_DETAILS_MISSING']],
    ['whose seal nobody looked at is incomplete', { sealIntact: null }, ['CARTRIDGE_DETAILS_MISSING']],
    [
      'names every reason at once',
      { status: 'RECALLED', sealIntact: false, expiresOn: '2025-01-01' },
      ['CARTRIDGE_EXPIRED', 'CARTRIDGE_RECALLED', 'CARTRIDGE_SEAL_BROKEN'],
    ],
  ])('%s', (_, change, expected) => {
    expect(mayUseCartridge({ ...cartridge, ...change }, '2026-02-28')).toEqual(expected)
  })

  test('an available lot reads as expired once its date has passed', () => {
    const lot = { status: 'AVAILABLE', expiresOn: '2026-02-27' } as const
    expect(lotStatusOn(lot, '2026-02-28')).toBe('EXPIRED')
    expect(lotStatusOn({ ...lot, status: 'RECALLED' }, '2026-02-28')).toBe('RECALLED')
    expect(isExpired('2026-02-28', '2026-02-28')).toBe(false)
  })
})

test('a product is blocked by its name or by any ingredient, whatever the case', () => {
  const cream = { productLotId: null, name: 'Numbing cream', substances: ['Lidocaine', 'Parfum'], productClass: null }
  expect(blockedSubstancesOf(cream, ['lidocaine ', 'nickel'])).toEqual(['Lidocaine'])
  expect(blockedSubstancesOf(cream, ['numbing CREAM'])).toEqual(['Numbing cream'])
  expect(blockedSubstancesOf(cream, [])).toEqual([])
})

describe('a device', () => {
  test.each([
    ['ACTIVE', '2026-12-31', [], []],
    ['ACTIVE', null, [], []],
    ['ACTIVE', '2026-02-27', [], ['DEVICE_CALIBRATION_OVERDUE']],
    ['QUARANTINED', null, ['DEVICE_QUARANTINED'], []],
    ['RETIRED', null, ['DEVICE_RETIRED'], []],
  ] as const)('%s with calibration due %s', (status, calibrationDueOn, blocks, cautions) => {
    expect(mayUseDevice({ status, calibrationDueOn }, '2026-02-28')).toEqual({ blocks, cautions })
  })

  test('its snapshot keeps what identifies it and not its status', () => {
    const { device } = gateFacts()
    if (device === null) throw new Error('no device')
    const { status, calibrationDueOn, ...kept } = device
    expect(snapshotDevice(ids.device, device)).toEqual(kept)
    expect([status, calibrationDueOn]).toEqual(['ACTIVE', '2026-12-31'])
  })
})
