import { describe, expect, it } from 'vitest'
import { newClinic } from '../support/clinic.ts'
import { auditOf } from '../support/course.ts'
import { beginSession, readyToStart, sessionClinic, type } from '../support/session.ts'

const pen = {
  manufacturer: 'Corvane',
  model: 'Pen 3',
  type: 'PEN',
  udiDi: '00851234007011',
  serial: 'CV3-00412',
  clearanceNumber: 'K202243',
  maxDepthUm: 2500,
  depthStepUm: 50,
  speed: { unit: 'RPM', from: 6300, to: 7700 },
  labelledIndications: 'facial acne scars',
  labelledMinAgeYears: 22,
  labelledFst: ['II', 'III', 'IV'],
  calibrationDueOn: '2026-08-20',
} as const

const lot = {
  manufacturer: 'Corvane',
  model: 'Tip 14',
  udiDi: null,
  lotRaw: 'MN24-0917B',
  expiresOn: '2027-09-30',
  needleCount: 14,
  needleGauge: 32,
  maxLengthUm: 2500,
  sterileMethod: 'gamma',
  receivedQuantity: 40,
  receivedOn: '2026-07-01',
  supplier: null,
} as const

/** Pieces come and go by movements. */
const { receivedQuantity: _byMovement, ...edited } = lot

const cream = {
  kind: 'ANAESTHETIC',
  name: 'Numbing cream 4 %',
  productClass: 'NEUTRAL',
  ingredientsOfConcern: ['lidocaine', 'propylene glycol'],
  agents: [{ agent: 'LIDOCAINE', percent: 4 }],
  lotRaw: 'LC 44 21',
  expiresOn: '2026-08-12',
  openedOn: '2026-08-01',
} as const

async function clinicWithAesthetician() {
  const clinic = await newClinic()
  return { clinic, window: (await clinic.hire(['aesthetician'])).window }
}

describe('the device register', () => {
  it('keeps a device once, with depth in steps, calibration and cleaning', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const { deviceId } = await window.must('stock.addDevice', { facts: wire(pen) })
    expect(await window.code('stock.addDevice', { facts: { ...pen, serial: ' cv3-00412 ' } })).toBe('DEVICE_KNOWN')
    await window.must('stock.addCleaning', { deviceId, cleanedOn: '2026-08-03', note: null })
    expect(await window.code('stock.addCleaning', { deviceId, cleanedOn: '2026-08-04', note: null })).toBe(
      'DATE_IN_FUTURE',
    )
    expect((await window.must('stock.devices', {})).devices).toEqual([
      {
        deviceId,
        version: 1,
        calibration: 'ENDS_SOON',
        body: { ...pen, status: 'ACTIVE', cleaningLog: [{ cleanedOn: '2026-08-03', by: 'Lena Brook 1', note: null }] },
      },
    ])
    expect(await auditOf(clinic, deviceId)).toEqual([
      'stock.addDevice aesthetician DONE',
      'stock.addCleaning aesthetician DONE',
    ])
  })

  it('is corrected under the version that was seen', async () => {
    const { window } = await clinicWithAesthetician()
    const { deviceId } = await window.must('stock.addDevice', { facts: wire(pen) })
    const other = await window.must('stock.addDevice', { facts: wire({ ...pen, serial: 'CV3-00413' }) })
    const edit = { deviceId, version: 1, facts: wire({ ...pen, maxDepthUm: 3000 }) }
    expect(await window.must('stock.editDevice', edit)).toEqual({ version: 2 })
    expect(await window.code('stock.editDevice', edit)).toBe('CONFLICT')
    expect(await window.code('stock.editDevice', { ...edit, deviceId: other.deviceId })).toBe('DEVICE_KNOWN')
    expect(await window.code('stock.editDevice', { ...edit, version: 2, facts: { ...pen, maxDepthUm: 2.5 } })).toBe(
      'INVALID_INPUT',
    )
  })

  it('takes a device out of use with a reason that stays', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const { deviceId } = await window.must('stock.addDevice', { facts: wire(pen) })
    const status = { deviceId, version: 1, status: 'QUARANTINED', reason: 'needle drifted in depth' } as const
    expect(await window.code('stock.setDeviceStatus', { ...status, status: 'ACTIVE' })).toBe('STATUS_UNCHANGED')
    expect(await window.code('stock.setDeviceStatus', { ...status, reason: ' ' })).toBe('INVALID_INPUT')
    await window.must('stock.setDeviceStatus', status)
    expect(await window.code('stock.setDeviceStatus', { ...status, status: 'RETIRED' })).toBe('CONFLICT')
    expect((await window.must('stock.statusChanges', { register: 'DEVICE', id: deviceId })).changes).toEqual([
      {
        from: 'ACTIVE',
        to: 'QUARANTINED',
        reason: 'needle drifted in depth',
        at: '2026-08-03T15:42:00.000Z',
        byName: 'Lena Brook 1',
      },
    ])
    expect(await auditOf(clinic, deviceId)).toContain('stock.setStatus aesthetician DONE QUARANTINED')
  })
})

describe('the lot registers', () => {
  it.each([
    'MN24-0917B',
    'mn24 0917b',
    '(10)MN240917B',
    ']d2010085123400701910MN24-0917B\u241d21A-7',
    '0917',
    'corvane',
    'tip 14',
  ])('find a cartridge lot by %s', async (text) => {
    const { window } = await clinicWithAesthetician()
    const { cartridgeLotId } = await window.must('stock.addCartridgeLot', { facts: lot })
    await window.must('stock.addCartridgeLot', {
      facts: { ...lot, manufacturer: 'Other', model: 'Nib', lotRaw: 'ZZ-1' },
    })
    const found = await window.must('stock.cartridgeLots', { text })
    expect(found.lots).toMatchObject([{ cartridgeLotId, statusToday: 'AVAILABLE', dateState: 'IN_DATE' }])
    expect(found.lots[0]?.body.lotNormalised).toBe('MN240917B')
  })

  it('know a lot whatever its spelling, and keep lots of other articles apart', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const { cartridgeLotId } = await window.must('stock.addCartridgeLot', { facts: lot })
    expect(
      await window.code('stock.addCartridgeLot', { facts: { ...lot, lotRaw: 'mn24 0917 b', model: 'TIP 14' } }),
    ).toBe('LOT_KNOWN')
    const other = await window.must('stock.addCartridgeLot', { facts: { ...lot, model: 'Tip 36' } })
    const edit = { cartridgeLotId: other.cartridgeLotId, version: 1, facts: edited }
    expect(await window.code('stock.editCartridgeLot', edit)).toBe('LOT_KNOWN')
    expect(await window.code('stock.editCartridgeLot', { ...edit, facts: { ...edited, lotRaw: 'MN24-0918' } })).toBe(
      'ok',
    )
    expect(await window.code('stock.editCartridgeLot', { ...edit, facts: { ...edited, lotRaw: '--' } })).toBe(
      'INVALID_INPUT',
    )
    expect(await auditOf(clinic, cartridgeLotId)).toEqual(['stock.addCartridgeLot aesthetician DONE'])
  })

  it('show a lot as expired from the day after its date, without anybody having been there', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const { productLotId } = await window.must('stock.addProductLot', { facts: wire(cream) })
    const stateOf = async () =>
      (await window.must('stock.productLots', { text: 'lc-4421', kind: 'ANAESTHETIC' })).lots[0]
    expect(await stateOf()).toMatchObject({ productLotId, statusToday: 'AVAILABLE', dateState: 'ENDS_SOON' })
    clinic.host.setNow('2026-08-13T15:00:00.000Z')
    await window.must('signIn.withPassword', { signInName: 'person1', password: 'quiet harbour lantern 41' })
    expect(await stateOf()).toMatchObject({ statusToday: 'EXPIRED', dateState: 'PAST', body: { status: 'AVAILABLE' } })
    const available = { productLotId, version: 1, status: 'EXPIRED', reason: 'written off' } as const
    await window.must('stock.setProductLotStatus', available)
    const back = { ...available, version: 2, status: 'AVAILABLE' as const }
    expect(await window.code('stock.setProductLotStatus', back)).toBe('LOT_PAST_DATE')
  })

  it('keep a product with its agents and what an allergy would name', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const { productLotId } = await window.must('stock.addProductLot', { facts: wire(cream) })
    expect((await window.must('stock.productLots', { text: '', kind: null })).lots[0]?.body).toMatchObject(cream)
    expect((await window.must('stock.productLots', { text: '', kind: 'SERUM' })).lots).toEqual([])
    const edit = { productLotId, version: 1, facts: wire({ ...cream, openedOn: null }) }
    expect(await window.must('stock.editProductLot', edit)).toEqual({ version: 2 })
    expect(await window.code('stock.editProductLot', edit)).toBe('CONFLICT')
    expect(await window.code('stock.addProductLot', { facts: cream })).toBe('LOT_KNOWN')
    expect(await window.code('stock.addProductLot', { facts: { ...cream, kind: 'POTION' } })).toBe('INVALID_INPUT')
    expect(await auditOf(clinic, productLotId)).toEqual([
      'stock.addProductLot aesthetician DONE',
      'stock.editProductLot aesthetician DONE',
    ])
  })

  it('recall a lot, and take the recall back where it was withdrawn', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const { cartridgeLotId } = await window.must('stock.addCartridgeLot', { facts: lot })
    const status = { cartridgeLotId, version: 1, status: 'RECALLED', reason: 'maker’s letter of 2 August' } as const
    expect(await window.code('stock.setCartridgeLotStatus', { ...status, status: 'AVAILABLE' })).toBe(
      'STATUS_UNCHANGED',
    )
    await window.must('stock.setCartridgeLotStatus', status)
    const back = { ...status, version: 2, status: 'AVAILABLE' as const, reason: 'recall withdrawn for this lot' }
    await clinic.manager.must('stock.setCartridgeLotStatus', back)
    const { changes } = await window.must('stock.statusChanges', { register: 'CARTRIDGE_LOT', id: cartridgeLotId })
    expect(changes.map(({ to, byName }) => `${to} ${byName}`).sort()).toEqual([
      'AVAILABLE Greta Ansbach',
      'RECALLED Lena Brook 1',
    ])
  })

  it('are read by the desk and written by who treats or manages', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const desk = (await clinic.hire(['frontDesk'])).window
    const { deviceId } = await window.must('stock.addDevice', { facts: wire(pen) })
    const { cartridgeLotId } = await window.must('stock.addCartridgeLot', { facts: lot })
    const { productLotId } = await window.must('stock.addProductLot', { facts: wire(cream) })
    for (const [name, input] of [
      ['stock.devices', {}],
      ['stock.cartridgeLots', { text: '' }],
      ['stock.productLots', { text: '', kind: null }],
      ['stock.statusChanges', { register: 'DEVICE', id: deviceId }],
      ['stock.movements', { register: 'CARTRIDGE_LOT', id: cartridgeLotId }],
      ['stock.settings', {}],
    ] as const)
      expect(await desk.code(name, input)).toBe('ok')
    for (const [name, input] of [
      ['stock.addDevice', { facts: pen }],
      ['stock.editDevice', { deviceId, version: 1, facts: pen }],
      ['stock.addCleaning', { deviceId, cleanedOn: '2026-08-03', note: null }],
      ['stock.addCartridgeLot', { facts: lot }],
      ['stock.editCartridgeLot', { cartridgeLotId, version: 1, facts: edited }],
      ['stock.addProductLot', { facts: cream }],
      ['stock.editProductLot', { productLotId, version: 1, facts: cream }],
      ['stock.noteMovement', { register: 'PRODUCT_LOT', id: productLotId, kind: 'RECEIVED', pieces: 1, reason: '' }],
      ['stock.setDeviceStatus', { deviceId, version: 1, status: 'RETIRED', reason: 'old' }],
      ['stock.setCartridgeLotStatus', { cartridgeLotId, version: 1, status: 'RECALLED', reason: 'letter' }],
      ['stock.setProductLotStatus', { productLotId, version: 1, status: 'RECALLED', reason: 'letter' }],
    ] as const) {
      expect(await desk.code(name, input)).toBe('DENIED')
      const nobody = '00000000-0000-4000-8000-000000000000'
      const ids = ['deviceId', 'cartridgeLotId', 'productLotId'].filter((id) => id in input)
      if (ids.length > 0)
        expect(await window.code(name, { ...input, ...Object.fromEntries(ids.map((id) => [id, nobody])) })).toBe(
          'NOT_FOUND',
        )
    }
  })
})

describe('pieces of a lot', () => {
  it('come in, are thrown away and are counted anew, each with its reason', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    const { cartridgeLotId: id } = await window.must('stock.addCartridgeLot', { facts: lot })
    const note = { register: 'CARTRIDGE_LOT', id, kind: 'RECEIVED', pieces: 20, reason: '' } as const
    expect(await window.must('stock.noteMovement', note)).toEqual({ left: 60 })
    expect(await window.code('stock.noteMovement', { ...note, pieces: 0 })).toBe('PIECES_MISSING')
    expect(await window.code('stock.noteMovement', { ...note, kind: 'DISCARDED' })).toBe('REASON_MISSING')
    expect(await window.code('stock.noteMovement', { ...note, kind: 'DISCARDED', pieces: 61, reason: 'wet' })).toBe(
      'MORE_THAN_LEFT',
    )
    expect(await window.code('stock.noteMovement', { ...note, kind: 'USED' })).toBe('INVALID_INPUT')
    expect(await window.code('stock.noteMovement', { ...note, id: clinic.host.newId() })).toBe('NOT_FOUND')
    await window.must('stock.noteMovement', { ...note, kind: 'DISCARDED', pieces: 5, reason: 'box fell' })
    await window.must('stock.noteMovement', { ...note, kind: 'CORRECTED', pieces: -1, reason: 'counted' })
    expect((await window.must('stock.cartridgeLots', { text: '' })).lots[0]).toMatchObject({
      count: { received: 59, used: 0, discarded: 5, left: 54 },
      body: { receivedQuantity: 59 },
    })
    const { movements, uses } = await window.must('stock.movements', { register: 'CARTRIDGE_LOT', id })
    expect(movements.map(({ kind, pieces, reason }) => `${kind} ${pieces} ${reason}`).sort()).toEqual([
      'CORRECTED -1 counted',
      'DISCARDED 5 box fell',
      'RECEIVED 20 null',
      'RECEIVED 40 null',
    ])
    expect(uses).toEqual([])
    expect(await auditOf(clinic, id)).toContain('stock.noteMovement aesthetician DONE DISCARDED')
  })

  it('go out of reach with the status of their lot and come back with it', async () => {
    const { window } = await clinicWithAesthetician()
    const { cartridgeLotId } = await window.must('stock.addCartridgeLot', { facts: lot })
    const status = { cartridgeLotId, version: 1, status: 'QUARANTINED', reason: 'open seals' } as const
    await window.must('stock.setCartridgeLotStatus', status)
    await window.must('stock.setCartridgeLotStatus', {
      ...status,
      version: 2,
      status: 'AVAILABLE',
      reason: 'looked at',
    })
    const { movements } = await window.must('stock.movements', { register: 'CARTRIDGE_LOT', id: cartridgeLotId })
    expect(movements.map(({ kind, pieces }) => `${kind} ${pieces}`).sort()).toEqual([
      'QUARANTINED 40',
      'RECEIVED 40',
      'RELEASED 40',
    ])
    expect((await window.must('stock.cartridgeLots', { text: '' })).lots[0]?.count.left).toBe(40)
  })

  it('are used by a session from its start on, and none starts without a piece', async () => {
    const clinic = await sessionClinic()
    const { patientId, cartridgeLotId: id } = clinic
    const note = { register: 'CARTRIDGE_LOT', id, kind: 'DISCARDED', pieces: 20, reason: 'box fell' } as const
    await clinic.aes.must('stock.noteMovement', note)
    const begun = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    const start = { patientId, sessionId: begun.sessionId, draftVersion: begun.draftVersion }
    const refused = await clinic.aes.call('session.start', start)
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'CARTRIDGE_LOT_USED_UP', facts: { lots: ['MN24-0917B'] } },
    })
    await clinic.aes.must('stock.noteMovement', { ...note, kind: 'RECEIVED', pieces: 1, reason: '' })
    await clinic.aes.must('session.start', start)
    const [row] = (await clinic.aes.must('stock.cartridgeLots', { text: '' })).lots
    expect(row?.count).toEqual({ received: 21, used: 1, discarded: 20, left: 0 })
    const { uses } = await clinic.aes.must('stock.movements', { register: 'CARTRIDGE_LOT', id })
    expect(uses).toEqual([{ on: '2026-08-03', pieces: 1 }])
  })

  it('are shown as one too many where a session took place that nobody could start', async () => {
    const clinic = await sessionClinic()
    const { patientId, cartridgeLotId: id } = clinic
    await clinic.aes.must('stock.noteMovement', {
      register: 'CARTRIDGE_LOT',
      id,
      kind: 'DISCARDED',
      pieces: 20,
      reason: 'box fell',
    })
    const begun = await type(clinic, clinic.aes, await beginSession(clinic, clinic.aes), readyToStart(clinic))
    await clinic.aes.must('session.recordOnly', {
      patientId,
      sessionId: begun.sessionId,
      draftVersion: begun.draftVersion,
    })
    expect((await clinic.aes.must('stock.cartridgeLots', { text: '' })).lots[0]?.count.left).toBe(-1)
  })
})

describe('how early an end is shown', () => {
  it('is set by the manager and read by every list', async () => {
    const { clinic, window } = await clinicWithAesthetician()
    await window.must('stock.addProductLot', { facts: wire({ ...cream, expiresOn: '2026-09-20' }) })
    const stateOf = async () => (await window.must('stock.productLots', { text: '', kind: null })).lots[0]?.dateState
    expect([await stateOf(), (await window.must('today.counts', {})).stock]).toEqual(['IN_DATE', 0])
    expect(await window.must('stock.settings', {})).toEqual({ expirySoonDays: 30 })
    expect(await window.code('stock.setSettings', { expirySoonDays: 60 })).toBe('DENIED')
    expect(await clinic.manager.code('stock.setSettings', { expirySoonDays: 0 })).toBe('INVALID_INPUT')
    await clinic.manager.must('stock.setSettings', { expirySoonDays: 60 })
    await clinic.manager.must('stock.setSettings', { expirySoonDays: 50 })
    expect(await window.must('stock.settings', {})).toEqual({ expirySoonDays: 50 })
    expect([await stateOf(), (await window.must('today.counts', {})).stock]).toEqual(['ENDS_SOON', 1])
  })
})

/** A contract's input type is mutable where a constant's is not. */
function wire<Value>(value: Value) {
  return JSON.parse(JSON.stringify(value))
}
